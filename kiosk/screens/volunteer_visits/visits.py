"""Who came on a day; each visit opens to be put right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from kivy.uix.widget import Widget

from kiosk.screens.volunteer.questions import VolunteerQuestions
from kiosk.screens.volunteer_visits.view import visit_lines
from kiosk.ui.choices import Choice, Choices
from kiosk.ui.page import Box

ROW_MM = 16.0
MOST_DAYS_BACK = 7


class VolunteerVisitsScreen(VolunteerQuestions):
    """``day``: which; today first. The days before are a tap each."""

    def make_body(self) -> None:
        """Rows, the day before and after, *Add a visit*."""
        self._day: date | None = None
        self._rows, self._found = Choices(), list[Choice]()
        self._before = self.act("visit.day_before", lambda: self._turn(-1), icon="arrow-left")
        self._after = self.act("visit.day_after", lambda: self._turn(1), icon="arrow-right")
        theme = self.theme
        short = theme.large or self._flat or (theme.low and theme.portrait)
        add = "visit.add_short" if short else "visit.add"
        self._add = self.act(add, lambda: self.go("volunteer_visit"), icon="plus")

    def on_open(self, day: date | None = None, **_facts: Any) -> None:
        """Begin with today."""
        self._day = day
        self._rows.begin()

    def kept(self) -> dict[str, Any]:
        """Which day it is."""
        return {"day": self._day}

    def on_close(self) -> None:
        """Names are nowhere but on this page."""
        self._found = []
        self._rows.show([], columns=1, row_mm=ROW_MM)

    def show(self, hub: Any, now: datetime) -> None:
        """The visits of the day."""
        today = hub.today(now)
        self._day = day = self._day or today
        is_today = day == today
        self.heading = self.words.say("visit.today") if is_today else self.words.day(day, "short")
        self._after.disabled = is_today
        self._before.disabled = (today - day).days >= MOST_DAYS_BACK
        self._found = [
            Choice(
                line.name,
                lambda line=line: self.go("volunteer_visit", visit=line.visit),
                below="" if self.theme.large or self._flat else line.times,
                may_shorten=True,
            )
            for line in visit_lines(hub, day, now, self.words)
        ]

    def _turn(self, days: int) -> None:
        self._day = (self._day or self.hub.today(self.now)) + timedelta(days=days)
        self._rows.begin()
        self.on_snapshot(self.hub, self.now)

    @property
    def _flat(self) -> bool:
        return bool(self.theme.low and self.theme.form == "door_7_landscape")

    def acts(self) -> tuple[Sequence[Widget], Sequence[Widget]]:
        """The days left, a visit that nobody entered right; where words are large, that alone."""
        if self.theme.large or self._flat:
            return [self._before], [self._add]
        return [self._before, self._after], [self._add]

    def place_body(self, box: Box) -> Sequence[Widget]:
        """Two columns; one upright or in large words; three where there is but one row."""
        box.lay(self._rows)
        theme = self.theme
        columns = 3 if self._flat else 1 if theme.portrait or theme.large else 2
        row_mm = ROW_MM if not self._flat else 15.0
        self._rows.show(self._found, columns=columns, row_mm=row_mm, stays=True)
        return [self._rows]
