"""*People and cards*: find somebody, somebody new, or hold a card."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kiosk.hub.people import Remember, remember
from kiosk.screens.volunteer.questions import VolunteerQuestions
from kiosk.screens.volunteer_people.by_card import person_of_card
from kiosk.ui.answers import Step, large_answer

LONGEST_NAME = 60


class VolunteerPeopleScreen(VolunteerQuestions):
    """``typed``: the name of somebody new, as it is typed."""

    def make_body(self) -> None:
        """Two ways; a card is a third."""
        self._name: str | None = None

    def on_open(self, typed: str | None = None, **_facts: Any) -> None:
        """Begin, or go on after the look has changed."""
        self._name = typed
        self._ask()

    def show(self, hub: Any, now: datetime) -> None:
        """Nothing here changes with the records."""

    def kept(self) -> dict[str, Any]:
        """What was typed."""
        return {"typed": self._name}

    def on_close(self) -> None:
        """Forget what was typed."""
        self._name = None
        if self.typing_page is not None:
            self.typing_page.text = ""

    def back(self) -> None:
        """From typing to the two ways; from there to where it was opened."""
        if self._name is None:
            super().back()
        else:
            self._begin(None)

    def on_card(self, uid: str) -> bool:
        """A card says whose it is."""
        return person_of_card(self, uid)

    def _begin(self, name: str | None) -> None:
        self._name = name
        self._ask()

    def _ask(self) -> None:
        say = self.words.say
        if self._name is not None:
            page = self.typed(say("people.new"), self._name, self._typed_name, self._make)
            page.longest, page.label = LONGEST_NAME, say("putting_up.name")
            self.ask_next(page)
            return
        self.heading = say("people.title")
        find = large_answer("people.find", "account-search-outline", self._find)
        new = large_answer("people.new", "account-plus-outline", lambda: self._begin(""))
        self.ask_next(Step([find, new]))

    def _find(self) -> None:
        self.go("volunteer_find")

    def _typed_name(self, text: str) -> None:
        self._name = text

    def _make(self) -> None:
        ask = Remember(self._name or "", kind="member", lang=self.words.lang, by=self.by)
        self.ask(remember, ask, lambda done: self.go("volunteer_person", person=done.result))
