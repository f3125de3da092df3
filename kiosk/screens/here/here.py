"""I'm here: by name, as a visitor, as a family or group, or just counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from kivy.uix.widget import Widget

from kiosk.hub.sign_in import JustCount, just_count
from kiosk.screens.here import came
from kiosk.screens.here.by_name import HereNameScreen
from kiosk.screens.leaving.pieces import CardHint
from kiosk.ui.page import Box, even_column
from kiosk.ui.widgets_press import Press

SIDE_MM, WAY_MM, HINT_MM, LEAST_WAY_MM = 56, 24, 22, 15


class HereScreen(HereNameScreen):
    """On a 10" screen letters stand left and ways right; else the ways come first."""

    first, typing, tall_body = True, False, False

    def make_body(self) -> None:
        """Letters, and the ways for who has no name here."""
        super().make_body()
        self._ways = [
            self._way("here.visiting", "human-greeting-variant", lambda: self.go("visiting")),
            self._way("here.group", "human-male-female-child", lambda: self.go("group")),
            self._way("here.just_count", "numeric-1-circle-outline", self._count),
        ]
        self._by_name = self._way(
            "here.by_name", "alphabetical-variant", lambda: self.go("here_name")
        )
        self._card = CardHint()
        if self._is_small:
            self.heading = ""

    def on_snapshot(self, hub: Any, now: datetime) -> None:
        """Show the time; who may be found may have changed."""
        self.clock = self.words.clock(hub.local(now))
        super().on_snapshot(hub, now)

    @property
    def _is_small(self) -> bool:
        """Whether the ways come first and letters on a page of their own."""
        return not self.theme.roomy or self.theme.low

    def _way(self, say: str, icon: str, act: Any) -> Press:
        theme = self.theme
        plain = theme.low and not theme.roomy
        way = Press(say=say, icon="" if plain else icon, align="left", size_hint=(None, None))
        way.icon_slot = "beside_body" if theme.large else "beside_title"
        way.bind(on_release=lambda *_: act())
        return way

    def _count(self) -> None:
        button = self._ways[2]
        self.ask(just_count, JustCount(), self._counted, button=button)

    def _counted(self, done: Any) -> None:
        came.show(self.shell, done.result)

    def acts(self) -> tuple[Sequence[Widget], Sequence[Widget]]:
        """Every way is a tap on the page itself."""
        return (), ()

    def place_body(self, box: Box) -> Sequence[Widget]:
        """Two columns on a wide screen, else the ways alone."""
        if self._is_small:
            return self._only_ways(box)
        left, side = box.right_part(self.theme.mm(SIDE_MM), self.theme.mm(8))
        shown = list(super().place_body(left))
        # The ways begin beside the heading, not under it.
        head = self.top_row.y - self.theme.space("row_gap") - (side.y + side.height)
        side = Box(side.x, side.y, side.width, side.height + head)
        ways, hint = side.lower_part(self.theme.mm(HINT_MM), self.theme.space("row_gap"))
        even_column(ways, self._ways, self.theme.mm(WAY_MM))
        hint.lay(self._card)
        return [*shown, *self._ways, self._card]

    def _row_px(self, box: Box, rows: int) -> float:
        between = self.theme.space("row_gap")
        return min((box.height - between * (rows - 1)) / rows, self.theme.mm(30))

    def _only_ways(self, box: Box) -> Sequence[Widget]:
        theme, ways = self.theme, [self._by_name, *self._ways]
        gap, between = theme.space("gap"), theme.space("row_gap")
        columns = 1 if theme.portrait else 2
        while self._row_px(box, len(ways) // columns) < theme.mm(LEAST_WAY_MM) and columns < 4:
            columns *= 2
        rows = len(ways) // columns
        tall = self._row_px(box, rows)
        wide = (box.width - gap * (columns - 1)) / columns
        for nth, way in enumerate(ways):
            row, column = divmod(nth, columns)
            top = box.y + box.height - row * (tall + between)
            Box(box.x + column * (wide + gap), top - tall, wide, tall).lay(way)
        left = box.height - rows * tall - (rows - 1) * between
        if theme.large or left < theme.mm(HINT_MM):
            return ways
        Box(box.x, box.y, box.width, left - between).lay(self._card)
        return [*ways, self._card]
