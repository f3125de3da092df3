"""What a push comes to: every record judged, washed and merged with what the hub holds. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from sync.clock import Reading, first, hear, tick
from sync.merge import WireRecord, is_erased, merge
from sync.old_texts import lost_texts
from sync.protocol import Refusal
from sync.records import KINDS, Record, read
from sync.records.booking import Booking
from sync.records.hours import Hours
from sync.records.hub import Hub, settings_of
from sync.records.old_text import OldText
from sync.records.person import Person
from sync.records.retention import is_over
from sync.server.admission import Gate, admit, named
from sync.washing import Calendar, washed

Key = tuple[str, str]
"""Kind and id."""
SERVER_NODE = "00000001"
DECIDED: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    Booking.KIND: (
        ("confirmed", "clash", "clash_now"),
        ("room", "starts", "minutes", "rule", "moves", "extends"),
    ),
    Hours.KIND: (("settled",), ("giver", "receiver")),
}
"""By kind: the decisions about a record, and what they read: it cannot be another afterwards."""

_same_bytes = msgspec.json.Encoder(order="deterministic").encode


@dataclass
class Landing:
    """A commit in the making.

    held: records as they were. keys: kind and id of what was pushed. after: those that changed. echo: those of the push that are not now
    as their device has them. erased: whole records that a person's wish ended. lost: texts that
    others replaced. gone: people who were erased before. top: highest reading.
    """

    held: Mapping[Key, WireRecord]
    keys: Sequence[Key] = ()
    after: dict[Key, WireRecord] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)
    echo: set[Key] = field(default_factory=set)
    erased: dict[Key, str] = field(default_factory=dict)
    lost: list[OldText] = field(default_factory=list)
    gone: frozenset[str] = frozenset()
    top: str = ""

    def tick(self, now_ms: int) -> str:
        """Return the server's own next reading, later than all that this hub knows."""
        last = first(SERVER_NODE)
        if self.top:
            last = hear(last, Reading.parse(self.top))
        self.top = str(tick(last, now_ms))
        return self.top

    def now(self, key: Key) -> WireRecord | None:
        """Return a record as it stands in this commit."""
        return self.after.get(key) or self.held.get(key)

    def is_gone(self, person: str) -> bool:
        """Whether somebody was erased, before or in this commit."""
        return person in self.gone or (Person.KIND, person) in self.erased

    def put(self, body: WireRecord) -> None:
        """Have a record written, if it differs from what is held."""
        key = (body["kind"], body["id"])
        if key in self.held and same(self.held[key], body):
            self.after.pop(key, None)
        else:
            self.after[key] = body


def same(a: WireRecord, b: object) -> bool:
    """Whether two records are the same to the byte (1, 1.0 and true are not)."""
    return _same_bytes(a) == _same_bytes(b)


def keys_of(push: Iterable[object]) -> tuple[Key, ...]:
    """Return kind and id of every pushed thing that has them."""
    return tuple(key for key in map(named, push) if key[0] and key[1])


def calendar_of(
    hub: WireRecord | None, now_ms: int, is_erased_person: Callable[[str], bool]
) -> Calendar:
    """Return the hub's own day and rules; UTC and the defaults where its record is not here yet."""
    said = read(Hub, hub["id"], hub["fields"]) if hub else Hub()
    zone = zone_of(said)
    today = datetime.fromtimestamp(now_ms / 1000, UTC).astimezone(zone).date()
    return Calendar(today, settings_of(said), zone, is_erased_person)


def zone_of(hub: Hub) -> ZoneInfo:
    """Return the hub's time zone; UTC where its name is not one."""
    try:
        return ZoneInfo(hub.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def land(
    push: Iterable[object], landing: Landing, erased: Mapping[Key, str], gate: Gate, days: Calendar
) -> None:
    """Take a push into a commit. erased: ids that are gone for good, whatever comes for them."""
    for given in push:
        key = named(given)
        before = landing.now(key)
        # Whatever is here was judged when it came: a device that offers all it has costs little.
        if before is not None and before == given and same(before, given):
            continue
        admitted = admit(given, gate, key)
        if admitted.refusal:
            landing.refused.append(admitted.refusal)
        if admitted.body is not None:
            landing.top = max(landing.top, admitted.top)
            if before is not None:
                landing.lost += lost_texts(before, admitted.body, gate.hub)
            _take_in(admitted.body, before, landing, erased, days)


def _take_in(
    given: WireRecord,
    before: WireRecord | None,
    landing: Landing,
    erased: Mapping[Key, str],
    days: Calendar,
) -> None:
    key = (given["kind"], given["id"])
    after = _met(given, before, erased.get(key, landing.erased.get(key)))
    typed = _typed(after)
    after = washed(after, days, typed)
    if _breaks_a_promise(before, after):
        landing.refused.append(Refusal(*key, "decided", "light.reason_decided"))
        return
    if before is None and typed and is_over(typed, days.today, days.settings, days.zone):
        return  # its row would go the same night: each node lets it go by itself
    if after is not given and not same(after, given):
        landing.echo.add(key)
    if is_erased(after):
        landing.erased[key] = after["erased"]
    landing.put(after)


def _met(given: WireRecord, before: WireRecord | None, gone: str | None) -> WireRecord:
    both = merge(before, given) if before else given
    if gone is None:
        return both
    return merge(both, {"kind": given["kind"], "id": given["id"], "erased": gone})


def _breaks_a_promise(before: WireRecord | None, after: WireRecord) -> bool:
    if before is None or after["kind"] not in DECIDED or is_erased(before) or is_erased(after):
        return False
    decisions, read_ = DECIDED[after["kind"]]
    was, will = before["fields"], after["fields"]
    if not any(was.get(name) for name in decisions):
        return False
    return any(was.get(name) != will.get(name) for name in read_)


def _typed(body: WireRecord) -> Record | None:
    cls = KINDS.get(body["kind"])
    return None if cls is None or is_erased(body) else read(cls, body["id"], body["fields"])
