"""Join this kiosk to a hub of a server, without its screen: for whoever installs many of them.

It prints a code, waits until somebody has said yes to it at the server, and then until all that
lies here is sent and all that the hub has is here. The server's address and what the server takes
this kiosk for (door or wall) are kept in kiosk.toml. On a kiosk that is joined already it asks for
no code, so it may stand in a script that runs at every start. Ends with 1 where it came to nothing.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from queue import SimpleQueue
from random import SystemRandom
from typing import Literal, cast

import msgspec

from kiosk.cli.opened import store_in
from kiosk.cli.run import with_options
from kiosk.config import Config, Place, read, read_token, write
from kiosk.device_clock import DeviceClock
from kiosk.hub.desk import Desk
from kiosk.hub.known_time import LAST_KNOWN
from kiosk.hub.snapshot import Device
from kiosk.store import Store
from kiosk.store.mirror import ROLE, WALL
from kiosk.syncing import Syncing
from sync.client.pairing import Phase, State
from sync.client.status import Status
from sync.errors import Refused

HELP = "join a hub of a server, without the screen"
CAME_TO_NOTHING = {
    Phase.DENIED: "Somebody at the server said no. Nothing has changed here.",
    Phase.ENDED: "Nobody used the codes. Run this again when somebody is at the server.",
    Phase.HELD: "Records lie here that no server has, and there they would be lost: send or "
    "export them first. Nothing has changed here.",
}


class NoAddress(Refused):
    """Nobody has said where the server is."""

    def __init__(self) -> None:
        super().__init__("say where the server is: --server https://hub.example")


def add(parser: argparse.ArgumentParser) -> None:
    """Add where the server is, and what this screen shall be."""
    parser.add_argument("--server", metavar="URL", help="its address, such as https://hub.example")
    parser.add_argument("--mode", choices=("door", "wall"), help="what this screen shall be")


def run(args: argparse.Namespace) -> int:
    """Join, and say how it went. Raises NoAddress, BadOption, DoorRuns, BadSetting."""
    place = Place(args.data).make()
    before = read(place)
    config = with_options(before, args)
    if not config.server:
        raise NoAddress
    with store_in(args.data) as store:
        with _joining(place, config, store) as joining:
            why_not = joining.until_done()
        if why_not:
            print(why_not)
            return 1
        mode = cast('Literal["door", "wall"]', WALL if store.note(ROLE) == WALL else "door")
        joined = msgspec.structs.replace(config, mode=mode)
        if joined != before:
            write(place, joined)
        records = sum(len(store.tables()[kind]) for kind in store.tables().kinds)
        print(f"Joined as a {mode}: {records:,} records are here, {store.waiting:,} to be sent.")
    return 0


class Joining:
    """A kiosk without its screen; what comes of it is printed as it comes."""

    def __init__(
        self, place: Place, config: Config, store: Store, desk: Desk, clock: DeviceClock
    ) -> None:
        self._mode, self._desk = config.mode, desk
        self._told: SimpleQueue[Status | None] = SimpleQueue()
        self._is_known = bool(read_token(place))
        self._said: set[str] = set()
        self.syncing = Syncing(
            config, place, store=store, desk=desk, clock=clock, changed=self._changed
        )

    def until_done(self) -> str:
        """Wait until all is sent and heard; return "", or why that will not be."""
        if not self._is_known:
            self.syncing.pairing.begin()
        self.syncing.start()
        while True:
            status, state = self._told.get(), self.syncing.pairing.state
            if status and status.light == "not_paired" and self._is_known:
                self._is_known = False  # the server does not know us, or no longer
                self.syncing.pairing.begin()
            self._say(state, status)
            if state.phase in CAME_TO_NOTHING:
                return CAME_TO_NOTHING[state.phase]
            if status and _is_quiet(status):
                return ""

    def _changed(self) -> None:
        self._told.put(self.syncing.status())

    def _say(self, state: State, status: Status | None) -> None:
        if state.code and state.phase is Phase.WAITING:
            self._print(
                asking(
                    state.code.user_code,
                    state.code.expires_in_s // 60,
                    self._desk.snapshot.hub.id,
                    self._mode,
                )
            )
        if state.trouble or (status and status.trouble):
            self._print("The server does not answer as it should; it is tried again.")

    def _print(self, sentence: str) -> None:
        if sentence not in self._said:
            self._said.add(sentence)
            print(sentence, flush=True)


def asking(code: str, minutes: int, hub: str, mode: str) -> str:
    """Return what somebody has to do at the server; hub: the id of the one that lies here, or ""."""
    lines = [f"Code: {code}", f"It is good for {minutes} minutes. At the server:"]
    if hub:
        lines.append(f'  python -m sync.server hub add "NAME" --id {hub}   # once for each hub')
    lines.append(
        f"  python -m sync.server device approve {code} --hub {hub or 'HUB'} --role {mode}"
    )
    return "\n".join(lines)


@contextmanager
def _joining(place: Place, config: Config, store: Store) -> Iterator[Joining]:
    """Have all of a kiosk but its screen for a while."""
    clock = DeviceClock(store.note(LAST_KNOWN) or 0)
    device = Device(store.node, config.colour or "blue", config.name)
    desk = Desk(store, device, clock, dice=SystemRandom())
    clock.when_told(desk.date)
    joining = Joining(place, config, store, desk, clock)
    try:
        yield joining
    finally:
        joining.syncing.close()
        desk.close()


def _is_quiet(status: Status) -> bool:
    """Whether there is nothing more to say or to hear."""
    return status.next == "listen" and not status.trouble and status.light != "not_paired"
