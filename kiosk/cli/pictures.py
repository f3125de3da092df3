"""Take pictures of the sample hub's screens, as they were when it was last 10:42 there: for looking
at a change, and for the documentation. A display is needed; without one, Xvfb will do.

With --data it is the hub of that folder, at the same hour; with a server in its settings pictures
are taken once all is sent to it and all is heard.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import time
from pathlib import Path
from subprocess import DEVNULL, Popen
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from kiosk.cli.at_hour import PretendedTime, last
from kiosk.cli.opened import hub_in, now
from kiosk.config import Config, Place, hub_key, read
from kiosk.sample import LA_RONDA, load, read_file
from kiosk.sample.loader import zone_of
from kiosk.store import open_store
from sync.errors import Lost

HELP = "take pictures of the sample hub's screens"
NEEDS_DATA = False
HOUR = time(10, 42)
CARDS = {"en": "04C8D4199CB9C7", "es": "04B39E62072BD4"}
"""Of people in the sample who have not come yet at that time; one a language."""
SETTLE_S = 0.8
"""Longer than any movement on screen."""
SENT_WITHIN_S = 60.0
"""Longer than an act can be undone and a busy machine needs."""
Act = Callable[[Any], object]  # given the shell; Any: Kivy has no types

DOOR: tuple[tuple[str, Act], ...] = (
    ("rest", lambda shell: shell.rest()),
    ("here", lambda shell: shell.go("here")),
    ("rooms", lambda shell: shell.go("rooms")),
    ("room", lambda shell: shell.go("room", room=shell.hub.rooms[2].id)),
    ("notices", lambda shell: shell.go("notices")),
    ("leaving", lambda shell: shell.go("leaving")),
    ("rollcall", lambda shell: shell.go("rollcall")),
)
LAST: tuple[tuple[str, Act], ...] = (
    ("welcome", lambda shell: (shell.rest(), shell.card(CARDS.get(shell.words.lang, CARDS["en"])))),
)
MOST_PAGES = 40


def turned_to(kind: str) -> Act:
    """Return the act of turning the wall's pages until one of this kind is in front."""

    def turn(shell: Any) -> None:
        for _ in range(MOST_PAGES):
            if shell.screen.turn.kind == kind:
                return
            shell.screen.next_page()

    return turn


WALL: tuple[tuple[str, Act], ...] = tuple(
    (kind, turned_to(kind)) for kind in ("rooms", "notices", "events", "who")
)


class NotSent(Lost):
    """The server of the folder did not take everything in time."""

    def __init__(self, *, light: str) -> None:
        super().__init__(f"the server has not heard everything after a minute ({light})")
        self.light = light


def add(parser: argparse.ArgumentParser) -> None:
    """Add which hub, which screen, and where to."""
    parser.add_argument("--data", type=Path, metavar="DIR", help="of this hub, not a fresh sample")
    parser.add_argument("--tap-card", metavar="UID", help="hold this card to the door first")
    parser.add_argument("--pages", nargs="+", metavar="PAGE", help="only these, such as rest who")
    parser.add_argument("--out", type=Path, default=Path("build/screenshots"), metavar="FOLDER")
    parser.add_argument("--mode", choices=("door", "wall"), default="door")
    parser.add_argument("--size", metavar="WxH", default="1280x800")
    parser.add_argument("--diagonal-mm", type=float, metavar="MM", default=257.0)
    parser.add_argument("--lang", nargs="+", default=["en", "es"])
    parser.add_argument("--night", action="store_true", help="the dark theme")
    parser.add_argument("--large", action="store_true", help="large text")
    parser.add_argument("--low", action="store_true", help="low reach")


def run(args: argparse.Namespace) -> int:
    """Open a window on a hub, show each screen in each language, write its picture.

    Raises NotSent, NothingHere, BadSetting.
    """
    args.out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="kiosk-") as folder:
        place, at = _there(Place(args.data)) if args.data else _fresh(Place(Path(folder)).make())
        said = {"mode": args.mode, "size": args.size, "diagonal_mm": args.diagonal_mm}
        config = msgspec.structs.replace(read(place), **said)
        with display(config):
            _take(config, place, at, args)
    return 0


