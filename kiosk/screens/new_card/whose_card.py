"""For volunteers: whose card is it? Found by letters, as everybody is who comes by name."""

from __future__ import annotations

from typing import Any

from kiosk.hub.cards import LinkCard, link_card
from kiosk.hub.names import name_of
from kiosk.hub.people import Tile
from kiosk.screens.volunteer_people.find import VolunteerFindScreen
from kiosk.screens.who import actor_of


class WhoseCardScreen(VolunteerFindScreen):
    """``go("whose_card", uid_hash=)``: a tile gives the card to somebody; another card takes its place.

    Without a volunteer at work it closes; ``link_card`` asks for the level itself.
    """

    def make_body(self) -> None:
        """The heading asks."""
        super().make_body()
        self.heading = self.words.say("card.whose") if self.theme.roomy else ""

    def on_open(self, typed: str = "", uid_hash: str = "", **_facts: Any) -> None:
        """Begin with a card that was held to the reader."""
        super().on_open(typed)
        self._uid_hash = uid_hash

    def on_close(self) -> None:
        """Forget the card."""
        super().on_close()
        self._uid_hash = ""

    def kept(self) -> dict[str, Any]:
        """The same card and letters."""
        return {**super().kept(), "uid_hash": self._uid_hash}

    def on_card(self, uid: str) -> bool:
        """Ask about the card that is held to the reader now."""
        self._uid_hash = self.shell.around.hashed(uid)
        return True

    def _leave(self, tile: Tile) -> None:
        ask = LinkCard(self._uid_hash, tile.person, actor_of(self.shell))
        self.ask(link_card, ask, lambda _done: self._given(tile.person))

    def _given(self, person: str) -> None:
        said = self.words.say("people.card_given", name=name_of(self.hub, person))
        self.go("volunteer", said=said)
