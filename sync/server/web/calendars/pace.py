"""How often a calendar is asked for: every half hour, and ever less often while nobody answers. Pure."""

from __future__ import annotations

LEAST_MS = 15 * 60_000
"""Nobody is asked more often, whoever wants it."""
USUAL_MS = 30 * 60_000
LONGEST_MS = 24 * 3_600_000
WHOLE_MS = 20 * 3_600_000
"""As old as this, a file is asked for whole: the days ahead have moved on, whatever it says."""


def after_reading(now_ms: int) -> int:
    """Return when to ask again where all went well."""
    return now_ms + USUAL_MS


def after_trouble(now_ms: int, failures: int, retry_s: int = 0) -> int:
    """Return when to ask again. failures: in a row, this one too. retry_s: what was asked of us."""
    pause_ms = LEAST_MS << min(max(failures - 1, 0), 10)
    return now_ms + min(max(pause_ms, retry_s * 1000), LONGEST_MS)


def at_wish(now_ms: int, tried_ms: int) -> int:
    """Return when to ask where somebody wishes it now."""
    return max(now_ms, tried_ms + LEAST_MS) if tried_ms else now_ms


def needs_whole(now_ms: int, whole_ms: int) -> bool:
    """Whether the file has to come whole, even where it did not change."""
    return now_ms - whole_ms >= WHOLE_MS
