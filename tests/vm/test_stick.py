"""A copy on a stick, written by the unit's own command and within all that confines it.

A container has no device that is plugged in: the folder stands for a stick that root has mounted.
"""

import re

from kiosk.sealing import new_pair
from kiosk.stick import FOLDER, KEY_NAME
from tests.conventions.tree import ROOT
from tests.vm.door import differing

UNIT = ROOT / "deploy" / "pi" / "units" / "kiosk-stick@.service"
OF_A_DEVICE = re.compile(r"^(BindsTo|After|DeviceAllow|ExecCondition|\w+=\+).*\n", re.MULTILINE)
STICK = "/run/kiosk-stick/tried"
SAYS = 0.005
"""A sentence is at least so large a part of a screen; the time is less."""


def test_a_copy_is_written_and_the_door_is_told(door):
    machine, pair = door.machine, new_pair()
    unit = machine.root / "etc/systemd/system/stick-without-a-device@.service"
    unit.write_text(OF_A_DEVICE.sub("", UNIT.read_text("utf-8")))
    as_kiosk = "setpriv --reuid kiosk --regid kiosk --init-groups"
    machine.run(
        f"{as_kiosk} /data/app/current/bin/kiosk stick-key --trust {pair.public} --data /data/kiosk/door"
    )
    machine.run(f"install -d -o kiosk -g kiosk {STICK} && echo {pair.public} >{STICK}/{KEY_NAME}")
    machine.run("systemctl daemon-reload && systemctl restart kiosk-app@door.service")
    resting = door.rests()
    machine.run("systemctl start stick-without-a-device@tried.service")
    copies = machine.run(f"ls {STICK}/{FOLDER}").split()
    assert len(copies) == 1
    shown = machine.keep_picture("stick")
    assert differing(shown, resting) > SAYS
