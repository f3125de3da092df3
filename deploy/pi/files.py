"""What is written on a kiosk: the screens, who may touch which device, what is kept in memory."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

HERE = Path(__file__).resolve().parent
TREE = HERE.parents[1]
UNITS = sorted((HERE / "units").iterdir())
TOOLS = "/usr/local/lib/commons-kiosk"
CARRIED = (
    "deploy/machine/*.py", "deploy/pi/*.py", "deploy/pi/update", "deploy/pi/keep-log", "deploy/pi/stick",
)  # fmt: skip
"""What looks after the versions of the program is no part of one: it must outlive a bad one."""

RC_XML = """\
<?xml version="1.0"?>
<!-- The screens of the door of the commons. One binding each that does nothing: with none at all
     labwc loads its own, and Alt-F4 would close the door. Keys are always the door's: readers type. -->
<labwc_config>
  <core><gap>0</gap></core>
  <keyboard><keybind key="W-F12"><action name="None"/></keybind></keyboard>
  <mouse><context name="Client"><mousebind button="Left" action="Press">{keys}</mousebind></context></mouse>
  <windowRules>
{rules}
  </windowRules>
{touches}
</labwc_config>
"""
RULE = """\
    <windowRule title="{title}" serverDecoration="no"><action name="MoveToOutput" output="{output}"/>\
