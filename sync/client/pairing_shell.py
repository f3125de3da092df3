"""Runs what pairing.py decides: one thread, one session of ``requests``, one token to keep."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from typing import Protocol

import requests
from urllib3.exceptions import HTTPError

from sync.client.bodies import body_of
from sync.client.leaving import StillUnsent
from sync.client.pairing import (
    Approved,
    AskCode,
    AskToken,
    Begin,
    Effect,
    End,
    Event,
    Failed,
    Holding,
    Keep,
    Kept,
    Paired,
    Phase,
    State,
    Tick,
    Wait,
    step,
)
from sync.client.pairing_wire import (
    CODE_PATH,
    MAX_ANSWER_BYTES,
    TOKEN_PATH,
    code_form,
    code_heard,
    token_form,
    token_heard,
)
from sync.errors import BadMessage, HubError
from sync.log import Log

CONNECT_S, READ_S = 5, 30
LONGEST_MS = 60_000
"""A whole answer, however it drips: somebody stands and looks."""
_OUR_JSON = {"Accept": "application/json", "Accept-Encoding": "identity"}
log = Log("pairing")


class Pace(Protocol):
    """A monotonic clock, and waiting by it."""

    def now_ms(self) -> int:
        """Milliseconds since some beginning."""
        ...

    def next(self, inbox: queue.SimpleQueue[Event], until_ms: int | None) -> Event | None:
        """Return the next event, None once it is ``until_ms``; None: wait as long as it takes."""
        ...


class RealPace:
    """The device's own clock."""

    def now_ms(self) -> int:
        """Milliseconds since the device's boot."""
        return time.monotonic_ns() // 1_000_000

    def next(self, inbox: queue.SimpleQueue[Event], until_ms: int | None) -> Event | None:
        """Return the next event, None once it is ``until_ms``."""
        left_s = None if until_ms is None else max(0.0, (until_ms - self.now_ms()) / 1_000)
        try:
            return inbox.get(timeout=left_s)
        except queue.Empty:
            return None


class PairingShell:
    """Pairs this device with a hub of a server, at somebody's wish; all calls from any thread.

    about: name, node and role that the server's page shows. holding: what the device holds now.
    keep: puts the token on the disk, may raise HubError and OSError. changed: called on the pairing's thread
    whenever ``state`` is another.
    """

    def __init__(
        self,
        server: str,
        about: Callable[[], dict[str, str]],
        *,
        holding: Callable[[], Holding],
        keep: Callable[[Paired], None],
        changed: Callable[[], object] = lambda: None,
        pace: Pace | None = None,
    ) -> None:
        self._server, self._about = server.rstrip("/"), about
        self._holding, self._keep, self._changed = holding, keep, changed
        self._pace: Pace = pace or RealPace()
        self._inbox: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self.state = State()

    def now_ms(self) -> int:
        """The clock that the state's times are of."""
        return self._pace.now_ms()

    def holds(self) -> Holding:
        """What the device holds now."""
        return self._holding()

    def begin(self) -> None:
        """Ask for a code; with one already there, for another."""
        with self._lock:
            self._inbox.put(Begin())
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="pairing", daemon=True)
                self._thread.start()

    def end(self) -> None:
        """Ask no more. Returns at once; an ask under way is given up when its answer comes."""
        with self._lock:
            if self._thread is not None:
                self._inbox.put(End())

    def join(self, timeout_s: float | None = None) -> bool:
        """Wait for the thread to end, and say whether it has."""
        thread = self._thread
        if thread is not None:
            thread.join(timeout_s)
        return thread is None or not thread.is_alive()

    def _run(self) -> None:
        try:
            with requests.Session() as session:
                until_ms: int | None = None
                while (event := self._next(until_ms)) is not None:
                    until_ms = self._told(session, event)
        except Exception as why:  # noqa: BLE001  # the one handler of this thread
            log.bug("pairing.broke", why)
            with self._lock:
                self.state, self._thread = State(Phase.ENDED), None
            self._changed()

    def _next(self, until_ms: int | None) -> Event | None:
        """Return the next event; None, and no thread any more, where there is nothing to do."""
        if until_ms is not None:
            return self._pace.next(self._inbox, until_ms) or Tick()
        with self._lock:  # a begin() from here on starts another thread
            try:
                return self._inbox.get_nowait()
            except queue.Empty:
                self._thread = None
                return None

    def _told(self, session: requests.Session, event: Event) -> int | None:
        """Tell the state of an event and of all that follows; return until when to wait."""
        until_ms, events = None, [event]
        while events:
            before = self.state
            self.state, effects = step(before, events.pop(0), self._pace.now_ms())
            if self.state != before:
                log.info("pairing.step", status=self.state.phase.value, reason=self.state.trouble)
                self._changed()
            for effect in effects:
                if isinstance(effect, Wait):
                    until_ms = effect.until_ms
                else:
                    events.append(self._done(session, effect))
        return until_ms

    def _done(self, session: requests.Session, effect: Effect) -> Event:
        match effect:
            case AskCode():
                return self._asked_code(session)
            case AskToken():
                return self._asked_token(session, effect.device_code)
            case Keep():
                return self._kept(effect.paired)
            case _:
                raise AssertionError(effect)

    def _asked_code(self, session: requests.Session) -> Event:
        answer = self._post(session, CODE_PATH, code_form(**self._about()))
        return answer if isinstance(answer, Failed) else code_heard(*answer)

    def _asked_token(self, session: requests.Session, device_code: str) -> Event:
        answer = self._post(session, TOKEN_PATH, token_form(device_code))
        if isinstance(answer, Failed):
            return answer
        heard = token_heard(*answer)
        return Approved(heard, self._holding()) if isinstance(heard, Paired) else heard

    def _post(
        self, session: requests.Session, path: str, form: dict[str, str]
    ) -> tuple[int, bytes, float | None] | Failed:
        asked_ms = self._pace.now_ms()
        # A redirect is a portal's: the token would be asked of whoever it names.
        try:
            with session.post(
                self._server + path,
                data=form,
                headers=_OUR_JSON,
                timeout=(CONNECT_S, READ_S),
                allow_redirects=False,
                stream=True,
            ) as answer:
                body = body_of(
                    answer, MAX_ANSWER_BYTES, lambda: self._pace.now_ms() - asked_ms > LONGEST_MS
                )
                return answer.status_code, body, _seconds(answer.headers.get("Retry-After"))
        except (BadMessage, requests.exceptions.SSLError):
            return Failed("not_the_server")
        except (requests.RequestException, HTTPError, OSError):
            return Failed("no_network")

    def _kept(self, paired: Paired) -> Event:
        try:
            self._keep(paired)
        except StillUnsent:  # somebody wrote here since it was asked
            return Approved(paired, self._holding())
        except (HubError, OSError):
            return Failed("disk")
        return Kept()


def _seconds(text: str | None) -> float | None:
    try:
        return min(max(0.0, float(text or "")), 3_600.0)
    except ValueError:
        return None
