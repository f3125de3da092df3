"""One room's day: booking it, and what may be done with a booking."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from kivy.clock import Clock
from kivy.properties import NumericProperty, StringProperty

from kiosk.hub.actor import KNOWN
from kiosk.hub.book import Book, book
from kiosk.hub.book_rules import local_time
from kiosk.hub.booking_errors import RoomTaken
from kiosk.hub.names import name_of
from kiosk.hub.shown import Shown
from kiosk.screens.room.acting import Acting
from kiosk.screens.room.layout import RoomLayout
from kiosk.screens.room.view import (
    SHIFT_MIN,
    USUAL_MIN,
    BookView,
    RoomPage,
    RowLine,
    book_view,
    first_choice,
    room_page,
)
from kiosk.screens.who import actor_of, holder_of
from kiosk.ui.screen import HubScreen
from sync.errors import Refused

DAY, PANEL, CLASH, OFFERS = "day", "panel", "clash", "offers"


class RoomScreen(Acting, RoomLayout, HubScreen):
    """step: day, panel, clash or offers. On a 10" screen day and panel stand side by side."""

    step = StringProperty(DAY)
    page = NumericProperty(1)

    def __init__(self, **facts: Any) -> None:
        self.room_id, self.day = "", date.min
        self._wanted_day: date | None = None
        self._wanted = ""
        self.choice: tuple[Any, ...] = ()
        self.start: datetime | None = None
        self.minutes = USUAL_MIN
        self.told: tuple[str, str, list[str]] | None = None
        self.moving: Shown | None = None
        self.taken: RoomTaken | None = None
        self.view: RoomPage | None = None
        self._again = Clock.create_trigger(lambda _dt: self.build(), -1)
        super().__init__(**facts)
        self.bind(size=self._again)

    # Its life ----------------------------------------------------------------------------------

    def on_open(
        self, room: str = "", day: date | None = None, booking: str = "", **_facts: Any
    ) -> None:
        """Open a room's page at a day, today if none is given; booking: with this one chosen."""
        self.room_id, self._wanted_day, self._wanted = room, day, booking
        self.forget()
        self.step = PANEL if actor_of(self.shell).level >= KNOWN else DAY

    def kept(self) -> dict[str, Any]:
        """The same room and day again in another look."""
        return {"room": self.room_id, "day": self._wanted_day}

    def on_close(self) -> None:
        """What was chosen is nobody's any more."""
        self.forget()

    def forget(self) -> None:
        """Begin anew with this room."""
        self.choice, self.start, self.minutes, self.page = (), None, USUAL_MIN, 1
        self.told = self.moving = self.taken = None
        self.step = DAY

    def on_snapshot(self, hub: Any, now: datetime) -> None:
        """Show the day as it is now."""
        room = hub.room(self.room_id)
        if room is None:
            return
        self.day = max(self._wanted_day or hub.today(now), hub.today(now))
        self.view = room_page(hub, room, self.day, now, self.words, actor_of(self.shell))
        if self.step == CLASH and self.moving:
            self._clash_now(self.moving, self.view.rows)
        wanted = [row for row in self.view.rows if row.bar and row.bar.booking == self._wanted]
        self._wanted = ""
        if wanted:
            self.choose(wanted[0])
        else:
            self.build()

    def _clash_now(self, was: Shown, rows: Sequence[RowLine]) -> None:
        """The bar as it is now, for whoever is known by now; where it clashes no more, the day."""
        bars = (row.bar for row in rows if row.bar and row.status == "clashing")
        same = (bar for bar in bars if (bar.booking, bar.day) == (was.booking, was.day))
        self.moving = next(same, None)
        if self.moving is None:
            self.step = DAY

    def on_card(self, uid: str) -> bool:
        """Know who stands here; nobody is signed in or out by it."""
        try:
            person = holder_of(self.shell, uid)
        except Refused as why:
            self.shell.announce(self.words.say(why.say))
            return True
        session = self.shell.session
        if session.person not in ("", person.id):
            name = name_of(self.hub, person.id)
            self.shell.announce(self.words.say("room.somebody_else", name=name))
        session.person, session.by_card = person.id, True
        self.choice = ()
        if self.step == DAY:
            self.step = PANEL
        self.on_snapshot(self.hub, self.now)
        return True

    def on_refused(self, why: Any) -> bool:
        """Where somebody was first, offer what is free instead."""
        if not isinstance(why, RoomTaken) or not (why.rooms or why.times):
            return False
        self.taken, self.step = why, OFFERS
        self.build()
        return True

    def back(self) -> None:
        """One step back, at the day one screen back."""
        if self.step in (CLASH, OFFERS) or (self.step == PANEL and not self.side_by_side):
            self.told = self.taken = self.moving = None
            self.step = DAY
            self.build()
        else:
            super().back()

    # Choosing ----------------------------------------------------------------------------------

    def chosen(self) -> RowLine | None:
        """Return the row that the panel is about."""
        rows = self.view.rows if self.view else ()
        for row in rows:
            if self.choice and _is_chosen(row, self.choice):
                return row
        at = first_choice(rows, self.now)
        return rows[at] if at is not None else None

    def choose(self, row: RowLine) -> None:
        """Tap a row: what may be done with it."""
        self.told, self.start, self.minutes = None, None, USUAL_MIN
        if row.bar is None:
            self.choice, self.step = ("free", row.span.start, row.span.end), PANEL
        else:
            self.choice = ("bar", row.bar.booking, row.bar.day)
            self.step = CLASH if row.status == "clashing" else PANEL
            self.moving = row.bar if self.step == CLASH else None
        self.build()

    @property
    def shifts(self) -> bool:
        """Whether the start can be moved: once a free span was chosen by hand."""
        return bool(self.choice) and self.choice[0] == "free"

    def choose_length(self, minutes: int) -> None:
        """Choose how long."""
        self.minutes = minutes
        self.build()

    def shift(self, by: int) -> None:
        """Begin a quarter of an hour earlier or later."""
        view = self.booking()
        if view:
            self.start = view.start + timedelta(minutes=by * SHIFT_MIN)
            self.build()

    def turn_page(self, by: int) -> None:
        """Show another page of the day."""
        self.page += by
        self.build()

    def booking(self) -> BookView | None:
        """Return what booking the chosen free span offers."""
        row, room = self.chosen(), self.hub.room(self.room_id)
        if row is None or row.bar is not None or room is None:
            return None
        return book_view(
            self.hub, room, row.span, self.now, self.words, actor_of(self.shell),
            start=self.start, minutes=self.minutes,
        )  # fmt: skip

    def book(self, button: Any = None) -> None:
        """Book what was chosen."""
        view = self.booking()
        if view is None:
            return
        starts = local_time(self.hub, view.start)
        wanted = Book(self.room_id, starts, view.chosen, actor_of(self.shell))
        self.ask(book, wanted, lambda done: self.booked(done.result), button=button)


def _is_chosen(row: RowLine, choice: tuple[Any, ...]) -> bool:
    if choice[0] == "free":
        return row.bar is None and row.span.start < choice[2] and choice[1] < row.span.end
    return row.bar is not None and (row.bar.booking, row.bar.day) == choice[1:]