<action name="ToggleFullscreen"/>{keys}</windowRule>"""
KEYS = """<action name="FocusOutput" output="{output}"/>"""
TOUCH = """  <touch mapToOutput="{output}"/>"""
UDEV = """\
# Of the door of the commons: readers, printers and the light of the screen belong to the kiosk.
SUBSYSTEM=="tty", ENV{ID_BUS}=="usb", GROUP="dialout", MODE="0660", ENV{ID_MM_DEVICE_IGNORE}="1"
SUBSYSTEM=="usbmisc", KERNEL=="lp[0-9]*", GROUP="lp", MODE="0660"
SUBSYSTEM=="usb", ENV{DEVTYPE}=="usb_device", ENV{ID_USB_INTERFACES}=="*:0701??:*", GROUP="lp", MODE="0660"
SUBSYSTEM=="backlight", ACTION=="add", RUN+="/bin/chgrp video $sys$devpath/brightness", \
RUN+="/bin/chmod g+w $sys$devpath/brightness"
"""
STICKS = """\
# Of the door of the commons: a stick may be given a copy; kiosk-stick@.service looks whose it is.
ACTION=="add", SUBSYSTEM=="block", ENV{ID_BUS}=="usb", ENV{ID_FS_TYPE}=="vfat|exfat", \
TAG+="systemd", ENV{SYSTEMD_WANTS}+="kiosk-stick@%k.service"
"""
JOURNAL = """\
# Of the door of the commons: the journal is in memory; kiosk-log.timer keeps the warnings.
[Journal]
Storage=volatile
RuntimeMaxUse=32M
ForwardToSyslog=no
"""
WATCHDOG = """\
# Of the door of the commons: the Pi restarts itself when the kernel hangs (its counter ends at 15 s), and for
# nobody who holds three keys.
[Manager]
RuntimeWatchdogSec=14
RebootWatchdogSec=2min
CtrlAltDelBurstAction=none
"""
LOGIND = """\
# Of the door of the commons: no console behind the screen, and no key that ends or restarts the machine.
[Login]
NAutoVTs=0
ReserveVT=0
HandlePowerKey=ignore
HandlePowerKeyLongPress=ignore
HandleRebootKey=ignore
HandleRebootKeyLongPress=ignore
HandleSuspendKey=ignore
HandleSuspendKeyLongPress=ignore
HandleHibernateKey=ignore
HandleHibernateKeyLongPress=ignore
HandleLidSwitch=ignore
"""
KERNEL = """\
# Of the door of the commons: no key leads to the kernel; nothing is swapped to the card.
kernel.sysrq = 0
vm.swappiness = 0
"""
TIME = """\
# Of the door of the commons: a network's own time servers first, then Debian's.
[Time]
FallbackNTP=0.debian.pool.ntp.org 1.debian.pool.ntp.org
SaveIntervalSec=5min
"""
CLOCK = """\
# Of the door of the commons: the last known time is kept where it stays, or the clock begins in the past.
[Unit]
RequiresMountsFor=/data
[Service]
BindPaths=/data/clock:/var/lib/systemd/timesync
"""
NETWORKS = "/data/network"
NETWORK = f"""\
# Of the door of the commons: a cable goes before Wi-Fi, and Wi-Fi does not sleep. What is joined
# is kept where it stays.
[keyfile]
path={NETWORKS}
[connection]
wifi.powersave=2
ipv6.ip6-privacy=0
"""
JOINING = """\
// Of the door of the commons: its screen may look for networks and join one; nothing else of the system.
polkit.addRule(function (action, subject) {
    var joins = ["network-control", "wifi.scan", "settings.modify.system"];
    var ours = "org.freedesktop.NetworkManager.";
    if (subject.user === "kiosk" && action.id.indexOf(ours) === 0 &&
            joins.indexOf(action.id.slice(ours.length)) >= 0) {
        return polkit.Result.YES;
    }
});
"""


CURSOR_SIZE = 24
CURSOR_NAMES = ("default", "left_ptr")
CURSOR_THEME = """\
# Of the door of the commons: a pointer that nobody sees; fingers have none.
[Icon Theme]
Name=commons-none
"""
AUTOSTART = """\
# Of the door of the commons: how a screen hangs on its wall.
{turns}"""


def no_cursor() -> bytes:
    """Return a pointer of one transparent pixel, in the format of Xcursor(3)."""
    image_at, image = 28, (36, 0xFFFD0002, CURSOR_SIZE, 1, 1, 1, 0, 0, 0, 0)
    header = struct.pack("<4s3I", b"Xcur", 16, 0x10000, 1)
    contents = struct.pack("<3I", 0xFFFD0002, CURSOR_SIZE, image_at)
    return header + contents + struct.pack("<10I", *image)


def with_settings(text: str, said: dict[str, str]) -> str:
    """Return the settings of a screen with what is said in place of what was; "" leaves it.

    Of what stands above the first table; everything else is as somebody wrote it.
    """
    table = re.search(r"^\[", text, re.MULTILINE)
    top, below = (text[: table.start()], text[table.start() :]) if table else (text, "")
    for key, value in said.items():
        line, there = f"{key} = {value}", re.compile(rf"^{key}\s*=.*$", re.MULTILINE)
        if value:
            top = there.sub(line, top) if there.search(top) else f"{line}\n{top}"
    return top + below


class Asked(Protocol):
    """What the files depend on."""

    @property
    def door(self) -> str: ...
    @property
    def wall(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def turn(self) -> int: ...


def files_of(wish: Asked) -> dict[str, tuple[str, int]]:
    """Every file that is written: its text and its mode."""
    plain = {
        "/etc/kiosk/labwc/rc.xml": rc_xml(wish.door, wish.wall),
        "/etc/kiosk/labwc/autostart": AUTOSTART.format(turns=_turned(wish.door, wish.turn)),
        "/usr/share/icons/commons-none/index.theme": CURSOR_THEME,
        "/etc/udev/rules.d/60-commons-kiosk.rules": UDEV,
        "/etc/systemd/journald.conf.d/commons.conf": JOURNAL,
        "/etc/systemd/system.conf.d/commons.conf": WATCHDOG,
        "/etc/systemd/logind.conf.d/commons.conf": LOGIND,
        "/etc/systemd/timesyncd.conf.d/commons.conf": TIME,
        "/etc/systemd/system/systemd-timesyncd.service.d/commons.conf": CLOCK,
        "/etc/NetworkManager/conf.d/commons.conf": NETWORK,
        "/etc/polkit-1/rules.d/60-commons-kiosk.rules": JOINING,
        "/etc/sysctl.d/60-commons-kiosk.conf": KERNEL,
        **{f"/etc/systemd/system/{unit.name}": unit.read_text("utf-8") for unit in UNITS},
    }
    if wish.door:
        plain["/etc/udev/rules.d/99-commons-sticks.rules"] = STICKS
    if wish.key:
        plain[f"{TOOLS}/updates.pub"] = wish.key
    return {path: (text, 0o644) for path, text in plain.items()} | dict(_tools())


def _tools() -> Iterator[tuple[str, tuple[str, int]]]:
    for pattern in CARRIED:
        for path in sorted(TREE.glob(pattern)):
            mode = 0o755 if path.stat().st_mode & 0o100 else 0o644
            yield f"{TOOLS}/{path.relative_to(TREE)}", (path.read_text("utf-8"), mode)


def rc_xml(door: str, wall: str) -> str:
    """Return labwc's settings: which window goes to which screen, and no key that leads out."""
    screens = [(title, output) for title, output in (("Door", door), ("Wall", wall)) if output]
    keys = KEYS.format(output=door or wall)
    rules = "\n".join(
        RULE.format(title=title, output=output, keys=keys) for title, output in screens
    )
    touches = TOUCH.format(output=door) if door else ""
    return RC_XML.format(rules=rules, keys=keys, touches=touches)


def _turned(output: str, degrees: int) -> str:
    return f"wlr-randr --output {output} --transform {degrees}\n" if output and degrees else ""
