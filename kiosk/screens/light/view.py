"""What the light says: whether everything here is also elsewhere, in words and a shape. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from kiosk.hub.notices import is_stale
from kiosk.ui.words import Words
from sync.client.status import Status

ALL_SENT, WAITING, REFUSED = "all_sent", "waiting", "refused"
NOT_PAIRED, CLOCK_NOT_SURE = "not_paired", "clock_not_sure"
MOST_SAID = 99
STATES = (ALL_SENT, WAITING, REFUSED)
ICONS = {
    ALL_SENT: ("check-circle", "go"),
    WAITING: ("cloud-clock-outline", "soon"),
    REFUSED: ("alert-octagon", "stop"),
    NOT_PAIRED: ("sync-off", "soon"),
    CLOCK_NOT_SURE: ("clock-outline", "soon"),
}
MODES = {ALL_SENT: "normal", REFUSED: "refused"}
TOLD = (REFUSED, NOT_PAIRED)
"""What a volunteer has to be told."""
A_MOMENT = timedelta(seconds=90)
Local = Callable[[datetime], datetime]
"""From an instant to the hub's own time."""


@dataclass(frozen=True, slots=True)
class Light:
    """How it stands with sending. waiting: records the server lacks, the oldest ``since``.

    refused: records the server did not take. engine: how it stands with the server in one word,
    "" without a server. trouble: what stands in the way ("" = nothing). last_ok: the last exchange,
    whenever that was. next_try: when the next one is tried, of a kiosk that tries again. now: as of.
    """

    waiting: int = 0
    since: datetime | None = None
    refused: int = 0
    engine: str = ""
    trouble: str = ""
    last_ok: datetime | None = None
    next_try: datetime | None = None
    now: datetime | None = field(default=None, compare=False)

    @property
    def state(self) -> str:
        """The one word that matters most: a key of ICONS."""
        if self.engine:
            return self.engine
        if self.refused:
            return REFUSED
        return WAITING if self.waiting else ALL_SENT


def light_of(status: Status, *, now: datetime, now_ms: int) -> Light:
    """Return the light of a kiosk with a server. now_ms: the clock of the status, at ``now``."""

    def at(ms: int | None) -> datetime | None:
        return None if ms is None else now + timedelta(milliseconds=ms - now_ms)

    since = status.since_ms if status.waiting else None
    return Light(
        waiting=status.waiting,
        since=None if since is None else datetime.fromtimestamp(since / 1_000, UTC),
        refused=status.refused,
        engine=status.light,
        trouble=status.trouble,
        last_ok=at(status.last_ok_ms),
        next_try=at(status.next_ms) if status.next == "sync" else None,
        now=now,
    )


@dataclass(frozen=True, slots=True)
class LightLine:
    """What stands on the tool of the light: a short word, and since when.

    few: all it says where there is no room for the word, beside its sign.
    """

    state: str
    word: str
    since: str = ""
    few: str = ""

    @property
    def icon(self) -> str:
        """Its sign."""
        return ICONS[self.state][0]

    @property
    def ink(self) -> str:
        """The colour of its sign."""
        return ICONS[self.state][1]

    @property
    def mode(self) -> str:
        """The mode of its tool: tinted where something waits or was refused."""
        return MODES.get(self.state, "waiting")


def light_line(light: Light, words: Words, local: Local, most: int = MOST_SAID) -> LightLine:
    """Return what the tool on the rest screen says. local: an instant in the hub's time.

    most: of what waits, a larger number is only said to be more: there is no room for it.
    """
    state = light.state
    if state == REFUSED:
        return LightLine(state, words.count("light.tool_refused", light.refused))
    if state != WAITING:
        return LightLine(state, words.say(f"light.tool_{state}"))
    if light.waiting > most:
        return LightLine(state, words.say("light.waiting_many", n=most), few=f"{most}+")
    return LightLine(
        state, words.count("light.waiting", light.waiting), _since(light, words, local)
    )


