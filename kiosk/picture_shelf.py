"""Pictures for the screen: read and unpacked by a thread, handed over to the Kivy thread."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from kiosk.picture_files import PictureFiles, measured
from sync.log import Log

MOST_HELD = 4
"""Unpacked pictures kept: those of a page of the wall and the one read at a door."""
Give = Callable[[Any], object]  # given a texture; Any: Kivy has no types
log = Log("pictures")


class PictureShelf:
    """``ask(name, give)`` returns at once; ``give(texture)`` follows, never for a broken picture."""

    def __init__(self, folder: Path, call: Callable[[Callable[[], object]], object]) -> None:
        """call: runs something on the Kivy thread, from any other."""
        self._files, self._call = PictureFiles(folder), call
        self._held: dict[str, Any] = {}
        self._reader = ThreadPoolExecutor(1, "picture-reader")

    def ask(self, name: str, give: Give) -> None:
        """Have a picture, on the Kivy thread; what is held already comes before this returns."""
        if name in self._held:
            give(self._held[name])
        elif name:
            self._reader.submit(self._read, name, give)

    def _read(self, name: str, give: Give) -> None:
        try:
            unpacked = self._unpacked(name)
        except Exception as why:  # noqa: BLE001 (a broken picture loses its own tile, nothing else)
            log.bug("picture.unreadable", why)
            return
        if unpacked is not None:
            self._call(lambda: self._hand_over(name, unpacked, give))

    def _unpacked(self, name: str) -> Any:
        from kivy.core.image import ImageLoader

        path = self._files.path(name)
        if path is None or measured(path.read_bytes()) is None:
            return None
        return ImageLoader.load(str(path), nocache=True)

    def _hand_over(self, name: str, unpacked: Any, give: Give) -> None:
        texture = unpacked.texture
        if texture is None:
            return
        self._held[name] = texture
        while len(self._held) > MOST_HELD:
            del self._held[next(iter(self._held))]
        give(texture)
