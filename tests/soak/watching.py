"""What a process takes: memory, files, threads, and what lies on the disk."""

from __future__ import annotations

import ctypes
import gc
import json
import os
import threading
from collections import Counter
from pathlib import Path
from typing import Any

KEPT = Path("build/soak")
MOST_TYPES = 40


def taken(store: Path, server_pid: int) -> dict[str, Any]:
    """Return what this process takes when all that nobody needs is given back."""
    gc.unfreeze()
    gc.collect()
    if trim := getattr(ctypes.CDLL(None), "malloc_trim", None):  # glibc has it
        trim(0)
    return {
        "memory_mb": rolled_up("self", "Pss") / 1024,
        "resident_mb": rolled_up("self", "Rss") / 1024,
        "private_mb": rolled_up("self", "Private_Dirty") / 1024,
        "files": len(os.listdir("/proc/self/fd")),
        "threads": threading.active_count(),
        "store_mb": sum(on_disk(store)) / 1e6,
        "server_mb": rolled_up(str(server_pid), "Pss") / 1024,
        "objects": len(gc.get_objects()),
    }


def tidy() -> None:
    """Collect what somebody left: what piles up before it is collected, the process keeps."""
    gc.collect()


def looks_through_less() -> None:
    """What is there now need not be looked through each pretended minute, until ``taken``.

    The door tidies once a minute where nobody touches it, which is most of the machine's time of a
    month that passes in an hour.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def rolled_up(process: str, what: str) -> int:
    """Return kB of a process's memory: Rss, Pss (what is shared counts in part), Private_Dirty."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{what}:"))


def on_disk(store: Path) -> list[int]:
    """Return the bytes of a store and of what SQLite keeps beside it."""
    return [path.stat().st_size for path in store.parent.glob(f"{store.name}*")]


def threads() -> list[str]:
    """Return the names of all threads."""
    return sorted(thread.name for thread in threading.enumerate())


def files() -> Counter[str]:
    """Return what is open, by what it leads to, numbers left out."""
    found = Counter[str]()
    for number in os.listdir("/proc/self/fd"):
        try:
            to = os.readlink(f"/proc/self/fd/{number}")
        except OSError:
            continue
        found["".join(sign for sign in to if not sign.isdigit())] += 1
    return found


def most_of() -> dict[str, int]:
    """Return how many objects there are of the commonest types: where a leak would be seen."""
    found = Counter(f"{type(o).__module__}.{type(o).__qualname__}" for o in gc.get_objects())
    return dict(found.most_common(MOST_TYPES))


def keep(row: dict[str, Any], name: str = "days.jsonl") -> None:
    """Keep a line of figures."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / name).open("a", encoding="utf-8") as file:
        file.write(json.dumps(row) + "\n")


def middle(values: list[float]) -> float:
    """The median, 0 of nothing."""
    return sorted(values)[len(values) // 2] if values else 0.0


def p99(values: list[float]) -> float:
    """The value that 99 of 100 do not exceed."""
    return sorted(values)[max(0, -(-len(values) * 99 // 100) - 1)] if values else 0.0
