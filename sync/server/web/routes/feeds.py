"""Feeds: calendars, Atom and today for anybody; rooms' calendars for who has their address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from litestar import get, post
from litestar.params import FromPath
from sqlalchemy import Connection

from sync.records.hub import Hub
from sync.records.notice import Notice
from sync.records.room import Room
from sync.server.database.ledger import HubNow, Ledger
from sync.server.web import diary as diaries
from sync.server.web import reading
from sync.server.web.feeds import answers, atom, items, today
from sync.server.web.feeds.answers import feed_page, sentence_page
from sync.server.web.feeds.reader import Reader, reader_of
from sync.server.web.feeds.reading import changed_ms, event_diary, room_diary, since
from sync.server.web.feeds.secret import is_secret, renew, secret_of
from sync.server.web.reading import House
from sync.server.web.visit import Asked, Page, Visit, visit_of

OPEN_TO_ALL = "public, max-age=300"
FOR_A_MINUTE = "public, max-age=60"
FOR_ONE = "private, max-age=900"


@dataclass(frozen=True)
class Wanted:
    """A feed of a hub that is here. address: its own."""

    visit: Visit
    connection: Connection
    house: House
    reader: Reader
    address: str

    @property
    def hub(self) -> str:
        """The hub's id."""
        return self.house.hub.id

    @property
    def called(self) -> str:
        """The hub's name in the reader's language."""
        return self.reader.pick(self.house.hub.name).text or self.house.called


Make = Callable[[Wanted], bytes]


def _feed(request: Asked, hub: str, make: Make, media: str, kept: str) -> Page:
    visit = visit_of(request)
    with visit.database.reading() as connection:
        counters = _hub_now(connection, hub)
        if counters is None:
            return _not_there(visit)
        house = reading.house(connection, hub, visit.now_ms)
        asked, accepted = visit.asked("lang"), request.headers.get("accept-language", "")
        reader = reader_of(house, asked, accepted)
        chosen = f"?lang={reader.lang}" if asked == reader.lang else ""
        address = f"{visit.address}{request.url.path}{chosen}"
        wanted = Wanted(visit, connection, house, reader, address)
        name = (address, reader.lang)
        body = visit.pages.shelf.get(name, counters.seq, visit.now_ms, lambda: make(wanted))
    return feed_page(visit, body, media, kept=kept, is_open=media == answers.JSON)


def _hub_now(connection: Connection, hub: str) -> HubNow | None:
    # PostgreSQL does not even look for a text with a NUL.
    return Ledger(connection, hub).look() if "\0" not in hub else None


def _not_there(visit: Visit) -> Page:
    return sentence_page(visit.words.say("feed.not_there"), 404)


@get("/feeds/{hub:str}/events.ics", needs="anybody", sync_to_thread=True)
def events_calendar(request: Asked, hub: FromPath[str]) -> Page:
    """The hub's events, for a calendar."""
    return _feed(request, hub, _events_calendar, answers.ICS, OPEN_TO_ALL)


def _events_calendar(to: Wanted) -> bytes:
    from sync.server.web.feeds import calendars  # 4 MB, once somebody asks for one

    diary, events, changed = event_diary(to.connection, to.hub, to.house)
    cover = calendars.Cover(
        uid=items.uid_of(to.hub, "calendar", "events"),
        name=to.reader.words.say("feed.events_of", hub=to.called),
        source=to.address,
        zone=to.house.zone,
    )
    found = items.event_items(diary, events, changed, to.reader, since(to.house))
    return calendars.calendar(cover, found, to.reader)


@get("/feeds/{hub:str}/{secret:str}/{room:str}/room.ics", needs="anybody", sync_to_thread=True)
def room_calendar(
    request: Asked, hub: FromPath[str], secret: FromPath[str], room: FromPath[str]
) -> Page:
    """One room's bookings, for who was given its address; gone once the secret is renewed."""
    visit = visit_of(request)
    with visit.database.reading() as connection:
        if _hub_now(connection, hub) is None:
            return _not_there(visit)
        if not is_secret(connection, hub, secret):
            return sentence_page(visit.words.say("feed.gone"), 410)
        found = reading.one(connection, hub, Room, room)
    if found is None or found.withdrawn:
        return _not_there(visit)
    return _feed(request, hub, lambda to: _room_calendar(to, found), answers.ICS, FOR_ONE)


