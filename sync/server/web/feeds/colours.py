"""A colour by the name that calendars know: RFC 7986 takes CSS3 names and no others. Pure."""

from __future__ import annotations

from functools import lru_cache

from PIL import ImageColor


@lru_cache(maxsize=256)
def nearest_name(colour: str) -> str:
    """Return the CSS3 name nearest to "#2F6B4F" (as the eye sees it, about); "" for no colour."""
    try:
        wanted = ImageColor.getrgb(colour)
    except (ValueError, AttributeError):
        return ""
    return min(ImageColor.colormap, key=lambda name: (_distance(name, wanted), name))


def _distance(name: str, wanted: tuple[int, ...]) -> int:
    # Weights of the three lights: cheap, and near enough to tell rooms apart.
    found = ImageColor.getrgb(name)
    return sum(w * (a - b) ** 2 for w, a, b in zip((3, 4, 2), found, wanted, strict=False))
