"""Who is called to the door, in words: on the wall and across the top of the door. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.hub.snapshot import Snapshot
from kiosk.hub.welcomers import welcome_call
from kiosk.ui.words import Words


@dataclass(frozen=True, slots=True)
class CallLine:
    """A call that runs: for which visit, who is called, in a sentence too, for how many seconds."""

    visit: str
    names: str
    text: str
    left_s: float


def call_line(hub: Snapshot, now: datetime, words: Words) -> CallLine | None:
    """Return the call that runs now; None where nobody is called, or nobody here can be."""
    call = welcome_call(hub, now)
    if call is None or not call.names:
        return None
    key = "wall.call_new" if call.is_new else "wall.call_asked"
    names = words.list_(call.names)
    text = words.say(key, names=names)
    return CallLine(call.visit, names, text, (call.until - now).total_seconds())


def call_words(hub: Snapshot, now: datetime, words: Words) -> str:
    """Return who is asked to come to the door: "Ana G., somebody new is at the door", or ""."""
    line = call_line(hub, now, words)
    return line.text if line else ""
