"""When a visit ends, who is present, which visits are one stay: the same on every node.

Nothing here reads a clock. A *family* is the visits of one person (or those that ``same_as`` links
once the name is gone); its ends and stays follow from it alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sync.records.booking_time import Span
from sync.records.hub import Hub, StayHours, settings_of
from sync.records.opening import ClosedDays, hub_hours
from sync.records.visit import Visit

AFTER_CLOSING = timedelta(hours=1)
"""Somebody who came when the house was shut already is taken for gone this much later."""
CLOCKS_DIFFER = timedelta(hours=1)
"""A visit that begins later than this from now was dated by a wrong clock: nobody is here."""

Who = Callable[[str], str]
"""From a person's id to the one id they count as (two records may be of one person)."""


@dataclass(frozen=True, slots=True)
class House:
    """What the end of a visit depends on: the hub's hours and settings, in its own time zone.

    Made once for many visits: it remembers what it worked out.
    """

    hub: Hub
    closed: ClosedDays
    zone: ZoneInfo
    _hours: dict[date, tuple[Span, ...]] = field(default_factory=dict, compare=False)
    _stays: list[StayHours] = field(default_factory=list, compare=False)

    def hours_on(self, day: date) -> tuple[Span, ...]:
        """Return when the house is open on a day."""
        if day not in self._hours:
            self._hours[day] = hub_hours(self.hub, day, self.closed, self.zone)
        return self._hours[day]

    @property
    def stay_hours(self) -> StayHours:
        """After how many hours each sort of visit is taken for ended."""
        if not self._stays:
            self._stays.append(settings_of(self.hub).stay_hours)
        return self._stays[0]


@dataclass(frozen=True, slots=True)
class End:
    """When a visit ended or will be taken for ended; ``is_assumed``: nobody said so."""

    at: datetime
    is_assumed: bool

    def is_over(self, now: datetime) -> bool:
        """Whether the visit has ended: somebody said so, or the assumed time has come."""
        return not self.is_assumed or self.at <= now


@dataclass(frozen=True, slots=True)
class Stay:
    """One person's time at the hub without a break, however many visits tell of it."""

    visits: tuple[Visit, ...]
    start: datetime
    end: datetime

    @property
    def largest(self) -> Visit:
        """The visit that says how many heads came: the greatest one, the first of equals."""
        return max(self.visits, key=heads)


def heads(visit: Visit) -> int:
    """Return how many people a visit stands for."""
    return max(visit.grown_ups, 0) + max(visit.children, 0)


def heads_here(visit: Visit) -> int:
    """Return how many of them are still here, if it has not ended: some of a group may be gone."""
    return max(heads(visit) - max(visit.gone, 0), 0)


def local_day(instant: datetime, zone: ZoneInfo) -> date:
    """Return the hub's own date at an instant; at either end of the calendar, that end."""
    try:
        return instant.astimezone(zone).date()
    except OverflowError:
        return instant.date()


def later(instant: datetime, delta: timedelta) -> datetime:
    """Return an instant so much later (UTC); at the end of the calendar, the instant itself."""
    try:
        return instant.astimezone(UTC) + delta
    except OverflowError:
        return instant


def assumed_end(visit: Visit, house: House) -> datetime | None:
    """Return when a visit that nobody ends is taken for ended; None where it has no beginning.

    The earlier of closing time that day and ``came_at`` + the hub's hours for its sort; one hour
    for who came after closing. On a day without hours only the length counts.
    """
    came = visit.came_at
    if came is None:
        return None
    longest = later(came, _stay_length(visit, house.stay_hours))
    closing = closing_for(came, house)
    if closing is None:
        return longest
    return later(came, AFTER_CLOSING) if closing <= came else min(closing, longest)


def closing_for(came: datetime, house: House) -> datetime | None:
    """Return when the house shuts for who came then; None where that day has no hours."""
    today = local_day(came, house.zone)
    yesterday = local_day(later(came, timedelta(days=-1)), house.zone)
    for span in house.hours_on(yesterday):
        if span.start <= came < span.end:  # it passes midnight: the evening is not over
            return span.end
    spans = house.hours_on(today)
    return spans[-1].end if spans else None


def _stay_length(visit: Visit, hours: StayHours) -> timedelta:
    by_how = {"visitor": hours.visitor, "group": hours.group, "count": hours.count}
    return timedelta(hours=min(max(by_how.get(visit.how, hours.member), 0), 24 * 366))


