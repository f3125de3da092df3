"""The notices of the board for a volunteer: up now, later, taken down; each opens to be changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from kivy.uix.widget import Widget

from kiosk.screens.volunteer.page import VolunteerPage
from kiosk.screens.volunteer_notice.listing import noticed
from kiosk.ui.choices import Choice, Choices
from kiosk.ui.page import Box

ROW_MM = 16.0


class VolunteerNoticesScreen(VolunteerPage):
    """Rows, the ones up now first."""

    def make_body(self) -> None:
        """Rows and their pages."""
        self.heading = self.words.say("notice.all")
        self.rows = Choices()
        self._found: Sequence[Choice] = ()

    def show(self, hub: Any, now: datetime) -> None:
        """Every notice that is up, will be, or can be put back."""
        self._found = [
            Choice(
                row.title,
                lambda row=row: self.go("volunteer_notice", notice=row.notice),
                below="" if self.theme.large or self._flat else row.state,
                may_shorten=True,
            )
            for row in noticed(hub, now, self.words)
        ]

    @property
    def _flat(self) -> bool:
        """Whether there is height for one row only."""
        return bool(self.theme.low and self.theme.form == "door_7_landscape")

    def place_body(self, box: Box) -> Sequence[Widget]:
        """Two columns; one upright or in large words; three where there is but one row."""
        box.lay(self.rows)
        theme = self.theme
        columns = 3 if self._flat else 1 if theme.portrait or theme.large else 2
        self.rows.show(self._found, columns=columns, row_mm=ROW_MM, stays=True)
        return [self.rows]
