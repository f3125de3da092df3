"""This program as an update of itself: what is refused here would leave every kiosk at its old version."""

import subprocess
import sys
from dataclasses import replace

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
