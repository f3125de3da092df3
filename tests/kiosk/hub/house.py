"""A hub in memory that speaks our language: ``hub.has(room("Kitchen"), visit("Ana"))``.

Today is Monday 23 November 2026 in Madrid; the hub is open from 09:00 to 22:00 every day.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

import msgspec

from kiosk.hub.actor import KNOWN, NAMED, VOLUNTEER
from kiosk.hub.booking_errors import HubShut
from kiosk.hub.errors import NotKnown, TooLow
from kiosk.hub.moment import Moment
from kiosk.hub.snapshot import Device, Snapshot
from kiosk.store.changes import Act, Changes, Drop, Erase, Note, Write
from kiosk.store.pairs import PARTS
from kiosk.store.rows import Row
from sync.clock import Reading, tick
from sync.errors import Refused
from sync.ids import pair_id
from sync.merge import Version, WireRecord, erase_fields, merge, record
from sync.old_texts import lost_texts
from sync.records import KINDS, Record, flat, personal_fields, rule_of
from sync.records.booking import Booking
from sync.records.hub import WEEKDAYS, Hub, KioskFacts
from sync.records.notice import Notice
from sync.records.old_text import OldText
from sync.records.person import Person
from sync.records.room import Room
from sync.records.visit import Visit

TODAY = date(2026, 11, 23)
MADRID = ZoneInfo("Europe/Madrid")
K1, K2 = Device("0000aaaa", "blue", "Front door"), Device("0000bbbb", "green", "Garden door")

FOR_GOOD = {
    "call_welcomer", "check_code", "close_day", "everybody_out", "forget_person", "im_coming",
    "keep_me", "link_card", "make_volunteer", "retire", "set_code", "set_up",
}  # fmt: skip
"""What is not taken back by "Undo": it is safe, or somebody else acts on it at once."""

SAID_ONCE = frozenset(
    {"cancelled", "gave_up", "lost", "mistake", "refused", "released", "safe", "used"}
)
"""Numbers that somebody's word makes one: of two that count, the higher would be another word."""
_FRACTION = re.compile(r"'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.")


def id_of(name: str) -> str:
    """The id of what has this name in a test: ``id_of("Kitchen")``."""
    return str(uuid5(NAMESPACE_URL, name))


HUB_ID = id_of("hub")


def day(offset: int = 0) -> date:
    """A day so many days from today."""
    return TODAY + timedelta(days=offset)


def at(clock: str, on: int | date = 0) -> datetime:
    """An instant: ``at("17:00")`` today, ``at("17:00", 1)`` tomorrow, or on a date; Madrid time."""
    that_day = on if isinstance(on, date) else day(on)
    local = datetime.fromisoformat(f"{that_day.isoformat()}T{clock}").replace(tzinfo=MADRID)
    return local.astimezone(UTC)


def the_hub(**fields: Any) -> Hub:
    """The hub's own record."""
    usual: dict[str, Any] = {
        "id": HUB_ID,
        "name": {"en": "La Ronda Commons"},
        "languages": ("en", "es"),
        "timezone": "Europe/Madrid",
        "open": dict.fromkeys(WEEKDAYS, (("09:00", "22:00"),)),
        "kiosks": {d.node: KioskFacts(d.name, d.colour) for d in (K1, K2)},
    }
    return Hub(**(usual | fields))


def room(name: str, **fields: Any) -> Room:
    """A room of this name."""
    return Room(id=id_of(name), name={"en": name}, **fields)


def person(name: str, **fields: Any) -> Person:
    """Somebody of this name, a member unless said otherwise."""
    return Person(**({"id": id_of(name), "name": name, "kind": "member"} | fields))


def visit(who: str = "", came: str = "10:00", left: str = "", on: int = 0, **fields: Any) -> Visit:
    """A visit of today: who "" is nobody known. ``id`` is of who and when unless given."""
    usual: dict[str, Any] = {
        "id": id_of(f"visit {who} {came} {on}"),
        "how": "card" if who else "visitor",
        "person": id_of(who) if who else "",
        "came_at": at(came, on),
        "left_at": at(left, on) if left else None,
        "made_on": K1.node,
    }
    return Visit(**(usual | fields))


