"""Every way in which a door's clock can be wrong: nothing goes by it, and the server puts it right."""

import shutil
from datetime import UTC, datetime, timedelta

import pytest

from kiosk.device_clock import DeviceClock
from kiosk.hub.known_time import LAST_KNOWN
from tests.faults.a_day_at_the_door import ANA, OPENS, FirstDay, Forgetting

TRUE_MS = int((OPENS + timedelta(hours=2)).timestamp() * 1000)
DAY_MS = 86_400_000
YEAR_MS = 365 * DAY_MS
AT_THE_START = {
    "1970": -TRUE_MS,
    "3 years back": -3 * YEAR_MS,
    "a day back": -DAY_MS,
    "5 minutes ahead": 300_000,
    "3 days ahead": 3 * DAY_MS,
    "3 years ahead": 3 * YEAR_MS,
    "2100": 74 * YEAR_MS,
}
JUMPS_MEANWHILE = {
    "none": 0,
    "to 1970": -TRUE_MS,
    "3 years back": -3 * YEAR_MS,
    "an hour on": 3_600_000,
    "2 years on": 2 * YEAR_MS,
}
MINUTE_MS = 60_000


class Machine:
    """What the clocks of a machine say; the monotonic one alone is true."""

    def __init__(self, wrong_ms):
        self.up_ms, self.wrong_ms, self.told = 40_000, wrong_ms, False

    def clock(self, last_known_ms):
        return DeviceClock(
            last_known_ms,
            wall_ms=lambda: TRUE_MS + self.up_ms + self.wrong_ms,
            mono_ms=lambda: self.up_ms,
            was_told=lambda: self.told,
            boot=lambda: "boot 7",
        )


@pytest.fixture
def door(bases, tmp_path):
    shutil.copytree(bases(Forgetting), tmp_path / "door")
    door = FirstDay(tmp_path / "door")
    door.opens()
    door.store.keep_notes(**{LAST_KNOWN: TRUE_MS - 600_000})
    yield door
    door.close()


def comes_up_with(door, machine):
    """Start anew on a machine, as the app does."""
    door.close()
    door.clock = machine.clock(TRUE_MS - 600_000)
    door.opens()
    door.clock.when_told(door.desk.date)


def comes(door, machine):
    """Somebody signs in, and a minute goes by with all that time brings."""
    from kiosk.hub.sign_in import ComeVisiting, come_visiting

    asked_ms = TRUE_MS + machine.up_ms
    visit = door.desk.ask(come_visiting, ComeVisiting(said="yes")).result(10).result.visit
    machine.up_ms += MINUTE_MS
    door.desk.tick().result(10)
    return visit, asked_ms


def names(told):
    return {
        key: what["fields"].get("name") for key, what in told.items() if key.startswith("record ")
    }


@pytest.mark.acceptance(15)
@pytest.mark.parametrize("jump", JUMPS_MEANWHILE)
@pytest.mark.parametrize("wrong", AT_THE_START)
def test_nothing_goes_by_a_wrong_clock_and_the_server_dates_what_was_written(
    door, tally, wrong, jump
):
    tally("clock")
    before, machine = names(door.told()), Machine(AT_THE_START[wrong])
    comes_up_with(door, machine)
    came = [comes(door, machine)]
    machine.wrong_ms += JUMPS_MEANWHILE[jump]
    came.append(comes(door, machine))
    after = names(door.told())
    assert {key: after.get(key) for key in before} == before
    assert ANA in str(before)

    server_ms = TRUE_MS + machine.up_ms
    door.clock.hear_server(server_ms, machine.up_ms, machine.up_ms)
    door.desk.aside(lambda: None).result(10)
    visits = door.store.tables()["visit"]
    for visit, asked_ms in came:
        said = datetime.fromisoformat(visits[visit].body["fields"]["came_at"])
        assert abs(said - datetime.fromtimestamp(asked_ms / 1000, UTC)) < timedelta(seconds=2)
    assert not door.store.undated
    ahead = [one for one in stamps(door) if int(one[1:13], 16) > server_ms]
    assert ahead == []


def stamps(door):
    tables = door.store.tables()
    return [
        stamp
        for kind in tables.kinds
        for row in tables[kind].values()
        for stamp in row.body.get("stamps", {}).values()
        if len(stamp) > 1
    ]
