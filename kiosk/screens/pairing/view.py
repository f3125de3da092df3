"""What the page of pairing says at each step: the code, what to do with it, how long. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.ui.words import Words
from sync.client.pairing import Code, Holding, Phase, State

MINUTE_MS = 60_000
GROUPED = {6: 3, 8: 4}
"""A code of so many letters is easier to type in groups of so many."""


@dataclass(frozen=True, slots=True)
class PairingView:
    """One page.

    heading: short where the long one has no room. before: what to do until the code is typed;
    after: from then on. code: "" where there is none. scan: what the QR code holds. good: how long
    it counts; good_short: beside something to press. waiting: for whom. note: what else to know. acts: "new_code", "try_now", "done".
    """

    heading: str
    heading_short: str
    before: tuple[str, ...] = ()
    code: str = ""
    after: str = ""
    scan: str = ""
    good: str = ""
    good_short: str = ""
    waiting: str = ""
    note: str = ""
    acts: str = "new_code"

    @property
    def shape(self) -> tuple[object, ...]:
        """What gives each part its place; what only counts down is not in it."""
        return self.heading, self.before, self.code, self.waiting, self.note, self.acts


def pairing_view(state: State, holding: Holding, words: Words, now_ms: int) -> PairingView:
    """Return the page of a state. now_ms: the clock of the state's times."""
    match state.phase:
        case Phase.WAITING if state.code is not None:
            return _waiting(state, state.code, holding, words, now_ms)
        case Phase.APPROVED:
            return _approved(state, words)
        case Phase.HELD:
            return _told(words, "held_title", words.count("pairing.held", state.unsent))
        case Phase.DENIED:
            return _told(words, "denied_title", words.say("pairing.denied"))
        case Phase.ENDED if not state.trouble:
            return _told(words, "ended_title", words.say("pairing.ended"))
    if state.trouble:
        away = words.say(f"pairing.away_{state.trouble}")
        return _told(words, "away_title", away, acts="try_now")
    return _told(words, "asking", words.say("pairing.asking_why"), acts="")


def grouped(code: str) -> str:
    """Return a code as it is easily typed: "741906" as "741 906"."""
    size = GROUPED.get(len(code))
    if size is None or not code.isalnum():
        return code
    return f"{code[:size]} {code[size:]}"


def address(uri: str) -> str:
    """Return an address as people type it: without https:// and the last stroke."""
    return uri.removeprefix("https://").rstrip("/")


def broken_after(address_: str, fits: Callable[[str], bool]) -> str:
    """Return an address in lines that fit, each but the last ended by a dot or a stroke."""
    lines = [""]
    for part in re.findall(r"[^./-]*[./-]?", address_):
        if lines[-1] and not fits(lines[-1] + part):
            lines.append("")
        lines[-1] += part
    return "\n".join(lines)


def _waiting(state: State, code: Code, holding: Holding, words: Words, now_ms: int) -> PairingView:
    said = words.say
    unsent = words.count("pairing.unsent", holding.unsent) if holding.unsent else ""
    return PairingView(
        heading=said("pairing.title"),
        heading_short=said("pairing.title_short"),
        before=(
            said("pairing.code_what", address=address(code.uri)),
            said("pairing.type_code"),
        ),
        code=grouped(code.user_code),
        after=said("pairing.say_yes"),
        scan=code.uri_complete or code.uri,
        good=good_for(state.good_until_ms - now_ms, words),
        good_short=good_shortly(state.good_until_ms - now_ms, words),
        waiting=said("pairing.waiting_away" if state.trouble else "pairing.waiting"),
        note=unsent if holding.hub else "",
    )


def good_for(left_ms: int, words: Words) -> str:
    """Return how long a code counts: whole minutes, rounded down."""
    minutes = left_ms // MINUTE_MS
    if minutes < 1:
        return words.say("pairing.good_soon")
    return words.count("pairing.good_minutes", minutes)


def good_shortly(left_ms: int, words: Words) -> str:
    """Return the same in two words."""
    return words.say("pairing.good_short", n=max(1, left_ms // MINUTE_MS))


def _approved(state: State, words: Words) -> PairingView:
    house = state.paired.hub_name if state.paired else ""
    key = "pairing.approved" if house else "pairing.approved_plain"
    return _told(words, "approved_title", words.say(key, house=house), acts="done")


def _told(words: Words, title: str, sentence: str, acts: str = "new_code") -> PairingView:
    heading = words.say(f"pairing.{title}")
    return PairingView(heading, heading, before=(sentence,), acts=acts)
