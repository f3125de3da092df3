"""The supervisor's hands: opens, reads, writes and closes serial ports, and decides nothing.

One thread for all ports. It waits for bytes on any of them, for the time that the supervisor named,
or for being woken to stop; never for one port alone.
"""

import errno
import os
import select
import termios
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

import serial

from kiosk.hardware.finding import look
from kiosk.hardware.news import (
    Close,
    Effect,
    Event,
    Gone,
    Heard,
    Listed,
    NotOpened,
    Open,
    Opened,
    Send,
    Tell,
    Tick,
    Why,
)
from kiosk.hardware.supervisor import OnNews, Supervisor

LOOK_EACH_S = 1.0
AT_ONCE_BYTES = 4096
PORT_LOST = (OSError, termios.error, TypeError, ValueError)
"""All that pyserial 3.5 raises when a port goes away: SerialException is an OSError, termios.error
is none, and a closed port ends in TypeError."""
_BUSY = frozenset({errno.EAGAIN, errno.EBUSY})
_DENIED = frozenset({errno.EACCES, errno.EPERM})

OnEvent = Callable[[Event, float, Sequence[Effect]], None]
"""Hears each event, when it came, and what the supervisor wanted done about it."""


class Look(Protocol):
    """Says which ports there are: lasting name -> device file."""

    def __call__(self, wanted: Iterable[str], *, everything: bool) -> dict[str, str]:
        """Return which of the wanted paths are there, and with ``everything`` the others too."""


def open_port(path: str, baud: int) -> serial.Serial:
    """Open a port for ourselves alone, without ever waiting in it. Raises one of PORT_LOST."""
    port = serial.Serial(exclusive=True, timeout=0, write_timeout=0)
    port.port, port.baudrate = path, baud
    port.dtr = port.rts = False  # before opening: a bridge board would start again
    port.open()
    return port


class Ports:
    """Does what a ``Supervisor`` wants, and tells ``on_news`` what it has to tell."""

    def __init__(self, supervisor: Supervisor, on_news: OnNews, *, look: Look = look) -> None:
        self._supervisor, self._on_news = supervisor, on_news
        self._look = look
        self._on_event: OnEvent = lambda _event, _now_s, _effects: None
        self._open: dict[str, serial.Serial] = {}
        self._look_s = float("-inf")

    def record(self, on_event: OnEvent) -> None:
        """Let ``on_event`` hear of all that happens from now on."""
        self._on_event = on_event

    def turn(self, now_s: float) -> None:
        """Take what came, look for ports where it is time, and do what is due."""
        for path in list(self._open):
            self._read(path, now_s)
        if now_s >= self._look_s:
            self._look_s = now_s + LOOK_EACH_S
            here = self._look(self._supervisor.paths, everything=self._supervisor.discovers)
            self._do(Listed(here), now_s)
        self._do(Tick(), now_s)

    def wait(self, now_s: float, waker: int = -1) -> bool:
        """Wait for bytes, or for what is due next; True at once where ``waker`` can be read."""
        until_s = min(self._look_s, self._supervisor.due_s())
        wait_s = min(max(0.0, until_s - now_s), LOOK_EACH_S)
        numbers = [port.fileno() for port in self._open.values()]
        ready, _, _ = select.select([*numbers, waker] if waker >= 0 else numbers, [], [], wait_s)
        return waker in ready

    def close(self) -> None:
        """Close every port."""
        for path in list(self._open):
            self._close(path)

    def _read(self, path: str, now_s: float) -> None:
        try:
            data = self._open[path].read(AT_ONCE_BYTES)
        except PORT_LOST:
            self._close(path)
            self._do(Gone(path), now_s)
            return
        if data:
            self._do(Heard(path, data), now_s)

    def _do(self, event: Event, now_s: float) -> None:
        """Tell the supervisor, do what it wants, tell it what came of that, and so on."""
        events = deque([event])
        while events:
            event = events.popleft()
            effects = self._supervisor.step(event, now_s)
            self._on_event(event, now_s, effects)
            for effect in effects:
                events.extend(self._perform(effect))

    def _perform(self, effect: Effect) -> list[Event]:
        match effect:
            case Open(path, baud):
                return [self._opened(path, baud)]
            case Close(path):
                self._close(path)
            case Send(path, data):
                return self._sent(path, data)
            case Tell():
                self._on_news(effect)
        return []

    def _opened(self, path: str, baud: int) -> Event:
        try:
            self._open[path] = open_port(path, baud)
        except PORT_LOST as away:
            return NotOpened(path, _why(away))
        return Opened(path)

    def _sent(self, path: str, data: bytes) -> list[Event]:
        if path not in self._open:
            return []  # lost a moment ago, by an effect before this one
        try:
            # Not the port's own write: without room it would try again without end (pyserial 3.5).
            os.write(self._open[path].fileno(), data)
        except BlockingIOError:
            pass  # the adapter takes nothing just now; the question is asked again
        except PORT_LOST:
            self._close(path)
            return [Gone(path)]
        return []

    def _close(self, path: str) -> None:
        port = self._open.pop(path, None)
        if port is None:
            return
        try:
            port.reset_output_buffer()  # or closing could wait for what the adapter never takes
        except PORT_LOST:
            pass
        finally:
            port.close()


def _why(away: BaseException) -> Why:
    number = getattr(away, "errno", None)
    return "busy" if number in _BUSY else "denied" if number in _DENIED else "away"
