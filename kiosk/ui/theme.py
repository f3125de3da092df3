"""The look as numbers: one frozen ``Theme`` says every size in pixels and every colour.

All lengths are millimetres of the real glass (``assets/tokens.json``), turned into whole pixels by
the diagonal of the screen. No Kivy here: a widget asks, a test can too.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from math import hypot
from typing import Any

from kiosk.shipped import ASSETS

TOKENS = ASSETS / "tokens.json"
Rgba = tuple[float, float, float, float]

DOOR_10, DOOR_7_LANDSCAPE, DOOR_7_PORTRAIT, WALL_43 = FORMS = (
    "door_10",
    "door_7_landscape",
    "door_7_portrait",
    "wall_43",
)
SCREENS: Mapping[str, tuple[int, int, float]] = {  # form -> width px, height px, diagonal mm
    DOOR_10: (1280, 800, 256.1),
    DOOR_7_LANDSCAPE: (800, 480, 179.6),
    DOOR_7_PORTRAIT: (720, 1280, 179.5),
    WALL_43: (1920, 1080, 1092.3),
}
_WALL_MM = (952.0, 535.5)  # the least a wall needs, as it was drawn: 43" at 16:9
_WIDE_DOOR_MM = 185.0  # between a 7" and a 10" panel lying down


@cache
def tokens() -> dict[str, Any]:
    """The values of ``assets/tokens.json``; Any because its branches differ in shape."""
    found: dict[str, Any] = json.loads(TOKENS.read_text(encoding="utf-8"))
    return found


def rgba(hex_colour: str, alpha: float = 1.0) -> Rgba:
    """``#RRGGBB`` as four numbers from 0 to 1."""
    red, green, blue = (int(hex_colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue, alpha


def contrast(one: Rgba, other: Rgba) -> float:
    """The contrast of two opaque colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Rgba) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour[:3]]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@dataclass(frozen=True)
class Theme:
    """What one screen looks like: its glass, and how its reader wants it.

    width_px, height_px: the window. diagonal_mm: of the glass, so that a millimetre is one.
    large: text twice as tall. low: controls in the lower half. night: dark colours.
    wall: a wall screen, read from four metres.

    Large words on a 7" screen need all of it: there ``low`` gives way, and comes back with
    smaller words (``low_later``).
    """

    width_px: int
    height_px: int
    diagonal_mm: float
    large: bool = False
    low: bool = False
    night: bool = False
    wall: bool = False
    low_later: bool = False

    def __post_init__(self) -> None:
        wanted = self.low or self.low_later
        has_room = not self.large or self.form == DOOR_10
        object.__setattr__(self, "low", wanted and has_room)
        object.__setattr__(self, "low_later", wanted and not has_room)

    @cached_property
    def px_per_mm(self) -> float:
        """Pixels in one millimetre of the glass.

        A wall smaller than the one that was drawn is read from nearer: all of it shrinks alike.
        """
        real = hypot(self.width_px, self.height_px) / self.diagonal_mm
        if not self.wall:
            return real
        return min(real, self.width_px / _WALL_MM[0], self.height_px / _WALL_MM[1])

    @cached_property
    def form(self) -> str:
        """Which of the four layouts fits: one of FORMS."""
        if self.wall:
            return WALL_43
        if self.height_px > self.width_px:
            return DOOR_7_PORTRAIT
        wide = self.width_px / self.px_per_mm >= _WIDE_DOOR_MM
        return DOOR_10 if wide else DOOR_7_LANDSCAPE

    @property
    def width_mm(self) -> float:
        """Width of the glass in mm."""
        return self.width_px / self.px_per_mm

    @property
    def height_mm(self) -> float:
        """Height of the glass in mm."""
        return self.height_px / self.px_per_mm

    @property
    def roomy(self) -> bool:
        """Whether the 10" layouts fit: 7" screens and large text take smaller steps."""
        return self.form == DOOR_10 and not self.large

    @property
    def portrait(self) -> bool:
        """Whether the screen stands upright."""
        return self.form == DOOR_7_PORTRAIT

    def mm(self, length_mm: float) -> int:
        """Whole pixels of a length in mm."""
        return round(length_mm * self.px_per_mm)

    def line(self, name: str) -> int:
        """Whole pixels of a line ("hair", "button", "field", "focus_ring"...), never under 2."""
        values = tokens()["line"]
        return max(int(values["least_px"]), self.mm(values[name]))

    def size(self, role: str) -> int:
        """Font size in px of "body", "title", "display" or a numeral ("roll_call"...)."""
        values = tokens()["type"]
        if role in values["numeral"]:
            return self.mm(values["numeral"][role])
        large = self.large and not self.wall
        return self.mm(values["door_large_text" if large else self.form][role])

    def line_em(self, role: str) -> float:
        """Distance of two lines in em; "reading" is for running text in body size."""
        values: dict[str, float] = tokens()["type"]["line_height"]
        return values.get(role, values["display"])

    def space(self, name: str) -> int:
        """Pixels of a distance: "margin", "gap", "row_gap", "gap_columns", "head", "pad_card"..."""
        value = tokens()["space"][name]
        return self.mm(value[self.form] if isinstance(value, dict) else value)

    def target(self, name: str) -> int:
        """Pixels of the least side of something touched: "least", "primary", "tool"..."""
        return self.mm(tokens()["target"][name])

    def target_size(self, name: str) -> tuple[int, int]:
        """Width and height in px of "stepper", "key" or "key_pitch"."""
        width, height = tokens()["target"][name]
        return self.mm(width), self.mm(height)

    def radius(self, name: str = "door") -> int:
        """Corner radius in px: "door" (or the wall's), "key", "board_bar", "focus_ring"."""
        return self.mm(tokens()["radius"]["wall" if self.wall and name == "door" else name])

    def icon(self, name: str) -> int:
        """Icon size in px: "beside_body", "beside_title", "hero", "status_shape"..."""
        if name in ("hero", "door_mark"):
            return self.mm(tokens()["icon"][name])
        grown = self.size("body") / self.mm(tokens()["type"][self.form]["body"])
        return round(self.mm(tokens()["icon"][name]) * grown)

    def colour(self, name: str) -> Rgba:
        """A colour by its name in the tokens, for day or night; "scrim" is half clear."""
        if name == "scrim":
            scrim = tokens()["scrim"]
            return rgba(scrim["hex"], scrim["alpha"])
        if name == "none":
            return 0.0, 0.0, 0.0, 0.0
        return rgba(tokens()["colour"]["night" if self.night else "day"][name])

    def motion_s(self) -> float:
        """How long a movement takes, in seconds."""
        return float(tokens()["motion"]["ms"]) / 1000

    def but(self, **changes: bool) -> "Theme":
        """The same screen for another reader: ``theme.but(large=True)``."""
        return replace(self, **changes)


def theme_for(form: str, **flags: bool) -> Theme:
    """The Theme of one of the four screens the kiosk is made for (tests, demos)."""
    width, height, diagonal = SCREENS[form]
    return Theme(width, height, diagonal, **{"wall": form == WALL_43, **flags})
