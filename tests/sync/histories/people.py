"""What people do at kiosks, whatever goes on around them."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import rule

from sync.records.hours_decide import fund_of
from tests.sync.histories.happenings import NTH, WHICH, ThingsHappen
from tests.sync.histories.kiosk import Kiosk
from tests.sync.histories.world import Key
from tests.sync.server.village import HUB

WORDS = st.sampled_from(["Soup", "Bread", "Choir", "Bikes"])
HALF_HOURS = st.integers(0, 5)
ROOMS = ("0199b1aa-0000-7000-8000-00000000000a", "0199b1aa-0000-7000-8000-00000000000b")
TWO = ("0199b1aa-0000-7000-8000-0000000000e1", "0199b1aa-0000-7000-8000-0000000000e2")
"""Two who give each other hours."""
DAY = "2026-11-24"
BOOK = "a word " * 100_000
NAME = "Eva Gil of the histories"
FUND = fund_of(HUB)
FIELDS = st.sampled_from(["", "title__en", "title__es", "body__en"])


class PeopleDo(ThingsHappen):
    """Rules about what is written; ``names`` and ``too_large`` are the machine's."""

    names: dict[Key, str]
    too_large: set[Key]

    def one_of(self, kiosk: Kiosk, kind: str, which: int) -> Key | None:
        known = kiosk.holds(kind)
        return known[which % len(known)] if known else None

    @rule(n=NTH, which=WHICH, words=WORDS, field=FIELDS)
    def puts_up_or_edits_a_notice(self, n, which, words, field):
        kiosk = self.kiosk(n)
        key = self.one_of(kiosk, "notice", which) if field else None
        if key:
            kiosk.writes(*key, **{field: words})
        else:
            kiosk.writes("notice", title__en=words, title__es=words, first_lang="en")

    @rule(n=NTH, which=WHICH, leaves=st.booleans())
    def comes_or_leaves(self, n, which, leaves):
        kiosk = self.kiosk(n)
        key = self.one_of(kiosk, "visit", which) if leaves else None
        if key:
            kiosk.writes(*key, left_at=kiosk.says_now())
        else:
            kiosk.writes("visit", how="count", grown_ups=1, came_at=kiosk.says_now())

    @rule(n=NTH, room=st.sampled_from(ROOMS), half=HALF_HOURS)
    def books(self, n, room, half):
        starts = f"{DAY}T{10 + half // 2}:{30 * (half % 2):02}:00"
        self.kiosk(n).writes("booking", room=room, starts=starts, minutes=60, title__en="A group")

    @rule(n=NTH, which=WHICH)
    def gives_a_booking_up(self, n, which):
        kiosk = self.kiosk(n)
        if key := self.one_of(kiosk, "booking", which):
            kiosk.writes(*key, cancelled=1)

    @rule(n=NTH)
    def is_met(self, n):
        name = f"{NAME} {len(self.names)}."
        person = self.kiosk(n).writes("person", name=name, kind="remembered")
        self.names[person] = name
        self.kiosk(n).writes("visit", how="tile", person=person[1], name=name)

    @rule(n=NTH, which=WHICH, again=st.booleans())
    def comes_again_or_wants_to_be_forgotten(self, n, which, again):
        kiosk = self.kiosk(n)
        if key := self.one_of(kiosk, "person", which):
            if again:
                kiosk.writes("visit", how="tile", person=key[1], name=self.names[key])
            else:
                kiosk.erases(key)

    @rule(n=NTH, number=st.integers(1, 3), minutes=st.sampled_from([30, 480]), side=st.integers(0, 2), back=st.booleans())  # fmt: skip
    def says_how_long_it_was(self, n, number, minutes, side, back):
        """side 2: the receiver takes it from the fund, alone."""
        giver, receiver = reversed(TWO) if back else TWO
        party, who = (("giver", giver), ("receiver", receiver))[side % 2]
        if side == 2:
            giver, party, who = FUND, "receiver", receiver
        ok = {f"{party}_ok__{minutes}": 1, f"{party}_hand__{who}": 1}
        one = f"hours-{number}-{giver[-2:]}-{receiver[-2:]}"
        self.kiosk(n).writes("hours", one, giver=giver, receiver=receiver, date=DAY, **ok)

    @rule(n=NTH, which=WHICH)
    def a_newer_kiosk_writes_what_nobody_here_knows(self, n, which):
        kiosk = self.kiosk(n)
        kiosk.writes("kind_of_tomorrow", "one", words={"a": [which, None]})
        if key := self.one_of(kiosk, "notice", which):
            kiosk.writes(*key, from_tomorrow=[which], a_map_of__tomorrow=which)

    @rule(n=NTH)
    def pastes_a_book_into_a_notice(self, n):
        self.too_large.add(self.kiosk(n).writes("notice", title__en="A book", body__en=BOOK))
