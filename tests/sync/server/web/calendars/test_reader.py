"""What a room's calendar says is taken, everywhere, and given back when it says so no more."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from sqlalchemy import update

from sync.records import read
from sync.records.booking import Booking
from sync.server.database import calendars
from sync.server.database.models import HubRow
from sync.server.promises import Promises
from sync.server.web.calendars import apart
from sync.server.web.calendars.apart import Found
from sync.server.web.calendars.pace import LEAST_MS, USUAL_MS, WHOLE_MS
from sync.server.web.calendars.plan import MOST_NEW, MOST_TIMES
from sync.server.web.calendars.reader import Reader
from sync.server.web.calendars.trouble import NoAnswer, NotACalendar
from tests.sync.server.village import HUB
from tests.sync.server.web.activity.doings import changes, undoes
from tests.sync.server.web.browser import browsers
from tests.sync.server.web.calendars.listening import CHOIR, listens
from tests.sync.server.web.hub_house import all_of, moved_in


@pytest.fixture
def door(village):
    return moved_in(village)


@pytest.fixture
def choir(village, door):
    return listens(village)


def sung(door):
    """The bookings of the choir as a door holds them."""
    found = (read(Booking, body["id"], body["fields"]) for body in all_of(door, "booking"))
    return sorted((one for one in found if one.outside), key=lambda one: (one.starts, one.id))


def standing(door):
    return [f"{one.starts:%m-%d %H:%M}" for one in sung(door) if not one.cancelled]


def test_what_a_calendar_says_reaches_every_door_as_a_yes(door, choir):
    choir.sings("2026-12-01 18:00", "2026-12-08 18:00")
    assert standing(door) == ["12-01 18:00", "12-08 18:00"]
    first = sung(door)[0]
    assert (first.room, first.minutes, first.confirmed, first.outside) == (
        "room-willow", 60, 1, CHOIR,
    )  # fmt: skip
    assert (first.title, first.person, first.entered_by) == ({"en": "The choir"}, "", "")


def test_a_door_that_wants_that_time_is_refused_and_the_next_hour_is_free(door, choir):
    choir.sings("2026-12-01 18:00")
    wanted = door.booked("room-willow", "2026-12-01T18:30:00")
    later = door.booked("room-willow", "2026-12-01T19:00:00")
    door.asks(wanted, later)
    no = door.catches_up().holds["booking", wanted["id"]]["fields"]
    assert [one["with"] for one in no["clash_now"]] == [sung(door)[0].id]
    assert not no.get("confirmed")
    assert door.holds["booking", later["id"]]["fields"]["confirmed"] == 1


def test_a_yes_that_was_given_before_stays_and_so_does_what_others_do(door, choir):
    ours = door.booked("room-willow", "2026-12-01T18:30:00")
    door.asks(ours)
    choir.sings("2026-12-01 18:00")
    kept = door.catches_up().holds["booking", ours["id"]]["fields"]
    assert (kept["confirmed"], kept.get("clash_now") or []) == (1, [])
    assert sung(door)[0].confirmed == 1


def test_what_did_not_change_is_not_written_again(village, door, choir):
    choir.sings("2026-12-01 18:00", "2026-12-08 18:00")
    before = village.seq()
    choir.sings("2026-12-01 18:00", "2026-12-08 18:00")
    choir.says = Found(None)
    choir.is_due()
    choir.reader.read_due()
    assert village.seq() == before
    assert standing(door) == ["12-01 18:00", "12-08 18:00"]


def test_what_is_not_there_any_more_is_given_up_and_may_come_again(door, choir):
    choir.sings("2026-12-01 18:00", "2026-12-08 18:00")
    choir.sings("2026-12-08 19:00")
    assert standing(door) == ["12-08 19:00"]
    wanted = door.booked("room-willow", "2026-12-01T18:00:00")
    door.asks(wanted)
    assert door.catches_up().holds["booking", wanted["id"]]["fields"]["confirmed"] == 1
    choir.sings("2026-12-08 18:00")
    assert standing(door) == ["12-08 18:00"]
    assert len(sung(door)) == 4


def test_nobody_has_to_come_to_what_others_do(village, door, choir):
    choir.sings("2026-11-23 12:00")
    village.until("2026-11-23T11:50:00Z")
    village.report(door)
    village.service.tick(HUB)
    assert not all_of(door, "booking_day")
    assert standing(door) == ["11-23 12:00"]


def test_hundreds_of_times_cost_no_look_through_all_bookings_each(door, choir, monkeypatch):
    def looks(promises):
        raise AssertionError("a diary was made")

    monkeypatch.setattr(Promises, "diary", looks)
    choir.sings("2026-12-01 18:00", "2026-12-08 18:00")
    assert choir.row.trouble == ""
    assert standing(door) == ["12-01 18:00", "12-08 18:00"]


def test_what_a_calendar_says_is_nobody_s_change(village, door, choir, another):
    choir.sings("2026-12-01 18:00")
    choir.sings()
    steward = another().joins("steward")
    steward.get("/activity")
    assert "The choir" not in steward.page


def test_a_device_cannot_pretend_to_be_a_calendar(door, choir):
    forged = door.wrote("booking", room="room-willow", starts="2026-12-01T18:00:00", minutes=60,
                        outside=CHOIR, confirmed=1)  # fmt: skip
    (refusal,) = door.asks(forged).refused
    assert (refusal.reason, sorted(refusal.fields)) == ("proof", ["confirmed", "outside"])
    assert sung(door) == []


def test_trouble_is_told_once_more_each_time_and_forgotten_after_a_reading(village, door, choir):
    choir.sings("2026-12-01 18:00")
    choir.says = NotACalendar()
    for n in (1, 2):
        choir.is_due()
        choir.reader.read_due()
        assert (choir.row.trouble, choir.row.failures) == ("not_a_calendar", n)
        assert choir.row.next_ms == village.ms + LEAST_MS * n
    assert standing(door) == ["12-01 18:00"]
    choir.sings("2026-12-01 18:00")
    assert (choir.row.trouble, choir.row.failures, choir.row.found) == ("", 0, 1)
    assert choir.row.next_ms == village.ms + USUAL_MS


def test_who_asks_us_to_wait_is_asked_later(village, door, choir):
    choir.says = NoAnswer(retry_s=7200)
    choir.reader.read_due()
    assert choir.row.next_ms == village.ms + 7_200_000


def test_only_what_is_due_is_asked_for_and_by_what_it_was_known(village, door, choir):
    choir.sings("2026-12-01 18:00", etag='"one"')
    choir.reader.read_due()
    assert len(choir.asked) == 1
    village.pass_(milliseconds=USUAL_MS)
    choir.reader.read_due()
    assert [one.etag for one in choir.asked] == ["", '"one"']
    village.pass_(milliseconds=WHOLE_MS)
    choir.reader.read_due()
    assert [one.etag for one in choir.asked] == ["", '"one"', ""]


def test_in_another_time_zone_every_calendar_is_read_whole_again(village, door, choir, another):
    choir.sings("2026-12-01 18:00", etag='"one"')
    steward = another().joins("steward")
    steward.get("/hub/names")
    steward.send("/hub/names", short__en="Ronda")
    village.pass_(milliseconds=LEAST_MS)
    choir.reader.read_due()
    assert len(choir.asked) == 1
    steward.get("/hub/names")
    steward.send("/hub/names", timezone="America/Lima")
    choir.reader.read_due()
    assert (choir.asked[-1].zone, choir.asked[-1].etag) == ("America/Lima", "")
    assert standing(door) == ["12-01 12:00"]
    village.pass_(milliseconds=LEAST_MS)
    undoes(steward, changes(steward)[0])
    choir.reader.read_due()
    assert (choir.asked[-1].zone, choir.asked[-1].etag) == ("Europe/Madrid", "")
    assert standing(door) == ["12-01 18:00"]


def test_of_several_processes_one_reads(village, door, choir):
    with ThreadPoolExecutor(4) as pool:
        readers = [choir.reader for _ in range(4)]
        list(pool.map(lambda reader: reader.read_due(), readers))
    assert len(choir.asked) == 1


def test_a_server_reads_what_is_due_by_itself(village, door, choir, monkeypatch):
    says = 'cat >/dev/null; echo \'{"busy": [["2026-12-01T17:00:00Z", "2026-12-01T18:00:00Z"]]}\''
    monkeypatch.setattr(apart, "_COMMAND", ("sh", "-c", says))
    have_read = Event()

    class Tells(Reader):
        def read_due(self) -> None:
            super().read_due()
            have_read.set()

    with browsers(village, Tells):
        assert have_read.wait(60)
    assert standing(door) == ["12-01 18:00"]


def test_who_falls_over_while_reading_leaves_it_to_the_next(village, door, choir):
    choir.says = KeyError("a bug")
    with pytest.raises(KeyError):
        choir.reader.read_due()
    choir.says = Found([])
    choir.reader.read_due()
    assert len(choir.asked) == 1
    village.pass_(milliseconds=calendars.LEASE_MS)
    choir.reader.read_due()
    assert len(choir.asked) == 2


def test_what_ended_while_it_was_read_is_not_written(village, door, choir):
    def ends(ask):
        with village.database.writing() as connection:
            calendars.end(connection, HUB, CHOIR)
        return choir(ask)

    choir.sings()
    choir.sings("2026-12-01 18:00")
    choir.is_due()
    reader = choir.reader
    reader._ask_and_work_out = ends
    before = village.seq()
    reader.read_due()
    assert (village.seq(), choir.row) == (before, None)


def test_a_hub_that_is_being_restored_is_told_nothing_new(village, door, choir):
    with village.database.writing() as connection:
        connection.execute(update(HubRow).values(recovering_ms=village.ms))
    choir.reader.read_due()
    assert (choir.asked, choir.row.trouble) == ([], "")


def test_a_calendar_of_thousands_takes_what_is_nearest_and_says_so(village, door, choir):
    days = [f"2027-{month:02d}-{day:02d} {hour:02d}:00"
            for month in range(1, 12) for day in range(1, 29) for hour in (9, 11)]  # fmt: skip
    choir.sings(*days)
    assert len(standing(door)) == MOST_TIMES == choir.row.found
    assert choir.row.left_out == len(days) - MOST_TIMES
    assert standing(door)[0] == "01-01 09:00"


def test_a_calendar_that_says_something_else_each_time_is_bounded_by_the_day(village, door, choir):
    def minutes(first):
        return [f"2027-{m:02d}-{d:02d} {first:02d}:00" for m in range(1, 12) for d in range(1, 28)]

    for hour in range(9, 14):
        choir.sings(*minutes(hour))
    assert len(sung(door)) == MOST_NEW
    assert choir.row.left_out > 0
    village.pass_(days=1)
    choir.sings(*minutes(13))
    assert len(standing(door)) == len(minutes(13))
    assert choir.row.left_out == 0
