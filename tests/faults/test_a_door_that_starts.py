"""A door whose disk takes nothing from the first write on: it starts, shows, says so, comes back."""

import errno
import json
import os
import shutil
import subprocess
import sys

import pytest

from tests.faults.a_day_at_the_door import Forgetting
from tests.faults.failing_files import ROOT

NOT_NOW = {
    "en": "It cannot be saved just now. What was saved before is safe. Please tell a volunteer.",
    "es": "Ahora no se puede guardar. Lo guardado antes está a salvo. Avisa a alguien del equipo.",
}
LONGEST_S = 120


@pytest.mark.parametrize("lang", NOT_NOW)
@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EROFS], ids=["full", "read-only"])
def test_it_shows_what_is_there_says_so_and_comes_back(
    library, bases, tally, error, lang, tmp_path
):
    shutil.copytree(bases(Forgetting), tmp_path / "door")
    started = subprocess.run(
        [sys.executable, "-m", "tests.faults.a_start", tmp_path / "door", str(error), lang],
        cwd=ROOT,
        env=os.environ | {"LD_PRELOAD": str(library)},
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
        check=False,
    )
    assert started.returncode == 0, started.stderr
    said = json.loads(started.stdout.splitlines()[-1])
    assert (said["first"], said["to a sign-in"]) == (NOT_NOW[lang], NOT_NOW[lang])
    assert (said["shown"], said["visits"], said["visits after"]) == ("rest", 2, 2)
    assert said["comes back"]
    tally("start on a disk that takes nothing")
