"""What is to be done about an update on trial: pure, so that every case can be tried.

A new version is on trial until it has run ten minutes without a stop. One that does not get there
goes, and the version before it comes back; it is never tried again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

LIVED_S = 600
LONGEST_S = 2400
MOST_RESTARTS = 3
MOST_BOOTS = 3
Verdict = Literal["keep", "back", "wait", "forget"]


@dataclass(frozen=True)
class Trial:
    """Which version is on trial, what ran before, and how often the machine started meanwhile."""

    version: str
    before: str
    boots: int = 0


@dataclass(frozen=True)
class Health:
    """What systemd says of the screen that is worst off.

    lived_s: since it said READY without a stop, 0 where it does not run. restarts: since somebody
    started it by hand. is_given_up: systemd tries no more. up_s: since the machine started.
    """

    lived_s: float = 0.0
    restarts: int = 0
    is_given_up: bool = False
    up_s: float = 0.0


def judge(trial: Trial, current: str, failed: frozenset[str], health: Health) -> Verdict:
    """Return what is to be done.

    forget: the power went before the link was changed, or after it was changed back.
    """
    if trial.version in failed:
        return "back" if current == trial.version else "forget"
    if current != trial.version:
        return "forget"
    if health.is_given_up or health.restarts >= MOST_RESTARTS or trial.boots >= MOST_BOOTS:
        return "back"
    if health.lived_s >= LIVED_S:
        return "keep"
    return "back" if health.up_s >= LONGEST_S and not health.lived_s else "wait"


def is_newer(version: str, than: str) -> bool:
    """Whether one version comes after another: 0.10.0 after 0.9.2. Anything comes after none."""
    return _parts(version) > _parts(than)


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def to_drop(versions: list[str], current: str, keep: int = 2) -> list[str]:
    """Return which versions go: all but the one that runs and the two newest of the others."""
    others = sorted((one for one in versions if one != current), key=_parts, reverse=True)
    return others[keep:]
