"""What is found by its day and its room is what reading all of a kind finds."""

import datetime as dt
import gzip
from random import Random

import msgspec
import pytest
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import select, update

from sync.records.booking import Booking
from sync.records.booking_diary import all_days
from sync.records.room import Room
from sync.server.checking import problems
from sync.server.database.backup import back_up
from sync.server.database.found_by import MOVES, SERIES, day_number, found_by
from sync.server.database.migrations.versions import v0004_found_by
from sync.server.database.models import RecordRow
from sync.server.restoring import restore
from sync.server.web import diary as diaries
from sync.server.web.feeds.reading import room_diary, since
from sync.server.web.reading import house, one, visits_of_days
from tests.sync.server.village import HUB
from tests.sync.server.whole_diary import whole_diary

FIRST = dt.date(2026, 11, 1)
A_DAY = dt.timedelta(days=1)
RULES = ("", "", "", "FREQ=WEEKLY;COUNT=4", "FREQ=DAILY;UNTIL=20261130", "freq=weekly;count=9")
COLUMNS = (RecordRow.kind, RecordRow.id, RecordRow.day, RecordRow.room)


def body(kind, **fields):
    return {"kind": kind, "id": "one", "fields": fields, "stamps": {"*": "l0"}}


@pytest.mark.parametrize(
    ("kind", "fields", "found"),
    [
        ("visit", {"came_at": "2026-11-01T10:00:00Z"}, (day_number(FIRST), "")),
        ("visit", {"came_at": "yesterday"}, (0, "")),
        ("visit", {"came_at": ["2026-11-01"]}, (0, "")),
        ("visit", {"came_at": "2026-11-31T10:00:00Z"}, (0, "")),
        ("booking_day", {"date": "2026-11-01"}, (day_number(FIRST), "")),
        ("booking", {"starts": "2026-11-01T18:00:00", "room": "w"}, (day_number(FIRST), "w")),
        (
            "booking",
            {"starts": "2026-11-01T18:00:00", "room": "w", "rule": "FREQ=DAILY;COUNT=2"},
            (SERIES + day_number(FIRST, 400), "w"),
        ),
        ("booking", {"moves": "another", "room": "w"}, (MOVES, "w")),
        ("booking", {"starts": "9999-12-31T23:00:00", "rule": "x"}, (SERIES + 3652059 + 400, "")),
        ("booking", {"room": "w\0"}, (0, "")),
        ("booking", {"room": "w" * 81}, (0, "")),
        ("person", {"name": "2026-11-01"}, (0, "")),
    ],
)
def test_each_record_says_by_what_it_is_found(kind, fields, found):
    assert found_by(kind, body(kind, **fields)) == found


def test_what_is_erased_is_found_by_nothing():
    assert found_by("visit", {"kind": "visit", "id": "one", "erased": "0"}) == (0, "")


@pytest.fixture
def door(village):
    return village.door().house(willow="Willow", quiet="Quiet")


@pytest.fixture
def year(village, door):
    """A year of bookings of all sorts: once, in series, moved, given up for a day, over midnight."""
    dice = Random(4)
    made = []
    for _nth in range(60):
        day, hour = FIRST + A_DAY * dice.randint(-200, 60), dice.randint(0, 23)
        room, rule = dice.choice(("willow", "quiet")), dice.choice(RULES)
        made.append(door.booked(room, f"{day}T{hour:02d}:30:00", dice.randint(30, 600), rule=rule))
    moving = [
        door.booked(room, f"2026-11-2{nth}T12:00:00", moves=dice.choice(made)["id"])
        for nth, room in enumerate(("willow", "quiet", "willow"))
    ]
    off = [
        door.wrote("booking_day", door.day(made[n], "2026-11-08"), **_off(made[n])) for n in (1, 2)
    ]
    door.asks(*made)
    door.asks(*moving, *off)
    return door


def _off(booking):
    return {"booking": booking["id"], "date": "2026-11-08", "cancelled": 1}


def test_a_day_of_rooms_is_the_same_whether_all_bookings_are_read_or_those_of_the_day(
    village, year
):
    with village.database.reading() as connection:
        home = house(connection, HUB, village.ms)
        everything = whole_diary(connection, home)
        shown = 0
        for nth in range(45):
            day = FIRST + nth * A_DAY
            some = diaries.diary_of_days(connection, HUB, home, day, day)
            for room in ("willow", "quiet"):
                own = diaries.diary_of_days(connection, HUB, home, day, day, room)
                meant = diaries.bars(everything, room, day)
                assert diaries.bars(some, room, day) == meant
                assert diaries.bars(own, room, day) == meant
                shown += len(meant)
    assert shown > 50


def test_a_rooms_calendar_reads_all_of_it_that_is_not_long_over(village, year):
    with village.database.reading() as connection:
        home = house(connection, HUB, village.ms)
        willow = one(connection, HUB, Room, "willow")
        found = room_diary(connection, HUB, home, willow)[0].bookings.keys()
        whole = whole_diary(connection, home)
        recent = {
            each.id
            for each in whole.by_room["willow"]
            if max(day for day, _span in all_days(whole, each)) >= since(home)
        }
    assert recent <= found
    assert len(found) < len(whole.bookings)


def test_visits_of_some_days_are_those_and_two_days_around_each(village, door):
    days = [FIRST + nth * A_DAY for nth in range(20)]
    door.asks(*(door.wrote("visit", f"v{day.day}", came_at=f"{day}T10:00:00Z") for day in days))
    with village.database.reading() as connection:
        found = visits_of_days(connection, HUB, {days[3], days[4], days[12]})
    assert sorted(int(each.id[1:]) for each in found) == [*range(2, 8), *range(11, 16)]


def placed(village):
    with village.database.reading() as connection:
        return sorted(map(tuple, connection.execute(select(*COLUMNS))))


def test_what_was_there_before_is_found_after_the_tables_are_brought_up_to_date(village, year):
    year.asks(year.wrote("visit", came_at="2026-11-01T10:00:00Z"))
    meant = placed(village)
    with village.database.writing() as connection:
        connection.execute(update(RecordRow).values(day=0, room=""))
        with Operations.context(MigrationContext.configure(connection)):
            v0004_found_by.fill_in()
    assert placed(village) == meant
    assert {day for _kind, _id, day, _room in meant} > {0, MOVES}


def test_a_backup_of_before_is_found_by_the_same(village, year, tmp_path):
    meant, file = [row for row in placed(village) if row[0] == Booking.KIND], tmp_path / "old.gz"
    back_up(village.database, file)
    lines = [msgspec.json.decode(line) for line in gzip.decompress(file.read_bytes()).splitlines()]
    for line in lines:
        for column in ("day", "room", *(["cursor"] if line.get("table") == "hub" else [])):
            line.get("row", {}).pop(column, None)
    file.write_bytes(gzip.compress(b"".join(msgspec.json.encode(one) + b"\n" for one in lines)))
    restore(village.service.commits, file, village.erased)
    assert [row for row in placed(village) if row[0] == Booking.KIND] == meant
    assert problems(village.service.commits) == []
