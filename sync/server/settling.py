"""Hours that both sides agree on count from now on, as far as the floors let them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from sync.merge import WireRecord, is_erased
from sync.records import Record, read
from sync.records.hours import Hours
from sync.records.hours_decide import Books, settlements
from sync.records.hub import Hub, settings_of
from sync.records.merged_people import root_of
from sync.records.person import Person
from sync.server.database.ledger import Ledger
from sync.server.landing import Key, Landing
from sync.server.proofs import Notary
from sync.server.saying import say

ASKED_BY = frozenset({Hours.KIND, Hub.KIND})
"""Kinds of which a new record may let hours settle: the floor is one of the hub's settings."""
R = TypeVar("R", bound=Record)


def settle(ledger: Ledger, landing: Landing, notary: Notary, now_ms: int) -> None:
    """Settle within a commit what can be settled, each with the server's proof."""
    there = ledger.of_kinds((Hours.KIND, Person.KIND))
    landing.held = {**there, **landing.held}
    bodies = {**there, **landing.after}
    hub = landing.now((Hub.KIND, ledger.hub))
    settings = settings_of(read(Hub, ledger.hub, hub["fields"]) if hub else Hub())
    pointers = {one.id: one.merged_into for one in _typed(Person, bodies) if one.merged_into}
    merged = {one: root_of(pointers, one) for one in pointers}
    books = Books.of(ledger.hub, settings, _typed(Hours, bodies), merged)
    for record, fields in settlements(books):
        if body := landing.now((Hours.KIND, record.id)):
            say(body, fields, landing, notary, ledger.hub, now_ms)


def _typed(cls: type[R], bodies: Mapping[Key, WireRecord]) -> list[R]:
    return [
        read(cls, key[1], body["fields"])
        for key, body in bodies.items()
        if key[0] == cls.KIND and not is_erased(body)
    ]
