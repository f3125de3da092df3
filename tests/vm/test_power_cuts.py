"""The power goes while a kiosk is installed, or takes an update: it is begun again, and ends well."""

import json

import pytest

from tests.vm.booted import until
from tests.vm.door import Door
from tests.vm.updates import GONE_S, OLD, Updates
from tests.vm.versions import NEW

CARD = "04B39E62072BD4"
TAKING = ("verified", "unpacked", "installed", "tried", "noted", "switched", "started")
GOING_BACK = ("marked as failed", "switched back", "forgotten")
PACKAGES_AND_PROGRAM = (
    "root/usr/bin/labwc",
    f"data/app/{OLD}/bin/python3",
    f"data/app/{OLD}/lib/python3.13/site-packages/kivy",
)
"""What is there when Debian's packages are unpacked and not set up, and while pip works."""
STEP_S = 300
CUT = """
import sys, time
sys.path.insert(0, "/srv/commons")
from functools import partial
from pathlib import Path
from deploy.machine import asking, steps
from deploy.pi.plan import main
seen = Path("/srv/seen").read_text().splitlines()
def after(step):
    if step.says not in seen:
        Path("/srv/cut-here").write_text(step.says)
        time.sleep(1000)
asking.apply = partial(steps.apply, after=after)
sys.exit(main())
"""
"""The installer itself, which stops after the first step that it has not been cut at: the power goes there."""


def comes_in(door):
    """Somebody comes in; what is then known of visits."""
    door.tap_card(CARD)
    until(lambda: not door.is_left(), GONE_S, "it has noticed")
    return door.written("visit")


def starts_again(door, disk, known):
    """The power is back: the rest screen, a version that is whole, and all that was known."""
    disk.cut()
    door.machine.start()
    door.rests()
    updates = Updates(door)
    assert updates.running == updates.current
    assert door.written("visit").items() >= known.items()
    return updates


@pytest.mark.parametrize("step", TAKING)
def test_an_update_goes_on_where_it_was(door_on_disk, disk, versions, step):
    known = comes_in(door_on_disk)
    Updates(door_on_disk).until_cut(step, versions.good())
    updates = starts_again(door_on_disk, disk, known)
    if updates.current == OLD:
        updates.looks_after_them()
        assert not updates.is_on_trial
        updates.take(versions.good())
        door_on_disk.rests()
    assert (updates.current, updates.running, updates.failed) == (NEW, NEW, set())


def test_a_version_that_pip_was_still_installing_is_made_anew(door_on_disk, disk, versions):
    known = comes_in(door_on_disk)
    here = f"app/{NEW}/lib/python3.13/site-packages/kivy"
    Updates(door_on_disk).until_there(here, versions.good())
    updates = starts_again(door_on_disk, disk, known)
    assert updates.current == OLD
    updates.take(versions.good())
    door_on_disk.rests()
    assert updates.running == NEW


@pytest.mark.parametrize("step", GOING_BACK)
def test_one_that_does_not_start_goes_back_as_well(door_on_disk, disk, versions, step):
    known = comes_in(door_on_disk)
    Updates(door_on_disk).until_cut(step, versions.bad("ends when it starts"))
    updates = starts_again(door_on_disk, disk, known)
    updates.looks_after_them()
    door_on_disk.rests()
    assert (updates.current, updates.running, updates.is_on_trial) == (OLD, OLD, False)


def test_one_that_is_being_kept_is_kept(door_on_disk, disk, versions):
    known = comes_in(door_on_disk)
    updates = Updates(door_on_disk)
    updates.take(versions.good())
    door_on_disk.rests()
    until(lambda: door_on_disk.lived_s() > 1, 60, "it has lived for a moment")
    updates.until_cut("pruned", lived_s=1)
    updates = starts_again(door_on_disk, disk, known)
    assert (updates.current, updates.running, updates.failed) == (NEW, NEW, set())


# Installing ---------------------------------------------------------------------------------------


def ends_well(machine):
    """What was begun again is whole: after a start the first question is on the screen."""
    machine.cut()
    machine.start()
    return Door(machine).rests()


def test_a_machine_is_installed_whatever_step_the_power_went_at(machine, disk, record_property):
    here, seen = machine.root / "srv" / "cut-here", []
    while True:
        machine.start(into="multi-user.target")
        here.unlink(missing_ok=True)
        (machine.root / "srv" / "seen").write_text("\n".join(seen))
        (machine.root / "srv" / "cut.py").write_text(CUT)
        words = machine.installs().replace("/srv/commons/deploy/pi/install", "python3 /srv/cut.py")
        running = machine.begin(f"{words} >/srv/said 2>&1")
        until(lambda: here.exists() or running.poll() is not None, STEP_S, "a step is done")
        if not here.exists():
            said = (machine.root / "srv" / "said").read_text()
            assert running.returncode == 0, (json.dumps(seen), said)
            break
        step = until(here.read_text, 5, "it says which")
        machine.cut()
        running.wait()
        disk.cut()
        seen.append(step)
    record_property("steps", seen)
    print(f"{len(seen)} steps, the power cut after each")
    assert len(seen) > 30
    ends_well(machine)


@pytest.mark.parametrize("there", PACKAGES_AND_PROGRAM)
def test_a_step_that_takes_long_is_done_again(machine, disk, there):
    machine.start(into="multi-user.target")
    running = machine.begin(machine.installs())
    until((disk.there / there).exists, STEP_S, f"{there} is there")
    machine.cut()
    running.wait()
    disk.cut()
    machine.start(into="multi-user.target")
    machine.run(machine.installs())
    ends_well(machine)
