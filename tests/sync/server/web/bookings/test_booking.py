"""Booking in a series: days left out, days that cannot be had, what is offered instead."""

import pytest

from sync.server.web.shield import form_token

WEEKLY = {"repeat": "weekly", "until": "2026-12-16"}


def rule_of(bookings):
    (one,) = bookings().values()
    return one["fields"]["rule"]


def test_chosen_weekdays_begin_on_the_first_of_them(book, bookings, shown):
    book(repeat="weekly", on=["thu", "fri"], times="3")
    (one,) = bookings().values()
    assert one["fields"]["starts"] == "2026-11-26T18:00:00"
    assert one["fields"]["rule"] == "FREQ=WEEKLY;BYDAY=TH,FR;COUNT=3"
    assert shown("willow", "2026-11-25") == []
    assert shown("willow", "2026-12-03") == ["18:00–19:00 Bike repair"]


def test_a_series_is_said_in_words_with_the_days_that_it_leaves_out(book, volunteer, door):
    book(**WEEKLY, but=["2026-12-02", "", "2027-01-01"])
    volunteer.get("/rooms/willow?day=2026-11-25")
    words = "every Wednesday until 16 December 2026, not on 2 December"
    assert words in volunteer.page.replace("\xa0", " ")
    door.catches_up()
    off = [body["fields"] for (kind, _), body in door.holds.items() if kind == "booking_day"]
    assert [(one["date"], one["cancelled"]) for one in off] == [("2026-12-02", 1)]


def test_a_day_that_is_left_out_is_free_for_others(book, bookings):
    book(**WEEKLY, but=["2026-12-02"])
    book(day="2026-12-02", title="Choir")
    assert all(one["fields"]["confirmed"] == 1 for one in bookings().values())


def test_a_taken_day_may_be_left_out_where_the_series_needs_it_not(book, bookings, volunteer):
    book(day="2026-12-02", title="Choir")
    book(**WEEKLY, but=["2026-12-02"])
    assert volunteer.status in {200, 303}
    assert len(bookings()) == 2


def test_a_series_with_a_taken_day_says_which_and_takes_the_others_by_one_button(
    book, bookings, shown, volunteer
):
    book(day="2026-12-02", title="Choir")
    book(**WEEKLY)
    assert volunteer.status == 409
    assert "It cannot be on 2 December." in volunteer.page.replace("\xa0", " ")
    assert len(bookings()) == 1
    volunteer.send("/rooms/willow/book", skips="yes")
    series = bookings()["willow", "2026-11-25T18:00:00"]["fields"]
    assert (series["confirmed"], series.get("clash")) == (1, [])
    assert shown("willow", "2026-12-02") == ["18:00–19:00 Choir"]
    assert shown("willow", "2026-12-09") == ["18:00–19:00 Bike repair"]


def test_closed_days_are_left_out_by_the_same_button(book, bookings, volunteer, door):
    door.asks(door.wrote("closed_day", date="2026-12-09", room="hub"))
    book(**WEEKLY)
    assert volunteer.status == 400
    assert "It cannot be on 9 December." in volunteer.page.replace("\xa0", " ")
    volunteer.send("/rooms/willow/book", skips="yes")
    assert bookings()["willow", "2026-11-25T18:00:00"]["fields"]["confirmed"] == 1


def test_where_no_day_can_be_had_none_is_left_out(book, bookings, volunteer):
    book(**WEEKLY)
    book(**WEEKLY, title="Choir", skips="yes")
    assert volunteer.status == 409
    assert "skips" not in dict(volunteer.form("/rooms/willow/book").buttons)
    assert len(bookings()) == 1


def test_what_is_free_instead_is_booked_by_one_tap_with_all_that_was_typed(
    book, bookings, volunteer
):
    book()
    book(title="Choir", heads="3", **WEEKLY)
    offers = [form for form in volunteer.forms() if form.said.get("from") and "room" in form.said]
    quiet = next(form for form in offers if form.said["room"] == "quiet")
    volunteer.post(quiet.action, quiet.said)
    made = bookings()["quiet", "2026-11-25T18:00:00"]["fields"]
    assert (made["title.en"], made["heads"], made["confirmed"]) == ("Choir", 3, 1)
    assert made["rule"].startswith("FREQ=WEEKLY")


def test_a_room_too_small_is_refused_with_one_that_holds_them(book, volunteer, door):
    door.asks(door.wrote("room", "willow", capacity=8), door.wrote("room", "quiet", capacity=40))
    book(heads="20")
    assert "This room holds 8" in volunteer.page
    assert "Quiet Room, Wed 25 Nov, 18:00" in volunteer.page


def test_within_the_other_hours_of_a_day_a_room_is_booked(book, bookings, volunteer, door):
    hours = {"date": "2026-11-25", "room": "hub", "open": [["10:00", "14:00"]]}
    door.asks(door.wrote("closed_day", **hours))
    book(at="13:30")
    assert volunteer.status == 400
    book(at="11:00")
    assert bookings()["willow", "2026-11-25T11:00:00"]["fields"]["confirmed"] == 1


def test_a_room_that_nobody_books_has_no_form_and_is_not_booked(book, bookings, volunteer, door):
    book()
    door.asks(door.wrote("room", "willow", bookable="nobody"))
    volunteer.post(
        "/rooms/willow/book",
        {"token": form_token(volunteer.client.cookies["session"])}
        | {"day": "2026-11-26", "from": "10:00"},
    )
    assert "Nobody books this room" in volunteer.page
    assert "/rooms/willow/book" not in [form.action for form in volunteer.forms()]
    assert len(bookings()) == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"repeat": "weekly"}, "Say until when it repeats"),
        ({"repeat": "weekly", "until": "2026-11-01"}, "before the first one"),
        ({"repeat": "monthly", "times": "53"}, "A series ends"),
        ({"repeat": "daily", "times": "x"}, "no day or hour"),
        ({**WEEKLY, "but": ["Christmas"]}, "no day or hour"),
        ({"repeat": "daily", "times": "1", "but": ["2026-11-25"]}, "A series ends"),
        ({"minutes": "x"}, "no day or hour"),
        ({"day": "9999-12-31"}, "no day or hour"),
    ],
)
def test_a_series_that_cannot_be_is_said(book, bookings, volunteer, typed, sentence):
    book(**typed)
    assert volunteer.status == 400
    assert sentence in volunteer.page
    assert bookings() == {}
