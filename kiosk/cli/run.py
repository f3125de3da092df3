"""Start the kiosk: the door that people touch, or the wall that they read.

The settings come from kiosk.toml in the data folder; what is said here holds for this run only.
Without a hub in the folder the door asks what it needs to know (--set-up asks again).
"""

from __future__ import annotations

import argparse
from typing import Any

import msgspec

from kiosk.cli.opened import DoorRuns
from kiosk.config import Config, Place, read
from kiosk.store.errors import StoreBusy, StoreDamaged
from kiosk.wrong_setting import what_is_wrong
from sync.errors import Refused

HELP = "start the door or the wall"


class BadOption(Refused):
    """What was said on the command line is nothing that the setting of that name takes."""


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``run``; each overrides the setting of the same name."""
    parser.add_argument("--mode", choices=("door", "wall"), help="what this screen is")
    parser.add_argument("--size", metavar="WxH", help="pixels of the screen, such as 1280x800")
    parser.add_argument(
        "--diagonal-mm",
        type=float,
        metavar="MM",
        help="diagonal of the screen's visible area: makes a millimetre a millimetre",
    )
    parser.add_argument("--lang", metavar="LANG", help="first language, such as es")
    parser.add_argument("--server", metavar="URL", help="the server that it is paired with")
    parser.add_argument("--night", action="store_true", help="the dark theme, whatever the time")
    parser.add_argument("--set-up", action="store_true", help="ask again what this device is")


def run(args: argparse.Namespace) -> int:
    """Run until the window's session ends or a signal asks to stop. Raises BadOption, DoorRuns."""
    from kiosk.app import KioskApp
    from kiosk.journal import open_journal
    from kiosk.keeping import come_back
    from kiosk.kept_twice import mend
    from kiosk.memory import keep_together
    from kiosk.setting_up import start_again

    keep_together()
    open_journal()
    place = Place(args.data)
    was_mended = mend(place)
    config = with_options(read(place), args)
    try:
        app = KioskApp(config, place, night=args.night, set_up=args.set_up)
        app.says = StoreDamaged.say if was_mended else ""
        app.run()
    except StoreBusy:
        raise DoorRuns(data=args.data) from None
    if app.starts_over:
        start_again(place.data)
    if app.comes_back:
        come_back()
    return 0


def with_options(config: Config, args: argparse.Namespace) -> Config:
    """Return the settings with what was said on the command line. Raises BadOption."""
    said: dict[str, Any] = {
        name: getattr(args, name)
        for name in ("mode", "size", "diagonal_mm", "lang", "server")
        if getattr(args, name, None) is not None
    }
    try:
        return msgspec.convert(msgspec.to_builtins(config) | said, Config)
    except msgspec.ValidationError as why:
        raise BadOption(f"--{what_is_wrong(why).replace('_', '-', 1)}") from None
