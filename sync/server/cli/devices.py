"""``device``: list, approve, deny and revoke doors and walls."""

from __future__ import annotations

import sys
from argparse import Namespace

from sync.server import devices, pairing
from sync.server.cli.opened import database, said_time
from sync.server.hubs import must_be


def listed(asked: Namespace) -> int:
    """Print devices, and those that wait for a yes."""
    with database(asked) as found, found.reading() as connection:
        lines = devices.listed(connection, asked.hub)
        waiting = pairing.waiting(connection, asked.now_ms())
    for line in lines:
        print(_line(line))
    for one in waiting:
        print(f"{one.user_code}  waits for a yes: {one.name or 'no name'} (device approve)")
    if not lines and not waiting:
        print("There is no device yet. A door shows a code when it is told this server's address.")
    return 0


def _line(line: devices.DeviceLine) -> str:
    seen = f"last seen {said_time(line.seen_ms)}" if line.seen_ms else "never seen"
    parts = [f"{line.device}  {line.name or 'no name'}", line.role, f"hub {line.hub}", seen]
    if line.waiting:
        parts.append(f"{line.waiting} records to send")
    if line.version:
        parts.append(line.version)
    if line.copy_of:
        parts.append(f"a copy of {line.copy_of}")
    if line.revoked_ms:
        parts.append(f"revoked {said_time(line.revoked_ms)}")
    return ", ".join(parts)


def approve(asked: Namespace) -> int:
    """Say yes to the device that shows a code."""
    with database(asked) as found, found.writing() as connection:
        must_be(connection, asked.hub)
        pairing.approve(
            connection,
            asked.code,
            hub=asked.hub,
            role=asked.role,
            name=asked.name[:120],
            now_ms=asked.now_ms(),
        )
    print(f"Paired as a {asked.role}. It will notice within some seconds.")
    return 0


def deny(asked: Namespace) -> int:
    """Say no to the device that shows a code."""
    with database(asked) as found, found.writing() as connection:
        pairing.deny(connection, asked.code, asked.now_ms())
    print("It was told no.")
    return 0


def revoke(asked: Namespace) -> int:
    """Take a device's token back; what it sent stays."""
    with database(asked) as found, found.writing() as connection:
        must_be(connection, asked.hub)
        done = devices.revoke(connection, asked.hub, asked.device, asked.now_ms())
    if not done:
        print("This hub has no such device (device list).", file=sys.stderr)
        return 1
    print("It is shut out. It keeps what it has, and works on without us until it is paired again.")
    return 0
