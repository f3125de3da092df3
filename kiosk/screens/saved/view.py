"""What is said once something is saved here."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kiosk.hub.sign_out import SignedOut
from kiosk.hub.snapshot import Snapshot
from kiosk.ui.words import Words


def after_leaving(result: SignedOut, hub: Snapshot, now: datetime, words: Words) -> dict[str, Any]:
    """Return title and sentence for somebody who left, or part of whose group did."""
    time = words.clock(hub.local(now))
    if result.still_here:
        text = words.count("leaving.some_stay", result.still_here, time=time)
    else:
        text = words.say("leaving.left_at", time=time)
    return {"title": words.say("leaving.goodbye"), "text": text}


def taken_back(words: Words, *, large: bool) -> str:
    """Return what is said after *Undo*: large words leave room for one."""
    return words.say("saved.undone" if large else "saved.taken_back")
