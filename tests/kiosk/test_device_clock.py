"""The device's clock follows its monotonic clock, and the system only when that was told."""

from datetime import UTC, datetime

import pytest

from kiosk.device_clock import DeviceClock, boot_id, mono_ms, system_was_told, wall_ms
from sync.device_time import Undated

DAY_MS = 86_400_000
TRUE_MS = int(datetime(2026, 11, 23, 9, 42, tzinfo=UTC).timestamp() * 1000)


class Machine:
    """A machine whose clocks are set by hand."""

    def __init__(self, wall_ms=TRUE_MS, *, told=False):
        self.wall_ms, self.mono_ms, self.told = wall_ms, 5_000, told

    def clock(self, last_known_ms=0):
        return DeviceClock(
            last_known_ms,
            wall_ms=lambda: self.wall_ms,
            mono_ms=lambda: self.mono_ms,
            was_told=lambda: self.told,
        )

    def pass_(self, ms):
        self.mono_ms += ms
        self.wall_ms += ms


def ms(clock):
    return int(clock.now().timestamp() * 1000)


@pytest.mark.parametrize("jump_ms", [-TRUE_MS, 3 * 365 * DAY_MS, -60_000])
def test_a_wall_clock_that_jumps_during_a_boot_changes_nothing(jump_ms):
    machine = Machine()
    clock = machine.clock()
    machine.pass_(60_000)
    machine.wall_ms += jump_ms
    clock.look()
    assert ms(clock) == TRUE_MS + 60_000


def test_a_device_without_a_battery_goes_on_from_the_last_known_time():
    clock = Machine(wall_ms=0).clock(last_known_ms=TRUE_MS)
    assert ms(clock) == TRUE_MS
    assert not clock.sure
    assert clock.date_ok


def test_a_clock_three_years_ahead_is_shown_but_nothing_is_removed_by_it():
    clock = Machine(wall_ms=TRUE_MS + 3 * 365 * DAY_MS).clock(last_known_ms=TRUE_MS)
    assert not clock.date_ok
    assert not clock.sure


def test_a_kiosk_that_was_up_for_a_month_still_believes_its_date():
    machine = Machine()
    clock = machine.clock(last_known_ms=TRUE_MS)
    for _ in range(31):
        machine.pass_(DAY_MS)
        clock.look()
    assert clock.date_ok


def test_once_the_system_is_told_the_time_its_word_counts():
    machine = Machine(wall_ms=TRUE_MS + 3 * DAY_MS)
    clock = machine.clock(last_known_ms=TRUE_MS - DAY_MS)
    machine.wall_ms, machine.told = TRUE_MS, True
    clock.look()
    assert ms(clock) == TRUE_MS
    assert clock.sure
    assert clock.date_ok


def test_this_machine_has_clocks_to_read():
    assert wall_ms() > TRUE_MS - 365 * DAY_MS
    assert mono_ms() > 0
    assert system_was_told() in (True, False)


def test_until_it_is_told_it_says_when_a_write_is_made_and_then_no_more():
    machine = Machine()
    clock = machine.clock(last_known_ms=TRUE_MS - DAY_MS)
    assert clock.undated == Undated(clock.boot, 5_000, TRUE_MS - DAY_MS)
    clock.hear_server(TRUE_MS + 60_000, 5_000, 5_000)
    assert clock.undated is None
    assert clock.began_ms == TRUE_MS + 55_000


def test_only_the_first_word_of_a_server_is_news():
    clock, heard = Machine().clock(), []
    clock.when_told(lambda: heard.append("told"))
    clock.hear_server(TRUE_MS, 5_000, 5_000)
    clock.hear_server(TRUE_MS, 5_000, 5_000)
    assert heard == ["told"]


def test_a_boot_has_one_id():
    assert len(boot_id()) == 36
    assert Machine().clock().boot == Machine().clock().boot
