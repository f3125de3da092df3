"""What is logged: an event and facts, never a person.

    log = Log("push")
    log.info("push.refused", kind="visit", reason="too_large", waiting=12)

A fact's name must be one of ``FACTS``: kinds, counts, reasons, durations. Names, texts, badge
numbers and ids of people have no name here, so they cannot be logged by accident.
"""

from __future__ import annotations

import logging
from traceback import extract_tb

FACTS = frozenset(
    {
        "count",
        "device",
        "event",
        "field",
        "fields",
        "file",
        "free_bytes",
        "kind",
        "kinds",
        "ms",
        "path",
        "reason",
        "retry_ms",
        "screen",
        "seconds",
        "size",
        "status",
        "thread",
        "version",
        "waiting",
        "where",
        "why",
    }
)
"""Every fact that may be logged, by name."""


class UnknownFact(TypeError):
    """Somebody tried to log a fact whose name is not in ``FACTS``."""


class Log:
    """One part's voice in the journal."""

    def __init__(self, part: str) -> None:
        self._log = logging.getLogger(part)

    def info(self, event: str, **facts: object) -> None:
        """Log what happened in the ordinary run of things. Raises UnknownFact."""
        self._say(logging.INFO, event, facts)

    def warning(self, event: str, **facts: object) -> None:
        """Log what somebody should look at. Raises UnknownFact."""
        self._say(logging.WARNING, event, facts)

    def bug(self, event: str, why: BaseException) -> None:
        """Log where something broke: types and lines, without the values that were in hand."""
        frames = reversed(extract_tb(why.__traceback__))
        places = (f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in frames)
        self._say(logging.ERROR, event, {"why": type(why).__name__, "where": " < ".join(places)})

    def _say(self, level: int, event: str, facts: dict[str, object]) -> None:
        if unknown := facts.keys() - FACTS:
            raise UnknownFact(f"not a fact that may be logged: {', '.join(sorted(unknown))}")
        said = " ".join(f"{name}={value}" for name, value in facts.items())
        self._log.log(level, "%s %s", event, said)
