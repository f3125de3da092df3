"""``volunteer``: invite the first steward of a hub, and list who looks after it."""

from __future__ import annotations

import sys
from argparse import Namespace

from sync.server.cli.opened import database
from sync.server.hubs import hubs
from sync.server.web.accounts import accounts, invite
from sync.server.web.links import code_in_letters, invitation_link


def invited(asked: Namespace) -> int:
    """Print a link, and the same as a code that a phone's camera reads."""
    with database(asked) as found, found.writing() as connection:
        if asked.hub not in {line.hub for line in hubs(connection)}:
            print(f"{asked.hub} is no hub (hub list).", file=sys.stderr)
            return 1
        code = invite(connection, asked.hub, asked.role, asked.now_ms(), name=asked.name[:80])
    link = invitation_link(asked.public_url.rstrip("/"), code)
    print(link)
    print(code_in_letters(link))
    print(f"Whoever opens it within a week becomes a {asked.role} of this hub. It works once.")
    return 0


def listed(asked: Namespace) -> int:
    """Print everybody who can sign in to a hub's pages."""
    with database(asked) as found, found.reading() as connection:
        lines = accounts(connection, asked.hub)
    for line in lines:
        print(f"{line.account}  {line.name}, {line.role}")
    if not lines:
        print("Nobody looks after this hub yet. Invite somebody: volunteer invite --hub HUB")
    return 0
