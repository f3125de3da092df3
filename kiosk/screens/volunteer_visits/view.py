"""The visits of a day for a volunteer, and the times that one may be given. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kiosk.hub.names import name_of
from kiosk.hub.presence import end
from kiosk.hub.snapshot import Snapshot
from kiosk.screens.tags import tag_words
from kiosk.ui.words import Words
from sync.records.masked import masked
from sync.records.visit import Visit
from sync.records.visit_rules import heads

STEP = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class VisitLine:
    """A visit by who it was, and from when to when."""

    visit: str
    name: str
    times: str


def visit_lines(hub: Snapshot, day: date, now: datetime, words: Words) -> tuple[VisitLine, ...]:
    """Return the visits of a day: who is still here first, then the newest; mistakes left out."""
    found = [one for one in hub.visits_on(day) if one.came_at and not one.mistake]
    found.sort(key=lambda one: (one.came_at or now, one.id), reverse=True)
    found.sort(key=lambda one: not is_open(hub, one, now))
    return tuple(
        VisitLine(one.id, visit_name(hub, one, words), visit_times(hub, one, now, words))
        for one in found
    )


def is_open(hub: Snapshot, visit: Visit, now: datetime) -> bool:
    """Whether nobody has left with it yet, as far as is known."""
    found = end(hub, visit)
    return bool(found and not found.is_over(now))


def visit_name(hub: Snapshot, visit: Visit, words: Words) -> str:
    """Return who a visit was: a masked name, else a tag, else how many."""
    tag = tag_words(visit.tag, words)
    named = name_of(hub, visit.person) or (masked(visit.name) if visit.name else "")
    said = named or (tag.short if tag else "") or words.count("roll.counted", heads(visit))
    return f"{said} ({heads(visit)})" if heads(visit) > 1 and (named or tag) else said


def visit_times(hub: Snapshot, visit: Visit, now: datetime, words: Words) -> str:
    """Return from when to when: "09:10, still here", "09:10 to 13:10, assumed"."""
    came = words.clock(hub.local(visit.came_at)) if visit.came_at else ""
    found = end(hub, visit)
    if found is None or not found.is_over(now):
        return words.say("visit.still_here", came=came)
    left = words.clock(hub.local(found.at))
    return words.say("visit.assumed" if found.is_assumed else "visit.times", came=came, left=left)


def times_between(start: datetime, end_: datetime) -> tuple[datetime, ...]:
    """Return the half hours from after ``start`` to before ``end_``, the newest first."""
    whole = end_.replace(minute=end_.minute // 30 * 30, second=0, microsecond=0)
    found = []
    while whole > start:
        if whole < end_:
            found.append(whole)
        whole -= STEP
    return tuple(found)


def opening_of(hub: Snapshot, day: date, now: datetime) -> datetime:
    """Return when the house opened on a day, else six hours before now, in the hub's time."""
    spans = hub.house.hours_on(day)
    return hub.local(spans[0].start - timedelta(minutes=1) if spans else now - timedelta(hours=6))
