"""A device's time: its monotonic clock plus what somebody told it, the wall clock only a guess.

The wall clock is read at the start of a boot; what it does afterwards changes nothing. The server's
word outranks the system's ("synchronised"). Times are milliseconds: ``mono_ms`` of the monotonic
clock, ``*_ms`` else since 1970.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

Source = Literal["guess", "system", "server"]
Certainty = Literal["known", "probable", "unsure"]

JUMP_MS = 2 * 24 * 3600 * 1000
"""A date further than this from the last known one hides what looks expired, and removes nothing."""
PLAUSIBLE_MS = 1_767_225_600_000
"""1 January 2026: no kiosk ran before; a device without a battery starts in 1970 and says so."""


@dataclass(frozen=True, slots=True)
class DeviceTime:
    """What a device knows of the time in this boot.

    offset_ms: real time less monotonic time. last_known_ms: the last time that was believed, kept
    on the disk; 0 = never any. confirmed: a server or a volunteer said that the date is right.
    """

    offset_ms: int
    source: Source = "guess"
    last_known_ms: int = 0
    confirmed: bool = False

    def now_ms(self, mono_ms: int) -> int:
        """Return the time at a reading of the monotonic clock."""
        return mono_ms + self.offset_ms

    def certainty(self, mono_ms: int) -> Certainty:
        """Return how sure the time is: told in this boot; a guess that fits; a guess that jumped."""
        if self.source != "guess":
            return "known"
        return "probable" if self.date_ok(mono_ms) else "unsure"

    def date_ok(self, mono_ms: int) -> bool:
        """Whether what is over by this date may be removed, not only hidden.

        The system's word alone does not confirm a date that jumped.
        """
        now_ms = self.now_ms(mono_ms)
        if self.confirmed or self.source == "server":
            return True
        if not self.last_known_ms:
            return now_ms >= PLAUSIBLE_MS
        return abs(now_ms - self.last_known_ms) <= JUMP_MS


def start(wall_ms: int, mono_ms: int, last_known_ms: int = 0) -> DeviceTime:
    """Return the time of a boot that nobody has told anything yet.

    A wall clock that is behind the last known time is wrong by that alone (a device without a
    battery starts in 1970): time then goes on from the last known one.
    """
    return DeviceTime(max(wall_ms, last_known_ms) - mono_ms, last_known_ms=last_known_ms)


def hear_system(time: DeviceTime, wall_ms: int, mono_ms: int) -> DeviceTime:
    """Return the time after the system said that its clock is synchronised, ``wall_ms``.

    A year before any kiosk ran is no time, whoever says so: what was written would count as over.
    """
    if time.source == "server" or wall_ms < PLAUSIBLE_MS:
        return time
    return replace(time, offset_ms=wall_ms - mono_ms, source="system")


def hear_server(
    time: DeviceTime, server_ms: int, asked_mono_ms: int, answered_mono_ms: int
) -> DeviceTime:
    """Return the time after the server told its own, half way between question and answer."""
    told_at = (asked_mono_ms + answered_mono_ms) // 2
    return replace(time, offset_ms=server_ms - told_at, source="server")


def confirm(time: DeviceTime) -> DeviceTime:
    """Return the time after a volunteer said that the date is right."""
    return replace(time, confirmed=True)


def go_on(time: DeviceTime, mono_ms: int) -> DeviceTime:
    """Return the time with what is now the last known one; a date that jumped is not believed."""
    if not time.date_ok(mono_ms):
        return time
    return replace(time, last_known_ms=max(time.now_ms(mono_ms), time.last_known_ms))


@dataclass(frozen=True, slots=True)
class Undated:
    """A write made before the time was known: in which boot, how long after its start.

    known_ms: the last time that was known before it.
    """

    boot: str
    uptime_ms: int
    known_ms: int = 0


@dataclass(frozen=True, slots=True)
class Dated:
    """When it was made; not ``sure``: "about" on screen."""

    at_ms: int
    sure: bool


def date_writes(
    writes: Sequence[Undated], boot: str, boot_began_ms: int, known_before_ms: Mapping[str, int]
) -> tuple[Dated, ...]:
    """Return the dates of undated writes, given and returned in the order in which they were made.

    boot, boot_began_ms: this boot, and when it began by the time now known. known_before_ms: for
    an earlier boot, the last time that was known before it; its writes lie after that, and as late
    as their order allows.
    """
    found: list[Dated] = []
    ceiling = boot_began_ms
    later: Undated | None = None
    for write in reversed(writes):
        if write.boot == boot:
            found.append(Dated(boot_began_ms + write.uptime_ms, sure=True))
            continue
        same_boot = later is not None and later.boot == write.boot
        gap = later.uptime_ms - write.uptime_ms if later and same_boot else 0
        ceiling = max(ceiling - max(gap, 0), known_before_ms.get(write.boot, 0))
        found.append(Dated(ceiling, sure=False))
        later = write
    return tuple(reversed(found))
