"""Finding somebody by letters of their name, or by their card."""

from __future__ import annotations

from typing import Any

from kiosk.hub.people import Tile
from kiosk.screens.here.by_name import HereNameScreen
from kiosk.screens.volunteer_people.by_card import person_of_card


class VolunteerFindScreen(HereNameScreen):
    """Everybody the hub knows; a tile or a card opens their page."""

    def make_body(self) -> None:
        """The heading says that a card will do."""
        super().make_body()
        self.heading = self.words.say("people.find_how") if self.theme.roomy else ""

    def on_snapshot(self, hub: Any, now: Any) -> None:
        """Without a volunteer there is nothing to look for."""
        if self.shell.volunteering.person:
            super().on_snapshot(hub, now)
        else:
            self.rest()

    def _leave(self, tile: Tile) -> None:
        self.go("volunteer_person", person=tile.person)

    def on_card(self, uid: str) -> bool:
        """A card says whose it is; it signs nobody in or out here."""
        return person_of_card(self, uid)
