"""After coming in: since when, the tag to leave with, and three things one can do now."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kivy.properties import ObjectProperty, StringProperty

from kiosk.hub.events import JoinEvent, join_event
from kiosk.hub.give_up import OfBooking, take_it
from kiosk.hub.sign_in import JustNow, SignedIn
from kiosk.hub.sign_out import LeaveByName, leave_by_name
from kiosk.hub.welcomers import CallWelcomer, call_welcomer
from kiosk.hub.who_is_here import AnswerWall, answer_wall
from kiosk.screens.saved.view import after_leaving, taken_back
from kiosk.screens.welcome.forms import build
from kiosk.screens.welcome.things import (
    CALL_HOST,
    JOIN,
    NOTICES,
    READ,
    TAKE,
    WHATS_ON,
    Thing,
    joining,
    surely,
)
from kiosk.screens.welcome.view import WelcomeView, welcome_view
from kiosk.screens.whats_on.view import joined_words
from kiosk.screens.who import actor_of
from kiosk.ui.screen import HubScreen
from sync.records.event_rules import IN as IN_PLACE
from sync.records.event_rules import Place
from sync.records.visit_rules import heads_here

IN, ANSWER = "in", "answer"


class WelcomeScreen(HubScreen):
    """``go("welcome", result=SignedIn or JustNow)``. page: of a small screen, "" the first."""

    take_back: Any  # the button of *Undo*, while it is there

    view: WelcomeView = ObjectProperty(None, allownone=True)
    page = StringProperty()

    def __init__(self, **facts: Any) -> None:
        super().__init__(**facts)
        self._result: SignedIn | JustNow | None = None
        self._done: set[str] = set()
        self._last, self.take_back = IN, None

    def on_open(
        self, result: Any = None, page: str = "", done: Any = (), last: str = IN, **_facts: Any
    ) -> None:
        """Greet who has just come in."""
        self._result, self.page, self._done, self._last = result, page, set(done), last
        self.shell.undo.bind(seconds=self._tick)

    def on_snapshot(self, hub: Any, now: datetime) -> None:
        """Show what there is to do as of now."""
        if self._result is not None:
            by, done = actor_of(self.shell), frozenset(self._done)
            self.view = welcome_view(hub, self._result, now, self.words, done, by)
            self._show()

    def on_close(self) -> None:
        """Nothing of this person stays."""
        self.shell.undo.unbind(seconds=self._tick)
        self._result, self.view, self.page = None, None, ""
        self._done = set()
        self.clear_widgets()

    def kept(self) -> dict[str, Any]:
        """The same visit and page again."""
        return {
            "result": self._result,
            "page": self.page,
            "done": frozenset(self._done),
            "last": self._last,
        }

    # What can be pressed -------------------------------------------------------------------

    def open(self, page: str) -> None:
        """Turn to another page of a small screen."""
        self.page = page
        self._show()

    def do(self, thing: Thing, button: Any) -> None:
        """Do what the button of a thing says."""
        match thing.does:
            case "join":
                self._join(thing, button)
            case "call":
                ask = CallWelcomer(self.view.visit)
                self.ask(call_welcomer, ask, lambda _done: self._did(CALL_HOST), button=button)
            case "take":
                wanted = OfBooking(thing.about, actor_of(self.shell))
                self.ask(take_it, wanted, lambda _done: self._asked(), button=button)
            case "read":
                self._look_at("notice", notice=thing.about)
            case "whats_on" | "notices" as screen:
                self._look_at(screen)

    def answer_wall(self, yes: bool, button: Any) -> None:
        """Write whether the name may be on the wall, this time."""
        ask = AnswerWall(self.view.visit, yes)
        self.ask(answer_wall, ask, lambda _done: self._did(ANSWER), button=button)

    def leave(self, button: Any) -> None:
        """Sign out who was taken for gone, or held their card twice, and is on the way out."""
        self.ask(leave_by_name, LeaveByName(self.view.person), self._left, button=button)

    def take_it_back(self) -> None:
        """Take back the last thing that was pressed: coming in, or an act on this page."""
        last = self._last
        self.undo(lambda _done: self._taken_back(last))

    # Inside --------------------------------------------------------------------------------

    def _look_at(self, screen: str, **facts: Any) -> None:
        """Go there; whoever comes back finds what they did here as it was."""
        self.shell.trail = self.shell.trail.keeping(self.kept())
        self.go(screen, **facts)

    def _join(self, thing: Thing, button: Any) -> None:
        visit = self.hub.visit(self.view.visit)
        heads = max(1, heads_here(visit)) if visit else 1
        assert thing.day is not None  # noqa: S101  # the button is there for an event of a day
        ask = JoinEvent(thing.about, thing.day, heads, actor_of(self.shell))
        self.ask(join_event, ask, lambda done: self._joined(ask, done.result.place), button=button)

    def _joined(self, ask: JoinEvent, place: Place) -> None:
        """Say more than the button can where it is not sure that there is a place."""
        joined = joining(ask.event, ask.day)
        if place.state == IN_PLACE:
            self._done.add(surely(joined))
        else:
            title, why = joined_words(place, ask.heads, self.words)
            self.shell.announce(f"{title}. {why}")
        self._did(joined)

    def _asked(self) -> None:
        """Say that the server is asked; what was next takes the card's place."""
        self.shell.announce(self.words.say("room.done_asked"))
        self._did(TAKE)

    def _did(self, act: str) -> None:
        self._done.add(act)
        self._last = act
        self.on_snapshot(self.hub, self.now)

    def _left(self, done: Any) -> None:
        facts = after_leaving(done.result, self.hub, self.now, self.words)
        self.go("saved", **facts)

    def _taken_back(self, act: str) -> None:
        self.shell.announce(taken_back(self.words, large=self.theme.large))
        if act == IN:
            self.rest()
            return
        self._done = {one for one in self._done if not one.startswith(act)}
        self._last = IN
        self.on_snapshot(self.hub, self.now)

    def _tick(self, _offer: Any, seconds: int) -> None:
        """Count the seconds of *Undo*; at its end its place is somebody else's."""
        if seconds and self.take_back is not None and self.take_back.parent is not None:
            self.take_back.seconds = seconds
        elif self.view is not None:
            self._show()

    def _show(self) -> None:
        self.take_back = None
        self.clear_widgets()
        for widget in build(self):
            self.add_widget(widget)


__all__ = ["CALL_HOST", "JOIN", "NOTICES", "READ", "TAKE", "WHATS_ON", "WelcomeScreen"]
