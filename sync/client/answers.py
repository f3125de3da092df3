"""What an answer of the server brings: what it took, what it did not, what is new."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from random import Random
from types import MappingProxyType

from sync.client import trouble
from sync.client.effects import (
    Acknowledge,
    DropFields,
    Effect,
    Hear,
    Look,
    Merge,
    Redate,
    Remember,
)
from sync.client.events import Answer
from sync.client.state import Key, Phase, Pushed, State
from sync.protocol import Refusal, SyncAnswer

PART = "proof"
"""The one reason that refuses some fields only."""
Step = tuple[State, list[Effect]]


def answered(state: State, event: Answer, now_ms: int, dice: Random) -> Step:
    """Return what is to be put on the disk, and the state that waits for it."""
    answer = event.answer
    refused = {(one.kind, one.id): one for one in answer.refused}
    whole, future = _refused(event.pushed, refused)
    accepted = tuple(one for one in event.pushed if one not in {*whole, *future})
    known = {key: one for key, one in state.refused.items() if key not in _keys(accepted)}
    known |= {key: refused[key] for key in _keys(whole)}
    is_news = bool(answer.records) or answer.cursor != state.cursor
    heard = replace(
        trouble.went_well(state, event.pushed, now_ms),
        phase=Phase.KEEPING,
        next_cursor=answer.cursor,
        owes=answer.more,
        is_answered=True,
        knows_now=True,
        refused=MappingProxyType(known),
        false_alarms=0 if is_news else state.false_alarms,
    )
    heard = trouble.hold_future(heard, future, now_ms, dice)
    effects = _on_the_disk(state, event, accepted, whole, refused)
    if future:
        late = {one[:2]: refused[one[:2]].fields for one in future if refused[one[:2]].fields}
        effects.append(Redate(future, late))
    if known != state.refused:
        effects.append(Remember(tuple(known.values())))
    effects += [_merge(answer)] if is_news else []
    return heard, [*effects, Look()]


def _on_the_disk(
    state: State,
    event: Answer,
    accepted: tuple[Pushed, ...],
    whole: tuple[Pushed, ...],
    refused: Mapping[Key, Refusal],
) -> list[Effect]:
    effects: list[Effect] = [Hear(event.answer.now, event.asked_ms)]
    if accepted or whole:
        answered = state.word.next if state.word else ""
        effects.append(Acknowledge(accepted, whole, answered))
    return effects + _dropped(accepted, refused)


def _merge(answer: SyncAnswer) -> Effect:
    return Merge(tuple(answer.records), answer.cursor)


def _refused(
    pushed: tuple[Pushed, ...], refused: Mapping[Key, Refusal]
) -> tuple[tuple[Pushed, ...], tuple[Pushed, ...]]:
    """Return what was pushed and is refused as a whole, and what only lies in the future."""
    found = [one for one in pushed if (why := refused.get(one[:2])) and why.reason != PART]
    future = tuple(one for one in found if refused[one[:2]].reason == "future")
    return tuple(one for one in found if one not in future), future


def _dropped(accepted: tuple[Pushed, ...], refused: Mapping[Key, Refusal]) -> list[Effect]:
    """Return the fields to let go of: without a proof, no server stands behind them."""
    found = [refused[one[:2]] for one in accepted if one[:2] in refused]
    return [DropFields(one.kind, one.id, one.fields) for one in found if one.fields]


def _keys(pushed: tuple[Pushed, ...]) -> set[Key]:
    return {one[:2] for one in pushed}
