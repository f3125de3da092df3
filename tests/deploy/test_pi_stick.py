"""What root does for a stick: look whose it is, mount it, let go of it; on a machine without sticks."""

import os
import re
import subprocess
from dataclasses import replace

import pytest

from deploy.machine.steps import apply
from deploy.pi.files import TOOLS
from kiosk.stick import KEY_NAME
from tests.deploy.pretend import ROOT, debian
from tests.deploy.test_pi_install import BOOT, WISH, quiet

UNIT = (ROOT / "deploy/pi/units/kiosk-stick@.service").read_text("utf-8")
RULES = "/etc/udev/rules.d/99-commons-sticks.rules"
MOUNT = """\
#!/bin/sh
echo "mount $*" >>"$CALLED"
[ -z "${BROKEN:-}" ] || exit 32
for folder in "$@"; do :; done
[ -z "${CARRIES:-}" ] || touch "$folder/hub-backup.key"
echo "$folder" >"$CALLED.mounted"
"""
UMOUNT = """\
#!/bin/sh
echo "umount $*" >>"$CALLED"
for folder in "$@"; do :; done
[ -z "${TORN:-}" ] || [ "$1" = --lazy ] || exit 32
rm -f "$folder/hub-backup.key" "$CALLED.mounted"
"""
MOUNTPOINT = """\
#!/bin/sh
[ "$(cat "$CALLED.mounted" 2>/dev/null)" = "$2" ]
"""


@pytest.fixture
def stick(tmp_path):
    """Run ``deploy/pi/stick`` with tools that only say what they were asked; its folder is ours."""
    tools, called, folder = tmp_path / "tools", tmp_path / "called", tmp_path / "run"
    tools.mkdir()
    for name, text in (("mount", MOUNT), ("umount", UMOUNT), ("mountpoint", MOUNTPOINT)):
        (tools / name).write_text(text)
        (tools / name).chmod(0o755)
    text = (ROOT / "deploy/pi/stick").read_text("utf-8")
    script = tools / "stick"
    script.write_text(text.replace("/run/kiosk-stick", str(folder)))

    def run(verb, **facts):
        env = {"PATH": f"{tools}:{os.environ['PATH']}", "CALLED": str(called), **facts}
        ran = subprocess.run(["sh", script, verb, "sda1"], env=env, check=False, timeout=20)
        said = called.read_text().splitlines() if called.exists() else []
        called.unlink(missing_ok=True)
        return ran.returncode, said, sorted(path.name for path in folder.rglob("*"))

    return run


def test_a_stick_is_looked_at_without_being_written_to_and_let_go_of(stick):
    ended, (mounted, let_go), left = stick("look", CARRIES="1")
    assert (ended, left) == (0, [])
    assert " -o ro," in mounted
    assert let_go.startswith("umount ")


def test_a_stick_that_is_none_of_ours_ends_the_matter(stick):
    ended, said, left = stick("look")
    assert (ended, len(said), left) == (1, 2, [])


def test_what_cannot_be_mounted_is_none_of_ours(stick):
    ended, _said, left = stick("look", BROKEN="1")
    assert 0 < ended < 255
    assert left == []


def test_nothing_on_a_stick_is_ever_run_and_the_kiosk_alone_reads_it(stick):
    for verb in ("look", "take"):
        _ended, said, _left = stick(verb, CARRIES="1")
        options = re.search(r"-o (\S+)", said[0]).group(1).split(",")
        assert {"nosuid", "nodev", "noexec", "uid=kiosk", "umask=0077"} <= set(options)
        assert "-t vfat,exfat" in said[0]
        stick("leave")


def test_a_stick_is_let_go_of_also_when_it_was_torn_out_or_never_mounted(stick):
    stick("take", CARRIES="1")
    assert stick("leave", TORN="1")[::2] == (0, [])
    assert stick("leave") == (0, [], [])


def test_the_key_s_name_is_the_same_everywhere():
    assert KEY_NAME in (ROOT / "deploy/pi/stick").read_text("utf-8")


def test_only_root_mounts_and_whatever_comes_the_stick_is_let_go_of_before_the_door_says_so():
    steps = re.findall(r"^(Exec\w+)=(\S+) ?(\S*)", UNIT, re.MULTILINE)
    assert [(name, tool.rsplit("/", 1)[-1], verb) for name, tool, verb in steps] == [
        ("ExecCondition", "stick", "look"),
        ("ExecStartPre", "stick", "take"),
        ("ExecStart", "kiosk", "backup-stick"),
        ("ExecStopPost", "stick", "leave"),
        ("ExecStopPost", "kiosk", "stick-ended"),
    ]
    assert {tool[0] == "+" for _name, tool, _verb in steps if tool.endswith("/stick")} == {True}
    assert {tool[0] == "+" for _name, tool, _verb in steps if tool.endswith("/kiosk")} == {False}
    assert "\nUser=kiosk\n" in UNIT


def test_the_unit_s_closed_devices_are_open_to_the_stick_alone():
    assert re.findall(r"^DeviceAllow=(.*)$", UNIT, re.MULTILINE) == ["/dev/%i rw"]


def test_a_door_has_the_rule_and_what_it_starts_and_a_wall_alone_has_not(tmp_path):
    door, wall = debian(tmp_path / "door", **BOOT), debian(tmp_path / "wall", **BOOT)
    apply(steps := steps_of(door), quiet)
    assert steps
    apply(steps_of(wall, door="", wall="HDMI-A-1"), quiet)
    rule = door.read(RULES)
    assert 'ENV{SYSTEMD_WANTS}+="kiosk-stick@%k.service"' in rule
    assert 'ENV{ID_BUS}=="usb"' in rule
    assert 'ENV{ID_FS_TYPE}=="vfat|exfat"' in rule
    assert wall.read(RULES) is None
    assert door.at(f"{TOOLS}/deploy/pi/stick").stat().st_mode & 0o111
    assert door.read("/etc/systemd/system/kiosk-stick@.service") == UNIT


def steps_of(machine, **wish):
    from deploy.pi.plan import steps_of as planned

    return planned(machine, replace(WISH, **wish))
