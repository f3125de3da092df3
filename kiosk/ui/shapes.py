"""Shapes drawn with canvas instructions: disc, ring, half, cross, triangle, hexagon, diamond,
dashed ring; and edges made of dashes, which Kivy draws only one pixel wide.

    Shape:
        shape: "half"
        ink: "soon"
"""

from collections.abc import Iterator
from math import cos, pi, sin
from typing import Any

from kivy.graphics import Color, Ellipse, Line, Mesh
from kivy.properties import NumericProperty, StringProperty
from kivy.uix.widget import Widget

from kiosk.ui.look import look

Point = tuple[float, float]
_POLYGONS: dict[str, list[Point]] = {  # corners in a square from 0 to 1
    "triangle": [(0.0, 0.02), (1.0, 0.02), (0.5, 0.95)],
    "hexagon": [(0.5 + 0.5 * sin(pi * k / 3), 0.5 + 0.5 * cos(pi * k / 3)) for k in range(6)],
    "diamond": [(0.5, -0.05), (1.05, 0.5), (0.5, 1.05), (-0.05, 0.5)],
}
SHAPES = ("disc", "ring", "half", "cross", "dashed_ring", *_POLYGONS)


class Shape(Widget):
    """One of SHAPES in a colour; its size is the status shape's unless ``slot`` or ``px`` says."""

    shape = StringProperty("disc")
    ink = StringProperty("ink")
    slot = StringProperty("status_shape")
    px = NumericProperty(0)

    def __init__(self, **facts: Any) -> None:
        facts.setdefault("size_hint", (None, None))
        super().__init__(**facts)
        for name in ("shape", "ink", "pos"):
            self.fbind(name, self._draw)
        for name in ("slot", "px"):
            self.fbind(name, self._sized)
        self._sized()

    def _sized(self, *_: object) -> None:
        side_px = int(self.px) or look.theme.icon(self.slot)
        self.size = (side_px, side_px)
        self._draw()

    def _draw(self, *_: object) -> None:
        self.canvas.clear()
        if not self.shape:
            return
        with self.canvas:
            Color(*look.theme.colour(self.ink))
            draw_shape(self.shape, self.x, self.y, self.width)


def draw_shape(shape: str, x: float, y: float, side: float) -> None:
    """Draw a shape into the open canvas, in a square of ``side`` px with its corner at x, y."""
    middle, stroke = side / 2, max(2.0, side * 0.15)
    if shape == "disc":
        Ellipse(pos=(x, y), size=(side, side), segments=64)
    elif shape in ("ring", "half"):
        Line(circle=(x + middle, y + middle, middle - stroke / 2), width=stroke / 2)
        if shape == "half":  # Kivy counts angles clockwise from the top
            Ellipse(pos=(x, y), size=(side, side), angle_start=180, angle_end=360, segments=64)
    elif shape == "cross":
        _cross(x, y, side, stroke)
    elif shape == "dashed_ring":
        for start in range(0, 360, 60):
            arc = (x + middle, y + middle, middle - stroke / 2, start + 8, start + 46)
            Line(circle=arc, width=stroke / 2, cap="none")
    else:
        _polygon([(x + side * dx, y + side * dy) for dx, dy in _POLYGONS[shape]])


def _cross(x: float, y: float, side: float, stroke: float) -> None:
    low, high = side * 0.1, side * 0.9
    for first, last in (((low, low), (high, high)), ((low, high), (high, low))):
        points = (x + first[0], y + first[1], x + last[0], y + last[1])
        Line(points=points, width=stroke / 2, cap="square")


def _polygon(corners: list[Point]) -> None:
    vertices = [value for corner in corners for value in (*corner, 0, 0)]
    Mesh(vertices=vertices, indices=list(range(len(corners))), mode="triangle_fan")


def dashes(
    box: tuple[float, float, float, float], radius: float, on: float, off: float
) -> Iterator[list[float]]:
    """The dashes of a rounded edge round box = x, y, width, height: lists of x, y, x, y, ..."""
    path = list(_rounded(box, radius))
    dash: list[float] = []
    drawing, left = True, on
    for (ax, ay), (bx, by) in zip(path, path[1:] + path[:1], strict=True):
        length, done = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5, 0.0
        while length - done > 1e-6:
            step = min(left, length - done)
            if drawing:
                dash += [] if dash else [_on(ax, bx, done, length), _on(ay, by, done, length)]
                dash += [_on(ax, bx, done + step, length), _on(ay, by, done + step, length)]
            done, left = done + step, left - step
            if left <= 1e-6:
                if drawing and dash:
                    yield dash
                drawing, dash, left = not drawing, [], off if drawing else on
    if dash:
        yield dash


def _on(start: float, end: float, done: float, length: float) -> float:
    return start + (end - start) * done / length


def _rounded(box: tuple[float, float, float, float], radius: float) -> Iterator[Point]:
    x, y, width, height = box
    corners = (
        (x + width - radius, y + height - radius, 0),
        (x + radius, y + height - radius, 90),
        (x + radius, y + radius, 180),
        (x + width - radius, y + radius, 270),
    )
    for cx, cy, start in corners:
        for step in range(0, 91, 15):
            angle = (start + step) * pi / 180
            yield cx + radius * cos(angle), cy + radius * sin(angle)
