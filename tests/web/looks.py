"""Every page that is looked at in a browser: by its path, as the routes say it.

A new page that a browser is given needs a line here (``test_every_page_is_looked_at`` says which):
``"/path/{thing}": (Look("name-of-its-picture"),)``. ``things`` in conftest.py says what stands for
``{thing}``; what a page is only after something was done says how in ``do``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.web.at_notices import (
    hang_a_picture,
    leave_the_title_out,
    look_before_it_hangs,
    save_over_another,
)
from tests.web.at_rooms import (
    enter_no_address,
    move_to_what_is_taken,
    repeat_over_what_is_taken,
    retire_what_is_booked,
    take_what_is_taken,
)
from tests.web.passkey_device import add_a_passkey

Do = Callable[[Any, str], None]
"""Goes on from the page that was opened. Any: Playwright's page; the text is the server's address."""


@dataclass(frozen=True)
class Look:
    """One view of a page. name: of its picture. more: of its address. who: whose session.

    do: what is done there before it is looked at. status: with which the address answers.
    """

    name: str
    more: str = ""
    who: str = "steward"
    do: Do | None = None
    status: int = 200


def find(letters: str) -> Do:
    """Return what types letters into the field of a search."""

    def done(page: Any, address: str) -> None:
        page.fill("input[type=search]", letters)
        page.click("form[role=search] button")
        page.wait_for_load_state("networkidle")

    return done


def enter_nobody(page: Any, address: str) -> None:
    """Enter a person whose name is only spaces."""
    page.click("details.more summary")
    page.fill("#name", "   ")
    page.click("form[action='/people'] button.primary")
    page.wait_for_selector(".banner.stop")


def forget_somebody(page: Any, address: str) -> None:
    """Enter somebody, and forget them."""
    page.click("details.more summary")
    page.fill("#name", "Rosa Prueba")
    page.click("form[action='/people'] button.primary")
    page.wait_for_url("**/people/*said=saved")
    page.click("details.more summary")
    page.check("[name=sure]")
    page.click("form[action$='/erase'] button.stop")
    page.wait_for_selector("a.button[href='/people']")


def make_a_home_card(page: Any, address: str) -> None:
    """Make a card that is printed at home."""
    page.click("form[action$='/home-card'] button")
    page.wait_for_selector(".home-card")


def invite_somebody(page: Any, address: str) -> None:
    """Make the link that somebody new is given."""
    page.fill("#name", "Tomás Herrero")
    page.click("form[action='/volunteers/invite'] button.primary")
    page.wait_for_selector("svg.code")


def sign_in_wrongly(page: Any, address: str) -> None:
    """Type a password that is not the right one."""
    page.fill("#name", "Inés")
    page.fill("#password", "a chair and a kettle")
    page.click("button.primary")
    page.wait_for_selector(".banner.stop")


def keep_names_shorter(page: Any, address: str) -> None:
    """Ask for names to be kept three days, and be shown what that takes."""
    page.fill("[name=keep_names_days]", "3")
    page.click("form[action='/hub/keeping'] button")
    page.wait_for_selector("[name=sure]", state="attached")


def leave_the_hours_wrong(page: Any, address: str) -> None:
    """Type hours that are none."""
    page.fill("[name='open.mon']", "nine to ten")
    page.click("form[action='/hub/hours'] button.primary")
    page.wait_for_selector(".wrong")


def see_the_next_agreement(page: Any, address: str) -> None:
    """Write a new version, in one language, and look at it before it is published."""
    page.fill("[name='text.en']", "Wash your cup.\n\nLeave the door as you found it.")
    page.click("form[action='/hub/agreement'] button.primary")
    page.wait_for_selector(".banner.soon >> visible=true")


def save_a_name_over_another(page: Any, address: str) -> None:
    """Save the hub's name that was changed in another window meanwhile."""
    other = page.context.new_page()
    other.goto(page.url)
    name = other.input_value("[name='name.en']")
    for window, typed in ((other, name[:-1] if name.endswith(".") else f"{name}."), (page, "Us")):
        window.fill("[name='name.en']", typed)
        window.click("form[action='/hub/names'] button.primary")
        window.wait_for_load_state("networkidle")
    other.close()
    page.wait_for_selector("input[name^='pick.']")


def open_the_menu(page: Any, address: str) -> None:
    """Open the menu."""
    page.click(".menu summary")


def open_everything(page: Any, address: str) -> None:
    """Open all that is folded."""
    for folded in page.query_selector_all("main details:not([open]) > summary"):
        if folded.is_visible():
            folded.click()


