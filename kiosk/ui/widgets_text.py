"""Words on the screen: ``Say`` (by key), ``Text`` (as given), ``Rich`` (parts), ``Icon``.

Each chooses one font for the whole of its text, and knows whether all of it can be read.
"""

from math import ceil
from typing import Any
from unicodedata import east_asian_width

from kivy.properties import (
    BooleanProperty,
    DictProperty,
    ListProperty,
    NumericProperty,
    OptionProperty,
    StringProperty,
)
from kivy.uix.label import Label
from kivy.utils import escape_markup

from kiosk.ui.fonts import ICONS, Written, font_for, icon_glyph
from kiosk.ui.look import look

LONGEST_DRAWN = 1200  # signs: more than any page holds; Kivy wraps 10,000 for minutes
WEIGHTS = {"text": 400, "strong": 600, "title": 700}


class Text(Label):
    """A text in one of the three sizes, left aligned, in the middle of its height.

    role: "body", "title", "display" or a numeral; reading: looser lines. weight: 400, 600, 700.
    ink: name of a colour. max_lines: 0 as many as fit. may_shorten: ends in "..." if it must.
    fit: "box" wraps to its width; "height" also sets its height; "width" is one line and sets
    its width.
    """

    role = StringProperty("body")
    reading = BooleanProperty(False)
    weight = NumericProperty(400)
    ink = StringProperty("ink")
    may_shorten = BooleanProperty(False)
    max_lines: int = NumericProperty(0)
    fit = OptionProperty("box", options=["box", "height", "width"])

    def __init__(self, **facts: Any) -> None:
        self._written = Written("", "Atkinson-400", 1.3)
        self._line_px, self._first_line_px = 0.0, 0
        facts.setdefault("font_name", self._written.font)
        facts.setdefault("halign", "left")
        facts.setdefault("valign", "middle")
        super().__init__(**facts)
        for name in ("text", "weight", "role", "reading", "max_lines"):
            self.fbind(name, self._write)
        for name in ("size", "fit", "valign"):
            self.fbind(name, self._bound)
        self.fbind("ink", self._paint)
        self.fbind("may_shorten", self._shortens)
        self.fbind("texture_size", self._fitted)
        self._write()
        self._bound()
        self._paint()
        self._shortens()

    @property
    def reads(self) -> str:
        """What a person reads here, before it is put in the order of a font."""
        return str(self.text)

    def _write(self, *_: object) -> None:
        self._written = font_for(self.text[:LONGEST_DRAWN], int(self.weight))
        self._measure(self._written)

    def _measure(self, written: Written) -> None:
        theme = look.theme
        size_px = theme.size(self.role)
        wanted_em = theme.line_em("reading" if self.reading else self.role)
        self.font_size, self.font_name = size_px, written.font
        self.line_height = wanted_em / written.line_em
        self._line_px = size_px * wanted_em
        # Kivy gives the first line the font's own height, and leaves a last line out for that.
        self._first_line_px = max(0, ceil(size_px * (written.line_em - wanted_em))) + 1
        for name in ("font_direction", "font_script_name", "text_language"):
            setattr(self, name, written.options.get(name, Label.__dict__[name].defaultvalue))
        self._bound()

    def texture_update(self, *largs: Any) -> None:
        """Draw the text in the order its font needs."""
        self._label.text = self._shown()
        super().texture_update(*largs)

    def _shown(self) -> str:
        return self._written.text

    def settle(self) -> None:
        """Measure now what Kivy would measure in the next frame."""
        self._trigger_texture.cancel()
        self.texture_update()

    def _bound(self, *_: object) -> None:
        tall = self.fit == "box" and self.valign != "middle"
        width_px = None if self.fit == "width" else self.width
        self.text_size = (width_px, self.height + self._first_line_px if tall else None)

    def _paint(self, *_: object) -> None:
        self.color = self.disabled_color = look.theme.colour(self.ink)

    def _shortens(self, *_: object) -> None:
        self.shorten = self.may_shorten
        self.shorten_from = "right"
        if self.may_shorten:
            self.max_lines = self.max_lines or 1

    def _fitted(self, *_: object) -> None:
        if self.fit == "width":
            self.size_hint_x, self.width = None, self.texture_size[0]
        elif self.fit == "height":
            self.size_hint_y, self.height = None, self.text_height

    @property
    def text_height(self) -> int:
        """Pixels the lines take at their wanted distance."""
        return round(len(self._lines()) * self._line_px)

    def natural_width(self) -> int:
        """Pixels of the whole text in one line."""
        if not self.text:
            return 0
        self._label.resolve_font_name()  # else it measures in the font it had before
        return int(self._label.get_extents(self._written.text)[0])

    def widest_word(self) -> int:
        """Pixels of its longest word: narrower than that it would be broken."""
        self._label.resolve_font_name()
        words = self._shown_words()
        return max((int(self._label.get_extents(word)[0]) for word in words), default=0)

    def lines_width(self) -> int:
        """Pixels of the widest line as wrapped now."""
        return max((int(line.w) for line in self._lines()), default=0)

    @property
    def is_clipped(self) -> bool:
        """Whether a letter of it cannot be seen or a word is broken; "..." counts unless allowed."""
        if not self.text.strip():
            return False
        self.settle()
        too_big = self.lines_width() > self.width + 1 or self.text_height > self.height + 1
        shown, wanted = " ".join(self._line_texts()).split(), self._shown_words()
        if _breaks_anywhere(self.text):
            shown, wanted = ["".join(shown)], ["".join(wanted)]
        return too_big or (not self.may_shorten and shown != wanted)

    def _shown_words(self) -> list[str]:
        return self._written.text.split()

    def _line_texts(self) -> list[str]:
        return ["".join(word.text for word in line.words) for line in self._lines()]

    def _lines(self) -> list[Any]:
        """The lines as Kivy wrapped them: it tells this to nobody, but draws from it."""
        return list(self._label._cached_lines)  # noqa: SLF001


