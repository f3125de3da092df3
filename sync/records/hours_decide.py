"""Which hours count: what both sides say, in the order of arrival, down to a floor and no further.

Double entry: the giver's balance rises by what the receiver's falls, so all of them, the
community fund's among them, sum to nothing. A balance is added up, never stored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import msgspec

from sync.ids import pair_id
from sync.records.base import Json
from sync.records.hours import Hours
from sync.records.hub import Settings

STEP_MIN, FEWEST_MIN, MOST_MIN = 15, 15, 480
FUND_VOICES = 2
"""So many volunteers say yes where the fund's balance falls."""
State = Literal["settled", "refused", "waiting", "open"]
"""waiting: both sides agree, and it settles as soon as the floor lets it. open: they do not yet."""


def fund_of(hub_id: str) -> str:
    """Return the id of a hub's community fund, a party like any other."""
    return pair_id(hub_id, "fund")


def is_minutes(minutes: int) -> bool:
    """Whether so many may be said: quarter hours, up to eight hours."""
    return FEWEST_MIN <= minutes <= MOST_MIN and minutes % STEP_MIN == 0


def minutes_said(ok: Mapping[str, int]) -> tuple[int, ...]:
    """Return what one side says, lowest first."""
    said = (int(key) for key, yes in ok.items() if yes > 0 and key.isascii() and key.isdecimal())
    return tuple(sorted(filter(is_minutes, said)))


@dataclass(frozen=True)
class Books:
    """All hours of a hub. merged: from the ids of people that are others' to those others.

    recovering: a restored server that promises nothing yet.
    """

    fund: str
    settings: Settings
    every: Mapping[str, Hours]
    merged: Mapping[str, str]
    balances: Mapping[str, int]
    recovering: bool = False

    @classmethod
    def of(
        cls,
        hub_id: str,
        settings: Settings,
        every: Iterable[Hours],
        merged: Mapping[str, str] | None = None,
        *,
        recovering: bool = False,
    ) -> Books:
        """Open the books. merged: person -> the one they count as, only where that is another."""
        merged, balances = merged or {}, Counter[str]()
        known = {one.id: one for one in every}
        for one in known.values():
            balances[merged.get(one.giver, one.giver)] += one.settled
            balances[merged.get(one.receiver, one.receiver)] -= one.settled
        return cls(fund_of(hub_id), settings, known, merged, balances, recovering)

    def balance(self, person: str) -> int:
        """Return what somebody has given and not yet taken, in minutes."""
        return self.balances.get(self.who(person), 0)

    def who(self, person: str) -> str:
        """Return the one id that a person's id counts as."""
        return self.merged.get(person, person)

    def floor(self, person: str) -> int:
        """Return how far a balance may fall."""
        is_fund = person == self.fund
        return self.settings.fund_floor_min if is_fund else self.settings.hours_floor_min

    def settling(self, record: Hours, minutes: int) -> Books:
        """Return the books in which a record counts."""
        balances = Counter(self.balances)
        balances[self.who(record.giver)] += minutes
        balances[self.who(record.receiver)] -= minutes
        done = msgspec.structs.replace(record, settled=minutes)
        return replace(self, every={**self.every, record.id: done}, balances=balances)


def agreed(record: Hours, books: Books) -> int:
    """Return the minutes that both sides say, the lowest of several; 0 = none.

    Where the fund gives hours two volunteers speak for it, neither of them who is given them;
    whoever gives to it needs nobody's yes.
    """
    giver, receiver = books.who(record.giver), books.who(record.receiver)
    if (
        record.refused
        or not (giver and receiver)
        or giver == receiver
        or _deals_alone(record, books)
    ):
        return 0
    given, received = set(minutes_said(record.giver_ok)), set(minutes_said(record.receiver_ok))
    if giver == books.fund:
        return min(received, default=0)
    if receiver == books.fund:
        voices = {books.who(one) for one, yes in record.fund_ok.items() if yes > 0} - {giver}
        return min(given, default=0) if len(voices) >= FUND_VOICES else 0
    return min(given & received, default=0)


def state_of(record: Hours, books: Books) -> State:
    """Return how hours stand, the same on every node."""
    if record.settled:
        return "settled"
    if record.refused:
        return "refused"
    return "waiting" if agreed(record, books) else "open"


def decide(record: Hours, others: Books) -> dict[str, Json]:
    """Return what a server writes into a record: the minutes that count from now on.

    Nothing is returned where the sides do not agree, where an earlier one waits for the same
    balance, or where that balance would fall below its floor: it is asked again after each settling.
    """
    minutes = agreed(record, others)
    if record.settled or others.recovering or not minutes:
        return {}
    payer = others.who(record.receiver)
    if any(_order(one) < _order(record) for one in waiting(others, payer)):
        return {}
    return {"settled": minutes} if others.balance(payer) - minutes >= others.floor(payer) else {}


def waiting(books: Books, payer: str) -> Iterator[Hours]:
    """Return what both sides agree on and the payer's floor holds up."""
    for one in books.every.values():
        if books.who(one.receiver) == payer and state_of(one, books) == "waiting":
            yield one


def settlements(books: Books) -> Iterator[tuple[Hours, dict[str, Json]]]:
    """Return everything that can be settled now, in the order in which it is."""
    open_ = sorted((one for one in books.every.values() if not one.settled), key=_order)
    begun = True
    while begun:
        begun = False
        for one in open_:
            if fields := decide(books.every[one.id], books):
                books = books.settling(one, fields["settled"])
                yield one, fields
                begun = True


def _order(record: Hours) -> tuple[int, str]:
    return record.arrived, record.id


def _deals_alone(record: Hours, books: Books) -> bool:
    """Whether one and the same hand, or one of the two themselves, spoke for both sides."""
    given = {record.giver, *(one for one, yes in record.giver_hand.items() if yes > 0)}
    received = {record.receiver, *(one for one, yes in record.receiver_hand.items() if yes > 0)}
    return not {books.who(one) for one in given}.isdisjoint(map(books.who, received))
