"""Accounts: who looks after a hub, how they come in, and that somebody always can."""

from __future__ import annotations

import hmac
import re
import secrets
import unicodedata
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, get_args

from sqlalchemy import Connection, delete, func, insert, select, update

from sync.errors import Refused
from sync.server.database import account_rows
from sync.server.database.models import Account, Invitation

Role = Literal["steward", "volunteer"]
ROLES: tuple[Role, ...] = get_args(Role)
LASTS_MS = 7 * 24 * 3600 * 1000
_CODE = re.compile(r"([0-9a-f-]{36})\.([0-9a-f]{16})\.([0-9a-f]{32})")


class NameTaken(Refused):
    """Two volunteers of one hub cannot be told apart by this name."""

    say = "welcome.name_taken"


class NameMissing(Refused):
    """A volunteer has a name."""

    say = "welcome.name_missing"


class LinkEnded(Refused):
    """An invitation was used, is older than a week, or never was one."""

    say = "welcome.ended"


class LastSteward(Refused):
    """Without a steward nobody could invite anybody any more."""

    say = "volunteers.last_steward"


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One volunteer, as they are listed (Account, in database/models.py)."""

    account: str
    name: str
    role: str
    person: str
    lang: str
    made_ms: int


@dataclass(frozen=True, slots=True)
class Invited:
    """What an open invitation offers: a role, or (``account``) a new password."""

    hub: str
    invitation: str
    role: str
    name: str
    account: str


def key_of(name: str) -> str:
    """Return a name as it is compared: however it is written, with one space between words."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def digest(secret: str) -> str:
    """Return what is kept of a secret of chance: it cannot be turned back."""
    return sha256(secret.encode()).hexdigest()


def invite(
    connection: Connection, hub: str, role: Role, now_ms: int, *, name: str = "", account: str = ""
) -> str:
    """Open an invitation and return its code, the last part of the link. It works once."""
    sweep_invitations(connection, hub, now_ms)
    invitation, secret = secrets.token_hex(8), secrets.token_hex(16)
    row = {"hub_id": hub, "invitation_id": invitation, "secret_hash": digest(secret), "role": role}
    more = {"name": name, "account_id": account, "made_ms": now_ms}
    connection.execute(insert(Invitation), [row | more])
    return f"{hub}.{invitation}.{secret}"


def invited(connection: Connection, code: str, now_ms: int) -> Invited:
    """Return what an invitation offers. Raises LinkEnded."""
    found = _CODE.fullmatch(code)
    if not found:
        raise LinkEnded
    hub, invitation, secret = found.groups()
    here = (Invitation.hub_id == hub) & (Invitation.invitation_id == invitation)
    row = connection.execute(select(Invitation).where(here)).first()
    if row is None or not hmac.compare_digest(row.secret_hash, digest(secret)):
        raise LinkEnded
    if row.made_ms < now_ms - LASTS_MS:
        raise LinkEnded
    return Invited(hub, invitation, row.role, row.name, row.account_id)


def use_up(connection: Connection, offer: Invited) -> None:
    """End an invitation, and with one to a new password all others of its account.

    Raises LinkEnded where somebody was faster.
    """
    # One statement: two who use two links of an account at once do not wait for each other.
    here = Invitation.invitation_id == offer.invitation
    if offer.account:
        here = Invitation.account_id == offer.account
    ended = delete(Invitation).where(Invitation.hub_id == offer.hub, here)
    gone = connection.execute(ended.returning(Invitation.invitation_id)).scalars().all()
    if offer.invitation not in gone:
        raise LinkEnded


def take_back(connection: Connection, hub: str, invitation: str) -> bool:
    """End an invitation that nobody has used; return whether there was one."""
    here = (Invitation.hub_id == hub) & (Invitation.invitation_id == invitation)
    return connection.execute(delete(Invitation).where(here)).rowcount == 1


