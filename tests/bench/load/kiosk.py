"""A simulated kiosk: the real engine and the real messages over real HTTP; in place of a disk, a list.

Many of them share one thread: what a kiosk does on two (tests of the shell: tests/sync/client) is
done by tasks here.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter, deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from httpcore import (
    AsyncConnectionPool,
    ConnectError,
    NetworkError,
    ProtocolError,
    TimeoutException,
)

from sync.client.batch import batch, leaves_some, pushed
from sync.client.core import step
from sync.client.effects import Effect, Listen, Look, Say, Send, TakeIn, Wait
from sync.client.events import (
    Answer,
    Event,
    Failed,
    Kept,
    LocalChange,
    NetworkUp,
    Started,
    Tick,
    Woken,
)
from sync.client.state import EMPTY, Outbox, State
from sync.client.wire import CONNECT_S, READ_S
from sync.errors import BadMessage
from sync.protocol import (
    MAX_ANSWER_BYTES,
    NODE_HEADER,
    PROTOCOL,
    SYNC_PATH,
    WAIT_PATH,
    WAITING_HEADER,
    Problem,
    SyncAnswer,
    SyncAsk,
    decode,
    encode,
)
from sync.protocol import Woken as WokenAnswer

_AWAY = (ConnectError, NetworkError, ProtocolError, TimeoutException, OSError)
_TIMEOUTS = {"connect": CONNECT_S, "read": READ_S, "write": READ_S, "pool": READ_S}


def mono_ms() -> int:
    """Return the monotonic clock, in milliseconds."""
    return time.monotonic_ns() // 1_000_000


@dataclass
class Seen:
    """What all kiosks met since it was last emptied. syncs_s: how long each exchange took."""

    syncs_s: list[float] = field(default_factory=list)
    waits: int = 0
    sent: int = 0
    troubles: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Held:
    """A record that waits to be sent."""

    id: str
    body: Mapping[str, Any]
    kind: str = "visit"
    version: int = 1


class Kiosk:
    """One device. seen: where it says what it met."""

    def __init__(self, server: str, token: str, node: str, seen: Seen) -> None:
        self.node, self.seen, self.is_up = node, seen, True
        self._url, self._dice, self._state = server, Random(node), State()
        self._head = {"Authorization": f"Bearer {token}", "Accept-Encoding": "gzip"}
        self._http = AsyncConnectionPool(max_connections=2, max_keepalive_connections=2)
        self._outbox: dict[str, Held] = {}
        self._inbox: asyncio.Queue[Event] = asyncio.Queue()
        self._tasks: set[asyncio.Task[None]] = set()
        self._timer: asyncio.TimerHandle | None = None
        self.drained = asyncio.Event()

    @property
    def waiting(self) -> int:
        """How many records the server lacks."""
        return len(self._outbox)

    @property
    def is_quiet(self) -> bool:
        """Whether there is nothing to say or to hear as far as it knows."""
        return not self._outbox and not self._state.owes and self._state.listens

    def start(self) -> None:
        """Boot."""
        self._spawn(self._run())
        self._inbox.put_nowait(Started(is_paired=True, outbox=self._counted()))

    def writes(self, *records: Held) -> None:
        """Commit records."""
        self._outbox |= {one.id: one for one in records}
        self.drained.clear()
        self._inbox.put_nowait(LocalChange(self._counted()))

    async def goes_down(self) -> None:
        """Lose the network."""
        self.is_up = False
        http, self._http = self._http, AsyncConnectionPool(max_connections=2)
        with suppress(RuntimeError):  # a request is under way on it: it breaks there
            await http.aclose()

    def comes_up(self) -> None:
        """Have the network again."""
        self.is_up = True
        self._inbox.put_nowait(NetworkUp())

    async def close(self) -> None:
        """End."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with suppress(RuntimeError):
            await self._http.aclose()

    def _spawn(self, job: Any) -> None:
        task = asyncio.ensure_future(job)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _counted(self) -> Outbox:
        return Outbox(len(self._outbox), 0, mono_ms()) if self._outbox else EMPTY

    async def _run(self) -> None:
        while True:
            todo: deque[Event] = deque([await self._inbox.get()])
            while todo:
                self._state, effects = step(self._state, todo.popleft(), mono_ms(), self._dice)
                for effect in effects:
                    todo += await self._do(effect)

    async def _do(self, effect: Effect) -> Sequence[Event]:
        match effect:
            case Send():
                return [await self._ask(effect)]
            case Look():
                return [Kept(self._counted())]
            case TakeIn():
                self._take_in(effect)
            case Listen():
                self._spawn(self._listen(effect))
            case Wait(until_ms):
                self._tick_at(until_ms)
            case Say():
                pass
        return []

    def _take_in(self, what: TakeIn) -> None:
        for _kind, record_id, _version in (*what.accepted, *what.refused):
            self._outbox.pop(record_id, None)
        self.seen.sent += len(what.accepted)
        self.seen.troubles["refused"] += len(what.refused)
        if not self._outbox:
            self.drained.set()

    def _tick_at(self, until_ms: int) -> None:
        if self._timer:
            self._timer.cancel()
        left_s = max(0, until_ms - mono_ms()) / 1000
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(left_s, lambda: self._inbox.put_nowait(Tick()))

    async def _ask(self, send: Send) -> Answer | Failed:
        offered = list(self._outbox.values())[: send.most + 1] if send.most else []
        chosen = batch(offered, send)
        names, asked_ms = tuple(pushed(one) for one in chosen), mono_ms()
        body = encode(SyncAsk(PROTOCOL, send.cursor, send.word, [dict(one.body) for one in chosen]))
        head = {NODE_HEADER: self.node, WAITING_HEADER: str(self.waiting)}
        more = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
        began = time.perf_counter()
        said = await self._http_says("POST", SYNC_PATH, head | more, body)
        if isinstance(said, Failed):
            return replace(said, pushed=names, asked_ms=asked_ms)
        self.seen.syncs_s.append(time.perf_counter() - began)
        answer = decode(said, SyncAnswer, largest=MAX_ANSWER_BYTES)
        is_part = leaves_some(offered, chosen, send)
        return Answer(answer, names, asked_ms, is_part=is_part)

    async def _listen(self, listen: Listen) -> None:
        asked_ms = mono_ms()
        path = f"{WAIT_PATH}?cursor={listen.cursor}&all_sent={int(listen.is_all_sent)}"
        said = await self._http_says("GET", path, {})
        if isinstance(said, Failed):
            self._inbox.put_nowait(replace(said, is_wait=True))
            return
        self.seen.waits += 1
        has_news = decode(said, WokenAnswer, largest=MAX_ANSWER_BYTES).news
        self._inbox.put_nowait(Woken(listen.cursor, has_news, asked_ms))

    async def _http_says(
        self, method: str, path: str, head: Mapping[str, str], body: bytes | None = None
    ) -> bytes | Failed:
        if not self.is_up:
            return Failed("no_network")
        try:
            response = await self._http.request(
                method,
                self._url + path,
                headers=[*self._head.items(), *head.items()],
                content=body,
                extensions={"timeout": _TIMEOUTS},
            )
        except _AWAY as why:
            if self.is_up:
                self.seen.troubles[type(why).__name__] += 1
            return Failed("no_network")
        if response.status == 200:
            return response.content
        return self._problem(response.status, response.content, dict(response.headers))

    def _problem(self, status: int, body: bytes, head: Mapping[bytes, bytes]) -> Failed:
        try:
            problem = decode(body, Problem, largest=MAX_ANSWER_BYTES)
        except BadMessage:
            problem = Problem("")
        self.seen.troubles[f"{status} {problem.error}"] += 1
        told = head.get(b"retry-after") or head.get(b"Retry-After")
        retry_after_s = float(told) if told else None
        return Failed(
            status=status, error=problem.error, retry_after_s=retry_after_s, now=problem.now
        )
