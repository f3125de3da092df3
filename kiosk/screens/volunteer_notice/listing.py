"""Which notices a volunteer may look after, and how each of them stands. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.hub.notices import running
from kiosk.hub.snapshot import Snapshot
from kiosk.ui.words import Words
from sync.records.notice import Notice
from sync.records.notice_rules import in_order

CAN_BE_PUT_BACK = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice by its title, and how it stands: "News · until Fri 27 Nov", "Taken down"."""

    notice: str
    title: str
    state: str


def noticed(hub: Snapshot, now: datetime, words: Words) -> tuple[NoticeLine, ...]:
    """Return the notices that are up now, then those of later or other hours, then the taken down."""
    today = hub.today(now)
    up = {one.id for one in running(hub, now)}
    known = in_order(hub.notices)
    later = [one for one in known if one.id not in up and not one.withdrawn]
    later = [one for one in later if one.last_day and one.last_day >= today]
    down = [one for one in known if one.withdrawn and _is_recent(one, now)]
    groups = (([one for one in known if one.id in up], "up"), (later, "later"), (down, "down"))
    return tuple(
        NoticeLine(one.id, words.pick(one.title, one.first_lang)[0], _state(one, key, words))
        for group, key in groups
        for one in group
    )


def _is_recent(notice: Notice, now: datetime) -> bool:
    gone = notice.withdrawn
    return bool(gone and gone.at and now - gone.at < CAN_BE_PUT_BACK)


def _state(notice: Notice, key: str, words: Words) -> str:
    kind = words.say(f"kind.{notice.kind}")
    if key == "down":
        return words.say("notice.state_down", kind=kind)
    day = notice.last_day if key == "up" else notice.first_day
    said = words.day(day, "short") if day else ""
    return words.say(f"notice.state_{key}", kind=kind, day=said)
