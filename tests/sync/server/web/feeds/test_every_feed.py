"""What is true of every feed: nothing private, no cookie, few bytes where nothing changed."""

import gzip
import json

import pytest
from icalendar import Calendar

from sync.server.web.feeds.shelf import MOST, Shelf
from tests.sync.server.village import HUB, OTHER
from tests.sync.server.web.feeds.asked import (
    PUBLIC,
    entries,
    feed,
    of_room,
)

SECRETS = ("Rosa Marín", "Rosa", "for Luis", "the small ones", "p-rosa", "600 123 456", "doctor")


@pytest.mark.acceptance(12, 43)
def test_what_is_private_is_in_no_feed(door, secret, browser):
    for name in (*PUBLIC, of_room(secret), *(f"{one}?lang=es" for one in PUBLIC)):
        page = feed(browser, name).replace("\r\n ", "")
        assert not [one for one in SECRETS if one in page], name


@pytest.mark.parametrize("name", PUBLIC)
def test_a_feed_that_did_not_change_is_said_so_in_few_bytes(village, door, browser, name):
    feed(browser, name)
    etag = browser.headers["etag"]
    again = browser.get(f"/feeds/{HUB}/{name}", **{"If-None-Match": f'"other", {etag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
    village.pass_(minutes=2)
    door.asks(
        door.wrote("notice", "found", title__es="Dos guantes"),
        door.wrote("event", "soup", title__es="Más sopa"),
    )
    assert browser.get(f"/feeds/{HUB}/{name}", **{"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("name", PUBLIC)
def test_no_feed_sets_a_cookie_or_reads_one(door, steward, name):
    steward.client.cookies.set("lang", "en")
    here = feed(steward, name)
    assert "set-cookie" not in steward.headers
    assert "Cookie" not in steward.headers["vary"]
    steward.client.cookies.clear()
    assert feed(steward, name) == here


@pytest.mark.parametrize(
    ("name", "media"),
    [
        ("events.ics", "text/calendar; charset=utf-8"),
        ("events.atom", "application/atom+xml"),
        ("today.json", "application/json"),
    ],
)
def test_a_feed_says_what_it_is(door, browser, name, media):
    feed(browser, name)
    assert browser.headers["content-type"] == media


def test_a_feed_travels_packed(door, browser):
    with browser.client.stream(
        "GET", f"/feeds/{HUB}/events.ics", headers={"Accept-Encoding": "gzip"}
    ) as answer:
        packed = b"".join(answer.iter_raw())
    assert gzip.decompress(packed).startswith(b"BEGIN:VCALENDAR\r\n")


def test_a_feed_is_made_once_a_minute_unless_the_hub_goes_on():
    shelf, made = Shelf(), []

    def ask(seq, now_ms, name="a"):
        return shelf.get((name,), seq, now_ms, lambda: made.append(now_ms) or b"%d" % len(made))

    asked = [ask(1, 0), ask(1, 59_999), ask(2, 59_999), ask(2, 60_000), ask(2, 60_001)]
    assert asked == [b"1", b"1", b"2", b"3", b"3"]
    for n in range(MOST):
        ask(1, 0, str(n))
    count = len(made)
    assert (ask(1, 0, "1"), len(made)) == (b"5", count)
    ask(2, 60_001)
    assert len(made) == count + 1


@pytest.mark.parametrize("hub", ["x", "%00", OTHER, "..%2f", "%F0%9F%8D%B2"])
def test_a_hub_that_is_not_here_has_no_feeds_and_that_is_said_plainly(door, browser, hub):
    for name in (*PUBLIC, "secret/willow/room.ics"):
        browser.get(f"/feeds/{hub}/{name}")
        assert (browser.status, "set-cookie" in browser.headers) == (404, False)


def test_whatever_stands_in_a_text_a_feed_stays_a_feed(door, secret, browser):
    evil = 'A\r\nEND:VCALENDAR\x00\x0b\u2028<script>&"\ud7ff</title>'.encode().decode()
    door.asks(
        door.wrote(
            "notice",
            "evil",
            **{"title__e\r\ns": evil},
            title__en=evil,
            body__en=evil,
            first_day="2026-11-20",
            last_day="2026-11-30",
        ),
        door.wrote(
            "event",
            "evil",
            title__en=evil,
            about__en=evil,
            room="quiet",
            starts="2026-11-23T13:00:00",
            minutes=30,
        ),
        door.booked("willow", "2026-11-26T18:00:00", title__en=evil),
    )
    assert len(Calendar.from_ical(feed(browser, of_room(secret))).walk("VEVENT")) == 3
    assert len(Calendar.from_ical(feed(browser, "events.ics")).walk("VEVENT")) == 2
    for name in ("notices.atom", "events.atom"):
        assert len(entries(feed(browser, name))) == 2
        assert "<script>" not in browser.page
    assert len(json.loads(feed(browser, "today.json"))["notices"]) == 2
