"""What a person may know of sync at any time, drawn from the engine's state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sync.client.state import Phase, State, Trouble


@dataclass(frozen=True, slots=True)
class Status:
    """How it stands. ``light``: the one word that matters most, in the order given in its type.

    since_ms: since when the oldest waits, by the wall clock (since 1970). last_ok_ms: when an
    exchange last succeeded, maybe before this start (below 0: before this boot); next_ms: when ``next``
    is tried; both monotonic.
    next: "pair" (a person has to), "sync" (an exchange runs or is due), "listen" (all is quiet).
    """

    light: Literal["not_paired", "refused", "clock_not_sure", "waiting", "all_sent"]
    waiting: int = 0
    since_ms: int | None = None
    refused: int = 0
    set_aside: int = 0
    trouble: Trouble = ""
    last_ok_ms: int | None = None
    next: Literal["pair", "sync", "listen"] = "sync"
    next_ms: int | None = None


def status(state: State) -> Status:
    """Return what may be said now."""
    return Status(
        light=_light(state),
        waiting=state.outbox.waiting,
        since_ms=state.outbox.since_ms,
        refused=len(state.refused),
        set_aside=sum(one.why == "breaks" for one in state.aside.values()),
        trouble=state.trouble,
        last_ok_ms=state.last_ok_ms,
        next=_next(state),
        next_ms=state.until_ms if state.phase is Phase.RESTING else None,
    )


def _light(
    state: State,
) -> Literal["not_paired", "refused", "clock_not_sure", "waiting", "all_sent"]:
    if state.phase is Phase.STOPPED or state.is_unknown:
        return "not_paired"
    if state.refused:
        return "refused"
    if not (state.knows_now or state.is_clock_sure):
        return "clock_not_sure"
    return "waiting" if state.outbox.waiting else "all_sent"


def _next(state: State) -> Literal["pair", "sync", "listen"]:
    if state.phase is Phase.STOPPED or state.is_unknown:
        return "pair"
    is_quiet = state.phase is Phase.IDLE or (state.phase is Phase.RESTING and not state.owes)
    return "listen" if is_quiet else "sync"
