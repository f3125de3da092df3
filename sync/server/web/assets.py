"""Styles, scripts, fonts and signs: the same for everybody, kept by browsers until they change."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

FOLDER = Path(__file__).parent / "static"
_MEDIA = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".txt": "text/plain; charset=utf-8",
}
_PACKED = (".css", ".js", ".svg", ".txt")


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it is sent; packed: its bytes in gzip, where that is worth it."""

    data: bytes
    packed: bytes
    media: str
    version: str


@cache
def assets() -> dict[str, Asset]:
    """Return every file that is served, by its name."""
    return {path.name: _read(path) for path in sorted(FOLDER.iterdir()) if path.suffix in _MEDIA}


def address_of_asset(name: str) -> str:
    """Return where a file is, with its version: what changed has another address."""
    return f"/static/{name}?v={assets()[name].version}"


def _read(path: Path) -> Asset:
    data = path.read_bytes()
    packed = gzip.compress(data, 9, mtime=0) if path.suffix in _PACKED else b""
    return Asset(data, packed, _MEDIA[path.suffix], sha256(data).hexdigest()[:12])
