"""Times that calendars of others say: where they meet bookings of ours, both stand, and are shown."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sync.records.booking_diary import CONFIRMED, Taken


@dataclass(frozen=True, slots=True)
class Meeting:
    """A confirmed booking of ours, and a time of others in the same room that overlaps it."""

    ours: Taken
    theirs: Taken


def meetings(there: Sequence[Taken]) -> list[Meeting]:
    """Return which bookings of ours meet times of others; each is told with the first it meets.

    there: what one room has, in order of time. A yes is never taken back, and what others do in the
    room happens all the same: people have to talk.
    """
    sure = [one for one in there if one.state == CONFIRMED]
    theirs = [one for one in sure if one.booking.outside]
    starts = [one.span.start for one in theirs]
    longest = max((one.span.end - one.span.start for one in theirs), default=timedelta())
    found = []
    for ours in sure:
        begin = bisect_left(starts, ours.span.start - longest)
        near = theirs[begin : bisect_left(starts, ours.span.end)]
        first = next((one for one in near if one.span.overlaps(ours.span)), None)
        if first and not ours.booking.outside:
            found.append(Meeting(ours, first))
    return found
