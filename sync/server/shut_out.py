"""Whoever was shut out stays out of a restored backup from before that; a door paired since stays in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from sync.server.database import account_rows
from sync.server.database.models import Account, Device, Feed, HubRow, Invitation, Session
from sync.server.database.passkey_tables import Passkey

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class WayIn:
    """By what anybody comes in to the hubs of a database: ids after their hub's, and rows of feeds.

    devices: rows. accounts: role and hash of the password.
    """

    devices: Mapping[Key, Mapping[str, Any]]
    accounts: Mapping[Key, tuple[str, str]]
    passkeys: frozenset[Key]
    feeds: Sequence[Mapping[str, Any]]

    @property
    def knows_nobody(self) -> bool:
        """Whether this cannot say who was shut out, as on a new machine."""
        return not (self.devices or self.accounts)


def ways_in(connection: Connection) -> WayIn:
    """Return who may come in now."""
    devices = connection.execute(select(Device.__table__)).mappings()
    accounts = connection.execute(
        select(Account.hub_id, Account.account_id, Account.role, Account.password_hash)
    )
    passkeys = connection.execute(select(Passkey.hub_id, Passkey.passkey_id))
    return WayIn(
        {(row["hub_id"], row["device_id"]): dict(row) for row in devices},
        {(hub, account): (role, password) for hub, account, role, password in accounts},
        frozenset((hub, passkey) for hub, passkey in passkeys),
        [dict(row) for row in connection.execute(select(Feed.__table__)).mappings()],
    )


def keep_out(connection: Connection, before: WayIn) -> tuple[str, ...]:
    """Let nobody in by rows of a backup who could not come in before they were put back.

    Sessions and links to come in all end: which of them had ended is not known from what is left.
    Return the hubs in which former volunteers are in again, since they would have no steward else.
    """
    for table in (Session, Invitation):
        connection.execute(delete(table))
    for (hub, device), row in before.devices.items():
        if row["revoked_ms"]:
            here = (Device.hub_id == hub) & (Device.device_id == device)
            connection.execute(update(Device).where(here).values(revoked_ms=row["revoked_ms"]))
    for (hub, account), (role, password) in before.accounts.items():
        here = (Account.hub_id == hub) & (Account.account_id == account)
        connection.execute(update(Account).where(here).values(role=role, password_hash=password))
    _renew_feeds(connection, before.feeds)
    known = sorted({hub for hub, _account in before.accounts})
    return tuple(hub for hub in known if not _only_volunteers_of(connection, hub, before))


def stay_paired(connection: Connection, before: WayIn) -> tuple[str, ...]:
    """Have devices back that a backup has never heard of, revoked ones as revoked; return names.

    Nobody could tell a door on a wall that its pairing came to nothing. Of the commits that it heard
    of none is left: it is told ``reset`` when it next asks, like every other.
    """
    hubs = set(connection.execute(select(HubRow.hub_id)).scalars())
    there = {tuple(key) for key in connection.execute(select(Device.hub_id, Device.device_id))}
    later = [row for key, row in before.devices.items() if key not in there and key[0] in hubs]
    for row in later:
        connection.execute(
            insert(Device), [{**row, "fresh_seq": 0, "reported_ms": 0, "refused": 0}]
        )
    return tuple(sorted(str(row["name"]) for row in later if not row["revoked_ms"]))


def _renew_feeds(connection: Connection, feeds: Sequence[Mapping[str, Any]]) -> None:
    hubs = set(connection.execute(select(HubRow.hub_id)).scalars())
    for row in feeds:
        if row["hub_id"] in hubs:
            connection.execute(delete(Feed).where(Feed.hub_id == row["hub_id"]))
            connection.execute(insert(Feed), [row])


def _only_volunteers_of(connection: Connection, hub: str, before: WayIn) -> bool:
    """End what a hub's volunteers came in by that was not there before; return whether that can be."""
    rows = select(Account.account_id, Account.role).where(Account.hub_id == hub)
    roles = dict(connection.execute(rows).all())
    former = [account for account in roles if (hub, account) not in before.accounts]
    if former and "steward" not in {roles[one] for one in roles.keys() - set(former)}:
        return False
    for account in former:
        account_rows.end(connection, hub, account)
    passkeys = select(Passkey.passkey_id).where(Passkey.hub_id == hub)
    for passkey in list(connection.execute(passkeys).scalars()):
        if (hub, passkey) not in before.passkeys:
            here = (Passkey.hub_id == hub) & (Passkey.passkey_id == passkey)
            connection.execute(delete(Passkey).where(here))
    return True
