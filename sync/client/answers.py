"""What an answer of the server brings: what it took, what it did not, what is new."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from random import Random
from types import MappingProxyType

from sync.client import trouble
from sync.client.effects import DropFields, Effect, Hear, Look, Redate, TakeIn
from sync.client.events import Answer
from sync.client.state import Key, Phase, Pushed, State
from sync.protocol import Refusal, Word

PART = "proof"
"""The one reason that refuses some fields only."""
Step = tuple[State, list[Effect]]


def answered(state: State, event: Answer, now_ms: int, dice: Random) -> Step:
    """Return what is to be put on the disk, and the state that waits for it."""
    answer = event.answer
    refused = {(one.kind, one.id): one for one in answer.refused}
    whole, future = _refused(event.pushed, refused)
    held_back = {*whole, *future}
    accepted = tuple(one for one in event.pushed if one not in held_back)
    known = {key: one for key, one in state.refused.items() if key not in _keys(accepted)}
    known |= {key: refused[key] for key in _keys(whole)}
    is_news = bool(answer.records) or answer.cursor != state.cursor
    # Whoever asks again at once keeps the next word with this: one wait for the disk, not two.
    goes_on = answer.more or (event.is_part and bool(accepted))
    word = next_word(state.word, dice) if goes_on and (is_news or accepted) else None
    heard = replace(
        trouble.went_well(state, event.pushed, now_ms),
        phase=Phase.KEEPING,
        next_cursor=answer.cursor,
        owes=goes_on,
        word=word or state.word,
        is_answered=word is None,
        knows_now=True,
        refused=MappingProxyType(known),
        false_alarms=0 if is_news else state.false_alarms,
    )
    heard = trouble.hold_future(heard, future, now_ms, dice)
    between = _dropped(accepted, refused)
    if future:
        late = {one[:2]: refused[one[:2]].fields for one in future if refused[one[:2]].fields}
        between.append(Redate(future, late))
    theirs: TakeIn | None = TakeIn(records=tuple(answer.records), cursor=answer.cursor, word=word)
    ours = TakeIn(
        accepted,
        whole,
        state.word.next if state.word else "",
        # With what leaves the outbox: it would else lie here, and nobody would ever hear of it.
        known=tuple(known.values()) if whole or accepted or known != state.refused else None,
    )
    if not is_news:
        ours, theirs = replace(ours, word=word), None
    return heard, [Hear(answer.now, event.asked_ms), *_on_the_disk(ours, between, theirs), Look()]


def next_word(word: Word | None, dice: Random) -> Word:
    """Return the word that comes after one whose ask was answered."""
    number, known = (word.number, word.next) if word else (0, "")
    return Word(number + 1, known, f"{dice.getrandbits(64):016x}")


def _on_the_disk(ours: TakeIn, between: list[Effect], theirs: TakeIn | None) -> list[Effect]:
    """Return what is written: as a rule at once; what is dropped or dated goes before the merge."""
    if not (ours.accepted or ours.refused):
        return [*between, theirs] if theirs else between
    if between or theirs is None:
        return [ours, *between, theirs] if theirs else [ours, *between]
    return [replace(ours, records=theirs.records, cursor=theirs.cursor, word=theirs.word)]


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
