"""The days of an event: which there are, which were cancelled, which have their room for sure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sync.records.booking_diary import Diary, is_confirmed
from sync.records.booking_time import Span, spans
from sync.records.event import Event


@dataclass(frozen=True, slots=True)
class EventDay:
    """One day of an event. cancelled: it stays on the board, struck through, until its end.

    pencilled: its room is not confirmed yet.
    """

    event: Event
    day: date
    span: Span
    cancelled: bool = False
    pencilled: bool = False


def event_days(diary: Diary, event: Event) -> tuple[EventDay, ...]:
    """Return every day of an event, cancelled ones too; none of one that was withdrawn."""
    if event.starts is None or event.withdrawn:
        return ()
    booking = diary.bookings.get(event.booking)
    particular = diary.days.get(event.booking or event.id, {})
    return tuple(
        EventDay(
            event,
            day,
            span,
            cancelled=bool(event.cancelled or (day in particular and particular[day].cancelled)),
            pencilled=bool(booking and not is_confirmed(diary, booking, day)),
        )
        for day, span in spans(event.starts, event.minutes, event.rule, diary.zone)
    )
