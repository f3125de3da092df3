"""What happens to machines, networks and clocks."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from sync.merge import record
from tests.sync.histories.kiosk import FATES, Kiosk
from tests.sync.histories.world import World

WHICH = st.integers(0, 9)
NTH = st.integers(0, 3)
FATE = st.sampled_from(FATES)
HOUR_MS, YEAR_MS = 3600 * 1000, 365 * 24 * 3600 * 1000
CLOCK_ERRORS_MS = (0, 40_000, -40_000, 3 * YEAR_MS, -5 * YEAR_MS)
STEPS_MS = (0, HOUR_MS, -HOUR_MS, 40 * HOUR_MS, -40 * HOUR_MS, 3 * YEAR_MS, -3 * YEAR_MS)


class ThingsHappen(RuleBasedStateMachine):
    """Rules about faults; ``world`` is the machine's."""

    world: World

    def kiosk(self, number: int) -> Kiosk:
        return self.world.kiosks[number % len(self.world.kiosks)]

    @rule(n=NTH, fates=st.lists(FATE, max_size=3))
    def syncs(self, n, fates):
        self.kiosk(n).wakes(*fates)

    @rule(fates=st.lists(FATE, max_size=3))
    def all_sync(self, fates):
        for kiosk in (*self.world.kiosks, *self.world.walls):
            kiosk.wakes(*fates)

    @rule(n=NTH, effects=st.integers(0, 12))
    def loses_power_while_it_syncs(self, n, effects):
        self.kiosk(n).wakes(power=effects)

    @rule(n=NTH, error_ms=st.sampled_from(CLOCK_ERRORS_MS), remembers=st.booleans(), was_told=st.booleans())  # fmt: skip
    def starts_again(self, n, error_ms, remembers, was_told):
        self.kiosk(n).starts_again(error_ms, remembers=remembers, was_told=was_told)

    @rule(minutes=st.sampled_from([1, 7, 60, 600]))
    def time_passes(self, minutes):
        self.world.village.pass_(minutes=minutes)

    @rule()
    def a_day_passes(self):
        self.world.a_day_passes()

    @precondition(lambda self: not self.world.was_away)
    @rule(n=NTH, more=st.sampled_from([0, 1]))
    def is_away_for_four_hundred_days_and_more(self, n, more):
        self.world.is_away(self.kiosk(n), 400 + more)

    @rule(by_ms=st.sampled_from(STEPS_MS))
    def the_servers_clock_steps(self, by_ms):
        self.world.village.error_ms = by_ms

    @rule()
    def the_operator_sees_to_the_clock(self):
        self.world.village.clock_is_right()

    @precondition(lambda self: len(self.world.kiosks) == 2)
    @rule(n=st.integers(0, 1))
    def a_card_is_copied(self, n):
        self.world.copy_of(self.kiosk(n))

    @rule(which=WHICH)
    def a_neighbour_offers_what_is_not_theirs(self, which):
        """With a token of another hub, ids of this one: it all becomes the other hub's."""
        held = self.world.server_holds()
        if bodies := [body for key, body in sorted(held.items()) if key[0] in {"notice", "person"}]:
            body = bodies[which % len(bodies)]
            self.world.neighbour_offers(record(body["kind"], body["id"], {}) | body)
