"""What is done at the pages of rooms and bookings before they are looked at.

Any: Playwright's page; the text is the server's address.
"""

from __future__ import annotations

from typing import Any


def take_what_is_taken(page: Any, address: str) -> None:
    """Book a room at an hour that somebody has."""
    page.fill("#title", "Bread")
    page.fill("#day", "2026-11-25")
    page.fill("#from", "18:30")
    page.click("form[action$='/book'] button.primary")
    page.wait_for_selector(".banner.stop")


def repeat_over_what_is_taken(page: Any, address: str) -> None:
    """Book every Wednesday at an hour that somebody has on some of them."""
    page.fill("#title", "Bread")
    page.fill("#day", "2026-11-25")
    page.fill("#from", "10:30")
    page.click("form[action$='/book'] summary")
    page.select_option("#repeat", "weekly")
    for day in ("wed", "thu"):
        page.check(f"[name=on][value={day}]")
    page.fill("#times", "4")
    page.fill("[name=but]", "2026-12-03")
    page.click("form[action$='/book'] button.primary")
    page.wait_for_selector("button[name=skips]")


def move_to_what_is_taken(page: Any, address: str) -> None:
    """Move one day of a series to an hour that somebody has."""
    page.fill("#from", "10:30")
    page.click("form[action$='/move'] button.primary")
    page.wait_for_selector(".banner.stop")


def retire_what_is_booked(page: Any, address: str) -> None:
    """Ask for a room to go out of use while bookings lie ahead."""
    page.click("details:has(form[action$='/retire']) summary")
    page.click("form[action$='/retire'] button.stop")
    page.wait_for_url("**/retire")


def enter_no_address(page: Any, address: str) -> None:
    """Have a room listen to what is no address of a calendar."""
    page.fill("#name", "The choir")
    page.fill("#address", "ftp://calendar.example/x.ics")
    page.click("form[action$='/calendars'] button.primary")
    page.wait_for_selector(".banner.stop")
