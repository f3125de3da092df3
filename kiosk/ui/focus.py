"""Five keys instead of a finger: arrows go from control to control, Enter presses, Escape backs.

For a keypad at wheelchair height, or whoever cannot touch a screen. The ring shows only once a key
was pressed, and goes with the next touch.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from kivy.graphics import Color, Line
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.widget import Widget

from kiosk.ui.look import look

ENTER, ESCAPE = (13, 271), (27,)
ARROWS = {273: (0, 1), 274: (0, -1), 275: (1, 0), 276: (-1, 0)}  # Kivy's codes -> direction, y up
BACKS = ("act.back", "act.all_right", "act.more_time")
"""What Escape presses: the way back, or what takes a dialog away and changes nothing."""
ROW_MM = 6
"""Less than half of the least height of what is touched: rows are not mixed up."""
Point = tuple[float, float]


def reading_order(points: Sequence[Point], row_px: float) -> list[int]:
    """Return the points as they are read: rows from the top, each from the left.

    row_px: what stands no lower than this under the first of a row is in its row.
    """
    order: list[int] = []
    row: list[int] = []
    for nth in sorted(range(len(points)), key=lambda n: -points[n][1]):
        if row and points[row[0]][1] - points[nth][1] > row_px:
            order += sorted(row, key=lambda n: points[n][0])
            row = []
        row.append(nth)
    return order + sorted(row, key=lambda n: points[n][0])


def next_index(
    points: Sequence[Point], at: int | None, way: tuple[int, int], row_px: float = 1
) -> int:
    """Return which point an arrow leads to, from ``points[at]``.

    Right and left go in reading order and round again, so that everything is reached by one key.
    Up and down go to the nearest thing that way (aside counts three times), at the edge they stay.
    Without a place yet, the first in reading order.
    """
    reading = reading_order(points, row_px)
    if at is None:
        return reading[0]
    if way[0]:
        return reading[(reading.index(at) + way[0]) % len(reading)]
    here = points[at]
    best, best_cost = at, float("inf")
    for nth, point in enumerate(points):
        along = (point[1] - here[1]) * way[1]
        cost = along + 3 * abs(point[0] - here[0])
        if along > 1 and cost < best_cost:
            best, best_cost = nth, cost
    return best


def nearest(points: Sequence[Point], place: Point) -> int:
    """Return which point is nearest to a place."""
    return min(
        range(len(points)),
        key=lambda n: (points[n][0] - place[0]) ** 2 + (points[n][1] - place[1]) ** 2,
    )


def controls(root: Widget) -> Iterator[Any]:
    """Yield everything under ``root`` that can be pressed now."""
    for child in root.children:
        if child.opacity == 0:
            continue
        if isinstance(child, ButtonBehavior) and not child.disabled:
            yield child
        yield from controls(child)


class Focus:
    """Remembers what the keypad is at."""

    def __init__(self) -> None:
        self._at: Any = None
        self._left: tuple[Any, Point] | None = None  # the page, and where on it the keypad was

    def key(self, key: int, root: Widget) -> bool:
        """Take a key for what is under ``root``; True where it was one of the five."""
        if key in ARROWS:
            self._move(root, list(controls(root)), ARROWS[key])
        elif key in ENTER and self._at is not None:
            self._press()
        elif key in ESCAPE:
            self._back(root)
        else:
            return False
        return True

    def clear(self) -> None:
        """Take the ring away: a finger is there."""
        self._left = None
        self._off()

    def _off(self) -> None:
        if self._at is not None:
            _ring(self._at, on=False)
            if hasattr(self._at, "on_held"):
                self._at.state = "normal"  # whoever went on holds it no longer
            self._at = None

    def _move(self, root: Widget, found: list[Any], way: tuple[int, int]) -> None:
        if not found:
            return
        points, page = [_middle(c) for c in found], root.children[0]
        at = found.index(self._at) if self._at in found else None
        if at is None and self._left and self._left[0] is page:
            at = nearest(points, self._left[1])  # a letter that may not follow itself, a row gone
        new = next_index(points, at, way, look.theme.mm(ROW_MM))
        self._off()
        self._at, self._left = found[new], (page, points[new])
        _ring(self._at, on=True)

    def _press(self) -> None:
        pressed = self._at
        if pressed.get_root_window() is None or pressed.disabled:
            self._off()
            return
        if hasattr(pressed, "on_held") and pressed.state == "normal":
            pressed.state = "down"  # held until the next Enter, as a finger would
            return
        pressed.state = "normal"
        pressed.dispatch("on_release")

    @staticmethod
    def _back(root: Widget) -> None:
        backs = [c for c in controls(root) if getattr(c, "say", "") in BACKS]
        if backs:
            min(backs, key=lambda back: BACKS.index(back.say)).dispatch("on_release")


def _ring(control: Any, *, on: bool) -> None:
    """Show where the keypad is; what draws no ring of its own gets one inside its edge."""
    if hasattr(control, "by_keypad"):
        control.by_keypad = on
        return
    control.canvas.after.remove_group("keypad")
    if on:
        theme = look.theme
        line, radius = theme.line("focus_ring"), theme.radius()
        with control.canvas.after:
            Color(*theme.colour("meet"), group="keypad")
            x, y, width, height = control.x, control.y, control.width, control.height
            box = (x + line / 2, y + line / 2, width - line, height - line, radius)
            Line(rounded_rectangle=box, width=line / 2, group="keypad")


def _middle(control: Any) -> Point:
    x, y = control.to_window(*control.center)
    return float(x), float(y)
