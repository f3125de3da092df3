"""What may be wrong with a calendar of others, as a steward is told.

Trouble        it was not read; what was known stays
  NotAnAddress   what was typed is none that we ask
  OffLimits      it leads into a network that is nobody else's business
  NoAnswer       nobody is there, or not in time, or says to come later
  NotForUs       it is there, and not for everybody
  Gone           it is not there any more
  NotACalendar   what came is no calendar
  TooMuch        it is larger, or more work, than a calendar may be
"""

from __future__ import annotations

from typing import ClassVar

from sync.errors import Lost, Refused


class Trouble(Lost):
    """A calendar was not read. reason: the last word of its sentence's key."""

    reason: ClassVar[str] = "no_answer"
    retry_s: int = 0
    """How long its server asks us to wait; 0 = it did not say."""


class NotAnAddress(Trouble, Refused):
    """An address has a host and https or http, their own ports, no name and password."""

    reason = "not_an_address"
    say = "calendar.not_an_address"


class OffLimits(Trouble):
    """The name leads to this machine or a private network, or to both those and a public one."""

    reason = "off_limits"


class NoAnswer(Trouble):
    """Nobody answers, or with something that is no answer of a web server. retry_s: see Trouble."""

    def __init__(self, *, retry_s: int = 0) -> None:
        super().__init__("no answer")
        self.retry_s = retry_s


class NotForUs(Trouble):
    """The address asks for a name and a password."""

    reason = "not_for_us"


class Gone(Trouble):
    """There is nothing at the address."""

    reason = "gone"


class NotACalendar(Trouble):
    """What came cannot be read as a calendar."""

    reason = "not_a_calendar"


class TooMuch(Trouble):
    """What came is larger than a calendar may be, or would take too long to work out."""

    reason = "too_much"


REASONS: dict[str, type[Trouble]] = {
    kind.reason: kind
    for kind in (NotAnAddress, OffLimits, NoAnswer, NotForUs, Gone, NotACalendar, TooMuch)
}
"""Every trouble by its reason: how it comes back from the process that reads."""
