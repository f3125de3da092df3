"""Which pictures a device needs: those of the notices on the board now, or soon. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.hub.notices import running
from kiosk.hub.snapshot import Snapshot

MOST = 24
"""Pictures on a device at once: more than a board shows in a day."""
AHEAD = timedelta(days=2)
"""So that a picture is there when its notice begins, though the internet is not."""
LONGEST_PAUSE_MIN = 60
_NAME = re.compile(r"[0-9a-f]{64}")


def needed(hub: Snapshot, now: datetime) -> tuple[str, ...]:
    """Return the names of pictures to have here: those of running notices first, MOST of them.

    A name is a SHA-256 in hex; whatever else stands in a notice is no picture.
    """
    today = hub.today(now)
    soon = [
        one
        for one in hub.notices
        if not one.withdrawn
        and (one.first_day is None or one.first_day <= today + AHEAD)
        and (one.last_day is None or one.last_day >= today)
    ]
    names = (one.picture for one in (*running(hub, now), *soon))
    return tuple(dict.fromkeys(name for name in names if _NAME.fullmatch(name)))[:MOST]


@dataclass(frozen=True, slots=True)
class Tries:
    """How often a picture could not be had, and the monotonic time before which nobody asks."""

    failures: int = 0
    not_before_ms: int = 0

    def after_failure(self, now_ms: int) -> Tries:
        """Return what is known after one more failure: 1, 2, 4 ... 60 minutes of rest."""
        pause_min = min(LONGEST_PAUSE_MIN, 1 << min(self.failures, 9))
        return Tries(self.failures + 1, now_ms + 60_000 * pause_min)


@dataclass(frozen=True, slots=True)
class Plan:
    """What to fetch, in this order, and what to remove."""

    fetch: tuple[str, ...]
    drop: tuple[str, ...]


def plan(
    wanted: Iterable[str], there: Iterable[str], tries: Mapping[str, Tries], now_ms: int
) -> Plan:
    """Return what brings the pictures that are there to those that are wanted."""
    wanted, there = tuple(wanted), tuple(there)
    lacking = (name for name in wanted if name not in there)
    due = (name for name in lacking if tries.get(name, Tries()).not_before_ms <= now_ms)
    return Plan(tuple(due), tuple(sorted({*there} - {*wanted})))
