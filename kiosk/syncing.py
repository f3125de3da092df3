"""This device and its server: the engine of sync and the pairing, as screens and the app see them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from random import SystemRandom
from typing import Any

import msgspec

from kiosk import VERSION
from kiosk.config import BadSetting, Config, Place, read_token, write_token
from kiosk.device_clock import DeviceClock
from kiosk.hub.desk import Desk
from kiosk.hub.snapshot import Snapshot
from kiosk.picture_fetching import PictureFetching
from kiosk.picture_files import PictureFiles
from kiosk.store import Store
from kiosk.store.mirror import ROLE, WALL
from sync.client.files import fetch_file
from sync.client.home import CURSOR, REFUSED, WORD, Home
from sync.client.leaving import Unsent, may_leave
from sync.client.pairing import Holding, Paired
from sync.client.pairing_shell import PairingShell
from sync.client.shell import Shell
from sync.client.status import Status
from sync.client.wire import Wire
from sync.log import Log
from sync.protocol import Refusal

SOON_S = 0.3
"""A thread that waits for the server is not waited for: it ends with the process."""
HEARD = "heard_ms"
"""The note of when an exchange last succeeded, since 1970; as long as all goes well it lies behind."""
HEARD_EVERY_MS, A_MOMENT_MS = 600_000, 1_000
"""A note costs a commit: so often while all goes well, and the moment that something is in the way."""
log = Log("sync")


class DeviceToken:
    """The token's file; read once, since it is asked for with every exchange."""

    def __init__(self, place: Place) -> None:
        self._place = place
        try:
            self._token = read_token(place)
        except BadSetting:
            log.warning("token.unreadable")  # as if not paired: the screen asks for it
            self._token = ""

    def read(self) -> str:
        """Return the token, "" where there is none."""
        return self._token

    def keep(self, token: str) -> None:
        """Put a new token on the disk."""
        write_token(self._place, token)
        self._token = token


class Syncing:
    """Keeps the hub here and the hub at the server the same; every call returns at once."""

    def __init__(
        self,
        config: Config,
        place: Place,
        *,
        store: Store,
        desk: Desk,
        clock: DeviceClock,
        changed: Callable[[], object],
        say: Callable[[str], object] = lambda _key: None,
    ) -> None:
        """changed: called from other threads when the status or the pairing is another.

        say: called from other threads with the key of a sentence that people should read.
        """
        self._store, self._desk, self._clock = store, desk, clock
        self._token = DeviceToken(place)
        self._changed, self._say = changed, say
        self._noting: Future[None] | None = None
        self._shell = Shell(
            Home(
                store,
                desk,
                clock,
                self._token,
                VERSION,
                colour=config.colour,
                zone=lambda: desk.snapshot.zone,
            ),
            Wire(config.server, clock.mono_ms),
            now_ms=clock.mono_ms,
            dice=SystemRandom(),
            said=lambda _status, what: self._told(what),
        )
        self._pictures = PictureFetching(
            PictureFiles(place.pictures),
            lambda name: fetch_file(config.server, self._token.read(), name),
            hub=lambda: desk.snapshot,
            now=clock.now,
            now_ms=clock.mono_ms,
            changed=changed,
        )
        self.pairing = PairingShell(
            config.server,
            lambda: {"name": config.name, "node": store.node, "role": config.mode},
            holding=self._holding,
            keep=self._paired,
            changed=changed,
        )

    def start(self) -> None:
        """Begin, and hear of every write from now on."""
        self._desk.listen(lambda _hub, _kinds: self._shell.changed())
        self._desk.listen(self._pictures_may_differ)
        self._shell.start()
        self._pictures.start()

    def _pictures_may_differ(self, _hub: Snapshot, kinds: frozenset[str]) -> None:
        if "notice" in kinds:
            self._pictures.look_soon()

    def close(self) -> None:
        """End; before the desk does."""
        self.pairing.end()
        self._pictures.close()
        self._shell.close(SOON_S)

    def status(self) -> Status | None:
        """Return how it stands; before the first exchange of a boot, with the last one of before."""
        status = self._shell.status
        noted_ms = self._store.note(HEARD)
        if status.last_ok_ms is not None or noted_ms is None:
            return status
        return replace(status, last_ok_ms=self.now_ms() - (self._clock.wall_ms() - noted_ms))

    def refusals(self) -> Sequence[Refusal]:
        """Return the records that the server did not take, and why."""
        return msgspec.convert(self._store.note(REFUSED) or [], list[Refusal])

    def now_ms(self) -> int:
        """Return the monotonic clock that the status is told in."""
        return self._clock.mono_ms()

    def try_now(self) -> None:
        """Somebody tapped the light."""
        self._shell.network_up()

    def _told(self, what: str) -> None:
        if what:
            self._say(what)
        self._note_heard()
        self._changed()

    def _note_heard(self) -> None:
        """Keep that the server answered: after a restart people may want to know how old news is."""
        status = self._shell.status
        if status.last_ok_ms is None or (self._noting and not self._noting.done()):
            return
        heard_ms = self._clock.wall_ms() - (self.now_ms() - status.last_ok_ms)
        behind_ms = abs(heard_ms - (self._store.note(HEARD) or 0))
        if behind_ms >= (A_MOMENT_MS if status.trouble else HEARD_EVERY_MS):
            self._noting = self._desk.aside(lambda: self._store.keep_notes(**{HEARD: heard_ms}))

    def _holding(self) -> Holding:
        nowhere_else = self._store.waiting + len(self.refusals())
        return Holding(self._desk.snapshot.hub.id, nowhere_else)

    def _paired(self, paired: Paired) -> None:
        """Begin with a new token: the words too begin anew, and all is offered and heard again.

        Between two exchanges: what a former house still answers is none of this one's.
        """
        self._shell.start(lambda: self._take_on(paired)).result()

    def _take_on(self, paired: Paired) -> None:
        """Be what a volunteer has said yes to.

        What this device is now is noted before a door's token and after a wall's: wherever the power
        goes, what people do at it is sent, or refused aloud; a wall's store keeps it from everybody.
        """
        notes = {ROLE: paired.role, WORD: None, CURSOR: "", HEARD: None}
        begins = partial(self._begin_with, paired, notes)
        if paired.role != WALL:
            self._desk.do(begins).result()
            self._token.keep(paired.token)
            return
        before = self._token.read()
        self._token.keep(paired.token)
        try:
            self._desk.do(begins).result()
        except Exception:
            self._token.keep(before)  # it is the door that it was
            raise

    def _begin_with(self, paired: Paired, notes: dict[str, Any]) -> Any:
        """Offer all to the same house; of another one nothing stays, nor of a wall's copies.

        Raises StillUnsent where somebody wrote here since it was asked what this device holds.
        """
        store, here = self._store, self._desk.snapshot.hub.id
        if here not in ("", paired.hub) or paired.role == WALL:
            may_leave(Unsent(waiting=0 if store.is_mirror else store.waiting))
            return store.empty(**notes, **{REFUSED: []})
        receipt = store.offer_all()
        store.keep_notes(**notes)
        return receipt
