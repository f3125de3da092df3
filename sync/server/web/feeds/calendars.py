"""Items as an iCalendar file (RFC 5545, RFC 7986): bytes for a calendar that subscribes. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vDuration, vRecur, vText, vUri

from sync.records.booking_time import MOST_MINUTES, instant, occurrences, without_end
from sync.server.web.feeds.colours import nearest_name
from sync.server.web.feeds.items import Day, Item
from sync.server.web.feeds.reader import Reader
from sync.server.web.feeds.zones import zone_component

PRODUCT = "-//Door of the Commons//server//EN"
REFRESH = timedelta(hours=1)
_ZONE_FROM, _ZONE_UNTIL = date(2020, 1, 1), date(2037, 12, 31)
_STATUS = {"confirmed": "CONFIRMED", "tentative": "TENTATIVE", "cancelled": "CANCELLED"}


@dataclass(frozen=True, slots=True)
class Cover:
    """What a calendar says of itself. source: its own address. colour: "#2F6B4F", "" = none."""

    uid: str
    name: str
    source: str
    zone: ZoneInfo
    colour: str = ""


def calendar(cover: Cover, items: Sequence[Item], reader: Reader) -> bytes:
    """Return the calendar; the same items give the same bytes."""
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    _describe(made, cover, max((one.changed_ms for one in items), default=0))
    if cover.zone.key != "UTC":  # in UTC nothing needs a zone; icalendar writes "Z" for it
        made.add_component(zone_component(cover.zone, *_years(items)))
    for item in sorted(items, key=lambda one: (one.days[0].start, one.uid)):
        for event in _events(item, cover.zone, reader):
            made.add_component(event)
    written: bytes = made.to_ical(sorted=False)
    return written


def _years(items: Sequence[Item]) -> tuple[date, date]:
    """Return of which years the zone is told: the same in all calendars, whatever is in them.

    Programs that keep zones by their names take the first one they meet for all calendars.
    """
    starts = [one.start.date() for item in items for one in item.days]
    return min([_ZONE_FROM, *starts]), max([_ZONE_UNTIL, *starts])


def _describe(made: Calendar, cover: Cover, changed_ms: int) -> None:
    # The library (7.3.2) knows these but escapes no text and leaves the VALUE out that RFC 7986
    # asks for (sections 5.7 and 5.8). X-...: what Google, Apple and Outlook read instead; not
    # X-WR-TIMEZONE: some take times in UTC for local ones by it, and an hour that is there twice
    # is then the wrong one.
    made.add("uid", cover.uid)
    made.add("name", vText(cover.name))
    made.add("x-wr-calname", vText(cover.name))
    made.add("refresh-interval", vDuration(REFRESH, params={"VALUE": "DURATION"}))
    made.add("x-published-ttl", vDuration(REFRESH))
    made.add("source", vUri(cover.source, params={"VALUE": "URI"}))
    made.add("url", vUri(cover.source))
    if changed_ms:
        made.add("last-modified", _at(changed_ms))
    if name := nearest_name(cover.colour):
        made.add("color", name)
        made.add("x-apple-calendar-color", cover.colour)


def _events(item: Item, zone: ZoneInfo, reader: Reader) -> Iterator[Event]:
    if len(item.days) == 1:
        (day,) = item.days
        yield _event(item, day.state, reader, _true_time(day, zone))
        return
    shown = [one for one in item.days if one.state != "gone"]
    usual = Counter(one.state for one in shown).most_common(1)[0][0]
    yield _series(item, usual, zone, reader)
    length = _length(item)
    for day in shown:
        begin, end = (
            at.astimezone(zone).replace(tzinfo=None) for at in (day.span.start, day.span.end)
        )
        if day.state != usual or (begin, end) != (day.start, day.start + length):
            one = _event(item, day.state, reader, _true_time(day, zone))
            one.add("recurrence-id", day.start.replace(tzinfo=zone))
            yield one


def _length(item: Item) -> timedelta:
    return timedelta(minutes=min(max(item.minutes, 0), MOST_MINUTES))


def _series(item: Item, usual: str, zone: ZoneInfo, reader: Reader) -> Event:
    begins = item.days[0].start.replace(tzinfo=zone)
    made = _event(item, usual, reader, (begins, begins + _length(item)))
    starts = tuple(one.start for one in item.days)
    if rule := _rule(item.rule, starts, zone):
        made.add("rrule", rule)
    else:
        made.add("rdate", [one.replace(tzinfo=zone) for one in starts[1:]])
    gone = [one.start.replace(tzinfo=zone) for one in item.days if one.state == "gone"]
    if gone:
        made.add("exdate", gone)
    return made


def _rule(rule: str, starts: tuple[datetime, ...], zone: ZoneInfo) -> vRecur | None:
    """Return a rule that gives just these starts, ending in UTC as RFC 5545 asks (3.3.10).

    A hub's series ends after 53 times or 400 days, whatever its rule says, and need not begin on
    the day that its rule names: so the rule is told anew. None where no rule can say it.
    """
    plain = without_end(rule)
    text = f"{plain};UNTIL={instant(starts[-1], zone):%Y%m%dT%H%M%SZ}"
    if not _is_by_the_book(plain) or occurrences(starts[0], text, zone) != starts:
        return None
    try:
        told: vRecur = vRecur.from_ical(text)
    except ValueError:
        return None
    return told


def _is_by_the_book(rule: str) -> bool:
    """Whether others read a rule as we do: without what RFC 5545 (3.3.10) forbids and we let be."""
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    often, days = parts["FREQ"], parts.get("BYDAY", "")
    if often in {"DAILY", "WEEKLY"} and any(sign.isdigit() for sign in days):
        return False
    if often == "WEEKLY" and "BYMONTHDAY" in parts:
        return False
    return "BYSETPOS" not in parts or bool(parts.keys() & {"BYDAY", "BYMONTHDAY", "BYMONTH"})


def _true_time(day: Day, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return when a day begins and ends: local, in UTC where the clock changes in between.

    An hour that is there twice has no other unmistakable name.
    """
    begin, end = (at.astimezone(zone) for at in (day.span.start, day.span.end))
    if begin.utcoffset() == end.utcoffset() and not begin.fold:
        return begin, end
    return day.span.start.astimezone(UTC), day.span.end.astimezone(UTC)


def _event(item: Item, state: str, reader: Reader, time: tuple[datetime, datetime]) -> Event:
    made, (begin, end) = Event(), time
    title = item.title.text
    if state == "cancelled":
        title = reader.words.say("feed.cancelled", title=title)
    made.add("uid", item.uid)
    made.add("dtstamp", _at(item.changed_ms))
    made.add("last-modified", _at(item.changed_ms))
    made.add("dtstart", begin)
    if end > begin:
        made.add("dtend", end)
    made.add("summary", title, parameters=_in(item.title.lang))
    if item.about.text:
        made.add("description", item.about.text, parameters=_in(item.about.lang))
    if item.where:
        made.add("location", item.where)
    made.add("status", _STATUS[state])
    made.add("transp", "OPAQUE" if item.is_busy and state != "cancelled" else "TRANSPARENT")
    if item.is_private:
        made.add("class", "PRIVATE")
    return made


def _in(lang: str) -> dict[str, Any]:
    return {"language": lang} if lang else {}


def _at(ms: int) -> datetime:
    return datetime.fromtimestamp(ms // 1000, UTC)
