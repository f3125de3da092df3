"""Where somebody is and how they came: ``Trail`` (pure), and ``Stage``, which shows one screen.

A change of screen slides 8 mm from the side of what was tapped and fades, in 150 ms; with
``reduced`` motion it is there at once. Touches during a change press nothing: the finger that
lifts off one screen must not find a button of the next.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kivy.animation import Animation
from kivy.graphics import Color, PopMatrix, PushMatrix, Rectangle, Translate
from kivy.properties import NumericProperty, ReferenceListProperty
from kivy.uix.floatlayout import FloatLayout
from kivy.uix.widget import Widget

SLIDE_MM = 8


@dataclass(frozen=True)
class Place:
    """A screen by its name, and the facts it was opened with."""

    name: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Trail:
    """The screens behind somebody, the last one in front of them; ``rest`` is the first."""

    places: tuple[Place, ...]

    @property
    def here(self) -> Place:
        """The screen in front."""
        return self.places[-1]

    def to(self, place: Place) -> "Trail":
        """One step on. A screen that is already on the trail is gone back to, not stacked."""
        for at, known in enumerate(self.places[:-1]):
            if known.name == place.name and at > 0:
                return Trail((*self.places[:at], place))
        kept = self.places[:-1] if self.here.name == place.name else self.places
        return Trail((*kept, place))

    def keeping(self, facts: Mapping[str, Any]) -> "Trail":
        """The same steps; whoever comes back to the one in front finds it with these facts."""
        return Trail((*self.places[:-1], Place(self.here.name, {**self.here.facts, **facts})))

    def back(self) -> "Trail":
        """One step back; at the first screen this stays."""
        return Trail(self.places[:-1] or self.places)

    def home(self) -> "Trail":
        """The first screen, with nothing behind it."""
        return Trail((Place(self.places[0].name),))


class Stage(FloatLayout):
    """Shows one screen at a time and moves the next one in."""

    shift = NumericProperty(0)
    veil = NumericProperty(0)
    drift_x, drift_y = NumericProperty(0), NumericProperty(0)
    drift = ReferenceListProperty(drift_x, drift_y)

    def __init__(self, paper: tuple[float, float, float, float], **facts: Any) -> None:
        super().__init__(**facts)
        self.moving = False
        self._motion: Animation | None = None
        with self.canvas.before:
            self._ground_colour = Color(*paper)
            self._ground = Rectangle()
            PushMatrix()
            self._moved = Translate()
        with self.canvas.after:
            self._veil_colour = Color(*paper[:3], 0)
            self._veil = Rectangle()
            PopMatrix()
        for name in ("pos", "size", "shift", "veil", "drift"):
            self.fbind(name, self._place)

    def paint(self, paper: tuple[float, float, float, float]) -> None:
        """Take another ground colour (night, wall)."""
        self._ground_colour.rgba = paper
        self._veil_colour.rgba = (*paper[:3], self.veil)

    def show(self, screen: Widget, *, from_px: float, seconds: float) -> None:
        """Put ``screen`` in front, moved in from ``from_px`` to the right (negative: left)."""
        if self._motion is not None:
            self._motion.cancel(self)
        self.clear_widgets()
        self.add_widget(screen)
        if seconds <= 0 or not from_px:
            self._arrived()
            return
        self.moving, self.shift, self.veil = True, from_px, 1
        self._motion = Animation(shift=0, veil=0, duration=seconds, transition="out_quad")
        self._motion.bind(on_complete=lambda *_: self._arrived())
        self._motion.start(self)

    def _arrived(self) -> None:
        self.shift = self.veil = 0
        self.moving, self._motion = False, None

    def _place(self, *_: Any) -> None:
        self._ground.pos, self._ground.size = self.pos, self.size
        self._veil.size = self.size if self.veil else (0, 0)
        self._veil.pos = self.x - self.shift, self.y
        self._veil_colour.a = self.veil
        self._moved.x, self._moved.y = self.shift + self.drift_x, self.drift_y
