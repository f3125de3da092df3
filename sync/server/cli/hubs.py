"""``hub``: make a hub, list them, end a recovery."""

from __future__ import annotations

import sys
from argparse import Namespace
from uuid import UUID

from sync.server.cli.opened import commits, database
from sync.server.hubs import add_hub, end_recovery, hubs


def add(asked: Namespace) -> int:
    """Make a hub and print its id, alone on the first line."""
    try:
        hub = str(UUID(asked.id)) if asked.id else ""
    except ValueError:
        print(f"An id is a UUID; {asked.id!r} is none.", file=sys.stderr)
        return 2
    with database(asked) as found, found.writing() as connection:
        made = add_hub(connection, hub, asked.name[:120], asked.now_ms())
    print(made)
    print(f'This is the id of "{asked.name}". A door is paired with it by: device approve.')
    return 0


def listed(asked: Namespace) -> int:
    """Print every hub: id, name, how often something of it changed."""
    with database(asked) as found, found.reading() as connection:
        lines = hubs(connection)
    for line in lines:
        more = ", promises nothing yet (hub go-on)" if line.recovering else ""
        print(f"{line.hub}  {line.name}, changes so far: {line.seq}{more}")
    if not lines:
        print('There is no hub yet. Make one: hub add "Its name".')
    return 0


def go_on(asked: Namespace) -> int:
    """End the recovery of a restored hub; what waited for an answer gets it."""
    with database(asked) as found:
        made, _settings = commits(asked, found)
        with found.writing() as connection:
            ended = end_recovery(connection, asked.hub)
            if ended:
                made.commit(connection, asked.hub, (), everybody=True)
    if not ended:
        print(f"{asked.hub} is no hub, or is not in recovery (hub list).", file=sys.stderr)
        return 1
    print("It promises again. Bookings that waited have their answer.")
    return 0
