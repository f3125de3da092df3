"""What the tests would notice: each small change of the pure rooms, made alone, and whether a test fails.

    python -m tests.mutants          an hour on two cores; mutmut works in build/mutants

Prints how many changes were noticed ("killed") in each room and what was not, function by function;
the names are in build/mutants/survivors.txt, and ``../venv/bin/mutmut show NAME`` in
build/mutants/tree shows one. Why some may stay stands in docs/mutants.md. Answers 1 where a room has
less than nine of ten killed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
HOME = ROOT / "build" / "mutants"
TREE = HOME / "tree"
ROOMS = {"sync, its pure part": "sync.", "kiosk/hub": "kiosk.hub."}
KILLED = ("killed", "timeout")
"""What mutmut says of a change that was noticed; a test that never ends notices, too."""
LEAST_PERCENT = 90
COPIED = ("sync", "kiosk", "tests", "assets", "deploy", "docs")
COPIED_FILES = ("README.md", "pyproject.toml", "requirements.txt")


def mutmut() -> Path:
    """Return the program, installed where it was not or where its pins changed."""
    folder, wanted = HOME / "venv", HERE / "requirements.txt"
    kept = folder / "installed.txt"
    pins = b"".join(path.read_bytes() for path in (wanted, HERE.parent / "requirements.txt"))
    if not kept.is_file() or kept.read_bytes() != pins:
        _run(sys.executable, "-m", "venv", "--clear", str(folder))
        pip = (str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet")
        _run(*pip, "--disable-pip-version-check", "--no-input", "-r", str(wanted))
        kept.write_bytes(pins)
    return folder / "bin" / "mutmut"


def a_copy() -> None:
    """Make a fresh copy of the tree, in which mutmut may change what it likes."""
    shutil.rmtree(TREE, ignore_errors=True)
    TREE.mkdir(parents=True)
    for name in COPIED:
        shutil.copytree(ROOT / name, TREE / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in COPIED_FILES:
        shutil.copy(ROOT / name, TREE / name)
    shutil.copy(HERE / "setup.cfg", TREE / "setup.cfg")


def results(program: Path) -> dict[str, str]:
    """Change the code, run the tests, return what became of each change by its name."""
    # The same random examples every time; a zone that is no hub's shows what asks for the machine's.
    surroundings = os.environ | {"CI": "1", "TZ": "Pacific/Kiritimati"}
    with (HOME / "mutmut.log").open("w") as log:
        children = str(os.cpu_count() or 1)
        command = (str(program), "run", "--max-children", children)
        subprocess.run(command, check=True, cwd=TREE, env=surroundings, stdout=log, stderr=log)
    said = _run(str(program), "results", "--all", "true", cwd=TREE)
    lines = (line.strip().rsplit(": ", 1) for line in said.splitlines() if ": " in line)
    return dict(lines)


def told(found: dict[str, str]) -> bool:
    """Print what was found; say whether every room has enough killed."""
    survivors = {name: status for name, status in found.items() if status not in KILLED}
    listed = "".join(f"{name}: {status}\n" for name, status in survivors.items())
    (HOME / "survivors.txt").write_text(listed)
    for function, count in sorted(Counter(map(_function, survivors)).items()):
        print(f"{count:5} not noticed in {function}")
    enough = True
    for room, opens in ROOMS.items():
        changes = sum(name.startswith(opens) for name in found)
        killed = changes - sum(name.startswith(opens) for name in survivors)
        percent = 100 * killed / changes if changes else 0.0
        enough &= percent >= LEAST_PERCENT
        print(f"{room}: {killed} of {changes} killed, {percent:.1f} % (at least {LEAST_PERCENT})")
    return enough


def _function(mutant: str) -> str:
    # mutmut's "x_name", of a method "xǁClassǁname".
    module, _, mangled = mutant.rpartition("__mutmut_")[0].rpartition(".")
    return f"{module}.{mangled.removeprefix('x_').removeprefix('xǁ').replace('ǁ', '.')}"


def _run(*command: str, cwd: Path = ROOT) -> str:
    done = subprocess.run(
        command, check=True, cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def main() -> int:
    """Do everything; answer 1 where too little was noticed."""
    program = mutmut()
    a_copy()
    print(
        "each change is made and tried, for an hour: build/mutants/mutmut.log tells how far it is"
    )
    return 0 if told(results(program)) else 1


if __name__ == "__main__":
    sys.exit(main())
