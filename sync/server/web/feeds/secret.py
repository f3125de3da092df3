"""The secret in the addresses of rooms' calendars: one for a hub, until it is renewed."""

from __future__ import annotations

import hmac
import secrets

from sqlalchemy import Connection, delete, insert, select

from sync.server.database.models import Feed, HubRow


def secret_of(connection: Connection, hub: str) -> str:
    """Return the secret of a hub's addresses, "" where nobody has asked for one yet."""
    row = select(Feed.secret).where(Feed.hub_id == hub)
    return connection.execute(row).scalar() or ""


def renew(connection: Connection, hub: str, now_ms: int) -> str:
    """Give a hub another secret and return it: the addresses before it lead nowhere from now on."""
    # Two stewards at once: the hub's lock lets one after the other in.
    connection.execute(select(HubRow.seq).where(HubRow.hub_id == hub).with_for_update())
    made = secrets.token_hex(20)
    connection.execute(delete(Feed).where(Feed.hub_id == hub))
    connection.execute(insert(Feed), [{"hub_id": hub, "secret": made, "made_ms": now_ms}])
    return made


def is_secret(connection: Connection, hub: str, said: str) -> bool:
    """Whether an address holds the hub's secret of today."""
    kept = secret_of(connection, hub)
    return bool(kept) and hmac.compare_digest(kept.encode(), said.encode())
