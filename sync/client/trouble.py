"""What goes wrong, and what the engine does about it: each row of the table in docs/sync.md.

Waiting is bounded and jittered ("full jitter": anything from nothing to the bound), so that
devices that lost the same server at the same time do not all come back at the same time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from random import Random
from types import MappingProxyType

from sync.client.effects import (
    Effect,
    Expire,
    Hear,
    Look,
    Redate,
    Renew,
    Reset,
    Say,
    TakeIn,
    Wait,
)
from sync.client.events import Failed
from sync.client.state import Aside, AsideWhy, Key, Phase, Pushed, State, Trouble
from sync.protocol import MAX_RECORDS, Refusal

Step = tuple[State, list[Effect]]

FIRST_PAUSE_MS = 1_000
LONGEST_PAUSE_MS = 300_000
LONGEST_TOLD_MS = 3_600_000
"""No server makes us wait longer than an hour."""
DAY_MS = 86_400_000
"""A record that breaks the server is tried again after as long."""
_MOST_DOUBLINGS = 9


def failed(state: State, event: Failed, now_ms: int, dice: Random) -> Step:
    """Return what to do after an ask or a ``wait`` that came to nothing."""
    if event.status in {401, 403} and event.error in {"unpaired", "forbidden"}:
        return _not_let_in(state, event, now_ms, dice)
    if event.is_wait:
        is_told = event.status == 409 and event.error in {"fork", "reset", "expired"}
        return _rest(replace(state, owes=state.owes or is_told), event, now_ms, dice)
    state = replace(state, owes=True)
    match event.status, event.error:
        case 409, "fork" | "reset" | "expired":
            return _begin_anew(state, event, now_ms, dice)
        case 409, "future":
            return _future(state, event, now_ms, dice)
        case 413, _:
            return _too_large(state, event, now_ms, dice)
        case (500, _) | (400, "bad_message") if event.pushed:
            return _broken(state, event, now_ms, dice)
    return _rest(state, event, now_ms, dice)


def pause_ms(tries: int, dice: Random) -> int:
    """Return how long to wait after so many failures in a row (0: the first), 5 min at most."""
    bound = min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS << min(tries, _MOST_DOUBLINGS))
    return dice.randint(0, bound)


def went_well(state: State, pushed: tuple[Pushed, ...], now_ms: int) -> State:
    """Return the state after an answer: what chokes the server is now known from what does not."""
    due = {key for key, one in state.aside.items() if one.until_ms <= now_ms}
    keys = {one[:2] for one in pushed}
    # Due and not pushed although it would have gone first: it is no longer in the outbox.
    gone = keys | (due if not due & keys else set())
    left = {key: one for key, one in state.aside.items() if key not in gone}
    if pushed:
        left = {key: _proven(one, now_ms) for key, one in left.items()}
    return replace(
        state,
        aside=MappingProxyType(left),
        went_through=state.went_through or bool(pushed),
        most=min(MAX_RECORDS, state.most * 2) if pushed else state.most,
        failures=0,
        trouble="",
        answered_ms=now_ms,
        is_unknown=False,
    )


def hold_future(state: State, pushed: tuple[Pushed, ...], now_ms: int, dice: Random) -> State:
    """Return the state in which these are not pushed for a while, unless they are dated anew."""
    return _aside(state, pushed, "future", now_ms, dice) if pushed else state


def apart(state: State, now_ms: int) -> tuple[frozenset[Pushed], frozenset[Pushed]]:
    """Return what is set aside and stays at home, and what is tried again, each alone."""
    home, alone = set(), set()
    for key, one in state.aside.items():
        if one.until_ms > now_ms:
            home.add((*key, one.version))
        elif one.why != "future":
            alone.add((*key, one.version))
    return frozenset(home), frozenset(alone)


def next_ready_ms(state: State) -> int | None:
    """Return when something may be sent: by the outbox, or set aside until then; None = nothing."""
    found = [one.until_ms for one in state.aside.values()]
    if state.outbox.ready_ms is not None:
        found.append(state.outbox.ready_ms)
    return min(found, default=None)


def _proven(one: Aside, now_ms: int) -> Aside:
    """Something else went through: what stood alone is what broke the server."""
    if one.why != "suspect":
        return one
    return replace(one, why="breaks", until_ms=now_ms + DAY_MS)


def _rest(state: State, event: Failed, now_ms: int, dice: Random) -> Step:
    told_s = event.retry_after_s if event.status in {429, 503} else None
    if told_s is None:
        wait_ms = pause_ms(state.failures, dice)
    else:
        asked_ms = int(max(0.0, min(told_s * 1000, LONGEST_TOLD_MS)))
        wait_ms = asked_ms + dice.randint(0, max(FIRST_PAUSE_MS, asked_ms // 4))
    rested = replace(
        state,
        phase=Phase.RESTING,
        failures=state.failures + 1,
        trouble=_named(event),
        until_ms=now_ms + wait_ms,
        was_told_to_wait=told_s is not None,
    )
    return rested, [Wait(rested.until_ms)]


def _not_let_in(state: State, event: Failed, now_ms: int, dice: Random) -> Step:
    """A token that was taken back stays so; one that is not known may come back with a backup."""
    stopped = replace(state, phase=Phase.STOPPED, until_ms=0)
    if event.error == "forbidden":
        return stopped, []
    until_ms = now_ms + LONGEST_PAUSE_MS + dice.randint(0, LONGEST_PAUSE_MS // 5)
    return replace(stopped, owes=True, is_unknown=True, until_ms=until_ms), [Wait(until_ms)]


def _named(event: Failed) -> Trouble:
    if event.trouble:
        return event.trouble
    if event.status in {429, 503}:
        return "server_busy"
    return "server_broken" if event.status in {413, 500} or event.error else "not_the_server"


def _look_again(state: State, effects: list[Effect], *, until_ms: int = 0) -> Step:
    """Return a state that goes on as soon as these effects are on the disk, not before until_ms."""
    cursor = state.cursor if state.phase is Phase.SENDING else state.next_cursor
    after = replace(
        state, phase=Phase.KEEPING, next_cursor=cursor, until_ms=until_ms, answered_ms=None
    )
    return after, [*effects, Look()]


def _begin_anew(state: State, event: Failed, now_ms: int, dice: Random) -> Step:
    # The first time at once; a server that says so again and again is not asked more and more.
    until_ms = now_ms + pause_ms(state.failures, dice) if state.failures else 0
    state = replace(state, failures=state.failures + 1)
    heard, effects = _heard(state, event)
    if event.error == "fork":
        if not event.token:
            return replace(heard, phase=Phase.STOPPED), [*effects, Say("light.copied")]
        effects += [Renew(event.token), Say("light.copied")]
        after, effects = _look_again(heard, effects, until_ms=until_ms)
        return replace(after, has_new_token=True), effects
    effects.append(Expire() if event.error == "expired" else Reset())
    after, effects = _look_again(heard, effects, until_ms=until_ms)
    return replace(after, next_cursor=""), effects


def _heard(state: State, event: Failed) -> Step:
    """Return the state after a Problem that tells the server's time, as most do."""
    if not event.now:
        return state, []
    return replace(state, knows_now=True), [Hear(event.now, event.asked_ms)]


