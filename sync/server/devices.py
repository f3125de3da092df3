"""Devices: their tokens, their roles, and the token that a copy gets."""

from __future__ import annotations

import hmac
import re
import secrets
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, get_args

from sqlalchemy import Connection, bindparam, insert, select, update

from sync.server.database.models import Device
from sync.server.errors import Answered
from sync.server.ratchet import Heard

Role = Literal["door", "wall"]
ROLES: tuple[Role, ...] = get_args(Role)
_LISTED = ("name", "role", "node", "version", "waiting", "seen_ms", "copy_of", "revoked_ms")
_THIS = (Device.hub_id == bindparam("hub"), Device.device_id == bindparam("device"))
_TOKEN_OF = select(Device.token_hash, Device.role, Device.revoked_ms).where(*_THIS)
_KNOWN = (
    select(
        Device.word_number,
        Device.word_before,
        Device.word_known,
        Device.seen_ms,
        Device.fresh_seq,
        Device.is_expired,
        Device.name,
        Device.node,
        Device.refused,
    )
    .where(*_THIS)
    .with_for_update(key_share=True)
)
_TOKEN = re.compile(r"([0-9a-f-]{36})\.([0-9a-f]{16})\.([0-9a-f]{40})")


@dataclass(frozen=True, slots=True)
class Asker:
    """The device that asks, as its token says."""

    hub: str
    device: str
    role: Role


@dataclass(frozen=True, slots=True)
class Known:
    """What the server remembers of a device's last exchange (Device, in database/models.py)."""

    heard: Heard
    seen_ms: int
    fresh_seq: int
    is_expired: bool
    name: str
    node: str
    refused: int


def new_token(
    connection: Connection, hub: str, *, role: Role, name: str, node: str, now_ms: int
) -> str:
    """Pair a device with a hub and return its token; only a hash of it is kept."""
    device, secret = secrets.token_hex(8), secrets.token_hex(20)
    return add_device(
        connection, hub, device, secret, role=role, name=name, node=node, made_ms=now_ms
    )


def asker(connection: Connection, token: str) -> Asker:
    """Return whose token this is. Raises Answered: unpaired, forbidden."""
    found = _TOKEN.fullmatch(token)
    if not found:
        raise Answered("unpaired")
    hub, device, secret = found.groups()
    row = connection.execute(_TOKEN_OF, {"hub": hub, "device": device}).first()
    if row is None or not hmac.compare_digest(row.token_hash, _hash(secret)):
        raise Answered("unpaired")
    if row.revoked_ms or row.role not in ROLES:
        raise Answered("forbidden")
    return Asker(hub, device, row.role)


def known(connection: Connection, who: Asker) -> Known:
    """Return what is remembered of a device, and hold its row until the transaction ends."""
    row = connection.execute(_KNOWN, {"hub": who.hub, "device": who.device}).one()
    heard = Heard(row.word_number, row.word_before, row.word_known)
    return Known(
        heard, row.seen_ms, row.fresh_seq, bool(row.is_expired), row.name, row.node, row.refused
    )


def copy_token(connection: Connection, who: Asker, secret: str, name: str, now_ms: int) -> str:
    """Return the token of a copy; the same copy that asks again is given the same one.

    secret: 40 hex digits that only the server can compute from what the copy showed.
    """
    device = sha256(f"copy {who.device} {secret}".encode()).hexdigest()[:16]
    return add_device(
        connection,
        who.hub,
        device,
        secret,
        role=who.role,
        name=name,
        copy_of=who.device,
        made_ms=now_ms,
    )


def add_device(
    connection: Connection, hub: str, device: str, secret: str, **more: str | int
) -> str:
    """Keep a device, unless it is here already, and return its token. more: columns of Device."""
    there = select(Device.device_id).where(Device.hub_id == hub, Device.device_id == device)
    if connection.execute(there).first() is None:
        row = {"hub_id": hub, "device_id": device, "token_hash": _hash(secret), **more}
        connection.execute(insert(Device), [row])
    return f"{hub}.{device}.{secret}"


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """One device, as it is listed (Device, in database/models.py)."""

    hub: str
    device: str
    name: str
    role: str
    node: str
    version: str
    waiting: int
    seen_ms: int
    copy_of: str
    revoked_ms: int


def listed(connection: Connection, hub: str = "") -> list[DeviceLine]:
    """Return the devices of a hub, or of all hubs."""
    rows = select(Device).order_by(Device.hub_id, Device.name, Device.device_id)
    if hub:
        rows = rows.where(Device.hub_id == hub)
    return [
        DeviceLine(
            hub=row.hub_id,
            device=row.device_id,
            **{name: getattr(row, name) for name in _LISTED},
        )
        for row in connection.execute(rows)
    ]


def revoke(connection: Connection, hub: str, device: str, now_ms: int) -> bool:
    """Take a device's token back; its records stay. Return whether there is such a device."""
    here = (Device.hub_id == hub) & (Device.device_id == device)
    taken = connection.execute(update(Device).where(here).values(revoked_ms=now_ms))
    return taken.rowcount == 1


def _hash(secret: str) -> str:
    # The secret is 160 bits of chance: a plain hash cannot be turned back.
    return sha256(secret.encode()).hexdigest()
