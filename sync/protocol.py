"""What devices and the server say to each other: HTTP and JSON, gzip both ways (docs/sync.md).

Pure: bytes in, messages out. Records travel as raw JSON objects, so that kinds and fields which
one side has never heard of pass through it unharmed.

    POST /v1/sync   SyncAsk -> SyncAnswer (200) or Problem (any other status)
    GET  /v1/wait?cursor=812.c41f77a20b9e6d13&all_sent=1   -> Woken (200) or Problem
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Literal, TypeVar

import msgspec

from sync.errors import BadMessage, TooLarge
from sync.merge import WireRecord

PROTOCOL = 1
"""The version of these messages; a server that cannot speak it answers ``protocol``."""
SYNC_PATH = "/v1/sync"
WAIT_PATH = "/v1/wait"
NODE_HEADER, WAITING_HEADER = "Kiosk-Node", "Kiosk-Waiting"
COLOUR_HEADER = "Kiosk-Colour"
"""What a device says of itself beside a sync: its node id, and how many records wait."""
MAX_RECORDS = 2000
"""Records in one push; a page of an answer ends at the first end of a commit after as many."""
MAX_PUSH_BYTES = 1024 * 1024
"""The records of one push as plain JSON; one that is larger travels alone, and is refused."""
MAX_ASK_BYTES = 2048 * 1024
"""A whole ask after inflating, envelope included; a server answers more with 413."""
MAX_ANSWER_BYTES = 64 * 1024 * 1024
"""A whole answer after inflating: one commit (a restored server's washing) is never cut in two."""
WAIT_S = 25
"""How long the server holds a ``wait`` before it answers that there is no news."""

ErrorName = Literal[
    "bad_message",
    "protocol",
    "unpaired",
    "forbidden",
    "fork",
    "reset",
    "expired",
    "future",
    "too_large",
    "too_many",
    "broken",
    "busy",
    "clock",
    "full",
]
STATUS: Mapping[str, int] = MappingProxyType(
    {
        "bad_message": 400,  # not JSON, not these messages
        "protocol": 400,  # a version that the server does not speak
        "unpaired": 401,  # no token, or one that nobody knows
        "forbidden": 403,  # a token that was revoked, or whose role may not do this
        "fork": 409,  # another device has gone on with this word: a copied card, an old image
        "reset": 409,  # the cursor or the word is of a later server: offer everything again
        "expired": 409,  # away for longer than the horizon
        "future": 409,  # the whole push lies in the future, see ``now``; else each has a Refusal
        "too_large": 413,
        "too_many": 429,  # with Retry-After, in seconds
        "broken": 500,  # a bug; nothing of the push was merged
        "busy": 503,  # with Retry-After, in seconds
        "clock": 503,  # the server's own clock jumped; an operator has to look
        "full": 503,  # the server's disk
    }
)
"""The HTTP status of each Problem."""

RefusalReason = Literal[
    "proof", "future", "decided", "letter", "scope", "too_large", "not_a_record", "not_erasable"
]
"""Why a server refuses a record; a later server may have more words, so they travel as text.

proof: server-only fields without their proof; the rest of the record was merged. future: a stamp
ahead of the server's clock (the answer's ``now``) and of all that it holds. decided: a `once` field
that a confirmed promise stands on. letter: a known field under another rule. scope: not for this
token's role. too_large: longer than a push may be. not_erasable: an ``x`` on a field, or
``erased`` of a kind, that does not allow it.
"""


class Word(msgspec.Struct, frozen=True, array_like=True):
    """The numbered ratchet by which a server tells a device from a copy of it.

    number: 1 for the device's first ask ever, one more after each answer (200). known: the
    ``next`` of the last answered ask, "" at first. next: 16 random hex digits, stored by the device
    before they are sent. Repeated unchanged until an ask is answered with 200: the server accepts
    the known word, or the exact repeat of the last pair. ``reset`` adopts the word shown as if it
    had been accepted; the device repeats it. After ``fork`` a device begins at 1 with its new token;
    after ``expired`` it repeats its word too, and says by the cursor "" that it begins afresh.
    """

    number: int
    known: str
    next: str


class SyncAsk(msgspec.Struct, frozen=True):
    """What a device says: how far it has heard, who it is by its word, what the server lacks.

    cursor: "<seq>.<tag>" as the server gave it; "" = from the beginning. limit: about how many
    records the device wants back.
    """

    protocol: int
    cursor: str
    word: Word
    push: list[WireRecord] = []
    limit: int = MAX_RECORDS


class Refusal(msgspec.Struct, frozen=True):
    """A pushed record (or some of its fields) that the server does not take, and why.

    fields: the flat names that it is about. With ``proof`` the rest of the record was merged; any
    other reason refuses the whole record, whatever the fields.
    say: the key of the sentence for volunteers.
    """

    kind: str
    id: str
    reason: str
    say: str = "sorry.not_now"
    fields: tuple[str, ...] = ()


class SyncAnswer(msgspec.Struct, frozen=True):
    """All that was pushed and is not in ``refused`` is merged and durable.

    now: the server's time, milliseconds since 1970. cursor: how far ``records`` reach. more: ask
    again at once, there is another page.
    """

    now: int
    cursor: str
    more: bool = False
    records: list[WireRecord] = []
    refused: list[Refusal] = []


class Woken(msgspec.Struct, frozen=True):
    """The answer to ``wait``: whether a sync is worth while (news, or a cursor not the server's)."""

    now: int
    news: bool


class Problem(msgspec.Struct, frozen=True):
    """Every answer but 200. error: an ErrorName; a later server may have more.

    now: the server's time, milliseconds since 1970. token: with ``fork`` only, the new token.
    """

    error: str
    say: str = "sorry.not_now"
    now: int = 0
    token: str = ""


Message = SyncAsk | SyncAnswer | Woken | Problem
M = TypeVar("M", SyncAsk, SyncAnswer, Woken, Problem)

_encode = msgspec.json.Encoder().encode
_decoders: dict[type[Any], msgspec.json.Decoder[Any]] = {
    cls: msgspec.json.Decoder(cls) for cls in (SyncAsk, SyncAnswer, Woken, Problem)
}
_GZIP = 31
_GZIP_OPENS = b"\x1f\x8b"
_LEVEL = 3


def encode(message: Message) -> bytes:
    """Return a message as JSON in gzip (``Content-Encoding: gzip``)."""
    packer = zlib.compressobj(_LEVEL, wbits=_GZIP)
    return packer.compress(_encode(message)) + packer.flush()


def size_of(records: WireRecord | Sequence[WireRecord]) -> int:
    """Return how many bytes records take as JSON, before gzip: what MAX_PUSH_BYTES counts."""
    return len(_encode(records))


def decode(data: bytes, cls: type[M], *, largest: int) -> M:
    """Return the message that somebody sent, gzip or not; fields we do not know are ignored.

    largest: how many bytes it may hold after inflating (MAX_ASK_BYTES, MAX_ANSWER_BYTES); no more
    than that is ever inflated. Raises TooLarge, BadMessage.
    """
    try:
        message: M = _decoders[cls].decode(inflate(data, largest=largest))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as why:
        raise BadMessage(expected=cls.__name__) from why
    return message


def inflate(data: bytes, *, largest: int) -> bytes:
    """Return data without its gzip, as it is where it has none. Raises TooLarge, BadMessage."""
    if not data.startswith(_GZIP_OPENS):
        if len(data) > largest:
            raise TooLarge(largest_bytes=largest)
        return data
    unpacker = zlib.decompressobj(wbits=_GZIP)
    try:
        plain = unpacker.decompress(data, largest + 1)
    except zlib.error as why:
        raise BadMessage(expected="gzip") from why
    if len(plain) > largest:
        raise TooLarge(largest_bytes=largest)
    if not unpacker.eof or unpacker.unused_data:
        raise BadMessage(expected="gzip")
    return plain
