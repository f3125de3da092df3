"""The engine's effects on the device itself: its store, its clock, its token.

All of it is done by the thread that writes the store; whoever calls waits until it is durable.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from datetime import UTC, tzinfo
from functools import partial
from random import Random, SystemRandom
from typing import Any, Protocol

import msgspec

from sync.client import effects as do
from sync.client.batch import Outgoing, pushed
from sync.client.effects import TakeIn
from sync.client.events import Started
from sync.client.state import Key, Outbox, Pushed
from sync.client.wire import Device
from sync.clock import Reading, new_node
from sync.errors import BadStamp
from sync.log import Log
from sync.protocol import Refusal, Word

log = Log("sync")

CURSOR, WORD, ANSWERED, REFUSED = "cursor", "word", "answered", "refused"
"""The store's notes in which the engine finds itself again after a start."""
_CHANCE = SystemRandom()


class Store(Protocol):
    """What sync needs of a store; each of these returns when it is on the disk.

    next_ready_ms: when the next held record may be sent, by the same clock as ``now_ms``; None:
    none is held. Those of changed records return what they touched, as a merge does.
    """

    @property
    def node(self) -> str: ...
    @property
    def waiting(self) -> int: ...
    def note(self, key: str) -> Any: ...
    def keep_notes(self, **notes: Any) -> None: ...
    def outbox(self, now_ms: int, limit: int) -> Sequence[Outgoing]: ...
    def next_ready_ms(self, now_ms: int) -> int | None: ...
    def offer_all(self) -> Any: ...
    def take_in(
        self,
        records: Iterable[Mapping[str, Any]],
        cursor: str | None,
        now_ms: int,
        *,
        accepted: Iterable[Any],
        refused: Iterable[Any],
        notes: Mapping[str, Any],
    ) -> Any: ...
    def drop_fields(self, kind: str, id: str, fields: Sequence[str]) -> Any: ...
    def redate(
        self,
        pushed: Iterable[Any],
        now_ms: int,
        zone: tzinfo,
        *,
        late: Mapping[Key, Sequence[str]],
    ) -> Any: ...
    def expire(self) -> Any: ...
    def renew(self, node: str) -> Any: ...


class Desk(Protocol):
    """The thread of the store: ``do`` for jobs that change records, ``aside`` for all others."""

    def do(self, job: Callable[[], Any]) -> Future[Any]: ...
    def aside(self, job: Callable[[], Any]) -> Future[Any]: ...


class Clock(Protocol):
    """The device's time. ``mono_ms`` never jumps; ``wall_ms`` is since 1970."""

    def mono_ms(self) -> int: ...
    def wall_ms(self) -> int: ...
    @property
    def sure(self) -> bool: ...
    def hear_server(self, server_ms: int, asked_ms: int, answered_ms: int) -> None: ...


class Token(Protocol):
    """What the server knows this device by; "" = it is not paired."""

    def read(self) -> str: ...
    def keep(self, token: str) -> None: ...


