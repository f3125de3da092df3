"""Three machines of a cluster, each in namespaces of its own, on one cable that can be pulled.

A machine is what an operator has: etcd, Patroni and PostgreSQL of Debian's packages with the files
of ``deploy/server/ha``. When it is killed, everything on it is gone in the same moment.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any

import requests

from deploy.server.ha.cluster import Cluster, Places
from tests.sync.server.postgres import binaries

BRIDGE, HERE = "commons", "10.213.0.1"
"""Where the servers are; nobody else is on this network, it ends with the test."""
LONGEST_S = 240.0
_BOOT = """
set -eu
mount -t tmpfs tmpfs /dev/shm
echo $(($1 * 4000)) >/proc/sys/kernel/ns_last_pid  # what died left numbers behind: nobody has them again
echo is there
read -r _
ip link set lo up
ip link set eth0 up
ip address add "$2/24" dev eth0
as() { setpriv --reuid postgres --regid postgres --init-groups "$@"; }
set -a
. "$3/etc/default/etcd"
set +a
as etcd >>"$3/log/etcd" 2>&1 &
as patroni "$3/etc/patroni/config.yml" >>"$3/log/patroni" 2>&1 &
wait
"""


@dataclass(frozen=True)
class Seen:
    """What a machine says of itself. role: "" while it says nothing."""

    role: str = ""
    state: str = ""
    timeline: int = 0
    is_sync: bool = False


class Machine:
    """One of the three."""

    def __init__(self, nth: int, name: str, address: str, home: Path, files: Any) -> None:
        self.nth, self.name, self.address, self.home = nth, name, address, home
        self._boots = count(1)
        for path, (text, mode) in files.items():
            put = home / path.lstrip("/") if not path.startswith(str(home)) else Path(path)
            put.parent.mkdir(parents=True, exist_ok=True)
            put.write_text(text)
            put.chmod(mode)
        for folder in ("log", "etcd", "data", "sockets"):
            (home / folder).mkdir(mode=0o700)
        run("chown", "-R", "postgres:postgres", home)

    def power_on(self) -> None:
        """Begin a boot: the programs start by themselves."""
        words = ["--net", "--pid", "--ipc", "--mount", "--fork", "--kill-child", "--mount-proc"]
        told = [str(next(self._boots)), self.address, str(self.home)]
        self._box = subprocess.Popen(
            ["unshare", *words, "--", "sh", "-c", _BOOT, "machine", *told],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self._box.stdout.readline() == b"is there\n"
        there = ["peer", "name", "eth0", "address", f"02:00:00:00:00:{self.nth:02x}"]
        run("ip", "link", "add", self.cable, "type", "veth", *there, "netns", self._box.pid)
        run("ip", "link", "set", self.cable, "master", BRIDGE, "up")
        self._box.stdin.write(b"go\n")
        self._box.stdin.flush()

    @property
    def cable(self) -> str:
        """Our end of its cable."""
        return f"cable-{self.nth}"

    def kill(self, *, silently: bool = False) -> None:
        """SIGKILL everything on it at once. silently: nobody is told, as when its power goes."""
        if silently:
            run("ip", "link", "del", self.cable)
        self._box.kill()
        self._box.wait(LONGEST_S)
        if not silently:
            # It goes with the machine, but not before its last sockets have said goodbye.
            subprocess.run(
                ["ip", "link", "del", self.cable], check=False, stderr=subprocess.DEVNULL
            )
        self._box.stdin.close()
        self._box.stdout.close()

    @property
    def is_on(self) -> bool:
        """Whether it has power."""
        return self._box.poll() is None

    def seen(self) -> Seen:
        """Ask Patroni how its PostgreSQL is."""
        try:
            said = requests.get(f"http://{self.address}:8008/patroni", timeout=2).json()
        except (requests.RequestException, ValueError):
            return Seen()
        role = said.get("role", "")
        found = "leader" if role in {"master", "primary"} else role
        return Seen(found, said["state"], said.get("timeline", 0), "sync_standby" in said)


class Three:
    """The cluster: who leads, and who is dead."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.cluster = Cluster(
            "commons",
            int(binaries().parts[-2]),
            {"one": "10.213.0.11", "two": "10.213.0.12", "three": "10.213.0.13"},
            (HERE,),
            {
                which: f"{which}{'0' * 20}"
                for which in ("replication", "rewind", "patroni", "server")
            },
        )
        run("ip", "link", "set", "lo", "up")
        run("ip", "link", "add", BRIDGE, "type", "bridge")
        run("ip", "link", "set", BRIDGE, "up")
        run("ip", "address", "add", f"{HERE}/24", "dev", BRIDGE)
        self.machines = [
            self._machine(nth, name) for nth, name in enumerate(self.cluster.machines, 1)
        ]

    def _machine(self, nth: int, name: str) -> Machine:
        home = self.home / name
        home.mkdir()
        places = Places(
            etcd=f"{home}/etcd",
            data=f"{home}/data",
            binaries=str(binaries()),
            sockets=f"{home}/sockets",
            pgpass=f"{home}/pgpass",
            first_start=f"{home}/first-start",
        )
        files = self.cluster.files_of(name, places)
        return Machine(nth, name, self.cluster.machines[name], home, files)

    @property
    def leader(self) -> Machine:
        """Wait until one leads; return it."""
        self.until(lambda: any(one.is_on and one.seen().role == "leader" for one in self.machines))
        return next(one for one in self.machines if one.is_on and one.seen().role == "leader")

    def is_whole(self) -> bool:
        """Whether one leads, two follow it, and one of them has all that is acknowledged."""
        seen = [one.seen() for one in self.machines if one.is_on]
        return (
            sorted(one.role for one in seen) == ["leader", "replica", "replica"]
            and {one.state for one in seen} <= {"running", "streaming"}
            and len({one.timeline for one in seen}) == 1
            and any(one.is_sync for one in seen)
        )

    def until(
        self, ready: Callable[[], bool], longest_s: float = LONGEST_S, pause_s: float = 0.5
    ) -> float:
        """Look until something is so; return how many seconds it took."""
        began, pause = monotonic(), Event()
        while not ready():
            assert monotonic() - began < longest_s, self.story()
            pause.wait(pause_s)
        return monotonic() - began

    def story(self) -> str:
        """Return the end of what each of them logged."""
        return "\n".join(
            f"-- {log}\n{log.read_text(errors='replace')[-3_000:]}"
            for log in sorted(self.home.glob("*/log/*"))
        )

    def close(self) -> None:
        """End them, and throw away what they had."""
        for one in self.machines:
            if one.is_on:
                one.kill()
        run("ip", "link", "del", BRIDGE)
        shutil.rmtree(self.home, ignore_errors=True)


def run(*words: object) -> None:
    """Run a command of this machine's."""
    subprocess.run([str(word) for word in words], check=True, timeout=LONGEST_S)