def _future(state: State, event: Failed, now_ms: int, dice: Random) -> Step:
    heard, effects = _heard(state, event)
    if not event.pushed:
        return _rest(heard, event, now_ms, dice)
    held = hold_future(heard, event.pushed, now_ms, dice)
    return _look_again(held, [*effects, Redate(event.pushed)])


def _too_large(state: State, event: Failed, now_ms: int, dice: Random) -> Step:
    many = len(event.pushed)
    if many == 0:
        return _rest(state, event, now_ms, dice)
    if many > 1:
        return _look_again(replace(state, most=many // 2), [])
    kind, record_id, _version = event.pushed[0]
    refused: Mapping[Key, Refusal] = MappingProxyType(
        {**state.refused, (kind, record_id): Refusal(kind, record_id, "too_large")}
    )
    kept = TakeIn(refused=event.pushed, known=tuple(refused.values()))
    return _look_again(replace(state, refused=refused), [kept])


def _broken(state: State, event: Failed, now_ms: int, dice: Random) -> Step:
    many = len(event.pushed)
    if many > 1:
        return _look_again(replace(state, most=many // 2), [])
    was = state.aside.get(event.pushed[0][:2])
    if state.went_through or (was is not None and was.why == "breaks"):
        return _look_again(_aside(state, event.pushed, "breaks", now_ms, dice), [])
    rested, effects = _rest(state, event, now_ms, dice)
    # Later than the rest, so that the next one has its turn before this one is tried again.
    return _aside(rested, event.pushed, "suspect", rested.until_ms, dice), effects


def _aside(
    state: State,
    pushed: tuple[Pushed, ...],
    why: AsideWhy,
    from_ms: int,
    dice: Random,
) -> State:
    found = dict(state.aside)
    for kind, record_id, version in pushed:
        was = found.get((kind, record_id))
        tries = was.tries + 1 if was and was.version == version else 1
        wait_ms = DAY_MS if why == "breaks" else FIRST_PAUSE_MS + pause_ms(tries, dice)
        found[kind, record_id] = Aside(version, from_ms + wait_ms, why, tries)
    return replace(state, aside=MappingProxyType(found))
