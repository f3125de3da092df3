"""Somebody: their visit, a room for them, their cards, their name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from kivy.uix.widget import Widget

from kiosk.hub.cards import LinkCard, ReportLost, cards_of, link_card, report_lost
from kiosk.hub.names import name_of
from kiosk.hub.people import ChangePerson, change_person
from kiosk.hub.presence import present_visits
from kiosk.hub.volunteers import MakeVolunteer, make_volunteer
from kiosk.screens.volunteer.pin_box import PinBox
from kiosk.screens.volunteer.questions import VolunteerQuestions
from kiosk.screens.volunteer_people.reading import Reading
from kiosk.screens.volunteer_visits.view import visit_times
from kiosk.ui.answers import Grid, tile
from kiosk.ui.page import Box

LONGEST_NAME = 60


class VolunteerPersonScreen(VolunteerQuestions):
    """``person``: whose page it is. step: "", "card" (hold one), "name" (typed), "pin"."""

    def make_body(self) -> None:
        """Nothing yet: every step has its own."""
        self._person = self._asked = self._name = self._pin_once = ""
        self._pin = PinBox(self._pin_typed)

    def on_open(self, person: str = "", asked: str = "", typed: str = "", **_facts: Any) -> None:
        """Begin, or go on after the look has changed."""
        self._person, self._name = person, typed
        self._ask(asked)

    def show(self, hub: Any, now: datetime) -> None:
        """How they stand now; what is typed stays as it is."""
        self.heading = self._heading()
        if not self._asked:
            self.ask_next(Grid(self._tiles(), self.arrange))

    def kept(self) -> dict[str, Any]:
        """What was said so far."""
        return {"asked": self._asked, "typed": self._name}

    def on_close(self) -> None:
        """Forget whose page it was."""
        self.heading = self._name = self._pin_once = ""
        self._pin.wipe()
        if self.typing_page is not None:
            self.typing_page.text = ""

    def back(self) -> None:
        """From a step to the page; from there to where it was opened."""
        if self._asked:
            self._ask("")
        else:
            super().back()

    def on_card(self, uid: str) -> bool:
        """A card is given to them, where that was asked for; else the door takes it."""
        if self._asked != "card":
            return False
        ask = LinkCard(self.shell.around.hashed(uid), self._person, self.by)
        self.ask(link_card, ask, lambda _done: self._told("people.card_given"))
        return True

    # What is asked -------------------------------------------------------------------------

    def _heading(self) -> str:
        name = name_of(self.hub, self._person)
        keys = {"card": "people.card_for", "pin": "volunteer.pin_of"}
        return self.words.say(keys[self._asked], name=name) if self._asked in keys else name

    def _ask(self, asked: str) -> None:
        self._asked = asked
        self.heading = self._heading()
        self.tall_body = asked == "pin" and self._pin.is_tall()
        if asked == "pin":
            self._pin_once = ""
            self._pin.wipe()
            self._pin.say("people.pin_how")
            self.ask_next(self._pin)
        elif asked == "card":
            self.ask_next(Reading(self.words.say("people.hold_card")))
        elif asked == "name":
            self.ask_next(self._typed_name())
        else:
            self.ask_next(Grid(self._tiles(), self.arrange))

    def _typed_name(self) -> Any:
        known = self.hub.person(self._person)
        self._name = self._name or (known.name if known else "")
        say = self.words.say

        def keep(text: str) -> None:
            self._name = text

        facts = {"label": say("putting_up.name"), "longest": LONGEST_NAME}
        return self.typed(say("people.change_name"), self._name, keep, self._rename, **facts)

    def _tiles(self) -> Sequence[Any]:
        here = present_visits(self.hub, self._person, self.now)
        cards = len(cards_of(self.hub, self._person))
        words, go, person = self.words, self.go, self._person
        if here:
            times = visit_times(self.hub, here[0], self.now, words)
            visit = self._tile(
                "people.visit", lambda: go("volunteer_visit", visit=here[0].id), times
            )
        else:
            not_here = words.say("people.not_here")
            came = "people.came"
            visit = self._tile(came, lambda: go("volunteer_visit", person=person), not_here)
        shown = [
            visit,
            self._tile("people.book", self._book),
            self._tile(
                "people.give_card", lambda: self._ask("card"), words.count("people.cards", cards)
            ),
        ]
        if cards:
            shown.append(self._tile("people.lost", self._lost))
        known = self.hub.person(person)
        pin = "people.new_pin" if known and known.kind == "volunteer" else "people.make_volunteer"
        return [
            *shown,
            self._tile("people.change_name", lambda: self._ask("name")),
            self._tile(pin, lambda: self._ask("pin")),
        ]

    def _tile(self, key: str, act: Any, sub: str = "") -> Any:
        return tile(self.words.say(key), act, sub="" if self.theme.large else sub)

    # What is done --------------------------------------------------------------------------

    def _book(self) -> None:
        """From here on rooms are booked for them, by the volunteer's hand."""
        self.shell.session.person = self._person
        self.go("rooms")

    def _lost(self) -> None:
        ask = ReportLost(self._person, by=self.by)
        self.ask(report_lost, ask, lambda _done: self._told("people.is_lost"))

    def _rename(self) -> None:
        ask = ChangePerson(self._person, name=self._name, by=self.by)
        self.ask(change_person, ask, lambda _done: self._told("people.is_renamed"))

    def _pin_typed(self, pin: str) -> None:
        """Once to choose it, once more to be sure of it."""
        first, self._pin_once = self._pin_once, pin
        self._pin.wipe()
        if not first:
            self._pin.say("people.pin_again")
        elif first != pin:
            self._pin_once = ""
            self._pin.say("people.pin_differs")
        else:
            self._pin_once = ""
            ask = MakeVolunteer(self._person, pin, self.by)
            self.ask(make_volunteer, ask, lambda _done: self._told("people.is_volunteer"))
        self.arrange()

    def place_body(self, box: Box) -> Sequence[Widget]:
        """Digits are told where the heading ends; the other answers need not know."""
        if self._asked == "pin":
            return self._pin.place(box, self.under_heading)
        return super().place_body(box)

    def _told(self, key: str) -> None:
        self.saved(self.words.say(key, name=name_of(self.hub, self._person)))
