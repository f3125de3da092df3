"""Reading the calendars of others: whichever is due, once, by whichever process comes first."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from threading import Event

from sqlalchemy import Connection

from sync.errors import HubError
from sync.log import Log
from sync.records.booking import Booking
from sync.records.booking_diary import taken
from sync.records.booking_outside import Meeting, meetings
from sync.records.booking_time import Span, day_start
from sync.records.room import Room
from sync.server.commit import Committed
from sync.server.database import calendars
from sync.server.database.calendars import Subscription
from sync.server.database.found_by import day_number
from sync.server.database.ledger import Ledger
from sync.server.service import Service
from sync.server.web.calendars.apart import Apart, Ask, Found, Read
from sync.server.web.calendars.pace import after_reading, after_trouble, needs_whole
from sync.server.web.calendars.plan import MOST_NEW, MOST_TIMES, plan, times
from sync.server.web.calendars.trouble import Trouble
from sync.server.web.diary import diary_of_days, in_service
from sync.server.web.reading import House, house, typed
from sync.server.web.reading import one as one_of
from sync.server.web.sessions import Who
from sync.server.web.writing import Write, new, write

BACK, AHEAD = timedelta(days=62), timedelta(days=400)
"""What overlaps is one span, so that the days before today have a say in what today's spans are."""
NOT_WRITTEN = "not_written"
log = Log("calendars")


class Reader:
    """Reads what is due, until it is stopped."""

    def __init__(self, service: Service, read: Read | None = None) -> None:
        """read: what asks and works out; by default another process does."""
        self.service, self._stopped, self._apart = service, Event(), Apart()
        self._ask_and_work_out = read or self._apart.read

    def stop(self) -> None:
        """Begin nothing more, and end what is being read."""
        self._stopped.set()
        self._apart.stop()

    def read_due(self) -> None:
        """Read every calendar whose time has come. Raises SQLAlchemyError."""
        with self.service.database.reading() as connection:
            waiting = calendars.due(connection, self.service.now_ms())
        for hub, calendar, seen_ms in waiting:
            if self._stopped.is_set():
                return
            with self.service.database.writing() as connection:
                now_ms = self.service.now_ms()
                if not calendars.claim(connection, hub, calendar, seen_ms, now_ms):
                    continue
                one = calendars.one(connection, hub, calendar)
                home = house(connection, hub, now_ms)
                may_write = self._may_write(connection, hub)
                is_used = one is not None and _is_used(_room_of(connection, one), home.today)
            if one and may_write and is_used:
                self._read(one, _ask(one, home, now_ms))

    def _may_write(self, connection: Connection, hub: str) -> bool:
        """Whether a hub takes anything: neither its clock is in doubt nor is it being restored."""
        counters = Ledger(connection, hub).look()
        now_ms = self.service.now_ms()
        return bool(counters and not counters.recovering_ms and not counters.has_jumped(now_ms))

    def _read(self, one: Subscription, ask: Ask) -> None:
        try:
            found = self._ask_and_work_out(ask)
            self._keep(one, found)
        except HubError as why:
            reason = why.reason if isinstance(why, Trouble) else NOT_WRITTEN
            log.warning("calendars.trouble", reason=reason, count=one.failures + 1)
            self._note_trouble(one, reason, why.retry_s if isinstance(why, Trouble) else 0)

    def _keep(self, one: Subscription, found: Found) -> None:
        done = None
        with self.service.database.writing() as connection:
            Ledger(connection, one.hub_id).lock()
            now_ms = self.service.now_ms()
            there = calendars.one(connection, one.hub_id, one.calendar_id)
            if there is None:
                return  # it was ended meanwhile
            columns: dict[str, int | str] = {"read_ms": now_ms, "failures": 0, "trouble": ""}
            columns["next_ms"] = after_reading(now_ms)
            if found.busy is not None:
                done, counted = self._take_in(connection, there, found)
                columns |= counted | {"etag": found.etag, "modified": found.modified}
                columns["whole_ms"] = now_ms
            calendars.change(connection, one.hub_id, one.calendar_id, columns)
        if done:
            self.service.commits.announce(one.hub_id, done)
        self._count_meetings(one)

    def _count_meetings(self, one: Subscription) -> None:
        """Write down how many bookings stand where others are: a page that lists rooms says so."""
        with self.service.database.reading() as connection:
            home = house(connection, one.hub_id, self.service.now_ms())
            found = meetings_of(connection, home, one.room)
        count = sum(1 for each in found if each.theirs.booking.outside == one.calendar_id)
        if count != one.meets:
            with self.service.database.writing() as connection:
                calendars.change(connection, one.hub_id, one.calendar_id, {"meets": count})

    def _take_in(
        self, connection: Connection, one: Subscription, found: Found
    ) -> tuple[Committed | None, dict[str, int | str]]:
        """Write what changed; return the commit, if there was one, and what is counted."""
        now_ms = self.service.now_ms()
        home = house(connection, one.hub_id, now_ms)
        now = datetime.fromtimestamp(now_ms / 1000, UTC)
        wanted = times((Span(*one) for one in found.busy or ()), home.zone, now)
        room = _room_of(connection, one)
        wanted = [at for at in wanted if _is_used(room, at.starts.date())]
        shown, today = wanted[:MOST_TIMES], day_number(home.today)
        empty = Booking(hub=one.hub_id, room=one.room, title={one.lang: one.name})
        made = plan(
            one.calendar_id, empty, shown, written_by(connection, one, home), home.zone, now
        )
        so_far = one.made if one.made_day == today else 0
        fresh = made.new[: max(MOST_NEW - so_far, 0)]
        who = writer(one)
        writes = [new(booking, who, now_ms) for booking in fresh]
        writes += [Write(Booking.KIND, booking.id, {"cancelled": 1}) for booking in made.gone]
        done = write(self.service.commits, connection, who, *writes) if writes else None
        return done, {
            "found": len(shown),
            "left_out": found.left_out + len(wanted) - len(shown) + len(made.new) - len(fresh),
            "made_day": today,
            "made": so_far + len(fresh),
        }

    def _note_trouble(self, one: Subscription, reason: str, retry_s: int) -> None:
        failures = one.failures + 1
        next_ms = after_trouble(self.service.now_ms(), failures, retry_s)
        columns: dict[str, int | str] = {"trouble": reason, "failures": failures}
        columns["next_ms"] = next_ms
        with self.service.database.writing() as connection:
            calendars.change(connection, one.hub_id, one.calendar_id, columns)


