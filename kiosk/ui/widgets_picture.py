"""``Picture``: a texture in a box, whole and undistorted, with the round corners of a card."""

from typing import Any

from kivy.graphics import Color, RoundedRectangle
from kivy.properties import ObjectProperty
from kivy.uix.widget import Widget

from kiosk.ui.look import look


class Picture(Widget):
    """As large as fits, in the middle of its box at the top. ``texture``: a Kivy texture."""

    texture = ObjectProperty(None, allownone=True)

    def __init__(self, **facts: Any) -> None:
        super().__init__(**facts)
        for name in ("pos", "size", "texture"):
            self.fbind(name, self._draw)
        self._draw()

    def _draw(self, *_: object) -> None:
        self.canvas.clear()
        if self.texture is None or min(self.size) <= 0:
            return
        wide, tall = self.texture.size
        scale = min(self.width / wide, self.height / tall)
        size = round(wide * scale), round(tall * scale)
        top = self.y + self.height  # Kivy works out ``top`` only after this
        pos = round(self.x + (self.width - size[0]) / 2), round(top - size[1])
        with self.canvas:
            Color(1, 1, 1, 1)
            RoundedRectangle(pos=pos, size=size, radius=[look.theme.radius()], texture=self.texture)
