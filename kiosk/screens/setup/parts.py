"""What each question of the first day looks like: a few large answers, or chips."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from kivy.factory import Factory
from kivy.uix.widget import Widget

from kiosk.screens.setup import view
from kiosk.screens.setup.view import Choices
from kiosk.ui.answers import Grid, Step, large_answer, lowered, tile
from kiosk.ui.look import look
from kiosk.ui.page import Box
from kiosk.ui.top_row import tightened
from kiosk.ui.widgets_press import Press
from kiosk.ui.widgets_text import Text
from kiosk.ui.words import Words

HEADINGS = {
    "language": "setup.which_language",
    "network": "setup.network_title",
    "hub": "setup.which_hub",
    "about": "setup.about_title",
    "mode": "setup.mode_title",
    "kiosk": "setup.kiosk_title",
    "colour": "setup.colour_title",
    "attached": "setup.attached_title",
    "ready": "setup.ready_title",
}


class Chips(Step):
    """Rows of chips under small headings: ``rows``: (heading, chips).

    turned: arranges the page anew; where not all rows fit, *More* leads to the next of them.
    """

    def __init__(
        self, rows: Sequence[tuple[str, Sequence[Press]]], turned: Callable[[], Any]
    ) -> None:
        super().__init__([chip for _, chips in rows for chip in chips])
        self._rows = [(Text(text=words, size_hint=(None, None)), chips) for words, chips in rows]
        self._page, self._turned = 0, turned
        self._more = Factory.Secondary(say="act.more", icon_end="arrow-right", hug=True)
        self._more.size_hint = None, None
        self._more.bind(on_release=lambda *_: self._turn())

    def _turn(self) -> None:
        self._page += 1
        self._turned()

    def place(self, box: Box) -> Sequence[Widget]:
        """Each heading above its chips; the headings give way where room is short."""
        theme, box = look.theme, lowered(box)
        chip_px, gap = theme.target("reason_chip"), theme.space("row_gap")
        rows = [(heading, self._in_lines(chips, box.width)) for heading, chips in self._rows]
        if self._chips_px(rows) > box.height + gap:
            heading, chips = self._rows[self._page % len(self._rows)]
            rows = [(heading, self._in_lines([*chips, self._more], box.width))]
        line_px = theme.size("body") * 1.25
        headed = self._chips_px(rows) + len(rows) * line_px <= box.height + gap
        shown: list[Widget] = []
        y = box.y + box.height
        for heading, chip_lines in rows:
            if headed and heading.text:
                y -= line_px
                Box(box.x, y, box.width, line_px).lay(heading)
                shown.append(heading)
            for chips in chip_lines:
                x = box.x
                for chip in chips:
                    chip.size_hint, chip.height = (None, None), chip_px
                    chip.pos = round(x), round(y - chip_px)
                    x += chip.width + theme.space("gap")
                shown += chips
                y -= chip_px + gap
        return shown

    @staticmethod
    def _chips_px(rows: Sequence[tuple[Text, Sequence[Any]]]) -> float:
        each = look.theme.target("reason_chip") + look.theme.space("row_gap")
        return sum(len(lines) for _, lines in rows) * each

    def _in_lines(self, chips: Sequence[Press], room: float) -> list[list[Press]]:
        gap, used = look.theme.space("gap"), 0.0
        lines: list[list[Press]] = [[]]
        for chip in chips:
            tightened([chip], room, gap)
            if lines[-1] and used + chip.width > room:
                lines.append([])
                used = 0.0
            lines[-1].append(chip)
            used += chip.width + gap
        return lines


class Lines(Step):
    """Pairs of what it is, left, and what it will be, right."""

    def __init__(self, lines: Sequence[tuple[str, str]]) -> None:
        super().__init__([])
        self._pairs = _pairs(lines, may_shorten=True)

    def place(self, box: Box) -> Sequence[Widget]:
        """As many pairs as there is room for."""
        theme, box = look.theme, lowered(box)
        left = max((what.natural_width() for what, _ in self._pairs), default=0) + theme.mm(5)
        y = box.y + box.height
        fit = max(1, int(box.height // (theme.size("body") * 1.15)))
        line = min(theme.size("body") * 1.5, box.height / min(fit, len(self._pairs)))
        for what, said in self._pairs[:fit]:
            y -= line
            Box(box.x, y, left, line).lay(what)
            Box(box.x + left, y, box.width - left, line).lay(said)
        return [text for pair in self._pairs[:fit] for text in pair]


class Pairs(Step):
    """What it is, below it what to do; *More* where not all have room.

    first: the pair that stands first. turned: called with the one that shall.
    """

    def __init__(
        self, lines: Sequence[tuple[str, str]], first: int, turned: Callable[[int], Any]
    ) -> None:
        super().__init__([])
        self._pairs, self._first = _pairs(lines), first % max(1, len(lines))
        self._shown = 0
        self._more = Factory.Secondary(say="act.more", icon_end="arrow-right", hug=True)
        self._more.size_hint = None, None
        self._more.bind(on_release=lambda *_: turned(self._first + self._shown))

    def place(self, box: Box) -> Sequence[Widget]:
        """All of them, or a page of them and *More*."""
        box = lowered(box)
        if self._fill(box, 0) == len(self._pairs):
            return self._texts(0)
        rest, place = self._apart(box)
        Box(place.x, place.y, self._more.width, self._more.height).lay(self._more)
        self._fill(rest, self._first)
        return [*self._texts(self._first), self._more]

    def _apart(self, box: Box) -> tuple[Box, Box]:
        """The room of the pairs, and that of *More*: at the right, or below where it is narrow."""
        if look.theme.portrait:
            return box.lower_part(self._more.height, look.theme.space("row_gap"))
        return box.right_part(self._more.width, look.theme.space("gap"))

    def _texts(self, first: int) -> list[Widget]:
        return [text for pair in self._pairs[first : first + self._shown] for text in pair]

    def _fill(self, box: Box, first: int) -> int:
        """Place pairs from this one on while there is room; the first in any case."""
        y, self._shown = box.y + box.height, 0
        for pair in self._pairs[first:]:
            for text in pair:
                text.size_hint, text.width = (None, None), round(box.width)
                text.settle()
            if self._shown and y - sum(text.text_height for text in pair) < box.y:
                break
            for text in pair:
                y -= text.text_height
                Box(box.x, y, box.width, text.text_height).lay(text)
            y -= look.theme.mm(3)
            self._shown += 1
        return self._shown


def _pairs(
    lines: Sequence[tuple[str, str]], *, may_shorten: bool = False
) -> list[tuple[Text, Text]]:
    return [
        (Text(text=what, ink="ink2"), Text(text=said, weight=600, may_shorten=may_shorten))
        for what, said in lines
    ]


def body_of(screen: Any, chosen: Choices, known: Sequence[str]) -> Step:
    """Return the answers of the step that the choices are at."""
    short = look.theme.large and not look.theme.roomy
    match chosen.step:
        case "language":
            return Step([_language(screen, lang) for lang in known])
        case "network":
            return Step(
                [
                    large_answer("setup.wifi", "wifi", screen.open_wifi),
                    large_answer("setup.no_network", "wifi-off", screen.forward),
                ]
            )
        case "hub":
            return _hubs(screen)
        case "about":
            return _about(screen, chosen, known)
        case "mode":
            return Step(
                [
                    large_answer("setup.door", "door-open", lambda: screen.choose_mode(view.DOOR)),
                    large_answer("setup.wall", "television", lambda: screen.choose_mode(view.WALL)),
                ]
            )
        case "kiosk":
            return _kiosk(screen, chosen)
        case "colour":
            colours = [_colour(screen, chosen, colour) for colour in view.COLOURS]
            return Grid(colours, screen.arrange)
        case "attached":
            rows = view.attached_rows(screen.found, look.words, short=short)
            return Pairs(rows, screen.first_pair, screen.turn_pairs)
    summary = view.summary(chosen, look.words, screen.now)
    if short or look.theme.portrait:
        return Pairs(summary, screen.first_pair, screen.turn_pairs)
    return Lines(summary)


def _language(screen: Any, lang: str) -> Press:
    words = Words(lang)
    press = Press(kind="tile", text=words.own_name(lang), sub=words.say("setup.welcome"))
    press.role, press.weight, press.sub_first = "title", 700, True
    press.bind(on_release=lambda *_: screen.choose_language(lang))
    return press


def _hubs(screen: Any) -> Step:
    """Which house: one that is there already only where a server is named."""
    status = screen.shell.around.sync.status()
    if status is not None and status.light != "not_paired":
        return Step([])  # joined: the house is on its way, another one would be in its place
    ways = [
        ("setup.try_sample", "eye-outline", lambda: screen.choose_hub(view.SAMPLE)),
        ("setup.new_hub", "home-outline", lambda: screen.choose_hub(view.NEW)),
    ]
    if status is not None:
        ways.insert(0, ("setup.join_hub", "link-variant", screen.join_hub))
    if len(ways) > 2 and not look.theme.roomy:  # what does not fit is a More away
        return Grid([tile(look.words.say(say), act) for say, _icon, act in ways], screen.arrange)
    return Step([large_answer(*way) for way in ways])


def _chip(words: str, act: Callable[[], Any], *, chosen: bool, **facts: Any) -> Press:
    chip = Factory.Chip(text=words, chosen=chosen, hug=True, size_hint_x=None, **facts)
    chip.bind(on_release=lambda *_: act())
    return chip


def _about(screen: Any, chosen: Choices, known: Sequence[str]) -> Step:
    say = look.words.say
    spoken = [
        _chip(
            look.words.own_name(lang),
            lambda lang=lang: screen.toggle(lang),
            chosen=lang in chosen.languages,
        )
        for lang in known
    ]
    city = view.zone_city(chosen.timezone)
    clock = view.zone_clock(chosen.timezone, screen.now)
    here = _chip(
        city if look.theme.large and look.theme.portrait else f"{city} · {clock}",
        lambda: screen.aside("zone"),
        chosen=False,
        icon="" if look.theme.large else "clock-outline",
    )
    other = _chip(say("setup.zone_other"), lambda: screen.aside("zone"), chosen=False)
    here.chosen = True
    rows = [(say("setup.spoken_here"), spoken), (say("setup.zone"), [here, other])]
    return Chips(rows, screen.arrange)


def _kiosk(screen: Any, chosen: Choices) -> Step:
    ready = view.ready_names(chosen, look.words)
    own = [chosen.kiosk_name] if chosen.kiosk_name and chosen.kiosk_name not in ready else []
    tiles = [tile(name, lambda name=name: screen.choose_name(name)) for name in [*ready, *own]]
    other = tile(
        look.words.say("setup.other_name"),
        lambda: screen.aside("kiosk_name"),
        icon="pencil-outline",
    )
    return Grid([*tiles, other], screen.arrange)


def _colour(screen: Any, _chosen: Choices, colour: str) -> Press:
    words = look.words.say(f"colour.{colour}")
    ink = view.INKS[colour]
    return tile(words, lambda: screen.choose_colour(colour), shape="disc", icon_ink=ink)