def end_of(visit: Visit, family: Iterable[Visit], house: House) -> End | None:
    """Return when a visit ended: ``left_at``; else the earliest of its assumed time and any
    ``left_at`` not before its ``came_at`` on another visit of the same person.

    family: the visits of that person, this one among them or not. None without a ``came_at``.
    """
    came = visit.came_at
    if came is None:
        return None
    if visit.left_at:
        return End(max(visit.left_at, came), is_assumed=False)
    assumed = visit.assumed_at or assumed_end(visit, house) or came
    others = [
        other.left_at
        for other in family
        if other.left_at and other.left_at >= came and not other.mistake and other.id != visit.id
    ]
    left = min(others, default=None)
    if left is not None and left <= assumed:
        return End(left, is_assumed=False)
    return End(max(assumed, came), is_assumed=True)


def is_here(visit: Visit, end: End | None, now: datetime) -> bool:
    """Whether who made this visit is at the hub now, as far as this visit says."""
    if end is None or visit.came_at is None or visit.mistake:
        return False
    return visit.came_at <= now + CLOCKS_DIFFER and not end.is_over(now)


def families(visits: Iterable[Visit], who: Who = str) -> list[tuple[Visit, ...]]:
    """Return visits grouped by person, or by ``same_as`` where the name is gone.

    Each group is in order of coming, the groups in order of their first visit. Visits without a
    ``came_at`` are left out: they cannot be placed in time.
    """
    dated = [v for v in sorted(visits, key=lambda v: v.id) if v.came_at is not None]
    root: dict[str, str] = {}
    for visit in dated:
        _join(root, f"visit {visit.id}", f"visit {visit.same_as}" if visit.same_as else "")
        _join(root, f"visit {visit.id}", f"person {who(visit.person)}" if visit.person else "")
    groups: dict[str, list[Visit]] = {}
    for visit in sorted(dated, key=_coming):
        groups.setdefault(_root(root, f"visit {visit.id}"), []).append(visit)
    return [tuple(group) for group in groups.values()]


def stays(visits: Iterable[Visit], house: House, who: Who = str) -> list[Stay]:
    """Return the stays that visits tell of, in order of their start; mistakes are left out."""
    sound = [visit for visit in visits if not visit.mistake]
    found = [stay for family in families(sound, who) for stay in _stays(family, house)]
    return sorted(found, key=lambda stay: (stay.start, stay.visits[0].id))


def _stays(family: tuple[Visit, ...], house: House) -> list[Stay]:
    found: list[Stay] = []
    for visit in family:
        end = end_of(visit, family, house)
        assert visit.came_at is not None  # noqa: S101  # families leave out what has none
        assert end is not None  # noqa: S101
        nth = _stay_of(visit, found)
        if nth is None:
            found.append(Stay((visit,), visit.came_at, end.at))
        else:
            known = found[nth]
            found[nth] = Stay((*known.visits, visit), known.start, max(known.end, end.at))
    return found


def _stay_of(visit: Visit, found: list[Stay]) -> int | None:
    # Visits come in order, so only the last stay can still be going on.
    if found and (visit.came_at == found[-1].start or _coming(visit)[0] < found[-1].end):
        return len(found) - 1
    # Once the name is gone nothing tells that visits overlap: it was written down before.
    linked = (
        n
        for n, stay in enumerate(found)
        if visit.same_as and any(visit.same_as in (one.id, one.same_as) for one in stay.visits)
    )
    return next(linked, None)


def links(family_stays: Iterable[Stay]) -> Mapping[str, str]:
    """Return what ``same_as`` must say before names go: visit id -> the first of its stay."""
    return {
        visit.id: stay.visits[0].same_as or stay.visits[0].id
        for stay in family_stays
        for visit in stay.visits[1:]
        if not visit.same_as
    }


def _coming(visit: Visit) -> tuple[datetime, str]:
    return visit.came_at or datetime.min.replace(tzinfo=UTC), visit.id


def _root(root: dict[str, str], name: str) -> str:
    while root.get(name, name) != name:
        name = root[name]
    return name


def _join(root: dict[str, str], name: str, other: str) -> None:
    if other:
        mine, theirs = sorted((_root(root, name), _root(root, other)))
        root[theirs] = mine
