"""What the house must look like, by the rules in docs/hub-rules.md and the design, in few words.

Nothing of the product is imported here: a rule that both got wrong the same way would be seen by
nobody. It is told what people did, and asked what a screen has to show.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from tests.soak.house import ROOMS, STAY_HOURS, clock, day_of, opening

MAYBE = timedelta(hours=2)
SOON = timedelta(minutes=30)
ALL_DAY = timedelta(hours=4)
KINDS = ("urgent", "decision", "news", "need", "offer", "lost_found")
"""In the order in which notices hang."""


@dataclass
class Stay:
    """Somebody's time here. who: a shown name, "" of guests. left: None while nobody said so."""

    how: str
    came: datetime
    who: str = ""
    heads: int = 1
    tag: str = ""
    left: datetime | None = None

    @property
    def assumed(self) -> datetime:
        """When who forgets to leave counts as gone: at closing, or after so many hours."""
        longest = self.came + timedelta(hours=STAY_HOURS[self.how])
        shuts = opening(day_of(self.came))[1]
        return self.came + timedelta(hours=1) if shuts <= self.came else min(shuts, longest)

    def is_here(self, now: datetime) -> bool:
        """Whether they are in the house."""
        return self.left is None and self.came <= now < self.assumed

    def is_maybe_here(self, now: datetime) -> bool:
        """Whether they were taken for gone within the last two hours."""
        return self.left is None and self.assumed <= now < self.assumed + MAYBE


@dataclass
class Booked:
    """A room for a time. who: a shown name; whoever came for it is in it until they say goodbye."""

    room: str
    start: datetime
    end: datetime
    who: str = ""


@dataclass
class Hung:
    """A notice, from its first to its last day."""

    title: str
    kind: str
    first: date
    last: date
    is_withdrawn: bool = False

    def hangs(self, day: date) -> bool:
        """Whether it can be read on a day."""
        return not self.is_withdrawn and self.first <= day <= self.last


@dataclass(frozen=True)
class Numbers:
    """A roll call without names."""

    total: int
    card: int
    said: int
    maybe: int


@dataclass(frozen=True)
class Counted:
    """What stays of a day for good."""

    stays: int
    heads: int


@dataclass
class Model:
    """The house as it has to be."""

    stays: list[Stay] = field(default_factory=list)
    booked: list[Booked] = field(default_factory=list)
    hung: list[Hung] = field(default_factory=list)

    def here(self, now: datetime) -> list[Stay]:
        """Everybody in the house."""
        return [one for one in self.stays if one.is_here(now)]

    def stay_of(self, who: str, now: datetime) -> Stay | None:
        """The stay of somebody who is here."""
        return next((one for one in self.here(now) if one.who == who), None)

    def maybe(self, now: datetime) -> list[Stay]:
        """Those who may still be here: who came again is surely here, or was seen leaving."""
        return [
            one
            for one in self.stays
            if one.is_maybe_here(now)
            and not (one.who and self._came_again(one, now))
            and one.who not in self.in_rooms(now)
        ]

    def in_rooms(self, now: datetime) -> set[str]:
        """Who came for a room that is theirs now, was taken for gone since, and said no goodbye."""
        running = (b for b in self.booked if b.who and b.start <= now < b.end)
        return {b.who for b in running if not self.stay_of(b.who, now) and self._came_for(b)}

    def _came_for(self, one: Booked) -> bool:
        since = one.start - SOON
        theirs = [stay for stay in self.stays if stay.who == one.who]
        saw_them = any((stay.left or stay.assumed) > since for stay in theirs)
        return saw_them and not any(stay.left and stay.left >= since for stay in theirs)

    def _came_again(self, one: Stay, now: datetime) -> bool:
        later = (other for other in self.stays if other.who == one.who and other.came > one.came)
        return any(other.is_here(now) or other.left for other in later)

    def numbers(self, now: datetime) -> Numbers:
        """The first page of a roll call."""
        heads = Counter[str]()
        for one in self.here(now):
            heads["card" if one.how == "card" else "said"] += one.heads
        # Somebody who was taken for gone twice within two hours may be here once.
        maybe = {one.who or id(one): one.heads for one in self.maybe(now)}
        total = heads.total() + len(self.in_rooms(now))
        return Numbers(total, heads["card"], heads["said"], sum(maybe.values()))

    def names(self, now: datetime) -> Counter[str]:
        """The names of a roll call, as often as they stand there; a tag in place of a name."""
        once = {one.who or id(one): one for one in [*self.maybe(now), *self.here(now)]}
        return Counter(_named(one) for one in once.values()) + Counter(self.in_rooms(now))

    def tags_of(self, day: date) -> list[str]:
        """Every tag that was given on a day."""
        return [one.tag for one in self.stays if one.tag and day_of(one.came) == day]

    def room(self, room: str, now: datetime) -> tuple[str, str]:
        """How a room is now, and until when as the rest screen says it."""
        mine = sorted((b for b in self.booked if b.room == room), key=lambda b: b.start)
        running = next((b for b in mine if b.start <= now < b.end), None)
        if running:
            return "In use", clock(running.end)
        opens, shuts = opening(day_of(now))
        if not opens <= now < shuts:
            nearest = opens if now < opens else opening(day_of(now) + timedelta(days=1))[0]
            return "Shut", clock(nearest)
        coming = next((b.start for b in mine if now < b.start < shuts), None)
        if coming:
            return "Soon" if coming - now <= SOON else "Free", clock(coming)
        return "Free", "all day" if shuts - now >= ALL_DAY else clock(shuts)

    def rooms(self, now: datetime) -> dict[str, tuple[str, str]]:
        """All rooms."""
        return {room: self.room(room, now) for room in ROOMS}

    def is_free(self, room: str, start: datetime, end: datetime) -> bool:
        """Whether nobody has a room then."""
        return all(b.room != room or b.end <= start or end <= b.start for b in self.booked)

    def notices(self, now: datetime) -> list[Hung]:
        """What hangs, in its order; those of one kind and day in any."""
        today = day_of(now)
        found = [one for one in self.hung if one.hangs(today)]
        return sorted(found, key=lambda one: (KINDS.index(one.kind), -one.first.toordinal()))

    def counted(self, day: date) -> Counted:
        """What is counted of a day."""
        began = [one for one in self.stays if day_of(one.came) == day]
        return Counted(len(began), sum(one.heads for one in began))

    def ends_within(self, now: datetime, span: timedelta) -> bool:
        """Whether what a screen shows of stays and rooms is about to change by itself."""
        edges = {edge for one in self.stays for edge in (one.assumed, one.assumed + MAYBE)}
        edges |= {edge for one in self.booked for edge in (one.start, one.start - SOON, one.end)}
        edges |= {*opening(day_of(now)), opening(day_of(now))[1] - ALL_DAY}
        return any(now - span < edge < now + span for edge in edges)

    def forgets(self, before: date) -> None:
        """Let go of days that no screen shows any more, so that this process stays as it is."""
        self.stays = [one for one in self.stays if day_of(one.came) >= before]
        self.booked = [one for one in self.booked if day_of(one.start) >= before]
        self.hung = [one for one in self.hung if one.last >= before]


def _named(one: Stay) -> str:
    name = one.who or one.tag or ("One counted" if one.heads == 1 else f"{one.heads} counted")
    return f"{name} ({one.heads})" if one.heads > 1 and (one.who or one.tag) else name
