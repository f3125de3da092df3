"""A kiosk without its window: its store on a file, its desk, its clock, its exchange over HTTP.

It is told what people do by lines of JSON on stdin, and answers each with a line that says what
was acknowledged: ``{"done": ...}`` stands for what the screen calls done. ``{"do": "minute"}`` is
what the app does once a minute; ``tap`` is somebody who taps the light.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import SystemRandom
from threading import Condition
from typing import Any

import msgspec

from kiosk.config import Config, Place, write_token
from kiosk.device_clock import DeviceClock
from kiosk.hub.desk import Desk
from kiosk.hub.known_time import LAST_KNOWN
from kiosk.hub.rules import RULES_OF_TIME
from kiosk.hub.snapshot import Device
from kiosk.store import open_store
from kiosk.syncing import Syncing
from sync.client.home import CURSOR
from sync.errors import HubError
from tests.peers.asks import USE_CASES, look, plain, written
from tests.peers.time_told import TimeTold

LONGEST_S = 50
SOON_S = 0.1
LOOK_AGAIN_S = 0.02
"""A cursor that moves without a record is told to nobody: looked for so often."""


@dataclass(frozen=True)
class Facts:
    """What a kiosk begins with.

    time: the file that tells the true time. wrong_ms: how far its wall clock is off. told: the
    system says that it knows the time. boot, began_ms: which boot this is, and when it began.
    """

    folder: str
    time: str
    server: str
    token: str
    name: str = "Door"
    colour: str = "blue"
    boot: str = "boot 1"
    began_ms: int = 0
    wrong_ms: int = 0
    told: bool = False


class Kiosk:
    """All of a kiosk but its screen."""

    def __init__(self, facts: Facts) -> None:
        self.turn, self.sentences = Condition(), list[str]()
        true = TimeTold(Path(facts.time))
        place = Place(Path(facts.folder)).make()
        if not place.token.exists():
            write_token(place, facts.token)
        self.store = open_store(place.store)
        self.clock = DeviceClock(
            self.store.note(LAST_KNOWN) or 0,
            wall_ms=lambda: true.now_ms() + facts.wrong_ms,
            mono_ms=lambda: true.now_ms() - facts.began_ms,
            was_told=lambda: facts.told,
            boot=lambda: facts.boot,
        )
        device = Device(self.store.node, facts.colour, facts.name)
        self.desk = Desk(self.store, device, self.clock, dice=SystemRandom(), rules=RULES_OF_TIME)
        self.clock.when_told(self.desk.date)
        self.syncing = Syncing(
            Config(server=facts.server, name=facts.name, colour=facts.colour),
            place,
            store=self.store,
            desk=self.desk,
            clock=self.clock,
            changed=self._changed,
            say=self.sentences.append,
        )
        self.desk.listen(lambda _hub, _kinds: self._changed())
        self.desk.tick()
        self.syncing.start()

    def close(self) -> None:
        """End as the app does."""
        self.syncing.close()
        self.desk.close()
        self.store.close()

    def answer(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Do what a line says, and return what is to be said of it."""
        what = asked.pop("do")
        try:
            if what in USE_CASES:
                ask_type, use_case = USE_CASES[what]
                ask = msgspec.convert(asked, ask_type)
                done = self.desk.ask(use_case, ask).result(LONGEST_S)
                return {"done": plain(done.result)}
            return {"done": getattr(self, f"_{what}")(**asked)}
        except HubError as why:
            return {"refused": type(why).__name__, "facts": plain(why.facts())}

    def _write(self, acts: list[dict[str, Any]]) -> None:
        self.desk.ask(written, acts).result(LONGEST_S)

    def _minute(self) -> None:
        self.desk.tick().result(LONGEST_S)
        self.syncing._shell.changed()

    def _backup(self) -> None:
        self.desk.aside(lambda: self.store.backup(now_ms=self.clock.wall_ms())).result(LONGEST_S)

    def _tap(self) -> None:
        self.syncing.try_now()

    def _look(self, at: str, **about: Any) -> Any:
        return look(self.desk.snapshot, self.clock.now(), at, **about)

    def _bodies(self) -> Any:
        tables = self.store.tables()
        return [dict(row.body) for kind in tables.kinds for row in tables[kind].values()]

    def _clock(self) -> Any:
        return {
            "now_ms": self.clock.wall_ms(),
            "hlc": self.store.note("clock"),
            "undated": self.store.undated,
            "sure": self.clock.sure,
        }

    def _light(self) -> Any:
        return plain(self.syncing.status())

    def _until(self, **facts: Any) -> Any:
        """Wait until the light says all of this."""
        assert self._wait(lambda: facts.items() <= self._light().items(), LONGEST_S)
        return self._light()

    def _quiet(self, cursor: str, *, taps: bool = True, held: bool = False) -> bool:
        """Return whether all is sent, and everything heard up to the server's cursor.

        taps: somebody taps the light whenever it rests. held: what can still be undone may wait.
        The cursor may be another one soon: whoever asks looks again.
        """

        def is_quiet() -> bool:
            status = self.syncing.status()
            if taps and status.next_ms is not None:
                self.syncing.try_now()
            has_heard = (self.store.note(CURSOR) or "") == cursor
            waiting = self._ready() if held else self.store.waiting
            return status.next == "listen" and not waiting and has_heard

        return self._wait(is_quiet, SOON_S)

    def _ready(self) -> int:
        return len(self.store.outbox(self.clock.wall_ms(), 1))

    def _wait(self, ready: Callable[[], bool], longest_s: float) -> bool:
        until = time.monotonic() + longest_s
        with self.turn:
            while not ready():
                if time.monotonic() > until:
                    return False
                self.turn.wait(LOOK_AGAIN_S)
        return True

    def _changed(self) -> None:
        with self.turn:
            self.turn.notify_all()


def main(facts: dict[str, Any]) -> None:
    """Open, answer every line, close when there are no more."""
    os.umask(0o077)
    kiosk = Kiosk(msgspec.convert(facts, Facts))
    print(
        json.dumps({"open": kiosk.store.node, "mended": kiosk.store.opened.was_damaged}), flush=True
    )
    for line in sys.stdin.buffer:
        print(json.dumps(kiosk.answer(json.loads(line))), flush=True)
    kiosk.close()


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
