"""Pictures of notices: under the hash of what was sent, kept without what a camera wrote into it."""

from __future__ import annotations

import io
import re
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, get_args

from PIL import Image, ImageOps
from sqlalchemy import Connection, delete, insert, select

from sync.errors import Refused
from sync.server.database.models import File

MAX_FILE_BYTES = 2 * 1024 * 1024
MAX_PHOTO_BYTES = 10 * 1024 * 1024
"""As a telephone sends it, to be drawn smaller."""
MAX_PIXELS, MAX_PHOTO_PIXELS = 9_000_000, 25_000_000
"""Of a PNG or WebP, which has to be unpacked whole, and of a JPEG, of which a part is enough."""
LONGEST_SIDE_PX = 2000
UNNAMED_MS = 14 * 24 * 3600 * 1000
"""So long a picture stays that no notice names: as long as a text that was replaced."""
CACHE = "private, max-age=31536000, immutable"
"""For how long a browser or a proxy of one's own may keep what was kept under a name: for good."""
_NAME = re.compile(r"[0-9a-f]{64}")
_DRAWER = ThreadPoolExecutor(1, "pictures")
"""One picture at a time, whoever sends how many at once: two MiB may unpack to fifty. And always by
the same thread: each thread would keep memory of its own for the next one."""
_FORMATS = ("JPEG", "PNG", "WEBP")
Part = Literal["whole", "first", "middle", "last"]
"""What is kept: all, or 4:3 of its upper or left part, its middle, its lower or right part."""
PARTS: tuple[Part, ...] = get_args(Part)
_SHAPE = 4 / 3


class NotAPicture(Refused):
    """What was sent is no picture that we know, is too large, or has another hash than it says."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Bytes and media type of a picture."""

    data: bytes
    media: str


def is_name(name: str) -> bool:
    """Whether a text is a SHA-256 as 64 hex digits."""
    return bool(_NAME.fullmatch(name))


def cleaned(data: bytes, name: str) -> Picture:
    """Return a picture drawn anew: upright, no metadata, no larger than a wall. Raises NotAPicture.

    name: the SHA-256 that the sender says.
    """
    if len(data) > MAX_FILE_BYTES or sha256(data).hexdigest() != name:
        raise NotAPicture
    return _DRAWER.submit(_unpacked, data, "whole").result()


def drawn(data: bytes, part: Part) -> tuple[str, Picture]:
    """Return a photo drawn anew, or a part of it, and its name. Raises NotAPicture."""
    if len(data) > MAX_PHOTO_BYTES:
        raise NotAPicture
    made = _DRAWER.submit(_unpacked, data, part).result()
    return sha256(made.data).hexdigest(), made


def _unpacked(data: bytes, part: Part) -> Picture:
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            most = MAX_PHOTO_PIXELS if picture.format == "JPEG" else MAX_PIXELS
            if picture.width * picture.height > most:
                raise NotAPicture
            return _drawn(picture, part)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as why:
        raise NotAPicture from why


def _drawn(picture: Image.Image, part: Part) -> Picture:
    is_photo = picture.format == "JPEG"
    # Made small before anything else; a JPEG is read at a fraction of its size to begin with.
    scale = min(1.0, LONGEST_SIDE_PX / max(picture.size))
    picture.draft(None, (int(picture.width * scale) or 1, int(picture.height * scale) or 1))
    picture.thumbnail((LONGEST_SIDE_PX, LONGEST_SIDE_PX), reducing_gap=None)
    upright = _cropped(ImageOps.exif_transpose(picture), part)
    plain = upright.convert("RGB" if is_photo else "RGBA")
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    out = io.BytesIO()
    bare.save(out, "JPEG" if is_photo else "PNG", **({"quality": 85} if is_photo else {}))
    return Picture(out.getvalue(), "image/jpeg" if is_photo else "image/png")


def _cropped(picture: Image.Image, part: Part) -> Image.Image:
    if part == "whole":
        return picture
    wide = min(picture.width, max(1, round(picture.height * _SHAPE)))
    tall = min(picture.height, max(1, round(picture.width / _SHAPE)))
    along = {"first": 0.0, "middle": 0.5, "last": 1.0}[part]
    left = round((picture.width - wide) * along)
    upper = round((picture.height - tall) * along)
    return picture.crop((left, upper, left + wide, upper + tall))


def keep(connection: Connection, hub: str, name: str, picture: Picture, now_ms: int) -> None:
    """Keep a picture of a hub; one that is here already stays as it is."""
    if find(connection, hub, name) is None:
        row = {"hub_id": hub, "sha256": name, "media": picture.media, "data": picture.data}
        connection.execute(insert(File), [row | {"made_ms": now_ms}])


def find(connection: Connection, hub: str, name: str) -> Picture | None:
    """Return a picture of a hub; whatever is no name is the name of none."""
    if not is_name(name):
        return None
    here = (File.hub_id == hub) & (File.sha256 == name)
    row = connection.execute(select(File.data, File.media).where(here)).first()
    return Picture(bytes(row.data), row.media) if row else None


def let_go(connection: Connection, hub: str, named: Collection[str], now_ms: int) -> int:
    """Let the pictures of a hub go that no notice names any more; return how many went."""
    here = (File.hub_id == hub) & (File.made_ms < now_ms - UNNAMED_MS)
    gone = delete(File).where(here, File.sha256.not_in(sorted(named)))
    return connection.execute(gone).rowcount
