"""A server that a flow makes up: what its kiosk would say of sending and of pairing."""

from dataclasses import replace

from sync.client.pairing import (
    Begin,
    Code,
    CodeGiven,
    End,
    Holding,
    State,
    step,
)
from sync.client.status import Status

UP_MS = 100 * 60_000
SINCE_MS = 1_795_421_400_000  # Monday 23 November 2026, 09:10 in Madrid
CODE = Code(
    device_code="dev",
    user_code="WDJB-MJHT",
    uri="https://hub.example/pair",
    uri_complete="https://hub.example/pair?user_code=WDJB-MJHT",
    expires_in_s=570,
    interval_s=5,
)


class FarPairing:
    """Runs the pure pairing; what the server answers is told by the test."""

    def __init__(self, door, holding, answer):
        self._door, self._holding, self._answer = door, holding, answer
        self._began_s = door.frames.clock.running_s
        self.state, self.begun, self.ended = State(), 0, 0

    def begin(self):
        self.begun += 1
        self.told(Begin())
        if self._answer is not None:
            self.told(self._answer)

    def end(self):
        self.ended += 1
        self.state, _ = step(self.state, End(), self.now_ms())

    def told(self, event):
        self.state, _ = step(self.state, event, self.now_ms())
        self._door.shell.refresh()

    def holds(self):
        return self._holding

    def now_ms(self):
        return round(1_000 * (self._door.frames.clock.running_s - self._began_s))


class FarServer:
    """Stands where the app puts the real thing: ``shell.around.sync``."""

    def __init__(self, door, status, *, refusals=(), holding=Holding(), answer=CodeGiven(CODE)):  # noqa: B008
        self._status, self._refusals, self.tried = status, refusals, 0
        self.pairing = FarPairing(door, holding, answer)
        door.shell.around = replace(door.shell.around, sync=self)
        door.shell.refresh()
        door.settle()

    def says(self, status):
        self._status = status

    def status(self):
        return self._status

    def refusals(self):
        return self._refusals

    def now_ms(self):
        return UP_MS

    def try_now(self):
        self.tried += 1


def waiting(**facts):
    return Status(
        "waiting", **{"waiting": 12, "since_ms": SINCE_MS, "last_ok_ms": UP_MS - 5_520_000, **facts}
    )


NOT_PAIRED = Status("not_paired", waiting=3, since_ms=SINCE_MS, next="pair")
