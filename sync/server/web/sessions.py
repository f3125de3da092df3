"""Sessions: the browsers in which somebody is signed in; each writes as a node of its own."""

from __future__ import annotations

import hmac
import re
import secrets
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from sync.server.database.models import Account, Erased, Session
from sync.server.web.accounts import Role, digest

IDLE_MS = 30 * 24 * 3600 * 1000
LONGEST_MS = 180 * 24 * 3600 * 1000
_NOTE_EVERY_MS = 60_000
_COOKIE = re.compile(r"([0-9a-f-]{36})\.([0-9a-f]{16})\.([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody who is signed in, and by which session. node: who writes, in stamps."""

    hub: str
    session: str
    account: str
    name: str
    role: Role
    person: str
    lang: str
    node: str


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One browser, as it is listed."""

    session: str
    about: str
    made_ms: int
    seen_ms: int


_BROWSERS = ("Firefox", "Edg", "OPR", "SamsungBrowser", "Chrome", "Safari")
_MACHINES = ("iPhone", "iPad", "Android", "Windows", "Macintosh", "CrOS", "Linux")


def browser_name(about: str) -> str:
    """Return what people call a browser that says so of itself: "Firefox, Android"."""
    named = [next((one for one in known if one in about), "") for known in (_BROWSERS, _MACHINES)]
    said = {"Edg": "Edge", "OPR": "Opera", "SamsungBrowser": "Samsung", "Macintosh": "Mac"}
    return ", ".join(said.get(one, one) for one in named if one)


def open_session(connection: Connection, hub: str, account: str, about: str, now_ms: int) -> str:
    """Sign a browser in and return its cookie's value; only a hash of the secret is kept."""
    session, secret = secrets.token_hex(8), secrets.token_hex(32)
    row = {"hub_id": hub, "session_id": session, "account_id": account, "about": about[:120]}
    more = {"secret_hash": digest(secret), "node": secrets.token_hex(4), "made_ms": now_ms}
    connection.execute(insert(Session), [row | more | {"seen_ms": now_ms}])
    return f"{hub}.{session}.{secret}"


def find_session(connection: Connection, cookie: str, now_ms: int) -> Who | None:
    """Return who shows a cookie; nobody where its session ended, or its person was erased."""
    found = _COOKIE.fullmatch(cookie)
    if not found:
        return None
    hub, session, secret = found.groups()
    here = (Session.hub_id == hub) & (Session.session_id == session)
    row = connection.execute(select(Session).where(here)).first()
    if row is None or not hmac.compare_digest(row.secret_hash, digest(secret)):
        return None
    if now_ms - row.seen_ms > IDLE_MS or now_ms - row.made_ms > LONGEST_MS:
        return None
    return _who(connection, hub, session, row.account_id, row.node)


def _who(connection: Connection, hub: str, session: str, account: str, node: str) -> Who | None:
    is_erased = (
        select(Erased.id)
        .where(Erased.hub_id == hub, Erased.kind == "person", Erased.id == Account.person)
        .exists()
    )
    here = (Account.hub_id == hub) & (Account.account_id == account)
    row = connection.execute(select(Account).where(here, ~is_erased)).first()
    if row is None:
        return None
    role: Role = "steward" if row.role == "steward" else "volunteer"
    return Who(hub, session, account, row.name, role, row.person, row.lang, node)


def is_due(connection: Connection, who: Who, now_ms: int) -> bool:
    """Whether it is time to note that a session was used."""
    here = (Session.hub_id == who.hub) & (Session.session_id == who.session)
    seen = connection.execute(select(Session.seen_ms).where(here)).scalar()
    return seen is not None and now_ms - seen >= _NOTE_EVERY_MS


def note(connection: Connection, who: Who, now_ms: int) -> None:
    """Write down that a session was used."""
    here = (Session.hub_id == who.hub) & (Session.session_id == who.session)
    connection.execute(update(Session).where(here).values(seen_ms=now_ms))


def sessions(connection: Connection, hub: str, account: str, now_ms: int) -> list[SessionLine]:
    """Return the browsers in which an account is signed in, the last used first."""
    here = (
        (Session.hub_id == hub)
        & (Session.account_id == account)
        & (Session.seen_ms >= now_ms - IDLE_MS)
        & (Session.made_ms >= now_ms - LONGEST_MS)
    )
    rows = connection.execute(select(Session).where(here).order_by(Session.seen_ms.desc()))
    return [SessionLine(row.session_id, row.about, row.made_ms, row.seen_ms) for row in rows]


def end_session(connection: Connection, hub: str, account: str, session: str) -> bool:
    """Sign a browser out; return whether it was this account's."""
    here = (
        (Session.hub_id == hub) & (Session.account_id == account) & (Session.session_id == session)
    )
    return connection.execute(delete(Session).where(here)).rowcount == 1


def end_others(connection: Connection, hub: str, account: str, but: str = "") -> None:
    """Sign an account out of every browser but one."""
    here = (Session.hub_id == hub) & (Session.account_id == account) & (Session.session_id != but)
    connection.execute(delete(Session).where(here))


def sweep_sessions(connection: Connection, hub: str, now_ms: int) -> None:
    """Let the rows of ended sessions go."""
    over = (Session.seen_ms < now_ms - IDLE_MS) | (Session.made_ms < now_ms - LONGEST_MS)
    connection.execute(delete(Session).where((Session.hub_id == hub) & over))
