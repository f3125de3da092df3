"""Some of a group go: which group, how many; who stays is still counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from kivy.factory import Factory
from kivy.uix.widget import Widget

from kiosk.hub.presence import Here
from kiosk.hub.sign_out import LeaveVisit, leave_visit
from kiosk.screens.leaving.view import group_name, groups
from kiosk.screens.saved.view import after_leaving
from kiosk.screens.tags import tag_words
from kiosk.ui.choices import Choice, Choices
from kiosk.ui.page import Box, Page
from kiosk.ui.widgets_flow import Stepper
from kiosk.ui.widgets_text import Say

STEPPER_MM, LOW_MM = 90, 60


class LeavingSomeScreen(Page):
    """With one group here its number is asked at once."""

    def make_body(self) -> None:
        """Groups to choose from; then a stepper."""
        self._groups: tuple[Here, ...] = ()
        self._chosen = ""
        self.grid, self.none = Choices(), Say(say="leaving.no_groups", role="title", valign="top")
        self.stepper = Stepper(least=1, value=1)
        self.stepper.bind(value=lambda *_: self._say_how_many())
        theme = self.theme
        self.leave = Factory.Primary(size_hint=(None, None))
        across = theme.width_px - 2 * theme.space("margin")
        self.leave.width = (
            across
            if theme.portrait
            else theme.mm(100 if theme.large else LOW_MM if theme.low else 70)
        )
        self.leave.bind(on_release=lambda *_: self._leave())

    def on_open(self, visit: str = "", **_facts: Any) -> None:
        """Begin with the choice of groups."""
        self._chosen, self.stepper.value = visit, 1
        self.grid.begin()

    def on_snapshot(self, hub: Any, now: datetime) -> None:
        """Show the groups of those here now."""
        self._groups = groups(hub, now)
        if len(self._groups) == 1:
            self._chosen = self._groups[0].visit.id
        self._show()

    def kept(self) -> dict[str, Any]:
        """The group that was chosen."""
        return {"visit": self._chosen}

    def _choose(self, one: Here) -> None:
        self._chosen, self.stepper.value = one.visit.id, 1
        self._show()

    @property
    def _group(self) -> Here | None:
        return next((one for one in self._groups if one.visit.id == self._chosen), None)

    def _show(self) -> None:
        group = self._group
        self.heading = self.words.say("leaving.how_many_go" if group else "leaving.which_group")
        if group:
            self.stepper.most = group.heads
        self._say_how_many()
        self.arrange()

    def _say_how_many(self) -> None:
        self.leave.text = self.words.count("leaving.they_go", int(self.stepper.value))

    def _leave(self) -> None:
        ask = LeaveVisit(self._chosen, int(self.stepper.value))
        self.ask(leave_visit, ask, self._left, button=self.leave)

    def _left(self, done: Any) -> None:
        self.go("saved", **after_leaving(done.result, self.hub, self.now, self.words))

    def acts(self) -> tuple[Sequence[Widget], Sequence[Widget]]:
        """The way on, once a group is chosen."""
        return (), [self.leave] if self._group else []

    def place_body(self, box: Box) -> Sequence[Widget]:
        """Groups, or the stepper of one."""
        theme = self.theme
        if not self._groups:
            box.lay(self.none)
            return [self.none]
        if self._group is None:
            box.lay(self.grid)
            self.grid.show(
                [self._choice(one) for one in self._groups],
                columns=1 if theme.portrait else 2,
                row_mm=26 if theme.large else 19,
                stays=True,
            )
            return [self.grid]
        wide = min(box.width, theme.mm(STEPPER_MM))
        tall = min(theme.target_size("stepper")[1], box.height)
        air = min(theme.mm(4), box.height - tall)
        Box(box.x, box.y + box.height - air - tall, wide, tall).lay(self.stepper)
        return [self.stepper]

    def _choice(self, one: Here) -> Choice:
        said = tag_words(one.visit.tag, self.words)
        above = self.words.count("leaving.tag_of", one.heads, colour=said.colour) if said else ""
        icon = "" if self.theme.portrait or self.theme.large or not said else said.icon
        return Choice(
            group_name(one, self.words),
            lambda: self._choose(one),
            above=above,
            icon=icon,
            ink=said.ink if said else "",
            tag=True,
        )
