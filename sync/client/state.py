"""What the engine knows: one frozen value.

Times end in ``_ms`` and are of the device's monotonic clock (milliseconds since its boot): a wall
clock that jumps changes nothing here. Exceptions say so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import Literal

from sync.protocol import MAX_RECORDS, Refusal, Word

Pushed = tuple[str, str, int]
"""Kind, id and local version of a record as it was pushed."""
Key = tuple[str, str]
"""Kind and id of a record."""
Trouble = Literal["", "no_network", "not_the_server", "server_busy", "server_broken", "disk"]
"""What stands in the way. not_the_server: the network answers, the server does not (a portal)."""
AsideWhy = Literal["suspect", "breaks", "future"]


class Phase(Enum):
    """Where the engine stands.

    stopped: no token, or one that the server does not take; where it does not know it, we ask again
    at ``until_ms``, for a backup may bring it back. idle: listening, with nothing to
    say. sending: an ask is on its way. keeping: an answer is being put on the disk. resting: waits
    before it tries again.
    """

    STOPPED = "stopped"
    IDLE = "idle"
    SENDING = "sending"
    KEEPING = "keeping"
    RESTING = "resting"


@dataclass(frozen=True, slots=True)
class Outbox:
    """How the store's outbox stands.

    waiting: records that the server lacks. since_ms: when the oldest of them was written, by the
    wall clock, since 1970. ready_ms: when the next one may be sent (not set aside, no longer to be
    undone); None = none.
    """

    waiting: int = 0
    since_ms: int | None = None
    ready_ms: int | None = None


EMPTY = Outbox()


@dataclass(frozen=True, slots=True)
class Aside:
    """A record that is held back until ``until_ms``, at the version that was tried.

    why: "suspect" (the server broke over it alone, and nothing else has gone through since),
    "breaks" (something else has), "future" (its stamp is ahead of the server's clock).
    """

    version: int
    until_ms: int
    why: AsideWhy
    tries: int = 1


def _no_refusals() -> Mapping[Key, Refusal]:
    return MappingProxyType({})


def _nothing_aside() -> Mapping[Key, Aside]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class State:
    """All that the engine knows.

    word: the last one shown, None before the first; is_answered: whether it was answered, so that
    the next ask shows a new one. cursor: how far we have heard **and** kept; next_cursor and
    has_new_token (which begins with a new word) count once they are on the disk. knows_now: the server has told
    its time in this boot, so we may push. owes: an exchange is due whatever the outbox says. most:
    how many records the next push may have; it falls where the server chokes. went_through: a push
    did, since the last idle moment. until_ms: no exchange before. was_told_to_wait: by the server.
    answered_ms: when the answer came that is being put on the disk; last_ok_ms: of the last that is.
    is_clock_sure: the device knew the time without us. false_alarms: wakes that brought nothing.
    is_unknown: our token was not known, and no exchange has succeeded since.
    """

    phase: Phase = Phase.STOPPED
    outbox: Outbox = EMPTY
    word: Word | None = None
    is_answered: bool = False
    cursor: str = ""
    next_cursor: str = ""
    has_new_token: bool = False
    knows_now: bool = False
    is_clock_sure: bool = False
    owes: bool = True
    listens: bool = False
    most: int = MAX_RECORDS
    went_through: bool = False
    aside: Mapping[Key, Aside] = field(default_factory=_nothing_aside)
    refused: Mapping[Key, Refusal] = field(default_factory=_no_refusals)
    failures: int = 0
    trouble: Trouble = ""
    until_ms: int = 0
    was_told_to_wait: bool = False
    answered_ms: int | None = None
    last_ok_ms: int | None = None
    false_alarms: int = 0
    is_unknown: bool = False
