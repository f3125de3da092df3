"""A kiosk, or a bare Kivy window, that says what it paints: one JSON line for each frame shown.

    python -m tests.bench.watched kiosk --data DIR --size 1280x800
    python -m tests.bench.watched bare --size 1280x800

On standard input it answers ``where WORDS`` with the middle of what says them, in px from the top
left. Times are of the machine's monotonic clock, the same for whoever reads them.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any


def say(**facts: Any) -> None:
    """Write a line at once."""
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


def main() -> int:
    """Run until told to stop."""
    parser = argparse.ArgumentParser()
    parser.add_argument("subject", choices=("kiosk", "bare"))
    parser.add_argument("--data", type=Path)
    parser.add_argument("--size", default="1280x800")
    parser.add_argument("--diagonal-mm", type=float, default=256.1)
    asked = parser.parse_args()
    if asked.subject == "bare":
        bare(asked.size)
    else:
        kiosk(asked.data, asked.size, asked.diagonal_mm)
    return 0


def bare(size: str) -> None:
    """One label in a window of Kivy's own, its loop and settings as they come."""
    import os

    os.environ.update(KIVY_NO_ARGS="1", KIVY_HOME=tempfile.mkdtemp(), KIVY_LOG_MODE="PYTHON")
    from kivy.config import Config

    width, height = size.split("x")
    for name, value in {"width": width, "height": height, "borderless": "1"}.items():
        Config.set("graphics", name, value)
    from kivy.app import App
    from kivy.core.window import Window
    from kivy.uix.label import Label

    Window.bind(on_flip=lambda *_: say(flip=time.monotonic_ns(), screen="bare"))
    app = App()
    app.root = Label(text="Kivy")
    app.run()


def kiosk(data: Path, size: str, diagonal_mm: float) -> None:
    """The door as ``python -m kiosk run`` starts it."""
    from kiosk.app import KioskApp
    from kiosk.config import Config, Place, read

    facts = {"lang": "en", "name": "Front door", "colour": "blue"}
    ports = read(Place(data)).ports
    config = Config(size=size, diagonal_mm=diagonal_mm, ports=ports, **facts)
    app = KioskApp(config, Place(data))
    app.open(signals=True)
    from kivy.core.window import Window

    Window.bind(on_flip=lambda *_: _painted(app))
    threading.Thread(target=_answer, args=(app,), daemon=True).start()
    app.loop.call(lambda: Window.canvas.ask_update())
    try:
        app.loop.run()
    finally:
        app.close()


def _painted(app: Any) -> None:
    screen = app.shell.screen
    name = screen.name if screen else ""
    say(flip=time.monotonic_ns(), screen=name, moving=app.shell.stage.moving)


def _answer(app: Any) -> None:
    for line in sys.stdin:
        asked, _, words = line.strip().partition(" ")
        if asked == "where":
            app.loop.call(lambda words=words: _where(app, words))
        elif asked == "forget":
            app.loop.call(app.shell.leave_page)


def _where(app: Any, words: str) -> None:
    from kivy.core.window import Window

    from tests.flows.seeing import box_of, is_pressed, shown, words_on

    pressed = [w for w in shown(app.shell.stage) if is_pressed(w) and not w.disabled]
    rows = [w for w in pressed if getattr(w, "kind", "") == "row"]
    found = [w for w in pressed if words_on(w).startswith(words)] if words else rows[-1:]
    if not found:
        say(where=None, offers=[words_on(w) for w in pressed])
        return
    x, y, width, height = box_of(found[0])
    say(where=[x + width / 2, Window.height - y - height / 2])


if __name__ == "__main__":
    sys.exit(main())
