"""deploy/pi/install: the plan, on a machine that is only a folder."""

import tomllib
from dataclasses import replace
from itertools import count
from xml.dom.minidom import parseString

import pytest

from deploy.machine.steps import NotReady, apply, look, take_back
from deploy.pi import files
from deploy.pi.files import TOOLS
from deploy.pi.plan import CMDLINE, GROUPS, PACKAGES, Wish, checks_of, main, steps_of
from tests.deploy.pretend import ROOT, PowerCut, cut_after, debian, everything

WISH = Wish("0.1.0", key="untrusted comment: ours\nRWQ")
BOOT = {CMDLINE: "console=tty1 root=PARTUUID=1 rootwait\n"}


def quiet(_line):
    """Nobody watches."""


@pytest.fixture
def pi(tmp_path):
    return debian(tmp_path, **BOOT)


def test_a_second_run_finds_everything_done(pi):
    assert apply(steps_of(pi, WISH), quiet) > 30
    before, calls = everything(pi), list(pi.called)
    assert apply(steps_of(pi, WISH), quiet) == 0
    assert (everything(pi), pi.called) == (before, calls)


def test_a_dry_run_changes_nothing(pi):
    before = everything(pi)
    apply(steps_of(pi, WISH), quiet, dry_run=True)
    assert (everything(pi), pi.called) == (before, [])


def test_wherever_the_power_goes_the_next_run_ends_as_if_it_had_stayed(tmp_path):
    whole = debian(tmp_path / "whole", **BOOT)
    apply(steps_of(whole, WISH), quiet)
    for nth in count():
        machine = debian(tmp_path / f"{nth}", **BOOT)
        try:
            apply(steps_of(machine, WISH), quiet, after=cut_after(nth))
        except PowerCut:
            apply(steps_of(machine, WISH), quiet)
        else:
            break
        assert everything(machine) == everything(whole)
    assert nth > 30


def test_packages_that_the_power_left_half_set_up_are_set_up_first(pi):
    pi.facts["half set up"] = {"labwc"}
    apply(steps_of(pi, WISH), quiet)
    assert {*PACKAGES, "overlayroot"} <= pi.facts["packages"]


@pytest.mark.parametrize(
    ("accounts", "groups"),
    [({"kiosk"}, set()), (set(), {"kiosk"}), ({"kiosk"}, {"kiosk"}), ({"kiosk"}, {"kiosk", "lp"})],
    ids=["no group", "only a group", "in no others", "in some others"],
)
def test_an_account_that_the_power_left_half_made_is_made_whole(pi, accounts, groups):
    pi.facts.update(accounts=set(accounts), groups=set(groups))
    apply(steps_of(pi, WISH), quiet)
    assert pi.facts["accounts"] == {"kiosk"}
    assert pi.facts["groups"] >= {"kiosk", *GROUPS.split(",")}


def test_the_root_becomes_read_only_last_of_all_and_data_does_not(pi):
    steps = steps_of(pi, WISH)
    apply(steps, quiet)
    assert "read-only" in steps[-1].says
    assert pi.read(CMDLINE).split()[0] == "overlayroot=tmpfs:recurse=0"
    assert "root=PARTUUID=1" in pi.read(CMDLINE)


def test_uninstalling_leaves_records_and_a_machine_that_can_be_written(pi):
    before = everything(pi)
    steps = steps_of(pi, WISH)
    apply(steps, quiet)
    pi.write("/data/kiosk/door/hub.db", "records")
    take_back(steps, quiet)
    left = everything(pi)
    assert left.pop("data/kiosk/door/hub.db") == "records"
    assert 'mode = "door"' in left.pop("data/kiosk/door/kiosk.toml")
    assert left == before


def test_networks_that_are_known_stay_known_and_what_the_door_joined_is_not_written_over(pi):
    told = "/etc/NetworkManager/system-connections"
    for name in ("preconfigured", "Casa"):
        pi.write(f"{told}/{name}.nmconnection", f"{name}, as it was told")
    pi.write("/data/network/Casa.nmconnection", "Casa, with its new password")
    apply(steps_of(pi, WISH), quiet)
    kept = pi.at("/data/network")
    assert {one.name: one.read_text() for one in kept.glob("*.nmconnection")} == {
        "Casa.nmconnection": "Casa, with its new password",
        "preconfigured.nmconnection": "preconfigured, as it was told",
    }
    assert f"path={files.NETWORKS}\n" in pi.read("/etc/NetworkManager/conf.d/commons.conf")


def test_measures_that_somebody_changed_are_left_as_they_are(pi):
    pi.write("/data/kiosk/door/kiosk.toml", 'size = "800x480"')
    apply(steps_of(pi, WISH), quiet)
    assert pi.read("/data/kiosk/door/kiosk.toml") == 'size = "800x480"'


def test_a_size_that_is_said_goes_before_the_one_that_was_there_and_the_rest_stays(pi):
    there = 'mode = "door"\nsize = "720x1280"\ndiagonal_mm = 178.0\nname = "Garden"\n\n[sound]\nvolume = 9\n'
    pi.write("/data/kiosk/door/kiosk.toml", there)
    apply(steps_of(pi, replace(WISH, size="1280x800", diagonal_mm=257)), quiet)
    now = there.replace("720x1280", "1280x800").replace("178.0", "257")
    assert pi.read("/data/kiosk/door/kiosk.toml") == now
    assert apply(steps_of(pi, replace(WISH, size="1280x800", diagonal_mm=257)), quiet) == 0