def _room_calendar(to: Wanted, room: Room) -> bytes:
    from sync.server.web.feeds import calendars  # as above

    diary, changed = room_diary(to.connection, to.hub, to.house, room)
    name = to.reader.line(room.name).text
    cover = calendars.Cover(
        uid=items.uid_of(to.hub, "calendar", room.id),
        name=to.reader.words.say("feed.room_of", room=name, hub=to.called),
        source=to.address,
        zone=to.house.zone,
        colour=room.colour,
    )
    found = items.room_items(diary, room, changed, to.reader, since(to.house))
    return calendars.calendar(cover, found, to.reader)


@get("/feeds/{hub:str}/notices.atom", needs="anybody", sync_to_thread=True)
def notices_feed(request: Asked, hub: FromPath[str]) -> Page:
    """What hangs on the board at this moment."""
    return _feed(request, hub, _notices_feed, answers.ATOM, OPEN_TO_ALL)


def _notices_feed(to: Wanted) -> bytes:
    bodies = Ledger(to.connection, to.hub).of_kinds((Notice.KIND,))
    changed = {record_id: changed_ms(body) for (_kind, record_id), body in bodies.items()}
    found = [(one, changed[one.id]) for one in reading.typed(Notice, bodies.values())]
    entries = atom.notice_entries(found, to.house, to.reader)
    return atom.atom(_cover(to, "notices"), entries, to.reader)


@get("/feeds/{hub:str}/events.atom", needs="anybody", sync_to_thread=True)
def events_feed(request: Asked, hub: FromPath[str]) -> Page:
    """The events that are still to come."""
    return _feed(request, hub, _events_feed, answers.ATOM, OPEN_TO_ALL)


def _events_feed(to: Wanted) -> bytes:
    diary, events, changed = event_diary(to.connection, to.hub, to.house)
    found = [(one, changed[one.id]) for one in events]
    entries = atom.event_entries(diary, found, to.house, to.reader)
    return atom.atom(_cover(to, "events"), entries, to.reader)


def _cover(to: Wanted, what: str) -> atom.Cover:
    body = reading.body_of(to.connection, to.hub, to.house.hub.KIND, to.hub)
    return atom.Cover(
        uid=items.uid_of(to.hub, "feed", what),
        title=to.reader.words.say(f"feed.{what}_of", hub=to.called),
        author=to.called,
        address=to.address,
        since_ms=changed_ms(body) if body else 0,
    )


@get("/feeds/{hub:str}/today.json", needs="anybody", sync_to_thread=True)
def today_feed(request: Asked, hub: FromPath[str]) -> Page:
    """Today, for a web site."""
    return _feed(request, hub, _today_feed, answers.JSON, FOR_A_MINUTE)


def _today_feed(to: Wanted) -> bytes:
    day = to.house.today
    diary = diaries.diary_of_days(to.connection, to.hub, to.house, day, day)
    events = event_diary(to.connection, to.hub, to.house)[:2]
    notices = reading.every(to.connection, to.hub, Notice)
    rooms = diaries.rooms_of(diary, day)
    return today.as_json(today.today(diary, rooms, events, notices, to.house, to.reader))


@get("/feeds", needs="volunteer", sync_to_thread=True)
def feeds_page(request: Asked) -> Page:
    """The addresses: of what is for anybody, and of each room's calendar."""
    visit = visit_of(request)
    hub = visit.me.hub
    with visit.database.reading() as connection:
        secret = secret_of(connection, hub)
        every = reading.every(connection, hub, Room)
    base = f"{visit.address}/feeds/{hub}"
    in_service = diaries.in_service(every, visit.house.today)
    rooms = [(one, f"{base}/{secret}/{one.id}/room.ics") for one in in_service]
    return visit.page("feeds.html", base=base, has_secret=bool(secret), rooms=rooms)


@post("/feeds/renew", status_code=200, needs="steward", sync_to_thread=True)
def renew_addresses(request: Asked) -> Page:
    """Give the rooms' calendars new addresses; the old ones say that they are gone."""
    visit = visit_of(request)
    with visit.database.writing() as connection:
        visit.note(connection, Hub.KIND, visit.me.hub, "addresses")
        renew(connection, visit.me.hub, visit.now_ms)
    return visit.go("/feeds", said="addresses_new")


HANDLERS = (
    events_calendar,
    room_calendar,
    notices_feed,
    events_feed,
    today_feed,
    feeds_page,
    renew_addresses,
)
