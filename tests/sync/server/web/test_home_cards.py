"""A card to print at home: made on a page, known by its signature, taken back as a lost card is."""

import pytest

from sync.qr_codes import home_card, read_card
from sync.server.web.home_cards import drawn
from tests.sync.server.village import HUB


@pytest.fixture
def door(village):
    return village.door().house()


@pytest.fixture
def rosa(door):
    made = door.wrote("person", name="Rosa Núñez")
    door.asks(made)
    return made["id"]


def key(door):
    return door.catches_up().holds["hub", HUB]["fields"]["card_key"]


def makes(browser, person):
    browser.get(f"/people/{person}")
    browser.send(f"/people/{person}/home-card")
    return browser.page


def cards(door):
    door.catches_up()
    return [body["fields"] for (kind, _), body in door.holds.items() if kind == "card"]


def test_a_volunteer_makes_a_card_that_every_door_knows(door, volunteer, rosa):
    page = makes(volunteer, rosa)
    text = home_card(key(door), HUB, rosa, 1)
    assert str(drawn(text)) in page
    assert "Rosa Núñez" in page
    found = read_card(text, key(door), HUB)
    assert [(one["uid_hash"], one["person"]) for one in cards(door)] == [(found.card_hash, rosa)]


def test_asked_again_the_same_card_is_shown(door, volunteer, rosa):
    first = makes(volunteer, rosa)
    assert drawn(home_card(key(door), HUB, rosa, 1)) in makes(volunteer, rosa)
    assert volunteer.get(f"/people/{rosa}/home-card").text == first
    assert len(cards(door)) == 1


def test_a_card_that_is_lost_is_shown_no_more_and_the_next_is_another(door, volunteer, rosa):
    makes(volunteer, rosa)
    volunteer.get(f"/people/{rosa}")
    volunteer.send(f"/people/{rosa}/card-lost")
    volunteer.get(f"/people/{rosa}/home-card")
    assert volunteer.status == 404
    assert str(drawn(home_card(key(door), HUB, rosa, 2))) in makes(volunteer, rosa)
    assert sorted(one.get("lost", 0) for one in cards(door)) == [0, 1]


def test_a_new_key_takes_all_of_them_back(door, steward, rosa):
    makes(steward, rosa)
    first = key(door)
    old = home_card(first, HUB, rosa, 1)
    steward.get("/people")
    steward.send("/cards/new-key")
    assert steward.status == 200
    assert key(door) != first
    assert read_card(old, key(door), HUB) is None
    assert [one["lost"] for one in cards(door)] == [1]
    assert str(drawn(home_card(key(door), HUB, rosa, 1))) in makes(steward, rosa)


def test_a_volunteer_is_not_offered_to_take_all_back(door, volunteer):
    volunteer.get("/people")
    assert "/cards/new-key" not in volunteer.page


def test_before_any_door_came_it_says_what_is_missing(village, volunteer):
    bare = village.door(node="0000bbbb")
    made = bare.wrote("person", name="Rosa Núñez")
    bare.asks(made)
    page = makes(volunteer, made["id"])
    assert volunteer.status == 400
    assert "No door of this hub has been here yet" in page


def test_whoever_has_an_id_that_fits_on_no_card_is_told_so_and_stands_in_nobodys_way(
    door, another, steward, rosa
):
    door.asks(door.wrote("person", "from-elsewhere", name="Olga"))
    door.asks(door.wrote("card", uid_hash="0" * 64, person="from-elsewhere"))
    makes(steward, "from-elsewhere")
    assert steward.status == 404
    assert steward.get("/people/from-elsewhere/home-card").status_code == 404
    makes(steward, rosa)
    steward.get("/people")
    steward.send("/cards/new-key")
    assert steward.get(f"/people/{rosa}/home-card").status_code == 404
