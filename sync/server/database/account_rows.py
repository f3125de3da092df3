"""Accounts that end: every row that is kept of them goes. Every query names the hub first."""

from __future__ import annotations

from sqlalchemy import Connection, delete, func, select

from sync.log import Log
from sync.server.database import logbook
from sync.server.database.models import Account, Erased, Invitation, Session
from sync.server.database.passkey_tables import Passkey

log = Log("accounts")


def forget_erased(connection: Connection, hub: str) -> int:
    """End the accounts of people who were erased, wherever they were; return how many."""
    gone = select(Erased.id).where(Erased.hub_id == hub, Erased.kind == "person")
    of_them = select(Account.account_id, Account.role).where(
        Account.hub_id == hub, Account.person.in_(gone)
    )
    found = connection.execute(of_them).all()
    for account, _role in found:
        end(connection, hub, account)
    if any(role == "steward" for _account, role in found) and not _has_a_steward(connection, hub):
        log.warning("stewards.none_left", where=hub)
    return len(found)


def end(connection: Connection, hub: str, account: str) -> bool:
    """End an account, its sessions, links and passkeys; return whether there was one."""
    # Links before the account, sessions after it: whoever comes in by a link locks them in this order.
    _drop(connection, Invitation, hub, account)
    was_there = _drop(connection, Account, hub, account) == 1
    for table in (Session, Passkey):
        _drop(connection, table, hub, account)
    logbook.forget_account(connection, hub, account)
    return was_there


def _drop(
    connection: Connection,
    table: type[Account | Invitation | Passkey | Session],
    hub: str,
    account: str,
) -> int:
    here = (table.hub_id == hub) & (table.account_id == account)
    return connection.execute(delete(table).where(here)).rowcount


def _has_a_steward(connection: Connection, hub: str) -> bool:
    stewards = select(func.count()).where(Account.hub_id == hub, Account.role == "steward")
    return bool(connection.execute(stewards).scalar_one())
