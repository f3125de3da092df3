"""From a freshly flashed Raspberry Pi OS Lite to the door of a hub, by one command.

    sudo deploy/pi/install                                a door on the first screen
    sudo deploy/pi/install --door DSI-1 --wall HDMI-A-1   and a wall on the second one
    sudo deploy/pi/install --turn 90 --size 1280x720      a screen that hangs on its side

Records and versions of the program go to /data, a partition of its own; everything else is read-only
from the next start. It may be started again at any time: it does only what is missing.
"""

from __future__ import annotations

import argparse
import os
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from deploy.machine import checks, debian
from deploy.machine.asking import Plan, a_file, asked, carry_out
from deploy.machine.machine import Machine, write_whole
from deploy.machine.programs import version_of, version_steps
from deploy.machine.steps import Check, Step
from deploy.pi import files

TREE = Path(__file__).resolve().parents[2]
HOME = "/data/app"
RECORDS = "/data/kiosk"
ACCOUNT = "kiosk"
UID = 1500
GROUPS = "video,render,dialout,audio,lp"  # not input: touches come through the compositor alone
OUTPUT = re.compile(r"[A-Za-z]+(-[A-Z])?-\d+")
SIZE = re.compile(r"[1-9]\d{2,3}x[1-9]\d{2,3}")
MEASURES = {
    "door": {"size": '"720x1280"', "diagonal_mm": "178"},
    "wall": {"size": '"1920x1080"', "diagonal_mm": "1092"},
}
"""Of a screen that nobody has measured: the 7" one of the shopping list, and a television."""
CMDLINE = "/boot/firmware/cmdline.txt"
PACKAGES = (
    "python3-venv", "labwc", "xwayland", "wlr-randr", "minisign", "network-manager", "polkitd", "wpasupplicant",
    "libegl1", "libgles2", "libgl1", "libgl1-mesa-dri", "libgbm1", "libxi6", "libxcursor1",
    "libxrandr2", "libxss1", "libxfixes3", "fontconfig", "systemd-timesyncd",
)  # fmt: skip
UNWANTED = ("getty@tty1.service", "serial-getty@ttyAMA0.service", "serial-getty@ttyS0.service",
            "autovt@.service", "apt-daily.timer", "apt-daily-upgrade.timer", "ModemManager.service",
            "ctrl-alt-del.target")  # fmt: skip
CLOSING = """\
Restart it now: sudo reboot. Then the screen asks for a language and what else it has to know.
To look after it later, or to change the system: deploy/pi/README.md says how."""


@dataclass(frozen=True)
class Wish:
    """What was asked for on the command line: which screen is what, and where the program is from.

    Measures that were not said are "" and 0.
    """

    version: str
    door: str = "DSI-1"
    wall: str = ""
    keep_writable: bool = False
    key: str = ""
    turn: int = 0
    size: str = ""
    diagonal_mm: float = 0
    wall_size: str = ""
    wall_mm: float = 0

    @property
    def screens(self) -> tuple[str, ...]:
        """What runs: a door, a wall, or both."""
        return tuple(name for name in ("door", "wall") if getattr(self, name))


def packages_of(debian_version: str) -> tuple[str, ...]:
    """Return Debian's packages; one was renamed when its time became longer."""
    return (*PACKAGES, "libasound2" if debian_version == "12" else "libasound2t64")


def checks_of(machine: Machine, wish: Wish) -> tuple[Check, ...]:
    """Everything that could make the installation fail half-way, looked at first."""
    return (
        checks.is_root(),
        checks.is_debian(machine, ("12", "13")),
        Check("the processor", _wrong_processor),
        Check("the screens", lambda: _wrong_screens(wish)),
        Check("/data", lambda: _no_data(machine, wish)),
        checks.has_room(machine, "/usr", 700),
        checks.has_room(machine, HOME, 700),
    )


