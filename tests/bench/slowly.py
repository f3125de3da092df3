"""One core at a share of its speed: what a small computer's is beside this one's, without having it here."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

GROUPS = Path("/sys/fs/cgroup")
PERIOD_US = 20_000
"""So short a turn that a start takes many: with long ones the last wait would be most of what is measured."""


@contextmanager
def a_slow_core(share: float) -> Iterator[tuple[str, ...]]:
    """Yield the words before a command that has it run so. Source: cgroups(7). Raises OSError.

    share: of one core, such as 0.25.
    """
    is_new = (GROUPS / "cgroup.controllers").exists()
    group = (GROUPS if is_new else GROUPS / "cpu") / f"bench-{os.getpid()}"
    group.mkdir()
    quota_us = int(share * PERIOD_US)
    try:
        if is_new:
            (GROUPS / "cgroup.subtree_control").write_text("+cpu")
            (group / "cpu.max").write_text(f"{quota_us} {PERIOD_US}")
        else:
            (group / "cpu.cfs_period_us").write_text(str(PERIOD_US))
            (group / "cpu.cfs_quota_us").write_text(str(quota_us))
        joins = f'echo $$ >"{group}/cgroup.procs" && exec taskset --cpu-list 0 "$@"'
        yield ("sh", "-c", joins, "sh")
    finally:
        group.rmdir()


def forget_files() -> None:
    """Have the kernel keep nothing of what was read from the disk. Raises OSError."""
    os.sync()
    Path("/proc/sys/vm/drop_caches").write_text("3")
