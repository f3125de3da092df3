"""Pairing from the screen: OAuth 2.0 Device Authorization Grant (RFC 8628), as decisions alone.

    off --Begin--> asking --CodeGiven--> waiting --Approved--> keeping --Kept--> approved
                     ^  |                   |  `--- with unsent records, to another house or as a
                     |  |                   |       wall, which sends nothing: held
                     |  `--Failed, Tick     |--- access_denied: denied
                     `------ expired -------'    expired too often: ended

Events in, effects out: no thread, no socket, no clock. Times ending in ``_ms`` are monotonic. What
the server sends is checked by whoever hears it (pairing_wire.py).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import assert_never

from sync.client.state import Trouble

STEP_MS = 5_000
"""How much slower to ask after each ``slow_down`` (RFC 8628 section 3.5)."""
LONGEST_MS = 60_000
"""The longest pause between two asks while the server is away: somebody stands and looks."""
MOST_RENEWALS = 2
"""Codes that follow the first by themselves; then somebody has to want another."""


class Phase(Enum):
    """Where the pairing stands (see the picture above)."""

    OFF = "off"
    ASKING = "asking"
    WAITING = "waiting"
    KEEPING = "keeping"
    APPROVED = "approved"
    DENIED = "denied"
    ENDED = "ended"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Code:
    """A device code and what people do with it.

    user_code: as it is to be typed. uri: where. uri_complete: the same with the code in it, for a
    camera; "" where the server gives none.
    """

    device_code: str
    user_code: str
    uri: str
    uri_complete: str
    expires_in_s: int
    interval_s: int


@dataclass(frozen=True, slots=True)
class Paired:
    """What a volunteer has approved: the device's token, for which hub, as what (door, wall)."""

    token: str
    hub: str
    hub_name: str = ""
    role: str = "door"


@dataclass(frozen=True, slots=True)
class Holding:
    """What the device holds: records of a hub ("": of none yet), and how many no server has."""

    hub: str = ""
    unsent: int = 0


# Events -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Begin:
    """Somebody wants this device joined, or another code for it."""


@dataclass(frozen=True, slots=True)
class End:
    """Nobody wants it any more."""


@dataclass(frozen=True, slots=True)
class CodeGiven:
    """The server answered AskCode."""

    code: Code


@dataclass(frozen=True, slots=True)
class Approved:
    """The server answered AskToken with a token; ``holding``: what the device holds now."""

    paired: Paired
    holding: Holding


@dataclass(frozen=True, slots=True)
class Said:
    """The server answered an ask with an error of RFC 8628 or of RFC 6749."""

    error: str


@dataclass(frozen=True, slots=True)
class Failed:
    """An ask came to nothing, or (``disk``) the token could not be kept."""

    trouble: Trouble
    retry_after_s: float | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """The token is on the disk."""


@dataclass(frozen=True, slots=True)
class Tick:
    """The time of a Wait has come; one too early or too many does no harm."""


Event = Begin | End | CodeGiven | Approved | Said | Failed | Kept | Tick

# Effects ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AskCode:
    """Ask for a code; answer with CodeGiven, Said or Failed."""


@dataclass(frozen=True, slots=True)
class AskToken:
    """Ask whether somebody has approved it; answer with Approved, Said or Failed."""

    device_code: str


@dataclass(frozen=True, slots=True)
class Keep:
    """Put the token on the disk; answer with Kept or Failed("disk")."""

    paired: Paired


@dataclass(frozen=True, slots=True)
class Wait:
    """Send a Tick at this time; a later Wait takes the place of an earlier one."""

    until_ms: int


Effect = AskCode | AskToken | Keep | Wait


@dataclass(frozen=True, slots=True)
class State:
    """All that is known; what a screen shows is drawn from it.

    good_until_ms: of the code. interval_ms: between two asks, at least. asks_ms: when the next ask
    is due. renewals: codes after the first. failures: in a row. unsent: with HELD, how many records
    of another house lie here.
    """

    phase: Phase = Phase.OFF
    code: Code | None = None
    good_until_ms: int = 0
    interval_ms: int = STEP_MS
    asks_ms: int = 0
    renewals: int = 0
    failures: int = 0
    trouble: Trouble = ""
    paired: Paired | None = None
    unsent: int = 0


Step = tuple[State, list[Effect]]


