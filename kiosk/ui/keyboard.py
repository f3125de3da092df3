"""The on-screen keyboard: ``Keyboard`` for first letters of a name, for writing and for passwords.

    Keyboard:
        kind: "names"                  # or "writing", "password"
        allowed: root.letters          # letters that lead on; None: all
        on_key: root.typed += args[1]
        on_erase: root.typed = root.typed[:-1]

With ``text`` bound it writes by itself: ``Keyboard: text: root.body`` and ``on_text``. Keys fill
their pitch for the finger; 2 mm between them is drawn. On a 7" screen give it the whole width, and
``room`` where it must not be higher than that.
"""

from typing import Any

from kivy.factory import Factory
from kivy.properties import (
    BooleanProperty,
    ListProperty,
    NumericProperty,
    ObjectProperty,
    OptionProperty,
    StringProperty,
)
from kivy.uix.widget import Widget

from kiosk.ui import kit  # noqa: F401  # Key and KeyFunction
from kiosk.ui.layouts import (
    ANY_ROWS,
    LEAST_PITCH_MM,
    PASSWORDS,
    KeySpec,
    Layout,
    Rows,
    layout,
    name_rows,
    writing_rows,
)
from kiosk.ui.look import look

GAP_MM = 2.0
ROW_MM = 16.6
MIDDLE_ROW_MM = 16.2  # three rows under a row of tiles on a 7" screen
LOW_ROW_MM = 15.4  # many rows and a field on a 7" screen
_ICONS = {"shift": "apple-keyboard-shift", "erase": "backspace-outline"}
_SENTENCE_ENDS = ".!?…؟"


