"""Taking back the last change of a record: its own fields only, as a new change. Pure.

Nothing is erased from what was: the change stays in the activity, the undoing comes after it. What
somebody changed again since is theirs: then both are shown, and nothing is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sync.errors import Refused
from sync.merge import Json, Version, WireRecord, versions
from sync.records import read
from sync.records.notice import Notice
from sync.records.notice_rules import longest_days
from sync.server.activity import Entry, Was
from sync.server.web.activity import UNDONE
from sync.server.web.notice_form import EndsBeforeItBegins, TooManyDays
from sync.server.web.notices import withdrawn
from sync.server.web.sessions import Who
from sync.server.web.writing import Write

State = Literal["back", "moved", "unkept", "stays"]
_STAYS = frozenset({("room", "retired_from"), ("booking", "private")})
"""What promises rest on: a room's last day by what is booked after it, whose eyes a title is for."""
_SIGNED = ("title", "body")


class ChangedSince(Refused):
    """Somebody changed it again: what they wrote is not ours to take back."""

    say = "undo.changed_since"


class StaysAsItIs(Refused):
    """A yes, something given up, or a value that nobody kept: there is nothing to put back."""

    say = "undo.stays"


@dataclass(frozen=True, slots=True)
class Part:
    """One field of a change: how it was before, how it is now, what undoing does with it.

    state: back (it is put back), moved (changed again since), unkept (not known), stays (not taken
    back here).
    """

    name: str
    before: Json
    now: Json
    state: State


def parts(entry: Entry, body: WireRecord) -> list[Part]:
    """Return the fields of a change as they would be undone. body: the record as it is now."""
    now = versions(body)
    return [_part(entry, name, was, now.get(name)) for name, was in entry.fields.items()]


def _part(entry: Entry, name: str, was: Was, now: Version | None) -> Part:
    value = now.value if now else None
    if name == "withdrawn":
        value = bool(value)
    return Part(name, was.value, value if was.kept else None, _state(entry, name, was, now))


def _state(entry: Entry, name: str, was: Was, now: Version | None) -> State:
    base = name.partition(".")[0]
    if entry.act not in UNDONE or (entry.kind, base) in _STAYS:
        return "stays"
    if now is None or now.stamp != was.stamp:
        return "moved"
    if now.rule != "l":
        return "stays"
    return "back" if was.kept else "unkept"


def undone(entry: Entry, body: WireRecord, who: Who, now_ms: int) -> Write:
    """Return what takes a change back. Raises ChangedSince, StaysAsItIs.

    Raises EndsBeforeItBegins, TooManyDays where a notice's days would not be any.
    """
    found = parts(entry, body)
    if any(one.state == "moved" for one in found):
        raise ChangedSince
    back = {one.name: one.before for one in found if one.state == "back"}
    if not back:
        raise StaysAsItIs
    fields: dict[str, Any] = dict(back)
    if "withdrawn" in back:
        fields["withdrawn"] = withdrawn(who, now_ms) if back["withdrawn"] else None
    if entry.kind == Notice.KIND:
        _must_have_days(body, back)
        signed = [name for name in back if name.partition(".")[0] in _SIGNED]
        fields |= {f"edited_by.{name}": who.person for name in signed}
    return Write(entry.kind, entry.record, fields)


def _must_have_days(body: WireRecord, back: Mapping[str, Json]) -> None:
    if back.keys().isdisjoint(("first_day", "last_day", "kind")):
        return
    then = read(Notice, body["id"], {**body["fields"], **back, "withdrawn": None})
    if then.first_day is None or then.last_day is None:
        return
    if then.last_day < then.first_day:
        raise EndsBeforeItBegins
    if (then.last_day - then.first_day).days > longest_days(then.kind):
        raise TooManyDays(most=longest_days(then.kind))
