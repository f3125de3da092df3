"""The server gives each door its name in the hub's record, and a colour that no other has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec
from sqlalchemy import Connection, select

from sync.merge import is_erased
from sync.records import read
from sync.records.hub import Hub
from sync.records.hub_kiosks import PairedDoor, kiosks_due
from sync.server.database.models import Device
from sync.server.landing import Landing
from sync.server.proofs import Notary
from sync.server.saying import say


def is_due(landing: Landing, hub: str, asks: Mapping[str, str]) -> bool:
    """Whether the hub's record has to be looked at: it came, or a door asks that is not in it.

    asks: node -> the colour it was set up with, of who takes part in this commit.
    """
    key = (Hub.KIND, hub)
    body = landing.now(key)
    if body is None or is_erased(body):
        return False
    return key in landing.after or any(not body["fields"].get(f"kiosks.{node}") for node in asks)


def name_kiosks(
    connection: Connection,
    landing: Landing,
    notary: Notary,
    hub: str,
    now_ms: int,
    *,
    asks: Mapping[str, str] | None = None,
) -> None:
    """Bring ``hub.kiosks`` up to date within a commit. asks: as above; None: name every door."""
    body = landing.now((Hub.KIND, hub))
    if body is None or is_erased(body):
        return
    doors = list(_doors(connection, hub, asks or {}))
    named = frozenset(asks) if asks is not None else frozenset(door.node for door in doors)
    due = kiosks_due(read(Hub, hub, body["fields"]).kiosks, doors, named=named)
    if due:
        fields = {f"kiosks.{node}": msgspec.to_builtins(facts) for node, facts in due.items()}
        say(body, fields, landing, notary, hub, now_ms)


def _doors(connection: Connection, hub: str, asks: Mapping[str, str]) -> Iterable[PairedDoor]:
    rows = (
        select(Device.node, Device.name)
        .where(Device.hub_id == hub, Device.role == "door", Device.revoked_ms == 0)
        .order_by(Device.made_ms, Device.device_id)
    )
    for node, name in connection.execute(rows):
        yield PairedDoor(node, name, asks.get(node, ""))
