"""Booking with a finger, a mouse or the keyboard: a tap or a drag over what is free, and the form."""

from __future__ import annotations

import datetime as dt
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.web.thumb import PHONE

DAY = dt.date(2026, 11, 27)  # nobody has the Willow Room then
DESK = {"viewport": {"width": 1440, "height": 900}}
BOARDS = {
    "phone, a room": (PHONE, f"/rooms/room-willow?day={DAY}", "svg.track >> nth=0"),
    "desk, a room": (DESK, f"/rooms/room-willow?day={DAY}", "svg.track >> nth=0"),
    "desk, all rooms": (DESK, f"/rooms?day={DAY}", "svg.board"),
}


@pytest.fixture
def opened(chromium, address, signed_in):
    """Give a page that somebody has open."""
    contexts = []

    def opens(path, **more):
        contexts.append(chromium.new_context(storage_state=signed_in, **more))
        page = contexts[-1].new_page()
        page.goto(address + path)
        return page

    yield opens
    for context in contexts:
        context.close()


def at_hour(page, board, hour):
    """Where on the screen an hour of the free day lies."""
    free = page.locator(board).locator("a[href*='room-willow'] rect.free").first
    free.scroll_into_view_if_needed()
    box = free.bounding_box()
    return box["x"] + (hour - 9) / (22 - 9) * box["width"], box["y"] + box["height"] / 2


def asked(page):
    query = parse_qs(urlsplit(page.url).query)
    return query["day"][0], query["from"][0], query["minutes"][0]


def in_form(page):
    return tuple(page.input_value(f"#{name}") for name in ("day", "from", "minutes"))


@pytest.mark.parametrize(("kind", "path", "board"), BOARDS.values(), ids=BOARDS)
def test_dragging_over_a_day_chooses_from_when_to_when(opened, kind, path, board):
    page = opened(path, **kind)
    page.mouse.move(*at_hour(page, board, 10.3))
    page.mouse.down()
    page.mouse.move(*at_hour(page, board, 11), steps=4)
    page.mouse.move(*at_hour(page, board, 12.2), steps=4)
    assert page.locator(f"{board} >> .chosen-said").text_content() == "10:15–12:15"
    page.mouse.up()
    page.wait_for_url("**minutes=120*")
    assert asked(page) == in_form(page) == (str(DAY), "10:15", "120")


def test_dragging_back_or_beyond_what_is_free_stays_within(opened):
    path, board = BOARDS["desk, a room"][1:]
    page = opened(path, **DESK)
    page.mouse.move(*at_hour(page, board, 10))
    page.mouse.down()
    x, y = at_hour(page, board, 9)
    page.mouse.move(x - 60, y, steps=5)
    page.mouse.up()
    page.wait_for_url("**from=09%3A00&minutes=60*")


def test_a_drag_is_given_up_by_escape(opened):
    path, board = BOARDS["desk, a room"][1:]
    page = opened(path, **DESK)
    before = page.url
    page.mouse.move(*at_hour(page, board, 10))
    page.mouse.down()
    page.mouse.move(*at_hour(page, board, 12), steps=4)
    page.keyboard.press("Escape")
    assert page.locator(".chosen").count() == 0
    page.mouse.up()
    assert page.url == before


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without"])
def test_a_tap_opens_the_form_filled_in(opened, scripts):
    path, board = BOARDS["phone, a room"][1:]
    page = opened(path, **PHONE, java_script_enabled=scripts)
    page.touchscreen.tap(*at_hour(page, board, 15))
    page.wait_for_url("**from=09%3A00*")
    assert in_form(page) == (str(DAY), "09:00", "60")


def test_by_keyboard_what_is_free_is_reached_without_the_drawing(opened):
    page = opened(f"/rooms?day={DAY}", **DESK)
    for _press in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.getAttribute('href') || ''")
        assert not page.evaluate("!!document.activeElement.closest('svg')")
        if "room-willow" in focused and "from=" in focused:
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**from=09%3A00*")
    assert in_form(page) == (str(DAY), "09:00", "60")
