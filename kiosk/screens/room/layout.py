"""Where the parts of a room's page stand, at every size of screen and text."""

from __future__ import annotations

from typing import Any

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.screens.room.low import LowLayout
from kiosk.screens.room.offers import OffersLayout
from kiosk.screens.room.panels import bar_parts, booking_parts, done_parts
from kiosk.screens.room.pieces import (
    SHARE,
    Part,
    Stack,
    StatusLine,
    TimeRow,
    measure,
    row_px,
    tight,
    two_columns,
)
from kiosk.screens.room.view import bar_view
from kiosk.screens.who import actor_of
from kiosk.ui.acts import Acts
from kiosk.ui.look import look
from kiosk.ui.top_row import TopRow, back_act
from kiosk.ui.widgets_box import Card
from kiosk.ui.widgets_press import Press
from kiosk.ui.widgets_text import Icon, Say, Text

LEFT_MM, CLASH_LEFT_MM, COLUMN_GAP_MM = 106, 84, 7


class RoomLayout(OffersLayout, LowLayout):
    """Builds RoomScreen anew whenever what it shows has changed. Any: Kivy has no types."""

    @property
    def side_by_side(self: Any) -> bool:
        """Whether the day and the panel stand beside each other."""
        return bool(look.theme.roomy and not look.theme.low)

    def build(self: Any) -> None:
        """Show the step."""
        if self.view is None:
            return
        body = self.ids.body
        body.clear_widgets()
        if self.step == "clash" and self.moving is not None:
            self._clash(body)
        elif self.step == "offers":
            self._offers(body)
        elif self.side_by_side:
            self._both(body)
        elif look.theme.low:
            (self.low_panel if self.step == "panel" else self.low_day)(body)
        elif self.step == "panel":
            self._panel_alone(body)
        else:
            self._day_alone(body)

    # Measures ----------------------------------------------------------------------------------

    def _wide(self: Any) -> float:
        return float(look.theme.width_px - 2 * look.theme.space("margin"))

    def _tall(self: Any, *above: Widget) -> float:
        theme = look.theme
        taken = sum(widget.height for widget in above)
        gaps = theme.space("row_gap") * len(above)
        return float(theme.height_px - 2 * theme.space("margin") - taken - gaps)

    def _top(self: Any, title: str = "") -> TopRow:
        clock = self.words.clock(self.hub.local(self.now))
        top = TopRow(screen=self, again=look.theme.roomy, first=look.theme.roomy, clock=clock)
        top.title = title
        top.width = self._wide()
        return top

    # The day and the panel ---------------------------------------------------------------------

    def _both(self: Any, body: BoxLayout) -> None:
        theme = look.theme
        top = self._top()
        columns = BoxLayout(spacing=theme.mm(COLUMN_GAP_MM))
        tall = self._tall(top)
        left = self._day_column(theme.mm(LEFT_MM), tall)
        panel = self._panel(self._wide() - theme.mm(LEFT_MM + COLUMN_GAP_MM), tall)
        for part in (left, panel):
            columns.add_widget(part)
        for part in (top, columns):
            body.add_widget(part)

    def _day_column(self: Any, wide: float, tall: float) -> BoxLayout:
        theme = look.theme
        column = BoxLayout(orientation="vertical", size_hint_x=None, width=wide)
        column.spacing = theme.mm(2)
        name = Text(text=self.view.title, role="display", weight=700, max_lines=2)
        measure(name, wide)
        line = StatusLine(self.view)
        room = tall - name.height - line.height - 2 * column.spacing
        foot: Widget = Acts(width=wide)
        if len(self.view.rows) * row_px() > room:
            room -= theme.target("secondary") + column.spacing
            rows = self._rows(room)
            foot.show([], self._pages(room))
        else:
            rows, foot = self._rows(room), self._info()
        shown = [name, line, rows]
        is_pager = isinstance(foot, Acts)
        if is_pager or rows.height + foot.height + column.spacing <= room:
            shown.append(foot)
        for part in (*shown, Widget()):
            column.add_widget(part)
        return column

    def _info(self: Any) -> BoxLayout:
        theme = look.theme
        row = BoxLayout(size_hint_y=None, height=theme.mm(8.6), spacing=theme.mm(2.4))
        if self.view.info:
            info = self.view.info[:1].upper() + self.view.info[1:]
            row.add_widget(Icon(icon="information-outline", ink="ink2", pos_hint={"center_y": 0.5}))
            row.add_widget(Text(text=info, ink="ink2", max_lines=1, may_shorten=True))
        return row

    def _rows(self: Any, room_px: float) -> Card:
        card = Card(bare=True, size_hint_y=None)
        each = max(1, int(room_px // row_px()))
        pages = max(1, -(-len(self.view.rows) // each))
        self.page = min(max(1, self.page), pages)
        first = (int(self.page) - 1) * each
        chosen = self.chosen() if self.step == "panel" or self.side_by_side else None
        for number, row in enumerate(self.view.rows[first : first + each]):
            shown = TimeRow(row, first=number == 0)
            shown.chosen = row is chosen and self.told is None
            shown.bind(on_release=lambda pressed: self.choose(pressed.line))
            card.add_widget(shown)
        if not self.view.rows:
            none = Say(say="room.no_rows", size_hint_y=None, height=row_px(), halign="center")
            card.add_widget(none)
        card.height = sum(child.height for child in card.children)
        return card

    def _pages(self: Any, room_px: float) -> list[Press]:
        each = max(1, int(room_px // row_px()))
        return self.page_steps(max(1, -(-len(self.view.rows) // each)))

    def page_steps(self: Any, pages: int) -> list[Press]:
        """Return *Before* and *More*, where the day has more than one page."""
        if pages < 2:
            return []
        say = self.words.say
        low = look.theme.form == "door_7_landscape" or look.theme.large
        signs = ({}, {}) if low else ({"icon": "arrow-left"}, {"icon_end": "arrow-right"})
        before = tight(say("act.before"), lambda: self.turn_page(-1), **signs[0])
        more = tight(say("act.more"), lambda: self.turn_page(1), **signs[1])
        before.disabled, more.disabled = self.page <= 1, self.page >= pages
        return [before, more]

    def _day_alone(self: Any, body: BoxLayout) -> None:
        theme = look.theme
        head = Acts(width=self._wide())
        title = Text(text=self.view.title, role="title", weight=700, fit="width")
        title.settle()
        head.show([back_act(self), title])
        name = None
        if head.height > theme.space("head") * 1.5:
            head.show([back_act(self)])
            name = Text(text=self.view.title, role="title", weight=700)
            measure(name, self._wide())
        above = [
            head,
            *([name] if name else []),
            *([StatusLine(self.view)] if theme.portrait else []),
        ]
        tall = self._tall(*above)
        steps = self._pages(tall)
        foot = Acts(width=self._wide())
        if steps:
            if theme.portrait or theme.large:
                tall -= theme.target("secondary") + theme.space("row_gap")
                foot.show([], self._pages(tall))
            else:
                head.show([back_act(self), *([title] if name is None else [])], steps)
                if head.height > theme.space("head") * 1.5:
                    head.show([back_act(self)], steps)
        rows = self._rows(tall)
        if steps and not (theme.portrait or theme.large):
            self._mark_steps(steps, tall)
        elif steps:
            foot.show([], self._pages(tall))
        for part in (*above, rows, Widget(), foot):
            body.add_widget(part)

    def _mark_steps(self: Any, steps: list[Press], tall: float) -> None:
        each = max(1, int(tall // row_px()))
        steps[0].disabled = self.page <= 1
        steps[1].disabled = self.page * each >= len(self.view.rows)

    def _panel_alone(self: Any, body: BoxLayout) -> None:
        top = self._top(self.view.title)
        for part in (top, self._panel(self._wide(), self._tall(top))):
            body.add_widget(part)

    def _panel(self: Any, wide: float, tall: float) -> Card:
        theme = look.theme
        panel = Card(bare=True)
        pencilled = self.told is not None and self.told[0] == "pencilled"
        if pencilled:
            panel.dashed, panel.edge = True, "soon"
        pad = theme.mm(4.4) if theme.roomy else theme.mm(3)
        panel.padding = pad
        inner, high = wide - 2 * pad, tall - 2 * pad
        split = theme.form == "door_7_landscape" and not theme.large
        books = self.told is None and self.booking() is not None
        parts = self._parts(inner * (SHARE if split and books else 1), high)
        if split and books:
            panel.add_widget(two_columns(parts, inner, high))
        else:
            stack = Stack()
            stack.fill(parts, inner, high)
            panel.add_widget(stack)
        return panel

    def _parts(self: Any, wide: float, tall: float) -> list[Part]:
        if self.told is not None:
            return done_parts(self, *self.told)
        row = self.chosen()
        if row is not None and row.bar is not None:
            view = bar_view(self.hub, row.bar, self.now, self.words, actor_of(self.shell))
            return bar_parts(self, view, wide, tall)
        view = self.booking()
        if view is not None:
            return booking_parts(self, view, wide)
        return [(Say(say="room.no_rows", role="title", weight=700), 3), (Widget(), 3)]
