"""Passkeys: added on one's own page, and signing in with one instead of name and password."""

from __future__ import annotations

import msgspec
from litestar import post
from litestar.params import FromPath

from sync.errors import Refused
from sync.server.routes.answers import address_of
from sync.server.web import ceremonies, passkeys
from sync.server.web.accounts import by_name
from sync.server.web.ceremonies import Party, Purpose
from sync.server.web.doorkeeper import NotThere
from sync.server.web.passwords import fits
from sync.server.web.routes.front import WrongPassword, sign_in_page_with, start_session
from sync.server.web.routes.you import you_page_with
from sync.server.web.shield import own_path
from sync.server.web.tries import TooManyTries
from sync.server.web.visit import Asked, Page, Visit, visit_of
from sync.typed import line

COOKIE, LONGEST_NAME = "challenge", 60


class NameMissing(Refused):
    """A passkey has a name, by which its owner knows which device it is on."""

    say = "passkeys.name_missing"


@post("/you/passkeys/challenge", status_code=200, needs="volunteer", sync_to_thread=True)
def ask_to_add(request: Asked) -> Page:
    """What a browser needs to make a passkey, as JSON."""
    visit = visit_of(request)
    me, party = visit.me, _party(visit)
    with visit.database.reading() as connection:
        known = passkeys.kept(connection, me.hub, me.account)
    cookie = _offer(visit, "add", me.session)
    handle = ceremonies.handle_of(me.hub, me.account)
    return _json(visit, ceremonies.to_add(party, cookie, handle, me.name, known))


@post("/you/passkeys", status_code=200, needs="volunteer", sync_to_thread=True)
def add(request: Asked) -> Page:
    """Keep the passkey that a device made; it takes the password, as a new password does."""
    visit = visit_of(request)
    party = _party(visit)
    try:
        _add(visit, party)
    except Refused as why:
        return you_page_with(visit, 400, visit.sorry(why))
    return visit.go("/you", said="passkey_added")


def _add(visit: Visit, party: Party) -> None:
    """Raises NameMissing, TextTooLong, TooManyTries, WrongPassword, NotConfirmed, what ``passkeys.add`` does."""
    me, now_ms = visit.me, visit.now_ms
    name = line(visit.said("name"), LONGEST_NAME)
    if not name:
        raise NameMissing
    visit.pages.tries.count(address_of(visit.request), me.hub, me.session, now_ms)
    with visit.database.reading() as connection:
        account = by_name(connection, me.hub, me.name)
    if account is None or not fits(account[1], visit.said("password")):
        raise WrongPassword
    challenge = _challenge(visit, "add", me.session)
    made = ceremonies.added(party, challenge, visit.said("answer"))
    with visit.database.writing() as connection:
        passkeys.use_up(connection, me.hub, challenge, now_ms)
        passkeys.add(connection, me.hub, me.account, made, name, now_ms)


@post("/you/passkeys/{passkey:str}/remove", status_code=200, needs="volunteer", sync_to_thread=True)
def remove(request: Asked, passkey: FromPath[str]) -> Page:
    """Let one's own passkey sign in no more."""
    visit = visit_of(request)
    with visit.database.writing() as connection:
        if not passkeys.remove(connection, visit.me.hub, visit.me.account, passkey):
            raise NotThere
    return visit.go("/you", said="passkey_removed")


@post("/sign-in/passkey/challenge", status_code=200, needs="anybody", sync_to_thread=True)
def ask_to_sign_in(request: Asked) -> Page:
    """What a browser needs to show a passkey, as JSON: whose it is, nobody asks."""
    visit = visit_of(request)
    party = _party(visit)
    return _json(visit, ceremonies.to_sign_in(party, _offer(visit, "sign in", "")))


@post("/sign-in/passkey", status_code=200, needs="anybody", sync_to_thread=True)
def sign_in(request: Asked) -> Page:
    """Sign a browser in whose passkey answered."""
    visit = visit_of(request)
    party = _party(visit)
    try:
        _sign_in(visit, party)
    except TooManyTries as why:
        return sign_in_page_with(visit, 429, visit.sorry(why))
    except Refused as why:
        return sign_in_page_with(visit, 401, visit.sorry(why))
    return visit.go(own_path(visit.said("next")))


def _sign_in(visit: Visit, party: Party) -> None:
    """Raises NotConfirmed, Copied, TooManyTries."""
    now_ms, answer = visit.now_ms, visit.said("answer")
    # Only of the address: whoever knows somebody's passkey by its id could slow them down else.
    visit.pages.tries.count_address(address_of(visit.request), now_ms)
    challenge = _challenge(visit, "sign in", "")
    claim = ceremonies.claimed(answer)
    with visit.database.reading() as connection:
        data = passkeys.found(connection, claim.hub, claim.account, claim.credential)
    counter = ceremonies.signed(party, challenge, data, answer)
    with visit.database.writing() as connection:
        passkeys.use_up(connection, claim.hub, challenge, now_ms)
        passkeys.use(connection, claim.hub, data, counter, now_ms)
        start_session(visit, connection, claim.hub, claim.account)


def _party(visit: Visit) -> Party:
    """Raises NotThere where this server has no address that passkeys could be made for."""
    party = ceremonies.party_of(visit.service.public_url)
    if party is None:
        raise NotThere
    return party


def _cookie(visit: Visit) -> str:
    return f"__Host-{COOKIE}" if visit.is_secure else COOKIE


def _offer(visit: Visit, purpose: Purpose, holder: str) -> str:
    cookie = ceremonies.offered(visit.service.notary, purpose, holder, visit.now_ms)
    visit.keep(_cookie(visit), cookie, ceremonies.LASTS_MS // 1000)
    return cookie


def _challenge(visit: Visit, purpose: Purpose, holder: str) -> bytes:
    """Return what this browser was given to answer, and take it back. Raises NotConfirmed."""
    cookie = visit.request.cookies.get(_cookie(visit), "")
    visit.keep(_cookie(visit), "", 0)
    return ceremonies.challenge_of(visit.service.notary, purpose, holder, cookie, visit.now_ms)


def _json(visit: Visit, said: object) -> Page:
    return visit.plain(msgspec.json.encode(said), "application/json")


HANDLERS = (ask_to_add, add, remove, ask_to_sign_in, sign_in)
