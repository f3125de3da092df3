"""Show this version the records of a device: open them, draw the first screen, close, read them again.

For an update, on a copy of the device's folder: what does not end well here is never started at
the door. Nothing is shown, no reader is opened, no server is asked.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import msgspec

from kiosk.cli.opened import state_in
from kiosk.config import Config, Place, read
from sync.errors import Damaged

HELP = "try this version on a copy of the device's folder"
UNSEEN = {"SDL_VIDEODRIVER": "offscreen", "SDL_AUDIODRIVER": "dummy", "KIVY_GL_BACKEND": "mock"}
FRAMES = 5


class NotAsWritten(Damaged):
    """The records of the copy could not be opened as they were written."""

    def __init__(self, *, data: Path) -> None:
        super().__init__(f"the records in {data} are not as they were written")
        self.data = data


def add(_parser: argparse.ArgumentParser) -> None:
    """There is nothing to choose."""


def run(args: argparse.Namespace) -> int:
    """Say how many records there are, and which screen was shown. Raises NotAsWritten, and others."""
    os.environ.update(UNSEEN)
    place = Place(args.data)
    shown = first_screen(place, alone(read(place)))
    count = sum(len(rows) for rows in state_in(place).records.values())
    print(f"{count} records are as they were written; shown was: {shown}.")
    return 0


def alone(config: Config) -> Config:
    """Return the settings of a device that nothing is connected with."""
    return msgspec.structs.replace(config, server="", ports={})


def first_screen(place: Place, config: Config) -> str:
    """Open the kiosk where nobody sees it and return the name of what it shows first."""
    from kiosk.app import KioskApp

    app = KioskApp(config, place)
    app.open()
    try:
        from kivy.base import EventLoop

        for _ in range(FRAMES):
            EventLoop.idle()
        if app.store.opened.was_damaged:
            raise NotAsWritten(data=place.data)
        return str(app.shell.screen.name) if app.shell.screen else "nothing"
    finally:
        app.close()