def test_a_size_that_is_said_is_written_where_there_was_none(pi):
    pi.write("/data/kiosk/door/kiosk.toml", 'name = "Garden"\n[sound]\nvolume = 9\n')
    apply(steps_of(pi, replace(WISH, size="1280x800")), quiet)
    now = pi.read("/data/kiosk/door/kiosk.toml")
    assert tomllib.loads(now) == {"name": "Garden", "size": "1280x800", "sound": {"volume": 9}}


def test_the_clock_keeps_its_last_time_in_a_folder_that_is_its_own(pi):
    apply(steps_of(pi, WISH), quiet)
    kept = pi.read("/etc/systemd/system/systemd-timesyncd.service.d/commons.conf")
    assert "BindPaths=/data/clock:" in kept
    assert "ExecStartPre" not in kept  # it would look for what it is there to make
    assert pi.owner("/data/clock") == "systemd-timesync"


def test_a_screen_that_hangs_on_its_side_is_turned_when_it_starts(pi):
    apply(steps_of(pi, replace(WISH, turn=90)), quiet)
    assert "wlr-randr --output DSI-1 --transform 90" in pi.read("/etc/kiosk/labwc/autostart")


def test_everything_that_is_wrong_is_said_before_anything_is_changed(pi):
    checks = checks_of(pi, replace(WISH, door="the left one"))
    with pytest.raises(NotReady) as found:
        look(checks, quiet)
    said = " ".join(found.value.reasons)
    assert "the left one" in said
    assert "no partition of its own" in said


def rc_xml(machine):
    """What labwc is told, as a tree: each element by its name."""
    return parseString(machine.read("/etc/kiosk/labwc/rc.xml")).getElementsByTagName  # noqa: S318  # ours


def test_a_key_that_is_not_there_is_said_before_anything_else(capsys, monkeypatch):
    monkeypatch.setattr("sys.argv", ["install", "--dry-run", "--key", "no-such.pub"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "--key: no-such.pub cannot be read" in capsys.readouterr().err


def test_a_door_and_a_wall_have_a_unit_and_a_screen_each(pi):
    apply(steps_of(pi, replace(WISH, wall="HDMI-A-1")), quiet)
    assert pi.at("/etc/systemd/system/wanted/kiosk-app@wall.service").exists()
    titles = [one.getAttribute("title") for one in rc_xml(pi)("windowRule")]
    moved = [
        one.getAttribute("output")
        for one in rc_xml(pi)("action")
        if one.getAttribute("name") == "MoveToOutput"
    ]
    assert (titles, moved) == (["Door", "Wall"], ["DSI-1", "HDMI-A-1"])


def test_keys_go_to_the_door_also_when_the_wall_starts_later_or_is_touched(pi):
    """A reader that types is a keyboard: labwc gives the keys to the window that came last."""
    apply(steps_of(pi, replace(WISH, wall="HDMI-A-1")), quiet)
    of_wall = [one for one in rc_xml(pi)("windowRule") if one.getAttribute("title") == "Wall"]
    for place in (*of_wall, *rc_xml(pi)("mousebind")):
        last = place.getElementsByTagName("action")[-1]
        assert last.getAttribute("name") == "FocusOutput"
        assert last.getAttribute("output") == "DSI-1"


def test_labwc_loads_no_binding_of_its_own(pi):
    """With an empty list of keys or of buttons it would: Alt-F4 closed the door."""
    apply(steps_of(pi, WISH), quiet)
    (key,) = rc_xml(pi)("keybind")
    assert [one.getAttribute("name") for one in key.getElementsByTagName("action")] == ["None"]
    assert rc_xml(pi)("mousebind")


@pytest.mark.parametrize("key", ["Power", "Reboot", "Suspend", "Hibernate"])
def test_no_key_of_a_keyboard_sends_the_machine_to_sleep_or_restarts_it(pi, key):
    """logind reads every keyboard by itself, whatever the screen does with its keys."""
    apply(steps_of(pi, WISH), quiet)
    told = pi.read("/etc/systemd/logind.conf.d/commons.conf").splitlines()
    assert {f"Handle{key}Key=ignore", f"Handle{key}KeyLongPress=ignore"} <= set(told)


def test_the_account_reads_no_touch_and_nobody_can_log_in():
    assert "input" not in GROUPS.split(",")
    assert not {"sudo", "adm", "wheel"} & set(GROUPS.split(","))
    assert not {"brltty", "modemmanager"} & set(PACKAGES)


def test_what_looks_after_versions_is_no_part_of_one(pi):
    """It runs from the tree that was copied, with nothing but what the system's Python has."""
    apply(steps_of(pi, WISH), quiet)
    copied = pi.at(TOOLS)
    names = {str(path.relative_to(copied)) for path in copied.rglob("*") if path.is_file()}
    assert {"deploy/pi/update", "deploy/pi/updating.py", "deploy/machine/machine.py"} <= names
    assert pi.read(f"{TOOLS}/updates.pub") == WISH.key
    assert (copied / "deploy/pi/update").stat().st_mode & 0o111


def test_without_a_key_no_update_is_ever_taken(pi):
    apply(steps_of(pi, replace(WISH, key="")), quiet)
    assert not pi.at("/etc/systemd/system/wanted/kiosk-update.timer").exists()


def test_every_unit_that_is_started_is_one_that_is_written():
    units = {path.name for path in (ROOT / "deploy" / "pi" / "units").iterdir()}
    assert {"kiosk-screen.service", "kiosk-app@.service", "kiosk-update.timer"} <= units