def _take(config: Config, place: Place, at: PretendedTime, args: argparse.Namespace) -> None:
    from kiosk.app import KioskApp

    app = KioskApp(config, place, time=at, reduced=True, night=args.night)
    app.open()
    try:
        if args.tap_card:
            app.shell.card(args.tap_card)
        _until_sent(app)
        for path in _pictures(app, args):
            print(path)
    finally:
        app.close()


def _until_sent(app: Any) -> None:
    """Run frames until the server has everything, and we what it has; at once without a server."""
    from kivy.clock import Clock

    from kiosk.ui.loop import frame

    until = Clock.time() + SENT_WITHIN_S
    while (status := app.syncing.status()) and (status.light, status.next) != SENT:
        if Clock.time() > until:
            raise NotSent(light=status.light)
        frame()


SENT = ("all_sent", "listen")


@contextmanager
def display(config: Config) -> Iterator[None]:
    """Have an X display of the size of the screen while pictures are taken, where there is none."""
    if os.environ.get("DISPLAY"):
        yield
        return
    told, telling = os.pipe()
    size = ("-screen", "0", f"{config.size}x24")
    command = ("Xvfb", "-displayfd", str(telling), *size, "-nolisten", "tcp", "-noreset")
    server = Popen(command, pass_fds=[telling], stderr=DEVNULL)
    os.close(telling)
    try:
        with os.fdopen(told) as number:
            shown_on = f":{number.readline().strip()}"
        os.environ.update(DISPLAY=shown_on, SDL_VIDEODRIVER="x11", LIBGL_ALWAYS_SOFTWARE="1")
        yield
    finally:
        os.environ.pop("DISPLAY", None)
        server.terminate()
        server.wait()


def _fresh(place: Place) -> tuple[Place, PretendedTime]:
    sample = read_file(LA_RONDA)
    begins = last(HOUR, zone_of(sample), now())
    with open_store(place.store) as store:
        load(store, sample, begins, hub_key(place))
    return place, PretendedTime(begins)


def _there(place: Place) -> tuple[Place, PretendedTime]:
    return place, PretendedTime(last(HOUR, hub_in(place.data).zone, now()))


def _pictures(app: Any, args: argparse.Namespace) -> Iterator[Path]:
    """Write the pictures; those of acts come after all others, which show nothing of them."""
    for pages in (WALL,) if args.mode == "wall" else (DOOR, LAST):
        for lang in args.lang:
            app.shell.switch_language(lang)
            app.shell.look(large=args.large, low=args.low)
            for name, act in pages:
                if args.pages and name not in args.pages:
                    continue
                act(app.shell)
                _frames()
                _until_shown(app, name)
                path = args.out / f"{args.mode}-{name}{_look_of(args)}-{args.size}-{lang}.png"
                _shoot(path)
                yield path


def _until_shown(app: Any, name: str) -> None:
    """Run frames until an act is on the disk and its page in front; a busy machine needs longer."""
    from kivy.clock import Clock

    until = Clock.time() + SENT_WITHIN_S
    while name == "welcome" and app.shell.screen.name != name and Clock.time() < until:
        _frames()


def _look_of(args: argparse.Namespace) -> str:
    """The part of a picture's name that says how its reader wanted it: "-night", "-large-low"."""
    asked = {"night": args.night, "large": args.large, "low": args.low}
    return "".join(f"-{name}" for name, wanted in asked.items() if wanted)


def _frames() -> None:
    """Run frames until everything has come to rest."""
    from kivy.clock import Clock

    from kiosk.ui.loop import frame

    until = Clock.time() + SETTLE_S
    while Clock.time() < until:
        frame()


def _shoot(path: Path) -> None:
    """Write what the window shows; Kivy numbers the file, and what it drew last is read."""
    from kivy.core.window import Window

    Window.dispatch("on_draw")
    Path(Window.screenshot(name=str(path))).replace(path)
