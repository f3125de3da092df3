"""What was changed lately, in words: who, what, when, at which door."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from sqlalchemy import Connection

from sync.merge import WireRecord, is_erased
from sync.records import KINDS, Record, read
from sync.records.agreement import Agreement
from sync.records.booking import Booking
from sync.records.booking_day import BookingDay
from sync.records.closed_day import ClosedDay
from sync.records.event import Event
from sync.records.hub import Hub
from sync.records.notice import Notice
from sync.records.person import Person
from sync.records.room import Room
from sync.server import devices
from sync.server.activity import WEB, Act, Entry
from sync.server.database.ledger import Key, Ledger
from sync.server.database.logbook import Logbook
from sync.server.web.accounts import accounts
from sync.server.web.field_words import label
from sync.server.web.reading import House
from sync.server.web.sessions import Who
from sync.server.web.words import Words

PAGE = 50
DEVICE, VOLUNTEER = "device", "volunteer"
GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "notices": (Notice.KIND,),
        "bookings": (Booking.KIND, BookingDay.KIND),
        "events": (Event.KIND,),
        "rooms": (Room.KIND,),
        "house": (Hub.KIND, ClosedDay.KIND, Agreement.KIND),
        "screens": (DEVICE,),
        "volunteers": (VOLUNTEER,),
    }
)
"""What the list may be narrowed to, each with its kinds."""
FOR_STEWARDS = frozenset({"volunteers"})
UNDONE: frozenset[Act] = frozenset(("changed", "withdrawn", "restored"))
"""What can be taken back here: nothing that was made, and no word that was given up."""
_PAGES = {Notice.KIND: "/notices/", Room.KIND: "/rooms/"}


@dataclass(frozen=True, slots=True)
class Line:
    """One change. where: at which door, "" where nobody knows. page: of the record, "" = none."""

    entry: Entry
    at: dt.datetime
    sentence: str
    where: str
    page: str
    can_undo: bool


@dataclass(frozen=True)
class Around:
    """What the lines of a page speak of: records, people, screens, accounts, by their ids."""

    records: Mapping[Key, WireRecord] = field(default_factory=dict)
    screens: Mapping[str, str] = field(default_factory=dict)
    accounts: Mapping[str, str] = field(default_factory=dict)

    def typed(self, kind: str, record_id: str) -> Record | None:
        """Return a record of a known kind that is here."""
        body = self.records.get((kind, record_id))
        return None if body is None else read(KINDS[kind], record_id, body["fields"])

    def person(self, person: str) -> str:
        """Return a person's name, "" of whom nobody knows any more."""
        found = self.typed(Person.KIND, person)
        return found.name if isinstance(found, Person) else ""


def kinds_for(who: Who, group: str = "") -> list[str]:
    """Return the kinds whose changes somebody may see, of one group or of all."""
    shown = [one for one in GROUPS if who.role == "steward" or one not in FOR_STEWARDS]
    return [kind for one in shown if group in ("", one) for kind in GROUPS[one]]


def around(connection: Connection, hub: str, entries: Iterable[Entry]) -> Around:
    """Read what some entries speak of."""
    listed = list(entries)
    ledger = Ledger(connection, hub)
    found = _here(ledger, [(one.kind, one.record) for one in listed if one.kind in KINDS])
    found |= _here(ledger, [(Person.KIND, one.person) for one in listed if one.person])
    days = [body for key, body in found.items() if key[0] == BookingDay.KIND]
    found |= _here(ledger, _named(days, "booking", Booking.KIND))
    found |= _here(ledger, _named(found.values(), "room", Room.KIND))
    lines = devices.listed(connection, hub)
    screens = {one.device: one.name for one in lines} | {
        one.node: one.name for one in lines if one.node
    }
    return Around(found, screens, {one.account: one.name for one in accounts(connection, hub)})


def _here(ledger: Ledger, keys: Iterable[Key]) -> dict[Key, WireRecord]:
    bodies = ledger.bodies(dict.fromkeys(keys))
    return {key: body for key, body in bodies.items() if not is_erased(body)}


def _named(bodies: Iterable[WireRecord], name: str, kind: str) -> list[Key]:
    said = [body["fields"].get(name) for body in bodies]
    return [(kind, one) for one in said if isinstance(one, str) and one]


def lines(entries: Sequence[Entry], known: Around, house: House, words: Words) -> list[Line]:
    """Return entries in words."""
    return [_line(one, known, house, words) for one in entries]


def last_change(book: Logbook, key: Key, house: House, words: Words) -> Line | None:
    """Return the last change of a record that is remembered, in words."""
    found = book.last_of(*key)
    if found is None:
        return None
    return _line(found, around(book.connection, book.hub, [found]), house, words)


def _line(one: Entry, known: Around, house: House, words: Words) -> Line:
    labels = dict.fromkeys(label(name, words) for name in one.fields)
    sentence = words.say(
        f"activity.{one.act}",
        who=known.person(one.person) or words.say("activity.somebody"),
        thing=_thing(one, known, words) or words.say("activity.gone"),
        what=", ".join(labels) or words.say("activity.something"),
    )
    page = _PAGES.get(one.kind, "")
    is_here = (one.kind, one.record) in known.records
    return Line(
        entry=one,
        at=house.at(one.at_ms),
        sentence=sentence,
        where=_where(one, known, words),
        page=f"{page}{one.record}" if page and is_here else "",
        can_undo=one.act in UNDONE and is_here,
    )


def _where(one: Entry, known: Around, words: Words) -> str:
    if one.node == WEB:
        return words.say("activity.on_pages")
    door = known.screens.get(one.node, "")
    return words.say("activity.at_door", door=door) if door else ""


def _thing(one: Entry, known: Around, words: Words) -> str:
    """Return what a changed thing is called, "" of what is not here any more."""
    if one.kind in (VOLUNTEER, DEVICE):
        name = (known.accounts if one.kind == VOLUNTEER else known.screens).get(one.record, "")
        return _quoted(name, words) or words.say(f"activity.a_{one.kind}")
    match known.typed(one.kind, one.record):
        case Notice() as notice:
            title = words.pick(notice.title, notice.first_lang)
            return _quoted(title or words.say("notices.no_title"), words)
        case Event(title=texts) | Room(name=texts) | Hub(name=texts):
            return _quoted(words.pick(texts), words) or words.say(f"activity.a_{one.kind}")
        case Booking() as booking:
            return _booking(booking, booking.starts, known, words)
        case BookingDay(booking=whose, date=day):
            found = known.typed(Booking.KIND, whose)
            return _booking(found, day, known, words) if isinstance(found, Booking) else ""
        case ClosedDay(date=day, room=room):
            where = _room(room, known, words)
            return ", ".join(filter(None, (words.day(day) if day else "", where)))
        case Agreement(version=version):
            return words.say("activity.version", n=version)
    return ""


def _booking(
    booking: Booking, day: dt.date | dt.datetime | None, known: Around, words: Words
) -> str:
    title = words.say("rooms.private") if booking.private else words.pick(booking.title)
    said = (
        _quoted(title, words) or words.say("activity.a_booking"),
        _room(booking.room, known, words),
    )
    return ", ".join(filter(None, (*said, words.day(day) if day else "")))


def _room(room: str, known: Around, words: Words) -> str:
    found = known.typed(Room.KIND, room)
    return words.pick(found.name) if isinstance(found, Room) else ""


def _quoted(text: str, words: Words) -> str:
    return words.say("activity.quoted", called=text) if text else ""
