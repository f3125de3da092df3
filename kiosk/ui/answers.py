"""A page that asks one thing: a few large answers, or a grid of tiles, one tap each."""

from collections.abc import Callable, Sequence
from typing import Any

from kivy.uix.widget import Widget

from kiosk.ui.choices import page_of
from kiosk.ui.look import look
from kiosk.ui.page import Box, even_column, even_row
from kiosk.ui.widgets_press import Press


class Step:
    """Answers of one question. ``place`` puts them into a box and returns what is shown."""

    def __init__(self, answers: Sequence[Widget]) -> None:
        self.answers = answers

    def place(self, box: Box) -> Sequence[Widget]:
        """Large answers side by side; one under the other where there is no width for them.

        Where that cuts a word it is the other way round, and words go before signs.
        """
        box = lowered(box)
        upright = look.theme.portrait or look.theme.large
        for in_column in (upright, not upright):
            self._lay_large(box, in_column=in_column)
            if not self._is_cut():
                return self.answers
        self._lay_large(box, in_column=upright)
        for answer in self.answers:
            answer.icon = ""
        return self.answers

    def _is_cut(self) -> bool:
        return any(answer.is_clipped for answer in self.answers if isinstance(answer, Press))

    def _lay_large(self, box: Box, *, in_column: bool) -> None:
        tall = look.theme.mm(46 if look.theme.roomy else 62)
        least = look.theme.mm(20) * len(self.answers)
        if in_column and box.height >= least:
            even_column(box, self.answers, tall)
        else:
            top = Box(box.x, box.y + max(0, box.height - tall), box.width, min(tall, box.height))
            even_row(top, self.answers)


class Grid(Step):
    """Equal answers in columns: as few as the look wants, and no word cut.

    turned: arranges the page anew, after *More* has been pressed; it stands last where not all
    answers fit. columns: tried first; 0 = as the look wants.
    """

    def __init__(
        self, answers: Sequence[Press], turned: Callable[[], Any], columns: int = 0
    ) -> None:
        super().__init__(answers)
        self._first = (columns,) if columns else ()
        self._page = 0
        self._more = tile(look.words.say("act.more"), self._turn, icon_end="arrow-right")
        self._turned = turned

    def _turn(self) -> None:
        self._page += 1
        self._turned()

    def place(self, box: Box) -> Sequence[Widget]:
        """All answers where they can be read, else a page of them."""
        box = lowered(box)
        usual = 1 if look.theme.portrait and look.theme.large else 2 + look.theme.roomy
        columns = (*self._first, *range(usual, usual + 3), *range(usual - 1, 0, -1))
        for wanted in columns:
            rows = -(-len(self.answers) // wanted)
            if self._fits(box, self.answers, wanted, rows):
                return self.answers
        return self._paged(box, usual + (look.theme.low and not look.theme.portrait))

    def _paged(self, box: Box, most_columns: int) -> Sequence[Widget]:
        """The most that can be read at once; each page has the same shape."""
        rows = self._rows(box)
        shapes = [(c, r) for c in range(most_columns, 0, -1) for r in range(rows, 0, -1)]
        for columns, rows in sorted(shapes, key=lambda shape: -shape[0] * shape[1]):
            probe = (self._more, *self.answers)
            if columns * rows > 1 and self._fits(box, probe, columns, rows):
                shown, _more = page_of(self.answers, columns * rows, self._page)
                break
        else:
            shown = list(self.answers[self._page % len(self.answers) :][:1])
            columns, rows = 1, 2
        shown = [*shown, self._more]
        self._lay(box, shown, columns, rows)
        return shown

    @staticmethod
    def _rows(box: Box) -> int:
        """Rows of the least height that there is room for."""
        between = look.theme.space("row_gap")
        return max(1, int((box.height + between) // (look.theme.target("tile") + between)))

    def _fits(self, box: Box, answers: Sequence[Any], columns: int, rows: int) -> bool:
        """Whether each can be read and touched where ``rows`` rows share the height."""
        if rows > self._rows(box):
            return False
        self._lay(box, answers, columns, rows)
        return not any(answer.is_clipped for answer in answers)

    @staticmethod
    def _lay(box: Box, answers: Sequence[Any], columns: int, rows: int) -> None:
        theme = look.theme
        gap, between = theme.space("gap"), theme.space("row_gap")
        wide = (box.width - gap * (columns - 1)) / columns
        tall = min(theme.mm(34 if theme.large else 26), (box.height - between * (rows - 1)) / rows)
        for nth, answer in enumerate(answers):
            row, column = divmod(nth, columns)
            y = box.y + box.height - (row + 1) * tall - row * between
            Box(box.x + column * (wide + gap), y, wide, tall).lay(answer)


def lowered(box: Box) -> Box:
    """Return a box that leaves some air under the heading, where there is room for it."""
    air = look.theme.mm(4) if look.theme.roomy else 0
    return Box(box.x, box.y, box.width, box.height - air)


def large_answer(key: str, icon: str, act: Callable[[], Any]) -> Press:
    """An answer with a sign, and below it what it means (``<key>_why``)."""
    press = Press(
        kind="tile",
        say=key,
        sub=look.words.say(f"{key}_why") if not (look.theme.large or look.theme.low) else "",
        icon=icon,
        role="title",
        weight=700,
        icon_slot="beside_title",
        align="left",
        lines=4,
    )
    press.bind(on_release=lambda *_: act())
    return press


def tile(words: str, act: Callable[[], Any], **facts: Any) -> Press:
    """An answer in a few words."""
    press = Press(kind="tile", text=words, align="left", lines=3, **facts)
    press.bind(on_release=lambda *_: act())
    return press
