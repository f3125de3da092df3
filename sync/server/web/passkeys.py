"""The passkeys of volunteers as they are kept: added, listed, used, removed."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Connection, delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from sync.errors import Refused
from sync.server.database.passkey_tables import AnsweredChallenge, Passkey
from sync.server.web.ceremonies import LASTS_MS, Made, NotConfirmed, credential_id

MOST = 10


class TooManyPasskeys(Refused):
    """One volunteer needs a few."""

    say = "passkeys.too_many"

    def __init__(self) -> None:
        super().__init__(f"more than {MOST}")
        self.most = MOST


class KnownAlready(Refused):
    """This device's passkey is here."""

    say = "passkeys.known"


class Copied(Refused):
    """A passkey counts its uses: one that has used itself less than we saw is a copy."""

    say = "passkeys.copied"


@dataclass(frozen=True, slots=True)
class PasskeyLine:
    """One passkey, as its owner sees it. used_ms: 0 = never."""

    passkey: str
    name: str
    made_ms: int
    used_ms: int


def name_of(credential: bytes) -> str:
    """Return under what a passkey is kept: its own id may have 1,023 bytes."""
    return urlsafe_b64encode(sha256(credential).digest()).decode().rstrip("=")


def passkeys(connection: Connection, hub: str, account: str) -> list[PasskeyLine]:
    """Return the passkeys of an account, the latest first."""
    here = (Passkey.hub_id == hub) & (Passkey.account_id == account)
    rows = connection.execute(select(Passkey).where(here).order_by(Passkey.made_ms.desc()))
    return [PasskeyLine(row.passkey_id, row.name, row.made_ms, row.used_ms) for row in rows]


def kept(connection: Connection, hub: str, account: str) -> list[bytes]:
    """Return what is kept of each passkey of an account."""
    here = (Passkey.hub_id == hub) & (Passkey.account_id == account)
    return list(connection.execute(select(Passkey.data).where(here)).scalars())


def add(connection: Connection, hub: str, account: str, made: Made, name: str, now_ms: int) -> None:
    """Keep a new passkey. Raises TooManyPasskeys, KnownAlready."""
    here = (Passkey.hub_id == hub) & (Passkey.account_id == account)
    if connection.execute(select(func.count()).where(here)).scalar_one() >= MOST:
        raise TooManyPasskeys
    row = {"hub_id": hub, "passkey_id": name_of(credential_id(made.data)), "account_id": account}
    more = {"name": name, "data": made.data, "counter": made.counter, "made_ms": now_ms}
    try:
        connection.execute(insert(Passkey), [row | more])
    except IntegrityError as why:
        raise KnownAlready from why


def found(connection: Connection, hub: str, account: str, credential: bytes) -> bytes:
    """Return what is kept of an account's passkey. Raises NotConfirmed: it is not theirs."""
    here = (Passkey.hub_id == hub) & (Passkey.passkey_id == name_of(credential))
    row = connection.execute(
        select(Passkey.data).where(here, Passkey.account_id == account)
    ).first()
    if row is None:
        raise NotConfirmed
    return bytes(row.data)


def use(connection: Connection, hub: str, data: bytes, counter: int, now_ms: int) -> None:
    """Note that a passkey was used. counter: its own, 0 of those that do not count. Raises Copied."""
    here = (Passkey.hub_id == hub) & (Passkey.passkey_id == name_of(credential_id(data)))
    never = (Passkey.counter == 0) & (counter == 0)
    goes_on = or_(Passkey.counter < counter, never)
    written = update(Passkey).where(here, goes_on).values(counter=counter, used_ms=now_ms)
    if connection.execute(written).rowcount != 1:
        raise Copied


def use_up(connection: Connection, hub: str, challenge: bytes, now_ms: int) -> None:
    """See to it that a challenge is answered once. Raises NotConfirmed where it was before."""
    over = (AnsweredChallenge.hub_id == hub) & (AnsweredChallenge.at_ms < now_ms - LASTS_MS)
    connection.execute(delete(AnsweredChallenge).where(over))
    row = {"hub_id": hub, "challenge": challenge.hex(), "at_ms": now_ms}
    try:
        connection.execute(insert(AnsweredChallenge), [row])
    except IntegrityError as why:
        raise NotConfirmed from why


def remove(connection: Connection, hub: str, account: str, passkey: str) -> bool:
    """Let a passkey go; return whether it was this account's."""
    here = (Passkey.hub_id == hub) & (Passkey.account_id == account)
    gone = delete(Passkey).where(here, Passkey.passkey_id == passkey)
    return connection.execute(gone).rowcount == 1


def remove_all(connection: Connection, hub: str, account: str) -> None:
    """Let all of an account go."""
    here = (Passkey.hub_id == hub) & (Passkey.account_id == account)
    connection.execute(delete(Passkey).where(here))
