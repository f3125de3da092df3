"""New versions on a kiosk whose systemd runs: a good one stays, any other makes room for the one before."""

import pytest

from tests.vm.booted import until
from tests.vm.nights import a_web_server, it_is_night
from tests.vm.updates import GONE_S, OLD, Updates
from tests.vm.versions import NEW

CARD = "04B39E62072BD4"
LIVED_S = 600


@pytest.fixture
def updates(door):
    """Of a door at which somebody has just come in, and nobody stands any more."""
    door.tap_card(CARD)
    until(lambda: not door.is_left(), GONE_S, "it has noticed")
    until(door.is_left, GONE_S, "nobody is at the door")
    return Updates(door)


def test_a_good_version_is_fetched_at_night_and_kept_after_ten_minutes(updates, versions):
    door, known = updates.door, updates.door.written("visit")
    it_is_night(door.machine)
    with a_web_server(door.machine, versions.good().parent):
        assert f"{NEW} is on trial" in updates.looks_after_them()
        door.rests()
        assert (updates.current, updates.running, updates.is_on_trial) == (NEW, NEW, True)
        assert door.written("visit").items() >= known.items()
        until(lambda: door.lived_s() > LIVED_S, LIVED_S + 60, "ten minutes have passed")
        assert "keep" in updates.looks_after_them()
        assert (updates.current, updates.is_on_trial, updates.failed) == (NEW, False, set())
        assert "nothing to do" in updates.looks_after_them()
    assert (door.machine.data / "app" / OLD / "whole").exists()


@pytest.mark.parametrize("fault", ["ends when it starts", "hangs when it starts"])
def test_one_that_does_not_start_is_seen_by_nobody_for_long(updates, versions, fault):
    door, known = updates.door, updates.door.written("visit")
    resting = door.rests()
    assert f"did not start at the door; {OLD} runs again" in updates.refusal(versions.bad(fault))
    door.rests()
    assert (updates.current, updates.running, updates.is_on_trial) == (OLD, OLD, False)
    assert door.written("visit").items() >= known.items()
    until(lambda: door.shows(resting), 5, "the rest screen is shown")
    assert f"{NEW} failed here before" in updates.refusal(versions.bad(fault))


@pytest.mark.parametrize("fault", ["ends again and again", "hangs again and again"])
def test_one_that_stops_again_and_again_goes_whatever_becomes_of_the_machine(
    updates, versions, fault, record_property
):
    door, known = updates.door, updates.door.written("visit")
    assert f"{NEW} is on trial" in updates.take(versions.bad(fault))
    record_property("restarts of the machine", updates.wait_until_judged())
    door.rests()
    assert (updates.current, updates.running, updates.failed) == (OLD, OLD, {NEW})
    assert door.written("visit").items() >= known.items()


@pytest.mark.parametrize(
    "fault", ["loses records of its copy", "ends on its copy", "hangs on its copy"]
)
def test_one_that_does_not_stand_a_copy_never_reaches_the_door(updates, versions, fault):
    door, known, process = updates.door, updates.door.written("visit"), updates.door.process()
    assert "did not stand its trial on a copy of door" in updates.refusal(versions.bad(fault))
    assert (updates.current, door.process(), updates.failed) == (OLD, process, {NEW})
    assert door.written("visit") == known


def test_what_somebody_else_signed_is_not_even_opened(updates, versions):
    process = updates.door.process()
    assert "is not signed by" in updates.refusal(versions.of_somebody_else())
    assert (updates.current, updates.door.process(), updates.failed) == (OLD, process, set())
    assert not (updates.door.machine.data / "app" / "work" / "unpacked").exists()
