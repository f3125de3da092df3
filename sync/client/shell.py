"""The engine at work: one thread that does what it decides, and one that asks ``wait``."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from queue import Empty, SimpleQueue
from random import Random
from threading import Thread

from sync.client.batch import batch, leaves_some
from sync.client.core import State, status, step
from sync.client.effects import Effect, Listen, Look, Say, Send, Wait
from sync.client.events import Answer, Event, Failed, Kept, LocalChange, NetworkUp, Started, Tick
from sync.client.home import Home
from sync.client.status import Status
from sync.client.trouble import pause_ms
from sync.client.wire import Wire
from sync.errors import HubError
from sync.log import Log

log = Log("sync")

Said = Callable[[Status, str], object]
"""Called on the engine's thread: how it stands now, and a sentence's key or ""."""


class _Begin:
    """Asks the engine's thread to find itself in what the store holds, once ``first`` is done."""

    def __init__(self, first: Callable[[], object] = lambda: None) -> None:
        self.first, self.done = first, Future[None]()


class _Look:
    """Asks the engine's thread to look into the outbox."""


class _End:
    """Asks a thread to end."""


class Shell:
    """Keeps a device the same as its server. ``status`` may be read from any thread."""

    def __init__(
        self, home: Home, wire: Wire, *, now_ms: Callable[[], int], dice: Random, said: Said
    ) -> None:
        """now_ms: the monotonic clock. dice: unguessable where it counts (SystemRandom)."""
        self._home, self._wire = home, wire
        self._now_ms, self._dice, self._said = now_ms, dice, said
        self._inbox: SimpleQueue[Event | _Begin | _Look | _End] = SimpleQueue()
        self._listens: SimpleQueue[Listen | _End] = SimpleQueue()
        self._state, self._until_ms = State(), 0
        self._is_open, self._failed_begins = True, 0
        self.status = status(self._state)
        self._threads = [
            Thread(target=target, name=name, daemon=True)
            for name, target in (("sync", self._run), ("sync-wait", self._listen))
        ]

    def start(self, first: Callable[[], object] = lambda: None) -> Future[None]:
        """Begin; also: begin again, once the device was paired.

        first: done before, while no exchange is on its way. The future holds what it raised; it
        begins all the same, with what is on the disk then.
        """
        begin = _Begin(first)
        self._inbox.put(begin)
        for thread in self._threads:
            if not thread.ident:
                thread.start()
        return begin.done

    def changed(self) -> None:
        """Say that somebody wrote a record here; from any thread, waits for nothing."""
        self._inbox.put(_Look())

    def network_up(self) -> None:
        """Say that the network came back, or that somebody tapped the light."""
        self._inbox.put(NetworkUp())

    def close(self, within_s: float = 2.0) -> None:
        """End. A request that is under way ends by itself; its answer is no longer heard."""
        self._is_open = False
        self._inbox.put(_End())
        self._listens.put(_End())
        for thread in self._threads:
            if thread.ident:
                thread.join(within_s)
        self._wire.close()

    def _run(self) -> None:
        while self._is_open:
            event = self._next()
            if isinstance(event, _End):
                return
            todo: deque[Event | _Begin | _Look] = deque([event])
            while todo and self._is_open:
                todo += self._told(todo.popleft())

    def _next(self) -> Event | _Begin | _Look | _End:
        """Return what happens next; a Tick when the time of the last Wait has come.

        What could not begin begins again then.
        """
        left_ms = max(0, self._until_ms - self._now_ms()) if self._until_ms else None
        try:
            return self._inbox.get(timeout=None if left_ms is None else left_ms / 1000)
        except Empty:
            self._until_ms = 0
            return _Begin() if self._failed_begins else Tick()

    def _told(self, event: Event | _Begin | _Look) -> list[Event]:
        """Let the engine decide, do it, and return what came of it."""
        found: list[Event] = []
        try:
            if isinstance(event, _Begin):
                _do_first(event)
                event = self._begun()
            elif isinstance(event, _Look):
                event = LocalChange(self._home.outbox(self._held()))
            self._state, effects = step(self._state, event, self._now_ms(), self._dice)
            self.status = status(self._state)
            for effect in effects:
                found += self._do(effect)
        except HubError as why:
            log.warning("sync.not_kept", reason=type(why).__name__)
            found.append(Failed("disk"))
        except Exception as why:  # noqa: BLE001 (this thread's one handler: it goes on and tries again)
            log.bug("sync.broke", why)
            found.append(Failed("disk"))
        return found

    def _begun(self) -> Started:
        """Return what the store holds; where the disk would not say, it is asked again later."""
        self._state = State(listens=self._state.listens)  # what was before counts no more
        self._until_ms = self._now_ms() + pause_ms(self._failed_begins, self._dice)
        self._failed_begins += 1
        started = self._home.begin()
        self._failed_begins = self._until_ms = 0
        return started

    def _do(self, effect: Effect) -> list[Event]:
        match effect:
            case Send():
                return [self._asked(effect)]
            case Look():
                return [Kept(self._home.outbox(self._held()))]
            case Listen():
                self._listens.put(effect)
            case Wait(until_ms):
                self._until_ms = until_ms
            case Say(what):
                self._said(self.status, what)
            case _:
                self._home.do(effect)
        return []

    def _asked(self, send: Send) -> Event:
        home = self._home
        offered = home.offered(send)
        chosen = batch(offered, send)
        said = self._wire.ask(send, chosen, home.device, home.waiting)
        if not isinstance(said, Answer):
            return said
        return replace(said, is_part=leaves_some(offered, chosen, send))

    def _held(self) -> frozenset[tuple[str, str, int]]:
        return frozenset((*key, one.version) for key, one in self._state.aside.items())

    def _listen(self) -> None:
        while not isinstance(found := self._listens.get(), _End):
            try:  # it may have lain here while another wait was on its way
                now = replace(found, is_all_sent=found.is_all_sent and not self._home.waiting)
                event: Event = self._wire.wait(now, self._home.device)
            except Exception as why:  # noqa: BLE001 (this thread's one handler)
                log.bug("wait.broke", why)
                event = Failed("disk", is_wait=True)
            self._inbox.put(event)


def _do_first(begin: _Begin) -> None:
    """Do what somebody wants done before the engine begins; whoever asked hears what went wrong."""
    try:
        begin.first()
    except Exception as why:  # noqa: BLE001 (it is theirs, and reaches them)
        begin.done.set_exception(why)
    else:
        begin.done.set_result(None)
