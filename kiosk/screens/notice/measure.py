"""Whether a text can be read whole in a box of some pixels: measured by the label that draws it."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.ui.widgets_text import Text


def fits_box(
    width: float, height: float, *, role: str = "body", more: str = ""
) -> Callable[[str], bool]:
    """Return a measure of texts in looser lines. more: what will stand behind a text that is cut."""
    label = Text(role=role, reading=True, fit="height", size_hint=(None, None), width=width)

    def fits(text: str) -> bool:
        label.text = text + more
        label.texture_update()
        return label.text_height <= height

    return fits


def height_of(text: str, width: float, role: str, *, weight: int = 400) -> int:
    """Return the pixels a text is high when it wraps at a width."""
    label = Text(text=text, role=role, weight=weight, fit="height", size_hint=(None, None))
    label.width = width
    label.texture_update()
    return label.text_height
