"""What hangs on the board of a sample: notices, offers and needs, events and who comes."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.sample.house import Here
from kiosk.sample.rows import EventRow, NoticeRow
from kiosk.sample.wire import Made
from sync.records.base import CameFrom, Withdrawn
from sync.records.event import Event
from sync.records.join import Join
from sync.records.notice import Notice


def notice_of(row: NoticeRow, here: Here, _n: int) -> Iterator[Made]:
    """Make a notice, an offer or a need."""
    owner = here.id(row.by)
    came_from = (CameFrom(hub=here.hub, kind="proposal", id=here.id(row.came_from)),)
    withdrawn = None
    if row.withdrawn_day is not None:
        withdrawn = Withdrawn(by=owner, at=here.days.made(row.withdrawn_day))
    notice = Notice(
        id=here.id(row.id),
        kind=row.kind,
        title=row.title,
        body=row.body,
        first_lang=row.first_lang or next(iter(row.title), ""),
        first_day=here.days.day(row.first),
        last_day=here.days.day(row.last),
        weekdays=row.weekdays,
        from_=row.from_,
        to=row.to,
        owner=owner,
        by_name=row.by_name,
        pin=row.pin,
        came_from=came_from if row.came_from else (),
        withdrawn=withdrawn,
    )
    yield here.made(notice, here.days.before(row.first, 0))


def event_of(row: EventRow, here: Here, _n: int) -> Iterator[Made]:
    """Make an event and who said that they come."""
    event = Event(
        id=here.id(row.id),
        title=row.title,
        about=row.about,
        host=here.id(row.host),
        room=here.id(row.room),
        starts=here.days.local(row.day, row.at),
        minutes=row.minutes,
        places=row.places,
        booking=here.id(row.booking),
    )
    yield here.made(event, here.days.before(row.day, 20))
    for n, person in enumerate(row.joins, start=1):
        yield here.made(
            _join(row, event.id, here.id(person), n, here), here.days.before(row.day, 3)
        )


def _join(row: EventRow, event: str, person: str, arrived: int, here: Here) -> Join:
    day = here.days.day(row.day)
    return Join(
        id=here.pair("join", event, day.isoformat(), person, "1"),
        event=event,
        date=day,
        person=person,
        arrived=arrived,
    )
