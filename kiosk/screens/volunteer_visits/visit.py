"""One visit put right: left now or earlier, or it never was; or a visit that nobody entered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from kivy.uix.widget import Widget

from kiosk.hub.names import name_of
from kiosk.hub.sign_out import Mistake, mark_mistake
from kiosk.hub.visit_care import AddVisit, SayLeft, add_visit, say_left
from kiosk.screens.volunteer.questions import VolunteerQuestions
from kiosk.screens.volunteer_visits.view import (
    opening_of,
    times_between,
    visit_name,
    visit_times,
)
from kiosk.ui.answers import Grid, tile

MOST_COUNTED = 6


class VolunteerVisitScreen(VolunteerQuestions):
    """``visit``: the one to put right; else ``person`` (or heads without a name) came.

    step: "act" and "left" of a visit; "heads" and "came" of a new one.
    """

    def make_body(self) -> None:
        """Nothing yet: every step has its own answers."""
        self._visit = self._person = ""
        self._asked, self._heads = "", 1

    def on_open(
        self, visit: str = "", person: str = "", asked: str = "", heads: int = 1, **_: Any
    ) -> None:
        """Begin, or go on after the look has changed."""
        self._visit, self._person, self._heads = visit, person, heads
        self._ask(asked or ("act" if visit else "came" if person else "heads"))

    def kept(self) -> dict[str, Any]:
        """What was said so far."""
        return {"asked": self._asked, "heads": self._heads}

    def on_close(self) -> None:
        """Forget whose visit it was."""
        self.heading = ""

    def back(self) -> None:
        """One step back, or back to the list."""
        first = {"left": "act", "came": "" if self._person else "heads"}.get(self._asked, "")
        if first:
            self._ask(first)
        else:
            super().back()

    # What is asked -------------------------------------------------------------------------

    def _ask(self, asked: str) -> None:
        self._asked = asked
        answers = {
            "act": self._acts_of_visit,
            "left": lambda: self._times(self._came_at(), self._left),
            "heads": self._how_many,
            "came": lambda: self._times(self._opened(), self._came),
        }[asked]()
        self.heading = self._heading()
        self.ask_next(Grid(answers, self.arrange))

    def _heading(self) -> str:
        say, one = self.words.say, self.hub.visit(self._visit)
        if self._asked == "act" and one:
            return visit_name(self.hub, one, self.words)
        if self._asked == "came" and self._person:
            return say("visit.ask_came_name", name=name_of(self.hub, self._person))
        return say(f"visit.ask_{self._asked}")

    def _acts_of_visit(self) -> Sequence[Any]:
        say, one = self.words.say, self.hub.visit(self._visit)
        times = visit_times(self.hub, one, self.now, self.words) if one else ""
        sub = "" if self.theme.large else times
        return [
            tile(say("visit.left_now"), lambda: self._left(self.now)),
            tile(say("visit.left_earlier"), lambda: self._ask("left"), sub=sub),
            tile(say("visit.never_was"), self._never_was),
        ]

    def _how_many(self) -> Sequence[Any]:
        somebody = tile(self.words.say("visit.by_name"), lambda: self.go("volunteer_people"))
        counted = [
            tile(self.words.count("roll.counted", many), lambda many=many: self._count(many))
            for many in range(1, MOST_COUNTED + 1)
        ]
        return [somebody, *counted]

    def _count(self, many: int) -> None:
        self._heads = many
        self._ask("came")

    def _times(self, start: datetime, choose: Callable[[datetime], Any]) -> Sequence[Any]:
        """Now, and the half hours since then."""
        local = self.hub.local(self.now)
        last = local if self._asked == "came" else self._last_of_day(local)
        earlier = [
            tile(self.words.clock(at), lambda at=at: choose(at))
            for at in times_between(start, last)
        ]
        now = tile(self.words.say("visit.now"), lambda: choose(self.now))
        return [now, *earlier] if self._asked == "came" else earlier

    def _last_of_day(self, local: datetime) -> datetime:
        """Of a visit of an earlier day: until its midnight."""
        came = self._came_at()
        if came.date() == local.date():
            return local
        return came.replace(hour=23, minute=59)

    def _came_at(self) -> datetime:
        one = self.hub.visit(self._visit)
        came = one.came_at if one and one.came_at else self.now
        return self.hub.local(came)

    def _opened(self) -> datetime:
        return opening_of(self.hub, self.hub.today(self.now), self.now)

    # What is done --------------------------------------------------------------------------

    def _left(self, at: datetime) -> None:
        ask = SayLeft(self._visit, at, self.by)
        self.ask(say_left, ask, lambda _done: self.saved(self._said("visit.is_left")))

    def _never_was(self) -> None:
        ask = Mistake(self._visit, self.by)
        self.ask(mark_mistake, ask, lambda _done: self.saved(self.words.say("visit.is_gone")))

    def _came(self, at: datetime) -> None:
        ask = AddVisit(at, self._person, self._heads, by=self.by)
        self.ask(add_visit, ask, lambda _done: self.saved(self.words.say("visit.is_added")))

    def _said(self, key: str) -> str:
        one = self.hub.visit(self._visit)
        return self.words.say(key, name=visit_name(self.hub, one, self.words) if one else "")

    def acts(self) -> tuple[Sequence[Widget], Sequence[Widget]]:
        """Answers are enough."""
        return (), ()
