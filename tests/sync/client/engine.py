"""An engine to tell things to, one event after another, with time passed in."""

from random import Random

from sync.client.core import State, status, step
from sync.client.effects import Keep, Listen, Look, Say, Send, TakeIn, Wait
from sync.client.events import Answer, Failed, Kept, LocalChange, Started, Tick
from sync.client.state import Outbox
from sync.protocol import MAX_RECORDS, Refusal, SyncAnswer

NOTHING = Outbox()
SERVER_MS = 1_795_430_000_123


def one_waits(now_ms=0, waiting=1):
    return Outbox(waiting=waiting, since_ms=5, ready_ms=now_ms)


def pushed(*names, version=1):
    return tuple(("visit", name, version) for name in names)


MANY = pushed(*(f"v{n}" for n in range(MAX_RECORDS)))


def refusal(name, reason="scope", fields=()):
    return Refusal("visit", name, reason, fields=fields)


class Engine:
    """Holds the state of one engine; ``does`` is what the last event made it do."""

    def __init__(self, seed=0):
        self.state, self.now_ms, self.dice, self.does = State(), 0, Random(seed), []

    def told(self, event):
        self.state, self.does = step(self.state, event, self.now_ms, self.dice)
        return self

    def starts(self, outbox=NOTHING, **known):
        return self.told(Started(is_paired=True, outbox=outbox, **known))

    def answered(self, *sent, cursor="1.a", records=(), refused=(), more=False, is_part=False):
        answer = SyncAnswer(SERVER_MS, cursor, more, list(records), list(refused))
        return self.told(Answer(answer, sent, self.now_ms, is_part))

    def keeps(self, outbox=NOTHING):
        return self.told(Kept(outbox))

    def fails(self, *sent, trouble="", **facts):
        return self.told(Failed(trouble, pushed=sent, **facts))

    def writes(self, outbox=None):
        return self.told(LocalChange(outbox or one_waits(self.now_ms)))

    def settled(self, outbox=NOTHING):
        """The first exchange of the boot is over, and nothing is left to say."""
        return self.starts().answered().keeps(outbox)

    def pass_(self, ms):
        self.now_ms += ms
        return self

    def rests_out(self):
        """Let the pause pass to its end."""
        self.now_ms = max(self.now_ms, self.state.until_ms)
        return self.told(Tick())

    def effect(self, cls):
        return next((one for one in self.does if isinstance(one, cls)), None)

    @property
    def acknowledges(self):
        """What was accepted, and what was refused."""
        done = self.effect(TakeIn)
        return done.accepted, done.refused

    @property
    def asks(self):
        return self.effect(Send)

    @property
    def pause_ms(self):
        wait = self.effect(Wait)
        return None if wait is None else wait.until_ms - self.now_ms

    @property
    def status(self):
        return status(self.state)

    def kinds(self):
        return [type(one) for one in self.does if not isinstance(one, Say)]


__all__ = ["Engine", "Keep", "Listen", "Look", "Send", "Wait", "one_waits", "pushed", "refusal"]
