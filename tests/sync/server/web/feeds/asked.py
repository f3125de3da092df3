"""Feeds as others ask for them and read them."""

import xml.etree.ElementTree as ET

from icalendar import Calendar

from tests.sync.server.village import HUB

PUBLIC = ("events.ics", "events.atom", "notices.atom", "today.json")
ATOM = {"a": "http://www.w3.org/2005/Atom"}


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
