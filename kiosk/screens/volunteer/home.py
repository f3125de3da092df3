"""Volunteer home: what can be done in five minutes, and the way out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from kivy.uix.widget import Widget

from kiosk.hub.roll_call import numbers
from kiosk.screens.volunteer.page import VolunteerPage
from kiosk.screens.volunteer.tiles import HomeGrid, HomeTile
from kiosk.ui.page import Box
from kiosk.ui.widgets_press import Press


class VolunteerScreen(VolunteerPage):
    """The rest screen of volunteer mode: *Back* is the way out of it."""

    def make_body(self) -> None:
        """Tiles; the way out stands where *Back* does."""
        self._grid: HomeGrid | None = None
        self._ways_back = [self._leave_act()]

    def _leave_act(self) -> Press:
        roomy = self.theme.roomy
        say = "volunteer.leave" if roomy else "volunteer.leave_short"
        act = Press(say=say, hug=True, size_hint=(None, None))
        act.icon = "exit-to-app" if roomy else ""
        act.height = self.theme.target("secondary")
        act.bind(on_release=lambda *_: self.rest())
        return act

    def back(self) -> None:
        """Out of volunteer mode."""
        self.rest()

    def show(self, hub: Any, now: datetime) -> None:
        """How everything stands."""
        self._grid = HomeGrid(self._tiles(hub, now), self.arrange)

    def _tiles(self, hub: Any, now: datetime) -> Sequence[HomeTile]:
        words = self.words
        here = words.count("volunteer.in_house", numbers(hub, now).total)
        return [
            HomeTile(
                "volunteer.roll_call",
                "account-group-outline",
                lambda: self.go("rollcall_names"),
                here,
            ),
        ]

    def place_body(self, box: Box) -> Sequence[Widget]:
        """The tiles."""
        return self._grid.place(box) if self._grid else ()
