"""A room's page for who reaches low: everything pressed stands in the lower half."""

from __future__ import annotations

from typing import Any

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.gridlayout import GridLayout
from kivy.uix.widget import Widget

from kiosk.screens.room.panels import UndoRow
from kiosk.screens.room.pieces import Part, Stack, StatusLine, measure, row_px
from kiosk.ui.acts import Acts
from kiosk.ui.look import look
from kiosk.ui.top_row import back_act
from kiosk.ui.widgets_press import Press
from kiosk.ui.widgets_text import Text

PRESSED = (Acts, GridLayout, Press, UndoRow)


class LowLayout:
    """The steps of RoomScreen with its controls below the middle line. Any: Kivy has no types."""

    def low_day(self: Any, body: BoxLayout) -> None:
        """The day: its rows and the way back are low."""
        gap = look.theme.space("gap")
        foot = Acts(width=self._wide())
        foot.show([back_act(self)], self._pages(self.low_px() - row_px()))
        room = max(self.low_px() - foot.height - gap, row_px())
        rows = self._rows(room)
        foot.show([back_act(self)], self._pages(room))
        self._low_parts(body, [(StatusLine(self.view), 2)], [(rows, 9), (foot, 9)])

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
