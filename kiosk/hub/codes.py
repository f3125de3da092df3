"""PINs of volunteers and people's own codes: argon2id, and a pause after five wrong tries.

The tries are a note of this kiosk, so that a restart forgets none.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from kiosk.hub.actor import ANYBODY, KNOWN, VOLUNTEER, Actor
from kiosk.hub.may import needs, needs_self
from kiosk.hub.moment import Moment
from kiosk.hub.people import the_person
from kiosk.hub.snapshot import Snapshot
from kiosk.hub.writes import edit
from kiosk.store.changes import Changes, Note
from sync.errors import Refused
from sync.records.person import Person

MOST_TRIES = 5
PAUSE = timedelta(minutes=5)
OWN_CODE = "own_code"
"""The hub's setting that lets people sign with a code of their own; off at first."""
CODE_DIGITS, PIN_DIGITS = 4, 6
_HASHER = PasswordHasher()

Sort = Literal["pin", "code"]


class Paused(Refused):
    """Too many wrong tries with this name; ``until`` says when it goes on."""

    say = "code.paused"

    def __init__(self, *, until: datetime) -> None:
        super().__init__("too many wrong tries")
        self.until = until


class NoCode(Refused):
    """This person has none, or the hub does not use them."""

    say = "code.none"


class BadCode(Refused):
    """A code has so many ``digits``."""

    say = "code.digits"

    def __init__(self, *, digits: int) -> None:
        super().__init__(f"not {digits} digits")
        self.digits = digits


@dataclass(frozen=True, slots=True)
class CheckCode:
    """Somebody typed a PIN (``sort`` "pin") or their own code."""

    person: str
    typed: str = field(repr=False)
    sort: Sort = "pin"


@dataclass(frozen=True, slots=True)
class CodeAnswer:
    """Whether it was right; ``by`` is then who may act. tries_left before the pause."""

    right: bool
    by: Actor = ANYBODY
    tries_left: int = 0


@dataclass(frozen=True, slots=True)
class SetCode:
    """Somebody chooses a PIN or their own code; "" takes it away."""

    person: str
    typed: str = field(repr=False)
    sort: Sort = "pin"
    by: Actor = ANYBODY


def check_code(hub: Snapshot, ask: CheckCode, at: Moment) -> Changes:
    """Say whether a PIN or code is right; the result is a CodeAnswer.

    The fifth wrong one pauses that name on this kiosk for five minutes. Raises NotKnown, NoCode,
    Paused.
    """
    person = the_person(hub, ask.person)
    hashed = _hash_of(hub, person, ask.sort)
    key = f"tries {person.id}"
    wrong, until = _tries(at, key)
    if until and at.now < until <= at.now + PAUSE:
        raise Paused(until=until)
    if _is_right(hashed, ask.typed):
        is_volunteer = ask.sort == "pin" and person.kind == "volunteer"
        by = Actor(VOLUNTEER if is_volunteer else KNOWN, person.id)
        forgiven = [Note(key, None)] if wrong or until else []
        return Changes.of(*forgiven, result=CodeAnswer(right=True, by=by))
    wrong += 1
    pauses = (at.now + PAUSE).isoformat() if wrong >= MOST_TRIES else None
    note = Note(key, {"wrong": 0 if pauses else wrong, "until": pauses})
    return Changes.of(note, result=CodeAnswer(right=False, tries_left=MOST_TRIES - wrong))


def set_code(hub: Snapshot, ask: SetCode, at: Moment) -> Changes:  # noqa: ARG001
    """Keep a new PIN or code, as an argon2id hash with a salt of its own.

    By the person or a volunteer; a PIN is a volunteer's. Raises NotKnown, TooLow, BadCode.
    """
    person = the_person(hub, ask.person)
    needs_self(hub, ask.by, person.id)
    if ask.sort == "pin":
        needs(ask.by, VOLUNTEER)
    digits = PIN_DIGITS if ask.sort == "pin" else CODE_DIGITS
    is_digits = ask.typed.isascii() and ask.typed.isdecimal()
    if ask.typed and not (is_digits and len(ask.typed) == digits):
        raise BadCode(digits=digits)
    hashed = _HASHER.hash(ask.typed) if ask.typed else ""
    write = edit(person, pin_hash=hashed) if ask.sort == "pin" else edit(person, code_hash=hashed)
    return Changes.of(write)


def codes_are_on(hub: Snapshot) -> bool:
    """Whether people may sign with a code of their own."""
    return hub.hub.settings.get(OWN_CODE) is True


def _hash_of(hub: Snapshot, person: Person, sort: Sort) -> str:
    hashed = person.pin_hash if sort == "pin" else person.code_hash
    if not hashed or (sort == "code" and not codes_are_on(hub)):
        raise NoCode
    return hashed


def _is_right(hashed: str, typed: str) -> bool:
    try:
        return _HASHER.verify(hashed, typed)
    except (VerificationError, InvalidHashError, UnicodeEncodeError):
        return False


def _tries(at: Moment, key: str) -> tuple[int, datetime | None]:
    noted = at.notes.get(key)
    if not isinstance(noted, dict):
        return 0, None
    wrong, until = noted.get("wrong"), noted.get("until")
    return wrong if isinstance(wrong, int) else 0, datetime.fromisoformat(until) if until else None
