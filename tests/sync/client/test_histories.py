"""Random histories of a few devices and a small server: whatever happens, all become the same."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from sync.client.trouble import DAY_MS
from sync.merge import merge
from tests.sync.client.devices import Device, settle
from tests.sync.client.hub import SERVER_MS, Hub

nth = st.integers(0, 2)
names = st.sampled_from(["a", "b", "c", "d", "e", "f", "g"])
faults = st.sampled_from(["lost", "answer lost", "portal", "twice", "well", "well"])
YEAR_MS = 365 * DAY_MS


class Histories(RuleBasedStateMachine):
    """Writes, syncs that fail in every way, power cuts, restores; then all meet again."""

    @initialize(many=st.integers(1, 3), off=st.sampled_from([0, -50 * YEAR_MS, 3 * YEAR_MS]))
    def begins(self, many, off):
        self.hub, self.written = Hub(), {}
        offsets = [SERVER_MS, SERVER_MS + off, SERVER_MS - 5]
        self.devices = [Device(self.hub, n, offsets[n]) for n in range(many)]
        self.backup = self.hub.copy()

    def device(self, nth):
        return self.devices[nth % len(self.devices)]

    @rule(nth=nth, name=names, minute=st.integers(0, 9), undo_s=st.sampled_from([0, 0, 10]))
    def somebody_writes(self, nth, name, minute, undo_s):
        body = self.device(nth).writes(name, undo_s, **{"title.en": f"Soup {minute}"})
        was = self.written.get(name)
        self.written[name] = merge(was, body) if was else body

    @rule(nth=nth, how=faults)
    def an_ask_meets_the_server(self, nth, how):
        self.device(nth).meets(how)

    @rule(nth=nth)
    def a_wait_ends(self, nth):
        self.device(nth).wakes()

    @rule(nth=nth, ms=st.sampled_from([1, 1_000, 10_000, 300_000, DAY_MS]))
    def time_passes(self, nth, ms):
        self.device(nth).passes(ms)

    @rule(nth=nth)
    def the_plug_is_pulled(self, nth):
        self.device(nth).starts()

    @rule(nth=nth, after=st.integers(0, 4))
    def the_plug_is_pulled_between_two_effects(self, nth, after):
        self.device(nth).power = after
        self.device(nth).meets()
        self.device(nth).power = None

    @rule()
    def the_server_is_backed_up(self):
        self.backup = self.hub.copy()

    @rule()
    def the_server_is_restored(self):
        self.hub.restore(self.backup)

    @rule(name=names)
    def a_record_breaks_the_server(self, name):
        self.hub.breaks_on = {name}

    @rule(most=st.sampled_from([1, 2, 500]))
    def the_proxy_takes_only_so_much(self, most):
        self.hub.most = most

    @precondition(lambda self: self.hub.breaks_on)
    @rule()
    def the_server_is_mended(self):
        self.hub.breaks_on = set()

    @invariant()
    def nothing_that_was_written_is_lost(self):
        if not hasattr(self, "written"):
            return
        for name, body in self.written.items():
            key = ("notice", name)
            held = [device.rows[key] for device in self.devices if key in device.rows]
            assert any(merge(one, body) == one for one in held)

    def teardown(self):
        if not hasattr(self, "written"):
            return
        self.hub.breaks_on, self.hub.most = set(), 500
        assert settle(self.devices, self.hub), [device.status for device in self.devices]
        everything = {("notice", name): body for name, body in self.written.items()}
        for device in self.devices:
            assert device.rows == self.hub.rows == everything
            assert device.status.light == "all_sent"
        self.it_is_quiet()
        for device in self.devices:
            device.store.close()

    def it_is_quiet(self):
        asked = [device.asked for device in self.devices]
        for device in self.devices * 3:
            device.passes(25_000)
            device.wakes()
        assert [device.asked for device in self.devices] == asked


TestHistories = Histories.TestCase
TestHistories.settings = settings(max_examples=80, stateful_step_count=40, deadline=None)
