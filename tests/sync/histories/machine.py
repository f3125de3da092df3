"""Random histories of kiosks, a wall and a server; what must be true is checked after every step."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from sync.merge import is_erased
from tests.sync.histories import truths
from tests.sync.histories.people import ROOMS, PeopleDo
from tests.sync.histories.world import Key, World
from tests.sync.server.village import OTHER

MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None


class Histories(PeopleDo):
    """Two to four kiosks and a wall at one hub, and everything that happens to them."""

    url, on_files = "", False

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="histories-", dir=MEMORY))
        self.world = World(self.folder, self.url, on_files=self.on_files)
        self.promised: dict[Key, object] = {}
        self.names: dict[Key, str] = {}
        self.forgotten: set[Key] = set()
        self.too_large: set[Key] = set()
        self.is_back = True  # everybody has met the server since it was restored

    @initialize(count=st.integers(2, 3))
    def opens(self, count):
        self.world.furnishes(**dict.fromkeys(ROOMS, "A room"))
        for _ in range(count):
            self.world.kiosk()
        self.world.wall()
        self.world.backs_up()

    @rule()
    def the_server_is_backed_up(self):
        self.world.backs_up()

    @rule()
    def the_server_is_restored(self):
        self.world.restores()
        self.is_back = False
        self._what_nobody_holds_was_never_promised(self.promised)

    @rule()
    def everybody_meets(self):
        self.world.settles()
        self.is_back = True
        held = self.world.server_holds()
        self.a_promise_is_kept(held)
        self.all_hold_the_same(held)

    @invariant()
    def after_every_step(self):
        if self.world.kiosks:
            held = self.world.server_holds()
            self.a_promise_is_kept(held)
            self.nobody_who_was_forgotten_is_at_the_server(held)
        # Nothing of another hub changes by what happens here.
        assert self.world.server_holds(OTHER) == self.world.theirs

    def a_promise_is_kept(self, held):
        if not self.is_back:
            return  # a restored server hears of its promises again from the kiosks
        if self.world.given_up:
            self._what_nobody_holds_was_never_promised(self.world.given_up)
            self.world.given_up.clear()
        now = truths.promised(held)
        assert self.promised.items() <= now.items(), self.promised.items() - now.items()
        self.promised = now
        truths.no_room_is_promised_twice(held, self.world.restored_ms)
        truths.hours_are_in_balance(held)
        truths.no_two_kiosks_share_a_colour(held)

    def nobody_who_was_forgotten_is_at_the_server(self, held):
        self.forgotten |= {key for key in held if key[0] == "person" and is_erased(held[key])}
        truths.no_word_is_left(self.names, self.forgotten, held)  # whatever was restored since

    def all_hold_the_same(self, held):
        """What is so once everybody has met."""
        world = self.world
        truths.everything_is_there(world, held, self.too_large)
        for kiosk in world.kiosks:
            truths.holds_the_same(kiosk, held, self.too_large)
            truths.no_word_is_left(self.names, world.erased, kiosk.everything())
        for wall in world.walls:
            truths.shows_what_it_may(wall, held)
        truths.no_clock_was_dragged(held, world.village.latest_ms)
        assert all(key not in held or is_erased(held[key]) for key in world.erased)
        truths.is_quiet(world)
        truths.is_tidy(world, held)
        if self.on_files:
            truths.no_byte_is_left(world, self.names)

    def teardown(self):
        try:
            if self.world.kiosks:
                self.everybody_meets()
        finally:
            self.world.close()
            for path in sorted(self.folder.rglob("*"), reverse=True):
                path.unlink() if path.is_file() else path.rmdir()
            self.folder.rmdir()

    def _what_nobody_holds_was_never_promised(self, keys):
        held = [kiosk.everything() for kiosk in self.world.kiosks]
        known = [truths.promised(one) for one in (self.world.server_holds(), *held)]
        lost = {key for key in keys if not any(key in one for one in known)}
        self.promised = {key: said for key, said in self.promised.items() if key not in lost}
