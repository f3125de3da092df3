"""What the server did not take, one line each: what it is, of when, and why. Pure.

Anybody may read the page of the light: a line names no person.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import get_args
from uuid import UUID

from kiosk.screens.light.view import Local
from kiosk.ui.words import Words
from sync.protocol import Refusal, RefusalReason

KINDS_SAID = frozenset({"booking", "event", "notice", "person", "visit"})
REASONS = frozenset(get_args(RefusalReason))
UUID7 = 7
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """One record that was refused: "Visit · 09:12", "its time lies in the future"."""

    what: str
    why: str


def refused_lines(
    refusals: Iterable[Refusal], words: Words, local: Local, now: datetime
) -> tuple[RefusedLine, ...]:
    """Return a line for each, the newest record first."""
    ordered = sorted(refusals, key=lambda one: (_made(one.id) or EPOCH, one.id), reverse=True)
    return tuple(
        RefusedLine(_what(one, words, local, now), words.say(_reason(one))) for one in ordered
    )


def _what(one: Refusal, words: Words, local: Local, now: datetime) -> str:
    kind = words.say(f"light.kind_{one.kind if one.kind in KINDS_SAID else 'other'}")
    made = _made(one.id)
    if made is None:
        return kind
    at, today = local(made), local(now).date()
    when = words.clock(at) if at.date() == today else words.day(at.date(), "least")
    return f"{kind} · {when}"


def _reason(one: Refusal) -> str:
    return f"light.reason_{one.reason if one.reason in REASONS else 'other'}"


def _made(record_id: str) -> datetime | None:
    """When a record was made, as its id says (a UUIDv7: RFC 9562, section 5.7); None: unsaid."""
    try:
        found = UUID(record_id)
        if found.version != UUID7:
            return None
        return EPOCH + timedelta(milliseconds=found.int >> 80)
    except (ValueError, OverflowError):
        return None
