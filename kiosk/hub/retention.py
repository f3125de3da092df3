"""Letting go: names leave by the hub's own calendar, rows after their time, on this device alone.

Once a day, when the date may be believed. A date that jumped hides at once what looks expired
(every reader asks ``names_are_gone``) and removes nothing until a server or a volunteer says that
it is right.
"""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.hub.erase import erase_wishes, forget
from kiosk.hub.forget_person import is_forgotten
from kiosk.hub.moment import Moment
from kiosk.hub.people import active_since
from kiosk.hub.presence import house, visits_of
from kiosk.hub.snapshot import Snapshot
from kiosk.hub.writes import edit
from kiosk.store.changes import Act, Changes, Drop, Erase, Note
from sync.records import KINDS
from sync.records.retention import FORGET_DAYS, is_over
from sync.records.visit import Visit
from sync.records.visit_rules import end_of, links, local_day, stays
from sync.washing import Calendar, to_go

LAST_DAY = "let_go_on"
"""The device's note of the day on which it last let go of things."""


def let_go(hub: Snapshot, at: Moment) -> Changes:
    """Erase names and drop rows whose days are over, a rule of time; once a day of the hub."""
    today = local_day(at.now, hub.zone)
    if not at.date_ok or at.notes.get(LAST_DAY) == today.isoformat():
        return Changes()
    return Changes.of(*what_goes(hub, at), Note(LAST_DAY, today.isoformat()))


def forget_as_wished(hub: Snapshot, at: Moment) -> Changes:
    """Erase those who asked for it a day ago and did not change their mind, a rule of time.

    What was merged into them at a node that had not heard of it goes as well.
    """
    return erase_wishes(hub, at) if at.date_ok else Changes()


def what_goes(hub: Snapshot, at: Moment) -> tuple[Act, ...]:
    """Return everything that has to go today: which visits were one stay is written down first."""
    names = tuple(_names(hub, at))
    going = {erase.id for erase in names if erase.kind == Visit.KIND}
    return (*_links(hub, going), *names, *_people(hub, at), *_rows(hub, at))


def _names(hub: Snapshot, at: Moment) -> Iterator[Erase]:
    today = local_day(at.now, hub.zone)
    calendar = Calendar(today, hub.settings, hub.zone, lambda one: is_forgotten(hub, one))
    for kind in KINDS:
        for body in hub.bodies(kind):
            if fields := to_go(dict(body), calendar):
                yield Erase(kind, body["id"], fields)


def _links(hub: Snapshot, going: set[str]) -> Iterator[Act]:
    people = {visit.person for one in sorted(going) if (visit := hub.visit(one)) and visit.person}
    for root in sorted({hub.who(person) for person in people}):
        family = visits_of(hub, root)
        touched = [
            stay
            for stay in stays(family, house(hub), hub.who)
            if any(visit.id in going for visit in stay.visits)
        ]
        first_of = links(touched)
        for visit in (one for stay in touched for one in stay.visits):
            if visit.id in first_of or not (visit.left_at or visit.assumed_at):
                yield _linked(hub, visit, family, first_of.get(visit.id, visit.same_as))


def _linked(hub: Snapshot, visit: Visit, family: tuple[Visit, ...], first: str) -> Act:
    """Return the write of what a visit loses with its name: its stay, and when it ended."""
    found = end_of(visit, family, house(hub))
    closes = found is not None and not visit.left_at and not visit.assumed_at
    assumed = found.at if found and closes else visit.assumed_at
    return edit(visit, same_as=first, assumed_at=assumed)


def _people(hub: Snapshot, at: Moment) -> Iterator[Act]:
    today = local_day(at.now, hub.zone)
    for person in hub.people:
        since = active_since(hub, person) if hub.who(person.id) == person.id else None
        if since and (today - since).days >= FORGET_DAYS:
            yield from forget(hub, person.id, at).acts


def _rows(hub: Snapshot, at: Moment) -> Iterator[Act]:
    today = local_day(at.now, hub.zone)
    for cls in KINDS.values():
        for record in hub.all(cls):
            if is_over(record, today, hub.settings, hub.zone):
                yield Drop(record.KIND, record.id)
