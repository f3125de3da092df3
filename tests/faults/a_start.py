"""A door started where its disk takes nothing: ``python -m tests.faults.a_start FOLDER ERRNO LANG``.

Prints what the screen says at first, what it says to a sign-in, who was here by its own count before
and after, and whether it comes back once the disk takes something again.
"""

import errno
import json
import os
import sys
import time
from pathlib import Path

from msgspec.structs import replace

from tests.faults.failing_files import CHANGES, GROWS, OPEN, Files

LONGEST_S = 30
SORTS = {errno.ENOSPC: GROWS, errno.EROFS: CHANGES | OPEN}


def start(folder, error, lang):
    """Open the door, sign somebody in, heal the disk, let a minute pass."""
    from kiosk.app import KioskApp
    from kiosk.config import Place, read

    files, place = Files(), Place(folder)
    files.under(folder)
    files.fail(SORTS[error], 1, error)
    app = KioskApp(replace(read(place), lang=lang), place, reduced=True)
    app.open()
    said = {"first": sentence(app), "shown": app.shell.screen.name, "visits": visits(app)}
    app.shell.close_dialog()
    signed_in(app)
    said |= {"to a sign-in": sentence(app), "visits after": visits(app)}
    files.heal()
    app._minute()
    until(lambda: app.comes_back)
    said["comes back"] = app.comes_back
    app.close()
    print(json.dumps(said), flush=True)


def sentence(app):
    """What stands in the dialog over the screen."""
    until(lambda: app.shell.dialog is not None)
    return app.shell.dialog.text


def visits(app):
    return len(app.store.tables()["visit"])


def signed_in(app):
    from kiosk.hub.sign_in import ComeVisiting, come_visiting
    from kiosk.ui.asking import Asking

    Asking(app.shell).ask(come_visiting, ComeVisiting(said="yes"))


def until(ready):
    from kivy.base import EventLoop

    end = time.monotonic() + LONGEST_S
    while not ready() and time.monotonic() < end:
        EventLoop.idle()


if __name__ == "__main__":
    os.environ.update(SDL_VIDEODRIVER="offscreen", SDL_AUDIODRIVER="dummy", KIVY_GL_BACKEND="mock")
    start(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