class Keyboard(Widget):
    """Keys of one language. ``on_key(text)`` and ``on_erase()`` come with each press."""

    kind = OptionProperty("names", options=["names", "writing", "password"])
    lang = StringProperty()
    languages = ListProperty()
    allowed = ObjectProperty(None, allownone=True)
    text = StringProperty()
    longest = NumericProperty(600)
    page = StringProperty("letters")
    capital = BooleanProperty(False)
    room = NumericProperty(0)

    def __init__(self, **facts: Any) -> None:
        self.register_event_type("on_key")
        self.register_event_type("on_erase")
        self._keys: list[tuple[KeySpec, Any]] = []
        self._built: tuple[Any, ...] = ()
        facts.setdefault("size_hint_y", None)
        super().__init__(**facts)
        for name in ("kind", "lang", "languages", "page", "width", "room"):
            self.fbind(name, self._build)
        for name in ("pos", "size"):
            self.fbind(name, self._place)
        for name in ("allowed", "capital"):
            self.fbind(name, self._mark)
        self.fbind("text", self._begin_sentence)
        self._build()
        self._begin_sentence()

    def on_key(self, written: str) -> None:
        """A letter, a digit or a space was pressed."""

    def on_erase(self) -> None:
        """*Erase* was pressed."""

    # Keys ----------------------------------------------------------------------------------

    @property
    def _layout(self) -> Layout:
        return layout(PASSWORDS if self.kind == "password" else self.lang or look.words.lang)

    def _rows(self) -> Rows:
        theme = look.theme
        if self.kind == "names":
            return name_rows(tall=theme.portrait)
        wide_mm = (self.width + theme.mm(GAP_MM)) / theme.px_per_mm
        return writing_rows(
            self._layout,
            self.page,
            wide_mm,
            large=theme.large,
            languages=() if self.kind == "password" else self.languages,
            most_rows=self._most_rows(),
        )

    def _most_rows(self) -> int:
        if not self.room:
            return ANY_ROWS
        gap = look.theme.mm(GAP_MM)
        return int((self.room + gap) // look.theme.mm(LEAST_PITCH_MM))

    def _build(self, *_: Any) -> None:
        rows = self._rows()
        self._height(rows)
        if rows == self._built:
            return
        self._built = rows
        self.clear_widgets()
        self._keys = [(spec, self._key(spec)) for row in rows for spec in row]
        for _, key in self._keys:
            self.add_widget(key)
        self._place()
        self._mark()

    def _height(self, rows: Rows) -> None:
        theme = look.theme
        low = theme.portrait or (self.kind != "names" and not theme.roomy)
        row_mm = ROW_MM if theme.form == "door_10" else MIDDLE_ROW_MM
        self._pitch_px = theme.mm(LOW_ROW_MM if low else row_mm)
        if self.room:
            most = int((self.room + theme.mm(GAP_MM)) // len(rows))
            self._pitch_px = min(self._pitch_px, max(most, theme.mm(LEAST_PITCH_MM)))
        self.height = len(rows) * self._pitch_px - theme.mm(GAP_MM)

    def _key(self, spec: KeySpec) -> Any:
        if spec.does:
            key = Factory.KeyFunction(size_hint=(None, None), icon=self._icon(spec.does))
            key.text = self._word(spec.does)
        else:
            key = Factory.Key(size_hint=(None, None), text=spec.writes)
        key.bind(on_release=lambda *_: self._press(spec))
        return key

    def _icon(self, does: str) -> str:
        return _ICONS.get(does, "") if look.theme.roomy and not look.theme.low else ""

    def _word(self, does: str) -> str:
        if does == "language":
            return self._next_language().upper()
        marks = does == "accents" and self.kind == "password"
        return look.words.say("keyboard.marks" if marks else f"keyboard.{does}")

    def _place(self, *_: Any) -> None:
        gap = look.theme.mm(GAP_MM)
        columns = max((sum(k.units for k in row) for row in self._built), default=1)
        pitch = (self.width + gap) / columns
        keys = iter(self._keys)
        rtl = self.kind == "writing" and self._layout.rtl
        y = self.top - self._pitch_px + gap
        for row in self._built:
            at = 0.0
            for spec in row:
                _, key = next(keys)
                left = columns - at - spec.units if rtl and not spec.does else at
                key.size = round(spec.units * pitch - gap), self._pitch_px - gap
                key.pos = round(self.x + left * pitch), round(y)
                at += spec.units
            y -= self._pitch_px

    def _mark(self, *_: Any) -> None:
        """Show capitals, and which letters lead to nobody."""
        for spec, key in self._keys:
            if spec.writes:
                key.text = self._written(spec)
                key.disabled = self.allowed is not None and spec.writes not in self.allowed
            elif spec.does == "shift":
                key.chosen = self.capital

    def _written(self, spec: KeySpec) -> str:
        capital = self.capital and self.kind != "names" and self.page != "numbers"
        return spec.writes.upper() if capital else spec.writes

    # Presses -------------------------------------------------------------------------------

    def _press(self, spec: KeySpec) -> None:
        match spec.does:
            case "shift":
                self.capital = not self.capital
            case "erase":
                self.text = self.text[:-1]
                self.dispatch("on_erase")
            case "language":
                self.page, self.lang = "letters", self._next_language()
            case "letters" | "numbers" | "accents":
                self.page = spec.does
            case _:
                self._write(" " if spec.does == "space" else self._written(spec))

    def _write(self, written: str) -> None:
        if self.kind == "names":  # whoever listens holds them: nothing of anybody piles up here
            self.dispatch("on_key", written)
        elif len(self.text) < self.longest:
            self.text += written
            self.dispatch("on_key", written)
        if self.page == "accents" and self.kind == "writing":
            self.page = "letters"

    def _next_language(self) -> str:
        now, known = self.lang or look.words.lang, list(self.languages)
        return str(known[(known.index(now) + 1) % len(known)]) if now in known else now

    def _begin_sentence(self, *_: Any) -> None:
        if self.kind == "password":
            self.capital = False
        elif self.kind == "writing":
            ended = self.text.rstrip()
            self.capital = not ended or (
                ended[-1] in _SENTENCE_ENDS and self.text.endswith((" ", "\n"))
            )


Factory.register("Keyboard", cls=Keyboard)
