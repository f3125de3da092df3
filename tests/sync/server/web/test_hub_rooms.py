"""Rooms as stewards set them: limits, rules, a new one, one that goes out of use."""

import pytest

from tests.sync.server.village import OTHER
from tests.sync.server.web.hub_house import HOSTILE, all_of, changed, fields, held, moved_in

WILLOW = "/hub/rooms/room-willow"


@pytest.fixture
def door(village):
    return moved_in(village)


@pytest.fixture
def steward(door, another):
    return another().joins("steward")


def sets(browser, path=WILLOW, **typed):
    browser.get(path)
    return browser.send(path, **typed)


def added(browser, **typed):
    browser.get("/hub/rooms/new")
    return browser.send("/hub/rooms", **({"name__en": "Workshop"} | typed))


def room(door, name):
    return next(b for b in all_of(door, "room") if b["fields"].get("name.en") == name)


def test_a_room_is_added_with_who_did_it(door, steward):
    added(steward, name__es="Taller", capacity="14", bookable="vol", open__sat="10-14")
    said = room(door, "Workshop")["fields"]
    assert (said["name.es"], said["capacity"], said["bookable"]) == ("Taller", 14, "vol")
    assert said["open.sat"] == [["10:00", "14:00"]]
    people = {body["id"]: body["fields"]["name"] for body in all_of(door, "person")}
    assert people[said["entered_by"]] == "Inés Vidal"
    assert "Workshop" in steward.page


def test_a_room_that_is_sent_twice_is_one(door, steward):
    steward.get("/hub/rooms/new")
    form = steward.form("/hub/rooms").said | {"name.en": "Workshop"}
    for _ in range(2):
        steward.post("/hub/rooms", form)
        assert steward.status == 200
    assert len([b for b in all_of(door, "room") if b["fields"]["name.en"] == "Workshop"]) == 1


def test_a_room_without_a_name_is_none(door, steward):
    added(steward, name__en=" ", capacity="14")
    assert (steward.status, len(all_of(door, "room"))) == (400, 2)
    assert steward.form("/hub/rooms").said["capacity"] == "14"


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ({"name__es": "Sala Sauce"}, {"name.es": "Sala Sauce"}),
        ({"capacity": "20"}, {"capacity": 20}),
        ({"capacity": ""}, {"capacity": None}),
        ({"buffer_min": "15"}, {"buffer_min": 15}),
        ({"bookable": "nobody"}, {"bookable": "nobody"}),
        ({"colour": "#2F6B4F"}, {"colour": "#2F6B4F"}),
        ({"note__en": "No shoes.\r\n\r\n\r\nShut the windows."},
         {"note.en": "No shoes.\n\nShut the windows."}),
        ({"order": "3", "features__en": "sink"}, {"order": 3, "features.en": "sink"}),
    ],
)  # fmt: skip
def test_only_what_was_changed_of_a_room_is_written(door, steward, typed, written):
    before = held(door, "room", "room-willow")
    sets(steward, **typed)
    assert steward.at == "/hub/rooms"
    after = held(door, "room", "room-willow")
    assert {name: after["fields"][name] for name in changed(before, after)} == written


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name__en": ""}, "Something has to be written"),
        ({"capacity": "-1"}, "from 0 to 9999"),
        ({"buffer_min": "600"}, "from 0 to 240"),
        ({"bookable": "everybody"}, "not one of the choices"),
        ({"colour": "red;x:url(//evil)"}, "not one of the choices"),
        ({"open__mon": "9"}, "These hours cannot be read"),
        ({"note__es": "x" * 401}, "longer than 400 letters"),
    ],
)
def test_what_a_room_cannot_be_is_said_beside_its_field(village, door, steward, typed, sentence):
    before = village.seq()
    sets(steward, **typed)
    assert (steward.status, sentence in steward.page) == (400, True)
    assert village.seq() == before


def test_a_colour_that_a_room_has_stays_though_it_is_not_on_offer(door, steward):
    door.asks(door.wrote("room", "room-quiet", colour="#123456"))
    sets(steward, "/hub/rooms/room-quiet", capacity="3")
    assert (fields(door, "room", "room-quiet")["colour"], steward.status) == ("#123456", 200)


