"""A room's page and the board: what is free is a link to the form, and what holds there is said."""

import datetime as dt
import re
from html import unescape

import pytest

from sync.records.hub import WEEKDAYS, Hub
from sync.server.web.bookings.day_view import drawn_hours
from tests.sync.records.referee import a_diary


@pytest.fixture
def links(volunteer):
    """Give where the links of what is free lead, of a page."""

    def found(path):
        volunteer.get(path)
        every = re.findall(r'<a class="chip" href="(/rooms/[^"]*from=[^"]*)"', volunteer.page)
        return [unescape(one) for one in every]

    return found


@pytest.mark.parametrize("path", ["/rooms?day=2026-11-25", "/rooms/willow?day=2026-11-25"])
def test_what_is_free_is_a_link_to_the_form_filled_in(book, links, volunteer, path):
    book()
    free = [one for one in links(path) if "willow" in one and "2026-11-25" in one]
    assert free == [
        "/rooms/willow?day=2026-11-25&from=09%3A00&minutes=60#book",
        "/rooms/willow?day=2026-11-25&from=19%3A00&minutes=60#book",
    ]
    volunteer.get(free[1].partition("#")[0])
    form = volunteer.form("/rooms/willow/book")
    assert (form.said["day"], form.said["from"]) == ("2026-11-25", "19:00")
    volunteer.send("/rooms/willow/book", title="Choir")
    volunteer.get("/rooms?day=2026-11-25")
    assert "19:00–20:00 Choir" in volunteer.page


def test_a_length_that_was_dragged_is_in_the_form(volunteer):
    volunteer.get("/rooms/willow?day=2026-11-25&from=10:15&minutes=105")
    assert volunteer.form("/rooms/willow/book").said["minutes"] == "105"
    assert "1 h 45 min" in volunteer.page


@pytest.mark.parametrize("minutes", ["x", "0", "-5", "99999", "9" * 5000])
def test_a_length_that_no_form_has_is_not_offered(volunteer, minutes):
    volunteer.get(f"/rooms/willow?minutes={minutes}")
    assert volunteer.status == 200
    assert volunteer.form("/rooms/willow/book").said.get("minutes") is None


def test_the_drawing_has_the_same_links_and_is_passed_over_by_keyboard_and_reader(book, volunteer):
    book()
    for path in ("/rooms?day=2026-11-25", "/rooms/willow?day=2026-11-25"):
        volunteer.get(path)
        drawings = re.findall(r'<svg class="(?:board|track)"[^>]*>', volunteer.page)
        drawn = set(re.findall(r'<a href="([^"]*)" tabindex="-1"', volunteer.page))
        listed = set(re.findall(r'<a class="chip" href="([^"]*from=[^"]*)"', volunteer.page))
        assert drawn == listed
        assert drawings
        assert all('aria-hidden="true"' in one for one in drawings)


def test_neither_the_past_nor_a_gap_too_short_is_free(village, book, links):
    book(day="2026-11-23", at="12:00", minutes="60")
    book(day="2026-11-23", at="13:10", minutes="60")
    village.until("2026-11-23T10:40:00Z")
    today = [one for one in links("/rooms?day=2026-11-23") if "willow" in one]
    assert [re.search("from=(..)%3A(..)", one).groups() for one in today] == [
        ("11", "40"),
        ("14", "10"),
    ]
    assert links("/rooms?day=2026-11-22") == []


def test_buffers_are_kept_free_on_both_sides(door, book, links):
    door.asks(door.wrote("room", "willow", buffer_min=15))
    book()
    free = [one for one in links("/rooms?day=2026-11-25") if "willow" in one]
    assert "from=19%3A15" in free[1]


def test_a_closed_day_says_so_and_has_nothing_free(door, links, volunteer):
    door.asks(
        door.wrote("closed_day", date="2026-11-25", room="hub", why__en="Rest day"),
        door.wrote("closed_day", date="2026-11-26", room="willow", open=[["10:00", "12:00"]]),
    )
    assert links("/rooms?day=2026-11-25") == []
    assert "Shut: Rest day" in volunteer.page
    assert [one for one in links("/rooms?day=2026-11-26") if "willow" in one] == [
        "/rooms/willow?day=2026-11-26&from=10%3A00&minutes=60#book"
    ]
    volunteer.get("/rooms/willow")
    assert "Wed 25 Nov 2026 · Shut: Rest day" in volunteer.page
    assert "Thu 26 Nov 2026 · 10:00-12:00" in volunteer.page


def rules(volunteer):
    volunteer.get("/rooms/willow")
    listed = volunteer.page.partition('class="plain rules">')[2].partition("</ul>")[0]
    return re.findall("<li>(.*?)</li>", listed)


def test_what_holds_in_a_room_is_said(door, volunteer):
    door.asks(
        door.wrote(
            "room",
            "willow",
            buffer_min=15,
            features__en="a sink, no steps",
            open__sun=[["10:00", "12:00"]],
        ),
        door.wrote("hub", door.who.hub, open__sat=[], settings__book_max_min=90),
    )
    assert rules(volunteer) == [
        "Monday – Friday: 09:00-22:00",
        "Saturday: Shut",
        "Sunday: 10:00-12:00",
        "Everybody with a name may book it.",
        "At the door for 1 h 30 min at most, up to 90 days ahead.",
        "Volunteers may book for longer and outside these hours, but not on days that are shut.",
        "15 min between two bookings.",
        "Free again 15 min after the beginning if nobody comes.",
        "There is: a sink, no steps.",
    ]


def test_a_room_that_nobody_books_offers_nothing(door, links, volunteer):
    door.asks(door.wrote("room", "willow", bookable="nobody"))
    assert rules(volunteer) == ["Monday – Sunday: 09:00-22:00", "It is not booked."]
    assert [one for one in links("/rooms?day=2026-11-25") if "willow" in one] == []


@pytest.mark.parametrize(
    ("tuesday", "drawn"), [((("10:00", "18:00"),), (0, 18)), ((), (0, 22)), (None, (0, 24))]
)
def test_after_midnight_an_evening_that_goes_on_is_drawn(tuesday, drawn):
    late = (("18:00", "02:00"),)
    hours = dict.fromkeys(WEEKDAYS, late) | {"tue": late if tuesday is None else tuesday}
    begin, end = drawn_hours(a_diary(hub=Hub(open=hours)), dt.date(2026, 11, 24))
    assert (begin, end) == drawn
