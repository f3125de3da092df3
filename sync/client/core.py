"""The engine of sync: events in, effects out. No thread, no socket, no clock, no chance of its own.

    stopped --Started--> sending --Answer--> keeping --Kept--> sending, if there is more to say
                            |                                  idle, listening, if not
                            +--Failed--> resting --Tick--> sending, or listening again
                            +--not known--> stopped --Tick, after minutes--> sending

The first exchange of a boot carries no push: it learns the time. A word is put on the disk before
it is shown, and shown again unchanged until it is answered; what an answer acknowledges is put on
the disk together with that. A cursor counts once what came before it is on the disk. What fails is in ``trouble``.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random
from types import MappingProxyType
from typing import assert_never

from sync.client import trouble
from sync.client.answers import answered, next_word
from sync.client.effects import Effect, Keep, Listen, Say, Send, Wait
from sync.client.events import (
    Answer,
    Event,
    Failed,
    Kept,
    LocalChange,
    NetworkUp,
    Started,
    Tick,
    Woken,
)
from sync.client.state import Phase, State
from sync.client.status import status
from sync.protocol import MAX_RECORDS

Step = tuple[State, list[Effect]]

SOONEST_MS = 1_000
"""A ``wait`` that is answered sooner, without news, was not held: a server that is going down."""
MOST_ALARMS = 3
"""Wakes in a row that brought nothing, until we begin to rest between them."""

__all__ = ["State", "Step", "status", "step"]


def step(state: State, event: Event, now_ms: int, dice: Random) -> Step:
    """Decide what to do next. Calls nothing, waits for nothing, reads no clock.

    now_ms: the monotonic clock. dice: for words and pauses; a source that nobody can guess.
    """
    after, effects = _decide(state, event, now_ms, dice)
    if status(after) != status(state):
        effects = [*effects, Say()]
    return after, effects


def _decide(state: State, event: Event, now_ms: int, dice: Random) -> Step:
    if isinstance(event, Started):
        return _started(state, event, now_ms, dice)
    if state.phase is Phase.STOPPED:
        return _stopped(state, event, now_ms, dice)
    match event:
        case Answer() if state.phase is Phase.SENDING:
            return answered(state, event, now_ms, dice)
        case Answer():
            return state, []  # of an ask that we gave up
        case Failed():
            return _failed(state, event, now_ms, dice)
        case Kept() if state.phase is Phase.KEEPING:
            return _go_on(_kept(state, event), now_ms, dice)
        case LocalChange() | Kept():
            return _when_idle(replace(state, outbox=event.outbox), now_ms, dice)
        case Woken():
            return _woken(state, event, now_ms, dice)
        case Tick():
            return _ticked(state, now_ms, dice)
        case NetworkUp():
            return _network_up(state, now_ms, dice)
        case _:
            assert_never(event)


def _started(before: State, event: Started, now_ms: int, dice: Random) -> Step:
    state = State(
        listens=before.listens,  # a wait that is on its way ends by itself, and is not asked twice
        outbox=event.outbox,
        word=event.word,
        is_answered=event.is_answered,
        cursor=event.cursor,
        is_clock_sure=event.is_clock_sure,
        refused=MappingProxyType({(one.kind, one.id): one for one in event.refused}),
    )
    return _send(state, now_ms, dice) if event.is_paired else (state, [])


def _stopped(state: State, event: Event, now_ms: int, dice: Random) -> Step:
    """A device that is not let in counts what waits; it asks only where it may be known again."""
    match event:
        case LocalChange() | Kept():
            return replace(state, outbox=event.outbox), []
        case Woken() | Failed(is_wait=True):
            return replace(state, listens=False), []
        case NetworkUp() if state.until_ms:
            return _send(state, now_ms, dice)
        case Tick() if state.until_ms:
            is_time = now_ms >= state.until_ms
            return _send(state, now_ms, dice) if is_time else (state, [Wait(state.until_ms)])
    return state, []


def _kept(state: State, event: Kept) -> State:
    word = None if state.has_new_token else state.word
    heard_ms = state.last_ok_ms if state.answered_ms is None else state.answered_ms
    return replace(
        state,
        outbox=event.outbox,
        cursor=state.next_cursor,
        word=word,
        has_new_token=False,
        last_ok_ms=heard_ms,
    )


def _failed(state: State, event: Failed, now_ms: int, dice: Random) -> Step:
    if event.is_wait:
        state = replace(state, listens=False)
        if state.phase is not Phase.IDLE:
            return state, []  # the exchange under way finds out by itself
    elif state.phase not in {Phase.SENDING, Phase.KEEPING}:
        return state, []
    return trouble.failed(state, event, now_ms, dice)


def _woken(state: State, event: Woken, now_ms: int, dice: Random) -> Step:
    state = replace(state, listens=False)
    if state.phase is not Phase.IDLE:
        return state, []
    # A cursor of before our own push wakes us with what we know already: only listen again.
    is_news = event.has_news and event.cursor == state.cursor
    is_odd = is_news or now_ms - event.asked_ms < SOONEST_MS
    alarms = state.false_alarms + 1 if is_odd else 0
    calm = replace(
        state, owes=is_news, failures=0, trouble="", last_ok_ms=now_ms, false_alarms=alarms
    )
    if alarms <= MOST_ALARMS:
        return _go_on(calm, now_ms, dice)
    until_ms = now_ms + trouble.pause_ms(alarms - MOST_ALARMS, dice)
    return replace(calm, phase=Phase.RESTING, until_ms=until_ms), [Wait(until_ms)]


def _ticked(state: State, now_ms: int, dice: Random) -> Step:
    if state.phase is Phase.RESTING:
        if now_ms < state.until_ms:
            return state, [Wait(state.until_ms)]
        return _go_on(state, now_ms, dice)
    return _when_idle(state, now_ms, dice)


def _network_up(state: State, now_ms: int, dice: Random) -> Step:
    if state.phase is Phase.RESTING and not state.was_told_to_wait:
        return _go_on(state, now_ms, dice)
    return state, []


def _when_idle(state: State, now_ms: int, dice: Random) -> Step:
    """Look whether there is something to say now; whoever is busy looks when done."""
    return _go_on(state, now_ms, dice) if state.phase is Phase.IDLE else (state, [])


def _go_on(state: State, now_ms: int, dice: Random) -> Step:
    """Send where something is to be said or heard; else listen, and know when to look again."""
    if state.phase is Phase.KEEPING and now_ms < state.until_ms:
        return replace(state, phase=Phase.RESTING), [Wait(state.until_ms)]
    ready_ms = trouble.next_ready_ms(state)
    if state.owes or (ready_ms is not None and ready_ms <= now_ms):
        return _send(state, now_ms, dice)
    effects: list[Effect] = [] if ready_ms is None else [Wait(ready_ms)]
    if not state.listens:
        effects.append(Listen(state.cursor, is_all_sent=not state.outbox.waiting))
    return replace(
        state, phase=Phase.IDLE, listens=True, went_through=False, was_told_to_wait=False
    ), effects


def _send(state: State, now_ms: int, dice: Random) -> Step:
    word = state.word
    if word is None or state.is_answered:
        word = next_word(word, dice)
    without, alone = trouble.apart(state, now_ms)
    most = min(state.most, MAX_RECORDS) if state.knows_now else 0
    after = replace(
        state,
        phase=Phase.SENDING,
        word=word,
        is_answered=False,
        owes=True,  # until it is answered
        was_told_to_wait=False,
        until_ms=0,
        has_new_token=False,  # where the disk refused it, the server will say so again
    )
    return after, [Keep(word), Send(state.cursor, word, most, without, alone)]
