"""A room's page for who reaches low: everything pressed stands in the lower half."""

from __future__ import annotations

from typing import Any

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.gridlayout import GridLayout
from kivy.uix.widget import Widget

from kiosk.screens.room.panels import UndoRow
from kiosk.screens.room.pieces import Part, Stack, StatusLine, measure, read_time
from kiosk.screens.room.view import RowLine
from kiosk.ui.acts import Acts
from kiosk.ui.look import look
from kiosk.ui.tiles import ReadRows, Tiles, low_room_px, slots, tile
from kiosk.ui.top_row import back_act
from kiosk.ui.widgets_box import STATUS
from kiosk.ui.widgets_press import Press
from kiosk.ui.widgets_text import Say, Text

READ_MM = 8.6
PRESSED = (Acts, GridLayout, Press, UndoRow)


class LowLayout:
    """The steps of RoomScreen with its controls below the middle line. Any: Kivy has no types."""

    def low_day(self: Any, body: BoxLayout) -> None:
        """The day is read above; a tile for each row, and the way back, are low."""
        rows = self.view.rows
        foot = Acts(width=self._wide())
        foot.show([back_act(self)])
        for _ in range(2):  # a second row of acts leaves room for fewer tiles
            room = low_room_px(foot.height)
            each = slots(room)
            pages = max(1, -(-len(rows) // each))
            self.page = min(max(1, self.page), pages)
            foot.show([back_act(self)], self.page_steps(pages))
        first = (int(self.page) - 1) * each
        shown = rows[first : first + each]
        said = ReadRows([read_time(row) for row in shown], READ_MM)
        body.spacing = look.theme.space("row_gap")
        for part in (*self._day_head(), said if shown else Say(say="room.no_rows", valign="top")):
            body.add_widget(part)
        if shown:
            body.add_widget(Tiles([self._time_tile(row) for row in shown], room))
        body.add_widget(foot)

    def _day_head(self: Any) -> tuple[Widget, ...]:
        heading = Text(text=self.view.title, role="title", weight=700)
        status = StatusLine(self.view)
        wide = heading.natural_width() + 2
        if look.theme.portrait or wide > self._wide() / 2:
            measure(heading, self._wide())
            return heading, status
        row = BoxLayout(size_hint_y=None, spacing=look.theme.mm(6))
        heading.size_hint_x, heading.width = None, wide
        row.height = round(look.theme.size("title") * 1.25)
        status.pos_hint = {"center_y": 0.46}
        for part in (heading, status):
            row.add_widget(part)
        return (row,)

    def _time_tile(self: Any, row: RowLine) -> Press:
        shape, ink, _key = STATUS[row.status]
        made = tile(row.times, row.times.partition("–")[0], shape=shape, icon_ink=ink)
        made.bind(on_release=lambda *_: self.choose(row))
        return made

    def low_panel(self: Any, body: BoxLayout) -> None:
        """Booking, or what may be done with a booking."""
        low = self.low_px()
        back = look.theme.target("least") + look.theme.space("gap")
        parts = self._parts(self._wide(), low - back)
        said = [part for part in parts if not isinstance(part[0], PRESSED)]
        pressed: list[Part] = [part for part in parts if isinstance(part[0], PRESSED)]
        if not any(isinstance(part[0], UndoRow) for part in pressed):
            pressed = self._with_back(pressed)
        self._low_parts(body, [p for p in said if type(p[0]) is not Widget], pressed)

    def _with_back(self: Any, pressed: list[Part]) -> list[Part]:
        """Put *Back* beside the green act, where there is one."""
        foot = Acts(width=self._wide())
        green = [w for w, _ in pressed if isinstance(w, Press) and w.kind == "primary"]
        for act in green:
            act.size_hint_x = None
            act.width = min(act.hugged_width(1), self._wide())
        foot.show([back_act(self)], green)
        return [*(part for part in pressed if part[0] not in green), (foot, 9)]

    def low_offers(self: Any, body: BoxLayout, title: str, parts: list[Part]) -> None:
        """What is free instead."""
        said = [part for part in parts if not isinstance(part[0], PRESSED)]
        pressed = [part for part in parts if isinstance(part[0], PRESSED)]
        self._low_parts(body, [p for p in said if type(p[0]) is not Widget], pressed, title)

    def low_px(self: Any) -> float:
        """Pixels of the lower half that may be used."""
        theme = look.theme
        return float(theme.height_px / 2 - theme.space("margin"))

    def _low_parts(
        self: Any, body: BoxLayout, said: list[Part], pressed: list[Part], title: str = ""
    ) -> None:
        theme = look.theme
        heading = Text(text=title or self.view.title, role="title", weight=700)
        measure(heading, self._wide())
        above, below = Stack(), Stack(size_hint_y=None)
        below.spacing = theme.space("gap")
        filler: Part = (Widget(), 9)
        above.fill([(heading, 9), *said, filler], self._wide(), self.low_px())
        below.fill(pressed, self._wide(), self.low_px())
        tall = sum(widget.height for widget in below.children)
        below.padding = 0
        below.height = tall + below.spacing * max(0, len(below.children) - 1)
        for part in (above, below):
            body.add_widget(part)
