"""Today, for a web site: hours, what is on, rooms, notices."""

import json
import re
from pathlib import Path

import pytest

from tests.sync.server.village import HUB
from tests.sync.server.web.feeds.asked import (
    feed,
    of_room,
)

DOCS = Path(__file__).parents[5] / "docs" / "feeds.md"


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


def test_today_shows_no_notice_before_or_after_its_hours(village, door, browser):
    door.asks(door.wrote("notice", "found", **{"from": "12:00", "to": "13:00"}))
    seen = []
    for clock in ("11:59", "12:00", "13:00"):
        village.until(f"2026-11-23T{clock}:00+01:00")
        seen.append(len(json.loads(feed(browser, "today.json"))["notices"]))
    assert seen == [0, 1, 0]


@pytest.mark.parametrize(
    ("clock", "titles"),
    [
        ("2026-11-23T23:59:00+01:00", ["Soup", "Party"]),
        ("2026-11-24T00:05:00+01:00", ["Party", "Film"]),
        ("2026-11-24T01:00:00+01:00", ["Film"]),
    ],
)
def test_today_says_an_event_that_passes_midnight_until_its_end(
    village, door, browser, clock, titles
):
    for title, starts in (("Party", "2026-11-23T21:00:00"), ("Film", "2026-11-24T18:00:00")):
        door.asks(door.wrote("event", title, title__en=title, starts=starts, minutes=240))
    village.until(clock)
    said = json.loads(feed(browser, "today.json?lang=en"))
    assert [one["title"] for one in said["on"]] == titles


@pytest.mark.parametrize(
    ("clock", "now", "until", "after"),
    [
        ("2026-11-23T22:00:00+01:00", False, None, "2026-11-24T12:00:00+01:00"),
        ("2026-11-24T11:59:00+01:00", False, None, "2026-11-24T12:00:00+01:00"),
        (
            "2026-11-24T12:00:00+01:00",
            True,
            "2026-11-24T14:00:00+01:00",
            "2026-11-25T09:00:00+01:00",
        ),
    ],
)
def test_today_says_when_the_house_opens_and_why_it_has_other_hours(
    village, door, browser, clock, now, until, after
):
    open_ = [["12:00", "14:00"]]
    why = {"why__en": "Market day"}
    door.asks(door.wrote("closed_day", date="2026-11-24", room="hub", open=open_, **why))
    village.until(clock)
    said = json.loads(feed(browser, "today.json"))["open"]
    assert (said["now"], said["until"], said["next"]) == (now, until, after)
    assert said["why"] == ("Market day" if clock.startswith("2026-11-24") else "")


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
