"""Everything a person at the door may be refused, with the facts that the sentence needs.

Refused
  NotKnown      the record asked for is not here (any more)
  TooLow        it takes somebody better known: a card, a volunteer
  OnlyShows     this device was joined as a wall, and keeps what people do from everybody
Each room of the hub adds its own beside its use cases.
"""

from __future__ import annotations

from sync.errors import Refused


class NotKnown(Refused):
    """What was asked for is not here, or not any more."""

    say = "sorry.not_here_any_more"

    def __init__(self, *, kind: str) -> None:
        super().__init__(f"no such {kind}")
        self.kind = kind


class TooLow(Refused):
    """It takes a card, a code or a volunteer; ``needed`` is the level."""

    say = "sorry.needs_card"

    def __init__(self, *, needed: int) -> None:
        super().__init__(f"needs level {needed}")
        self.needed = needed


class OnlyShows(Refused):
    """This device was joined as a wall: what people do here would be sent to nobody."""

    say = "sorry.only_shows"
