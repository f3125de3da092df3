"""How long names and records stay. Every node computes it by its own calendar, online or not."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sync.records.base import Record
from sync.records.booking import Booking
from sync.records.booking_time import occurrences
from sync.records.event import Event
from sync.records.hub import Settings
from sync.records.visit_rules import local_day

ASK_AGAIN_DAYS = 730
"""24 months without a visit: a person is asked whether the hub should go on knowing them."""
FORGET_DAYS = 822
"""27 months: they are erased."""
_FURTHEST_DAYS = 2
"""No two zones have dates that are further apart at one instant."""


def names_gone(record: Record, today: date, settings: Settings, zone: ZoneInfo) -> bool:
    """Whether a record's personal fields have had their days (``keep_names_days`` for most).

    The first day counts: of a visit on day 1 nothing personal is left on day 22.
    """
    since = record.NAMES_SINCE
    days = settings.keep_names_days if record.NAMES_DAYS is None else record.NAMES_DAYS
    return bool(since) and _have_passed(days, record, since, today, zone)


def is_over(record: Record, today: date, settings: Settings, zone: ZoneInfo) -> bool:
    """Whether the whole record has had its days and its row goes."""
    days = settings.keep_names_days if record.KEPT.as_names else record.KEPT.days
    return days is not None and _have_passed(days, record, record.KEPT.since, today, zone)


def _have_passed(days: int, record: Record, field: str, today: date, zone: ZoneInfo) -> bool:
    """Whether so many days have passed since the hub's own day of a field."""
    value = getattr(record, field, None)
    if isinstance(value, datetime) and (today - value.date()).days < days - _FURTHEST_DAYS:
        return False  # a usual visit: seen without asking for the hub's own day
    since = day_of(record, field, zone)
    return since is not None and (today - since).days >= days


def day_of(record: Record, field: str, zone: ZoneInfo) -> date | None:
    """Return the hub's own day of a field, an instant or a local time; None where it is empty.

    ``starts`` and ``last_day`` of a series are the last of its days.
    """
    if isinstance(record, Booking | Event) and field in {"starts", "last_day"}:
        return _last_day(record, zone)
    value = getattr(record, field, None)
    if isinstance(value, datetime):
        return local_day(value, zone) if value.tzinfo else value.date()
    return value if isinstance(value, date) else None


def _last_day(record: Booking | Event, zone: ZoneInfo) -> date | None:
    if record.starts is None:
        return None
    days = occurrences(record.starts, record.rule, zone)
    return max(days, default=record.starts).date()  # a rule that somebody forged may name no day
