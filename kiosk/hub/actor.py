"""Who acts, and how well the hub knows them."""

from __future__ import annotations

from dataclasses import dataclass

NOBODY, NAMED, KNOWN, VOLUNTEER = 0, 1, 2, 3


@dataclass(frozen=True, slots=True)
class Actor:
    """Whose act it is, and whose hand it was.

    level: 0 nobody, 1 a name typed now, 2 a card or own code, 3 a volunteer with PIN.
    person: the id of the person whose act it is, or "". name: what was typed at level 1.
    entered_by: the id of the helper beside them, or "".
    """

    level: int = NOBODY
    person: str = ""
    name: str = ""
    entered_by: str = ""


ANYBODY = Actor()
