"""Which serial ports there are, by names that stay the same when they are plugged in again.

``/dev/ttyUSB0`` is whichever came first. ``/dev/serial/by-id`` names the adapter, and
``/dev/serial/by-path`` the socket it is in. Adapters without a number of their own (CH340, many
CP2102) share one name by id, and the last one plugged in has it: those are told apart by their socket.
"""

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

BY_ID, BY_PATH = "/dev/serial/by-id", "/dev/serial/by-path"
_NOBODY_S_OWN = re.compile(r"usb-1a86_USB|_0001-if")

Ports = Mapping[str, str]
"""Each port's lasting name, and the device file it is just now."""


def lasting_names(links: Ports) -> dict[str, str]:
    """Return one lasting name for each device among the links of both folders.

    links: path of a link -> device file. By id where the adapter has a number of its own.
    """
    best: dict[str, str] = {}
    for name, device in sorted(links.items(), key=lambda link: (_rank(link[0]), link[0])):
        best.setdefault(device, name)
    return {name: device for device, name in best.items()}


def _rank(name: str) -> int:
    if not name.startswith(BY_ID):
        return 1 if "-usbv" not in name else 2  # newer udev links a port by two names
    return 3 if _NOBODY_S_OWN.search(name) else 0


def look(wanted: Iterable[str], *, everything: bool = False) -> dict[str, str]:
    """Return which of the wanted paths are there now; with ``everything``, all ports.

    The folders themselves vanish with the last adapter, so they cannot be watched; looking each
    second costs less than a millisecond.
    """
    found = {path: os.path.realpath(path) for path in wanted if Path(path).exists()}
    if everything:
        named = set(found.values())
        others = lasting_names(_links(BY_ID) | _links(BY_PATH)).items()
        found |= {name: device for name, device in others if device not in named}
    return found


def _links(folder: str) -> dict[str, str]:
    try:
        return {str(link): os.path.realpath(link) for link in Path(folder).iterdir()}
    except OSError:
        return {}
