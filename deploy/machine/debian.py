"""The steps of which a Debian machine is made: packages, accounts, folders, files, units."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from contextlib import suppress
from functools import partial

from deploy.machine.machine import Machine, NotDone
from deploy.machine.steps import Step

MARK = "door of the commons"


def packages(machine: Machine, names: Sequence[str]) -> Step:
    """Debian's packages; they stay when ours goes, somebody else may need them."""

    def missing() -> list[str]:
        asked = machine.says("dpkg-query", "-W", "-f=${Package} ${Status}\n", *names)
        said = asked if asked is not None else _one_by_one(machine, names)
        there = {line.split()[0] for line in said.splitlines() if line.endswith(" installed")}
        return [name for name in names if name not in there]

    def install() -> None:
        machine.run("apt-get", "update", "-qq")
        install_packages(machine, *missing())

    return Step(
        f"have {len(names)} Debian packages: {' '.join(names)}", lambda: not missing(), install
    )


def install_packages(machine: Machine, *names: str) -> None:
    """Install packages, after whatever the power went in the middle of. Raises NotDone."""
    with suppress(NotDone):  # what it lacks for that is fetched by the next command
        machine.run("dpkg", "--configure", "-a", "--force-confold")
    quietly = ("-y", "-qq", "--no-install-recommends", "--fix-broken")
    machine.run("apt-get", "install", *quietly, *names)


def _one_by_one(machine: Machine, names: Sequence[str]) -> str:
    """dpkg-query ends badly where it has never heard of one of the names."""
    asked = (machine.says("dpkg-query", "-W", "-f=${Package} ${Status}\n", name) for name in names)
    return "\n".join(said for said in asked if said)


def account(machine: Machine, name: str, *, home: str, uid: int = 0, groups: str = "") -> Step:
    """A system account that nobody can log in to, in a group of its own and those it is given."""
    wanted = {name, *groups.split(",")} - {""}

    def is_in(database: str) -> bool:
        return bool(machine.says("getent", database, name))

    def is_there() -> bool:
        has = (machine.says("id", "-nG", name) or "").split()
        return is_in("passwd") and wanted <= set(has)

    words = ["useradd", "--system", "--user-group", "--home-dir", home, "--no-create-home"]
    words += ["--shell", "/usr/sbin/nologin", *(["--uid", str(uid)] if uid else [])]
    words += ["--groups", groups] if groups else []

    def have() -> None:
        # useradd writes one file after another: the power may have left it in some of them.
        if is_in("passwd") and is_in("group"):
            machine.run("usermod", "--append", "--groups", groups, name)
            return
        for database, command in (("passwd", "userdel"), ("group", "groupdel")):
            if is_in(database):
                machine.run(command, name)
        machine.run(*words, name)

    return Step(
        f"have the account {name}",
        is_there,
        have,
        lambda: is_in("passwd") and machine.run("userdel", name),
    )


def folder(machine: Machine, path: str, *, owner: str = "root", mode: int = 0o755) -> Step:
    """A folder; it stays, for it holds what people wrote."""

    def is_there() -> bool:
        found = machine.at(path)
        if not found.is_dir():
            return False
        return (machine.owner(path), stat.S_IMODE(found.stat().st_mode)) == (owner, mode)

    return Step(
        f"have the folder {path}",
        is_there,
        lambda: machine.run("install", "-d", "-o", owner, "-g", owner, "-m", f"{mode:o}", path),
    )


def file(machine: Machine, path: str, text: str, *, mode: int = 0o644, why: str = "") -> Step:
    """A file of ours, as it is in this version; another's of that name is kept beside it."""
    if path.startswith("/etc/") and MARK not in text:
        raise ValueError(f"{path} does not say whose it is: another's would not be told from it")
    kept = f"{path}.before-commons"

    def is_there() -> bool:
        found = machine.at(path)
        return machine.read(path) == text and stat.S_IMODE(found.stat().st_mode) == mode

    def put() -> None:
        theirs = machine.read(path)
        if theirs is not None and MARK not in theirs:
            machine.write(kept, theirs)
        machine.write(path, text, mode=mode)

    def take_back() -> None:
        machine.remove(path)
        if machine.at(kept).exists():
            machine.at(kept).replace(machine.at(path))

    return Step(f"write {path}{f' ({why})' if why else ''}", is_there, put, take_back)


def no_file(machine: Machine, path: str) -> Step:
    """A file of ours that was written once and is not wanted any more; another's stays."""

    def is_gone() -> bool:
        return MARK not in (machine.read(path) or "")

    def take() -> None:
        if not is_gone():
            machine.remove(path)

    return Step(f"have no file {path}", is_gone, take, take)


def unit(machine: Machine, name: str) -> Step:
    """A unit that starts with the machine; started at once where systemd runs."""
    now = ["--now"] if machine.has_systemd else []

    def is_on() -> bool:
        enabled = machine.says("systemctl", "is-enabled", name) == "enabled"
        return enabled and (not now or machine.says("systemctl", "is-active", name) == "active")

    def turn_off() -> None:
        if machine.says("systemctl", "is-enabled", name) == "enabled":
            machine.run("systemctl", "disable", *now, name)

    return Step(
        f"start {name} with the machine",
        is_on,
        lambda: machine.run("systemctl", "enable", *now, name),
        turn_off,
    )


def masked(machine: Machine, name: str) -> Step:
    """A unit that must not start: nobody logs in at a kiosk's screen."""

    def is_masked() -> bool:
        return machine.says("readlink", f"/etc/systemd/system/{name}") == "/dev/null"

    return Step(
        f"keep {name} from starting",
        is_masked,
        lambda: machine.run("systemctl", "mask", name),
        partial(machine.run, "systemctl", "unmask", name),
    )


def restarted(machine: Machine, name: str, of: str) -> Step:
    """A unit that runs what was installed now; ``of`` changes whenever it must start anew."""
    started = f"/run/commons/{name}.started"

    def runs_it() -> bool:
        return not machine.has_systemd or machine.read(started) == of

    def restart() -> None:
        machine.run("systemctl", "daemon-reload")
        machine.run("systemctl", "restart", name)
        machine.write(started, of)

    return Step(f"have {name} run what was installed", runs_it, restart, _never)


def _never() -> None:
    """Nothing to take back: the unit itself goes."""


def graphical(machine: Machine) -> Step:
    """What the machine starts into: the screens hang on it."""

    def is_so() -> bool:
        return machine.says("systemctl", "get-default") == "graphical.target"

    return Step(
        "start into the screens",
        is_so,
        lambda: machine.run("systemctl", "set-default", "graphical.target"),
        lambda: machine.run("systemctl", "set-default", "multi-user.target"),
    )
