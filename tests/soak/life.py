"""A kiosk with its window, its hub and its store, a server's process, another kiosk, and the wires.

All are real; only the time is passed in, and the reader hangs on a pseudo-terminal. What is here
moves the time: never while an exchange is under way, which would tell the kiosk a wrong one.
"""

from __future__ import annotations

import threading
import time
from datetime import datetime
from datetime import time as clock_time
from pathlib import Path
from typing import Any

from kiosk.app import KioskApp
from kiosk.config import Config, Place
from kiosk.devices import Devices
from kiosk.memory import keep_together
from sync.client.home import CURSOR
from tests.flows.conftest import DIAGONALS_MM
from tests.flows.surroundings import FRAME_S
from tests.kiosk.hardware.sockets import Sockets
from tests.peers.nursery import Nursery
from tests.peers.world import World
from tests.soak.house import FIRST_DAY, KEY, clock, instant, people
from tests.soak.passing import Passing, SoakFrames
from tests.soak.records import house, two_years_ago

STEP_S = 240.0
"""So far the time moves at once at most: an answer that takes 300 s by the kiosk's clock is none."""
PATIENCE_S = 60.0
MANY = 1_000


class Life:
    """``door``: the kiosk's window as people use it; ``world``: the server and the garden kiosk."""

    def __init__(self, folder: Path, screen: str, days: int, visits: int) -> None:
        keep_together()  # as the kiosk does, before there are other threads
        self.a_moment = threading.Event()
        (folder / "nursery").mkdir()
        self._told = folder / "nursery" / "nursery.log"
        self._nursery = Nursery(folder / "nursery")
        begins = instant(FIRST_DAY, clock_time(7))
        self.world = World(
            self._nursery, folder, f"sqlite:///{folder / 'server.db'}", begins=begins
        )
        self.people = people()
        self.garden = self.world.door("Garden door", "green")
        records = [*house(self.people), *two_years_ago(days, visits)]
        for at in range(0, len(records), MANY):
            self.garden.has(*records[at : at + MANY])
        front = self.world.door("Front door", "blue")
        self.world.settles()
        # It has heard the house without a window; from here on it has one.
        front.power_off()
        self.world.doors.remove(front)
        self.garden.offline()
        self.place, self.network = Place(Path(front.facts["folder"])), front.network
        self.place.key.write_text(KEY.hex())
        self._open(folder, screen)

    def _open(self, folder: Path, screen: str) -> None:
        (folder / "sockets").mkdir()
        self.sockets, self.has_reader = Sockets(folder / "sockets"), False
        config = Config(
            size=screen,
            diagonal_mm=DIAGONALS_MM[screen],
            lang="en",
            name="Front door",
            colour="blue",
            ports={"rdm6300": self.sockets.path("reader")},
            server=self.network.url,
        )
        self.time = Passing(self.world.time)
        self.devices = Devices(
            config,
            self.place,
            play=lambda _tone: None,
            lights=folder / "lights",
            nmcli=lambda: None,
        )
        # Drawing by software is slow: what slides is drawn once, where it ends.
        self.app = KioskApp(
            config, self.place, time=self.time.device, reduced=True, devices=self.devices
        )
        self.app.prepare()
        self.frames = SoakFrames(self.time)
        self.app.open()
        purge_as_the_kiosk_does()
        from tests.soak.door import SoakDoor  # Kivy may be imported only after it was prepared

        self.door = SoakDoor(self)
        self.level()

    @property
    def now(self) -> datetime:
        """This moment, UTC."""
        return self.world.time.now

    # Time --------------------------------------------------------------------------------------

    def passes(self, seconds: float, step_s: float = STEP_S) -> None:
        """Let time go by at the door, in steps: nobody touches it, and nobody sees it before the end."""
        end_s, self.frames.is_drawn = self.time.running_s + seconds, False
        while (left_s := end_s - self.time.running_s) > 1e-6:
            self.quiet()
            self.frames.one(min(left_s, step_s))
            self._is_later()
            self.door._wait_for_the_hub()
            self.frames.one(FRAME_S)
        self.frames.is_drawn = True
        self.door.settle()

    def until(self, moment: datetime, step_s: float = STEP_S) -> None:
        """Let time go by until it is this moment."""
        self.passes(max(0.0, (moment - self.now).total_seconds()), step_s)

    def quiet(self) -> None:
        """Wait until nothing is under way between the door and the server."""
        if self.app.store.outbox(self.app.time.wall_ms(), 1):
            self._is_later()
        self._wait(self.is_quiet, "an exchange to end")

    def _is_later(self) -> None:
        """Let the exchange look at the clock: it waits by this machine's."""
        self.app.syncing._shell.changed()

    def is_quiet(self) -> bool:
        """Whether the door neither asks nor has something to say, or waits to try again."""
        status = self.app.syncing.status()
        if status.next_ms is not None:
            return True
        now_ms = self.app.time.wall_ms()
        return status.next == "listen" and not self.app.store.outbox(now_ms, 1)

    def is_level(self) -> bool:
        """Whether the door has said all and heard all."""
        status = self.app.syncing.status()
        if status.next_ms is not None:
            self.app.syncing.try_now()
        heard = (self.app.store.note(CURSOR) or "") == self.world.cursor
        return status.next == "listen" and not self.app.store.waiting and heard

    def rests(self) -> None:
        """Be level, and wait until the hub's thread has done its own work of the night: the backup."""
        self.level()
        self.app.desk.aside(lambda: None).result(PATIENCE_S)

    def level(self) -> None:
        """Let the time to undo pass, the server look what is due, and the door hear all of it."""
        self.passes(12)
        self.beat()
        self._wait(self.is_level, "all to be sent and heard")
        self.door.settle()

    def reports(self) -> None:
        """The door asks anew, which it does every 25 s; in a pretended month that may be an hour."""
        self.network.lets_go()
        self._wait(self.is_level, "all to be sent and heard")
        self.level()

    def beat(self) -> None:
        """The server does what it does by itself every few minutes."""
        self.world.server.say(do="beat")
        assert self.world.server.hears() == {"done": "beat"}

    def _wait(self, ready: Any, what: str) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while not ready():
            self.frames.poll()
            self.a_moment.wait(0.01)  # the threads that are waited for need the processor
            assert time.monotonic() < deadline, (what, self.app.syncing.status(), clock(self.now))

    # What happens to it ------------------------------------------------------------------------

    def office_opens(self) -> None:
        """Somebody sits down at the kiosk in the garden, which hears all that went on."""
        self.garden.online()
        self.garden.minute()
        self.world.settles()

    def office_shuts(self) -> None:
        """What was done in the garden is at the server, and its network is off again."""
        self.passes(12)
        self.world.beats()
        self.world.settles()
        self.garden.offline()
        self._wait(self.is_level, "what the garden said to be heard")
        self.door.settle()

    def network_goes(self) -> None:
        """No network at the door."""
        self.network.cut()

    def network_comes(self) -> None:
        """The network is back; all that waited goes before the time goes on."""
        self.network.is_well()
        self._wait(self.is_level, "all to be sent and heard")

    def server_restarts(self) -> None:
        """The server's process ends in order, and another one begins."""
        self.quiet()
        self.network.lets_go()
        self.world.stops_serving()
        self.world.serve()
        self._wait(self.is_level, "the new server to be heard")

    def reader(self, *, plugged: bool) -> None:
        """Plug the reader in, or pull it out."""
        if plugged != self.has_reader:
            (self.sockets.plug if plugged else self.sockets.pull)("reader")
        self.has_reader = plugged

    def close(self) -> None:
        """End all of it."""
        self.door.finger.away()
        self.app.close()
        self.network.close()
        self.world.close()
        self._nursery.close()
        self.sockets.close()

    def told_by_servers(self) -> list[str]:
        """Return the lines in which the servers of this life told of trouble."""
        return self._told.read_text("utf-8", "replace").splitlines()


def purge_as_the_kiosk_does() -> None:
    """Kivy's caches forget by the minute, as under ``kiosk.ui.loop``: ``Frames`` lets them not."""
    from kivy.cache import Cache
    from kivy.clock import Clock

    from kiosk.ui.loop import PURGE_S

    Clock.schedule_interval(Cache._purge_by_timeout, PURGE_S)
