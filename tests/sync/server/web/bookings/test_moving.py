"""Moving a booking: decided at once; until the new time stands, the old one does."""

import pytest

WEEKLY = {"repeat": "weekly", "until": "2026-12-16"}
BIKES = ["18:00–19:00 Bike repair"]


@pytest.fixture
def move(volunteer, bookings):
    """Move what begins at a time, as its page's form does."""

    def moves(where, of, **typed):
        booking = bookings()[where]["id"]
        volunteer.get(f"/bookings/{booking}/move?of={of}")
        if "at" in typed:
            typed["from"] = typed.pop("at")
        return volunteer.send(f"/bookings/{booking}/move", **typed)

    return moves


BEGAN = ("willow", "2026-11-25T18:00:00")


def test_the_form_shows_how_it_stands(book, bookings, volunteer):
    book(**WEEKLY)
    booking = bookings()[BEGAN]["id"]
    volunteer.get(f"/bookings/{booking}/move?of=2026-12-02")
    said = volunteer.form(f"/bookings/{booking}/move").said
    assert (said["room"], said["day"], said["from"]) == ("willow", "2026-12-02", "18:00")
    assert "every Wednesday until 16 December 2026" in volunteer.page.replace("\xa0", " ")


def test_a_booking_goes_to_another_room_and_time_with_all_that_is_said_of_it(
    book, move, bookings, shown, volunteer
):
    book(for_name="Rosa", heads="3")
    move(BEGAN, "2026-11-25", room="quiet", day="2026-11-26", at="10:00", minutes="90")
    assert "Moved." in volunteer.page
    assert shown("willow", "2026-11-25") == []
    assert shown("quiet", "2026-11-26") == ["10:00–11:30 Bike repair"]
    new = bookings()["quiet", "2026-11-26T10:00:00"]["fields"]
    assert (new["confirmed"], new["for_name"], new["heads"]) == (1, "Rosa", 3)
    assert new["moves"] == bookings()[BEGAN]["id"]


def test_it_may_overlap_itself(book, move, shown):
    book()
    move(BEGAN, "2026-11-25", at="18:30")
    assert shown("willow", "2026-11-25") == ["18:30–19:30 Bike repair"]


def test_where_somebody_is_it_stays_where_it_was_and_what_is_free_is_offered(
    book, move, shown, volunteer, bookings
):
    book()
    book(at="20:00", title="Choir")
    move(BEGAN, "2026-11-25", at="19:30")
    assert volunteer.status == 409
    assert "Quiet Room, Wed 25 Nov, 19:30" in volunteer.page
    assert shown("willow", "2026-11-25") == [*BIKES, "20:00–21:00 Choir"]
    assert bookings()[BEGAN]["fields"]["confirmed"] == 1
    move(BEGAN, "2026-11-25", at="19:30")
    offers = [form for form in volunteer.forms() if form.said.get("room") == "quiet"]
    volunteer.post(offers[-1].action, offers[-1].said)
    assert shown("quiet", "2026-11-25") == ["19:30–20:30 Bike repair"]
    assert shown("willow", "2026-11-25") == ["20:00–21:00 Choir"]


def test_one_day_of_a_series_moves_alone(book, move, shown, bookings):
    book(**WEEKLY)
    move(BEGAN, "2026-12-02", scope="day", day="2026-12-03", at="18:30")
    assert shown("willow", "2026-12-02") == []
    assert shown("willow", "2026-12-03") == ["18:30–19:30 Bike repair"]
    assert shown("willow", "2026-12-09") == BIKES
    new = bookings()["willow", "2026-12-03T18:30:00"]["fields"]
    assert (new["confirmed"], new.get("moves", "")) == (1, "")
    assert [one["id"] for one in new["came_from"]] == [bookings()[BEGAN]["id"]]


def test_one_day_may_overlap_where_it_was(book, move, shown):
    book(**WEEKLY)
    move(BEGAN, "2026-12-02", scope="day", at="18:30")
    assert shown("willow", "2026-12-02") == ["18:30–19:30 Bike repair"]


def test_a_day_that_cannot_move_is_not_given_up(book, move, shown, volunteer):
    book(**WEEKLY)
    book(day="2026-12-02", at="20:00", title="Choir")
    move(BEGAN, "2026-12-02", scope="day", at="20:30")
    assert volunteer.status == 409
    assert shown("willow", "2026-12-02") == [*BIKES, "20:00–21:00 Choir"]


def test_all_days_ahead_move_by_as_much_and_past_ones_stay(village, book, move, shown, bookings):
    book(**WEEKLY, but=["2026-12-09"])
    village.pass_(days=4)
    move(BEGAN, "2026-12-16", scope="all", day="2026-12-15", at="10:00", room="quiet")
    assert shown("willow", "2026-11-25") == BIKES
    assert shown("willow", "2026-12-02") == []
    assert shown("quiet", "2026-12-01") == ["10:00–11:00 Bike repair"]
    assert shown("quiet", "2026-12-08") == [], "the day that was left out moves with them"
    assert shown("quiet", "2026-12-15") == ["10:00–11:00 Bike repair"]
    assert bookings()["quiet", "2026-12-01T10:00:00"]["fields"]["rule"].startswith("FREQ=WEEKLY")


