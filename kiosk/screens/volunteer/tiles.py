"""Equal large tiles of volunteer home: word, a line under it, a sign; words stay, signs go first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from kivy.uix.widget import Widget

from kiosk.ui.answers import Grid
from kiosk.ui.look import look
from kiosk.ui.page import Box
from kiosk.ui.widgets_press import Press
from kiosk.ui.widgets_text import Text

AIR_MM = 2.0


@dataclass(frozen=True)
class HomeTile:
    """One thing to do. say: key of its word. sub: how it stands. go: the one green one."""

    say: str
    icon: str
    act: Callable[[], Any]
    sub: str = ""
    go: bool = False


class HomeGrid(Grid):
    """Two columns where they fit, three below the middle of a screen, one upright."""

    def __init__(self, tiles: Sequence[HomeTile], turned: Callable[[], Any]) -> None:
        super().__init__([_press(tile) for tile in tiles], turned)
        self._tiles = tiles

    def place(self, box: Box) -> Sequence[Widget]:
        """All tiles with line and sign; without signs; without lines; a page of them."""
        for sub, icon in ((True, True), (True, False), (False, True), (False, False)):
            for tile, press in zip(self._tiles, self.answers, strict=True):
                press.sub, press.icon = tile.sub if sub else "", tile.icon if icon else ""
            for columns in (2, 3, 1):
                rows = -(-len(self.answers) // columns)
                if self._fits(box, self.answers, columns, rows) and (not sub or self._has_air()):
                    return self.answers
        return self._paged(box, 3)

    def _has_air(self) -> bool:
        """Whether no word with the line under it touches the edges of its tile."""
        air = look.theme.mm(AIR_MM)
        return all(
            sum(part.text_height for part in press.children if isinstance(part, Text)) + air
            <= press.height
            for press in self.answers
        )


def _press(tile: HomeTile) -> Press:
    press = Press(
        kind="primary" if tile.go else "tile",
        say=tile.say,
        role="title",
        weight=700,
        icon_slot="beside_title",
        align="left",
        lines=3,
        size_hint=(None, None),
    )
    press.bind(on_release=lambda *_: tile.act())
    return press