def end_links(connection: Connection, hub: str, account: str) -> None:
    """End every link to a new password of an account."""
    here = (Invitation.hub_id == hub) & (Invitation.account_id == account)
    connection.execute(delete(Invitation).where(here))


def sweep_invitations(connection: Connection, hub: str, now_ms: int) -> None:
    """Let the rows of ended invitations go, and the names on them."""
    ended = (Invitation.hub_id == hub) & (Invitation.made_ms < now_ms - LASTS_MS)
    connection.execute(delete(Invitation).where(ended))


def open_invitations(connection: Connection, hub: str, now_ms: int) -> list[Invited]:
    """Return the invitations that nobody has used yet."""
    here = (Invitation.hub_id == hub) & (Invitation.made_ms >= now_ms - LASTS_MS)
    rows = connection.execute(select(Invitation).where(here).order_by(Invitation.made_ms))
    return [Invited(hub, row.invitation_id, row.role, row.name, row.account_id) for row in rows]


def add_account(
    connection: Connection,
    hub: str,
    name: str,
    role: str,
    *,
    person: str,
    password_hash: str,
    lang: str,
    now_ms: int,
) -> str:
    """Make an account and return its id. Raises NameMissing, NameTaken."""
    name = " ".join(name.split())[:80]
    if not name:
        raise NameMissing
    if by_name(connection, hub, name):
        raise NameTaken
    account = secrets.token_hex(8)
    row = {"hub_id": hub, "account_id": account, "name": name, "name_key": key_of(name)}
    more = {"person": person, "role": role, "password_hash": password_hash, "lang": lang}
    connection.execute(insert(Account), [row | more | {"made_ms": now_ms}])
    return account


def by_name(connection: Connection, hub: str, name: str) -> tuple[str, str] | None:
    """Return the account of a name and the hash of its password."""
    here = (Account.hub_id == hub) & (Account.name_key == key_of(name))
    row = connection.execute(select(Account.account_id, Account.password_hash).where(here)).first()
    return (row.account_id, row.password_hash) if row else None


def accounts(connection: Connection, hub: str) -> list[AccountLine]:
    """Return everybody who looks after a hub, by name."""
    rows = connection.execute(
        select(Account).where(Account.hub_id == hub).order_by(Account.name_key)
    )
    return [
        AccountLine(row.account_id, row.name, row.role, row.person, row.lang, row.made_ms)
        for row in rows
    ]


def account_of(connection: Connection, hub: str, account: str) -> AccountLine | None:
    """Return one account of a hub."""
    return next((one for one in accounts(connection, hub) if one.account == account), None)


def set_account(connection: Connection, hub: str, account: str, **columns: str) -> bool:
    """Write what is known of an account; return whether there is one. columns: of Account."""
    here = (Account.hub_id == hub) & (Account.account_id == account)
    return connection.execute(update(Account).where(here).values(**columns)).rowcount == 1


def set_role(connection: Connection, hub: str, account: str, role: Role) -> bool:
    """Give an account a role; return whether there is one. Raises LastSteward."""
    if role != "steward":
        _must_leave_a_steward(connection, hub, account)
    return set_account(connection, hub, account, role=role)


def remove(connection: Connection, hub: str, account: str) -> bool:
    """End an account, its sessions and its passkeys; return whether there was one. Raises LastSteward."""
    _must_leave_a_steward(connection, hub, account)
    return account_rows.end(connection, hub, account)


def _must_leave_a_steward(connection: Connection, hub: str, account: str) -> None:
    # Two stewards who remove each other at once wait for each other here.
    held = select(Account.account_id).where(Account.hub_id == hub, Account.role == "steward")
    connection.execute(held.with_for_update()).all()
    others = select(func.count()).where(
        Account.hub_id == hub, Account.role == "steward", Account.account_id != account
    )
    is_steward = select(func.count()).where(
        Account.hub_id == hub, Account.role == "steward", Account.account_id == account
    )
    if connection.execute(is_steward).scalar_one() and not connection.execute(others).scalar_one():
        raise LastSteward