PAGES: dict[str, tuple[Look, ...]] = {
    "/sign-in": (
        Look("sign-in", who=""),
        Look("sign-in-wrong", who="", do=sign_in_wrongly),
    ),
    "/welcome/{code}": (
        Look("welcome", who=""),
        Look("welcome-ended", "x", who="", status=404),
    ),
    "/you": (
        Look("you"),
        Look("you-password", "?said=password_not_passkeys"),
        Look("you-passkey", do=add_a_passkey),
    ),
    "/volunteers": (
        Look("volunteers", do=open_everything),
        Look("invitation", do=invite_somebody),
        Look("not-yours", who="volunteer", status=403),
    ),
    "/devices": (Look("devices"), Look("devices-open", do=open_everything)),
    "/activity": (Look("activity"), Look("activity-volunteer", who="volunteer")),
    "/activity/{change}": (Look("change"),),
    "/pair": (
        Look("pair"),
        Look("pair-waiting", "?user_code={user_code}"),
        Look("pair-unknown", "?user_code=BBBB-BBBB", status=404),
    ),
    "/notices": (
        Look("notices"),
        Look("notices-menu", do=open_the_menu),
        Look("notices-later", "?show=later"),
        Look("notices-ended", "?show=ended"),
        Look("notices-said", "?said=published"),
    ),
    "/notices/new": (
        Look("notice-new"),
        Look("notice-phrase", "?phrase=kitchen", do=open_everything),
        Look("notice-refused", do=leave_the_title_out),
    ),
    "/notices/{notice}": (
        Look("notice"),
        Look("notice-looked-at", do=look_before_it_hangs),
        Look("notice-clash", do=save_over_another),
        Look("not-there", "x", status=404),
    ),
    "/notices/{notice}/picture": (
        Look("notice-picture"),
        Look("notice-picture-there", do=hang_a_picture),
    ),
    "/here": (
        Look("here", do=open_everything),
        Look("here-month", "?days=30", who="volunteer"),
        Look("here-quarter", "?days=90"),
    ),
    "/people": (
        Look("people"),
        Look("people-found", do=find("ma")),
        Look("people-refused", do=enter_nobody),
        Look("receipt", do=forget_somebody),
    ),
    "/people/{person}": (
        Look("person", do=open_everything),
        Look("person-merge", do=find("an")),
    ),
    "/people/{person}/home-card": (Look("home-card"),),
    "/rooms": (
        Look("rooms", "?day=2026-11-25"),
        Look("rooms-today"),
        Look("rooms-met", "?day=2026-12-02"),
    ),
    "/rooms/{room}": (
        Look("room", do=open_everything),
        Look("room-met", "?day=2026-12-01"),
        Look("room-clash", do=take_what_is_taken),
        Look("room-series-clash", do=repeat_over_what_is_taken),
        Look("room-filled-in", "?day=2026-11-27&from=10:15&minutes=105"),
    ),
    "/bookings/{booking}/move": (
        Look("booking-move", "?of=2026-12-02"),
        Look("booking-move-clash", "?of=2026-11-25", do=move_to_what_is_taken),
    ),
    "/hub": (Look("hub"), Look("hub-volunteer", who="volunteer")),
    "/hub/names": (Look("hub-names"), Look("hub-clash", do=save_a_name_over_another)),
    "/hub/hours": (Look("hub-hours"), Look("hub-hours-wrong", do=leave_the_hours_wrong)),
    "/hub/reasons": (Look("hub-reasons"),),
    "/hub/rules": (Look("hub-rules"),),
    "/hub/wall": (Look("hub-wall"),),
    "/hub/keeping": (Look("hub-keeping"), Look("hub-sure", do=keep_names_shorter)),
    "/hub/closed": (Look("hub-closed", do=open_everything),),
    "/hub/closed/{day}": (Look("hub-closed-day"),),
    "/hub/welcomers": (Look("hub-welcomers", do=open_everything),),
    "/hub/agreement": (
        Look("hub-agreement", do=open_everything),
        Look("hub-agreement-next", do=see_the_next_agreement),
    ),
    "/hub/rooms": (Look("hub-rooms"),),
    "/hub/rooms/new": (Look("hub-room-new"),),
    "/hub/rooms/{room}": (
        Look("hub-room", do=open_everything),
        Look("hub-room-booked", do=retire_what_is_booked),
    ),
    "/hub/rooms/{room}/calendars": (
        Look("hub-calendars", do=open_everything),
        Look("hub-calendars-refused", do=enter_no_address),
    ),
    "/feeds": (Look("feeds", do=open_everything), Look("feeds-volunteer", who="volunteer")),
}
NO_PAGE = {
    "/": "leads to the notices",
    "/static/{name}": "what pages are drawn with",
    "/pictures/{name}": "a picture",
    "/here/counts.csv": "a file",
    "/here/counts.ods": "a file",
    "/here/names.csv": "a file",
    "/here/names.ods": "a file",
    "/feeds/{hub}/events.ics": "a calendar",
    "/feeds/{hub}/{secret}/{room}/room.ics": "a calendar",
    "/feeds/{hub}/events.atom": "a feed",
    "/feeds/{hub}/notices.atom": "a feed",
    "/feeds/{hub}/today.json": "a feed",
}
"""What answers a GET and is nothing to look at, and why."""
