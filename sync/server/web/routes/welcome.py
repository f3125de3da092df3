"""An invitation: a link or its QR code, by which somebody becomes a volunteer, or is let in again."""

from __future__ import annotations

from litestar import get, post
from litestar.params import FromPath
from sqlalchemy import Connection

from sync.errors import Refused
from sync.records.person import Person
from sync.server.web import accounts
from sync.server.web.accounts import Invited, LinkEnded
from sync.server.web.activity import VOLUNTEER
from sync.server.web.passkeys import remove_all
from sync.server.web.passwords import hashed
from sync.server.web.reading import house
from sync.server.web.routes.front import start_session
from sync.server.web.sessions import Who, end_others
from sync.server.web.visit import Asked, Page, Visit, visit_of
from sync.server.web.writing import Write, fresh_id, new, note, write


@get("/welcome/{code:str}", needs="anybody", sync_to_thread=True)
def welcome_page(request: Asked, code: FromPath[str]) -> Page:
    """Whoever has the link says a name and a password; nothing is asked but these."""
    return _page(visit_of(request), code)


@post("/welcome/{code:str}", status_code=200, needs="anybody", sync_to_thread=True)
def welcome(request: Asked, code: FromPath[str]) -> Page:
    """Make the account, or give it its new password, and sign in."""
    visit = visit_of(request)
    try:
        _come_in(visit, code)
    except LinkEnded:
        return _page(visit, code)
    except Refused as why:
        return _page(visit, code, 400, visit.sorry(why))
    return visit.go("/notices", said="welcome")


def _page(visit: Visit, code: str, status: int = 200, sentence: str = "") -> Page:
    try:
        with visit.database.reading() as connection:
            offer = accounts.invited(connection, code, visit.now_ms)
            where = house(connection, offer.hub, visit.now_ms)
    except LinkEnded as why:
        return visit.page("sorry.html", 404, sentence=visit.sorry(why))
    return visit.page(
        "welcome.html",
        status,
        sentence=sentence,
        offer=offer,
        code=code,
        called=visit.words.pick(where.hub.name) or where.called,
        name=visit.said("name") or offer.name,
    )


def _come_in(visit: Visit, code: str) -> None:
    """Raises LinkEnded, TooShort, NameTaken, NameMissing."""
    with visit.database.reading() as connection:
        offer = accounts.invited(connection, code, visit.now_ms)
    name = visit.said("name") or offer.name
    kept = hashed(visit.said("password"), name)
    commits = visit.service.commits
    with visit.database.writing() as connection:
        accounts.use_up(connection, offer)
        if offer.account:
            accounts.set_account(connection, offer.hub, offer.account, password_hash=kept)
            end_others(connection, offer.hub, offer.account)
            remove_all(connection, offer.hub, offer.account)
            start_session(visit, connection, offer.hub, offer.account)
            return
        who, person = _joined(visit, connection, offer, name, kept)
        note(connection, who, visit.now_ms, (VOLUNTEER, who.account), "joined")
        done = write(commits, connection, who, person)
    commits.announce(offer.hub, done)


def _joined(
    visit: Visit, connection: Connection, offer: Invited, name: str, kept: str
) -> tuple[Who, Write]:
    person = fresh_id(visit.now_ms)
    lang = visit.words.lang
    account = accounts.add_account(
        connection,
        offer.hub,
        name,
        offer.role,
        person=person,
        password_hash=kept,
        lang=lang,
        now_ms=visit.now_ms,
    )
    start_session(visit, connection, offer.hub, account)
    today = house(connection, offer.hub, visit.now_ms).today
    made = Person(
        id=person, name=" ".join(name.split()), kind="volunteer", lang=lang, active_on=today
    )
    node = fresh_id(visit.now_ms)[-8:]
    who = Who(offer.hub, "", account, name, "volunteer", person, lang, node)
    return who, new(made, who, visit.now_ms)


HANDLERS = (welcome_page, welcome)
