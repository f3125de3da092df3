"""Nobody there: the page warns, counts down, wipes; at night the screen sleeps and wakes safely."""

import gc
import weakref

import pytest

from kiosk.store import Changes, Write
from tests.flows.people import MARTA_CARD

pytestmark = pytest.mark.one_form


@pytest.fixture
def typing(door):
    """Somebody has typed two letters of a name and walked away."""
    door.shell.go("leaving_name")
    return door.settle().type("MA")


def test_a_page_left_alone_warns_after_half_a_minute(typing):
    typing.pass_(seconds=29)
    assert not typing.reads("Still there?")
    typing.pass_(seconds=4)
    assert typing.reads("Still there?")
    typing.picture("timeout").audit()


def test_the_countdown_steps_once_a_second(typing):
    typing.pass_(seconds=32.4)
    before = typing.shell.dialog.left_s
    typing.pass_(seconds=1)
    assert typing.shell.dialog.left_s == before - 1


def test_i_need_more_time_keeps_what_was_typed(typing):
    typing.pass_(seconds=33)
    typing.tap("I need more time")
    assert typing.shell.dialog is None
    assert typing.shell.screen.typed == "MA"


def test_forty_seconds_after_the_last_touch_nothing_of_a_person_is_left(typing):
    typing.pass_(seconds=40.5)
    assert typing.at == "rest"
    typing.shell.go("leaving_name")
    typing.settle()
    assert typing.shell.screen.typed == ""


def test_starting_again_from_the_warning_wipes_at_once(typing):
    typing.pass_(seconds=33)
    typing.tap("Start again")
    assert typing.at == "rest"


def test_a_touch_beside_the_warning_means_that_somebody_is_there(typing):
    typing.pass_(seconds=33)
    typing.touch_at(3, 3).settle()
    assert typing.shell.dialog is None
    assert typing.at == "leaving_name"


def test_a_card_held_under_the_warning_means_that_somebody_is_there(door):
    kitchen = next(room for room in door.hub.rooms if room.name["en"] == "Kitchen")
    door.shell.go("room", room=kitchen.id)
    door.settle().pass_(seconds=33)
    assert door.reads("Still there?")
    door.tap_card(MARTA_CARD)
    assert door.shell.dialog is None
    assert door.can("Pencil it in")


def test_a_roll_call_stays_for_its_half_hour_and_no_longer(door):
    door.shell.go("rollcall")
    door.settle().hold("Everybody out", seconds=3.2).pass_(minutes=29)
    assert door.at == "rollcall_names"
    door.pass_(minutes=2)
    assert door.at == "rest"


def test_the_touch_that_wakes_the_screen_presses_nothing(open_door):
    door = open_door(at="2026-11-23 23:30").pass_(minutes=3)
    assert door.shell.dimmed
    x, y = door._aim(door.find("I'm leaving"))
    door.touch_at(x, y)
    assert not door.shell.dimmed
    assert door.at == "rest"
    door.touch_at(x, y)
    assert door.at == "rest"  # there is time to read before anything can be pressed
    door.pass_(seconds=1).tap("I'm leaving")
    assert door.at == "leaving"


@pytest.mark.parametrize("page", ["leaving", "rooms", "notices", "volunteer_enter", "leaving_name"])
def test_pages_are_let_go_in_the_dark_and_the_one_in_front_stays(open_door, page):
    door = open_door(at="2026-11-23 23:30")
    door.shell.go(page)
    opened = weakref.ref(door.settle().shell.screen)
    door.shell.rest()
    rest = door.settle().shell.screen
    door.pass_(minutes=3)
    gc.collect()
    assert door.shell.dimmed
    assert opened() is None
    assert door.shell.screen is rest


def test_an_open_hub_is_never_dim(open_door):
    assert not open_door(at="2026-11-23 21:30").pass_(minutes=10).shell.dimmed


@pytest.mark.parametrize(("until", "is_dim"), [("02:00", False), ("00:05", True)])
def test_an_evening_that_passes_midnight_is_lit_until_its_end(open_door, until, is_dim):
    door = open_door(at="2026-11-24 00:30")
    opens(door, until)
    assert door.pass_(minutes=10).shell.dimmed is is_dim


def opens(door, until):
    """Have the hub be open every evening from eight."""
    from sync.records.hub import WEEKDAYS

    hours = {f"open.{day}": [["20:00", until]] for day in WEEKDAYS}
    write = Write("hub", door.hub.hub.id, hours)
    now_ms = round(door.app.time.now().timestamp() * 1000)
    door.app.desk.do(lambda: door.app.store.commit(Changes((write,)), now_ms=now_ms)).result(10)
    door.settle()


def test_a_card_in_the_night_wakes_and_signs(open_door):
    door = open_door(at="2026-11-23 23:30").pass_(minutes=3)
    door.tap_card(MARTA_CARD)
    assert not door.shell.dimmed
    assert door.at != "rest"


def test_the_picture_drifts_while_nobody_is_there_and_stands_still_for_whoever_comes(door):
    places = set()
    for _ in range(4):
        door.pass_(minutes=1)
        places.add(tuple(door.shell.stage.drift))
    assert len(places) > 1
    assert max(max(place) for place in places) <= 3


def another_look(door):
    door.shell.switch_language("es" if door.shell.words.lang == "en" else "en")
    return door.settle()


def test_names_of_a_roll_call_stay_in_another_language_too(door):
    another_look(door).shell.go("rollcall")
    door.settle().hold("Everybody out", seconds=3.2).pass_(minutes=29)
    assert door.at == "rollcall_names"


def test_the_rest_screen_speaks_the_hubs_language_again_after_a_minute(door):
    own = door.shell.words.lang
    another_look(door).pass_(minutes=1.5)
    assert (door.at, door.shell.words.lang) == ("rest", own)