def _wrong_processor() -> str:
    kind = os.uname().machine
    return "" if kind in {"aarch64", "x86_64"} else f"it needs the 64-bit system, this is {kind}"


def _wrong_screens(wish: Wish) -> str:
    wrong = [one for one in (wish.door, wish.wall) if one and not OUTPUT.fullmatch(one)]
    if wrong:
        return f"an output is called DSI-1 or HDMI-A-1, not {wrong[0]}; /sys/class/drm lists them"
    if any(size and not SIZE.fullmatch(size) for size in (wish.size, wish.wall_size)):
        return "a size is pixels, like 720x1280"
    if wish.door == wish.wall:
        return "door and wall need a screen each" if wish.door else "say --door or --wall"
    return ""


def _no_data(machine: Machine, wish: Wish) -> str:
    """With a read-only root whatever is not on another partition is gone with the power."""
    if wish.keep_writable or machine.says("findmnt", "--noheadings", "--output", "TARGET", "/data"):
        return ""
    return "it is no partition of its own: deploy/pi/README.md, 'The card'; or --keep-writable"


def steps_of(machine: Machine, wish: Wish, source: tuple[str, ...] = (str(TREE),)) -> list[Step]:
    """All there is to do, in order; the root becomes read-only last."""
    written = files.files_of(wish)
    of = sha256(f"{wish.version} {written!r}".encode()).hexdigest()
    lock = TREE / "deploy/lock/kiosk.txt"
    return [
        debian.packages(machine, packages_of(checks.debian_version(machine))),
        debian.account(machine, ACCOUNT, home=RECORDS, uid=UID, groups=GROUPS),
        debian.folder(machine, HOME),
        debian.folder(machine, RECORDS, owner=ACCOUNT, mode=0o700),
        debian.folder(machine, "/data/log"),
        debian.folder(machine, files.NETWORKS, mode=0o700),
        _known_networks(machine),
        debian.folder(machine, "/data/clock", owner="systemd-timesync"),
        *version_steps(machine, HOME, wish.version, lock, source),
        *(debian.file(machine, path, text, mode=mode) for path, (text, mode) in written.items()),
        *(_cursor(machine, name) for name in files.CURSOR_NAMES),
        *(_settings(machine, wish, name) for name in wish.screens),
        *(debian.masked(machine, unit) for unit in UNWANTED),
        *(debian.unit(machine, unit) for unit in _units(wish)),
        debian.graphical(machine),
        debian.restarted(machine, "kiosk-screen.service", of),
        *(() if wish.keep_writable else (_read_only(machine),)),
    ]


def _known_networks(machine: Machine) -> Step:
    """What was told to Raspberry Pi Imager: NetworkManager reads ours from the next start."""

    def missing() -> list[Path]:
        told = machine.at("/etc/NetworkManager/system-connections").glob("*.nmconnection")
        kept = machine.at(files.NETWORKS)
        return sorted(one for one in told if not (kept / one.name).exists())

    def keep() -> None:
        for one in missing():
            write_whole(machine.at(files.NETWORKS) / one.name, one.read_bytes(), mode=0o600)

    return Step("keep the networks that this system knows", lambda: not missing(), keep)


def _cursor(machine: Machine, name: str) -> Step:
    path = machine.at("/usr/share/icons/commons-none/cursors") / name
    return Step(
        f"hide the pointer ({name})",
        path.is_file,
        lambda: write_whole(path, files.no_cursor()),
        lambda: path.unlink(missing_ok=True),
    )


def _settings(machine: Machine, wish: Wish, name: str) -> Step:
    """The screen's measures: those that are said now; else what somebody has changed since stays."""
    path = f"{RECORDS}/{name}/kiosk.toml"
    said = _measures(wish, name)
    usual = f'mode = "{name}"\n' + "".join(f"{key} = {MEASURES[name][key]}\n" for key in said)

    def wanted() -> str:
        there = machine.read(path)
        return files.with_settings(usual if there is None else there, said)

    def put() -> None:
        text = wanted()
        machine.run("install", "-d", "-o", ACCOUNT, "-g", ACCOUNT, "-m", "700", f"{RECORDS}/{name}")
        machine.write(path, text)
        machine.run("chown", f"{ACCOUNT}:{ACCOUNT}", path)

    return Step(
        f"tell the {name} how large its screen is", lambda: machine.read(path) == wanted(), put
    )


