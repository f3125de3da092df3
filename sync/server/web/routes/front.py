"""The front door: signing in and out, the language, and the files that pages are drawn with."""

from __future__ import annotations

import secrets

from litestar import Response, get, post
from litestar.params import FromPath
from sqlalchemy import Connection

from sync.errors import Refused
from sync.server.hubs import hubs
from sync.server.routes.answers import address_of
from sync.server.web.accounts import by_name, digest, key_of
from sync.server.web.assets import assets
from sync.server.web.ceremonies import party_of
from sync.server.web.doorkeeper import NotThere
from sync.server.web.passwords import NOBODY, fits
from sync.server.web.sessions import end_session, open_session
from sync.server.web.shield import own_path
from sync.server.web.tries import TooManyTries, browser_of, known_browser
from sync.server.web.visit import (
    BROWSER_COOKIE,
    HUB_COOKIE,
    LANG_COOKIE,
    Asked,
    Page,
    Visit,
    session_cookie,
    visit_of,
)
from sync.server.web.words import languages

_FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}


class WrongPassword(Refused):
    """Name and password do not belong together; which of them is not said."""

    say = "sign_in.wrong"


@get("/", needs="volunteer", sync_to_thread=True)
def home(request: Asked) -> Page:
    """Who is signed in begins with the notices."""
    return visit_of(request).go("/notices")


@get("/static/{name:str}", needs="anybody", sync_to_thread=False)
def static(request: Asked, name: FromPath[str]) -> Page:
    """A style, a script, a font: the version is in the address, so it is kept for ever."""
    found = assets().get(name)
    if found is None:
        raise NotThere
    packed = found.packed and "gzip" in request.headers.get("accept-encoding", "")
    more = {"Content-Encoding": "gzip"} if packed else {}
    headers = _FOR_EVER | more | {"X-Content-Type-Options": "nosniff"}
    data = found.packed if packed else found.data
    return Response(data, headers=headers, media_type=found.media)


@get("/sign-in", needs="anybody", sync_to_thread=True)
def sign_in_page(request: Asked) -> Page:
    """Name and password; a server of several hubs also asks which."""
    return sign_in_page_with(visit_of(request), 200)


def sign_in_page_with(visit: Visit, status: int, sentence: str = "") -> Page:
    """Return the page on which somebody signs in. sentence: why they are not yet."""
    with visit.database.reading() as connection:
        hub = _hub(connection, visit)
    return visit.page(
        "sign_in.html",
        status,
        sentence=sentence,
        hub=hub,
        name=visit.said("name"),
        typed_hub=visit.said("house"),
        next=own_path(visit.said("next") or visit.asked("next") or "/"),
        has_passkeys=party_of(visit.service.public_url) is not None,
    )


@post("/sign-in", status_code=200, needs="anybody", sync_to_thread=True)
def sign_in(request: Asked) -> Page:
    """Sign a browser in."""
    visit = visit_of(request)
    try:
        cookie = _signed_in(visit)
    except TooManyTries as why:
        return sign_in_page_with(visit, 429, visit.sorry(why))
    except WrongPassword as why:
        return sign_in_page_with(visit, 401, visit.sorry(why))
    visit.keep(session_cookie(visit), cookie)
    return visit.go(own_path(visit.said("next")))


def _signed_in(visit: Visit) -> str:
    with visit.database.reading() as connection:
        hub = _hub(connection, visit)
        found = by_name(connection, hub, visit.said("name")) if hub else None
    tried = f"{hub} {digest(key_of(visit.said('name')))[:16]}"
    account, kept = found or ("", NOBODY)
    notary = visit.service.notary
    browser = browser_of(notary, account, visit.request.cookies.get(BROWSER_COOKIE, ""))
    visit.pages.tries.count(address_of(visit.request), tried, browser, visit.now_ms)
    if not fits(kept, visit.said("password")) or not account:
        raise WrongPassword
    welcome_back(visit, hub, account)
    with visit.database.writing() as connection:
        return open_session(connection, hub, account, _about(visit), visit.now_ms)


def welcome_back(visit: Visit, hub: str, account: str) -> None:
    """Have the browser known again: by its hub, and as one that was signed in to this account."""
    notary = visit.service.notary
    browser = browser_of(notary, account, visit.request.cookies.get(BROWSER_COOKIE, ""))
    known = known_browser(notary, account, browser or secrets.token_hex(8))
    visit.keep_long(BROWSER_COOKIE, known)
    visit.keep_long(HUB_COOKIE, hub)


def start_session(visit: Visit, connection: Connection, hub: str, account: str) -> None:
    """Sign in who has just shown that it is them."""
    cookie = open_session(connection, hub, account, _about(visit), visit.now_ms)
    visit.keep(session_cookie(visit), cookie)
    welcome_back(visit, hub, account)


@post("/sign-out", status_code=200, needs="volunteer", sync_to_thread=True)
def sign_out(request: Asked) -> Page:
    """End this session."""
    visit = visit_of(request)
    with visit.database.writing() as connection:
        end_session(connection, visit.me.hub, visit.me.account, visit.me.session)
    visit.keep(session_cookie(visit), "", 0)
    return visit.go("/sign-in")


@post("/language", status_code=200, needs="anybody", sync_to_thread=True)
def language(request: Asked) -> Page:
    """Read the pages in another language, in this browser."""
    visit = visit_of(request)
    if visit.said("lang") in languages():
        visit.keep_long(LANG_COOKIE, visit.said("lang"))
    return visit.go(own_path(visit.said("next")))


def _hub(connection: Connection, visit: Visit) -> str:
    """Return which hub is meant: named, known from before, or the only one; "" where nobody knows."""
    here = {line.hub: line.name for line in hubs(connection)}
    typed = key_of(visit.said("house"))
    named = [hub for hub, name in here.items() if typed and key_of(name) == typed]
    asked = (visit.said("hub"), visit.asked("hub"), visit.request.cookies.get(HUB_COOKIE, ""))
    meant = [*named, *(hub for hub in asked if hub in here), *(here if len(here) == 1 else ())]
    return meant[0] if meant and not (typed and not named) else ""


def _about(visit: Visit) -> str:
    return visit.request.headers.get("user-agent", "").replace("\0", "")[:120]


HANDLERS = (home, static, sign_in_page, sign_in, sign_out, language)
