"""What a wall is given: its own copy of public fields, which replaces its row. It merges nothing.

Class B fields only; a private booking is a span; a name is masked, and there only for who said yes.
Of other visits the wall gets the row as it is once its name is gone, so that it can count heads.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from sqlalchemy import Connection

from sync.merge import Version, WireRecord, is_erased, record, versions
from sync.records import KINDS
from sync.records.base import spec_of
from sync.records.booking import Booking
from sync.records.masked import masked
from sync.records.notice import Notice
from sync.records.person import Person
from sync.records.visit import Visit
from sync.server.database.ledger import Ledger
from sync.server.database.pages import page

PROJECTION = "3"
"""The version of this projection; another one makes every wall begin anew."""
_HEADS = [
    "hub",
    "how",
    "came_at",
    "left_at",
    "assumed_at",
    "grown_ups",
    "children",
    "gone",
    "mistake",
    "same_as",
    "time_sure",
]
"""Of a visit without a yes: what is left of it when names go, and no more than heads need."""
_SAID_YES = ("wall_ok", "open_to")
_ON_EVERY_RECORD = {"hub", "came_from", "withdrawn"}
"""Public, and nothing to see by themselves: a row of no more would say that there is something."""
_PRIVATE = ("person", "title", "came_from")
People = Mapping[str, WireRecord]
_encode = msgspec.json.Encoder(order="deterministic").encode


def project(body: WireRecord, people: People) -> WireRecord:
    """Return the wall's copy of a record; without fields where none of it is public.

    people: the person records that ``body`` names, by id.
    """
    kind, record_id = body["kind"], body["id"]
    if is_erased(body) or kind not in KINDS:
        return record(kind, record_id, {})
    said = versions(body)
    if kind == Person.KIND:
        shown = _person(said)
    elif kind == Visit.KIND:
        shown = _visit(said, people)
    else:
        shown = _shown.get(kind, _public)(kind, said)
    return record(kind, record_id, shown)


def wall_page(
    connection: Connection, hub: str, after: int, limit: int
) -> tuple[list[msgspec.Raw], str, bool]:
    """Return a page of a wall's copies, its cursor and whether there is more."""
    found = page(connection, hub, after, limit)
    bodies = {(one["kind"], one["id"]): one for one in map(_decoded, found.records)}
    ledger = Ledger(connection, hub)
    people = [record_id for kind, record_id in bodies if kind == Person.KIND]
    if after and people:  # a standing yes is of the person, and shows on their visits
        bodies = {**ledger.naming(people, (Visit.KIND,)), **bodies}
    said = [
        body["fields"].get("person")
        for body in bodies.values()
        if body["kind"] == Visit.KIND and not is_erased(body)
    ]
    known = ledger.bodies({(Person.KIND, one) for one in said if isinstance(one, str) and one})
    named = {record_id: body for (_kind, record_id), body in known.items()}
    copies = [msgspec.Raw(_encode(project(body, named))) for body in bodies.values()]
    cursor = f"{found.cursor}w{PROJECTION}" if found.cursor.seq else ""
    return copies, cursor, found.more


def _decoded(raw: msgspec.Raw) -> WireRecord:
    body: WireRecord = msgspec.json.decode(raw)
    return body


def _public(kind: str, said: Mapping[str, Version]) -> dict[str, Version]:
    cls = KINDS[kind]
    shown = {
        name: version
        for name, version in said.items()
        if (spec := spec_of(cls, name)) and spec.seen == "B"
    }
    # Nor could a wall tell when such a row's days are over: what says so is not public either.
    return shown if shown.keys() - _ON_EVERY_RECORD else {}


def _person(said: Mapping[str, Version]) -> dict[str, Version]:
    if not _is_yes(said.get("wall_ok")):
        return {}
    chips = {name: v for name, v in said.items() if name.startswith("ask_me_about.")}
    return {"wall_ok": said["wall_ok"], **_masked_name(said), **chips}


def _visit(said: Mapping[str, Version], people: People) -> dict[str, Version]:
    shown = {name: version for name, version in said.items() if name in _HEADS}
    answer, who = said.get("wall_ok"), said.get("person")
    person = people.get(who.value) if who and isinstance(who.value, str) else None
    theirs = versions(person) if person and not is_erased(person) else {}
    standing = _is_yes(theirs.get("wall_ok"))
    asked = answer is not None and answer.value is not None
    if not (_is_yes(answer) if asked else standing):
        return shown
    shown |= {name: said[name] for name in _SAID_YES if name in said}
    if who and standing:
        shown["person"] = who
    return shown | _masked_name(theirs or said)


def _masked_name(said: Mapping[str, Version]) -> dict[str, Version]:
    name, known_as = said.get("name"), said.get("known_as")
    if name is None or not isinstance(name.value, str) or not name.value:
        return {}
    first = known_as.value if known_as and isinstance(known_as.value, str) else ""
    return {"name": Version(name.rule, name.stamp, masked(name.value, first))}


def _booking(kind: str, said: Mapping[str, Version]) -> dict[str, Version]:
    shown = _public(kind, said)
    if not _is_yes(said.get("private")):
        return shown
    return {name: v for name, v in shown.items() if name.partition(".")[0] not in _PRIVATE}


def _notice(kind: str, said: Mapping[str, Version]) -> dict[str, Version]:
    shown = _public(kind, said)
    name = shown.get("by_name")
    if name and isinstance(name.value, str):
        shown["by_name"] = Version(name.rule, name.stamp, masked(name.value))
    return shown


def _is_yes(version: Version | None) -> bool:
    return version is not None and version.value is True


_shown = {Booking.KIND: _booking, Notice.KIND: _notice}