def test_days_ahead_move_all_or_none_for_none_may_lose_its_old_time(book, move, shown, volunteer):
    book(**WEEKLY)
    book(day="2026-12-02", at="20:00", title="Choir")
    move(BEGAN, "2026-11-25", scope="all", at="20:00")
    assert volunteer.status == 409
    assert shown("willow", "2026-12-02") == [*BIKES, "20:00–21:00 Choir"]
    assert "skips" not in volunteer.page
    move(BEGAN, "2026-11-25", scope="all", at="20:00", skips="yes")
    assert volunteer.status == 409
    assert shown("willow", "2026-12-02") == [*BIKES, "20:00–21:00 Choir"]
    assert shown("willow", "2026-12-09") == BIKES


@pytest.fixture
def promises_nothing(village):
    """A server that was restored just now: what is asked for stays pencilled in."""
    from sqlalchemy import update

    from sync.server.database.models import Device, HubRow

    def restored():
        with village.database.writing() as connection:
            connection.execute(update(HubRow).values(recovering_ms=village.ms))
            connection.execute(update(Device).values(seen_ms=village.ms))

    return restored


def test_while_a_restored_server_promises_nothing_no_yes_is_given_up(
    book, move, shown, volunteer, promises_nothing
):
    book(**WEEKLY)
    promises_nothing()
    move(BEGAN, "2026-12-02", scope="day", at="20:00")
    assert "cannot be promised just now" in volunteer.page
    assert shown("willow", "2026-12-02") == BIKES
    move(BEGAN, "2026-11-25", scope="all", at="20:00")
    assert "The new time is pencilled in" in volunteer.page
    assert shown("willow", "2026-12-02") == [*BIKES, "20:00–21:00 Bike repair"]
    move(BEGAN, "2026-11-25", scope="all", at="21:00")
    assert "It is being moved already" in volunteer.page


@pytest.mark.parametrize("room", ["willow", "quiet"])
def test_what_was_not_moved_after_all_can_be_moved_again(
    book, move, bookings, volunteer, promises_nothing, room
):
    book()
    promises_nothing()
    move(BEGAN, "2026-11-25", at="20:00", room=room)
    asked = bookings()[room, "2026-11-25T20:00:00"]["id"]
    volunteer.get(f"/rooms/{room}?day=2026-11-25")
    volunteer.send(f"/bookings/{asked}/cancel", day="2026-11-25")
    move(BEGAN, "2026-11-25", at="21:00")
    assert "The new time is pencilled in" in volunteer.page


def test_what_was_extended_at_a_door_is_moved_at_a_door(village, book, bookings, move, volunteer):
    book()
    old = bookings()[BEGAN]
    door = village.door().catches_up()
    longer = {
        "room": "willow",
        "starts": "2026-11-25T19:00:00",
        "minutes": 45,
        "extends": old["id"],
    }
    door.asks(door.wrote("booking", **longer))
    move(BEGAN, "2026-11-25", at="20:00")
    assert "It was extended since" in volunteer.page


def test_a_move_whose_time_is_over_is_in_nobodys_way(
    village, book, move, volunteer, promises_nothing
):
    book(day="2026-11-27")
    promises_nothing()
    move(("willow", "2026-11-27T18:00:00"), "2026-11-27", day="2026-11-25")
    assert "The new time is pencilled in" in volunteer.page
    village.until("2026-11-26T12:00:00Z")
    promises_nothing()
    move(("willow", "2026-11-27T18:00:00"), "2026-11-27", day="2026-11-28")
    assert "The new time is pencilled in" in volunteer.page


@pytest.mark.parametrize(
    ("now", "of", "typed", "sentence"),
    [
        ("2026-11-27T12:00:00Z", "2026-11-25", {"scope": "day"}, "has begun or gone by"),
        ("", "2026-11-25", {"day": "2026-11-20"}, "has begun or gone by"),
        ("2026-11-25T17:30:00Z", "2026-12-02", {"scope": "all"}, "running just now"),
        ("", "2026-11-25", {"day": "soon"}, "no day or hour"),
        ("", "2026-11-25", {"minutes": "0"}, "no day or hour"),
    ],
)
def test_what_cannot_be_moved_is_said(
    village, book, move, bookings, volunteer, now, of, typed, sentence
):
    book(**WEEKLY)
    if now:
        village.until(now)
    move(BEGAN, of, **typed)
    assert volunteer.status == 400
    assert sentence in volunteer.page
    assert len(bookings()) == 1


def test_days_that_no_rule_has_are_moved_one_by_one(book, move, bookings, volunteer):
    book(repeat="monthly", times="4")
    move(BEGAN, "2026-11-25", scope="all", day="2026-11-30")
    assert "Move them one by one" in volunteer.page
    assert len(bookings()) == 1


@pytest.mark.parametrize("path", ["nobodys", "nobodys/x"])
def test_a_booking_that_is_not_there_is_not_moved(volunteer, path):
    assert volunteer.get(f"/bookings/{path}/move").status_code == 404


def test_a_day_that_a_booking_does_not_have_is_not_moved(book, bookings, volunteer):
    book()
    booking = bookings()[BEGAN]["id"]
    volunteer.get(f"/bookings/{booking}/move?of=2026-11-25")
    volunteer.send(f"/bookings/{booking}/move", of="2026-11-26")
    assert volunteer.status == 404
    assert len(bookings()) == 1
