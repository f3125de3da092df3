"""Rooms and bookings on the pages: seen, booked, refused with what is free instead, given up."""

import pytest


@pytest.fixture
def door(village):
    return village.door().house(willow="Willow Room", quiet="Quiet Room").catches_up()


@pytest.fixture
def volunteer(door, another):
    return another().joins("volunteer", name="Tomás Herrero")


BIKES = {"title": "Bike repair", "day": "2026-11-25", "from": "18:00", "minutes": "60"}


def book(browser, room="willow", **more):
    browser.get(f"/rooms/{room}")
    return browser.send(f"/rooms/{room}/book", **(BIKES | more))


def bookings(door):
    door.catches_up()
    return [b["fields"] for (kind, _), b in door.holds.items() if kind == "booking"]


def test_what_is_booked_is_confirmed_at_once_and_on_the_door(door, volunteer):
    book(volunteer)
    (one,) = bookings(door)
    assert (one["room"], one["starts"], one["minutes"], one["confirmed"]) == (
        "willow",
        "2026-11-25T18:00:00",
        60,
        1,
    )
    volunteer.get("/rooms?day=2026-11-25")
    assert "18:00–19:00 Bike repair" in volunteer.page
    assert "Confirmed" in volunteer.page


def test_whoever_it_is_for_is_named_and_who_entered_it_is_kept(door, volunteer):
    book(volunteer, for_name="Rosa")
    (one,) = bookings(door)
    assert one["for_name"] == "Rosa"
    assert "person" not in one
    assert one["entered_by"] in {key[1] for key in door.holds if key[0] == "person"}


def test_a_room_that_is_taken_is_refused_with_what_is_free_instead(door, volunteer):
    book(volunteer)
    book(volunteer, **{"from": "18:30"})
    assert volunteer.status == 409
    assert "Somebody has the room then" in volunteer.page
    assert "Quiet Room, Wed 25 Nov, 18:30" in volunteer.page
    assert "Willow Room, Wed 25 Nov, 19:00" in volunteer.page
    assert len(bookings(door)) == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"day": "2026-11-20"}, "has begun or gone by"),
        ({"day": "tomorrow"}, "no day or hour"),
        ({"from": "99:00"}, "no day or hour"),
        ({"minutes": "0"}, "no day or hour"),
        ({"minutes": "99999"}, "no day or hour"),
        ({"heads": "99"}, "This room holds 8"),
        ({"repeat": "daily", "until": "2029-01-01"}, "A series ends"),
        ({"title": "x" * 200}, "longer than 120"),
    ],
)
def test_what_cannot_be_booked_is_said_and_nothing_is_booked(door, volunteer, typed, sentence):
    door.asks(door.wrote("room", "willow", capacity=8))
    book(volunteer, **typed)
    assert volunteer.status == 400
    assert sentence in volunteer.page
    assert bookings(door) == []


def test_a_closed_day_is_no_day_to_book(door, volunteer):
    door.asks(door.wrote("closed_day", date="2026-11-25", room="hub"))
    book(volunteer)
    assert "is shut on one of these days" in volunteer.page


def test_a_series_is_on_each_of_its_days_and_one_day_can_be_given_up(door, volunteer):
    book(volunteer, repeat="weekly", until="2026-12-09")
    volunteer.get("/rooms/willow?day=2026-12-02")
    assert volunteer.page.count("Bike repair") == 1
    cancels = [f for f in volunteer.forms() if f.action.endswith("/cancel")]
    volunteer.post(cancels[0].action, cancels[0].said)
    volunteer.get("/rooms/willow?day=2026-12-02")
    assert "Bike repair" not in volunteer.page
    volunteer.get("/rooms/willow?day=2026-11-25")
    assert volunteer.page.count("Bike repair") == 1


def test_all_days_ahead_can_be_given_up_and_past_days_stay(village, door, volunteer):
    book(volunteer, repeat="weekly", until="2026-12-09")
    village.pass_(days=4)
    volunteer.get("/rooms/willow?day=2026-12-02")
    whole = next(
        f for f in volunteer.forms() if f.action.endswith("/cancel") and "day" not in f.said
    )
    volunteer.post(whole.action, whole.said)
    (one,) = bookings(door)
    assert (one["cancelled"], one["cancelled_on"]) == (1, "2026-12-02")
    volunteer.get("/rooms/willow?day=2026-11-25")
    assert volunteer.page.count("Bike repair") == 1


def test_a_day_that_is_over_is_not_given_up(village, door, volunteer):
    book(volunteer)
    volunteer.get("/rooms/willow?day=2026-11-25")
    cancel = next(f for f in volunteer.forms() if f.action.endswith("/cancel"))
    village.pass_(days=4)
    assert volunteer.post(cancel.action, cancel.said).status_code == 400


@pytest.mark.parametrize("day", ["x", "0001-01-01", "9999-12-31", "2026-02-30"])
def test_a_day_that_no_calendar_has_is_today(volunteer, day):
    assert volunteer.get(f"/rooms?day={day}").status_code == 200
    assert "Mon 23 Nov" in volunteer.page
