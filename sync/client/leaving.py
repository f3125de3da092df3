"""Whether a device may forget its hub: never while records lie here that are nowhere else."""

from __future__ import annotations

from dataclasses import dataclass

from sync.errors import Refused


class StillUnsent(Refused):
    """Records lie here that no server has; ``number`` says how many."""

    say = "sorry.still_unsent"

    def __init__(self, *, number: int) -> None:
        super().__init__(f"{number} records are nowhere else")
        self.number = number


@dataclass(frozen=True, slots=True)
class Unsent:
    """What would be lost.

    waiting: records in the outbox. refused, set_aside: records that the server did not take, or
    that broke it. exported: how many of all these are in an export made after they were written.
    given_up_by: the volunteer who gives them up with a PIN; "" = nobody.
    """

    waiting: int = 0
    refused: int = 0
    set_aside: int = 0
    exported: int = 0
    given_up_by: str = ""

    @property
    def number(self) -> int:
        """How many records lie here and nowhere else."""
        return max(0, self.waiting + self.refused + self.set_aside - self.exported)


def may_leave(unsent: Unsent) -> None:
    """Return where a device may be un-paired, wiped or paired with another hub.

    Raises StillUnsent until all is sent, exported, or given up by a volunteer.
    """
    if unsent.number and not unsent.given_up_by:
        raise StillUnsent(number=unsent.number)
