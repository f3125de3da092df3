"""Somebody at a door: touches, and keys, on the way that a real hand's take through the compositor."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.vm.booted import UID, until
from tests.vm.door import Door
from tests.vm.wayland import LEFT, Mouse

SHOWN_S = 60.0
OPEN_EYES = """
import sys
sys.path.insert(0, "/srv/commons")
from tests.vm import eyes
sys.path.pop(0)
eyes.open_("/data/kiosk/{mode}/seen.json")
"""
F1 = 282
"""As Kivy counts keys."""
HELD_MS = 3000
PLUGGED_MS = 3_600_000


class Hands:
    """A mouse and a keyboard at a door, and what is seen there."""

    def __init__(self, door: Door) -> None:
        self.door, self._watched = door, 0
        self._keyboard: subprocess.Popen[bytes] | None = None
        self._holding: subprocess.Popen[bytes] | None = None

    def away(self) -> None:
        """Take what was plugged into a compositor that has ended: another one wants another one."""
        if "mouse" in self.__dict__:
            self.mouse.close()
        for name in ("mouse", "_corner"):
            self.__dict__.pop(name, None)
        if self._keyboard is not None:
            for one in (
                Path(f"/proc/{self._keyboard.pid}/task/{self._keyboard.pid}/children")
                .read_text()
                .split()
            ):
                os.kill(int(one), signal.SIGTERM)  # it sleeps, and sees no compositor go
            self._keyboard.wait(SHOWN_S)
            self._keyboard = None

    # What is seen ---------------------------------------------------------------------------------

    @property
    def _noted(self) -> Path:
        return self.door.machine.data / f"kiosk/{self.door.mode}/seen.json"

    def open_eyes(self) -> None:
        """Have its process say what is shown, where that is another one than before."""
        if self._watched != (process := self.door.process()):
            self._noted.unlink(missing_ok=True)
            self.door.tell(OPEN_EYES.format(mode=self.door.mode))
            until(self._noted.exists, SHOWN_S, "its eyes are open")
            self._watched = process

    def look(self) -> dict[str, Any]:
        """What is shown once everything that came before has been seen; see ``eyes``."""
        since_ns = time.time_ns()
        until(lambda: self._noted.stat().st_mtime_ns > since_ns, SHOWN_S, "it looks again")
        found: dict[str, Any] = json.loads(self._noted.read_text())
        return found

    def comes(self, so: Callable[[dict[str, Any]], Any], what: str) -> dict[str, Any]:
        """Wait until what is shown is ``so``, and return it."""
        seen: dict[str, Any] = {}

        def is_so() -> bool:
            nonlocal seen
            seen = self.look()
            return bool(so(seen))

        try:
            until(is_so, SHOWN_S, what)
        except AssertionError as why:
            self.door.machine.keep_picture("lost", self.door.output)
            raise AssertionError(f"{why}; it shows {seen.get('at')}: {offers(seen)}") from None
        return seen

    def at(self, *screens: str) -> Hands:
        """Wait until one of these is in front and nothing moves."""
        self.comes(lambda seen: seen["calm"] and seen["at"] in screens, f"{screens} is shown")
        return self

    def reads(self, words: str) -> Hands:
        """Wait until these words stand somewhere."""
        self.comes(lambda seen: any(words in one for one in seen["texts"]), f"it says {words!r}")
        return self

    def offers(self, words: str) -> bool:
        """Whether something to press says this now."""
        return bool(saying(self.look(), (words,)))

    # What is done ---------------------------------------------------------------------------------

    @cached_property
    def mouse(self) -> Mouse:
        """Plugged in when it is first wanted, and seen at the door."""
        machine = self.door.machine
        shown_at = machine.run(f"cat /run/user/{UID}/shown-at").strip()
        made = Mouse(machine.inside(f"run/user/{UID}/{shown_at}"), machine.desk())
        left, top = self._corner
        until(lambda: self._follows(made, left, top), SHOWN_S, "the pointer is followed")
        return made

    def _follows(self, mouse: Mouse, left: int, top: int) -> bool:
        """Whether the door sees a pointer where it is moved; at first X does not look at it."""
        places = [(7, 5), (4, 6)]
        for x, y in places:
            mouse.move(left + x, top + y)
            if self.look()["pointer"] != [x, y]:
                return False
        return True

    @cached_property
    def _corner(self) -> tuple[int, int]:
        return self.door.machine.place_of(self.door.output)

    def point(self, x: float, y: float) -> Hands:
        """Move the pointer to a place on the screen, counted from its top left."""
        left, top = self._corner
        self.mouse.move(round(left + x), round(top + y))
        return self

    def click(self, x: float, y: float, button: int = LEFT) -> Hands:
        """Press and let go, somewhere."""
        self.point(x, y)
        self.mouse.press(button)
        self.mouse.release(button)
        return self

    def find(self, *ways: str) -> dict[str, Any]:
        """Wait for the first of several wordings, and return what says so."""
        seen = self.comes(
            lambda seen: seen["calm"] and saying(seen, ways), f"{ways} can be pressed"
        )
        return saying(seen, ways)[0]

    def tap(self, *ways: str) -> Hands:
        """Touch the middle of what says one of these."""
        left, top, width, height = self.find(*ways)["box"]
        return self.click(left + width / 2, top + height / 2)

    def turn_to(self, words: str) -> Hands:
        """Turn pages until something says this."""
        while not self.offers(words):
            before = offers(self.look())
            self.tap("More")
            self.comes(lambda seen, was=before: offers(seen) != was, "another page")
        return self

    def keys(self, words: str) -> Hands:
        """Press keys, in the words of wtype(1)."""
        if self._keyboard is None:
            self._plug_in()
        self.door.machine.at_screen(f"wtype {words}")
        return self

    def _plug_in(self) -> None:
        """Plug a keyboard in that stays: the first keys of one are gone before X looks at it."""
        self._keyboard = self.door.machine.begin_at_screen(f"wtype -s {PLUGGED_MS}")
        until(self._is_heard, SHOWN_S, "a key is heard")

    def _is_heard(self) -> bool:
        before = self.look()["keys"].count(F1)
        self.door.machine.at_screen("wtype -k F1")
        return self.look()["keys"].count(F1) > before

    def hears(self) -> Hands:
        """Press a key that does nothing, and see it come."""
        self.keys("-k F1")
        before = self.look()["keys"].count(F1)
        self.keys("-k F1")
        self.comes(lambda seen: seen["keys"].count(F1) > before, "a key comes")
        return self

    def holds(self, key: str) -> Hands:
        """Hold alt or logo, until ``lets_go``."""
        before = self.look()["keys"].count(F1)
        command = f"wtype -M {key} -k F1 -s {HELD_MS} -m {key}"
        self._holding = self.door.machine.begin_at_screen(command)
        self.comes(lambda seen: seen["keys"].count(F1) > before, f"{key} is held")
        return self

    def lets_go(self) -> Hands:
        """Hold nothing any more: come back when the key is up by itself."""
        if self._holding is not None:
            self._holding.wait(SHOWN_S)
            self._holding = None
        return self

    def is_awake(self) -> Hands:
        """See an arrow's ring come and a touch take it away: all that was done before had its turn."""
        self.keys("-k Down")
        self.comes(lambda seen: any(one["ring"] for one in seen["things"]), "the ring of an arrow")
        self.click(*self.empty())
        self.comes(lambda seen: not any(one["ring"] for one in seen["things"]), "no ring")
        return self

    def empty(self) -> tuple[float, float]:
        """A place where nothing can be pressed."""
        seen = self.look()
        _, _, wide, tall = seen["window"]
        places = ((x, y) for y in range(4, tall, 8) for x in range(4, wide, 8))
        boxes = [one["box"] for one in seen["things"]]
        return next(
            (x, y)
            for x, y in places
            if not any(a <= x <= a + w and b <= y <= b + h for a, b, w, h in boxes)
        )

    def goes_home(self) -> Hands:
        """Be back on the rest screen, by the buttons of the screen."""
        self.open_eyes()
        while (was := self.look()["at"]) != "rest":
            self.tap("Done", "All right", "Start again", "Back")
            self.comes(lambda seen, was=was: seen["at"] != was, f"it leaves {was}")
        return self.at("rest")


def offers(seen: dict[str, Any]) -> list[str]:
    """What can be pressed."""
    return [one["words"] for one in seen.get("things", ()) if one["free"]]


def saying(seen: dict[str, Any], ways: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return what says the first of these that anything says: the same words before a beginning."""
    free = [one for one in seen["things"] if one["free"]]
    for words in ways:
        said = words.casefold()
        same = [one for one in free if one["words"].casefold() == said]
        if found := same or [one for one in free if one["words"].casefold().startswith(said)]:
            return found
    return []
