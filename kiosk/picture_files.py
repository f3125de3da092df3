"""The folder of pictures: each under the name that its notice says, none larger than it may be."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kiosk.store.files import make_folder, move, reached

MAX_BYTES = 2 * 1024 * 1024
LONGEST_SIDE_PX = 4096
"""Twice what the server sends: a side beyond that would unpack to more than a device has."""
PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"


@dataclass(frozen=True, slots=True)
class Measure:
    """What the first bytes of a picture say: the ending of its file, its size in pixels."""

    ending: str
    width_px: int
    height_px: int


def measured(data: bytes) -> Measure | None:
    """Return what a PNG or JPEG says of itself, None for anything else or too large to draw.

    PNG: width and height are the first two numbers after its signature (RFC 2083, 4.1.1).
    JPEG: they stand in the first start-of-frame segment, C0 to CF without C4, C8, CC (T.81, B.2.2).
    """
    if len(data) > MAX_BYTES:
        return None
    found = None
    if data.startswith(PNG) and len(data) > 24:
        found = Measure("png", _number(data, 16, 4), _number(data, 20, 4))
    elif data.startswith(JPEG):
        found = _jpeg(data)
    if found is None or not 0 < max(found.width_px, found.height_px) <= LONGEST_SIDE_PX:
        return None
    return found if min(found.width_px, found.height_px) > 0 else None


def _jpeg(data: bytes) -> Measure | None:
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker, size = data[at + 1], _number(data, at + 2, 2)
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return Measure("jpg", _number(data, at + 7, 2), _number(data, at + 5, 2))
        at += 2 + size
    return None


def _number(data: bytes, at: int, size: int) -> int:
    return int.from_bytes(data[at : at + size], "big")


class PictureFiles:
    """The folder; every method waits for the disk, so none is for the Kivy thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self) -> tuple[str, ...]:
        """Return the names of the pictures here."""
        if not self._folder.is_dir():
            return ()
        return tuple(sorted(path.stem for path in self._folder.iterdir() if path.suffix != ".new"))

    def path(self, name: str) -> Path | None:
        """Return where a picture lies, None where it does not."""
        found = (self._folder / f"{name}.{ending}" for ending in ("png", "jpg"))
        return next((path for path in found if path.is_file()), None)

    def keep(self, name: str, data: bytes) -> bool:
        """Keep a picture whole or not at all; False where it is none that we draw.

        Raises StoreFull, StoreAway.
        """
        measure = measured(data)
        if measure is None:
            return False
        begun = self._folder / f"{name}.new"
        with reached():
            make_folder(self._folder)
            begun.write_bytes(data)
            # A name without its bytes would pass for the picture, and never be fetched again.
            move(begun, self._folder / f"{name}.{measure.ending}")
        return True

    def drop(self, name: str) -> None:
        """Remove a picture, and what was left of one half written."""
        for ending in ("png", "jpg", "new"):
            with suppress(FileNotFoundError):
                (self._folder / f"{name}.{ending}").unlink()
