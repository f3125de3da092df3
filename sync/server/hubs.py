"""Hubs: making one, listing them, telling that the server's clock is right."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import Connection, insert, select, union, update

from sync.errors import Refused
from sync.server.database.models import Device, HubRow, Timer


class HubThere(Refused):
    """A hub with this id is already here."""

    def __init__(self, *, hub: str) -> None:
        super().__init__(f"there is a hub {hub} already")
        self.hub = hub


class NoSuchHub(Refused):
    """There is no hub with this id."""

    def __init__(self, *, hub: str) -> None:
        super().__init__(f"there is no hub {hub} (hub list)")
        self.hub = hub


@dataclass(frozen=True, slots=True)
class HubLine:
    """One hub, as it is listed. recovering: a backup of it was restored, it promises nothing yet."""

    hub: str
    name: str
    seq: int
    recovering: bool


def add_hub(connection: Connection, hub: str, name: str, now_ms: int) -> str:
    """Make a hub and return its id. hub: a UUID, "" = a new one. Raises HubThere, ValueError."""
    hub = str(UUID(hub)) if hub else str(uuid4())
    if connection.execute(select(HubRow.hub_id).where(HubRow.hub_id == hub)).first():
        raise HubThere(hub=hub)
    connection.execute(insert(HubRow), [{"hub_id": hub, "name": name, "made_ms": now_ms}])
    return hub


def must_be(connection: Connection, hub: str) -> None:
    """Pass a hub that is here. Raises NoSuchHub."""
    if connection.execute(select(HubRow.hub_id).where(HubRow.hub_id == hub)).first() is None:
        raise NoSuchHub(hub=hub)


def hubs(connection: Connection) -> list[HubLine]:
    """Return every hub, by name."""
    columns = (HubRow.hub_id, HubRow.name, HubRow.seq, HubRow.recovering_ms)
    rows = connection.execute(select(*columns).order_by(HubRow.name, HubRow.hub_id))
    return [HubLine(hub, name, seq, bool(since)) for hub, name, seq, since in rows]


def confirm_time(connection: Connection, now_ms: int) -> None:
    """Say that the server's clock is right, after it jumped or stood for days.

    Devices could not come in that time: it does not count as theirs.
    """
    nobody_was_away(connection, now_ms)
    connection.execute(update(HubRow).values(last_ms=now_ms))


def keep_time(connection: Connection, now_ms: int, jump_ms: int) -> None:
    """Write down that it is now; where that would be a jump, an operator has to say so."""
    near = (HubRow.last_ms == 0) | (
        (HubRow.last_ms >= now_ms - jump_ms) & (HubRow.last_ms <= now_ms + jump_ms)
    )
    connection.execute(update(HubRow).where(near).values(last_ms=now_ms))


def hubs_with_work(connection: Connection, now_ms: int) -> list[str]:
    """Return the hubs of which a timer has rung, or that come back from a restored backup."""
    rung = select(Timer.hub_id).where(Timer.due_ms <= now_ms)
    recovering = select(HubRow.hub_id).where(HubRow.recovering_ms > 0)
    return sorted(set(connection.execute(union(rung, recovering)).scalars()))


def end_recovery(connection: Connection, hub: str) -> bool:
    """Have a restored hub promise again; return whether it was in recovery."""
    here = (HubRow.hub_id == hub) & (HubRow.recovering_ms > 0)
    return connection.execute(update(HubRow).where(here).values(recovering_ms=0)).rowcount == 1


def nobody_was_away(connection: Connection, now_ms: int) -> None:
    """Move on when devices were last seen, by as long as the server knows nothing of.

    They would be told ``expired`` otherwise, and drop what this server may have lost; and a
    restored hub would wait for nobody before it promises again.
    """
    # Hubs before devices, as every exchange.
    rows = select(HubRow.hub_id, HubRow.last_ms).order_by(HubRow.hub_id)
    for hub, last_ms in connection.execute(rows.with_for_update(key_share=True)).all():
        seen = (Device.hub_id == hub) & (Device.seen_ms > 0)
        if last_ms:
            later = {"seen_ms": Device.seen_ms + (now_ms - last_ms)}
            connection.execute(update(Device).where(seen).values(later))
