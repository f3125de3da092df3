"""Done, and saved on this kiosk: what happened, *Undo* for ten seconds, *Done*."""

from __future__ import annotations

from datetime import datetime
from math import inf
from typing import Any

from kivy.clock import Clock
from kivy.factory import Factory
from kivy.graphics import Color, Ellipse
from kivy.uix.widget import Widget

from kiosk.screens.fitting import fits_whole, stack
from kiosk.screens.saved.view import taken_back
from kiosk.ui.look import look
from kiosk.ui.page import Box
from kiosk.ui.screen import HubScreen
from kiosk.ui.undo import UNDO_S
from kiosk.ui.widgets_flow import Undo
from kiosk.ui.widgets_text import Icon, Text

LEAST_MM = 16
"""Height of a button where much is said above it."""


class DoneDisc(Widget):
    """A green disc with a check."""

    def __init__(self, **facts: Any) -> None:
        super().__init__(**facts)
        with self.canvas.before:
            Color(*look.theme.colour("go"))
            self._disc = Ellipse()
        self._check = Icon(icon="check", ink="on_fill", px=1)
        self.add_widget(self._check)
        for name in ("pos", "size"):
            self.fbind(name, self._place)

    def _place(self, *_: Any) -> None:
        self._disc.pos, self._disc.size = self.pos, self.size
        self._check.px = max(1, round(self.height * 0.62))
        self._check.center = self.center


class SavedScreen(HubScreen):
    """``go("saved", title=, text=)``; goes home by itself when nothing can be undone any more."""

    def __init__(self, **facts: Any) -> None:
        super().__init__(**facts)
        self._said, self._gap_px = ("", ""), self.theme.mm(2)
        self.disc = DoneDisc(size_hint=(None, None))
        self.title = Text(role="display" if self.theme.roomy else "title", weight=700)
        self.text = Text(role="body")
        self.take_back = Undo(size_hint=(None, None))
        self.take_back.bind(on_release=lambda *_: self.undo(self._undone))
        self.done = Factory.Primary(say="act.done", size_hint=(None, None))
        self.done.bind(on_release=lambda *_: self.rest())
        self._home = Clock.create_trigger(lambda _dt: self.rest(), UNDO_S)
        self.take_back.follow(self.shell.undo)
        for widget in (self.disc, self.title, self.text, self.take_back, self.done):
            self.add_widget(widget)

    def on_open(self, title: str = "", text: str = "", **_facts: Any) -> None:
        """Say what was done."""
        self._said = title, text
        self.take_back.seconds = self.shell.undo.seconds
        self._home.cancel()
        self._home()

    def on_snapshot(self, hub: Any, now: datetime) -> None:
        """Nothing here changes with the records."""
        self._arrange()

    def on_close(self) -> None:
        """Forget what was said."""
        self._home.cancel()
        self._said = "", ""
        self.title.text = self.text.text = ""

    def kept(self) -> dict[str, Any]:
        """The same words again."""
        title, text = self._said
        return {"title": title, "text": text}

    def _undone(self, _done: Any) -> None:
        self.rest()
        self.shell.announce(taken_back(self.words, large=self.theme.large))

    def _arrange(self) -> None:
        usual_mm = 28 if self.theme.large else 20
        # What is long comes before the disc, and both before a high button.
        for tall_mm, has_disc in ((usual_mm, True), (usual_mm, False), (LEAST_MM, False)):
            read, acts = self._parts(self.theme.mm(tall_mm))
            words = self._beside_disc(read) if has_disc else read
            if self._tall_px(words.width) <= words.height:
                break
        self.disc.opacity = 1 if has_disc else 0
        self.take_back.icon = "undo-variant" if tall_mm == usual_mm else ""
        self._words(words)
        self._acts(acts)

    def _parts(self, tall_px: float) -> tuple[Box, Box]:
        """What is read, and what is pressed: as high as this."""
        theme, margin = self.theme, self.theme.space("margin")
        whole = Box(margin, margin, theme.width_px - 2 * margin, theme.height_px - 2 * margin)
        acts_px = 2 * tall_px + theme.space("row_gap") if theme.portrait else tall_px
        read, acts = whole.lower_part(acts_px, theme.mm(8 if tall_px > theme.mm(LEAST_MM) else 4))
        if not theme.low and not theme.portrait:
            lift = theme.mm(10 if theme.roomy else 6 if not theme.large else 0)
            acts = Box(acts.x, acts.y + lift, acts.width, acts.height)
            read = Box(read.x, read.y + lift, read.width, read.height - 2 * lift)
        return read, acts

    def _beside_disc(self, box: Box) -> Box:
        """Put the disc above the words, or left of them; return what is left for these."""
        theme = self.theme
        disc_mm = 30 if not theme.large or theme.roomy else 20
        if theme.portrait:
            rest, place = box.upper_part(theme.mm(disc_mm), theme.mm(6))
        else:
            place, rest = box.right_part(box.width - theme.mm(disc_mm + 6), theme.mm(6))
        side = theme.mm(disc_mm)
        y = place.y + (place.height - side) / 2
        Box(place.x, y, side, side).lay(self.disc)
        return rest

    def _tall_px(self, wide_px: float) -> float:
        """What the words take in a width; in one that breaks a word more than there is."""
        for part, words in zip((self.title, self.text), self._said, strict=True):
            part.text, part.size_hint, part.width = words, (None, None), round(wide_px)
            if not fits_whole(part):
                return inf
        return float(self.title.text_height + self._gap_px + self.text.text_height)

    def _words(self, box: Box) -> None:
        both = min(box.height, self._tall_px(box.width))
        middle = 0 if self.theme.portrait else (box.height - both) / 2
        place = Box(box.x, box.y, box.width, box.height - middle)
        stack(place, (self.title, self.text), self._gap_px)

    def _acts(self, box: Box) -> None:
        gap = self.theme.space("gap")
        if self.theme.portrait:
            upper, lower = box.upper_part((box.height - gap) / 2, gap)[::-1]
            lower.lay(self.done)
            upper.lay(self.take_back)
            return
        undo, done = box.right_part(box.width * (0.4 if self.theme.large else 0.62), gap)
        undo.lay(self.take_back)
        done.lay(self.done)
