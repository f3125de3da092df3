"""A door that runs out of memory while somebody signs in: ``python -m tests.faults.starving '{...}'``.

The nth allocation fails, and the two after it, each time in a fork of its own (CPython's own means
of testing: ``_testcapi.set_nomemory``). A process may die of it; a line of JSON tells what was told
before it did, and what of it was lost.
"""

import json
import os
import shutil
import signal
import sys
from pathlib import Path

from tests.faults.a_day_at_the_door import Forgetting
from tests.faults.stories import lost

MANY = 3
LONGEST_S = 5


def one_try(folder, nth, tell):
    """Sign in while the nth allocation fails, then once more; tell what was told."""
    import _testcapi  # type: ignore[import-not-found]  # CPython has no types for it

    door = Forgetting(folder)
    door.opens()
    tell({"told": door.told()})
    how = "done"
    if nth:
        _testcapi.set_nomemory(nth, nth + MANY)
    try:
        door.somebody_comes()
    except MemoryError:
        how = "no memory"
    finally:
        if nth:
            _testcapi.remove_mem_hooks()
    tell({"how": how, "told": door.told()})
    door.somebody_else_comes()
    tell({"told": door.told()})
    door.close()


def in_a_fork(base, folder, nth):
    """Return every line that one try told, and whether it ended by itself."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(base, folder)
    reading, writing = os.pipe()
    if not os.fork():
        signal.alarm(LONGEST_S)  # a thread that died leaves the other waiting: the watchdog's case
        os.close(reading)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        try:
            one_try(folder, nth, lambda what: os.write(writing, json.dumps(what).encode() + b"\n"))
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        lines = [json.loads(line) for line in pipe if line.endswith(b"\n")]
    _pid, status = os.wait()
    return lines, os.WIFEXITED(status) and len(lines) == 3


def main(what):
    """Let one allocation after another fail."""
    base, folder = Path(what["base"]), Path(what["folder"])
    usual, _ended = in_a_fork(base, folder, 0)
    for nth in what["nths"]:
        lines, ended = in_a_fork(base, folder, nth)
        before = lines[-1]["told"] if lines else usual[0]["told"]
        # It is the first that a door whose process died may have kept without having said so.
        after = before if ended else {**before, **usual[min(len(lines), 2)]["told"]}
        how = "died" if not ended else lines[1]["how"]
        print(
            json.dumps({"nth": nth, "how": how, "wrong": lost(folder, Forgetting, before, after)})
        )


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
