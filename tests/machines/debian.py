"""A Debian machine from nothing: a root made by mmdebstrap, systemd its first process, this network.

Its base is kept in build/debian for the next time. It reaches the package registries as this
machine does, and no more of this machine is in it.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from signal import SIGKILL
from threading import Event
from time import monotonic

from tests.conventions.tree import ROOT

TOOLS = ("mmdebstrap", "systemd-nspawn", "nsenter", "unshare")
LONGEST_S = 1200
TREE = "/srv/commons"
REGISTRIES = (
    "/etc/resolv.conf",
    "/etc/pip.conf",
    "/etc/xdg/pip",
    str(Path.home() / ".config" / "pip"),  # root's, as there
    "/etc/ssl/certs/ca-certificates.crt",
    "/usr/local/share/ca-certificates",  # where the other one is made from
    "/etc/apt/apt.conf.d",
)
"""How this machine reaches them; what is not here, is not needed."""
_WITH_HOSTS = 'mount --bind "$1" /etc/hosts && shift && exec "$@"'


class Debian:
    """A machine that is on, with the project's tree in /srv/commons."""

    def __init__(self, folder: Path, suite: str) -> None:
        self.root = folder / "root"
        subprocess.run(["cp", "-a", _base(suite), self.root], check=True)
        self._bring_the_tree()
        for path in map(Path, REGISTRIES):
            if path.exists():
                to = self.root / path.relative_to("/")
                to.parent.mkdir(parents=True, exist_ok=True)
                subprocess.run(["cp", "-rL", "--no-target-directory", path, to], check=True)
        self._hosts = folder / "hosts"
        self._hosts.write_text("127.0.0.1 localhost hub.test\n")
        shutil.copy(self._hosts, self.root / "etc" / "hosts")  # Debian's installer writes one
        self._on()

    def _bring_the_tree(self) -> None:
        words = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        files = subprocess.run(words, cwd=ROOT, check=True, capture_output=True).stdout
        to = self.root / TREE.lstrip("/")
        to.mkdir(parents=True)
        copy = ["xargs", "-0", "cp", "--parents", "--target-directory", to]
        subprocess.run(copy, cwd=ROOT, input=files, check=True)

    def _on(self) -> None:
        words = ["--register=no", "--keep-unit", "--quiet", "--console=pipe", "--boot"]
        self._box = subprocess.Popen(
            ["systemd-nspawn", *words, "--directory", self.root, "--machine", "commons-debian"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until, pause = monotonic() + LONGEST_S, Event()
        while self.runs("systemctl", "is-system-running").stdout.strip() != "running":
            assert monotonic() < until, self.runs("systemctl", "--failed").stdout
            pause.wait(0.5)

    @property
    def first_process(self) -> str:
        """Its systemd, by the number that it has here; "" while there is none."""
        words = ["ps", "--ppid", str(self._box.pid), "-o", "pid="]
        return subprocess.run(words, check=False, capture_output=True, text=True).stdout.strip()

    def runs(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command on it, as root."""
        inside = ["nsenter", "--target", self.first_process or "0", "--all", "--wdns=/"]
        told = {
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME": "/root",
        }
        return subprocess.run(
            [*inside, *words], env=told, timeout=LONGEST_S, check=False, capture_output=True, text=True
        )  # fmt: skip

    def does(self, *words: str) -> str:
        """Run a command that has to end well; return what it printed."""
        ran = self.runs(*words)
        assert ran.returncode == 0, f"{words}: {ran.stdout[-2000:]}{ran.stderr[-2000:]}"
        return ran.stdout

    def beside(self, *words: object, **env: str) -> subprocess.Popen[str]:
        """Start a program of this machine's that knows the other one by its name, hub.test."""
        return subprocess.Popen(
            ["unshare", "--mount", "sh", "-c", _WITH_HOSTS, "sh", self._hosts, *map(str, words)],
            env=env, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def close(self) -> None:
        """Pull the plug, and throw it away."""
        if first := self.first_process:
            subprocess.run(["kill", f"-{SIGKILL.value}", first], check=False)
        self._box.wait(LONGEST_S)
        shutil.rmtree(self.root, ignore_errors=True)


def _base(suite: str) -> Path:
    base, half = ROOT / "build" / "debian" / suite, ROOT / "build" / "debian" / f"{suite}.half"
    if not base.exists():
        subprocess.run(["rm", "-rf", half], check=True)
        half.parent.mkdir(parents=True, exist_ok=True)
        wanted = "--include=systemd,systemd-sysv,dbus,python3,procps"
        words = ["mmdebstrap", "--quiet", "--mode=root", "--variant=minbase", wanted, suite, half]
        subprocess.run(words, check=True, timeout=LONGEST_S)
        half.rename(base)
    return base
