"""What an installer looks at before it changes anything."""

from __future__ import annotations

import os
import re
import shutil
import socket
from collections.abc import Collection

from deploy.machine.machine import Machine
from deploy.machine.steps import Check


def is_root() -> Check:
    """Only root may install."""
    return Check("who runs this", lambda: "" if os.geteuid() == 0 else "start it with sudo")


def debian_version(machine: Machine) -> str:
    """Return the number of the system's version, "" where it does not say."""
    return _release(machine).get("VERSION_ID", "")


def _release(machine: Machine) -> dict[str, str]:
    said = machine.read("/etc/os-release") or ""
    return dict(re.findall(r'^(\w+)="?([^"\n]*)"?$', said, re.MULTILINE))


def is_debian(machine: Machine, versions: Collection[str]) -> Check:
    """The systems that this was tried on."""

    def why_not() -> str:
        facts = _release(machine)
        kin = {facts.get("ID", ""), *facts.get("ID_LIKE", "").split()}
        if kin & {"debian", "raspbian"} and facts.get("VERSION_ID") in versions:
            return ""
        return f"it needs Debian {' or '.join(sorted(versions))}, this is {facts.get('PRETTY_NAME', 'something else')}"

    return Check("the system", why_not)


def has_room(machine: Machine, path: str, needed_mb: int) -> Check:
    """Enough free disk where a folder is, or is going to be."""

    def why_not() -> str:
        found = machine.at(path)
        while not found.exists():
            found = found.parent
        free_mb = shutil.disk_usage(found).free // 1_000_000
        return "" if free_mb >= needed_mb else f"{path} has {free_mb} MB free, it needs {needed_mb}"

    return Check(f"room in {path}", why_not)


def port_is_free(port: int, owner: str, machine: Machine) -> Check:
    """Nobody else answers on a port that we want; ``owner`` is the unit that may."""

    def why_not() -> str:
        with socket.socket(socket.AF_INET6) as one:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                one.bind(("::", port))
            except OSError:
                if machine.says("systemctl", "is-active", owner) == "active":
                    return ""
                return f"something else answers on port {port}: stop it first"
        return ""

    return Check(f"port {port}", why_not)