def test_two_who_change_one_room_lose_nothing(door, steward, another):
    other = another().joins("steward", name="Ana Gil")
    steward.get(WILLOW)
    other.get(WILLOW)
    other.send(WILLOW, capacity="10", note__en="No shoes")
    steward.send(WILLOW, capacity="14", buffer_min="30")
    assert (steward.status, "How many people fit" in steward.page) == (409, True)
    steward.send(WILLOW, pick__capacity="theirs")
    said = fields(door, "room", "room-willow")
    assert (said["capacity"], said["note.en"], said["buffer_min"]) == (10, "No shoes", 30)


def test_what_no_form_of_a_room_asks_for_is_never_written(door, steward):
    before = held(door, "room", "room-willow")
    sets(steward, withdrawn="x", retired_from="2026-01-01", hub=OTHER, id="x", made_at="x",
         name__xx="x", open__x="9-14", capacity="13")  # fmt: skip
    assert changed(before, held(door, "room", "room-willow")) == {"capacity"}


@pytest.mark.parametrize("text", HOSTILE)
def test_strange_names_are_cleaned_or_refused_and_never_run(door, steward, text):
    for path in (WILLOW, "/hub/rooms", "/rooms"):
        steward.get(WILLOW)
        steward.send(WILLOW, name__en=text, note__en=text)
        assert steward.status in {200, 400}
        steward.get(path)
        assert "<script>alert" not in steward.page
    assert fields(door, "room", "room-willow")["name.en"].isprintable()


def test_a_room_that_a_strange_door_wrote_is_still_shown(door, steward):
    door.asks(door.wrote("room", "room-odd", colour='"><script>alert(1)</script>', capacity=-(2**40),
                         buffer_min=2**40, **{"open.mon": [["9", "x"]]}))  # fmt: skip
    for path in ("/hub/rooms", "/hub/rooms/room-odd", "/hub"):
        steward.get(path)
        assert (steward.status, "<script>alert" in steward.page) == (200, False)


def test_a_room_goes_out_of_use_once_nothing_confirmed_is_left_in_it(door, steward):
    booking = door.booked("room-willow", "2026-12-05T18:00:00", title__en="Choir")
    door.asks(booking)
    steward.get(WILLOW)
    steward.send(f"{WILLOW}/retire", since="2026-12-05")
    assert (steward.status, "Choir" in steward.page) == (409, True)
    assert not fields(door, "room", "room-willow").get("retired_from")
    steward.get(WILLOW)
    steward.send(f"{WILLOW}/retire", since="2026-12-06")
    assert fields(door, "room", "room-willow")["retired_from"] == "2026-12-06"
    steward.get(WILLOW)
    assert "Out of use from Sun 6 Dec 2026" in steward.page
    steward.send(f"{WILLOW}/reopen")
    assert fields(door, "room", "room-willow")["retired_from"] is None


@pytest.mark.parametrize("since", ["", "soon", "2026-11-22", "9999-12-31"])
def test_a_room_goes_out_of_use_on_a_day_to_come(door, steward, since):
    steward.get(WILLOW)
    steward.send(f"{WILLOW}/retire", since=since)
    assert steward.status == 409
    assert not fields(door, "room", "room-willow").get("retired_from")


def test_a_volunteer_reads_the_rules_and_is_led_to_no_form(door, steward, another):
    sets(steward, note__en="No shoes")
    volunteer = another().joins("volunteer", name="Tomás")
    volunteer.get("/hub/rooms")
    assert ("No shoes" in volunteer.page, WILLOW in volunteer.page) == (True, False)
    volunteer.get("/rooms/room-willow")
    assert "No shoes" in volunteer.page


def test_rooms_of_another_hub_are_nobody_else_s(village, door, steward, another):
    village.add(OTHER)
    elsewhere = another().joins("steward", OTHER, name="Elsewhere")
    elsewhere.get("/hub/rooms/new")
    token = elsewhere.form("/hub/rooms").said["token"]
    before = held(door, "room", "room-willow")
    for path in ("", "/retire", "/reopen"):
        elsewhere.post(f"{WILLOW}{path}", {"token": token, "capacity": "1", "since": "2026-12-01"})
        assert elsewhere.status == 404
    assert held(door, "room", "room-willow") == before
