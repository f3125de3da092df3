"""What waits for a volunteer first: the next booking that clashes."""

from kiosk.hub.actor import VOLUNTEER, Actor
from kiosk.screens.volunteer.needs import first_need
from kiosk.ui.words import Words
from sync.records.booking import Clash
from tests.kiosk.hub.house import House, at, booking, day, id_of, room

HELPER = Actor(VOLUNTEER)


def need(*records, now="10:42"):
    hub = House().has(room("Kitchen"), room("Garden"), *records)
    return first_need(hub.snapshot, at(now), Words("en"), HELPER)


def clashing(starts, on=0, **fields):
    first = booking("Kitchen", starts, on=on, confirmed=1)
    lost = Clash(day(on), first.id)
    other = {"id": id_of(f"other {starts} {on}"), "title": {"en": "Choir"}, "clash_now": (lost,)}
    return first, booking("Kitchen", starts, on=on, **(other | fields))


def test_nothing_waits_where_nothing_clashes():
    assert need(booking("Kitchen", "18:00", confirmed=1), booking("Garden", "18:00")) is None


def test_two_bookings_for_one_room_are_both_named_with_room_and_time():
    found = need(*clashing("18:00"))
    assert found.text == "Choir clashes with Kitchen 18:00, Kitchen, today 18:00."
    assert (found.room, found.day) == (id_of("Kitchen"), day(0))
    assert found.booking == id_of("other 18:00 0")


def test_the_next_comes_first_and_what_began_is_past_deciding():
    found = need(*clashing("09:00"), *clashing("18:00", on=2), *clashing("12:00", on=1))
    assert found.text == "Choir clashes with Kitchen 12:00, Kitchen, tomorrow 12:00."


def test_what_is_weeks_away_waits_until_then():
    assert need(*clashing("18:00", on=20)) is None


def test_who_had_the_room_may_have_given_it_up():
    _first, other = clashing("18:00")
    assert need(other).text == "Choir has no room yet, Kitchen, today 18:00."