def _measures(wish: Wish, name: str) -> dict[str, str]:
    """What was said of a screen, as kiosk.toml writes it; "" where nothing was."""
    at_door = name == "door"
    size = wish.size if at_door else wish.wall_size
    diagonal_mm = wish.diagonal_mm if at_door else wish.wall_mm
    return {
        "size": f'"{size}"' if size else "",
        "diagonal_mm": f"{diagonal_mm:g}" if diagonal_mm else "",
    }


def _units(wish: Wish) -> tuple[str, ...]:
    apps = tuple(f"kiosk-app@{name}.service" for name in wish.screens)
    updates = ("kiosk-update-boot.service", "kiosk-update.timer") if wish.key else ()
    return ("kiosk-screen.service", *apps, *updates, "kiosk-log.timer", "systemd-timesyncd.service")


def _read_only(machine: Machine) -> Step:
    """The root as it is now, with a layer in memory over it; recurse=0 leaves /data on its disk."""
    word = "overlayroot=tmpfs:recurse=0"

    def words() -> list[str]:
        said = (machine.read(CMDLINE) or "").split()
        return [one for one in said if not one.startswith("overlayroot=")]

    def turn_on() -> None:
        debian.install_packages(machine, "overlayroot")
        machine.write(CMDLINE, " ".join([word, *words()]) + "\n")

    return Step(
        "make the system read-only from the next start",
        lambda: word in (machine.read(CMDLINE) or "").split(),
        turn_on,
        lambda: machine.write(CMDLINE, " ".join(words()) + "\n"),
    )


def plan(machine: Machine, wish: Wish) -> Plan:
    """Return what is looked at and what is done."""
    return checks_of(machine, wish), steps_of(machine, wish)


def main() -> int:
    """Do what the command line asks."""
    parser = asked(__doc__ or "")
    parser.add_argument(
        "--door", default=None, metavar="OUTPUT", help="its screen; DSI-1 where no --wall is said"
    )
    parser.add_argument("--wall", default="", metavar="OUTPUT", help="its screen, like HDMI-A-1")
    parser.add_argument(
        "--size", default="", metavar="WxH", help="of the door, as it hangs; default: 720x1280"
    )
    parser.add_argument(
        "--diagonal-mm", type=float, default=0, metavar="MM", help="of the door; default: 178"
    )
    parser.add_argument(
        "--turn",
        type=int,
        default=0,
        choices=(0, 90, 180, 270),
        help="the door's screen, in degrees",
    )
    parser.add_argument("--wall-size", default="", metavar="WxH", help="default: 1920x1080")
    parser.add_argument(
        "--wall-mm", type=float, default=0, metavar="MM", help="its diagonal; default: 1092"
    )
    parser.add_argument(
        "--keep-writable",
        action="store_true",
        help="no read-only system: for a machine to try things on",
    )
    parser.add_argument(
        "--key",
        type=a_file,
        metavar="FILE",
        help="updates signed by this key (minisign) are taken",
    )
    args = parser.parse_args()
    return carry_out(args, plan(Machine(), wish_of(args)), CLOSING)


def wish_of(args: argparse.Namespace) -> Wish:
    """Return what the command line asks for."""
    door = args.door if args.door is not None else "" if args.wall else "DSI-1"
    return Wish(
        version_of(TREE), door, args.wall, args.keep_writable, args.key or "", args.turn, args.size,
        args.diagonal_mm, args.wall_size, args.wall_mm,
    )  # fmt: skip
