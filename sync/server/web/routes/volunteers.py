"""Volunteers: who looks after the hub, invitations, roles. For stewards."""

from __future__ import annotations

from litestar import get, post
from litestar.params import FromPath

from sync.server.web import accounts
from sync.server.web.accounts import ROLES, Role
from sync.server.web.activity import VOLUNTEER
from sync.server.web.doorkeeper import NotThere
from sync.server.web.links import drawn_code, invitation_link
from sync.server.web.passkeys import remove_all
from sync.server.web.sessions import end_others
from sync.server.web.visit import Asked, Page, Visit, visit_of


@get("/volunteers", needs="steward", sync_to_thread=True)
def volunteers_page(request: Asked) -> Page:
    """Everybody who can sign in here, and the invitations that are open."""
    return _page(visit_of(request))


def _page(visit: Visit, status: int = 200, sentence: str = "") -> Page:
    with visit.database.reading() as connection:
        everybody = accounts.accounts(connection, visit.me.hub)
        waiting = accounts.open_invitations(connection, visit.me.hub, visit.now_ms)
    return visit.page(
        "volunteers.html", status, sentence=sentence, accounts=everybody, waiting=waiting
    )


@post("/volunteers/invite", status_code=200, needs="steward", sync_to_thread=True)
def invite(request: Asked) -> Page:
    """Make a link for somebody new; it is shown once, as a link and as a code to scan."""
    visit = visit_of(request)
    with visit.database.writing() as connection:
        visit.note(connection, VOLUNTEER, "", "invited")
        code = accounts.invite(
            connection, visit.me.hub, _role(visit), visit.now_ms, name=visit.said("name")[:80]
        )
    return _invitation(visit, code, visit.said("name")[:80])


@post(
    "/volunteers/invitations/{invitation:str}/end",
    status_code=200,
    needs="steward",
    sync_to_thread=True,
)
def take_back(request: Asked, invitation: FromPath[str]) -> Page:
    """End an invitation, or a link to a new password, that nobody has used yet."""
    visit = visit_of(request)
    with visit.database.writing() as connection:
        visit.note(connection, VOLUNTEER, "", "took_back")
        if not accounts.take_back(connection, visit.me.hub, invitation):
            raise NotThere
    return visit.go("/volunteers", said="taken_back")


@post("/volunteers/{account:str}/link", status_code=200, needs="steward", sync_to_thread=True)
def new_link(request: Asked, account: FromPath[str]) -> Page:
    """Make a link by which a volunteer who is locked out chooses a new password."""
    visit = visit_of(request)
    with visit.database.writing() as connection:
        line = accounts.account_of(connection, visit.me.hub, account)
        if line is None:
            raise NotThere
        visit.note(connection, VOLUNTEER, account, "link")
        code = accounts.invite(
            connection, visit.me.hub, "volunteer", visit.now_ms, name=line.name, account=account
        )
    return _invitation(visit, code, line.name)


def _invitation(visit: Visit, code: str, name: str) -> Page:
    link = invitation_link(visit.address, code)
    return visit.page("invitation.html", link=link, picture=drawn_code(link), name=name)


@post("/volunteers/{account:str}/role", status_code=200, needs="steward", sync_to_thread=True)
def give_role(request: Asked, account: FromPath[str]) -> Page:
    """Make a steward of a volunteer, or the other way round."""
    visit = visit_of(request)
    try:
        with visit.database.writing() as connection:
            visit.note(connection, VOLUNTEER, account, "role")
            if not accounts.set_role(connection, visit.me.hub, account, _role(visit)):
                raise NotThere
    except accounts.LastSteward as why:
        return _page(visit, 400, visit.sorry(why))
    return visit.go("/volunteers", said="saved")


@post("/volunteers/{account:str}/remove", status_code=200, needs="steward", sync_to_thread=True)
def remove(request: Asked, account: FromPath[str]) -> Page:
    """End somebody's account; what they wrote stays."""
    visit = visit_of(request)
    try:
        with visit.database.writing() as connection:
            visit.note(connection, VOLUNTEER, account, "removed")
            if not accounts.remove(connection, visit.me.hub, account):
                raise NotThere
    except accounts.LastSteward as why:
        return _page(visit, 400, visit.sorry(why))
    return visit.go("/volunteers", said="removed")


@post("/volunteers/{account:str}/sign-out", status_code=200, needs="steward", sync_to_thread=True)
def sign_out_everywhere(request: Asked, account: FromPath[str]) -> Page:
    """Sign somebody out of every browser, and let their passkeys go: a phone was lost."""
    visit = visit_of(request)
    with visit.database.writing() as connection:
        if accounts.account_of(connection, visit.me.hub, account) is None:
            raise NotThere
        visit.note(connection, VOLUNTEER, account, "signed_out")
        but = visit.me.session if account == visit.me.account else ""
        end_others(connection, visit.me.hub, account, but)
        remove_all(connection, visit.me.hub, account)
    return visit.go("/volunteers", said="signed_out")


def _role(visit: Visit) -> Role:
    return next((role for role in ROLES if role == visit.said("role")), "volunteer")


HANDLERS = (
    *(volunteers_page, invite, take_back),
    *(new_link, give_role, remove, sign_out_everywhere),
)
