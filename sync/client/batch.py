"""Which records of the outbox go into one push."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from sync.client.effects import Send
from sync.client.state import Pushed
from sync.protocol import MAX_PUSH_BYTES, size_of

_AT_ONCE = 100


class Outgoing(Protocol):
    """A record that the server lacks, as it stood at ``version``; the store's own."""

    @property
    def kind(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def version(self) -> int: ...
    @property
    def body(self) -> Mapping[str, Any]: ...


def batch(
    outbox: Iterable[Outgoing], send: Send, *, most_bytes: int = MAX_PUSH_BYTES
) -> tuple[Outgoing, ...]:
    """Return what this Send pushes, in the outbox's order: up to its ``most`` and most_bytes.

    One record that is larger than that goes by itself, so that the server can say that it is.
    """
    if not send.most:
        return ()
    offered = _ready(outbox, send)
    lone = next((one for one in offered if pushed(one) in send.alone), None) if send.alone else None
    if lone is not None:
        return (lone,)
    return _up_to(offered[: send.most], most_bytes)


def _up_to(few: Sequence[Outgoing], most_bytes: int) -> tuple[Outgoing, ...]:
    """Return the first of these that have room; a hundred at once are weighed as fast as five."""
    found: list[Outgoing] = []
    left = most_bytes
    while some := few[len(found) : len(found) + _AT_ONCE]:
        weight = size_of([dict(one.body) for one in some])
        if weight > left:
            return (*found, *_one_by_one(some, left, is_first=not found))
        found += some
        left -= weight
    return tuple(found)


def _one_by_one(some: Sequence[Outgoing], left: int, *, is_first: bool) -> list[Outgoing]:
    found: list[Outgoing] = []
    for one in some:
        left -= size_of(dict(one.body))
        if left < 0 and (found or not is_first):
            break
        found.append(one)
    return found


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
