"""Every file of the lock files is there for each Python and processor that a machine may have."""

import subprocess
import sys

import pytest

from tests.conventions.tree import ROOT

LONGEST_S = 900


@pytest.mark.parametrize("lock", ["kiosk", "server"])
@pytest.mark.parametrize("python", ["311", "313"])
@pytest.mark.parametrize("processor", ["x86_64", "aarch64"])
def test_no_machine_needs_a_compiler(lock, python, processor, tmp_path):
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--require-hashes"]
    kinds = [f"--platform=manylinux{kind}_{processor}" for kind in ("2014", "_2_17", "_2_28")]
    abis = [f"--abi={abi}" for abi in (f"cp{python}", "abi3", "none")]
    what = ["--only-binary=:all:", "--implementation=cp", f"--python-version={python}"]
    named = ["-r", ROOT / "deploy" / "lock" / f"{lock}.txt", "-d", tmp_path]
    ran = subprocess.run(
        [*command, *what, *kinds, *abis, *named], timeout=LONGEST_S, check=False,
        capture_output=True, text=True,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-2000:]
