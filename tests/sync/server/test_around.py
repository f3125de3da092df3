"""What is read around a booking decides as all the hub's bookings would, and is little of them."""

import datetime as dt
from random import Random

import pytest

from sync.merge import versions
from sync.records import read
from sync.records.booking import Booking
from sync.records.booking_decide import decide, decide_days
from sync.records.booking_free import in_the_way
from sync.records.booking_release import ask_again_at
from sync.server.web import diary as diaries
from sync.server.web.reading import house
from tests.sync.server.village import HUB
from tests.sync.server.whole_diary import whole_diary

FIRST, A_DAY = dt.date(2026, 11, 1), dt.timedelta(days=1)
ROOMS = ("willow", "quiet", "kitchen")
RULES = ("", "", "", "FREQ=WEEKLY;COUNT=4", "FREQ=DAILY;COUNT=9", "FREQ=MONTHLY;BYDAY=1TU;COUNT=3")


@pytest.fixture
def door(village):
    door = village.door().house(**dict.fromkeys(ROOMS, "A room"))
    door.asks(door.wrote("room", "willow", buffer_min=30))
    return door


def some(door, dice, number):
    """Bookings of all sorts, crowded: many clash, some are long, extended, moved, given up."""
    made = []
    for _nth in range(number):
        day, hour = FIRST + A_DAY * dice.randint(0, 60), dice.randint(0, 23)
        more = {"rule": dice.choice(RULES)}
        if made and dice.random() < 0.3:
            more = {dice.choice(("moves", "extends")): dice.choice(made)["id"]}
        minutes = dice.choice((30, 60, 90, 600, 9_000))
        starts = f"{day}T{hour:02d}:{dice.choice(('00', '30'))}:00"
        made.append(door.booked(dice.choice(ROOMS), starts, minutes, **more))
    return made


def days_off(door, dice, made):
    for one in dice.sample(made, len(made) // 4):
        day = one["fields"]["starts"][:10]
        said = {"booking": one["id"], "date": day, dice.choice(("cancelled", "used")): 1}
        yield door.wrote("booking_day", door.day(one, day), **said)


def typed(body):
    return read(Booking, body["id"], body["fields"])


@pytest.mark.parametrize("seed", range(3))
def test_an_answer_is_the_same_whether_all_is_read_or_what_is_around(village, door, seed):
    dice = Random(seed)
    made = some(door, dice, 70)
    door.asks(*made)
    door.asks(*days_off(door, dice, made))
    now = dt.datetime.fromtimestamp(village.ms / 1000, dt.UTC)
    asked = [typed(one) for one in some(door, dice, 25)] + [typed(one) for one in made[:35]]
    found = set()
    with village.database.reading() as connection:
        home = house(connection, HUB, village.ms)
        whole = whole_diary(connection, home)
        for one in asked:
            near = diaries.diary_around(connection, HUB, home, [one])
            for answer in (decide, decide_days):
                assert answer(one, near, now) == answer(one, whole, now)
            assert ask_again_at(one, near, now) == ask_again_at(one, whole, now)
            way = in_the_way(near, one)
            assert way == in_the_way(whole, one)
            found.add((bool(way), "confirmed" in decide(one, near, now)))
    assert len(found) >= 3, "the bookings are of one sort"


def test_the_server_decides_in_a_commit_as_by_the_whole_diary(village, door):
    """Pushed one by one, each is answered as a diary of all that was there before says."""
    dice = Random(11)
    answers = set()
    for body in some(door, dice, 80):
        with village.database.reading() as connection:
            whole = whole_diary(connection, house(connection, HUB, village.ms))
        now = dt.datetime.fromtimestamp(village.ms / 1000, dt.UTC)
        meant = decide(typed(body), whole, now)
        door.asks(body)
        held = door.holds["booking", body["id"]]["fields"]
        assert {name: held.get(name, type(value)()) for name, value in meant.items()} == meant
        answers.add(frozenset(meant))
    assert len(answers) == 3  # yes, no, and nothing to a move to what is over


def test_a_booking_reads_neither_other_rooms_nor_other_months(village, door):
    far = [door.booked("willow", f"2027-0{n % 9 + 1}-1{n % 9}T10:00:00") for n in range(90)]
    beside = [door.booked("quiet", f"2026-11-{n % 28 + 1:02d}T10:00:00") for n in range(90)]
    near = door.booked("willow", "2026-11-25T10:00:00")
    door.asks(*far, *beside, near)
    wanted = typed(door.booked("willow", "2026-11-26T10:00:00"))
    with village.database.reading() as connection:
        home = house(connection, HUB, village.ms)
        found = diaries.diary_around(connection, HUB, home, [wanted])
    assert set(found.bookings) == {near["id"]}


def test_an_extension_is_known_by_its_first_booking_however_far_away_a_link_is(door):
    first = door.booked("quiet", "2026-11-02T10:00:00")
    link = door.booked("quiet", "2026-12-20T10:00:00", extends=first["id"])
    one = door.booked("willow", "2026-11-25T10:00:00", extends=link["id"])
    door.asks(first, link, one)
    after = door.booked("willow", "2026-11-25T11:10:00", extends=first["id"])
    stranger = door.booked("willow", "2026-11-25T09:00:00", 50)
    door.asks(after, stranger)
    assert door.field(after, "confirmed") == 1
    assert door.field(stranger, "confirmed") is None


def test_a_booking_that_waited_for_its_room_is_answered_with_that_room_alone(village):
    door = village.door()
    early = {room: door.booked(room, "2026-11-25T10:00:00") for room in ("willow", "quiet")}
    door.asks(*early.values())
    door.house(willow="Willow")
    assert door.field(early["willow"], "confirmed") == 1
    assert door.field(early["quiet"], "confirmed") is None
    door.asks(door.wrote("room", "quiet", name__en="Quiet"))
    assert door.field(early["quiet"], "confirmed") == 1
    assert "arrived" in versions(door.holds["booking", early["quiet"]["id"]])


def test_a_booking_that_waited_for_its_room_moves_nothing_that_was_moved_meanwhile(village):
    door = village.door()
    door.house(willow="Willow", quiet="Quiet")
    kept = door.booked("quiet", "2026-11-25T10:00:00")
    early = door.booked("attic", "2026-11-25T10:00:00", moves=kept["id"])
    door.asks(kept)
    door.asks(early)
    moved = door.booked("willow", "2026-11-25T10:00:00", moves=kept["id"])
    door.asks(moved)
    assert door.field(moved, "confirmed") == 1
    door.asks(door.wrote("room", "attic", name__en="Attic"))
    assert door.field(early, "confirmed") is None


@pytest.mark.parametrize(
    "starts", ["9999-12-28T10:00:00", "9999-12-31T23:30:00", "0001-01-01T00:00:00"]
)
def test_a_booking_at_an_end_of_the_calendar_is_answered(door, starts):
    assert door.asks(door.booked("willow", starts)).refused == []
    usual = door.booked("willow", "2026-11-25T10:00:00")
    door.asks(usual)
    assert door.field(usual, "confirmed") == 1


@pytest.mark.parametrize("room", ["w\0", "w" * 81, "", ["willow"], {"of": "willow"}, 7])
def test_whatever_a_device_says_for_a_room_is_read_around(door, room):
    odd = door.wrote("booking", room=room, starts="2026-11-25T10:00:00", minutes=60, moves="x")
    more = door.booked("willow", "2026-11-25T10:00:00", moves="another")
    door.asks(odd)
    door.asks(more)
    assert door.field(more, "confirmed") == 1
