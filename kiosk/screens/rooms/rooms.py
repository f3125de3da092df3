"""All rooms of a day: what is free, what is on, and the way to one room's page."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from kivy.clock import Clock
from kivy.properties import BooleanProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.anchorlayout import AnchorLayout
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.hub.actor import Actor
from kiosk.screens.printing import print_acts
from kiosk.screens.rooms.grid import BoardGrid, BoardTarget
from kiosk.screens.rooms.list import RoomList
from kiosk.screens.rooms.low import low_rooms
from kiosk.screens.rooms.view import HOURS_ON_7, board_view
from kiosk.screens.who import actor_of
from kiosk.ui.acts import Acts
from kiosk.ui.look import look
from kiosk.ui.screen import HubScreen
from kiosk.ui.top_row import back_act
from kiosk.ui.widgets_box import STATUS, sign
from kiosk.ui.widgets_press import Press
from kiosk.ui.widgets_text import Say, Text


class ShutDay(BoxLayout):
    """Why the house is shut that day."""

    why = StringProperty()


class RoomsScreen(HubScreen):
    """The board, or the list. ``as_list``: the list was asked for, or nothing else fits."""

    view: Any = ObjectProperty(None, allownone=True)  # a BoardView
    as_list = BooleanProperty(False)
    page, pages = NumericProperty(1), NumericProperty(1)

    def __init__(self, **facts: Any) -> None:
        self._day: date | None = None
        self._since: datetime | None = None
        self._later = Clock.create_trigger(lambda _dt: self._build(), -1)
        super().__init__(**facts)
        self.bind(size=self._later)

    def on_open(self, day: date | None = None, as_list: bool = False, **_facts: Any) -> None:
        """Open at a day; today if none is given."""
        self._day, self._since, self.page = day, None, 1
        self.as_list = as_list or self._only_list

    def kept(self) -> dict[str, Any]:
        """The same day again in another look."""
        return {"day": self._day, "as_list": self.as_list}

    def on_snapshot(self, hub: Any, now: datetime) -> None:
        """Show the day as it is now."""
        hours = HOURS_ON_7 if self.theme.form == "door_7_landscape" else 0
        day = max(self._day or hub.today(now), hub.today(now))
        self.view = board_view(
            hub, day, now, self.words, hours=hours, since=self._since, viewer=self._viewer()
        )
        self._build()

    def open_room(self, room: str) -> None:
        """Open a room's page, or the list where the board is one target."""
        if room:
            self.go("room", room=room, day=self.view.day)
        else:
            self.as_list, self.page = True, 1
            self._build()

    def back(self) -> None:
        """From the list to the board where it was opened from there, else one screen back."""
        if self.as_list and not self._only_list:
            self.as_list = False
            self._build()
        else:
            super().back()

    @property
    def _only_list(self) -> bool:
        """Whether no board fits: upright, large text, or only the lower half is in reach."""
        theme = look.theme
        return bool(theme.portrait or theme.large or theme.low)

    def turn_day(self, by: int) -> None:
        """Show the day before or after."""
        self._day, self._since = self.view.day + timedelta(days=by), None
        self.on_snapshot(self.hub, self.now)

    def turn_hours(self, by: int) -> None:
        """Show earlier or later hours; after the last, the next day."""
        if by > 0 and not self.view.later:
            self.turn_day(1)
        else:
            self._since = self.view.window.start + timedelta(hours=by * HOURS_ON_7)
            self.on_snapshot(self.hub, self.now)

    def turn_page(self, by: int) -> None:
        """Show another page of the list."""
        self.page += by
        self._build()

    def _viewer(self) -> Actor:
        return actor_of(self.shell)

    # What it is made of -----------------------------------------------------------------------

    def _build(self) -> None:
        if self.view is None:
            return
        body = self.ids.body
        body.clear_widgets()
        body.spacing = self.theme.space("row_gap")
        if self.theme.low:
            self._low(body)
            return
        if self.as_list and not self.view.shut:
            self._list(body)
            return
        body.add_widget(self._head())
        if self.view.shut:
            body.add_widget(ShutDay(why=self.view.why))
            body.add_widget(self._days_foot())
        else:
            self._board(body)

    def _head(self) -> Acts:
        view = self.view
        steps = self._steps() if not (view.shut or self.theme.portrait) else []
        if self._prints_above:
            steps = [*self.prints(), *steps]
        head = Acts(width=self._room_px())
        for title in (view.long_title if view.shut else view.title, view.short_title, ""):
            text = Text(text=title, role="title", weight=700, fit="width")
            text.settle()
            head.show([back_act(self), *([text] if title else [])], steps)
            if head.height < self.theme.space("head") * 1.5:
                break
        return head

    def _steps(self) -> list[Widget]:
        landscape = self.theme.form == "door_7_landscape"
        if self.as_list and landscape and not self.theme.large:
            return self.page_steps() or self._day_steps()
        if self.as_list or not landscape:
            return self._day_steps()
        view = self.view
        steps = [_step("rooms.later", 1, self.turn_hours, icon="fast-forward")]
        if view.earlier:
            steps.insert(0, _step("rooms.earlier", -1, self.turn_hours))
        return steps

    def _day_steps(self) -> list[Widget]:
        after = _step("", 1, self.turn_day, text=self.view.after, icon_end="chevron-right")
        shown = self.view.before or (self.view.short_title if self.theme.roomy else "")
        if not shown:
            return [after]
        before = _step("", -1, self.turn_day, icon="chevron-left", text=shown)
        before.disabled = not self.view.before
        return [before, after]

    def page_steps(self) -> list[Widget]:
        """*Before* and *More*, where the rooms do not stand on one page."""
        if self.pages < 2:
            return []
        before = _step("act.before", -1, self.turn_page, icon="arrow-left")
        more = _step("act.more", 1, self.turn_page, icon_end="arrow-right")
        before.disabled, more.disabled = self.page <= 1, self.page >= self.pages
        return [before, more]

    def prints(self) -> list[Press]:
        """*Print*, of today and where there is a printer."""
        today = self.view.day == self.hub.today(self.now) and not self.view.shut
        return print_acts(self, lambda paper, then: paper.print_rooms(then)) if today else []

    @property
    def _prints_above(self) -> bool:
        """Whether *Print* stands beside the title: on a board, and on the list of a 7" screen."""
        theme = self.theme
        return bool(not theme.portrait and not theme.large and (theme.roomy or self.as_list))

    def _days_foot(self) -> AnchorLayout:
        foot = AnchorLayout(size_hint_y=None)
        acts = Acts()
        before = _step("rooms.day_before", -1, self.turn_day, icon="arrow-left")
        before.disabled = not self.view.before
        after = _step("rooms.day_after", 1, self.turn_day, icon_end="arrow-right")
        acts.size_hint_x, acts.width = (
            None,
            min(self._room_px(), before.width + after.width + self.theme.space("gap")),
        )
        acts.show([before, after])
        foot.height = acts.height
        foot.add_widget(acts)
        return foot

    def _board(self, body: BoxLayout) -> None:
        theme = self.theme
        head = body.children[0]
        legend = [_legend()] if theme.roomy else []
        body.spacing = theme.mm(1.9) if theme.roomy else theme.space("row_gap")
        taken = head.height + sum(part.height + body.spacing for part in legend) + body.spacing
        tall = theme.height_px - 2 * theme.space("margin") - taken
        rows = max(1, len(self.view.rows))
        grid = BoardGrid(two_lines=theme.roomy)
        if (tall - grid.head_px) / rows >= theme.target("least") - 1:
            grid.by_rows = True
        else:
            grid = BoardTarget(two_lines=theme.roomy)
        grid.bind(on_open=lambda _grid, room: self.open_room(room))
        grid.view = self.view
        for part in (grid, *legend):
            body.add_widget(part)

    def _list(self, body: BoxLayout) -> None:
        shown = RoomList(rows=self.view.rows)
        shown.bind(on_open=lambda _list, room: self.open_room(room))
        for paged in (False, True):
            self._list_around(body, shown, paged=paged)
            each = shown.fitting(self._list_px(body))
            self.pages = max(1, -(-len(self.view.rows) // each))
            if self.pages == 1:
                break
        self.page = min(max(1, self.page), self.pages)
        if self.pages > 1:
            self._list_around(body, shown, paged=True)
        shown.each, shown.page = each, int(self.page)

    def _low(self, body: BoxLayout) -> None:
        """Read above the middle line, touched below it."""
        if not self.view.shut:
            low_rooms(self, body, self._day_steps() if self.theme.roomy else [])
            return
        title = Text(text=self.view.title, role="title", weight=700, valign="top")
        foot = Acts(width=self._room_px())
        foot.show([back_act(self)], self._day_steps())
        for part in (title, ShutDay(why=self.view.why), foot):
            body.add_widget(part)

    def _list_around(self, body: BoxLayout, shown: RoomList, *, paged: bool) -> None:
        body.clear_widgets()
        if not paged:
            self.pages = 1
        foot = Acts(width=self._room_px())
        landscape = self.theme.form == "door_7_landscape" and not self.theme.large
        days = self._day_steps() if self.theme.portrait else []
        below = [] if self._prints_above else self.prints()
        foot.show([*days, *below], [] if landscape else self.page_steps())
        for part in (self._head(), shown, foot):
            body.add_widget(part)

    def _list_px(self, body: BoxLayout) -> float:
        taken = sum(w.height for w in body.children if w.size_hint_y is None)
        gaps = self.theme.space("row_gap") * 2 + 2 * self.theme.space("margin")
        return float(self.theme.height_px - taken - gaps)

    def _room_px(self) -> float:
        return float(self.theme.width_px - 2 * self.theme.space("margin"))


def _step(say: str, by: int, act: Any, **signs: Any) -> Press:
    if look.theme.large:  # words alone: letters twice as tall leave no room for signs
        signs = {name: value for name, value in signs.items() if not name.startswith("icon")}
    step = Press(say=say, size_hint=(None, None), **signs)
    step.width, step.height = step.hugged_width(), look.theme.target("secondary")
    if look.theme.large:
        step.width = step.hugged_width(1)
    step.bind(on_release=lambda *_: act(by))
    return step


def _legend() -> BoxLayout:
    row = BoxLayout(size_hint_y=None, height=look.theme.mm(7.4), spacing=look.theme.mm(6))
    for status in ("in_use", "soon", "free", "shut"):
        shape, ink, key = STATUS[status]
        pair = BoxLayout(size_hint_x=None, spacing=look.theme.mm(1.6))
        mark = sign(shape, ink)
        mark.pos_hint = {"center_y": 0.5}
        word = Say(say=key, weight=600, fit="width")
        word.settle()
        pair.width = mark.width + pair.spacing + word.width
        pair.add_widget(mark)
        pair.add_widget(word)
        row.add_widget(pair)
    row.add_widget(Say(say="rooms.tap_to_book", halign="right"))
    return row
