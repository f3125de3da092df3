"""Random histories of kiosks and a server; what must be true is checked after every step."""

from __future__ import annotations

import itertools
import tempfile
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from sync.client.state import Phase
from sync.clock import Reading
from sync.merge import is_erased, merge
from tests.sync.histories.kiosk import FATES, Kiosk
from tests.sync.histories.world import World

WORDS = st.sampled_from(["Soup", "Bread", "Choir", "Bikes"])
FATE = st.sampled_from(FATES)
WHICH = st.integers(0, 9)
HALF_HOURS = st.integers(0, 5)
ROOMS = ("0199b1aa-0000-7000-8000-00000000000a", "0199b1aa-0000-7000-8000-00000000000b")
DAY = "2026-11-24"
YEAR_MS = 365 * 24 * 3600 * 1000
CLOCK_ERRORS_MS = (0, 40_000, -40_000, 3 * YEAR_MS, -5 * YEAR_MS)
BOOK = "a word " * 100_000
NAME = "Eva Gil of the histories"


def top(body) -> str:
    """The latest reading in a record's stamps."""
    stamps = body.get("stamps") or {"erased": f"x{body['erased']}"}
    return max((stamp[1:].partition("~")[0] for stamp in stamps.values()), default="")


class Histories(RuleBasedStateMachine):
    """Two to four kiosks at one hub, and everything that happens to them."""

    url = ""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="histories-"))
        self.world = World(self.folder, self.url)
        self.promised: dict[str, dict] = {}
        self.names: dict[tuple[str, str], str] = {}
        self.forgotten: set[tuple[str, str]] = set()
        self.too_large: set[tuple[str, str]] = set()
        self.is_back = True  # everybody has met the server since it was restored

    @initialize(count=st.integers(2, 3))
    def opens(self, count):
        self.world.furnishes(**dict.fromkeys(ROOMS, "A room"))
        for _ in range(count):
            self.world.kiosk()
        self.world.backs_up()

    @property
    def kiosks(self) -> list[Kiosk]:
        return self.world.kiosks

    def kiosk(self, number: int) -> Kiosk:
        return self.kiosks[number % len(self.kiosks)]

    # People --------------------------------------------------------------------------------

    @rule(n=st.integers(0, 3), which=WHICH, words=WORDS, field=st.sampled_from(["", "title__en", "title__es", "body__en"]))  # fmt: skip
    def puts_up_or_edits_a_notice(self, n, which, words, field):
        kiosk = self.kiosk(n)
        known = kiosk.holds("notice") if field else []
        if known:
            kiosk.writes(*known[which % len(known)], **{field: words})
        else:
            kiosk.writes("notice", title__en=words, title__es=words, first_lang="en")

    @rule(n=st.integers(0, 3), which=WHICH, leaves=st.booleans())
    def comes_or_leaves(self, n, which, leaves):
        kiosk = self.kiosk(n)
        known = kiosk.holds("visit") if leaves else []
        if known:
            kiosk.writes(*known[which % len(known)], left_at="2026-11-23T10:00:00Z")
        else:
            kiosk.writes("visit", how="count", grown_ups=1, came_at="2026-11-23T09:00:00Z")

    @rule(n=st.integers(0, 3), room=st.sampled_from(ROOMS), half=HALF_HOURS)
    def books(self, n, room, half):
        starts = f"{DAY}T{10 + half // 2}:{30 * (half % 2):02}:00"
        self.kiosk(n).writes("booking", room=room, starts=starts, minutes=60, title__en="A group")

    @rule(n=st.integers(0, 3), which=WHICH)
    def gives_a_booking_up(self, n, which):
        kiosk = self.kiosk(n)
        if known := kiosk.holds("booking"):
            kiosk.writes(*known[which % len(known)], cancelled=1)

    @rule(n=st.integers(0, 3))
    def is_met(self, n):
        name = f"{NAME} {len(self.names)}."
        person = self.kiosk(n).writes("person", name=name, kind="remembered")
        self.names[person] = name
        self.kiosk(n).writes("visit", how="tile", person=person[1], name=name)

    @rule(n=st.integers(0, 3), which=WHICH, again=st.booleans())
    def comes_again_or_wants_to_be_forgotten(self, n, which, again):
        kiosk = self.kiosk(n)
        if known := kiosk.holds("person"):
            key = known[which % len(known)]
            if again:
                kiosk.writes("visit", how="tile", person=key[1], name=self.names[key])
            else:
                kiosk.erases(key)

    # What happens to machines and networks ---------------------------------------------------

    @rule(n=st.integers(0, 3), fates=st.lists(FATE, max_size=3))
    def syncs(self, n, fates):
        self.kiosk(n).wakes(*fates)

    @rule(fates=st.lists(FATE, max_size=3))
    def all_sync(self, fates):
        for kiosk in self.kiosks:
            kiosk.wakes(*fates)

    @rule(n=st.integers(0, 3), effects=st.integers(0, 12))
    def loses_power_while_it_syncs(self, n, effects):
        self.kiosk(n).wakes(power=effects)

    @rule(n=st.integers(0, 3), error_ms=st.sampled_from(CLOCK_ERRORS_MS), remembers=st.booleans(), was_told=st.booleans())  # fmt: skip
    def starts_again(self, n, error_ms, remembers, was_told):
        self.kiosk(n).starts_again(error_ms, remembers=remembers, was_told=was_told)

    @rule(minutes=st.sampled_from([1, 7, 60, 600]))
    def time_passes(self, minutes):
        self.world.village.pass_(minutes=minutes)

    @precondition(lambda self: len(self.world.kiosks) == 2)
    @rule(n=st.integers(0, 1))
    def a_card_is_copied(self, n):
        self.world.copy_of(self.kiosk(n))

    @rule(n=st.integers(0, 3))
    def pastes_a_book_into_a_notice(self, n):
        self.too_large.add(self.kiosk(n).writes("notice", title__en="A book", body__en=BOOK))

    @rule()
    def the_server_is_backed_up(self):
        self.world.backs_up()

    @rule()
    def the_server_is_restored(self):
        self.world.restores()
        self.is_back = False
        known = [kiosk.everything() for kiosk in self.kiosks]
        self.promised = {
            one: body for one, body in self.promised.items()
            if any(held.get(("booking", one), body)["fields"].get("confirmed") for held in known
                   if ("booking", one) in held)
        }  # fmt: skip

    @rule()
    def everybody_meets(self):
        self.world.settles()
        self.is_back = True
        self.a_promise_is_kept()
        self.all_hold_the_same()

    # What must be true -----------------------------------------------------------------------

    @invariant()
    def a_promise_is_kept(self):
        if not self.kiosks or not self.is_back:
            return  # a restored server hears of its promises again from the kiosks
        held = self.world.server_holds()
        confirmed = {
            one: body for (kind, one), body in held.items()
            if kind == "booking" and body["fields"].get("confirmed") == 1
        }  # fmt: skip
        assert not self.promised.keys() - confirmed.keys()
        self.promised = confirmed
        standing = [b["fields"] for b in confirmed.values() if not b["fields"].get("cancelled")]
        starts = sorted((f["room"], f["starts"]) for f in standing)
        for (room, first), (other, then) in itertools.pairwise(starts):
            assert room != other or then >= f"{first[:11]}{int(first[11:13]) + 1}{first[13:]}"

    @invariant()
    def nobody_who_was_forgotten_is_at_the_server(self):
        held = self.world.server_holds() if self.kiosks else {}
        self.forgotten |= {key for key, body in held.items() if is_erased(body)}
        self.no_word_is_left(self.forgotten, held)  # whatever was restored since

    def no_word_is_left(self, gone, held):
        said = str([body.get("fields") for body in held.values()])
        for key in gone:
            assert self.names[key] not in said, key
            assert key[1] not in said, key

    def all_hold_the_same(self):
        """Convergence, durability, oblivion: what the server holds then is what was written."""
        held = self.world.server_holds()
        for key, body in self.world.written.items():
            if key in self.too_large:
                continue
            assert merge(held[key], body) == held[key], key
        for kiosk in self.kiosks:
            here = kiosk.everything()
            assert kiosk.store.waiting == 0
            for key, body in held.items():
                mine = here.get(key, body if is_erased(body) else None)
                assert mine == body, (key, mine, body, kiosk.store.node)
            assert here.keys() - self.too_large <= held.keys()
            assert kiosk.state.phase is Phase.IDLE
        latest, of = max(((top(body), str(body)) for body in held.values()), default=("", ""))
        limit = str(Reading(self.world.ms + 300_000, 0, "ffffffff"))
        assert latest <= limit, (limit, of)
        for key in self.world.erased:
            assert is_erased(held[key])
        for kiosk in self.kiosks:
            self.no_word_is_left(self.world.erased, kiosk.everything())

    def teardown(self):
        try:
            if self.kiosks:
                self.everybody_meets()
        finally:
            self.world.close()
            for path in sorted(self.folder.rglob("*"), reverse=True):
                path.unlink() if path.is_file() else path.rmdir()
            self.folder.rmdir()
