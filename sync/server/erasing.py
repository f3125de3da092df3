"""A person's wish to be forgotten, carried out at the server: doors hear of it as of any other."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from sync.clock import Reading
from sync.errors import Refused
from sync.merge import is_erased
from sync.records import read
from sync.records.merged_people import root_of
from sync.records.person import Person
from sync.server.commit import Commits, Committed
from sync.server.database.ledger import Ledger
from sync.server.landing import SERVER_NODE


class NotOne(Refused):
    """The name belongs to nobody at this hub, or to more than one person."""


def find_people(connection: Connection, hub: str, said: str) -> list[Person]:
    """Return the records of the one person of that id or whole name, those merged into it too.

    Raises NotOne.
    """
    everybody = [
        read(Person, key[1], body["fields"])
        for key, body in Ledger(connection, hub).of_kinds((Person.KIND,)).items()
        if not is_erased(body)
    ]
    merged = {one.id: one.merged_into for one in everybody if one.merged_into}
    named = {
        one.id for one in everybody if said == one.id or said.casefold() == one.name.casefold()
    }
    roots = {root_of(merged, one) for one in named}
    if len(roots) != 1:
        ids = ", ".join(sorted(roots))
        who = (
            f"{len(roots)} people are called that. Say which: {ids}"
            if ids
            else "nobody is called that"
        )
        raise NotOne(who)
    return [one for one in everybody if root_of(merged, one.id) in roots]


def erase_people(
    commits: Commits, connection: Connection, hub: str, people: Iterable[Person]
) -> Committed:
    """Erase these records, and every trace of them in others. Raises Answered: clock."""
    stamp = str(Reading(commits.now_ms(), 0, SERVER_NODE))
    gone = [{"kind": Person.KIND, "id": one.id, "erased": stamp} for one in people]
    return commits.commit(connection, hub, gone)