def _room_of(connection: Connection, one: Subscription) -> Room | None:
    return one_of(connection, one.hub_id, Room, one.room)


def _is_used(room: Room | None, day: date) -> bool:
    return bool(in_service([room] if room else (), day))


def _ask(one: Subscription, home: House, now_ms: int) -> Ask:
    """Return what to read: from midnight to midnight, so that the edges move once a day."""
    whole = needs_whole(now_ms, one.whole_ms)
    return Ask(
        address=one.address,
        zone=home.zone.key,
        since=day_start(home.today - BACK, home.zone),
        until=day_start(home.today + AHEAD, home.zone),
        now=datetime.fromtimestamp(now_ms / 1000, UTC),
        etag="" if whole else one.etag,
        modified="" if whole else one.modified,
    )


def meetings_of(connection: Connection, home: House, room: str) -> list[Meeting]:
    """Return which bookings of a room meet times of others, from today on."""
    last = home.today + AHEAD
    diary = diary_of_days(connection, home.hub.id, home, home.today, last, room)
    midnight = day_start(home.today, home.zone)
    return [one for one in meetings(taken(diary, room)) if one.ours.span.end > midnight]


def writer(one: Subscription) -> Who:
    """Return who writes what a calendar says: a node of its own, and nobody's hand."""
    node = one.calendar_id[:8]
    return Who(one.hub_id, "", "", one.name, "volunteer", "", one.lang, node)


def written_by(connection: Connection, one: Subscription, home: House) -> list[Booking]:
    """Return the bookings of a calendar from yesterday on, given up or not."""
    first, last = day_number(home.today, -2), day_number(home.today, AHEAD.days + 2)
    bodies = Ledger(connection, one.hub_id).of_days(Booking.KIND, first, last, one.room)
    found = typed(Booking, bodies.values())
    return [booking for booking in found if booking.outside == one.calendar_id]