def booking(
    room_name: str, starts: str, *, hours: float = 1, on: int = 0, **fields: Any
) -> Booking:
    """A booking of a room from a local time on; ``who`` may name the person."""
    who = fields.pop("who", "")
    usual: dict[str, Any] = {
        "id": id_of(f"booking {room_name} {starts} {on}"),
        "room": id_of(room_name),
        "starts": datetime.fromisoformat(f"{day(on).isoformat()}T{starts}"),
        "minutes": round(hours * 60),
        "person": id_of(who) if who else "",
        "title": {"en": f"{room_name} {starts}"},
    }
    return Booking(**(usual | fields))


def notice(title: str, **fields: Any) -> Notice:
    """A notice that runs today."""
    usual: dict[str, Any] = {
        "id": id_of(title),
        "title": {"en": title},
        "first_lang": "en",
        "first_day": TODAY,
        "last_day": TODAY,
    }
    return Notice(**(usual | fields))


class House:
    """A hub as one kiosk knows it: what it has, what can be asked of it, what others send it."""

    def __init__(self, device: Device = K1) -> None:
        self.device = device
        self.tables: dict[str, dict[str, Row]] = {kind: {} for kind in KINDS}
        self.clock = Reading(0, 0, device.node)
        self.dice = Random(7)
        self.sure = self.date_ok = True
        self.notes: dict[str, Any] = {}
        self._before: dict[str, dict[str, Row]] = {}
        self.has(the_hub())

    @property
    def snapshot(self) -> Snapshot:
        return Snapshot.of(self.tables, self.device)

    def moment(self, now: datetime) -> Moment:
        return Moment.at(
            now, self.dice, sure=self.sure, date_ok=self.date_ok, notes=dict(self.notes)
        )

    def has(self, *records: Record, since: datetime | None = None) -> House:
        """Put records in as they are, written when they were made (or ``since``)."""
        for one in records:
            named = msgspec.structs.replace(one, hub=HUB_ID)
            written = since or one.made_at or at("00:00", -30)
            self._write(Write(one.KIND, one.id, flat(named)), written)
        return self

    def ask(self, use_case: Callable[..., Changes], asked: Any, now: datetime) -> Changes:
        """What a use case would change; nothing is written."""
        try:
            changes = use_case(self.snapshot, asked, self.moment(now))
        except Refused as why:
            _tells_facts(why)
            raise
        if any(not isinstance(act, Write) or act.fields for act in changes.acts):
            undo_s = 0 if use_case.__name__ in FOR_GOOD else 10
            assert changes.undo_s == undo_s, "what is done can be taken back for ten seconds"
        self._is_made_here(changes, now)
        return changes

    def do(self, use_case: Callable[..., Changes], asked: Any, now: datetime) -> Any:
        """Run a use case and write what it wants; returns what it says to the asker."""
        return self.take(self.ask(use_case, asked, now), now).result

    def rule(self, time_rule: Callable[..., Changes], now: datetime) -> Changes:
        """Run a rule of time and write what it wants."""
        return self.take(time_rule(self.snapshot, self.moment(now)), now)

    def take(self, changes: Changes, now: datetime) -> Changes:
        """Write changes, as one transaction that ``undo`` can take back."""
        self._before = {kind: dict(rows) for kind, rows in self.tables.items()}
        for act in changes.acts:
            self._act(act, now)
        return changes

    def undo(self) -> None:
        """Take the last changes back."""
        self.tables = self._before

    def body(self, one: Record | tuple[str, str]) -> WireRecord:
        """A record in the shape that nodes exchange."""
        kind, record_id = one if isinstance(one, tuple) else (one.KIND, one.id)
        return dict(self.tables[kind][record_id].body)

    def meets(self, other: House) -> House:
        """Exchange everything with another kiosk, both ways: afterwards both hold the same."""
        lost: list[OldText] = []
        met_at = max(at("00:00"), *(self._latest(), other._latest()))
        for kind in KINDS:
            for record_id in self.tables[kind].keys() | other.tables[kind].keys():
                rows = [h.tables[kind].get(record_id) for h in (self, other)]
                bodies = [dict(row.body) for row in rows if row]
                lost += lost_texts(bodies[0], bodies[-1], HUB_ID)
                met = Row(merge(bodies[0], bodies[-1]))
                self.tables[kind][record_id] = other.tables[kind][record_id] = met
        for one in (self, other):
            one.has(*(msgspec.structs.replace(old, made_at=met_at) for old in lost))
        return self

    def _is_made_here(self, changes: Changes, now: datetime) -> None:
        """What is new says where and when it was made, and nothing else does.

        No time has a fraction of a second.
        """
        for act in changes.acts:
            fields = getattr(act, "fields", None) or {}
            assert not _FRACTION.search(repr(fields))
            assert all(fields[name] == 1 for name in SAID_ONCE & set(fields))
            if not isinstance(act, Write) or act.kind == "hub":
                continue
            if act.id not in self.tables[act.kind]:
                told = {name: act.fields.get(name) for name in ("hub", "made_on", "made_at")}
                made_at = f"{now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
                assert told == {"hub": HUB_ID, "made_on": self.device.node, "made_at": made_at}
                self._has_the_one_id(act)
            else:
                assert not {"hub", "made_on", "made_at"} & set(fields)

    def _has_the_one_id(self, act: Write) -> None:
        """What two kiosks do alike is one record: of somebody unknown a join has an id of chance."""
        is_alike = act.kind in PARTS and (act.kind != "join" or act.fields.get("person"))
        parts = PARTS[act.kind](act.fields) if is_alike else ()
        assert not is_alike or act.id in {pair_id(HUB_ID, act.kind, *one) for one in parts}

    def _latest(self) -> datetime:
        return datetime.fromtimestamp(self.clock.ms / 1000, UTC)

    def _act(self, act: Act, now: datetime) -> None:
        if isinstance(act, Write):
            self._write(act, now)
        elif isinstance(act, Drop):
            self.tables[act.kind].pop(act.id, None)
        elif isinstance(act, Note):
            self.notes[act.key] = act.value
        else:
            self._erase(act, now)

    def _write(self, act: Write, now: datetime) -> None:
        self.clock = tick(self.clock, max(0, int(now.timestamp() * 1000)))
        own = str(self.clock)
        fields = {n: Version(rule_of(act.kind, n), own, v) for n, v in act.fields.items()}
        self._put(record(act.kind, act.id, fields))

    def _erase(self, act: Erase, now: datetime) -> None:
        if act.fields is None and KINDS[act.kind].ERASABLE:
            self.clock = tick(self.clock, int(now.timestamp() * 1000))
            gone = {"kind": act.kind, "id": act.id, "erased": str(self.clock)}
            self.tables[act.kind][act.id] = Row(gone)
            return
        row = self.tables[act.kind][act.id]
        names = act.fields or personal_fields(act.kind, row.body["fields"])
        self.tables[act.kind][act.id] = Row(erase_fields(dict(row.body), names))

    def _put(self, body: WireRecord) -> None:
        rows = self.tables[body["kind"]]
        before = rows.get(body["id"])
        rows[body["id"]] = Row(merge(dict(before.body), body) if before else body)


def _tells_facts(why: Refused) -> None:
    """Whatever is refused, developers read why, and a sentence finds its facts."""
    assert str(why) != "None"
    assert isinstance(why, HubShut) or None not in why.facts().values()
    if isinstance(why, NotKnown):
        assert why.kind in KINDS
    if isinstance(why, TooLow):
        assert why.needed in {NAMED, KNOWN, VOLUNTEER}
