"""The light explained in a sentence, what it is not, and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from kivy.factory import Factory
from kivy.uix.widget import Widget

from kiosk.screens.light.now import light_now
from kiosk.screens.light.refused import RefusedLine, refused_lines
from kiosk.screens.light.rows import RefusedRow, StateRow, row_px
from kiosk.screens.light.view import NOT_PAIRED, REFUSED, STATES, Explained, explained
from kiosk.ui.page import Box, Page
from kiosk.ui.theme import DOOR_7_LANDSCAPE
from kiosk.ui.widgets_text import Text

SHOWN = len(STATES)
"""At most so many refused records on one page: as many as there are states to explain."""


class LightScreen(Page):
    """Opened by tapping the light. With a server it can be tried, or joined, from here."""

    again = False
    heading_role = "display"

    def make_body(self) -> None:
        """A sentence, what is known of times, three rows, *All right*."""
        theme = self.theme
        role = "title" if theme.roomy else "body"
        self.why = Text(role=role, fit="height")
        self.facts = Text(ink="ink2", fit="height")
        self._states: list[Widget] = []
        self._lines: Sequence[RefusedLine] = ()
        self._page, self._fit = 0, SHOWN
        self._state, self._has_server = "", False
        self._said = Explained("", "", "")
        self.all_right = Factory.Primary(say="act.all_right", size_hint=(None, None))
        self.all_right.width = round(theme.width_px - 2 * theme.space("margin"))
        if not theme.portrait:
            self.all_right.width = theme.mm(80 if theme.large else 60)
        if theme.form == DOOR_7_LANDSCAPE and not theme.large:
            # It leaves its row to the others too.
            self.all_right.role, self.all_right.width = "body", theme.mm(39)
        self.all_right.bind(on_release=lambda *_: self.rest())
        self.try_now = self._act("act.try_now", "refresh", self._try)
        self.join = self._act("act.join", "link-variant", lambda: self.go("pairing"))
        self.volunteers = self._act("volunteer.enter", "badge-account-outline", self._enter)
        self.more = self._act("act.more", "chevron-right", self._turn)

    def _act(self, say: str, icon: str, do: Any) -> Any:
        act = Factory.Secondary(say=say, hug=True, size_hint_x=None)
        theme = self.theme  # words before signs: where room is short more of them fit in a row
        upright = theme.portrait and not (theme.low or theme.large)
        act.icon = icon if theme.roomy or upright else ""
        act.bind(on_release=lambda *_: do())
        return act

    def on_open(self, page: int = 0, **_facts: Any) -> None:
        """Begin with the first of what was refused; a server that does not know us is asked again."""
        self._page = page
        if light_now(self.shell, self.now).engine == NOT_PAIRED:
            self.shell.around.sync.try_now()

    def kept(self) -> dict[str, Any]:
        """Which page it is."""
        return {"page": self._page}

    def on_snapshot(self, hub: Any, now: datetime) -> None:
        """How it stands now."""
        light, sync = light_now(self.shell, now), self.shell.around.sync
        said = explained(light, self.words, hub.local)
        self.heading, self.facts.text = said.title, said.facts
        self._said = said
        self._state, self._has_server = said.state, bool(light.engine)
        refusals = sync.refusals() if said.state == REFUSED else ()
        self._lines = refused_lines(refusals, self.words, hub.local, now)
        self._fit = SHOWN
        self._states = [StateRow(state, present=state == said.state) for state in said.rows]
        self.arrange()

    def _try(self) -> None:
        self.shell.around.sync.try_now()
        self.shell.announce(self.words.say("light.trying"))

    def _enter(self) -> None:
        """The way into volunteer mode: by a card or a name, and a PIN."""
        self.go("volunteer" if self.shell.session.volunteer else "volunteer_enter")

    def _turn(self) -> None:
        self._page += 1
        self.arrange()

    def acts(self) -> tuple[Sequence[Widget], Sequence[Widget]]:
        """What can be done left, one way out where every way on stands."""
        left = []
        if self._has_server:
            left.append(self.join if self._state == NOT_PAIRED else self.try_now)
        if 0 < self._fit < len(self._lines) and not self.theme.large:
            left.append(self.more)
        return [*left, self.volunteers], [self.all_right]

    def place_body(self, box: Box) -> Sequence[Widget]:
        """The sentence and the facts, under them the rows; without room the rows give way."""
        theme = self.theme
        gap, tall = theme.mm(1), row_px()
        if theme.low:  # all of it is only read
            box = Box(box.x, box.y, box.width, self.under_heading - box.y)
        shown, left = self._place_texts(box)
        if not self._lines:  # a little lower rows rather than none
            lines = 2 if theme.portrait else 1
            least, share = theme.size("body") * 1.15 * lines, left / max(1, len(self._states)) - gap
            tall = int(max(least, min(tall, share)))
        rows = [] if theme.large else self._rows(int(left // (tall + gap)))
        top = box.y + len(rows) * (tall + gap)
        for nth, row in enumerate(rows):
            Box(box.x, top - (nth + 1) * (tall + gap), box.width, tall).lay(row)
        return [*shown, *rows]

    def _rows(self, fit: int) -> Sequence[Widget]:
        """As many of what was refused as there is room for; of the states all or none."""
        if not self._lines:
            return self._states if fit >= len(self._states) else ()
        # *More* takes room itself: only ever fewer, or the two would take turns for ever.
        fit = min(fit, self._fit)
        if fit != self._fit:
            self._fit = fit
            self.arrange_soon()
        if not fit:
            return ()
        first = self._page % -(-len(self._lines) // fit) * fit
        return [RefusedRow(line) for line in self._lines[first : first + fit]]

    def _place_texts(self, box: Box) -> tuple[list[Widget], float]:
        """Put the sentence at the top and the facts under it; the room that is left, in px."""
        left, shown = box.height, list[Widget]()
        self._choose_words(box)
        for text in (self.why, self.facts):
            text.size_hint, text.width = (None, None), round(box.width)
            text.settle()
            if not text.text or text.height > left:
                continue
            left -= text.height
            text.pos = round(box.x), round(box.y + left)
            left -= self.theme.mm(1)
            shown.append(text)
        return shown, left

    def _choose_words(self, box: Box) -> None:
        """The whole sentence where there is room for it, else the fewest words."""
        self.why.size_hint, self.why.width = (None, None), round(box.width)
        for words in (self._said.why, self._said.short):
            self.why.text = words
            self.why.settle()
            if self.why.text_height <= box.height:
                return
