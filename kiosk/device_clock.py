"""This device's clocks: what ``sync.device_time`` decides with is read here.

The time of the system counts as told when systemd-timesyncd says so by its file
(man 8 systemd-time-wait-sync), or when the kernel's clock is not marked unsynchronised
(man 2 adjtimex, STA_UNSYNC). The kernel gives each boot an id of its own (man 4 random).
"""

from __future__ import annotations

import ctypes
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from uuid import uuid4

from sync.device_time import DeviceTime, Undated, go_on, hear_server, hear_system, start

_TOLD_FILE = Path("/run/systemd/timesync/synchronized")
_BOOT_FILE = Path("/proc/sys/kernel/random/boot_id")
_STA_UNSYNC = 0x40


def wall_ms() -> int:
    """Return the wall clock, in milliseconds since 1970."""
    return time.time_ns() // 1_000_000


def mono_ms() -> int:
    """Return the milliseconds since the boot; a suspended device counts them too."""
    return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000


def system_was_told() -> bool:
    """Say whether the system's clock was set by the network since the boot."""
    return _TOLD_FILE.exists() or _kernel_is_synchronised()


def boot_id() -> str:
    """Return the id of this boot; where the system gives none, each start counts as a boot."""
    try:
        return _BOOT_FILE.read_text("ascii").strip()
    except OSError:
        return str(uuid4())


class _Timex(ctypes.Structure):
    # Only what stands before ``status`` in struct timex; the rest is room for the answer.
    _fields_ = (
        ("modes", ctypes.c_uint),
        ("offset", ctypes.c_long),
        ("freq", ctypes.c_long),
        ("maxerror", ctypes.c_long),
        ("esterror", ctypes.c_long),
        ("status", ctypes.c_int),
        ("rest", ctypes.c_byte * 512),
    )


def _kernel_is_synchronised() -> bool:
    timex = _Timex()
    answer = ctypes.CDLL(None).adjtimex(ctypes.byref(timex))
    return bool(answer >= 0 and not timex.status & _STA_UNSYNC)


class DeviceClock:
    """The time of this device in this boot. ``now`` touches no disk and may be read anywhere.

    boot: the id of this boot. known_ms: the last time that was known before this start; 0 = none.
    """

    def __init__(
        self,
        last_known_ms: int = 0,
        *,
        wall_ms: Callable[[], int] = wall_ms,
        mono_ms: Callable[[], int] = mono_ms,
        was_told: Callable[[], bool] = system_was_told,
        boot: Callable[[], str] = boot_id,
    ) -> None:
        self._wall_ms, self._mono_ms, self._was_told = wall_ms, mono_ms, was_told
        self.boot, self.known_ms = boot(), last_known_ms
        self._on_told: Callable[[], object] = lambda: None
        self._turn = Lock()  # the desk looks while sync hears
        self._time: DeviceTime = start(wall_ms(), mono_ms(), last_known_ms)
        self.look()

    def now(self) -> datetime:
        """Return this moment, UTC."""
        return datetime.fromtimestamp(self._time.now_ms(self._mono_ms()) / 1000, UTC)

    @property
    def sure(self) -> bool:
        """Whether somebody told this device its time since it started."""
        return self._time.source != "guess"

    @property
    def date_ok(self) -> bool:
        """Whether what is over by this date may be removed, not only hidden."""
        return self._time.date_ok(self._mono_ms())

    @property
    def undated(self) -> Undated | None:
        """When a write made now is made, while the time is not known; None once it is."""
        return None if self.sure else Undated(self.boot, self._mono_ms(), self.known_ms)

    @property
    def began_ms(self) -> int:
        """When this boot began, in milliseconds since 1970, by what is known of the time now."""
        return self._time.offset_ms

    def mono_ms(self) -> int:
        """Return the milliseconds since the boot; a suspended device counts them too."""
        return self._mono_ms()

    def wall_ms(self) -> int:
        """Return this moment, in milliseconds since 1970."""
        return self._time.now_ms(self._mono_ms())

    def hear_server(self, server_ms: int, asked_ms: int, answered_ms: int) -> None:
        """Take the server's time, which outranks all others; both ``_ms`` are since the boot."""
        with self._turn:
            was_sure = self.sure
            self._time = hear_server(self._time, server_ms, asked_ms, answered_ms)
        if not was_sure:
            self._on_told()

    def when_told(self, on_told: Callable[[], object]) -> None:
        """Have this called when a server is the first to tell the time; on the caller's thread."""
        self._on_told = on_told

    def look(self) -> None:
        """Ask the system whether it has been told the time; once it was, jumps change nothing."""
        was_told = not self.sure and self._was_told()
        with self._turn:
            if was_told:
                self._time = hear_system(self._time, self._wall_ms(), self._mono_ms())
            # Time that passes while we look on is no jump, however long the boot.
            self._time = go_on(self._time, self._mono_ms())
