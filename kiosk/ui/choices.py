"""``Choices``: a grid of things to choose from; what does not fit is a *More* away.

choices.show([Choice(words="Heron 1", above="Blue", icon="bird", act=...)], columns=2)
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from kivy.factory import Factory
from kivy.properties import BooleanProperty
from kivy.uix.widget import Widget

from kiosk.ui import kit  # noqa: F401  # Press in its sorts
from kiosk.ui.look import look
from kiosk.ui.widgets_press import Press


@dataclass(frozen=True)
class Choice:
    """One thing to choose. above, below: a lighter line. tag: in the larger size of a guest tag.

    may_shorten: whole elsewhere, so that it may end in "..." here.
    """

    words: str
    act: Callable[[], Any]
    above: str = ""
    below: str = ""
    icon: str = ""
    ink: str = ""
    tag: bool = False
    disabled: bool = False
    may_shorten: bool = False


def pages_of(count: int, slots: int) -> int:
    """Return how many pages so many choices take, where *More* stands on each of several."""
    return 1 if count <= slots else -(-count // max(1, slots - 1))


def page_of(choices: Sequence[Any], slots: int, number: int) -> tuple[list[Any], bool]:
    """Return what stands on a page (from 0, going round) and whether *More* stands there too."""
    if len(choices) <= slots:
        return list(choices), False
    each = max(1, slots - 1)
    start = number % pages_of(len(choices), slots) * each
    return list(choices[start : start + each]), True


class Choices(Widget):
    """Equal cells in rows; the last one turns the page where there are too many.

    more_elsewhere: *More* stands somewhere else and calls ``turn``; every cell is a choice then.
    """

    more_elsewhere = BooleanProperty(False)

    def __init__(self, **facts: Any) -> None:
        self._all: Sequence[Choice] = ()
        self._columns, self._row_mm, self._page = 2, 15.0, 0
        self._cells: list[Press] = []
        super().__init__(**facts)
        for name in ("pos", "size"):
            self.fbind(name, self._place)

    def show(
        self, choices: Sequence[Choice], *, columns: int, row_mm: float, stays: bool = False
    ) -> None:
        """Show these from the first page on; ``row_mm``: the least height of a row.

        stays: it is the list that is there, as it has become: whoever turned the page stays on it.
        """
        if not stays and [_seen(c) for c in choices] != [_seen(c) for c in self._all]:
            self._page = 0
        self._all, self._columns, self._row_mm = tuple(choices), columns, row_mm
        self._build()

    def begin(self) -> None:
        """What is shown next begins with its first page."""
        self._page = 0

    def room_for(self, *, columns: int, row_mm: float) -> int:
        """How many choices would fit in such cells."""
        return self._rows_of(row_mm) * columns

    @property
    def rows(self) -> int:
        """Rows that fit."""
        return self._rows_of(self._row_mm)

    def _rows_of(self, row_mm: float) -> int:
        gap = look.theme.space("row_gap")
        return max(1, int((self.height + gap) // (look.theme.mm(row_mm) + gap)))

    @property
    def slots(self) -> int:
        """How many choices fit."""
        return self.room_for(columns=self._columns, row_mm=self._row_mm)

    @property
    def pages(self) -> int:
        """How many pages there are."""
        if self.more_elsewhere:
            return max(1, -(-len(self._all) // self.slots))
        return pages_of(len(self._all), self.slots)

    def turn(self, *_: Any) -> None:
        """Show the next page, after the last the first."""
        self._page = (self._page + 1) % self.pages
        self._build()

    def _build(self, *_: Any) -> None:
        self._page = min(self._page, self.pages - 1)
        shown, more = page_of(self._all, self.slots, self._page)
        if self.more_elsewhere:
            first = self._page * self.slots
            shown, more = list(self._all[first : first + self.slots]), False
        self.clear_widgets()
        self._built_for = self.slots
        self._cells = [_press(choice) for choice in shown]
        if more:
            self._cells.append(self._more())
        for cell in self._cells:
            self.add_widget(cell)
        self._spread()

    def _more(self) -> Press:
        more = Press(say="act.more", icon_end="arrow-right", size_hint=(None, None))
        more.bind(on_release=self.turn)
        return more

    def _place(self, *_: Any) -> None:
        if self._all and self._built_for != self.slots:
            self._build()
        self._spread()

    def _spread(self) -> None:
        gap, between = look.theme.space("gap"), look.theme.space("row_gap")
        wide = (self.width - gap * (self._columns - 1)) / self._columns
        least = look.theme.mm(self._row_mm)
        tall = (self.height + between) / self.rows - between
        tall = min(tall, least * 1.25)
        for nth, cell in enumerate(self._cells):
            row, column = divmod(nth, self._columns)
            cell.size = round(wide), round(tall)
            cell.pos = (
                round(self.x + column * (wide + gap)),
                round(self.top - (row + 1) * tall - row * between),
            )


def _seen(choice: Choice) -> tuple[Any, ...]:
    return choice.words, choice.above, choice.below


def _press(choice: Choice) -> Press:
    about: dict[str, Any] = {
        "text": choice.words,
        "icon": choice.icon,
        "icon_ink": choice.ink,
        "align": "left",
        "size_hint": (None, None),
        "disabled": choice.disabled,
        "sub": choice.above or choice.below,
        "sub_first": bool(choice.above),
        "kind": "tile",
        "may_shorten": choice.may_shorten,
        "lines": 1 if choice.may_shorten else 2,
    }
    if choice.tag:
        about.update(role="title", weight=700, icon_slot="beside_title")
    press = Press(**about)
    press.bind(on_release=lambda *_: choice.act())
    return press


Factory.register("Choices", cls=Choices)
