"""An allocation fails while somebody signs in, one after another: nothing that was told is lost."""

import json
import subprocess
import sys
from collections import Counter
from random import Random

import pytest

from tests.faults.a_day_at_the_door import Forgetting
from tests.faults.failing_files import ROOT

TRIES, LAST = 400, 4_000
"""So many of the allocations of a sign-in; there are some thousand."""


def test_what_was_told_is_there_whichever_allocation_fails(bases, tally, every, tmp_path):
    pytest.importorskip("_testcapi", reason="this Python was installed without its test modules")
    nths = sorted(Random(every).sample(range(1, LAST), TRIES // every))
    what = {"base": str(bases(Forgetting)), "folder": str(tmp_path / "door"), "nths": nths}
    ran = subprocess.run(
        [sys.executable, "-m", "tests.faults.starving", json.dumps(what)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    found = [json.loads(line) for line in ran.stdout.splitlines()]
    ways = Counter(one["how"] for one in found)
    for how, times in ways.items():
        tally(f"out of memory: {how}", times)
    assert [one for one in found if one["wrong"]] == []
    assert len(found) == len(nths)
    assert ways["no memory"] or every > 10
