"""A month of a busy house: people come and go, and everything else goes on around them."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from random import Random
from typing import Any

from sync.records.day_count import DayCount
from tests.kiosk.hub.house import id_of
from tests.soak.acts import Acts, letters_of
from tests.soak.house import FIRST_DAY, ROOMS, Somebody, clock, day_of, instant
from tests.soak.life import Life
from tests.soak.looks import Looks
from tests.soak.model import Booked, Hung, Model, Stay
from tests.soak.programme import arrivals, of_day
from tests.soak.watching import (
    files,
    keep,
    looks_through_less,
    middle,
    most_of,
    p99,
    taken,
    threads,
)
from tests.soak.wrongs import Wrongs

NOBODY_S_BADGE = "00000000FF"
DRAWN = 0.1
"""So much of what happens is drawn and timed."""
HOLDERS = 4
"""So many people come for the rooms they booked, and one more does not."""
VOLUNTEER, KNOWN = 3, 2


class Month:
    """``a_day`` lives through one, and returns its figures."""

    def __init__(self, folder: Path, screen: str, days: int, visits: int, seed: int) -> None:
        self.life = Life(folder, screen, days, visits)
        self.visits, self.days, self.dice = visits, days, Random(seed)
        self.model, self.wrongs = Model(), Wrongs(self.life.door)
        self.acts = Acts(self.life, self.model, self.wrongs, self.dice)
        self.looks = Looks(self.life, self.model, self.wrongs)
        people = self.life.people
        self.holders, self.absent = people[:HOLDERS], people[HOLDERS]
        self.members = people[HOLDERS + 1 :]
        self.nth, self._touches = 0, 0
        self._due: list[tuple[datetime, Stay]] = []
        self._by_name = {one.shown: one for one in people}
        self._notices: dict[str, str] = {}
        self._yesterday: date | None = None
        self.life.reader(plugged=True)
        assert self.life.door.reader_is_found(NOBODY_S_BADGE), "the reader is not found"

    @property
    def today(self) -> date:
        """The day that is lived through."""
        return FIRST_DAY + timedelta(days=self.nth - 1)

    def a_day(self) -> dict[str, Any]:
        """Live from the morning to the small hours of the next day."""
        self.nth += 1
        worked = time.process_time()
        began, wrong, looked = time.monotonic(), len(self.wrongs.found), self.wrongs.looked
        self.life.door.paints.clear()
        self._due.clear()
        coming = arrivals(self.today, self.visits, self.dice)
        plan: list[tuple[datetime, str]] = [
            (one.at, one.what) for one in of_day(self.today, self.nth)
        ]
        plan += [(slot, "people") for slot in coming]
        for moment, what in sorted(plan):
            self.life.until(moment)
            self.life.frames.draws_some = self.dice.random() < DRAWN
            if what == "people":
                self._people(coming[moment])
            else:
                getattr(self, what)()
        counted = self.model.counted(self.today)
        self.life.frames.draws_some = True
        self._night()
        paints = self.life.door.paints
        row = {
            "day": self.nth,
            "date": str(self.today),
            "visits": counted.stays,
            "answers": len(paints),
            "paint_ms": middle(paints) * 1000,
            "paint_p99_ms": p99(paints) * 1000,
            "looked": self.wrongs.looked - looked,
            "wrong": len(self.wrongs.found) - wrong,
            **taken(self.life.place.store, self.life.world.server.pid),
            "took_s": time.monotonic() - began,
            "worked_s": time.process_time() - worked,
        }
        keep(row | {"names": threads(), "open": files(), "types": most_of()})
        looks_through_less()
        self._yesterday = self.today
        self.model.forgets(self.today)
        return row

    # People ------------------------------------------------------------------------------------

    def _people(self, ways: list[str]) -> None:
        now = self.life.now
        for one in self.holders:
            self._holder(one, now)
        for moment, stay in [due for due in self._due if due[0] <= now]:
            self._due.remove((moment, stay))
            if stay.is_here(self.life.now):
                self._leaves(stay)
        for way in ways:
            self._comes(way)

    def _comes(self, way: str) -> None:
        before = len(self.model.stays)
        away = self._members_away(by_letters=way == "tile") if way in ("card", "tile") else []
        if away:
            comes = self.acts.comes_by_card if way == "card" else self.acts.comes_by_tile
            comes(self.dice.choice(away))
        elif way in ("card", "tile", "visitor"):  # on a busy day every member may be here
            self.acts.comes_visiting()
        elif way == "group":
            self.acts.comes_together()
        else:
            self.acts.is_counted(takes_it_back=way == "undone")
        for stay in self.model.stays[before:]:
            remembers = {"card": 0.85, "tile": 0.5, "visitor": 0.5, "group": 0.6, "count": 0.4}
            if self.dice.random() < remembers[stay.how]:
                stays = timedelta(minutes=self.dice.randrange(10, 120))
                self._due.append((self.life.now + stays, stay))

    def _members_away(self, *, by_letters: bool) -> list[Somebody]:
        now = self.life.now
        recent = now - timedelta(minutes=3)
        busy = {
            one.who
            for one in self.model.stays
            if one.is_here(now) or one.came > recent or (one.left and one.left > recent)
        }
        return [
            one
            for one in self.members
            if one.shown not in busy and (not by_letters or len(letters_of(one.name)) > 5)
        ]

    def _leaves(self, stay: Stay) -> None:
        if stay.how == "count":
            self.acts.counted_leaves()
        elif stay.tag:
            self.acts.leaves_by_tag(stay)
        elif stay.how == "tile" and len(letters_of(self._by_name[stay.who].name)) > 5:
            self.acts.leaves_by_name(self._by_name[stay.who])
        else:
            self.acts.leaves_by_card(self._by_name[stay.who])

    def _holder(self, who: Somebody, now: datetime) -> None:
        """Whoever booked a room comes before it begins, and leaves after it ended."""
        theirs = [one for one in self.model.booked if one.who == who.shown]
        stay = self.model.stay_of(who.shown, now)
        soon = now + timedelta(minutes=10)
        if any(one.start <= soon and now < one.end for one in theirs):
            if stay is None:
                self.acts.comes_by_card(who)
        elif stay is not None and now - stay.came > timedelta(minutes=3):
            self.acts.leaves_by_card(who)

    # The office --------------------------------------------------------------------------------

    def the_office_begins(self) -> None:
        """Yesterday's count is there; notices come and go; rooms are booked for today."""
        self.life.level()
        if self._yesterday:
            self._was_counted(self._yesterday)
        self.life.office_opens()
        for more_days in (1, 2, 3, 4) if self.nth == 1 else ():
            self._hang("need", more_days)  # as many hang on the first day as on any other
        self._hang("news" if self.nth % 2 else "offer", self.dice.randrange(1, 9))
        if self.nth % 3 == 1:
            self._hang("urgent", self.dice.randrange(3))
        hanging = [one for one in self.model.hung if one.hangs(self.today)]
        if self.nth % 2 == 0 and len(hanging) > 2:
            self._withdraw(self.dice.choice(hanging))
        for who in self.holders:
            self._book(who, self.dice.choice(ROOMS), 60 * self.dice.randrange(10, 20))
        self._book(self.absent, "Quiet Room", 15 * 60)
        self.life.office_shuts()

    def _was_counted(self, day: date) -> None:
        """The server counted what the model counted, and the door has heard it."""
        found = [one for one in self.life.door.hub.all(DayCount) if one.date == day]
        shown = [(one.stays, one.grown_ups + one.children) for one in found]
        wanted = self.model.counted(day)
        self.wrongs.same("the count of the day", shown, [(wanted.stays, wanted.heads)])

    def _hang(self, kind: str, more_days: int) -> None:
        title = f"{kind.capitalize()} of day {self.nth} to {self.nth + more_days}"
        last = self.today + timedelta(days=more_days)
        by = {"level": VOLUNTEER, "person": id_of(self.holders[0].name)}
        found = self.life.garden.says(
            "publish", kind=kind, title={"en": title}, last_day=last.isoformat(), by=by
        )
        self.model.hung.append(Hung(title, kind, self.today, last))
        self._notices[title] = found

    def _withdraw(self, one: Hung) -> None:
        by = {"level": VOLUNTEER, "person": id_of(self.holders[0].name)}
        self.life.garden.says("withdraw_notice", notice=self._notices.pop(one.title), by=by)
        one.is_withdrawn = True

    def _book(self, who: Somebody, room: str, minute: int) -> None:
        start = instant(self.today, clock_time(minute // 60, minute % 60))
        end = start + timedelta(minutes=60)
        if not self.model.is_free(room, start, end):
            return
        self.life.garden.says(
            "book",
            room=id_of(room),
            starts=f"{self.today.isoformat()}T{minute // 60:02}:{minute % 60:02}:00",
            minutes=60,
            by={"level": KNOWN, "person": id_of(who.name)},
        )
        self.model.booked.append(Booked(room, start, end, who.shown))

    # What goes on around them ------------------------------------------------------------------

    def the_network_goes(self) -> None:
        """Until somebody finds the cable."""
        self.life.network_goes()

    def the_network_comes(self) -> None:
        """The cable is back, and so is everything that waited."""
        self.life.network_comes()
        self.life.level()

    def the_server_restarts(self) -> None:
        """Somebody updates the server."""
        self.life.server_restarts()

    def the_reader_goes(self) -> None:
        """Somebody pulls the reader's cable; cards are held to the other one."""
        self.life.reader(plugged=False)

    def the_reader_comes(self) -> None:
        """The reader is back, and found by itself."""
        self.life.reader(plugged=True)
        with self.wrongs.screen("the reader that is back"):
            assert self.life.door.reader_is_found(NOBODY_S_BADGE)

    def nobody_came(self) -> None:
        """A room where nobody was seen for a quarter of an hour is free again, say both doors."""
        self.life.office_opens()
        self.life.office_shuts()
        self.life.reports()
        now, who = self.life.now, self.absent.shown
        kept = [b for b in self.model.booked if b.who != who or not b.start < now < b.end]
        self.model.booked = kept

    def somebody_books(self) -> None:
        """Somebody who is here books a room that is free for a while."""
        now = self.life.now
        here = [one.who for one in self.model.here(now) if one.how == "card"]
        members = [one for one in self.members if one.shown in here]
        free = [room for room in ROOMS if self.model.is_free(room, now, now + timedelta(hours=1))]
        if members and free:
            self.acts.books(self.dice.choice(members), self.dice.choice(free))

    def is_looked_at(self) -> None:
        """All is sent; every screen shows what the model says."""
        self.life.level()
        self.looks.all_of_it()
        looks_through_less()
        if self.nth in (2, self.days) and self.life.now < instant(
            self.today, clock_time().replace(hour=11)
        ):
            self.wrongs.picture(f"rest-day-{self.nth}.png")

    def is_looked_at_offline(self) -> None:
        """The same where nothing can be sent."""
        self.looks.all_of_it(online=False)

    def is_looked_at_by_name(self) -> None:
        """All of it, and every name in the house."""
        self.is_looked_at()
        self.looks.names()

    def _night(self) -> None:
        """The hour that comes twice included; at twenty to four nobody needs anything."""
        tomorrow = self.today + timedelta(days=1)
        for moment, looks in self.looks.of_the_night(tomorrow):
            self.life.until(moment)
            looks()
        self.life.until(instant(tomorrow, clock_time(3, 40)))
        self.life.rests()
        assert day_of(self.life.now) == tomorrow, clock(self.life.now)
