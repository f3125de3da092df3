"""The people of a sample: who they are, their cards, their yes to the agreement, who welcomes."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid5

from argon2.low_level import Type, hash_secret

from kiosk.hub.cards import uid_hash
from kiosk.sample.house import Here
from kiosk.sample.rows import PersonRow, WelcomerRow
from kiosk.sample.wire import Made
from sync.records.acceptance import Acceptance
from sync.records.card import Card
from sync.records.person import Person
from sync.records.welcomer import Welcomer

FIRST_ISSUE = 1


def person_of(row: PersonRow, here: Here, _n: int) -> Iterator[Made]:
    """Make a person, and their card where they have one."""
    person = Person(
        id=here.id(row.id),
        name=row.name,
        kind=row.kind,
        lang=row.lang,
        wall_ok=row.wall_ok,
        big_text=row.big_text,
        low_controls=row.low_controls,
        pin_hash=pin_hash(row.pin, here, row.id) if row.pin else "",
        ask_me_about={str(n): texts for n, texts in enumerate(row.ask_me_about[:3], start=1)},
    )
    yield here.made(person, here.founded())
    if row.card_uid:
        yield here.made(_card(row, here), here.founded())


def acceptance_of(person: PersonRow, agreement: str, here: Here) -> Made:
    """Return that a person said yes to the agreement in force when it came, weeks ago."""
    at = here.days.before(0, 50)
    record = Acceptance(
        id=here.pair("acceptance", here.id(person.id), agreement),
        person=here.id(person.id),
        agreement=agreement,
        at=at,
    )
    return here.made(record, at)


def welcomer_of(row: WelcomerRow, here: Here, _n: int) -> Iterator[Made]:
    """Make a yes to welcoming; one person may give several on a day."""
    day, person = here.days.day(row.day), here.id(row.person)
    welcomer = Welcomer(
        id=here.pair("welcomer", day.isoformat(), f"{row.from_}-{row.to}", person),
        date=day,
        slot=(row.from_, row.to),
        person=person,
        yes=True,
    )
    yield here.made(welcomer, here.days.before(row.day, 14))


def pin_hash(pin: str, here: Here, short: str) -> str:
    """Return the argon2id hash of a sample PIN.

    The salt follows from the hub's key, so that loading twice on a day writes the same; a PIN that
    a person chooses gets a random one.
    """
    salt = uuid5(UUID(here.hub), f"{here.key.hex()}/{short}").bytes
    made = hash_secret(
        pin.encode(), salt, time_cost=3, memory_cost=65536, parallelism=4, hash_len=32, type=Type.ID
    )
    return made.decode()


def _card(row: PersonRow, here: Here) -> Card:
    hashed = uid_hash(here.key, row.card_uid)
    return Card(
        id=here.pair("card", hashed, str(FIRST_ISSUE)),
        uid_hash=hashed,
        issue=FIRST_ISSUE,
        person=here.id(row.id),
        lost=int(row.card_lost),
    )
