"""The page of this device for a volunteer."""

from tests.flows.people import at_work


def test_it_says_version_backup_and_space(door):
    at_work(door, then="volunteer_device").picture("volunteer-device").audit()
    facts = door.shell.screen._facts
    assert facts.free_bytes > 0
    assert {line.what for line in door.shell.screen._lines} >= {
        door.shell.words.say(f"device.{key}") for key in ("backup", "space", "version")
    }


def test_restarting_takes_two_taps(door):
    asked = []
    object.__setattr__(door.shell.around, "restart", lambda: asked.append(1))
    at_work(door, then="volunteer_device").tap("Restart").audit()
    assert not asked
    door.tap("Yes, restart now")
    assert asked == [1]
