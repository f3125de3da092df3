"""A device in memory with a real store and the engine, whose network a test decides about."""

from random import Random
from weakref import finalize

from kiosk.store import Changes, Write, open_store
from sync.client.batch import batch, leaves_some, pushed
from sync.client.core import State, status, step
from sync.client.effects import Listen, Look, Say, Send, Wait
from sync.client.events import Answer, Failed, Kept, LocalChange, Tick, Woken
from sync.client.home import Home
from sync.protocol import PROTOCOL, SyncAnswer, SyncAsk
from tests.sync.client.served import HereAndNow, KeptToken, SetClock


class PowerCutError(Exception):
    """The power went between two effects."""


class Device:
    """``flight``: an ask on its way; ``listens``: a wait; ``until_ms``: when a Tick is due."""

    def __init__(self, hub, seed=0, offset_ms=0):
        self.hub, self.dice = hub, Random(seed)
        self.clock, self.token = SetClock(), KeptToken()
        self.clock.offset, self.token.token = offset_ms, f"device{seed}"
        self.store = open_store(":memory:", dice=Random(seed))
        finalize(self, self.store.close)
        self.home = Home(self.store, HereAndNow(), self.clock, self.token, "1")
        self.asked, self.power = 0, None
        self.starts()

    def starts(self):
        """Begin a boot: nothing is known but what is on the disk."""
        self.state, self.flight, self.listens, self.until_ms = State(), None, None, None
        self.power = None
        self.told(self.home.begin())
        return self

    def told(self, event):
        todo = [event]
        try:
            while todo:
                self.state, effects = step(self.state, todo.pop(0), self.clock.mono, self.dice)
                for effect in effects:
                    todo += self._does(effect)
        except PowerCutError:
            self.starts()

    def _does(self, effect):
        if self.power is not None:
            self.power -= 1
            if self.power < 0:
                raise PowerCutError
        match effect:
            case Send():
                self.asked += 1
                offered = self.home.offered(effect)
                chosen = batch(offered, effect, most_bytes=2_000)
                bodies = [dict(one.body) for one in chosen]
                ask = SyncAsk(PROTOCOL, effect.cursor, effect.word, bodies, limit=3)
                self.is_part = leaves_some(offered, chosen, effect)
                self.flight = ask, tuple(pushed(one) for one in chosen)
            case Look():
                return [Kept(self._outbox())]
            case Listen():
                self.listens = effect
            case Wait(until_ms):
                self.until_ms = until_ms
            case Say():
                pass
            case _:
                self.home.do(effect)
        return []

    def _outbox(self):
        held = frozenset((*key, one.version) for key, one in self.state.aside.items())
        return self.home.outbox(held)

    def writes(self, name, undo_s=0, **fields):
        act = Write("notice", name, fields)
        self.store.commit(Changes.of(act, undo_s=undo_s), now_ms=self.clock.wall_ms())
        self.told(LocalChange(self._outbox()))
        return self.rows[("notice", name)]

    def passes(self, ms):
        """Let time pass, and the Tick come if it is due."""
        self.clock.mono += ms
        if self.until_ms is not None and self.clock.mono >= self.until_ms:
            self.until_ms = None
            self.told(Tick())

    def meets(self, how="well"):
        """Let the ask under way meet the server. how: "well", or what goes wrong with it."""
        if self.flight is None:
            return
        (ask, names), self.flight = self.flight, None
        if how == "lost":
            self.told(Failed("no_network", pushed=names))
            return
        said = self.hub.sync(ask, self.token.token)
        if how == "twice":
            said = self.hub.sync(ask, self.token.token)
        if how == "answer lost":
            self.told(Failed("no_network", pushed=names))
        elif how == "portal":
            self.told(Failed("not_the_server", status=200, pushed=names))
        elif isinstance(said, SyncAnswer):
            self.told(Answer(said, names, self.clock.mono, self.is_part))
        else:
            status_, problem = said
            self.told(
                Failed(
                    status=status_, error=problem.error, pushed=names,
                    token=f"{self.token.token}+{problem.token}" if problem.token else "",
                    now=problem.now,
                )
            )  # fmt: skip

    def wakes(self):
        """Let the wait come to its end, with news if there are any."""
        if self.listens is not None:
            listened, self.listens = self.listens, None
            has_news = listened.cursor != self.hub.cursor
            self.told(Woken(listened.cursor, has_news, self.clock.mono - 25_000))

    @property
    def rows(self):
        tables = self.store.tables()
        return {
            (kind, name): dict(row.body)
            for kind in tables.kinds
            for name, row in tables[kind].items()
        }

    @property
    def status(self):
        return status(self.state)


def settle(devices, hub, rounds=400):
    """Let all of them sync with nothing new; return whether they came to rest."""
    for _ in range(rounds):
        for device in devices:
            device.meets()
            device.wakes()
            if device.flight is None and device.until_ms is not None:
                device.passes(max(0, device.until_ms - device.clock.mono))
        at_rest = [
            device.flight is None
            and not device.store.waiting
            and device.store.note("cursor") == hub.cursor
            for device in devices
        ]
        if all(at_rest):
            return True
    return False
