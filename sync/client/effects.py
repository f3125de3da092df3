"""What the engine wants done, by whoever has a socket, a disk and a clock, in the order given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sync.client.state import Key, Pushed
from sync.merge import WireRecord
from sync.protocol import Refusal, Word


@dataclass(frozen=True, slots=True)
class Keep:
    """Put the word on the disk; only then may the Send that follows go out."""

    word: Word


@dataclass(frozen=True, slots=True)
class Send:
    """Ask the server; answer with Answer or Failed.

    most: records to push at most (0: none). without: what is set aside, not to be pushed. alone:
    records that are pushed with no other beside them.
    """

    cursor: str
    word: Word
    most: int = 0
    without: frozenset[Pushed] = frozenset()
    alone: frozenset[Pushed] = frozenset()


@dataclass(frozen=True, slots=True)
class Hear:
    """The server's time was ``now`` (since 1970), half way between ``asked_ms`` and this moment."""

    now: int
    asked_ms: int


@dataclass(frozen=True, slots=True)
class TakeIn:
    """Put on the disk what an answer says, in one transaction.

    accepted: the server holds these, each at the version pushed; refused: it will not take them.
    answered: the next word of the ask; with them, since who shows that ask's word again would be
    taken by a restored server for one whose push it never had. records: to merge. cursor: how far
    they reach; None: as far as before. word: that of the next ask, which follows at once. known:
    all that is refused by now, and why, where that may be another: volunteers see it after a restart.
    """

    accepted: tuple[Pushed, ...] = ()
    refused: tuple[Pushed, ...] = ()
    answered: str = ""
    records: tuple[WireRecord, ...] = ()
    cursor: str | None = None
    word: Word | None = None
    known: tuple[Refusal, ...] | None = None


@dataclass(frozen=True, slots=True)
class DropFields:
    """Let go of fields that only a server writes and for which no server has given a proof."""

    kind: str
    id: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Redate:
    """Date these records anew, as far as no server ever accepted them: they lie in the future.

    late: the fields that the server named, by record: it never accepted them, whatever it holds.
    """

    pushed: tuple[Pushed, ...]
    late: Mapping[Key, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reset:
    """The server lost something: mark every record unsent, then begin hearing from the start."""


@dataclass(frozen=True, slots=True)
class Expire:
    """Away too long: drop every record that a server ever accepted, then hear from the start."""


@dataclass(frozen=True, slots=True)
class Renew:
    """A copy of this device lives: take a new node id and this token; the records stay."""

    token: str


@dataclass(frozen=True, slots=True)
class Look:
    """When all before it is on the disk, tell how the outbox stands (Kept)."""


@dataclass(frozen=True, slots=True)
class Listen:
    """Ask ``wait`` on the other thread; answer with Woken or Failed(is_wait=True)."""

    cursor: str
    is_all_sent: bool


@dataclass(frozen=True, slots=True)
class Wait:
    """Send a Tick at this time; a later Wait takes the place of an earlier one."""

    until_ms: int


@dataclass(frozen=True, slots=True)
class Say:
    """What people may know has changed; ``what`` is a sentence's key where there is one to say."""

    what: str = ""


Effect = (
    Keep
    | Send
    | Hear
    | TakeIn
    | DropFields
    | Redate
    | Reset
    | Expire
    | Renew
    | Look
    | Listen
    | Wait
    | Say
)
