"""What somebody types is shown in a field, with a caret."""

from typing import Any

from kivy.graphics import Color, Rectangle
from kivy.properties import BooleanProperty, NumericProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.ui.look import look
from kiosk.ui.styles import STYLES
from kiosk.ui.widgets_press import _area
from kiosk.ui.widgets_text import Text


class Field(BoxLayout):
    """What was typed, with a caret. typed: it is this one that is typed in. label: its name."""

    text, label = StringProperty(), StringProperty()
    typed = BooleanProperty(False)
    caret = BooleanProperty(True)
    label_mm = NumericProperty(0)
    kind = "field"

    def __init__(self, **facts: Any) -> None:
        facts.setdefault("size_hint_y", None)
        facts.setdefault("height", look.theme.target("field"))
        super().__init__(**facts)
        for name in ("text", "label", "typed", "caret", "disabled", "label_mm"):
            self.fbind(name, self._build)
        for name in ("pos", "size"):
            self.fbind(name, self._draw)
        self._build()

    @property
    def style(self) -> Any:
        """Its colours now."""
        state = "disabled" if self.disabled else "typed" if self.typed else "normal"
        return STYLES["field"][state]

    @property
    def reads(self) -> str:
        """What was typed."""
        return str(self.text)

    def _build(self, *_: object) -> None:
        theme = look.theme
        self.padding = [theme.mm(4), 0, theme.mm(2), 0]
        self.clear_widgets()
        if self.label:
            name = Text(text=self.label, ink="ink2", fit="width")
            if self.label_mm:
                name.fit, name.width = "box", theme.mm(self.label_mm)
                name.size_hint_x = None
            self.add_widget(name)
            self.add_widget(Widget(size_hint_x=None, width=theme.mm(2.4)))
        self._typed = Text(text=self.text, role="title", weight=700, may_shorten=True)
        self._typed.shorten_from = "left"  # what was typed last is what matters
        self._typed.ink = self.style.ink
        self.add_widget(self._typed)
        self._typed.fbind("pos", self._draw)
        self._typed.fbind("texture_size", self._draw)
        self._draw()

    def _draw(self, *_: object) -> None:
        theme, style = look.theme, self.style
        self.canvas.before.clear()
        with self.canvas.before:
            line = theme.line(style.line)
            _area(theme.colour(style.fill), theme.colour(style.edge), self, line, theme.radius())
            if self.caret and not self.disabled:
                self._draw_caret()

    def _draw_caret(self) -> None:
        theme = look.theme
        wide, tall = theme.line("now"), round(theme.size("title") * 1.0)
        typed = self._typed.lines_width() if self.text else 0
        x = min(self._typed.x + typed + theme.mm(0.8), self.right - theme.mm(2))
        Color(*theme.colour("go"))
        Rectangle(pos=(round(x), round(self.center_y - tall / 2)), size=(wide, tall))