class Home:
    """A device as the engine sees it."""

    def __init__(
        self,
        store: Store,
        desk: Desk,
        clock: Clock,
        token: Token,
        version: str,
        dice: Random = _CHANCE,
        *,
        colour: str = "",
        zone: Callable[[], tzinfo] = lambda: UTC,
    ) -> None:
        """colour: of its guest tags, as set up. zone: the hub's, for days that are dated anew."""
        self._store, self._desk, self._clock, self._token = store, desk, clock, token
        self._version, self._dice = version, dice
        self._colour, self._zone = colour, zone

    def begin(self) -> Started:
        """Return what is known from before this start.

        Who never heard anything of this server offers it all: what another one held counts no more.
        """
        said, cursor = self._store.note(WORD), self._store.note(CURSOR) or ""
        word = msgspec.convert(said, Word) if said else None
        is_paired = bool(self._token.read())
        if is_paired and not cursor:
            self._write(self._store.offer_all)
        return Started(
            is_paired=is_paired,
            cursor=cursor,
            word=word,
            is_answered=word is not None and word.next == self._store.note(ANSWERED),
            outbox=self.outbox(frozenset()),
            refused=tuple(msgspec.convert(self._store.note(REFUSED) or [], list[Refusal])),
            is_clock_sure=self._clock.sure,
        )

    @property
    def device(self) -> Device:
        """Who this device is on the wire."""
        return Device(self._token.read(), self._store.node, self._version, self._colour)

    @property
    def waiting(self) -> int:
        """How many records the server lacks."""
        return self._store.waiting

    def outbox(self, without: frozenset[Pushed]) -> Outbox:
        """Return how the outbox stands, not counting as ready what is set aside."""
        waiting = self._store.waiting
        if not waiting:
            return Outbox()
        wall_ms, mono_ms = self._clock.wall_ms(), self._clock.mono_ms()
        found = self._store.outbox(wall_ms, len(without) + 1)
        since_ms = _written_ms(found[0].body) if found else None
        if any(pushed(one) not in without for one in found):
            return Outbox(waiting, since_ms, mono_ms)
        held_ms = self._store.next_ready_ms(wall_ms)
        ready_ms = None if held_ms is None else mono_ms + max(0, held_ms - wall_ms)
        return Outbox(waiting, since_ms, ready_ms)

    def offered(self, send: do.Send) -> Sequence[Outgoing]:
        """Return of the outbox what a batch is chosen from, and one more where there is one."""
        limit = send.most + len(send.without) + len(send.alone) + 1
        return self._store.outbox(self._clock.wall_ms(), limit) if send.most else ()

    def do(self, effect: do.Effect) -> None:
        """Do one effect and return when it is durable. Raises Lost where the disk will not."""
        store = self._store
        match effect:
            case do.Keep(word):
                self._keep_word(word)
            case do.Hear(server_ms, asked_ms):
                self._clock.hear_server(server_ms, asked_ms, self._clock.mono_ms())
            case TakeIn():
                self._take_in(effect)
            case do.DropFields(kind, record_id, fields):
                self._write(lambda: store.drop_fields(kind, record_id, fields))
            case do.Redate(future, late):
                log.warning("future.redated", count=len(future))
                now_ms, zone = self._clock.wall_ms(), self._zone()
                self._write(lambda: store.redate(future, now_ms, zone, late=late))
            case do.Reset():
                self._write(store.offer_all)
                self._take_in(TakeIn(cursor=""))
            case do.Expire():
                self._write(store.expire)
            case do.Renew(token):
                # The node first: after a power cut the old token is told ``fork`` again, the new one
                # would go on under the node id of the device that this is a copy of.
                self._write(lambda: store.renew(new_node(self._dice)))
                self._token.keep(token)
                self._note({WORD: None})

    def _take_in(self, what: TakeIn) -> None:
        notes: dict[str, Any] = {ANSWERED: what.answered} if what.answered else {}
        if what.word:
            notes[WORD] = msgspec.to_builtins(what.word)
        if what.known is not None:
            # As it will be read back: a tuple that comes back a list would pass for damage.
            notes[REFUSED] = msgspec.json.decode(msgspec.json.encode(what.known))
        now_ms = self._clock.wall_ms()  # the machine's own clock may be years off
        job = partial(
            self._store.take_in,
            what.records,
            what.cursor,
            now_ms,
            accepted=what.accepted,
            refused=what.refused,
            notes=notes,
        )
        if what.cursor is None:
            self._aside(job)  # no record is another than before
        else:
            self._write(job)

    def _keep_word(self, word: Word) -> None:
        said = msgspec.to_builtins(word)
        if self._store.note(WORD) != said:
            self._note({WORD: said})

    def _note(self, notes: Mapping[str, Any]) -> None:
        self._aside(lambda: self._store.keep_notes(**notes))

    def _aside(self, job: Callable[[], Any]) -> None:
        self._desk.aside(job).result()

    def _write(self, job: Callable[[], Any]) -> None:
        self._desk.do(job).result()


def _written_ms(body: Mapping[str, Any]) -> int | None:
    """Return when a waiting record was last written, since 1970; None where no stamp says so."""
    found = []
    for stamp in body.get("stamps", {}).values():
        try:
            found.append(Reading.parse(stamp[1:].partition("~")[0]).ms)
        except BadStamp:
            continue
    return max(found, default=None)
