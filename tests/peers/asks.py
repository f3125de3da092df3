"""What people can do at a kiosk, by name, as a line of JSON says it; and what they then see."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import msgspec

from kiosk.hub.book import Book, book
from kiosk.hub.cards import LinkCard, link_card
from kiosk.hub.counts import day_count
from kiosk.hub.forget_person import ForgetPerson, forget_person
from kiosk.hub.give_up import OfBooking, cancel, still_wanted, take_it
from kiosk.hub.hours import (
    ConfirmHours,
    EnterHours,
    books_of,
    confirm_hours,
    enter_hours,
    hours_now,
    the_hours,
)
from kiosk.hub.moment import Moment
from kiosk.hub.notice_words import PutBack, put_back, replaced
from kiosk.hub.notices import (
    EditNotice,
    Publish,
    WithdrawNotice,
    edit_notice,
    publish,
    withdraw_notice,
)
from kiosk.hub.presence import end, heads_at, house, is_present, names_are_gone, visits_of
from kiosk.hub.roll_call import EverybodyOut, everybody_out, roll_rows
from kiosk.hub.sign_in import (
    ComeByTile,
    ComeVisiting,
    TapCard,
    come_by_tile,
    come_visiting,
    tap_card,
)
from kiosk.hub.sign_out import LeaveVisit, leave_visit
from kiosk.hub.snapshot import Snapshot
from kiosk.store import Changes, Write
from sync.records.booking_diary import taken
from sync.records.old_text import OldText
from sync.records.visit import Visit
from sync.records.visit_rules import stays

USE_CASES: dict[str, tuple[type, Callable[[Snapshot, Any, Moment], Changes]]] = {
    "tap_card": (TapCard, tap_card),
    "come_by_tile": (ComeByTile, come_by_tile),
    "come_visiting": (ComeVisiting, come_visiting),
    "leave_visit": (LeaveVisit, leave_visit),
    "link_card": (LinkCard, link_card),
    "everybody_out": (EverybodyOut, everybody_out),
    "book": (Book, book),
    "cancel": (OfBooking, cancel),
    "take_it": (OfBooking, take_it),
    "publish": (Publish, publish),
    "edit_notice": (EditNotice, edit_notice),
    "withdraw_notice": (WithdrawNotice, withdraw_notice),
    "put_back": (PutBack, put_back),
    "enter_hours": (EnterHours, enter_hours),
    "confirm_hours": (ConfirmHours, confirm_hours),
    "forget_person": (ForgetPerson, forget_person),
}


def written(_hub: Snapshot, acts: list[dict[str, Any]], _at: Moment) -> Changes:
    """Write records as they are given: how a house is moved in."""
    return Changes(tuple(Write(**act) for act in acts))


def plain(value: Any) -> Any:
    """Return what JSON can say of a result or of a refusal's facts."""
    return msgspec.to_builtins(value, enc_hook=str, str_keys=True)


def look(hub: Snapshot, now: datetime, at: str, **about: Any) -> Any:
    """Return what people see: at: the name of one of the views below."""
    return plain(VIEWS[at](hub, now, **about))


def _present(hub: Snapshot, now: datetime) -> Any:
    return {
        "heads": heads_at(hub, now),
        "roll": len(roll_rows(hub, now)),
        "people": sorted(one.name for one in hub.people if is_present(hub, one.id, now)),
    }


def _stays(hub: Snapshot, _now: datetime, person: str) -> Any:
    visits = visits_of(hub, person)
    return {
        "stays": [(one.start, one.end) for one in stays(visits, house(hub), hub.who)],
        "visits": {
            one.id: {"left": one.left_at, "assumed": one.assumed_at, "end": end(hub, one).at}
            for one in visits
        },
    }


def _count(hub: Snapshot, _now: datetime, day: str) -> Any:
    return day_count(hub, date.fromisoformat(day))


def _room(hub: Snapshot, _now: datetime, room: str) -> Any:
    return {one.booking.id: one.state for one in taken(hub.diary, room)}


def _asked_again(hub: Snapshot, now: datetime, person: str) -> Any:
    return [one.booking.id for one in still_wanted(hub, person, now)]


def _texts(hub: Snapshot, _now: datetime) -> Any:
    return sorted((one.field, one.text) for one in hub.all(OldText))


def _told(hub: Snapshot, now: datetime, person: str) -> Any:
    return [
        {"id": one.old_text, "was": one.was, "now": one.now} for one in replaced(hub, person, now)
    ]


def _names(hub: Snapshot, now: datetime) -> Any:
    named = (one for one in hub.all(Visit) if one.name)
    return sorted(one.name for one in named if not names_are_gone(hub, one, now))


def _hours(hub: Snapshot, _now: datetime, hours: str) -> Any:
    there = hours_now(hub, the_hours(hub, hours))
    return {"state": there.state, "minutes": there.minutes}


def _balances(hub: Snapshot, _now: datetime) -> Any:
    return {who: minutes for who, minutes in books_of(hub).balances.items() if minutes}


VIEWS: dict[str, Callable[..., Any]] = {
    "present": _present,
    "stays": _stays,
    "count": _count,
    "room": _room,
    "asked_again": _asked_again,
    "old_texts": _texts,
    "told": _told,
    "names": _names,
    "hours": _hours,
    "balances": _balances,
}
