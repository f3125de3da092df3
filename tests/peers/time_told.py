"""The time of a village, told to all of its processes through sixteen bytes of a file.

It stands until somebody moves it, so that a morning takes no longer than what happens in it; or it
runs, where a test is about processes that die at any instant.
"""

from __future__ import annotations

import struct
import time
from datetime import UTC, datetime, timedelta
from mmap import mmap
from pathlib import Path

_FORMAT = struct.Struct("<qq")


class TimeTold:
    """Whether it runs, and its milliseconds: since 1970, or ahead of this machine's clock."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.write_bytes(_FORMAT.pack(1, 0))
        with path.open("r+b") as file:
            self._map = mmap(file.fileno(), _FORMAT.size)

    def now_ms(self) -> int:
        """Return the time, in milliseconds since 1970."""
        runs, ms = _FORMAT.unpack(self._map[:])
        return ms + time.time_ns() // 1_000_000 if runs else ms

    @property
    def now(self) -> datetime:
        """This moment."""
        return datetime.fromtimestamp(self.now_ms() / 1000, UTC)

    def stand_at(self, moment: datetime) -> None:
        """It is this moment now, and stays so."""
        self._map[:] = _FORMAT.pack(0, int(moment.timestamp() * 1000))

    def runs_from_here(self) -> None:
        """It runs from now on, as this machine's clock does."""
        self._map[:] = _FORMAT.pack(1, self.now_ms() - time.time_ns() // 1_000_000)

    def passes(self, more: timedelta) -> None:
        """So much time goes by at once."""
        runs, ms = _FORMAT.unpack(self._map[:])
        self._map[:] = _FORMAT.pack(runs, ms + more // timedelta(milliseconds=1))
