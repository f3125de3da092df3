"""What the screens of coming in say: reasons with their signs, letters that lead to somebody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kiosk.hub.agreement import in_force
from kiosk.hub.names import finds
from kiosk.hub.snapshot import Snapshot
from kiosk.ui.words import Words
from sync.records.agreement import Agreement

LETTERS = "ABCDEFGHIJKLMNÑOPQRSTUVWXYZ"
SIGNS: Mapping[str, str] = {
    "visiting": "account-heart-outline",
    "event": "calendar-star",
    "booking": "door",
    "volunteering": "hand-heart-outline",
    "looking": "eye-outline",
    "lunch": "pot-steam-outline",
}
OTHER_SIGN = "hand-wave-outline"


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason to come, as the hub lists it: its key, its words, its sign."""

    key: str
    words: str
    icon: str


def reasons(hub: Snapshot, words: Words) -> tuple[Reason, ...]:
    """Return the hub's reasons the known ones first; one without words is left out."""
    first = hub.hub.languages[0] if hub.hub.languages else ""
    listed = sorted(hub.hub.reasons, key=_rank)
    found = ((key, words.pick(hub.hub.reasons[key], first)[0].strip()) for key in listed)
    return tuple(Reason(key, said, SIGNS.get(key, OTHER_SIGN)) for key, said in found if said)


def _rank(key: str) -> tuple[int, str]:
    """Where a reason stands: a map that merges by key keeps no order, so ours is given here."""
    known = list(SIGNS)
    return (known.index(key) if key in known else len(known), key)


def leading_letters(hub: Snapshot, typed: str) -> frozenset[str]:
    """Return the letters with which ``typed`` still leads to somebody the hub knows."""
    known = [(one.name, one.known_as) for one in hub.people if not one.withdrawn]
    near = [both for both in known if not typed or finds(typed, both)]
    return frozenset(
        letter for letter in LETTERS if any(finds(typed + letter, both) for both in near)
    )


@dataclass(frozen=True, slots=True)
class AgreementWords:
    """A house agreement for a reader: its text, "" or "(in Spanish)", its id."""

    id: str
    text: str
    foreign: str


def agreement_words(hub: Snapshot, now: datetime, words: Words) -> AgreementWords | None:
    """Return the agreement in force for this reader, or None where the hub has none."""
    found = in_force(hub, now)
    return _in_words(found, hub, words) if found else None


def _in_words(found: Agreement, hub: Snapshot, words: Words) -> AgreementWords:
    first = hub.hub.languages[0] if hub.hub.languages else ""
    text, lang = words.pick(found.text, first)
    return AgreementWords(found.id, text.strip(), words.foreign(lang))
