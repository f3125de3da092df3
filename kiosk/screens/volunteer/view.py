"""What volunteer mode says: who is at work and for how long, and what waits for them. Pure."""

from __future__ import annotations

from kiosk.hub.names import finds, name_of
from kiosk.hub.people import volunteers_of
from kiosk.hub.snapshot import Snapshot
from kiosk.screens.here.view import LETTERS
from kiosk.ui.words import Words

DOT = "•"


def who_lines(hub: Snapshot, person: str, minutes: int, words: Words) -> tuple[str, ...]:
    """Return who is at work and how long yet, from the fullest wording to the shortest."""
    facts = {"name": name_of(hub, person), "n": minutes}
    return tuple(words.say(f"volunteer.{key}", **facts) for key in ("left_long", "left", "left_n"))


def leading_letters(hub: Snapshot, typed: str) -> frozenset[str]:
    """Return the letters with which ``typed`` still leads to a volunteer."""
    names = [(one.name, one.known_as) for one in volunteers_of(hub) if not one.withdrawn]
    return frozenset(
        letter for letter in LETTERS if any(finds(typed + letter, both) for both in names)
    )


def dots(typed: str) -> str:
    """Return what stands for the digits typed so far."""
    return " ".join(DOT * len(typed))