def _breaks_anywhere(text: str) -> bool:
    """Whether it is written without spaces between words, so that a line may end in any place."""
    return any(east_asian_width(letter) in "WF" for letter in text)


class Say(Text):
    """A text by its key: ``say: "rest.im_here"``; ``facts`` fill its {names}, ``n`` counts."""

    say = StringProperty()
    facts = DictProperty()
    n = NumericProperty(-1)

    def __init__(self, **facts: Any) -> None:
        super().__init__(**facts)
        for name in ("say", "facts", "n"):
            self.fbind(name, self._said)
        self._said()

    def _said(self, *_: object) -> None:
        self.text = said(self.say, self.facts, int(self.n))


def said(key: str, facts: dict[str, object], n: int = -1) -> str:
    """The sentence of a key in the language of the look; n below 0: nothing is counted."""
    if n >= 0:
        return look.words.count(key, n, **facts)
    return look.words.say(key, **facts)


class Rich(Text):
    """One text of several weights: ``parts: [("11:00", "strong"), (" Spanish conversation", "text")]``.

    A part may have a colour as third word: ("Free", "strong", "go"). Left to right only.
    """

    parts = ListProperty()

    def __init__(self, **facts: Any) -> None:
        super().__init__(markup=True, **facts)
        self.fbind("parts", self._join)
        self._join()

    @property
    def reads(self) -> str:
        """What a person reads here."""
        return "".join(str(part[0]) for part in self.parts)

    def _join(self, *_: object) -> None:
        self.text = "".join(_marked(*part) for part in self.parts)

    def _write(self, *_: object) -> None:
        longest = max((str(p[0]) for p in self.parts), key=len, default="")
        self._measure(font_for(longest, WEIGHTS["text"]))
        # With marks Kivy cuts what hangs below a line set closer than its font: nearer to 1.
        self.line_height = 1 if self.max_lines == 1 else max(self.line_height, 0.94)
        for name in ("font_direction", "font_script_name", "text_language"):
            setattr(self, name, Label.__dict__[name].defaultvalue)

    def _shown(self) -> str:
        return str(self.text)

    def natural_width(self) -> int:
        """Pixels of all parts in one line."""
        return self.texture_size[0] if self.fit == "width" else self.lines_width()

    def _shown_words(self) -> list[str]:
        return "".join(font_for(str(part[0])).text for part in self.parts).split()


def _marked(text: str, weight: str = "text", ink: str = "") -> str:
    written = font_for(str(text), WEIGHTS[weight])
    # The space at either end is the writer's: font_for leaves it as it is.
    marked = f"[font={written.font}]{escape_markup(written.text)}[/font]"
    return f"[color={_hex(ink)}]{marked}[/color]" if ink else marked


def _hex(ink: str) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in look.theme.colour(ink)[:3])


class Icon(Label):
    """A sign of the icon font: ``icon: "arrow-left"``; slot: its size in the tokens.

    A word always stands beside it.
    """

    icon = StringProperty()
    slot = StringProperty("beside_body")
    ink = StringProperty("ink")
    px = NumericProperty(0)

    def __init__(self, **facts: Any) -> None:
        facts.setdefault("font_name", ICONS)
        facts.setdefault("size_hint", (None, None))
        super().__init__(**facts)
        for name in ("icon", "slot", "ink", "px"):
            self.fbind(name, self._show)
        self._show()

    def _show(self, *_: object) -> None:
        px = int(self.px) or look.theme.icon(self.slot)
        self.font_size, self.size = px, (px, px)
        self.color = self.disabled_color = look.theme.colour(self.ink)
        self.text = icon_glyph(self.icon) if self.icon else ""
