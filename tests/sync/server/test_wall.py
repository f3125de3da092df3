"""What a wall is given: public fields, masked names of those who said yes, and no more."""

import pytest

from sync.records import read
from sync.records.booking import Booking
from sync.records.booking_diary import Diary, confirmed
from sync.records.hub import Hub
from sync.records.room import Room
from sync.server.errors import Answered
from sync.server.landing import zone_of
from tests.sync.server.village import HUB


@pytest.fixture
def k1(village):
    return village.door()


@pytest.fixture
def wall(village):
    return village.door(node="0000eeee", role="wall")


def given(wall):
    wall.holds = {}
    return {body["id"]: body["fields"] for body in wall.asks().records}


def test_a_name_is_there_only_with_a_yes_and_masked(k1, wall):
    yes = k1.wrote("person", "ana", name="Ana García", wall_ok=True, contact="600")
    no = k1.wrote("person", "luis", name="Luis Pérez")
    k1.asks(yes, no)
    assert given(wall) == {"ana": {"name": "Ana G.", "wall_ok": True}, "luis": {}}


def test_a_visit_without_a_yes_is_heads_and_nothing_else(k1, wall):
    k1.asks(k1.wrote("visit", "v1", how="visitor", name="Eva Ruiz", reason="look", grown_ups=2))
    assert given(wall) == {"v1": {"how": "visitor", "grown_ups": 2}}


def test_a_yes_of_this_visit_shows_a_masked_name(k1, wall):
    k1.asks(k1.wrote("visit", "v1", how="visitor", name="Eva Ruiz", wall_ok=True))
    assert given(wall)["v1"] == {"how": "visitor", "name": "Eva R.", "wall_ok": True}


def test_a_no_of_this_visit_is_stronger_than_a_standing_yes(k1, wall):
    k1.asks(
        k1.wrote("person", "ana", name="Ana García", wall_ok=True),
        k1.wrote("visit", "v1", how="tile", person="ana", wall_ok=False),
    )
    assert given(wall)["v1"] == {"how": "tile"}


def test_a_visit_of_whatever_is_no_person_keeps_no_wall_from_the_others(k1, wall):
    k1.asks(
        k1.wrote("visit", "v1", how="tile", person={"id": "ana"}),
        k1.wrote("visit", "v2", how="tile", person=["ana"]),
        k1.wrote("room", "willow", name__en="Willow"),
    )
    assert given(wall)["willow"] == {"name.en": "Willow"}


def test_a_standing_yes_that_comes_later_reaches_the_visit(village, k1, wall):
    k1.asks(
        k1.wrote("person", "ana", name="Ana García"),
        k1.wrote("visit", "v1", how="tile", person="ana"),
    )
    given(wall)
    village.ms += 1000
    k1.asks(k1.wrote("person", "ana", wall_ok=True))
    assert given(wall)["v1"] == {"how": "tile", "name": "Ana G.", "person": "ana"}


def test_a_yes_that_is_taken_back_takes_the_name_away(village, k1, wall):
    k1.asks(k1.wrote("person", "ana", name="Ana García", wall_ok=True))
    given(wall)
    village.ms += 1000
    k1.asks(k1.wrote("person", "ana", wall_ok=False))
    assert given(wall) == {"ana": {}}


def test_a_private_booking_is_a_span(k1, wall):
    k1.asks(
        k1.wrote(
            "booking", "b1", room="willow", starts="2026-11-23T18:00:00", minutes=60,
            title__en="Divorce", person="ana", private=True, note="bring tea", for_name="Ana",
        )
    )  # fmt: skip
    shown = given(wall)["b1"]
    assert shown.keys() >= {"room", "starts", "minutes", "private"}
    assert not {"title.en", "person", "note", "for_name"} & shown.keys()


def test_a_booking_that_moved_holds_its_old_place_on_no_wall(village, k1, wall):
    """And one that was made longer is one bar: a wall draws by the same rules as a door."""
    k1.house(willow="Willow")
    old = k1.booked("willow", "2026-11-23T18:00:00")
    moved = k1.booked("willow", "2026-11-23T20:00:00", moves=old["id"])
    longer = k1.booked("willow", "2026-11-23T21:00:00", extends=moved["id"])
    k1.asks(old, moved, longer)
    shown = given(wall)
    bookings = [read(Booking, one["id"], shown[one["id"]]) for one in (old, moved, longer)]
    room, hub = read(Room, "willow", shown["willow"]), read(Hub, HUB, shown[HUB])
    diary = Diary.of(zone_of(hub), hub, [room], bookings)
    assert {one.booking.id for one in confirmed(diary, "willow")} == {moved["id"], longer["id"]}
    assert diary.family(bookings[2]) == diary.family(bookings[1])


def test_a_wall_follows_page_by_page_and_has_a_cursor_of_its_own(village, k1, wall):
    k1.asks(k1.wrote("room", "willow", name__en="Willow"))
    wall.asks()
    assert wall.asks().records == []
    door_s = wall.cursor.partition("w")[0]
    wall.cursor = door_s
    with pytest.raises(Answered, match="reset"):
        wall.asks()


@pytest.mark.parametrize("kind", ["old_text", "card", "acceptance", "hours"])
def test_of_what_nobody_may_see_a_wall_holds_no_row_that_could_never_go(k1, wall, kind):
    """Its own calendar could not tell when the days of such a row are over."""
    k1.asks(k1.wrote(kind, "one", hub=HUB, made_at="2026-11-23T12:00:00Z"))
    assert given(wall) == {"one": {}}
