"""An hour for an hour: entering what somebody did, confirming it, saying no, speaking for the fund.

What is said here counts when the server has settled it; until then the screen says how it stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import msgspec

from kiosk.hub.actor import KNOWN, VOLUNTEER, Actor
from kiosk.hub.errors import NotKnown
from kiosk.hub.may import needs
from kiosk.hub.moment import Moment
from kiosk.hub.snapshot import Snapshot
from kiosk.hub.typed import line
from kiosk.hub.writes import edit, new
from kiosk.store.changes import Changes
from sync.errors import Refused
from sync.ids import pair_id
from sync.records.hours import Hours
from sync.records.hours_decide import Books, State, fund_of, is_minutes, minutes_said, state_of
from sync.records.visit_rules import local_day

UNDO_S = 10
Side = Literal["giver", "receiver"]


class BothSides(Refused):
    """One person, or one helper's hand, would speak for both sides of the same hour."""

    say = "hours.both_sides"


class OddMinutes(Refused):
    """Not a number of quarter hours between one and thirty-two."""

    say = "hours.odd_minutes"


class NotTheirs(Refused):
    """Whoever asks neither gave nor received these hours."""

    say = "hours.not_theirs"


@dataclass(frozen=True, slots=True)
class EnterHours:
    """Say who helped whom, and for how long; ``by`` is one of the two, or a helper beside them.

    giver, receiver: ids of people, or the fund's. day: when it was, today if None. corrects: the
    id of hours that were settled by mistake.
    """

    giver: str
    receiver: str
    minutes: int
    by: Actor
    what: str = ""
    day: date | None = None
    corrects: str = ""


@dataclass(frozen=True, slots=True)
class ConfirmHours:
    """Say how long it was, for the side that ``by`` stands on; the same again changes nothing."""

    hours: str
    minutes: int
    by: Actor


@dataclass(frozen=True, slots=True)
class OfHours:
    """An ask about hours as a whole."""

    hours: str
    by: Actor


def enter_hours(hub: Snapshot, ask: EnterHours, at: Moment) -> Changes:
    """Write hours with what one side says. The result is their id.

    Raises TooLow, NotKnown, NotTheirs, BothSides, OddMinutes, TextTooLong.
    """
    needs(ask.by, KNOWN)
    for party in (ask.giver, ask.receiver):
        if party != fund_of(hub.hub.id) and hub.person(party) is None:
            raise NotKnown(kind="person")
    if hub.who(ask.giver) == hub.who(ask.receiver):
        raise BothSides
    day = ask.day or local_day(at.now, hub.zone)
    there = [one for one in hub.all(Hours) if _key(one) == (ask.giver, ask.receiver, day)]
    n = 1 + len(there)
    made = Hours(
        id=pair_id(hub.hub.id, Hours.KIND, ask.giver, ask.receiver, day.isoformat(), str(n)),
        giver=ask.giver,
        receiver=ask.receiver,
        date=day,
        n=n,
        what=line(ask.what),
        corrects=ask.corrects,
    )
    said = _said(hub, made, ask.minutes, ask.by)
    return Changes.of(new(hub, said, at, ask.by), undo_s=UNDO_S, result=made.id)


def confirm_hours(hub: Snapshot, ask: ConfirmHours, _at: Moment) -> Changes:
    """Say for one side how long it was; what is settled or refused stays as it is.

    Raises TooLow, NotKnown, NotTheirs, BothSides, OddMinutes.
    """
    needs(ask.by, KNOWN)
    there = the_hours(hub, ask.hours)
    said = _said(hub, there, ask.minutes, ask.by)
    if said == there or there.settled or there.refused:
        return Changes()
    maps = ("giver_ok", "receiver_ok", "giver_hand", "receiver_hand")
    return Changes.of(edit(there, **{name: getattr(said, name) for name in maps}), undo_s=UNDO_S)


def refuse_hours(hub: Snapshot, ask: OfHours, _at: Moment) -> Changes:
    """Say for one side that it was not so; what is settled stays. Raises NotKnown, NotTheirs."""
    needs(ask.by, KNOWN)
    there = the_hours(hub, ask.hours)
    _side(hub, there, ask.by)
    if there.settled:
        return Changes()
    return Changes.of(edit(there, refused=1), undo_s=UNDO_S)


def grant_hours(hub: Snapshot, ask: OfHours, _at: Moment) -> Changes:
    """Say yes for the fund, as one of two volunteers. Raises TooLow, NotKnown, NotTheirs, BothSides."""
    needs(ask.by, VOLUNTEER)
    there = the_hours(hub, ask.hours)
    if there.receiver != fund_of(hub.hub.id):
        raise NotTheirs
    hands = {hub.who(one) for one in there.giver_hand}
    if hub.who(ask.by.person) in {hub.who(there.giver), *hands}:
        raise BothSides
    if there.settled or there.refused:
        return Changes()
    return Changes.of(edit(there, fund_ok={**there.fund_ok, ask.by.person: 1}), undo_s=UNDO_S)


@dataclass(frozen=True, slots=True)
class HoursNow:
    """How hours stand: in ``waiting`` they are safe. minutes: said by either side ("60 or 45?")."""

    hours: Hours
    state: State
    minutes: tuple[int, ...]


def hours_now(hub: Snapshot, hours: Hours) -> HoursNow:
    """Return how hours stand, as this kiosk knows it."""
    said = {*minutes_said(hours.giver_ok), *minutes_said(hours.receiver_ok)}
    minutes = (hours.settled,) if hours.settled else tuple(sorted(said, reverse=True))
    return HoursNow(hours, state_of(hours, books_of(hub)), minutes)


def books_of(hub: Snapshot) -> Books:
    """Return the hub's books as this kiosk knows them; only the person and volunteers see a balance."""
    merged = {one.id: hub.who(one.id) for one in hub.people if one.merged_into}
    return Books.of(hub.hub.id, hub.settings, hub.all(Hours), merged)


def the_hours(hub: Snapshot, hours_id: str) -> Hours:
    """Return hours that are here. Raises NotKnown."""
    found = hub.get(Hours, hours_id)
    if found is None:
        raise NotKnown(kind="hours")
    return found


def _key(one: Hours) -> tuple[str, str, date | None]:
    return one.giver, one.receiver, one.date


def _said(hub: Snapshot, hours: Hours, minutes: int, by: Actor) -> Hours:
    """Return hours with what one side says added."""
    side = _side(hub, hours, by)
    if not is_minutes(minutes):
        raise OddMinutes
    hand = by.entered_by or by.person
    others = hours.receiver_hand if side == "giver" else hours.giver_hand
    other = hours.receiver if side == "giver" else hours.giver
    if hub.who(hand) in {hub.who(other), *map(hub.who, others)}:
        raise BothSides
    said, hands = f"{side}_ok", f"{side}_hand"
    return msgspec.structs.replace(
        hours,
        **{
            said: {**getattr(hours, said), str(minutes): 1},
            hands: {**getattr(hours, hands), hand: 1},
        },
    )


def _side(hub: Snapshot, hours: Hours, by: Actor) -> Side:
    who = hub.who(by.person)
    if who and who == hub.who(hours.giver):
        return "giver"
    if who and who == hub.who(hours.receiver):
        return "receiver"
    raise NotTheirs
