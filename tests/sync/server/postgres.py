"""A PostgreSQL of one's own: made in a folder, reached by a socket in it, thrown away."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from glob import glob
from pathlib import Path
from typing import Any


def binaries() -> Path | None:
    """The folder of the newest PostgreSQL here, or None."""
    found = sorted(glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda p: int(p.split("/")[4]))
    return Path(found[-1]).parent if found else None


@contextmanager
def a_cluster(bin_: Path, *, durable: bool = False) -> Iterator[str]:
    """Start a throw-away cluster and give the URL of its database.

    durable: every commit is synced, in the temporary folder; else in memory, where there is any.
    """
    # Its socket's path may have 107 letters, and the folder must be open to whom it runs as.
    in_memory = not durable and Path("/dev/shm").is_dir()
    home = Path(tempfile.mkdtemp(prefix="pg-", dir="/dev/shm" if in_memory else None))
    who = _as_somebody(home)
    data = home / "data"
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "cwd": home, **who}
    options = f"{'' if durable else '-F '}-k {home} -c listen_addresses='' -c max_connections=200"
    initdb: list[Any] = [
        bin_ / "initdb",
        "-D",
        data,
        "-U",
        "hub",
        "-A",
        "trust",
        "-N",
        "-E",
        "UTF8",
    ]
    control: list[Any] = [bin_ / "pg_ctl", "-D", data, "-w"]
    try:
        subprocess.run([*initdb, "--locale=C.UTF-8"], check=True, **quiet)
        begin = [*control, "-l", home / "log", "-o", options, "start"]
        subprocess.run(begin, check=True, **quiet)
        yield f"postgresql+psycopg://hub@/postgres?host={home}"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=False, **quiet)
        shutil.rmtree(home, ignore_errors=True)


def _as_somebody(home: Path) -> dict[str, Any]:
    if os.getuid() != 0:
        return {}
    who = next(p for p in pwd.getpwall() if p.pw_name in {"postgres", "nobody"} and p.pw_uid)
    os.chown(home, who.pw_uid, who.pw_gid)
    return {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}
