"""A supervisor on a bench: it opens what it asks for, and what it did can be looked at."""

from kiosk.hardware.news import (
    Close,
    Heard,
    Listed,
    NotOpened,
    Open,
    Opened,
    PortNews,
    Send,
    Tell,
    Tick,
)
from kiosk.hardware.supervisor import Supervisor

LEFT, RIGHT = "/dev/serial/by-path/left", "/dev/serial/by-path/right"


class Bench:
    """A supervisor on a bench: opens whatever it asks for, and remembers what it did."""

    def __init__(self, wanted=None, *, discover=False):
        self.core = Supervisor(wanted or {LEFT: "rdm6300"}, discover=discover)
        self.now_s, self.opens, self.did = 1000.0, True, []
        self.open = {}

    def __call__(self, event):
        """Do an event and all that follows from it; returns the effects in order."""
        events, effects = [event], []
        while events:
            for effect in self.core.step(events.pop(0), self.now_s):
                effects.append(effect)
                if isinstance(effect, Open):
                    self.open[effect.path] = effect.baud
                    came = Opened(effect.path) if self.opens else NotOpened(effect.path, "busy")
                    events.append(came)
                elif isinstance(effect, Close):
                    assert self.open.pop(effect.path)
        self.did += effects
        return effects

    def plug(self, path=LEFT, device="/dev/ttyUSB0"):
        return self(Listed({path: device}))

    def unplug(self):
        return self(Listed({}))

    def pass_(self, seconds, *, hears=b"", path=LEFT):
        """Let time pass in steps of 0.1 s, with these bytes at each."""
        effects = []
        for _ in range(round(seconds * 10)):
            self.now_s += 0.1
            effects += self(Heard(path, hears) if hears else Tick())
        return effects


def told(effects, path=None):
    """What was told, of one port or of all: kinds of news by their word, facts as they are."""
    return [
        effect.news.what if isinstance(effect.news, PortNews) else effect.news
        for effect in effects
        if isinstance(effect, Tell) and path in (None, effect.path)
    ]


def sent(effects):
    return [effect.data for effect in effects if isinstance(effect, Send)]


def opened(effects):
    return [effect.baud for effect in effects if isinstance(effect, Open)]
