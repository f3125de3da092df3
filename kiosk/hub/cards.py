"""Cards: whose they are, giving one to somebody, reporting one lost, finding it again.

The number on a card is known to its reader alone; the hub keeps an HMAC of it, and of a card that
it does not know nothing at all.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from hashlib import sha256

from kiosk.hub.actor import ANYBODY, VOLUNTEER, Actor
from kiosk.hub.errors import NotKnown
from kiosk.hub.may import needs, needs_self
from kiosk.hub.moment import Moment
from kiosk.hub.snapshot import Snapshot
from kiosk.hub.writes import edit, new
from kiosk.store.changes import Changes
from sync.errors import Refused
from sync.ids import pair_id
from sync.records.card import Card
from sync.records.person import Person


class UnknownCard(Refused):
    """The card is nobody's; nothing of it is kept."""

    say = "card.unknown"


class LostCard(Refused):
    """The card was reported lost; it opens nothing."""

    say = "card.lost"


class CardTaken(Refused):
    """The card is somebody else's."""

    say = "card.taken"


@dataclass(frozen=True, slots=True)
class LinkCard:
    """Give a card to a person: ``uid_hash`` as ``uid_hash()`` makes it."""

    uid_hash: str
    person: str
    by: Actor = ANYBODY


@dataclass(frozen=True, slots=True)
class ReportLost:
    """Every card of a person is lost, or the one with ``uid_hash``."""

    person: str
    uid_hash: str = ""
    by: Actor = ANYBODY


def uid_hash(hub_key: bytes, uid: str) -> str:
    """Return what the hub keeps of a card: HMAC-SHA-256 of its number with the hub's key."""
    number = "".join(uid.split()).upper()
    return hmac.new(hub_key, number.encode(errors="replace"), sha256).hexdigest()


def issue_in_force(hub: Snapshot, hashed: str) -> Card | None:
    """Return the highest issue of a card, or None where nobody ever had it."""
    return max(hub.cards(hashed), key=lambda card: (card.issue, card.id), default=None)


def holder(hub: Snapshot, hashed: str, vouched: str = "") -> Person:
    """Return whose card it is. Raises UnknownCard, LostCard.

    vouched: whose it is by its own signature. It opens the door before the record of it came here;
    a record that it is lost closes it.
    """
    card = issue_in_force(hub, hashed)
    person = hub.person(card.person if card else vouched)
    if card and card.lost:
        raise LostCard
    if person is None:
        raise UnknownCard
    return person


def cards_of(hub: Snapshot, person_id: str) -> tuple[Card, ...]:
    """Return the cards that sign a person in: issues in force, not lost."""
    mine = [card for card in hub.all(Card) if hub.who(card.person) == hub.who(person_id)]
    in_force = [card for card in mine if issue_in_force(hub, card.uid_hash) == card]
    return tuple(card for card in in_force if not card.lost)


def link_card(hub: Snapshot, ask: LinkCard, at: Moment) -> Changes:
    """Give a card to a person; a lost card that was found becomes a new issue of the same card.

    By a volunteer, or by the person with their code. The result is the card's id.
    Raises TooLow, NotKnown (person), CardTaken.
    """
    needs_self(hub, ask.by, ask.person)
    person = hub.person(ask.person)
    if person is None:
        raise NotKnown(kind="person")
    card = issue_in_force(hub, ask.uid_hash)
    if card and not card.lost and hub.person(card.person):
        if hub.who(card.person) != person.id:
            raise CardTaken
        return Changes.of(result=card.id)
    issue = card.issue + 1 if card else 1
    fresh = Card(
        id=pair_id(hub.hub.id, "card", ask.uid_hash, str(issue)),
        uid_hash=ask.uid_hash,
        issue=issue,
        person=person.id,
    )
    return Changes.of(new(hub, fresh, at, ask.by), result=fresh.id)


def report_lost(hub: Snapshot, ask: ReportLost, at: Moment) -> Changes:
    """From now on the card opens nothing. By the person or a volunteer.

    The result is how many cards it was. Raises TooLow, NotKnown (card) where there is none.
    """
    needs_self(hub, ask.by, ask.person)
    lost = [c for c in cards_of(hub, ask.person) if ask.uid_hash in {"", c.uid_hash}]
    if not lost:
        raise NotKnown(kind="card")
    writes = [edit(card, lost=1, lost_at=at.now.replace(microsecond=0)) for card in lost]
    return Changes.of(*writes, undo_s=10, result=len(lost))


def lost_cards_seen(hub: Snapshot, by: Actor) -> tuple[str, ...]:
    """Return the ids of visits by a card that was reported lost, for volunteers. Raises TooLow."""
    needs(by, VOLUNTEER)
    return tuple(visit.id for visit in hub.visits_open if is_by_lost_card(hub, visit.id))


def is_by_lost_card(hub: Snapshot, visit_id: str) -> bool:
    """Whether somebody came in by a card that had been reported lost before, elsewhere."""
    visit = hub.visit(visit_id)
    card = hub.get(Card, visit.card) if visit else None
    lost_at = card.lost_at if card and card.lost else None
    return bool(visit and visit.came_at and lost_at and lost_at <= visit.came_at)
