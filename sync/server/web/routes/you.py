"""One's own page: the password, passkeys, and the browsers in which one is signed in."""

from __future__ import annotations

from litestar import get, post
from litestar.params import FromPath

from sync.errors import Refused
from sync.server.routes.answers import address_of
from sync.server.web.accounts import by_name, end_links, set_account
from sync.server.web.ceremonies import party_of
from sync.server.web.doorkeeper import NotThere
from sync.server.web.passkeys import passkeys
from sync.server.web.passwords import fits, hashed
from sync.server.web.routes.front import WrongPassword
from sync.server.web.sessions import browser_name, end_others, end_session, sessions
from sync.server.web.visit import Asked, Page, Visit, visit_of


@get("/you", needs="volunteer", sync_to_thread=True)
def you_page(request: Asked) -> Page:
    """Who I am here, and where I am signed in."""
    return you_page_with(visit_of(request))


def you_page_with(visit: Visit, status: int = 200, sentence: str = "") -> Page:
    """Return one's own page. sentence: why something cannot be."""
    with visit.database.reading() as connection:
        lines = sessions(connection, visit.me.hub, visit.me.account, visit.now_ms)
        keys = passkeys(connection, visit.me.hub, visit.me.account)
    shown = [(line, browser_name(line.about), visit.house.at(line.seen_ms)) for line in lines]
    return visit.page(
        "you.html",
        status,
        sentence=sentence,
        sessions=shown,
        passkeys=[(one, visit.house.at(one.made_ms), visit.house.at(one.used_ms)) for one in keys],
        has_passkeys=party_of(visit.service.public_url) is not None,
        passkey_name=browser_name(visit.request.headers.get("user-agent", "")),
    )


@post("/you/password", status_code=200, needs="volunteer", sync_to_thread=True)
def change_password(request: Asked) -> Page:
    """A new password ends every other session and link: whoever had the old one is out."""
    visit = visit_of(request)
    try:
        keys_stay = _change_password(visit)
    except Refused as why:
        return you_page_with(visit, 400, visit.sorry(why))
    return visit.go("/you", said="password_not_passkeys" if keys_stay else "password")


def _change_password(visit: Visit) -> bool:
    """Return whether passkeys stay beside it. Raises WrongPassword, TooShort, TooManyTries."""
    me = visit.me
    # Whoever holds an unlocked phone may not guess without end either.
    visit.pages.tries.count(address_of(visit.request), me.hub, me.session, visit.now_ms)
    with visit.database.reading() as connection:
        found = by_name(connection, me.hub, me.name)
    if found is None or not fits(found[1], visit.said("password")):
        raise WrongPassword
    kept = hashed(visit.said("new_password"), me.name)
    with visit.database.writing() as connection:
        end_links(connection, me.hub, me.account)
        set_account(connection, me.hub, me.account, password_hash=kept)
        end_others(connection, me.hub, me.account, but=me.session)
        return bool(passkeys(connection, me.hub, me.account))


@post("/you/sessions/{session:str}/end", status_code=200, needs="volunteer", sync_to_thread=True)
def end_one(request: Asked, session: FromPath[str]) -> Page:
    """Sign one's other browser out."""
    visit = visit_of(request)
    with visit.database.writing() as connection:
        if not end_session(connection, visit.me.hub, visit.me.account, session):
            raise NotThere
    return visit.go("/you", said="session_ended")


HANDLERS = (you_page, change_password, end_one)
