"""Pairing: OAuth 2.0 Device Authorization Grant (RFC 8628).

A device asks for a code and shows it; a volunteer types it in and picks hub and role; the device
asks until it is given its token. Asked again until the code ends, the same token is given: an
answer that was lost on the way leaves no device behind.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, get_args

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from sync.errors import Refused
from sync.server.database.models import NO_HUB, HubRow, Pairing
from sync.server.devices import Role, add_device
from sync.server.proofs import Notary

LASTS_S = 15 * 60
INTERVAL_S = 5
MOST_WAITING = 1000
"""Codes that may be open at one time; older ones have to end first."""
MAX_FORM_BYTES = 4096
"""A whole form; a name and a code are far shorter."""
GRANT = "urn:ietf:params:oauth:grant-type:device_code"
_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"  # no vowels: no words; none that reads like a digit (section 6.1)
_Why = Literal[
    "authorization_pending",
    "slow_down",
    "access_denied",
    "expired_token",
    "temporarily_unavailable",
]
WHYS: tuple[_Why, ...] = get_args(_Why)


class NotYet(Refused):
    """No token: ``why`` is the error of RFC 8628, section 3.5."""

    def __init__(self, why: _Why) -> None:
        super().__init__(why)
        self.why = why


class NoSuchCode(Refused):
    """Nobody shows this code (any more), or there is no such hub."""

    def __init__(self) -> None:
        super().__init__("nobody shows this code (any more), or there is no such hub")


@dataclass(frozen=True, slots=True)
class Codes:
    """What a device is told: the code it keeps, and the one that it shows."""

    device_code: str
    user_code: str


@dataclass(frozen=True, slots=True)
class Given:
    """What a device is given: its token, of which hub (and what that is called), as what."""

    token: str
    hub: str
    role: str
    name: str
    hub_name: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A device that shows a code and waits for a yes."""

    user_code: str
    name: str
    made_ms: int


def ask_for_code(connection: Connection, *, name: str, node: str, now_ms: int) -> Codes:
    """Open a code for a device. Raises NotYet where too many are open."""
    ended = (Pairing.hub_id == NO_HUB) & (Pairing.made_ms < now_ms - LASTS_S * 1000)
    connection.execute(delete(Pairing).where(ended))
    there = select(Pairing.user_code).where(Pairing.hub_id == NO_HUB)
    shown = set(connection.execute(there).scalars())
    if len(shown) >= MOST_WAITING:
        raise NotYet("temporarily_unavailable")
    letters = "".join(secrets.choice(_LETTERS) for _ in range(8))
    codes = Codes(secrets.token_urlsafe(32), f"{letters[:4]}-{letters[4:]}")
    row = {"hub_id": NO_HUB, "code_hash": _hash(codes.device_code), "user_code": codes.user_code}
    connection.execute(insert(Pairing), [row | {"name": name, "node": node, "made_ms": now_ms}])
    return codes


def approve(
    connection: Connection, user_code: str, *, hub: str, role: Role, name: str, now_ms: int
) -> None:
    """Say yes to the device that shows a code. Raises NoSuchCode."""
    if connection.execute(select(HubRow.hub_id).where(HubRow.hub_id == hub)).first() is None:
        raise NoSuchCode
    columns: dict[str, str] = {"for_hub": hub, "role": role}
    _answer(connection, user_code, now_ms, **columns, **({"name": name} if name else {}))


def deny(connection: Connection, user_code: str, now_ms: int) -> None:
    """Say no to the device that shows a code. Raises NoSuchCode."""
    _answer(connection, user_code, now_ms, is_denied=1)


def plain_code(typed: str) -> str:
    """Return a code as it is kept, however it was typed."""
    letters = "".join(sign for sign in typed.upper() if sign.isalpha())
    return f"{letters[:4]}-{letters[4:]}"


def waiting(connection: Connection, now_ms: int) -> list[Waiting]:
    """Return the devices that wait for a yes."""
    here = _open(now_ms) & (Pairing.for_hub == "") & (Pairing.is_denied == 0)
    rows = select(Pairing.user_code, Pairing.name, Pairing.made_ms).where(here)
    return [Waiting(*row) for row in connection.execute(rows.order_by(Pairing.made_ms))]


def ask_for_token(
    connection: Connection, notary: Notary, device_code: str, now_ms: int
) -> Given | NotYet:
    """Return the token of a device that was approved, or why there is none."""
    here = (Pairing.hub_id == NO_HUB) & (Pairing.code_hash == _hash(device_code))
    row = connection.execute(select(Pairing).where(here, _open(now_ms))).first()
    if row is None:
        return NotYet("expired_token")
    connection.execute(update(Pairing).where(here).values(asked_ms=now_ms))
    if row.is_denied:
        return NotYet("access_denied")
    if not row.for_hub:
        hurried = now_ms - row.asked_ms < (INTERVAL_S - 1) * 1000
        return NotYet("slow_down" if hurried else "authorization_pending")
    device = sha256(f"paired {device_code}".encode()).hexdigest()[:16]
    token = add_device(
        connection,
        row.for_hub,
        device,
        notary.derived("pairing", device_code),
        role=row.role,
        name=row.name,
        node=row.node,
        made_ms=now_ms,
    )
    called = select(HubRow.name).where(HubRow.hub_id == row.for_hub)
    hub_name = connection.execute(called).scalar_one()
    return Given(token, row.for_hub, row.role, row.name, hub_name)


def _answer(connection: Connection, user_code: str, now_ms: int, **columns: str | int) -> None:
    here = _open(now_ms) & (Pairing.user_code == plain_code(user_code))
    if connection.execute(update(Pairing).where(here).values(**columns)).rowcount != 1:
        raise NoSuchCode


def _open(now_ms: int) -> ColumnElement[bool]:
    return (Pairing.hub_id == NO_HUB) & (Pairing.made_ms >= now_ms - LASTS_S * 1000)


def _hash(code: str) -> str:
    return sha256(code.encode()).hexdigest()
