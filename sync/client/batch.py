"""Which records of the outbox go into one push."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sync.client.effects import Send
from sync.client.state import Pushed
from sync.protocol import MAX_PUSH_BYTES, size_of


class Outgoing(NamedTuple):
    """A record that the server lacks, as it stood at ``version``."""

    kind: str
    id: str
    version: int
    body: Mapping[str, Any]


def batch(
    outbox: Iterable[Outgoing], send: Send, *, most_bytes: int = MAX_PUSH_BYTES
) -> tuple[Outgoing, ...]:
    """Return what this Send pushes, in the outbox's order: up to its ``most`` and most_bytes.

    One record that is larger than that goes by itself, so that the server can say that it is.
    """
    if not send.most:
        return ()
    found: list[Outgoing] = []
    size = 0
    offered = _ready(outbox, send)
    lone = next((one for one in offered if pushed(one) in send.alone), None) if send.alone else None
    if lone is not None:
        return (lone,)
    for one in offered[: send.most]:
        size += size_of(dict(one.body))
        if found and size > most_bytes:
            break
        found.append(one)
    return tuple(found)


def leaves_some(offered: Iterable[Outgoing], chosen: tuple[Outgoing, ...], send: Send) -> bool:
    """Say whether more was ready than this push takes: another one follows at once."""
    return len(_ready(offered, send)) > len(chosen)


def _ready(outbox: Iterable[Outgoing], send: Send) -> list[Outgoing]:
    if not send.without:
        return list(outbox)
    return [one for one in outbox if pushed(one) not in send.without]


def pushed(one: Outgoing) -> Pushed:
    """Return what names a record at the version at which it is pushed."""
    return (one.kind, one.id, one.version)
