"""Screens: which doors and walls belong to the hub, how they are doing, and saying yes to a new one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from litestar import get, post
from litestar.params import FromPath

from sync.server import devices, pairing
from sync.server.database import refusals
from sync.server.database.refusals import RefusedLine
from sync.server.devices import ROLES, Role
from sync.server.pairing import NoSuchCode
from sync.server.web.activity import DEVICE
from sync.server.web.doorkeeper import NotThere
from sync.server.web.screens import screens_of
from sync.server.web.visit import Asked, Page, Visit, visit_of


@dataclass(frozen=True, slots=True)
class Told:
    """One record that a screen offered in vain. do: what there is to do about it."""

    what: str
    at: dt.datetime
    why: str
    do: str
    id: str


@get("/devices", needs="volunteer", sync_to_thread=True)
def devices_page(request: Asked) -> Page:
    """Every door and wall: when it was last heard, its version, what it has yet to send."""
    visit = visit_of(request)
    with visit.database.reading() as connection:
        lines = devices.listed(connection, visit.me.hub)
        refused = refusals.listed(connection, visit.me.hub, visit.now_ms)
    shown = [(one, visit.house.at(one.line.seen_ms)) for one in screens_of(lines, visit.now_ms)]
    told: dict[str, list[Told]] = {line.device: [] for line in lines}
    for one in refused:
        told[one.device].append(_told(visit, one))
    return visit.page("devices.html", screens=shown, refused=told)


def _told(visit: Visit, line: RefusedLine) -> Told:
    """Return in words what was not taken, when, why, what to do."""
    words = visit.words
    kind = f"refused.kind_{line.kind}" if line.kind else "refused.something"
    reason = line.reason if words.has(f"refused.why_{line.reason}") else "other"
    return Told(
        what=words.say(kind if words.has(kind) else "refused.newer"),
        at=visit.house.at(line.at_ms),
        why=words.say(f"refused.why_{reason}"),
        do=words.say(f"refused.do_{reason}"),
        id=line.id,
    )


@post("/devices/{device:str}/revoke", status_code=200, needs="steward", sync_to_thread=True)
def revoke(request: Asked, device: FromPath[str]) -> Page:
    """Shut a device out: its token is worth nothing from now on. What it sent stays."""
    visit = visit_of(request)
    with visit.database.writing() as connection:
        visit.note(connection, DEVICE, device, "revoked")
        if not devices.revoke(connection, visit.me.hub, device, visit.now_ms):
            raise NotThere
    return visit.go("/devices", said="device_out")


@get("/pair", needs="steward", sync_to_thread=True)
def pair_page(request: Asked) -> Page:
    """The address that a door shows: type its code, or arrive with it."""
    visit = visit_of(request)
    return _page(visit, visit.asked("user_code"))


def _page(visit: Visit, code: str) -> Page:
    waiting, unknown = None, False
    if code:
        visit.service.slow_down(visit.service.limits.device, f"pair {visit.me.account}")
        with visit.database.reading() as connection:
            letters = pairing.plain_code(code)
            found = pairing.waiting(connection, visit.now_ms)
        waiting = next((one for one in found if one.user_code == letters), None)
        unknown = waiting is None
    status = 404 if unknown else 200
    return visit.page("pair.html", status, code=code[:20], waiting=waiting, unknown=unknown)


@post("/pair", status_code=200, needs="steward", sync_to_thread=True)
def answer(request: Asked) -> Page:
    """Say yes (and what it is called, and whether it is a door or a wall) or no."""
    visit = visit_of(request)
    code = visit.said("user_code")
    try:
        with visit.database.writing() as connection:
            is_no = visit.said("answer") == "no"
            visit.note(connection, DEVICE, "", "denied" if is_no else "paired")
            if is_no:
                pairing.deny(connection, code, visit.now_ms)
            else:
                pairing.approve(
                    connection,
                    code,
                    hub=visit.me.hub,
                    role=_role(visit),
                    name=" ".join(visit.said("name").split())[:120],
                    now_ms=visit.now_ms,
                )
    except NoSuchCode:
        return _page(visit, code or "?")
    return visit.go("/devices", said="denied" if visit.said("answer") == "no" else "paired")


def _role(visit: Visit) -> Role:
    return next((role for role in ROLES if role == visit.said("role")), "door")


HANDLERS = (devices_page, revoke, pair_page, answer)