def step(state: State, event: Event, now_ms: int) -> Step:
    """Decide what to do next. Calls nothing, waits for nothing, reads no clock."""
    match event:
        case Begin():
            return State(Phase.ASKING), [AskCode()]
        case End():
            return State(), []
        case CodeGiven() if state.phase is Phase.ASKING:
            return _given(state, event.code, now_ms)
        case Approved() if state.phase in (Phase.WAITING, Phase.KEEPING):
            return _approved(event)
        case Said():
            return _said(state, event.error, now_ms)
        case Failed():
            return _failed(state, event, now_ms)
        case Kept() if state.phase is Phase.KEEPING:
            return replace(state, phase=Phase.APPROVED), []
        case Tick():
            return _ticked(state, now_ms)
        case CodeGiven() | Approved() | Kept():
            return state, []  # of an ask that was given up
        case _:
            assert_never(event)


def _given(state: State, code: Code, now_ms: int) -> Step:
    waiting = replace(
        state,
        phase=Phase.WAITING,
        code=code,
        good_until_ms=now_ms + 1_000 * code.expires_in_s,
        interval_ms=1_000 * code.interval_s,
        failures=0,
        trouble="",
    )
    return _rest(waiting, waiting.interval_ms, now_ms)


def _approved(event: Approved) -> Step:
    paired, holding = event.paired, event.holding
    stays_here = paired.role == "wall" or holding.hub not in ("", paired.hub)
    if holding.unsent and stays_here:
        held = State(Phase.HELD, paired=replace(paired, token=""), unsent=holding.unsent)
        return held, []  # no token: these records would go to another house, or, at a wall, nowhere
    return State(Phase.KEEPING, paired=paired), [Keep(paired)]


def _said(state: State, error: str, now_ms: int) -> Step:
    if state.phase is not Phase.WAITING:
        return state, []
    if error == "access_denied":
        return State(Phase.DENIED), []
    if error == "expired_token":
        return _renewed(state)
    calm = replace(state, failures=0, trouble="")
    if error == "authorization_pending":
        return _rest(calm, calm.interval_ms, now_ms)
    if error == "slow_down":
        slower = replace(calm, interval_ms=calm.interval_ms + STEP_MS)
        return _rest(slower, slower.interval_ms, now_ms)
    return _renewed(state)  # a code that the server does not know (restored, restarted): another


def _failed(state: State, event: Failed, now_ms: int) -> Step:
    if state.phase is Phase.KEEPING:
        return State(Phase.ENDED, trouble=event.trouble), []
    if state.phase not in (Phase.ASKING, Phase.WAITING):
        return state, []
    # Doubling is what RFC 8628 section 3.5 recommends after a timeout.
    pause_ms = min(LONGEST_MS, state.interval_ms << min(state.failures, 8))
    pause_ms = max(pause_ms, round(1_000 * min(event.retry_after_s or 0, LONGEST_MS)))
    away = replace(state, failures=state.failures + 1, trouble=event.trouble)
    return _rest(away, max(pause_ms, state.interval_ms), now_ms)


def _ticked(state: State, now_ms: int) -> Step:
    if state.phase is Phase.WAITING and now_ms >= state.good_until_ms:
        return _renewed(state)
    if now_ms < state.asks_ms:
        return state, [Wait(_soonest(state))] if _asks(state) else []
    if state.phase is Phase.ASKING:
        return state, [AskCode()]
    if state.phase is Phase.WAITING and state.code is not None:
        return state, [AskToken(state.code.device_code)]
    return state, []


def _renewed(state: State) -> Step:
    if state.renewals >= MOST_RENEWALS:
        return State(Phase.ENDED), []
    again = State(Phase.ASKING, renewals=state.renewals + 1, trouble=state.trouble)
    return again, [AskCode()]


def _rest(state: State, pause_ms: int, now_ms: int) -> Step:
    resting = replace(state, asks_ms=now_ms + pause_ms)
    return resting, [Wait(_soonest(resting))]


def _asks(state: State) -> bool:
    return state.phase in (Phase.ASKING, Phase.WAITING)


def _soonest(state: State) -> int:
    """When to look again: at the next ask, or when the code ends."""
    if state.phase is Phase.WAITING:
        return min(state.asks_ms, state.good_until_ms)
    return state.asks_ms
