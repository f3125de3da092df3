"""Cards printed at home: the one that a person has, making one, taking all of a hub back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

import segno
from markupsafe import Markup
from sqlalchemy import Connection

from sync.errors import Refused
from sync.ids import pair_id
from sync.qr_codes import HIGHEST_ISSUE, card_hash, home_card
from sync.records.card import Card
from sync.records.hub import Hub
from sync.records.person import Person
from sync.server.card_keys import next_key
from sync.server.proofs import Notary
from sync.server.web.doorkeeper import NotThere
from sync.server.web.persons import issues_in_force, lost
from sync.server.web.sessions import Who
from sync.server.web.writing import Write, new


class NoKeyYet(Refused):
    """No door has brought the hub's record yet, so that there is no key to sign cards with."""

    say = "people.no_key"


@dataclass(frozen=True, slots=True)
class HomeCards:
    """A hub's key, and of each of its cards the issue that counts."""

    hub: Hub
    cards: Mapping[str, Card]

    @classmethod
    def of(cls, connection: Connection, hub: Hub) -> HomeCards:
        """Read what a hub has. Raises NoKeyYet."""
        if not hub.card_key:
            raise NoKeyYet
        return cls(hub, issues_in_force(connection, hub.id))

    def made(self, person: str) -> Iterator[tuple[str, Card]]:
        """Return every card that was made for a person, with its text."""
        for issue in range(1, HIGHEST_ISSUE + 1) if fits_on_a_card(person) else ():
            text = home_card(self.hub.card_key, self.hub.id, person, issue)
            if (card := self.cards.get(card_hash(text))) is None:
                return
            yield text, card

    def text(self, person: str) -> str:
        """Return the text of a person's card, "" where they have none that opens."""
        return next((text for text, card in self.made(person) if not card.lost), "")

    def next_text(self, person: str) -> str:
        """Return the text of the card that a person would be made next. Raises NotThere."""
        if not fits_on_a_card(person):
            raise NotThere
        issue = sum(1 for _ in self.made(person)) + 1
        return home_card(self.hub.card_key, self.hub.id, person, issue)


def fits_on_a_card(person: str) -> bool:
    """Whether a person's id is a UUID: whoever pushes records may name anything as an id."""
    try:
        return bool(UUID(person))
    except ValueError:
        return False


def make(cards: HomeCards, person: Person, who: Who, now_ms: int) -> list[Write]:
    """Make a card for a person; nothing where they have one."""
    if cards.text(person.id):
        return []
    hashed = card_hash(cards.next_text(person.id))
    card_id = pair_id(who.hub, Card.KIND, hashed, "1")
    card = Card(id=card_id, uid_hash=hashed, issue=1, person=person.id)
    return [new(card, who, now_ms)]


def take_all_back(cards: HomeCards, notary: Notary, now_ms: int) -> list[Write]:
    """Sign with another key from now on, and report lost what was signed with the old one."""
    people = {card.person for card in cards.cards.values() if card.person}
    old = [card for person in sorted(people) for _text, card in cards.made(person) if not card.lost]
    key = next_key(notary, cards.hub.id, cards.hub.card_key)
    return [Write(Hub.KIND, cards.hub.id, {"card_key": key}), *lost(old, now_ms)]


def drawn(text: str) -> Markup:
    """Return a code as SVG: dark on white, with its quiet zone, as large as its place is."""
    code = segno.make(text, error="m", micro=False)
    return Markup(code.svg_inline(border=4, dark="#000", light="#fff", omitsize=True))  # noqa: S704  # ours
