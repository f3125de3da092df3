"""What is remembered of changes for 90 days: who changed which field of what. Pure.

It must not become a second, longer memory of people: visits, cards, people, who said yes to what or
came to what are no part of it. Of a field that is not for the board it says that it changed, never
how it was; of who did it, an id, which goes when they are forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType
from typing import Literal

import msgspec

from sync.clock import Reading, is_reading
from sync.merge import Json, Version, WireRecord, is_erased, versions
from sync.records import KINDS
from sync.records.base import spec_of
from sync.records.booking_day import BookingDay
from sync.records.old_text import OldText

Key = tuple[str, str]
Act = Literal["made", "changed", "withdrawn", "restored", "cancelled"]
KEPT_MS = timedelta(days=90) // timedelta(milliseconds=1)
VALUES_MS = timedelta(days=OldText.KEPT.days or 0) // timedelta(milliseconds=1)
"""What was there before a change is kept no longer than any other overwritten text."""
WEB = "web"
"""The node of what was done on the server's pages."""
FIELDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        kind: frozenset(names.split())
        for kind, names in {
            "notice": "kind title body first_day last_day weekdays from to pin picture picture_alt"
            " contact withdrawn",
            "event": "title about host room starts minutes rule places booking turnout cancelled"
            " withdrawn",
            "room": "name short capacity features open buffer_min colour order bookable note"
            " retired_from withdrawn",
            "booking": "title note heads private cancelled withdrawn",
            # Not ``used``: that somebody came to their room is a visit.
            "booking_day": "cancelled given_back_min",
            "hub": "name short languages timezone open reasons settings wall_pages",
            "closed_day": "why open withdrawn",
            "agreement": "withdrawn",
        }.items()
    }
)
"""The kinds of which changes are remembered, and of which of their fields."""
OURS = frozenset({("hub", "settings")})
"""Fields that are for volunteers only and say nothing of anybody: their values are kept as well."""
_UNKEPT = frozenset({"picture", "picture_alt"})
"""A picture that nothing names may go any day, and its words belong to it."""
_MAKERS = ("entered_by", "owner", "person", "host")
_PERSON = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
LARGEST = 8_000
"""Bytes: of a larger change it is remembered that it was, not what was there before."""
MOST_FIELDS = 40


@dataclass(frozen=True, slots=True)
class Was:
    """How a field was before a change. stamp: the change's own. kept: whether ``value`` is known."""

    stamp: str
    value: Json = None
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One change of one record (Activity, in database/models.py). number: 0 = not written yet."""

    at_ms: int
    kind: str
    record: str
    act: str
    person: str = ""
    node: str = ""
    fields: Mapping[str, Was] = field(default_factory=dict)
    number: int = 0


@dataclass(frozen=True)
class Told:
    """By what a commit's changes are told. by: who writes, where a page knows; "" = a device."""

    now_ms: int
    by: str = ""
    is_gone: Callable[[str], bool] = lambda _person: False

    def entry(self, key: Key, before: WireRecord | None, after: WireRecord) -> Entry | None:
        """Return what is to be remembered of one record's change; None: nothing."""
        if key[0] not in FIELDS or is_erased(after) or (before and is_erased(before)):
            return None
        if after["fields"].get("outside"):
            return None  # what a calendar of others says is nobody's change
        was, now = versions(before) if before else {}, versions(after)
        said = {name: version for name, version in now.items() if version.rule in "loh"}
        changed = {name: one for name, one in said.items() if _is_told(key[0], name, was, one)}
        is_new = before is None and key[0] != BookingDay.KIND  # whose first word is a change
        if not (changed or is_new):
            return None
        last = max((one.stamp for one in (changed or said).values()), default="")
        if not is_reading(last):
            return None
        reading = Reading.parse(last)
        if reading.ms < self.now_ms - KEPT_MS:
            return None
        return Entry(
            at_ms=min(reading.ms, self.now_ms),
            kind=key[0],
            record=key[1],
            act=_act(changed, is_new=is_new),
            person=self._person(now, changed, is_new=before is None),
            node=WEB if self.by else reading.node,
            fields={} if is_new else _fields(key[0], was, now, changed),
        )

    def _person(
        self, now: Mapping[str, Version], changed: Mapping[str, Version], *, is_new: bool
    ) -> str:
        found = [self.by]
        if is_new:
            found += [_text(now.get(name)) for name in _MAKERS]
        for name, version in changed.items():
            if name == "withdrawn" and isinstance(version.value, dict):
                found.append(_plain(version.value.get("by")))
            hand = now.get(f"edited_by.{name}")
            if hand and hand.stamp == version.stamp:
                found.append(_text(hand))
        who = next(filter(None, found), "")
        return "" if self.is_gone(who) else who


def _is_told(kind: str, name: str, was: Mapping[str, Version], now: Version) -> bool:
    if name.partition(".")[0] not in FIELDS[kind] or spec_of(KINDS[kind], name) is None:
        return False
    before = was[name].value if name in was else None
    return bool(before != now.value)


def _act(changed: Mapping[str, Version], *, is_new: bool) -> Act:
    if is_new:
        return "made"
    if "withdrawn" in changed:
        return "withdrawn" if changed["withdrawn"].value else "restored"
    return "cancelled" if "cancelled" in changed else "changed"


def _fields(
    kind: str,
    was: Mapping[str, Version],
    now: Mapping[str, Version],
    changed: Mapping[str, Version],
) -> dict[str, Was]:
    is_private = any(one["private"].value for one in (was, now) if "private" in one)
    found = {
        name: _was(kind, name, was.get(name), one, is_private=is_private)
        for name, one in sorted(changed.items())[:MOST_FIELDS]
    }
    if len(changed) > MOST_FIELDS or _size(found) > LARGEST:
        return {name: Was(one.stamp) for name, one in found.items()}
    return found


def _size(found: Mapping[str, Was]) -> int:
    return len(msgspec.json.encode({name: one.value for name, one in found.items()}))


def _was(kind: str, name: str, before: Version | None, now: Version, *, is_private: bool) -> Was:
    value = before.value if before else None
    if name == "withdrawn":
        return Was(now.stamp, bool(value), kept=True)  # not by whom: it is no field of ours to keep
    spec = spec_of(KINDS[kind], name)
    assert spec is not None  # noqa: S101  # _is_told has asked
    is_open = (spec.seen == "B" or (kind, spec.name) in OURS) and spec.name not in _UNKEPT
    if spec.is_personal or not is_open or (is_private and spec.name == "title"):
        return Was(now.stamp)
    return Was(now.stamp, value, kept=True)


def _text(version: Version | None) -> str:
    return _plain(version.value) if version else ""


def _plain(value: Json) -> str:
    """Return somebody's id, "" of all else: a name put there would outlive an erasure."""
    return value if isinstance(value, str) and _PERSON.fullmatch(value) else ""
