"""Screens that were wrong: each is told, pictured and counted, and the month goes on."""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from PIL import ImageGrab

from tests.soak.watching import KEPT, keep

if TYPE_CHECKING:
    from tests.soak.door import SoakDoor

MOST = 25
"""After so many wrong screens nothing that follows says more."""


class Wrongs:
    """``looked``: at how many screens; ``found``: what was wrong with some of them."""

    def __init__(self, door: SoakDoor) -> None:
        self._door, self.looked = door, 0
        self.found: list[str] = []

    @contextmanager
    def screen(self, what: str) -> Iterator[None]:
        """Look at a screen: what does not hold there is a wrong screen."""
        self.looked += 1
        try:
            yield
        except AssertionError as why:
            self._tell(what, why)

    def same(self, what: str, shown: Any, wanted: Any) -> None:
        """Say whether a screen shows what the model says."""
        with self.screen(what):
            assert shown == wanted, f"shown {shown!r}, wanted {wanted!r}"

    def _tell(self, what: str, why: AssertionError) -> None:
        self.found.append(f"{what}: {why}")
        self.picture(f"wrong-{len(self.found)}.png")
        keep(
            {
                "what": what,
                "when": self._door.life.now.isoformat(),
                "why": str(why)[:2_000],
                "at": self._door.at,
                "lines": self._door.lines(),
                "unheard": self._door.unheard,
                "where": traceback.format_exc(limit=-4),
            },
            "wrong.jsonl",
        )
        print(
            f"WRONG {what} ({self._door.life.now:%Y-%m-%d %H:%M:%S}): {str(why)[:400]}", flush=True
        )
        if len(self.found) >= MOST:
            raise SystemExit(f"{MOST} wrong screens") from why

    def picture(self, name: str) -> None:
        """Draw what the door shows, and keep it."""
        from kivy.core.window import Window

        frames = self._door.frames
        was, frames.draws_some = frames.draws_some, True
        Window.canvas.ask_update()
        frames.poll()
        frames.draws_some = was
        KEPT.mkdir(parents=True, exist_ok=True)
        ImageGrab.grab(xdisplay=os.environ["DISPLAY"]).save(KEPT / name, compress_level=1)
