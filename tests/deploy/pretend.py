"""A Debian machine that is only a folder: files are real, commands do what they would leave behind."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from deploy.machine.machine import Machine, NotDone

ROOT = Path(__file__).parents[2]


class PowerCut(BaseException):
    """Nothing of the program runs on after it."""


@dataclass(frozen=True)
class Pretend(Machine):
    """What commands leave behind is in ``facts``; what was called, in ``called``. It knows one account."""

    facts: dict[str, set] = field(
        default_factory=lambda: {"packages": set(), "accounts": set(), "groups": set()}
    )
    owners: dict[str, str] = field(default_factory=dict)
    called: list[list[str]] = field(default_factory=list)

    def run(self, *words, stdin=""):
        command = [str(word) for word in words]
        tool = command[0].rsplit("/", 1)[-1].replace("-", "_")
        found = getattr(self, f"_{tool}", None)
        if found is None:
            raise NotDone(f"no such command: {command}")
        answer = found(*command[1:])
        if answer is None:
            raise NotDone(" ".join(command))
        asks = tool in {"dpkg_query", "getent", "id", "readlink", "findmnt"}
        if not asks and command[1] != "get-default" and "is-" not in command[1]:
            self.called.append(command)
        return answer

    # What may be asked, and what is changed ------------------------------------------------------

    def _dpkg_query(self, _w, _f, *names):
        unknown = set(names) - self.facts["packages"]
        return None if unknown else "".join(f"{name} install ok installed\n" for name in names)

    def _dpkg(self, *words):
        assert words[:2] == ("--configure", "-a")
        self.facts.pop("half set up", None)
        return ""

    def _apt_get(self, what, *words):
        if what == "install":
            if "half set up" in self.facts:
                return None  # as apt-get does: "dpkg was interrupted"
            self.facts["packages"] |= {word for word in words if not word.startswith("-")}
        return ""

    def _getent(self, database, name):
        kept = self.facts["accounts" if database == "passwd" else "groups"]
        return f"{name}:x:1:1\n" if name in kept else None

    def _id(self, _names, name):
        return " ".join(self.facts["groups"]) if name in self.facts["accounts"] else None

    def _useradd(self, *words):
        if words[-1] in self.facts["accounts"] | self.facts["groups"]:
            return None
        self.facts["accounts"].add(words[-1])
        self.facts["groups"].add(words[-1])
        return self._usermod(*words) if "--groups" in words else ""

    def _usermod(self, *words):
        self.facts["groups"] |= set(words[words.index("--groups") + 1].split(","))
        return ""

    def _userdel(self, name):
        self.facts["accounts"].discard(name)
        self.facts["groups"].discard(name)
        return ""

    def _groupdel(self, name):
        self.facts["groups"].discard(name)
        return ""

    def owner(self, path):
        return self.owners.get(path, "root")

    def _install(self, _d, _o, owner, _g, _group, _m, mode, path):
        self.at(path).mkdir(parents=True, exist_ok=True)
        self.at(path).chmod(int(mode, 8))
        self.owners[path] = owner
        return ""

    def _readlink(self, path):
        found = self.at(path)
        return str(found.readlink()) if found.is_symlink() else None

    def _findmnt(self, *_words):
        return None

    def _systemctl(self, what, *words):
        if what in {"get-default", "set-default"}:
            kept = "/etc/systemd/system/default"
            if what == "get-default":
                return self.read(kept) or "multi-user.target"
            if words[0] == "multi-user.target":
                self.remove(kept)
            else:
                self.write(kept, words[0])
            return ""
        name = words[-1] if words else ""
        wants = self.at(f"/etc/systemd/system/wanted/{name}")
        if what == "is-enabled":
            return "enabled" if wants.exists() else None
        if what in {"mask", "unmask"}:
            link = self.at(f"/etc/systemd/system/{name}")
            link.unlink(missing_ok=True)
            if what == "mask":
                link.parent.mkdir(parents=True, exist_ok=True)
                link.symlink_to("/dev/null")
        if what == "enable":
            wants.parent.mkdir(parents=True, exist_ok=True)
            wants.touch()
        if what == "disable":
            wants.unlink()
        return ""

    def _python3(self, _m, _venv, folder):
        self.at(folder).mkdir(parents=True)
        return ""

    def _python(self, *words):
        return ""

    def _chown(self, *words):
        return ""

    def _sync(self, *words):
        return ""

    def _udevadm(self, *words):
        return ""


def debian(tmp_path, **facts):
    """A fresh Debian 12 in a folder."""
    machine = Pretend(root=tmp_path / "machine")
    machine.write("/etc/os-release", 'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian 12"\n')
    for name, value in facts.items():
        machine.write(name, value)
    return machine


def everything(machine):
    """All that is in the files of a machine, by name."""
    files = [path for path in machine.root.rglob("*") if path.is_file() or path.is_symlink()]
    return {
        str(path.relative_to(machine.root)): path.readlink()
        if path.is_symlink()
        else path.read_bytes().decode("latin-1")
        for path in files
    }


def cut_after(nth):
    """Cut the power after the nth step that was done."""
    count = iter(range(nth))

    def cut(_step):
        if next(count, None) is None:
            raise PowerCut

    return cut


def exposure(said):
    """The number that systemd-analyze security closes with."""
    (level,) = re.findall(r"Overall exposure level for \S+: ([\d.]+)", said)
    return float(level)
