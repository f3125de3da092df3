"""The table of rights, page by page."""

from __future__ import annotations

import re
from dataclasses import dataclass

from litestar.routes import HTTPRoute

from sync.server.app import ROUTES


@dataclass(frozen=True)
class Line:
    """needs: who is let in. is_of_hub: it names something of one hub. ends_it: nothing is left.

    answers: what an empty form comes to, where that is not "let in".
    """

    needs: str
    is_of_hub: bool = False
    ends_it: bool = False
    answers: str = ""


RIGHTS = {
    ("GET", "/"): Line("volunteer"),
    ("GET", "/static/{name}"): Line("anybody"),
    ("GET", "/sign-in"): Line("anybody"),
    ("POST", "/sign-in"): Line("anybody"),
    ("POST", "/sign-out"): Line("volunteer", ends_it=True),
    ("POST", "/language"): Line("anybody"),
    ("GET", "/welcome/{code}"): Line("anybody"),
    ("POST", "/welcome/{code}"): Line("anybody"),
    ("GET", "/you"): Line("volunteer"),
    ("POST", "/you/password"): Line("volunteer"),
    # One's own only: not even a steward of the same hub ends it here.
    ("POST", "/you/sessions/{session}/end"): Line("volunteer", is_of_hub=True, ends_it=True),
    ("POST", "/you/passkeys/challenge"): Line("volunteer"),
    ("POST", "/you/passkeys"): Line("volunteer"),
    ("POST", "/you/passkeys/{passkey}/remove"): Line("volunteer", is_of_hub=True, ends_it=True),
    ("POST", "/sign-in/passkey/challenge"): Line("anybody"),
    ("POST", "/sign-in/passkey"): Line("anybody"),
    ("GET", "/volunteers"): Line("steward"),
    ("POST", "/volunteers/invite"): Line("steward"),
    ("POST", "/volunteers/invitations/{invitation}/end"): Line("steward", True, ends_it=True),
    ("POST", "/volunteers/{account}/link"): Line("steward", is_of_hub=True),
    ("POST", "/volunteers/{account}/role"): Line("steward", is_of_hub=True),
    ("POST", "/volunteers/{account}/sign-out"): Line("steward", is_of_hub=True, ends_it=True),
    ("POST", "/volunteers/{account}/remove"): Line("steward", is_of_hub=True, ends_it=True),
    ("GET", "/devices"): Line("volunteer"),
    ("POST", "/devices/{device}/revoke"): Line("steward", is_of_hub=True, ends_it=True),
    ("GET", "/pair"): Line("steward"),
    ("POST", "/pair"): Line("steward", answers="not there"),
    ("GET", "/notices"): Line("volunteer"),
    ("GET", "/notices/new"): Line("volunteer"),
    ("POST", "/notices"): Line("volunteer"),
    ("GET", "/notices/{notice}"): Line("volunteer", is_of_hub=True),
    ("POST", "/notices/{notice}"): Line("volunteer", is_of_hub=True),
    ("POST", "/notices/preview"): Line("volunteer"),
    ("POST", "/notices/{notice}/preview"): Line("volunteer", is_of_hub=True),
    ("POST", "/notices/{notice}/withdraw"): Line("volunteer", is_of_hub=True),
    ("POST", "/notices/{notice}/restore"): Line("volunteer", is_of_hub=True),
    ("POST", "/notices/{notice}/put-back"): Line("volunteer", True, answers="not there"),
    ("GET", "/notices/{notice}/picture"): Line("volunteer", is_of_hub=True),
    ("POST", "/notices/{notice}/picture"): Line("volunteer", is_of_hub=True),
    ("POST", "/notices/{notice}/picture/remove"): Line("volunteer", is_of_hub=True),
    ("GET", "/pictures/{name}"): Line("volunteer", True, answers="not there"),
    ("GET", "/here"): Line("volunteer"),
    ("GET", "/here/counts.csv"): Line("volunteer"),
    ("GET", "/here/counts.ods"): Line("volunteer"),
    ("GET", "/here/names.csv"): Line("steward"),
    ("GET", "/here/names.ods"): Line("steward"),
    ("GET", "/people"): Line("volunteer"),
    ("POST", "/people"): Line("volunteer"),
    ("GET", "/people/{person}"): Line("volunteer", is_of_hub=True),
    ("POST", "/people/{person}"): Line("volunteer", is_of_hub=True),
    ("POST", "/people/{person}/merge"): Line("volunteer", True, answers="not there"),
    ("POST", "/people/{person}/apart"): Line("volunteer", is_of_hub=True),
    ("POST", "/people/{person}/card-lost"): Line("volunteer", is_of_hub=True),
    ("POST", "/people/{person}/home-card"): Line("volunteer", is_of_hub=True),
    ("GET", "/people/{person}/home-card"): Line("volunteer", True, answers="not there"),
    ("POST", "/cards/new-key"): Line("steward"),
    ("POST", "/people/{person}/erase"): Line("volunteer", is_of_hub=True),
    ("GET", "/rooms"): Line("volunteer"),
    ("GET", "/rooms/{room}"): Line("volunteer", is_of_hub=True),
    ("POST", "/rooms/{room}/book"): Line("volunteer", is_of_hub=True),
    ("POST", "/bookings/{booking}/cancel"): Line("volunteer", is_of_hub=True),
    ("GET", "/bookings/{booking}/move"): Line("volunteer", is_of_hub=True),
    ("POST", "/bookings/{booking}/move"): Line("volunteer", is_of_hub=True),
    ("GET", "/activity"): Line("volunteer"),
    ("GET", "/activity/{change}"): Line("volunteer", is_of_hub=True),
    ("POST", "/activity/{change}/undo"): Line("volunteer", is_of_hub=True),
    ("GET", "/hub"): Line("volunteer"),
    ("GET", "/hub/names"): Line("steward"),
    ("POST", "/hub/names"): Line("steward"),
    ("GET", "/hub/hours"): Line("steward"),
    ("POST", "/hub/hours"): Line("steward"),
    ("GET", "/hub/reasons"): Line("steward"),
    ("POST", "/hub/reasons"): Line("steward"),
    ("GET", "/hub/rules"): Line("steward"),
    ("POST", "/hub/rules"): Line("steward"),
    ("GET", "/hub/wall"): Line("steward"),
    ("POST", "/hub/wall"): Line("steward"),
    ("GET", "/hub/keeping"): Line("steward"),
    ("POST", "/hub/keeping"): Line("steward"),
    # What a volunteer does at a door as well: days that differ, somebody else's yes.
    ("GET", "/hub/closed"): Line("volunteer"),
    ("POST", "/hub/closed"): Line("volunteer"),
    ("GET", "/hub/closed/{day}"): Line("volunteer", is_of_hub=True),
    ("POST", "/hub/closed/{day}"): Line("volunteer", is_of_hub=True),
    ("POST", "/hub/closed/{day}/take-back"): Line("volunteer", is_of_hub=True),
    ("GET", "/hub/welcomers"): Line("volunteer"),
    ("POST", "/hub/welcomers"): Line("volunteer"),
    ("POST", "/hub/welcomers/{yes}/no"): Line("volunteer", is_of_hub=True),
    ("GET", "/hub/agreement"): Line("volunteer"),
    ("POST", "/hub/agreement"): Line("steward"),
    ("GET", "/hub/rooms"): Line("volunteer"),
    ("GET", "/hub/rooms/new"): Line("steward"),
    ("POST", "/hub/rooms"): Line("steward"),
    ("GET", "/hub/rooms/{room}"): Line("steward", is_of_hub=True),
    ("POST", "/hub/rooms/{room}"): Line("steward", is_of_hub=True),
    ("POST", "/hub/rooms/{room}/retire"): Line("steward", is_of_hub=True),
    ("POST", "/hub/rooms/{room}/reopen"): Line("steward", is_of_hub=True),
    # Addresses of calendars hold secrets.
    ("GET", "/hub/rooms/{room}/calendars"): Line("steward", is_of_hub=True),
    ("POST", "/hub/rooms/{room}/calendars"): Line("steward", is_of_hub=True),
    ("POST", "/hub/calendars/{calendar}/read"): Line("steward", is_of_hub=True),
    ("POST", "/hub/calendars/{calendar}/end"): Line("steward", is_of_hub=True, ends_it=True),
    # Whoever has the address reads it, signed in or not, of this hub or of none.
    ("GET", "/feeds/{hub}/events.ics"): Line("anybody", is_of_hub=True),
    ("GET", "/feeds/{hub}/events.atom"): Line("anybody", is_of_hub=True),
    ("GET", "/feeds/{hub}/notices.atom"): Line("anybody", is_of_hub=True),
    ("GET", "/feeds/{hub}/today.json"): Line("anybody", is_of_hub=True),
    ("GET", "/feeds/{hub}/{secret}/{room}/room.ics"): Line("anybody", is_of_hub=True),
    ("GET", "/feeds"): Line("volunteer"),
    ("POST", "/feeds/renew"): Line("steward", ends_it=True),
}


def pages(app):
    """Every page that the app answers: what devices ask is tried elsewhere (test_isolation)."""
    of_devices = {re.sub(r":str", "", path) for route in ROUTES for path in route.paths}
    return {
        (method, route.path_format)
        for route in app.routes
        if isinstance(route, HTTPRoute) and route.path_format not in of_devices
        for method in route.methods
        if method != "OPTIONS"
    }
