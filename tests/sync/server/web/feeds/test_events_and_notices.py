"""Events and notices over HTTP, as a calendar and as Atom."""

import json

from icalendar import Calendar

from tests.sync.server.web.feeds.asked import (
    ATOM,
    entries,
    feed,
    summaries,
    titles,
)


def test_the_hub_s_events_are_a_calendar_in_the_language_that_is_asked_for(door, browser):
    assert summaries(feed(browser, "events.ics?lang=en")) == ["Soup"]
    assert summaries(feed(browser, "events.ics?lang=es")) == ["Sopa"]
    assert summaries(feed(browser, "events.ics", **{"Accept-Language": "en-GB"})) == ["Soup"]
    assert summaries(feed(browser, "events.ics", **{"Accept-Language": "de"})) == ["Sopa"]


def test_a_feed_of_notices_says_in_which_language_each_is(door, browser):
    page = feed(browser, "notices.atom?lang=en")
    (one,) = entries(page)
    assert one.find("a:title", ATOM).text == "Un guante (in Spanish)"
    assert one.find("a:content", ATOM).text == '<p lang="es">Rojo</p>'
    assert titles(feed(browser, "notices.atom?lang=es")) == ["Un guante"]


def test_only_what_hangs_on_the_board_now_is_in_the_feed(village, door, browser):
    days = {"first_day": "2026-11-23", "last_day": "2026-11-23"}
    at = "2026-11-23T10:00:00Z"
    door.asks(
        door.wrote(
            "notice",
            "later",
            title__en="Later",
            first_day="2026-11-24",
            last_day="2026-11-25",
        ),
        door.wrote(
            "notice", "over", title__en="Over", first_day="2026-11-20", last_day="2026-11-22"
        ),
        door.wrote(
            "notice", "night", title__en="Night", **{"from": "22:00", "to": "02:00"}, **days
        ),
        door.wrote("notice", "gone", title__en="Gone", withdrawn={"by": "x", "at": at}, **days),
    )
    assert titles(feed(browser, "notices.atom?lang=es")) == ["Un guante"]
    village.until("2026-11-24T00:30:00+01:00")
    assert "Night (en inglés)" in titles(feed(browser, "notices.atom?lang=es"))


def test_an_entry_keeps_its_id_when_it_is_changed_and_says_when(village, door, browser):
    def read():
        (one,) = entries(feed(browser, "notices.atom"))
        return [one.find(f"a:{name}", ATOM).text for name in ("id", "updated")]

    before = read()
    village.pass_(hours=1)
    door.asks(door.wrote("notice", "found", body__es="Azul"))
    after = read()
    assert (before[0], before[1] < after[1]) == (after[0], True)


def test_an_event_s_entry_says_when_and_where(door, browser):
    (one,) = entries(feed(browser, "events.atom?lang=en"))
    content = one.find("a:content", ATOM).text
    assert content.startswith('<p lang="en">Mon 23 Nov, 13:00–14:30<br/>Quiet Room')
    assert "Bring a spoon" in content


def later(page, than):
    """What a calendar says of its only item, and whether that was written later than before."""
    (one,) = Calendar.from_ical(page).walk("VEVENT")
    return str(one["STATUS"]), one["DTSTAMP"].dt > than


def test_a_day_of_an_event_that_is_cancelled_is_said_everywhere(village, door, browser):
    (before,) = Calendar.from_ical(feed(browser, "events.ics")).walk("VEVENT")
    village.pass_(minutes=1)
    soup = {"booking": "soup", "date": "2026-11-23", "cancelled": 1}
    door.asks(door.wrote("booking_day", door.day({"id": "soup"}, "2026-11-23"), **soup))
    assert later(feed(browser, "events.ics"), before["DTSTAMP"].dt) == ("CANCELLED", True)
    assert titles(feed(browser, "events.atom")) == ["Cancelled: Soup"]
    (today,) = json.loads(feed(browser, "today.json"))["on"]
    assert (today["title"], today["cancelled"]) == ("Soup", True)
