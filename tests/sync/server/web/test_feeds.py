"""Feeds over HTTP: what they hold and never hold, who reads them, and for how long."""

import gzip
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from icalendar import Calendar

from sync.server.web.feeds.secret import renew
from tests.sync.server.village import HUB, OTHER

PUBLIC = ("events.ics", "events.atom", "notices.atom", "today.json")
DOCS = Path(__file__).parents[4] / "docs" / "feeds.md"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
SECRETS = ("Rosa Marín", "Rosa", "for Luis", "the small ones", "p-rosa", "600 123 456", "doctor")


@pytest.fixture
def door(village):
    """A hub in two languages, Monday 23 November, 11:33; with all that nobody else may read."""
    door = village.door().house(willow="Willow Room", quiet="Quiet Room").catches_up()
    hub = door.wrote(
        "hub", HUB, name__en="La Ronda", name__es="La Ronda Común", languages=["es", "en"]
    )
    rosa = door.wrote("person", "p-rosa", name="Rosa Marín", contact="600 123 456")
    bikes = door.booked(
        "willow",
        "2026-11-23T18:00:00",
        title__en="Bike repair",
        person="p-rosa",
        for_name="for Luis",
        note="the small ones",
        heads=7,
    )
    doctor = door.booked(
        "willow", "2026-11-24T10:00:00", title__en="doctor", private=True, person="p-rosa"
    )
    soup = door.wrote(
        "event",
        "soup",
        title__en="Soup",
        title__es="Sopa",
        about__en="Bring a spoon",
        host="p-rosa",
        room="quiet",
        starts="2026-11-23T13:00:00",
        minutes=90,
    )
    join = door.wrote("join", event="soup", date="2026-11-23", name="Rosa", heads=2)
    notice = door.wrote(
        "notice",
        "found",
        kind="lost_found",
        title__es="Un guante",
        body__es="Rojo",
        first_lang="es",
        first_day="2026-11-20",
        last_day="2026-11-30",
        owner="p-rosa",
        by_name="Rosa",
        contact="600 123 456",
    )
    door.asks(hub, rosa, bikes, doctor, soup, join, notice)
    return door


@pytest.fixture
def secret(village, door):
    with village.database.writing() as connection:
        return renew(connection, HUB, village.ms)


def of_room(secret, room="willow", hub=HUB):
    return f"/feeds/{hub}/{secret}/{room}/room.ics"


def feed(browser, name, **headers):
    browser.get(name if name.startswith("/") else f"/feeds/{HUB}/{name}", **headers)
    assert browser.status == 200, browser.page
    return browser.page


def entries(page):
    return ET.fromstring(page).findall("a:entry", ATOM)  # noqa: S314  # our own


def titles(page):
    return [one.find("a:title", ATOM).text for one in entries(page)]


def summaries(page):
    return [str(one["summary"]) for one in Calendar.from_ical(page).walk("VEVENT")]


@pytest.mark.acceptance(12, 43)
def test_what_is_private_is_in_no_feed(door, secret, browser):
    for name in (*PUBLIC, of_room(secret), *(f"{one}?lang=es" for one in PUBLIC)):
        page = feed(browser, name).replace("\r\n ", "")
        assert not [one for one in SECRETS if one in page], name


def test_a_room_s_calendar_says_when_and_what_for_but_not_for_whom(door, secret, browser):
    assert summaries(feed(browser, of_room(secret) + "?lang=es")) == [
        "Bike repair (en inglés)",
        "Privada",
    ]
    page = feed(browser, of_room(secret))
    assert summaries(page) == ["Bike repair", "Private"]
    assert "LOCATION:Willow Room\\, La Ronda" in page
    assert "DTSTART;TZID=Europe/Madrid:20261123T180000" in page


def test_a_calendar_describes_itself_as_rfc_7986_says(door, secret, browser):
    door.asks(door.wrote("room", "willow", name__en="Willow, the big one", colour="#5B7F3A"))
    page = feed(browser, of_room(secret) + "?lang=en").replace("\r\n ", "")
    assert "\r\nNAME:Willow\\, the big one (La Ronda)\r\n" in page
    assert "\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in page
    assert f"\r\nSOURCE;VALUE=URI:http://testserver.local{of_room(secret)}?lang=en\r\n" in page
    assert "\r\nCOLOR:darkolivegreen\r\n" in page
    assert max(len(line.encode()) for line in browser.page.split("\r\n")) <= 75


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


def test_today_says_hours_events_rooms_and_notices(door, browser):
    said = json.loads(feed(browser, "today.json?lang=en"))
    assert (said["day"], said["lang"]) == ("2026-11-23", "en")
    assert said["open"]["now"] is True
    assert said["open"]["until"] == "2026-11-23T22:00:00+01:00"
    assert [(one["title"], one["start"]) for one in said["on"]] == [
        ("Soup", "2026-11-23T13:00:00+01:00")
    ]
    assert [(one["name"], one["state"]) for one in said["rooms"]] == [
        ("Quiet Room", "free"),
        ("Willow Room", "free"),
    ]
    assert [one["title"] for one in said["notices"]] == ["Un guante (in Spanish)"]


def shape(value):
    if isinstance(value, dict):
        return {name: shape(item) for name, item in value.items()}
    return [shape(value[0])] if isinstance(value, list) else None


def test_the_documentation_shows_today_as_it_is_said(door, browser):
    (written,) = re.findall(r"```json\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    said = json.loads(feed(browser, "today.json"))
    assert shape(json.loads(written)) == shape(said)


def test_a_web_site_s_script_may_read_today_and_nothing_else(door, secret, browser):
    feed(browser, "today.json")
    assert browser.headers["access-control-allow-origin"] == "*"
    feed(browser, of_room(secret))
    assert "access-control-allow-origin" not in browser.headers
    said = browser.client.options(f"/feeds/{HUB}/today.json", headers={"Origin": "https://a.b"})
    assert "access-control-allow-origin" not in said.headers


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


def test_a_feed_travels_packed(door, browser):
    with browser.client.stream(
        "GET", f"/feeds/{HUB}/events.ics", headers={"Accept-Encoding": "gzip"}
    ) as answer:
        packed = b"".join(answer.iter_raw())
    assert gzip.decompress(packed).startswith(b"BEGIN:VCALENDAR\r\n")


def test_a_steward_gives_the_rooms_new_addresses_and_the_old_ones_are_gone(door, steward):
    steward.get("/feeds")
    assert "/willow/room.ics" not in steward.page
    steward.send("/feeds/renew")
    old = next(part for part in steward.page.split("<") if "/willow/room.ics" in part)
    old = "/feeds/" + old.split("/feeds/")[1]
    feed(steward, old)
    steward.get("/feeds")
    steward.send("/feeds/renew")
    assert old not in steward.page
    steward.get(old)
    assert steward.status == 410
    assert steward.page.startswith("This address leads nowhere any more")
    assert "set-cookie" not in steward.headers


def test_a_volunteer_sees_the_addresses_and_cannot_renew_them(door, secret, volunteer):
    volunteer.get("/feeds")
    assert of_room(secret) in volunteer.page
    assert "/feeds/renew" not in volunteer.page


def test_a_secret_opens_the_rooms_of_its_own_hub_only(village, door, secret, browser):
    village.add(OTHER)
    with village.database.writing() as connection:
        theirs = renew(connection, OTHER, village.ms)
    assert browser.get(of_room(theirs)).status_code == 410
    assert browser.get(of_room(secret, hub=OTHER)).status_code == 410
    assert browser.get(of_room(theirs, hub=OTHER)).status_code == 404


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
