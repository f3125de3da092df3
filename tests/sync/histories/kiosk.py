"""One simulated kiosk: a real store and the real engine, and the clock, desk and pocket round them.

There is no thread and no socket; what becomes of each of its asks is chosen from outside.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from kiosk.device_clock import DeviceClock
from kiosk.hub.moment import Moment
from kiosk.hub.rules import RULES_OF_TIME
from kiosk.hub.snapshot import Device, Snapshot
from kiosk.store import Changes, Erase, Store, Write
from kiosk.store.undated import is_stamped_by, marks_in, reading_of, readings_in
from sync.client.batch import batch, leaves_some, pushed
from sync.client.core import State, step
from sync.client.effects import Effect, Expire, Listen, Look, Redate, Say, Send, Wait
from sync.client.events import (
    Answer,
    Event,
    Failed,
    Kept,
    LocalChange,
    NetworkUp,
    Tick,
    Woken,
)
from sync.client.home import Home
from sync.client.state import Phase
from sync.ids import new_id
from sync.merge import WireRecord, is_erased, record, versions
from sync.protocol import PROTOCOL, SyncAsk
from sync.server.errors import Answered
from tests.sync.histories.inside import InlineDesk, Pocket

if TYPE_CHECKING:
    from tests.sync.histories.world import World

Fate = Literal["done", "never came", "answer lost", "came twice", "a portal", "edited meanwhile"]
"""What becomes of one ask on its way."""
FATES: tuple[Fate, ...] = (
    "done", "never came", "answer lost", "came twice", "a portal", "edited meanwhile",
)  # fmt: skip
Key = tuple[str, str]


class PowerCutError(Exception):
    """The plug is pulled between two effects."""


@dataclass
class Kiosk:
    """One kiosk: what it holds, and its engine."""

    world: World
    store: Store
    token: str
    role: str = "door"
    state: State = field(default_factory=State)
    until_ms: int = 0
    listens: Listen | None = None
    asks: int = 0
    power: int | None = None
    """After how many more effects the plug is pulled; None: never."""

    def __post_init__(self) -> None:
        self.pocket = Pocket(self.token)
        self.boot(known_ms=self.world.ms)  # somebody set it up

    def boot(self, error_ms: int = 0, known_ms: int = 0, *, was_told: bool = False) -> None:
        """Start, or start again: the disk is what is left.

        error_ms: of the clock's first guess. known_ms: the last known time on the disk; 0 = none.
        was_told: the system takes its guess for the truth.
        """
        world, began_ms = self.world, self.world.ms - 1_000
        self.clock = DeviceClock(
            known_ms,
            wall_ms=lambda: world.ms + error_ms,
            mono_ms=lambda: world.ms - began_ms,
            was_told=lambda: was_told,
            boot=lambda: f"{world.dice.getrandbits(64):016x}",
        )
        self.clock.when_told(self.dates)
        desk = InlineDesk(self)
        self.home = Home(self.store, desk, self.clock, self.pocket, "1", world.dice)
        self.state, self.listens = State(), None
        self.until_ms = 0

    def starts_again(self, error_ms: int, *, remembers: bool, was_told: bool) -> None:
        """Lose power. remembers: the last known time was put on the disk just before, not long ago.

        A date that jumped is not put there (``remember_time``), whoever told it but a server.
        """
        is_noted = remembers and self.clock.date_ok
        known_ms = self.clock.wall_ms() if is_noted else self.clock.known_ms
        self.boot(error_ms, known_ms, was_told=was_told)

    # What people do ------------------------------------------------------------------------

    def writes(self, kind: str, record_id: str = "", /, **fields: Any) -> Key:
        """Commit one write. ``title__en`` is ``title.en``."""
        said = {name.replace("__", "."): value for name, value in fields.items()}
        key = (kind, record_id or new_id(self.clock.wall_ms(), self.world.dice))
        self._commits(Write(*key, said))
        return key

    def says_now(self) -> str:
        """Return this moment by the kiosk's own clock, as a record holds it."""
        return f"{self.clock.now():%Y-%m-%dT%H:%M:%SZ}"

    def erases(self, key: Key) -> None:
        """Forget a person, whole."""
        self._commits(Erase(*key, None))
        self.world.erased.add(key)

    def _commits(self, act: Write | Erase) -> None:
        self.dates()
        now_ms, undated = self.clock.wall_ms(), self.clock.undated
        self.store.commit(Changes.of(act), now_ms=now_ms, undated=undated)
        if undated is None:
            self.world.saw(self.body((act.kind, act.id)))

    def dates(self) -> None:
        """Date what was written before the time was known, as soon as it is."""
        if self.clock.sure and self.store.undated:
            touched = self.store.date(self.clock.boot, self.clock.began_ms).touched
            for key in touched:
                self.world.saw(self.body(key))

    def looks_at_the_time(self) -> None:
        """What the app does once a minute: names and rows go by this device's own calendar."""
        self.clock.look()
        self.dates()
        for rule in RULES_OF_TIME:
            now, undated = self.clock.now(), self.clock.undated
            sure = {"sure": self.clock.sure, "date_ok": self.clock.date_ok}
            moment = Moment.at(now, self.world.dice, **sure, notes=self.store.notes)
            changes = rule(Snapshot.of(self.store.tables(), Device(self.store.node)), moment)
            if changes.acts:
                self.store.commit(changes, now_ms=self.clock.wall_ms(), undated=undated)

    def body(self, key: Key) -> WireRecord:
        return dict(self.store.tables().get(key[0], {})[key[1]].body)

    def dated(self, key: Key) -> WireRecord | None:
        """Return what is dated of a record: provisional stamps say nothing yet."""
        row = self.store.tables().get(key[0], {}).get(key[1])
        if row is None:
            return None
        marks = marks_in(self.store.notes)
        body, provisional = dict(row.body), readings_in(marks)
        if not is_stamped_by(body, provisional):
            return body
        if is_erased(body):
            return None
        known = versions(body)
        kept = {n: one for n, one in known.items() if reading_of(one.stamp) not in provisional}
        return record(*key, kept) if kept else None

    def holds(self, kind: str) -> list[Key]:
        rows = self.store.tables().get(kind, {})
        return [(kind, one) for one, row in rows.items() if "fields" in row.body]

    def rows(self) -> dict[Key, Any]:
        tables = self.store.tables()
        return {(kind, one): row for kind in tables.kinds for one, row in tables[kind].items()}

    def everything(self) -> dict[Key, WireRecord]:
        return {key: dict(row.body) for key, row in self.rows().items()}

    # What the engine does ------------------------------------------------------------------

    def wakes(self, *fates: Fate, power: int | None = None) -> int:
        """Let the engine look what is to be done, and do it; return how often it asked."""
        before, self.power = self.asks, power
        try:
            self._wakes(iter(fates))
        except PowerCutError:
            self.boot(known_ms=self.clock.known_ms)
        self.power = None
        return self.asks - before

    def _wakes(self, ways: Iterator[Fate]) -> None:
        if self.state.phase is Phase.STOPPED and self.pocket.token:
            self._happens(self.home.begin(), ways)
        elif self.state.phase is Phase.RESTING:
            self.world.ms += max(0, self.until_ms - self.clock.mono_ms())
            self._happens(Tick(), ways)
        else:
            self._happens(LocalChange(self._outbox()), ways)
            if self.listens is not None:
                self._happens(self._waits(self.listens), ways)

    def is_looked_after(self) -> None:
        """Somebody taps the light, and pairs it again where the server does not know it.

        Its minute has passed as well: then the desk dates what is undated, if the time is known.
        """
        self.clock.look()
        self.dates()
        self._happens(NetworkUp(), iter(()))
        if self.state.phase is Phase.STOPPED:
            self._happens(self.home.begin(), iter(()))  # it may only have been switched off
        if self.state.phase is Phase.STOPPED:
            door = self.world.village.door(node=self.store.node, role=self.role)
            self.pocket.keep(door.token)
            self._happens(self.home.begin(), iter(()))

    def _outbox(self) -> Any:
        held = frozenset((*key, one.version) for key, one in self.state.aside.items())
        return self.home.outbox(held)

    def _happens(self, event: Event, ways: Iterator[Fate]) -> None:
        todo = [event]
        while todo:
            now_ms = self.clock.mono_ms()
            self.state, effects = step(self.state, todo.pop(0), now_ms, self.world.dice)
            for effect in effects:
                todo += self._do(effect, ways)

    def _do(self, effect: Effect, ways: Iterator[Fate]) -> list[Event]:
        if self.power is not None:
            self.power -= 1
            if self.power < 0:
                raise PowerCutError
        match effect:
            case Send():
                self.asks += 1
                return [self._asks(effect, next(ways, "done"))]
            case Look():
                return [Kept(self._outbox())]
            case Wait(until_ms):
                self.until_ms = until_ms
            case Listen():
                self.listens = effect
            case Say():
                pass
            case Expire():
                before = {key for key, row in self.rows().items() if row.ever}  # no other may go
                self.home.do(effect)
                self.world.gave_up(before - self.rows().keys())
            case Redate(moved):
                self.home.do(effect)
                self.world.moved((kind, one) for kind, one, _version in moved)
            case _:
                self.home.do(effect)
        return []

    def _waits(self, listen: Listen) -> Woken | Failed:
        """Let the server answer a ``wait`` that has been held for a minute."""
        self.listens = None
        try:
            news = self.world.waits(self, listen)
        except Answered as why:
            return Failed(
                status=why.status, error=why.problem, now=self.world.village.now_ms(), is_wait=True
            )
        return Woken(listen.cursor, news, self.clock.mono_ms() - 60_000)

    def _asks(self, send: Send, fate: Fate) -> Answer | Failed:
        offered = self.home.offered(send)
        chosen = batch(offered, send)
        names, asked_ms = tuple(pushed(one) for one in chosen), self.clock.mono_ms()
        if fate == "never came":
            return Failed("no_network", pushed=names)
        if fate == "a portal":
            return Failed("not_the_server", status=200, pushed=names)
        ask = SyncAsk(PROTOCOL, send.cursor, send.word, [dict(one.body) for one in chosen])
        try:
            answer = self.world.answers(self, ask)
            if fate == "came twice":
                answer = self.world.answers(self, ask)
        except Answered as why:
            return Failed(
                status=why.status, error=why.problem, pushed=names, token=why.token,
                retry_after_s=why.retry_s or None, now=self.world.village.now_ms(), asked_ms=asked_ms,
            )  # fmt: skip
        if fate == "answer lost":
            return Failed("no_network", pushed=names)
        if fate == "edited meanwhile":
            for key in [one[:2] for one in names if one[0] == "notice"][:1]:
                self.writes(*key, body__en=f"Changed while it was on its way, {self.asks}")
        return Answer(answer, names, asked_ms, leaves_some(offered, chosen, send))
