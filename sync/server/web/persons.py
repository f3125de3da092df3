"""What volunteers do with people and cards: enter, correct, merge, report lost, erase."""

from __future__ import annotations

import datetime as dt
import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from sync.errors import Refused
from sync.records.card import Card
from sync.records.person import PERSON_KINDS, Person, PersonKind
from sync.server.database.ledger import Ledger
from sync.server.database.models import Account
from sync.server.web.accounts import remove
from sync.server.web.activity import VOLUNTEER
from sync.server.web.doorkeeper import NotThere
from sync.server.web.notice_form import Form, said
from sync.server.web.people import People
from sync.server.web.reading import House, every, people_of
from sync.server.web.sessions import Who
from sync.server.web.writing import Erase, Write, new, note
from sync.typed import TextMissing, line, name


class SamePerson(Refused):
    """Two records are one already, or the same one was chosen twice."""

    say = "people.same_already"


class NotSure(Refused):
    """Nobody said that they are sure."""

    say = "people.not_sure"


class ForASteward(Refused):
    """Whoever looks after the hub would lose their account by somebody who may not end it."""

    say = "people.for_a_steward"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What somebody who asked to be forgotten is given: no name, only what was done.

    counts: how many records of a kind lost their name.
    """

    number: str
    counts: Mapping[str, int]


def the_person(people: People, person: str) -> Person:
    """Return a person of the hub. Raises NotThere."""
    found = people.by_id.get(person)
    if found is None:
        raise NotThere
    return found


def cards_of(connection: Connection, hub: str, ids: Sequence[str]) -> list[Card]:
    """Return the cards of a person that are not lost."""
    in_force = issues_in_force(connection, hub).values()
    return [card for card in in_force if card.person in ids and not card.lost]


def issues_in_force(connection: Connection, hub: str) -> dict[str, Card]:
    """Return of each card the issue that counts, the last one, by its hash."""
    last: dict[str, Card] = {}
    for card in every(connection, hub, Card):
        if card.issue >= last.get(card.uid_hash, card).issue:
            last[card.uid_hash] = card
    return last


def entered(form: Form, house: House, who: Who, now_ms: int) -> Write:
    """Make a person. Raises TextMissing, TextTooLong."""
    called = _called(form)
    made = Person(
        name=called,
        known_as=name(said(form, "known_as")),
        kind=_kind(form),
        contact=line(said(form, "contact")),
        active_on=house.today,
    )
    return new(made, who, now_ms)


def changed(person: Person, form: Form) -> Write:
    """Write what was changed of a person. Raises TextMissing, TextTooLong."""
    wanted = {
        "name": _called(form),
        "known_as": name(said(form, "known_as")),
        "kind": _kind(form),
        "contact": line(said(form, "contact")),
    }
    fields = {key: value or None for key, value in wanted.items() if value != getattr(person, key)}
    return Write(Person.KIND, person.id, fields)


def _called(form: Form) -> str:
    called = name(said(form, "name"))
    if not called:
        raise TextMissing
    return called


def _kind(form: Form) -> PersonKind:
    return next((kind for kind in PERSON_KINDS if kind == said(form, "kind")), "remembered")


def merged(people: People, person: str, into: str) -> Write:
    """Have two records count as one person; undone by ``apart``. Raises NotThere, SamePerson.

    Where only ``person`` acts by a PIN it is the other way round, as at the door: nobody loses theirs.
    """
    the_person(people, person)
    the_person(people, into)
    goes, stays = people.who(person), people.who(into)
    if goes == stays:
        raise SamePerson
    if _acts_by_pin(people, goes) and not _acts_by_pin(people, stays):
        goes, stays = stays, goes
    return Write(Person.KIND, goes, {"merged_into": stays})


def _acts_by_pin(people: People, person: str) -> bool:
    found = people.by_id.get(person)
    return found is not None and found.kind == "volunteer" and bool(found.pin_hash)


def apart(person: str) -> Write:
    """Have a record count for itself again."""
    return Write(Person.KIND, person, {"merged_into": None})


def lost(cards: Sequence[Card], now_ms: int) -> list[Write]:
    """Report cards lost: from now on they open nothing."""
    at = dt.datetime.fromtimestamp(now_ms // 1000, dt.UTC).isoformat().replace("+00:00", "Z")
    return [Write(Card.KIND, card.id, {"lost": 1, "lost_at": at}) for card in cards]


def erase(
    connection: Connection, who: Who, person: str, form: Form, now_ms: int
) -> tuple[list[Erase], Receipt]:
    """Erase a person, their other records and their account.

    Raises NotThere, NotSure, ForASteward, LastSteward.
    """
    people = people_of(connection, who.hub)
    found = the_person(people, person)
    if said(form, "sure") != "yes":
        raise NotSure
    root = people.who(found.id)
    ids = [one for one in people.by_id if people.who(one) == root]
    _end_accounts(connection, who, ids, now_ms)
    pointing = Ledger(connection, who.hub).naming(ids)
    counts = Counter(kind for kind, record_id in pointing if record_id not in ids)
    number = "-".join(secrets.token_hex(2) for _ in range(4))
    return [Erase(Person.KIND, one) for one in ids], Receipt(number, dict(sorted(counts.items())))


def _end_accounts(connection: Connection, who: Who, ids: Sequence[str], now_ms: int) -> None:
    theirs = select(Account.account_id).where(Account.hub_id == who.hub, Account.person.in_(ids))
    for account in list(connection.execute(theirs).scalars()):
        if account != who.account and who.role != "steward":
            raise ForASteward
        note(connection, who, now_ms, (VOLUNTEER, account), "removed")
        remove(connection, who.hub, account)
