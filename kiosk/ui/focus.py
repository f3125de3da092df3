"""Five keys instead of a finger: arrows go from control to control, Enter presses, Escape backs.

For a keypad at wheelchair height, or whoever cannot touch a screen. The ring shows only once a key
was pressed, and goes with the next touch.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from kivy.graphics import Color, Line
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.widget import Widget

from kiosk.ui.look import look

ENTER, ESCAPE = (13, 271), (27,)
ARROWS = {273: (0, 1), 274: (0, -1), 275: (1, 0), 276: (-1, 0)}  # Kivy's codes -> direction, y up
Point = tuple[float, float]


def next_index(points: Sequence[Point], at: int | None, way: tuple[int, int]) -> int:
    """Return which point an arrow leads to, from ``points[at]``.

    Right and left go in reading order and round again, so that everything is reached by one key.
    Up and down go to the nearest thing that way (aside counts three times), at the edge they stay.
    Without a place yet, the first in reading order.
    """
    reading = sorted(range(len(points)), key=lambda n: (-round(points[n][1]), points[n][0]))
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

    def key(self, key: int, root: Widget) -> bool:
        """Take a key for what is under ``root``; True where it was one of the five."""
        if key in ARROWS:
            self._move(list(controls(root)), ARROWS[key])
        elif key in ENTER and self._at is not None:
            self._press()
        elif key in ESCAPE:
            self._back(root)
        else:
            return False
        return True

    def clear(self) -> None:
        """Take the ring away: a finger is there."""
        if self._at is not None:
            _ring(self._at, on=False)
            self._at = None

    def _move(self, found: list[Any], way: tuple[int, int]) -> None:
        if not found:
            return
        at = found.index(self._at) if self._at in found else None
        new = next_index([_middle(c) for c in found], at, way)
        self.clear()
        self._at = found[new]
        _ring(self._at, on=True)

    def _press(self) -> None:
        pressed = self._at
        if pressed.get_root_window() is None or pressed.disabled:
            self.clear()
            return
        if hasattr(pressed, "on_held") and pressed.state == "normal":
            pressed.state = "down"  # held until the next Enter, as a finger would
            return
        pressed.state = "normal"
        pressed.dispatch("on_release")

    @staticmethod
    def _back(root: Widget) -> None:
        backs: Iterable[Any] = (c for c in controls(root) if getattr(c, "say", "") == "act.back")
        for back in backs:
            back.dispatch("on_release")
            return


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
