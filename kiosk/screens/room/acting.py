"""What is done on a room's page, and what is said when it is on the disk."""

from __future__ import annotations

from datetime import date
from typing import Any

from kiosk.hub.book import Book, Move, MoveDay, book, move, move_day
from kiosk.hub.book_rules import local_time
from kiosk.hub.booking_errors import RoomTaken
from kiosk.hub.bookings import OnDay
from kiosk.hub.extend import Extend, end_early, extend, we_are_here
from kiosk.hub.give_up import OfBooking, cancel, cancel_day, take_it
from kiosk.hub.shown import Shown
from kiosk.screens.room.clash import OfferView, room_name
from kiosk.screens.room.view import times
from kiosk.screens.who import actor_of
from sync.records.booking import Booking
from sync.records.booking_time import Span, span_at


class Acting:
    """The acts of RoomScreen; ``self`` is one. Any: Kivy has no types."""

    told: tuple[str, str, list[str]] | None
    moving: Shown | None
    taken: RoomTaken | None

    def do(self: Any, act: Any) -> None:
        """Do what a button of a booking says (an ActView)."""
        row = self.chosen()
        if row is None or row.bar is None:
            return
        bar, by = row.bar, actor_of(self.shell)
        this = OnDay(bar.booking, bar.day, by)
        match act.name:
            case "here":
                self.ask(we_are_here, this, lambda _done: self._here())
            case "extend":
                wanted = Extend(bar.booking, bar.day, act.minutes, by)
                self.ask(extend, wanted, lambda done: self.booked(done.result))
            case "end":
                self.ask(end_early, this, lambda done: self._ended(done.result))
            case "cancel_day":
                self.ask(cancel_day, this, lambda _done: self._given_up())
            case "cancel":
                whole = OfBooking(bar.booking, by)
                self.ask(cancel, whole, lambda _done: self._given_up())
            case "other":
                self.moving, self.step = bar, "offers"
                self.build()

    def give_up(self: Any) -> None:
        """Give up the booking that clashes."""
        bar = self.moving
        this = OnDay(bar.booking, bar.day, actor_of(self.shell))
        self.ask(cancel_day, this, lambda _done: self._given_up())

    def take(self: Any) -> None:
        """Ask for what the other one gave up."""
        whole = OfBooking(self.moving.booking, actor_of(self.shell))
        self.ask(take_it, whole, lambda _done: self._asked())

    def take_offer(self: Any, offer: OfferView) -> None:
        """Take a free room or time instead."""
        by, free = actor_of(self.shell), offer.free
        starts = local_time(self.hub, free.span.start)
        bar = self.moving
        wanted: tuple[Any, Any] = book, Book(free.room, starts, free.span.minutes, by)
        if bar is not None and bar.parts[0].booking.rule:
            wanted = move_day, MoveDay(bar.booking, bar.day, free.room, starts, by)
        elif bar is not None:
            wanted = move, Move(bar.booking, free.room, starts, by)
        self.ask(*wanted, lambda done: self.booked(done.result, free.span))

    def booked(self: Any, made: Booking, span: Span | None = None) -> None:
        """Say what was pencilled in. span: where it is longer than the booking itself."""
        words, hub = self.words, self.hub
        assert made.starts is not None  # noqa: S101  # a use case has set it
        span = span or span_at(made.starts, made.minutes, hub.zone)
        where = self._where(made.room, made.starts.date(), times(hub, span, words))
        saved, first = words.say("room.done_saved"), words.say("room.done_first")
        self.choice = ("bar", made.extends or made.id, made.starts.date())
        self.tell("pencilled", words.say("room.done_pencilled"), [where, saved, first])

    def _where(self: Any, room: str, day: date, times_: str) -> str:
        """Return what was booked in a line; on a small screen of large words without what is known."""
        words, hub, theme = self.words, self.hub, self.theme
        facts = {"room": room_name(hub, room, words), "times": times_}
        today = hub.today(self.now)
        if not (theme.large and theme.form == "door_7_landscape"):
            return words.say("room.done_where", day=words.near_day(day, today), **facts)
        if day == today:
            return words.say("room.done_where_short", **facts)
        return words.say("room.done_when", day=words.day(day, "least"), **facts)

    def _here(self: Any) -> None:
        words = self.words
        self.tell("confirmed", words.say("room.done_here"), [words.say("room.done_here_why")])

    def _ended(self: Any, since: Any) -> None:
        words = self.words
        said = words.say("room.done_ended", time=words.clock(self.hub.local(since)))
        self.tell("free", said, [words.say("room.done_ended_why")])

    def _given_up(self: Any) -> None:
        self.tell("free", self.words.say("room.done_given_up"), [])

    def _asked(self: Any) -> None:
        words = self.words
        self.tell("pencilled", words.say("room.done_asked"), [words.say("room.done_saved")])

    def tell(self: Any, status: str, said: str, lines: list[str]) -> None:
        """Say in the panel what was done."""
        self.told, self.step = (status, said, lines), "panel"
        self.moving = self.taken = None
        self.on_snapshot(self.hub, self.now)

    def undo_act(self: Any) -> None:
        """Take the last act back."""
        self.undo(lambda _done: self.finish(stay=True))

    def finish(self: Any, *, stay: bool = False) -> None:
        """The panel has been read: to the rest screen, or back to the day."""
        if not stay:
            self.rest()
            return
        self.told, self.choice = None, ()
        self.step = "panel" if self.side_by_side else "day"
        self.on_snapshot(self.hub, self.now)
