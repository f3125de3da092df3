"""The key of cards that are printed at home: the server makes one for each hub, and doors hear of it.

A key is derived from the server's own keys and a number, so that a hub that was restored from an
old backup is given the same one again, and no card that somebody printed is worth nothing.
"""

from __future__ import annotations

from sync.merge import is_erased
from sync.records.hub import Hub
from sync.server.landing import Landing
from sync.server.proofs import Notary
from sync.server.saying import say

MOST_KEYS = 10_000


def key_is_due(landing: Landing, hub: str) -> bool:
    """Whether the hub's record is here and has no key yet."""
    body = landing.now((Hub.KIND, hub))
    return body is not None and not is_erased(body) and not body["fields"].get("card_key")


def give_key(landing: Landing, notary: Notary, hub: str, now_ms: int) -> None:
    """Write the hub's first key within a commit."""
    body = landing.now((Hub.KIND, hub))
    if body is not None:
        say(body, {"card_key": numbered_key(notary, hub, 1)}, landing, notary, hub, now_ms)


def next_key(notary: Notary, hub: str, key: str) -> str:
    """Return the key that follows one; the first where that is none of this server's."""
    known = (number for number in range(1, MOST_KEYS) if numbered_key(notary, hub, number) == key)
    return numbered_key(notary, hub, next(known, 0) + 1)


def numbered_key(notary: Notary, hub: str, number: int) -> str:
    """Return a hub's key of this number."""
    return notary.derived("card key", hub, str(number))
