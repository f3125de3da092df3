"""What volunteer mode says: who is at work and for how long, and what waits for them. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from kiosk.hub.names import finds, name_of
from kiosk.hub.notices import running
from kiosk.hub.people import volunteers_of
from kiosk.hub.roll_call import numbers
from kiosk.hub.snapshot import Snapshot
from kiosk.screens.here.view import LETTERS
from kiosk.ui.words import Words
from sync.records.booking import Booking
from sync.records.card import Card

DOT = "•"


def who_lines(hub: Snapshot, person: str, minutes: int, words: Words) -> tuple[str, ...]:
    """Return who is at work and how long yet, from the fullest wording to the shortest."""
    facts = {"name": name_of(hub, person), "n": minutes}
    return tuple(words.say(f"volunteer.{key}", **facts) for key in ("left_long", "left", "left_n"))


def leading_letters(hub: Snapshot, typed: str) -> frozenset[str]:
    """Return the letters with which ``typed`` still leads to a volunteer."""
    names = [(one.name, one.known_as) for one in volunteers_of(hub) if not one.withdrawn]
    return frozenset(
        letter for letter in LETTERS if any(finds(typed + letter, both) for both in names)
    )


def dots(typed: str) -> str:
    """Return what stands for the digits typed so far."""
    return " ".join(DOT * len(typed))


@dataclass(frozen=True, slots=True)
class HomeState:
    """The line under each tile of volunteer home; "" where there is nothing to say."""

    showing: str
    here: str
    bookings: str
    lost: str
    came: str


def home_state(hub: Snapshot, now: datetime, words: Words) -> HomeState:
    """Return how notices, people, bookings and cards stand."""
    today = hub.today(now)
    ahead = [one for one in hub.all(Booking) if _is_ahead(one, today)]
    clashing = sum(1 for one in ahead if one.clash or one.clash_now)
    pencilled = sum(1 for one in ahead if not (one.confirmed or one.clash or one.clash_now))
    lost = sum(1 for card in hub.all(Card) if card.lost)
    came = sum(1 for visit in hub.visits_on(today) if not visit.mistake)
    return HomeState(
        showing=words.count("volunteer.showing", len(running(hub, now))),
        here=words.count("volunteer.in_house", numbers(hub, now).total),
        bookings=" · ".join(
            words.count(f"volunteer.{key}", n)
            for key, n in (("clashing", clashing), ("pencilled", pencilled))
            if n > 0
        ),
        lost=words.count("volunteer.lost", lost) if lost else "",
        came=words.count("volunteer.came", came),
    )


def _is_ahead(booking: Booking, today: date) -> bool:
    gone = booking.cancelled or booking.withdrawn
    return bool(not gone and booking.starts and booking.starts.date() >= today)
