"""Two small files without which a door is none, its settings and the hub's key: each is kept twice.

A copy lies beside each and is renewed whenever a door starts from a good one. Where the file itself is
damaged, by a hand or by a card that dies, the copy takes its place, and what was found is set aside.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from kiosk.config import BadSetting, Place, parse, parse_key, write_private
from kiosk.store.errors import StoreAway, StoreFull
from sync.log import Log

log = Log("kiosk")
COPY, DAMAGED = "copy", "damaged"


def mend(place: Place) -> bool:
    """Have settings and key be good where they or their copies are; whether a copy had to help.

    Settings that are gone stay gone, as somebody may have wished; a key that is gone comes back.
    """
    settings = place.settings.exists() and _mended(place.settings, parse)
    return _mended(place.key, parse_key) or settings


def _mended(path: Path, parsed: Callable[[str, Path], object]) -> bool:
    copy = _beside(path, COPY)
    found, kept = _content(path), _content(copy)
    with suppress(StoreAway, StoreFull):  # a disk that takes nothing: as it is, then
        if _is_good(found, path, parsed):
            if found != kept:
                write_private(copy, found)
        elif _is_good(kept, copy, parsed):
            if found:
                write_private(_beside(path, DAMAGED), found)
            write_private(path, kept)
            log.warning("file.mended", file=path.name)
            return True
    return False


def _beside(path: Path, word: str) -> Path:
    return path.with_name(f"{path.name}.{word}")


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _is_good(content: bytes, path: Path, parsed: Callable[[str, Path], object]) -> bool:
    if not content:
        return False  # what a power cut leaves of a file that nobody synced
    try:
        parsed(content.decode("utf-8"), path)
    except (BadSetting, UnicodeDecodeError):
        return False
    return True
