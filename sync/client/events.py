"""What the engine is told. Times ending in ``_ms`` are of the monotonic clock."""

from __future__ import annotations

from dataclasses import dataclass

from sync.client.state import EMPTY, Outbox, Pushed, Trouble
from sync.protocol import Refusal, SyncAnswer, Word


@dataclass(frozen=True, slots=True)
class Started:
    """The device has started, or was paired: what its store holds of earlier exchanges.

    word: the last one shown. is_answered: what its answer acknowledged is on the disk.
    """

    is_paired: bool
    cursor: str = ""
    word: Word | None = None
    is_answered: bool = False
    outbox: Outbox = EMPTY
    refused: tuple[Refusal, ...] = ()
    is_clock_sure: bool = False


@dataclass(frozen=True, slots=True)
class LocalChange:
    """Somebody wrote a record here."""

    outbox: Outbox


@dataclass(frozen=True, slots=True)
class Answer:
    """The server answered an ask (200) in which ``pushed`` was; it was sent at ``asked_ms``.

    is_part: more was ready than one push takes.
    """

    answer: SyncAnswer
    pushed: tuple[Pushed, ...] = ()
    asked_ms: int = 0
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """What an answer brought is on the disk, and this is what the outbox holds then."""

    outbox: Outbox


@dataclass(frozen=True, slots=True)
class Failed:
    """An ask or a ``wait`` came to nothing.

    trouble: "no_network" (no route, name, connection, time), "not_the_server" (any answer that is
    not ours), "disk" (what came could not be kept); else the server's own answer: its HTTP status,
    and the Problem's error, token and time (since 1970; 0: not said).
    """

    trouble: Trouble = ""
    status: int = 0
    error: str = ""
    pushed: tuple[Pushed, ...] = ()
    retry_after_s: float | None = None
    token: str = ""
    now: int = 0
    asked_ms: int = 0
    is_wait: bool = False


@dataclass(frozen=True, slots=True)
class Woken:
    """The server answered a ``wait`` that was sent with this cursor at ``asked_ms``."""

    cursor: str
    has_news: bool
    asked_ms: int = 0


@dataclass(frozen=True, slots=True)
class Tick:
    """The time of a Wait has come; one too early or too many does no harm."""


@dataclass(frozen=True, slots=True)
class NetworkUp:
    """The network came back, or somebody tapped the light."""


Event = Started | LocalChange | Answer | Kept | Failed | Woken | Tick | NetworkUp
