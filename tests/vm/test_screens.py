"""Doors of every size on labwc, a wall beside each: what is shown where, and what a touch does.

The installer was told the size; touches are a pointer's, given to the compositor.
"""

import json

import pytest
from PIL import Image, ImageChops

from kiosk.ui.theme import tokens
from tests.flows.people import MARTA, MARTA_CARD
from tests.vm.door import until
from tests.vm.hung import WALL_SIZE, Glass, hung

GLASSES = (
    Glass("800x480", 179.6),
    Glass("720x1280", 179.5),
    Glass("1280x800", 256.1),
    Glass("800x1280", 256.1, turn=90),
    Glass("1280x720", 179.5, turn=270),
)
OLGA = "Olga Prieto"


@pytest.fixture(scope="module", params=GLASSES, ids=str)
def screens(request, installed):
    """A door and a wall that were started once for all that is tried at this size."""
    with hung(installed, request.param) as made:
        yield made


@pytest.fixture
def hands(screens):
    """Somebody at the rest screen."""
    return screens.hands.goes_home()


def colour(name):
    """One of the day's colours, as three bytes."""
    said = tokens()["colour"]["day"][name]
    return tuple(int(said[at : at + 2], 16) for at in (1, 3, 5))


def each_on_its_own(screens):
    """Whether door and wall fill their outputs, and nothing else is shown on either."""
    machine = screens.machine
    assert machine.picture(screens.door.output).size == screens.glass.px
    assert machine.picture(screens.wall.output).size == WALL_SIZE
    where = machine.place_of(screens.door.output)
    screens.hands.comes(
        lambda seen: seen["window"] == [*where, *screens.glass.px], "the door fills its glass"
    )
    windows = machine.at_screen("wlrctl toplevel list state:fullscreen").splitlines()
    assert sorted(one.rpartition(": ")[2] for one in windows) == ["Door", "Wall"]


def edge(shown: Image.Image):
    """The colours of the outermost pixels."""
    wide, tall = shown.size
    strips = [
        (0, 0, wide, 1),
        (0, tall - 1, wide, tall),
        (0, 0, 1, tall),
        (wide - 1, 0, wide, tall),
    ]
    return {colour for strip in strips for _, colour in shown.crop(strip).getcolors(wide + tall)}


def people(screens, name):
    """The ids of the people of that name."""
    told = screens.door.written("person")
    return {one for one, body in told.items() if name in body}


def of_person(screens, kind, name):
    """The records of a kind that are somebody's, by their id."""
    ids = people(screens, name)
    found = {one: json.loads(body) for one, body in screens.door.written(kind).items()}
    return {one: body for one, body in found.items() if any(who in json.dumps(body) for who in ids)}


def test_door_and_wall_fill_a_screen_each_and_have_no_border(screens, hands):
    each_on_its_own(screens)
    for one in (screens.door, screens.wall):
        shown = screens.machine.keep_picture(f"rest-{one.mode}-{screens.glass}", one.output)
        assert edge(shown) <= {colour(name) for name in ("paper", "sheet", "line")}


def test_what_is_seen_is_where_it_is_touched(screens, hands):
    left, top, width, height = hands.find("I'm here")["box"]
    shown = screens.machine.picture(screens.door.output)
    for at in ((0.05, 0.5), (0.95, 0.5)):
        place = (round(left + at[0] * width), round(top + at[1] * height))
        assert shown.getpixel(place) == colour("go")


def test_no_pointer_is_ever_seen(screens, hands):
    machine, (wide, tall) = screens.machine, screens.glass.px
    hands.point(wide // 2, tall // 2)
    there = machine.picture(screens.door.output, "-c")
    hands.point(2, 2)
    gone = machine.picture(screens.door.output, "-c")
    around = (wide // 2 - 32, tall // 2 - 32, wide // 2 + 32, tall // 2 + 32)
    assert ImageChops.difference(there.crop(around), gone.crop(around)).getbbox() is None


def test_somebody_comes_in_and_leaves_by_name(screens, hands):
    before = of_person(screens, "visit", OLGA)
    hands.tap("I'm here").at("here")
    screens.keep("here")
    if not hands.offers("O"):
        hands.tap("By my name", "My name").at("here_name")
    hands.tap("O").tap("L").find("Olga P.")
    screens.keep("here-letters")
    hands.tap("Olga P.").at("welcome", "agreement")
    screens.keep("welcome")
    (came,) = of_person(screens, "visit", OLGA).keys() - before.keys()
    hands.goes_home().tap("I'm leaving", "Leaving").at("leaving")
    screens.keep("leaving")
    hands.tap("By my name").at("leaving_name").tap("O").tap("L").tap("Olga P.").at("saved")
    screens.keep("saved")
    visit = of_person(screens, "visit", OLGA)[came]
    assert visit != before.get(came)
    assert "left_at" in json.dumps(visit)
    hands.goes_home()


def test_a_visitor_comes_in_by_four_taps(screens, hands):
    before = screens.door.written("visit")
    hands.tap("I'm here").at("here").tap("I'm visiting").at("visiting")
    screens.keep("visiting")
    hands.turn_to("Just looking").tap("Just looking").tap("Done").at("welcome")
    (came,) = screens.door.written("visit").keys() - before.keys()
    assert "looking" in screens.door.written("visit")[came]
    hands.goes_home()


def test_notices_are_read(screens, hands):
    hands.tap("All notices", "Notices", "Rest day").at(
        "notices"
    )  # upright, the first one leads there
    screens.keep("notices")
    hands.goes_home()


def test_a_room_is_looked_at_and_booked_by_a_card_whose_reader_types(screens, hands):
    before = of_person(screens, "booking", MARTA)
    hands.tap("All rooms", "Rooms").at("rooms")
    screens.keep("rooms")
    if not hands.offers("Quiet Room") and hands.offers("All rooms as a list"):
        hands.tap("All rooms as a list")
    hands.turn_to("Quiet Room").tap("Quiet Room").at("room")
    screens.keep("room")
    hands.keys(f"{MARTA_CARD} -k Return")
    hands.find("Pencil it in")
    screens.keep("room-book")
    hands.tap("Pencil it in").reads("Pencilled in").find("Done")
    screens.keep("room-pencilled")
    until(lambda: of_person(screens, "booking", MARTA).keys() - before.keys(), 5, "it is kept")
    hands.goes_home()


def test_screens_are_as_they_were_when_the_compositor_was_killed(screens, hands):
    process, since_s = screens.door.process(), screens.door.kill_compositor()
    hands.away()
    screens.door.back_after_s(since_s, process)
    screens.wall.is_ready()
    screens.door.rests()
    screens.wall.rests()
    hands.goes_home()
    each_on_its_own(screens)
    hands.tap("I'm here").at("here").goes_home()
