"""This program as an update of itself: what is refused here would leave every kiosk at its old version."""

import os
import subprocess
import sys
from dataclasses import replace

from deploy.machine.machine import Machine
from deploy.pi.archive import unpack, verified
from deploy.pi.publishing import publish
from deploy.pi.updater import installer
from deploy.pi.updating import take
from tests.conventions.tree import ROOT
from tests.deploy.test_update import archive, keys, kiosk, make_kiosk  # noqa: F401  # fixtures


def test_this_program_stands_its_own_trial_on_a_copy_of_the_sample(kiosk, archive):  # noqa: F811
    """The real one as the old version and as the new one: backup and self-check are what they say."""
    run = f'#!/bin/sh\ncd "{ROOT}" && exec "{sys.executable}" -m kiosk "$@"\n'
    data = kiosk.records / "door"
    (data / "hub.db").unlink()
    subprocess.run(
        [sys.executable, "-m", "kiosk", "load-sample", "--data", data], cwd=ROOT, check=True
    )
    made = archive("0.2.0")

    def real(unpacked, version):
        kiosk.install(unpacked, version)
        kiosk.shelf.kiosk(version).write_text(run)

    kiosk.shelf.kiosk("0.1.0").write_text(run)
    assert take(replace(kiosk, install=real), made) == "0.2.0"


def test_what_is_published_installs_on_a_machine_without_a_network(keys, tmp_path):  # noqa: F811
    """Every wheel that the lock names is in the archive, and ours starts from it."""
    made = publish(ROOT, keys / "ours", tmp_path / "web", processors=(os.uname().machine,))
    version = verified(made, keys / "ours.pub")
    unpack(made, tmp_path / "unpacked")
    home = tmp_path / "app"
    home.mkdir()
    machine = Machine(env={"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_NO_INDEX": "1"})
    installer(machine, home)(tmp_path / "unpacked", version)
    command = [home / version / "bin" / "kiosk", "--version"]
    said = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)
    assert version in said.stdout
