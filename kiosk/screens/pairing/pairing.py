"""Joining this screen to a house of the server: a code to type or to scan, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from kivy.clock import Clock
from kivy.factory import Factory
from kivy.uix.widget import Widget

from kiosk.screens.pairing.placing import Parts
from kiosk.screens.pairing.view import PairingView, pairing_view
from kiosk.ui import kit  # noqa: F401  # Primary, Secondary
from kiosk.ui.page import Box, Page
from kiosk.ui.widgets_text import Text
from sync.client.pairing import Phase

LEFT_ALONE_S = 40.0
"""A page where nothing is under way goes home after so long."""
NOBODY_COMES_S = 1_800.0
"""A page with a code waits for a volunteer who may be at home, but not for ever."""


class PairingScreen(Page):
    """``shell.around.sync.pairing`` does it; nothing personal is ever shown here."""

    again, warn_after_s = False, None

    def make_body(self) -> None:
        """What can be done; the rest is made from what is to be said."""
        self._view: PairingView | None = None
        self._parts: Parts | None = None
        device = self.shell.hub.device
        name = self.words.say(f"colour.{device.colour}") if device.colour else ""
        self._device = Text(text=" · ".join(p for p in (device.name, name) if p), fit="width")
        self._title = Text(role="title", weight=700, fit="width")
        self._good = Text(fit="width")
        self._new = self._act("Secondary", "pairing.new_code", self._begin)
        self._try = self._act("Secondary", "act.try_now", self._begin)
        self._done = self._act("Primary", "act.all_right", self._leave)
        self._each_second = Clock.create_trigger(self._tick, 1, interval=True)

    def _act(self, kind: str, say: str, do: Any) -> Any:
        act = Factory.get(kind)(say=say, hug=True, size_hint_x=None)
        narrow = self.theme.low and self.theme.portrait
        if kind == "Secondary" and not (self.theme.large or narrow):
            act.icon = "refresh"
        act.bind(on_release=lambda *_: do())
        return act

    @property
    def _pairing(self) -> Any:
        return self.shell.around.sync.pairing

    def on_open(self, **_facts: Any) -> None:
        """Ask for a code, unless only the language has changed under it."""
        if self._pairing.state.phase is Phase.OFF:
            self._begin()
        self._each_second()

    def on_close(self) -> None:
        """Nobody looks: ask no more, unless the same page comes back in another language."""
        self._each_second.cancel()
        shell, pairing = self.shell, self._pairing
        Clock.schedule_once(
            lambda _dt: None if isinstance(shell.screen, PairingScreen) else pairing.end(), 0
        )

    def on_snapshot(self, hub: Any, now: datetime) -> None:
        """Show where it stands."""
        pairing = self._pairing
        state = pairing.state
        view = pairing_view(state, pairing.holds(), self.words, pairing.now_ms())
        if self._counts_at_foot:
            self._good.text = view.good_short
            self._good.settle()  # its width decides how many rows the foot has
        if self._view is None or self._view.shape != view.shape:
            self._view = view
            self._parts = Parts(replace(view, good="") if self._counts_at_foot else view)
            inside = self.theme.roomy and not self.theme.low
            self.heading = "" if inside else view.heading_short
            self._title.text = view.heading if inside else ""
            self.arrange()
        elif self._parts is not None and not self._counts_at_foot:
            self._parts.count_down(view.good)

    def _begin(self) -> None:
        self._pairing.begin()

    def _tick(self, _dt: float) -> None:
        busy = self._pairing.state.phase in (Phase.ASKING, Phase.WAITING, Phase.KEEPING)
        if self.shell.idle.quiet_s >= (NOBODY_COMES_S if busy else LEFT_ALONE_S):
            self._leave()
        else:
            self.on_snapshot(self.hub, self.now)

    def back(self) -> None:
        """One screen back, unless this has become a wall."""
        if not self._starts_over():
            super().back()

    def _leave(self) -> None:
        if not self._starts_over():
            self.rest()

    def _starts_over(self) -> bool:
        """Have a door that was joined as a wall just now start over as one; say whether it does."""
        around = self.shell.around
        over = around.desk.only_shows and not self.theme.wall and around.set_up is None
        if over:
            around.restart()
        return bool(over)

    def acts(self) -> tuple[Sequence[Widget], Sequence[Widget]]:
        """Which screen this is left, the way on right."""
        acts = {"new_code": [self._new], "try_now": [self._try], "done": [self._done]}
        right = acts.get(self._view.acts if self._view else "", [])
        if not (self._view and self._view.code):
            return [], right
        if self._counts_at_foot:
            return [self._good], right
        return [self._device] if self.theme.roomy and not self.theme.low else [], right

    @property
    def _counts_at_foot(self) -> bool:
        """Whether there is room beside *New code* alone for how long the code counts."""
        theme = self.theme
        return bool(theme.large and not theme.roomy and not theme.portrait)

    def place_body(self, box: Box) -> Sequence[Widget]:
        """The words and the code; the title stands beside *Back* where there is room for it."""
        if self._parts is None:
            return ()
        if self.theme.low:
            box = Box(box.x, box.y, box.width, self.under_heading - box.y)
        shown = self._parts.place(box)
        if self._title.text:
            shown.append(self._title)
            self._title.settle()
            row = self.top_row
            self._title.size_hint_y, self._title.height = None, row.height
            self._title.pos = round(row.right - self._title.width), round(row.y)
        return shown
