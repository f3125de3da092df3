"""Reading a calendar in a process of its own: it may ask for little time and memory, and is gone
afterwards, with the 20 MB that its libraries take.

What comes from an address may be anything. Whatever it does to whoever reads it, the server goes on.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import msgspec

from sync.records.booking_time import Span
from sync.server.web.calendars.trouble import REASONS, NoAnswer, TooMuch, Trouble

if TYPE_CHECKING:
    from sync.server.web.calendars.fetch import Network

CPU_S, MEMORY_BYTES = 30, 512 << 20
"""A full megabyte of any shape took 1 to 4.4 s and 47 to 103 MB on two cores of a desktop's class."""
WALL_S = 45
MOST_SPANS = 2000
"""Are told: more than a room takes, and nothing to a server that has little memory."""
_ROOT = Path(__file__).parents[4]
_COMMAND = (sys.executable, "-m", "sync.server.web.calendars.apart")
_Json = msgspec.json


class Ask(msgspec.Struct, frozen=True):
    """What is to be read. zone: the hub's, by its IANA name. since, until: of the window.

    now: what is over by then is not told.
    """

    address: str
    zone: str
    since: Annotated[datetime, msgspec.Meta(tz=True)]
    until: Annotated[datetime, msgspec.Meta(tz=True)]
    now: Annotated[datetime, msgspec.Meta(tz=True)]
    etag: str = ""
    modified: str = ""


class Found(msgspec.Struct, frozen=True):
    """What was read. busy: starts and ends, UTC; None: as it was. trouble: its reason, "" = none.

    left_out: how many more there are than are told.
    """

    busy: list[tuple[datetime, datetime]] | None = None
    etag: str = ""
    modified: str = ""
    left_out: int = 0
    trouble: str = ""
    retry_s: int = 0


Read = Callable[[Ask], Found]


class Apart:
    """Reads in other processes, one after another; ``stop`` ends the one that runs."""

    def __init__(self) -> None:
        self._stopped = Event()
        self._running: subprocess.Popen[bytes] | None = None

    def stop(self) -> None:
        """End what runs: the server is told to stop, and does not wait for others."""
        self._stopped.set()
        if self._running:
            self._running.kill()

    def read(self, ask: Ask) -> Found:
        """Read a calendar in another process. Raises Trouble."""
        with subprocess.Popen(  # noqa: S603  # ourselves
            _COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a traceback could hold what stands in a calendar
            cwd=_ROOT,
        ) as self._running:
            said = self._said(self._running, ask)
        if self._stopped.is_set():
            raise NoAnswer
        if self._running.returncode:
            raise TooMuch  # it was ended where its limits are, or fell over what it read
        found = _Json.decode(said, type=Found)
        if found.trouble:
            trouble = REASONS[found.trouble]()
            trouble.retry_s = found.retry_s
            raise trouble
        return found

    def _said(self, process: subprocess.Popen[bytes], ask: Ask) -> bytes:
        if self._stopped.is_set():
            process.kill()
        try:
            said, _nothing = process.communicate(_Json.encode(ask), timeout=WALL_S)
        except subprocess.TimeoutExpired:
            process.kill()
            raise NoAnswer from None
        return said


def read(ask: Ask, network: Network | None = None) -> Found:
    """Fetch a calendar and work out when it is busy. network: the internet, but for tests."""
    from sync.server.web.calendars.busy import busy
    from sync.server.web.calendars.fetch import INTERNET, Marks, fetch

    try:
        fetched = fetch(ask.address, Marks(ask.etag, ask.modified), network or INTERNET)
        if fetched.data is None:
            return Found(None, ask.etag, ask.modified)
        spans = busy(fetched.data, ZoneInfo(ask.zone), Span(ask.since, ask.until))
    except Trouble as why:
        return Found(trouble=why.reason, retry_s=why.retry_s)
    except (MemoryError, RecursionError):
        return Found(trouble=TooMuch.reason)
    ahead = [(one.start, one.end) for one in spans if one.end > ask.now]
    told = [(start.astimezone(UTC), end.astimezone(UTC)) for start, end in ahead[:MOST_SPANS]]
    marks = fetched.marks
    return Found(told, marks.etag, marks.modified, len(ahead) - len(told))


def main() -> None:
    """Read what is asked on the standard input; the answer goes to the standard output."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    ask = _Json.decode(sys.stdin.buffer.read(), type=Ask)
    sys.stdout.buffer.write(_Json.encode(read(ask)))


if __name__ == "__main__":
    main()
