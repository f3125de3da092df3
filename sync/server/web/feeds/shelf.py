"""Feeds that were just made, so that whoever asks in a loop costs nothing.

A feed is made anew when the hub has gone on, and once a minute: hours and days end by themselves.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

MOST = 200
_MINUTE_MS = 60_000
Name = tuple[str, ...]
"""Which feed, of which hub, for whom: address and language are said in it."""


class Shelf:
    """The last feeds of one process, for many threads."""

    def __init__(self) -> None:
        """An empty shelf."""
        self._lock = Lock()
        self._made: OrderedDict[Name, tuple[int, int, bytes]] = OrderedDict()

    def get(self, name: Name, seq: int, now_ms: int, make: Callable[[], bytes]) -> bytes:
        """Return a feed as of a hub's commit ``seq``; ``make`` is asked where it is not here."""
        minute = now_ms // _MINUTE_MS
        with self._lock:
            kept = self._made.get(name)
        if kept and kept[:2] == (seq, minute):
            return kept[2]
        made = make()
        with self._lock:
            self._made[name] = (seq, minute, made)
            self._made.move_to_end(name)
            while len(self._made) > MOST:
                self._made.popitem(last=False)
        return made
