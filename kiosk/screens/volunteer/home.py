"""Volunteer home: what can be done in five minutes, and the way out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from kivy.uix.widget import Widget

from kiosk.screens.light.now import light_now
from kiosk.screens.light.view import explained
from kiosk.screens.printing import print_now
from kiosk.screens.volunteer.needs import Need, first_need
from kiosk.screens.volunteer.page import VolunteerPage
from kiosk.screens.volunteer.tiles import HomeGrid, HomeTile
from kiosk.screens.volunteer.view import home_state
from kiosk.screens.who import actor_of
from kiosk.ui.page import Box
from kiosk.ui.widgets_box import Banner
from kiosk.ui.widgets_flow import Undo
from kiosk.ui.widgets_press import Press

TILES = (
    ("write", "bullhorn-outline", "volunteer_notice"),
    ("roll_call", "account-group-outline", "rollcall_names"),
    ("bookings", "calendar-clock-outline", "rooms"),
    ("people", "card-account-details-outline", "volunteer_people"),
    ("visits", "clipboard-list-outline", "volunteer_visits"),
    ("device", "tablet", "volunteer_device"),
)
"""Key of the word, sign, screen."""


class VolunteerScreen(VolunteerPage):
    """The rest screen of volunteer mode. ``said``: what was done just now, with *Undo*."""

    def make_body(self) -> None:
        """Tiles; the way out stands where *Back* does."""
        self._grid: HomeGrid | None = None
        self._ways_back = [self._leave_act()]
        self.told = Banner(kind="saved", may_shorten=True, size_hint=(None, None))
        icon = "" if self.theme.large else "undo-variant"
        self.take_back = Undo(icon=icon, size_hint=(None, None), hug=True)
        self.take_back.bind(on_release=lambda *_: self.undo(self._undone))
        self.shell.undo.bind(seconds=self._count)
        self._need: Need | None = None
        self.needs = Banner(kind="wait", shape="half", size_hint=(None, None))
        self.look = Press(say="volunteer.look", hug=True, size_hint=(None, None))
        self.look.height = self.theme.target("secondary")
        self.look.bind(on_release=lambda *_: self._look())

    def on_open(self, said: str = "", **_facts: Any) -> None:
        """Say what was done."""
        self.told.text = said
        self._count()

    def _count(self, *_: Any) -> None:
        gone = bool(self.take_back.seconds) and not self.shell.undo.seconds
        self.take_back.seconds = self.shell.undo.seconds
        if gone:
            self.arrange()

    def _undone(self, _done: Any) -> None:
        self.told.text = self.words.say("saved.undone")
        self.arrange()

    def _leave_act(self) -> Press:
        roomy = self.theme.roomy
        say = "volunteer.leave" if roomy else "volunteer.leave_short"
        act = Press(say=say, hug=True, size_hint=(None, None))
        act.icon = "exit-to-app" if roomy else ""
        act.height = self.theme.target("secondary")
        act.bind(on_release=lambda *_: self.rest())
        return act

    def back(self) -> None:
        """Out of volunteer mode."""
        self.rest()

    def show(self, hub: Any, now: datetime) -> None:
        """How everything stands, and what waits for a volunteer before all else."""
        has_room = self.theme.roomy and not self.theme.low
        # Elsewhere the tile of the bookings counts them.
        self._need = first_need(hub, now, self.words, actor_of(self.shell)) if has_room else None
        if self._need:
            said = self.words.say("volunteer.needs_you") + " "
            self.needs.parts = [(said, "strong"), (self._need.text, "text")]
        self._grid = HomeGrid(self._tiles(hub, now), self.arrange)

    def _tiles(self, hub: Any, now: datetime) -> Sequence[HomeTile]:
        state = home_state(hub, now, self.words)
        sending = explained(light_now(self.shell, now), self.words, hub.local).title
        subs = (state.showing, state.here, state.bookings, state.lost, state.came, sending)
        tiles = [
            HomeTile(f"volunteer.{key}", icon, partial(self.go, screen), sub, go=key == "write")
            for (key, icon, screen), sub in zip(TILES, subs, strict=True)
        ]
        return [*tiles, *self._paper()]

    def _paper(self) -> Sequence[HomeTile]:
        """Today's rooms on paper, where a printer hangs on the door."""
        if self.shell.around.paper is None:
            return []
        act = partial(print_now, self.shell, lambda paper, then: paper.print_rooms(then))
        sub = self.words.say("volunteer.today_on_paper")
        return [HomeTile("volunteer.print", "printer-outline", act, sub)]

    def _look(self) -> None:
        if self._need:
            need = self._need
            self.go("room", room=need.room, day=need.day, booking=need.booking)

    def place_body(self, box: Box) -> Sequence[Widget]:
        """What was done just now, or who waits, over the tiles."""
        shown: list[Widget] = []
        if self.told.text:
            box, line = self._told_line(box)
            if self.take_back.seconds and not self._undo_at_foot:
                line, place = line.right_part(self.take_back.width, self.theme.space("gap"))
                self.take_back.pos = round(place.x), round(place.y)
                shown.append(self.take_back)
            line.lay(self.told)
            shown.append(self.told)
        elif self._need:
            box, line = box.upper_part(self.look.height + self.theme.mm(3), self.theme.space("gap"))
            shown += self._needs_line(line)
        return [*shown, *(self._grid.place(box) if self._grid else ())]

    def _needs_line(self, line: Box) -> Sequence[Widget]:
        """The sentence, with the way there on it at the right."""
        inside = self.theme.mm(1.5)
        line.lay(self.needs)
        self.needs.padding[2] = round(self.look.width) + self.theme.mm(4)
        x = line.x + line.width - self.look.width - inside
        self.look.pos = round(x), round(line.y + inside)
        return self.needs, self.look

    def acts(self) -> tuple[Sequence[Widget], Sequence[Widget]]:
        """*Undo* stands at the foot where there is no room beside what it takes back."""
        return ([self.take_back] if self._undo_at_foot and self.take_back.seconds else []), []

    @property
    def _undo_at_foot(self) -> bool:
        return bool(self.theme.low or self.theme.large or self.theme.portrait)

    def _told_line(self, box: Box) -> tuple[Box, Box]:
        theme = self.theme
        tall = theme.target("banner")
        if theme.low:
            y, who = self._who_above_middle
            return box, Box(box.x, y + who + theme.mm(2), box.width, tall)
        return box.upper_part(tall, theme.space("row_gap"))
