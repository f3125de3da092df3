"""The machine that leads dies, again and again: what was acknowledged is kept, and nobody has to come."""

from collections import Counter
from contextlib import ExitStack
from threading import Event
from time import monotonic

import pytest
from sqlalchemy import text

from sync.server.database.engine import Database
from tests.bench.served import a_server
from tests.ha.devices import LONGEST_S, Device

DEVICES = 8
IN_FLIGHT = 40
"""So many acknowledgements in a row before a kill: some commits are always under way."""
_IN_DATABASE = text("SELECT id FROM record WHERE hub_id = :hub AND kind = 'visit'")


class House:
    """Two processes of the server on the three machines' database, and eight devices of a hub."""

    def __init__(self, three, folder, stack):
        self.three, self.hurry = three, Event()
        url = three.cluster.database
        log = stack.enter_context((folder / "servers.log").open("wb"))
        self.servers = [stack.enter_context(a_server(folder, url, log)) for _ in range(2)]
        self.database = Database(url)
        stack.callback(self.database.close)
        self.hub = self.servers[0].hub()
        self.devices = [
            Device(self.servers[nth % 2], self.hub, folder / f"device-{nth}.db", self.hurry)
            for nth in range(DEVICES)
        ]
        for one in self.devices:
            stack.callback(one.close)
            one.begin()

    def sure(self):
        """Return every id that a device was told to be kept."""
        return {one for device in self.devices for one in device.sure()}

    def in_database(self):
        """Return every id that the leader has."""
        with self.database.reading() as connection:
            return set(connection.execute(_IN_DATABASE, {"hub": self.hub}).scalars())

    def is_busy(self):
        """Let every device write as fast as it is answered, until some have been."""
        wanted = len(self.sure()) + IN_FLIGHT
        self.hurry.set()
        self.three.until(lambda: len(self.sure()) >= wanted, pause_s=0.02)

    def leader_dies(self, *, silently):
        """Kill the leader amid writes; return what was lost, and how long nobody took a record."""
        leader = self.three.leader
        self.is_busy()
        leader.kill(silently=silently)
        began, sure = monotonic(), self.sure()
        self.hurry.clear()
        self.three.leader  # waits for the next one
        lost = sure - self.in_database()
        self.three.until(lambda: all(device.is_heard(since=sure) for device in self.devices))
        took_s = monotonic() - began
        leader.power_on()
        self.three.until(self.three.is_whole)
        return lost, took_s


@pytest.fixture
def house(three, tmp_path):
    with ExitStack() as stack:
        yield House(three, tmp_path, stack)


def test_no_acknowledged_record_is_lost_and_nobody_has_to_come(house, kills, capsys):
    for nth in range(1, kills + 1):
        silently = nth % 2 == 0
        lost, took_s = house.leader_dies(silently=silently)
        with capsys.disabled():
            how = "no power" if silently else "SIGKILL"
            print(
                f"\n{nth}: {how}, all devices heard after {took_s:.0f} s, {len(lost)} lost", end=""
            )
        assert not lost
    for device in house.devices:
        device.stops()
    written = {one for device in house.devices for one in device.wrote}
    house.three.until(
        lambda: all(device.is_even(len(written)) for device in house.devices), LONGEST_S
    )
    answers = sum((device.answers for device in house.devices), start=Counter())
    with capsys.disabled():
        print(f"\n{len(written)} records, answers by status: {dict(sorted(answers.items()))}")
    assert house.in_database() == written
    assert [device.holds() for device in house.devices] == [written] * DEVICES
    assert set(answers) <= {200, 503}
    assert [server.process.poll() for server in house.servers] == [None, None]