@dataclass(frozen=True, slots=True)
class Explained:
    """The page of the light.

    title; why: a sentence or two; short: in fewest words; facts: what waits, when it was last sent, when it is tried
    again; rows: the states to tell apart; state: the present one.
    """

    title: str
    why: str
    state: str
    short: str = ""
    facts: str = ""
    rows: tuple[str, ...] = STATES


def explained(light: Light, words: Words, local: Local) -> Explained:
    """Return the explanation of the light as it is now."""
    line = light_line(light, words, local, most=light.waiting)
    title = " ".join(part for part in (line.word, line.since) if part)
    if line.state == REFUSED:
        title = words.count("light.refused", light.refused)
    elif line.state != WAITING:
        title = words.say(f"light.{line.state}_title")
    rows = STATES if line.state in STATES else (line.state, WAITING, ALL_SENT)
    short = words.say("light.short_tell" if line.state in TOLD else "light.short_safe")
    if not light.engine:
        return Explained(title, words.say(f"light.why_{line.state}"), line.state, short)
    facts = _facts(light, words, local)
    return Explained(title, _why(light, words), line.state, short, facts, rows)


def _why(light: Light, words: Words) -> str:
    trouble = words.say(f"light.trouble_{light.trouble}") if light.trouble else ""
    if light.state == WAITING:
        safe = words.say("light.saved_here" if trouble else "light.on_its_way")
        return f"{trouble} {safe}".lstrip()
    said = words.say(f"light.why_{light.state}")
    return f"{said} {trouble}".rstrip() if light.state == ALL_SENT else said


def _facts(light: Light, words: Words, local: Local) -> str:
    said = [_waiting(light, words, local), _last(light, words, local), _next(light, words, local)]
    return " · ".join(part for part in said if part)


def _waiting(light: Light, words: Words, local: Local) -> str:
    if light.state == WAITING or not light.waiting:
        return ""
    return f"{words.count('light.waiting', light.waiting)} {_since(light, words, local)}".rstrip()


def _since(light: Light, words: Words, local: Local) -> str:
    if light.since is None:
        return ""
    if _same_day(light.since, light.now, local):
        return words.say("light.since", time=words.clock(local(light.since)))
    return words.say("light.since_day", day=words.day(local(light.since).date(), "least"))


def _last(light: Light, words: Words, local: Local) -> str:
    if light.last_ok is None:
        return words.say("light.last_never")
    return words.say("light.last_ok", time=_when(light.last_ok, light, words, local))


def as_of(light: Light, words: Words, local: Local) -> str:
    """Return "as of 10:42" where an urgent notice may be over without this device knowing, else ""."""
    known = known_at(light, words, local)
    return words.say("rest.as_of", time=known) if known else ""


def known_at(light: Light, words: Words, local: Local) -> str:
    """Return when the server was last heard, where that is long ago and something is in the way."""
    heard, now = light.last_ok, light.now
    if heard is None or now is None:
        return ""
    if not (light.trouble or light.engine == NOT_PAIRED):
        return ""
    if light.engine != CLOCK_NOT_SURE and not is_stale(heard, now):
        return ""
    return _when(heard, light, words, local)


def _when(at: datetime, light: Light, words: Words, local: Local) -> str:
    """Return "10:42", with its day where that is not today, or nobody knows what today is."""
    clock = words.clock(local(at))
    if light.engine != CLOCK_NOT_SURE and _same_day(at, light.now, local):
        return clock
    return f"{words.day(local(at).date(), 'least')}, {clock}"


def _next(light: Light, words: Words, local: Local) -> str:
    if light.next_try is None or light.now is None:
        return ""
    if light.next_try - light.now < A_MOMENT:
        return words.say("light.next_soon")
    return words.say("light.next_at", time=words.clock(local(light.next_try)))


def _same_day(one: datetime, now: datetime | None, local: Local) -> bool:
    return now is None or local(one).date() == local(now).date()
