"""The wall: slow pages to read from across the room; nothing on it is personal or moves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kivy.clock import Clock
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.screens.light.now import light_now
from kiosk.screens.light.view import as_of
from kiosk.screens.wall.pages import a_page, page, title_of
from kiosk.screens.wall.pieces import Band, NoticeOnWall, PageName, WallHead
from kiosk.screens.wall.view import Turn, WallView, after, each, parts_of, settled, wall_view
from kiosk.ui.look import look
from kiosk.ui.page import Box
from kiosk.ui.screen import HubScreen
from kiosk.ui.widgets_text import Text

PAGE_S = 12.0
FOOT_MM = 25


class WallScreen(HubScreen):
    """Rooms, notices, what is on, who is here: 12 s each. A touch shows the next page."""

    warn_after_s, forgets_look = None, True

    def __init__(self, **facts: Any) -> None:
        super().__init__(**facts)
        self.turn = Turn()
        self._turning: Any = None

    def on_open(self, turn: Turn | None = None, **_facts: Any) -> None:
        """Begin with the rooms, or go on where another look left off."""
        self.turn = turn or Turn()
        self._wait()

    def on_snapshot(self, hub: Any, now: datetime) -> None:
        """Show the page in front as of now; its turn goes on."""
        self._show(hub, now)

    def on_close(self) -> None:
        """Turn no more pages."""
        if self._turning is not None:
            self._turning.cancel()
        self.clear_widgets()

    def kept(self) -> dict[str, Any]:
        """The same page again, by night or in another language."""
        return {"turn": self.turn}

    def on_card(self, uid: str) -> bool:
        """Nobody signs in at a wall."""
        return True

    def on_touch_down(self, touch: Any) -> bool:
        """Turn the page for whoever touches it."""
        self.next_page()
        return True

    def next_page(self, _dt: float = 0.0) -> None:
        """Show the next page, and leave it for as long as every page."""
        view = self._view(self.hub, self.now)
        self.turn = after(self.turn, parts_of(view, a_page(self._body(view)[1])))
        self._wait()
        self._show(self.hub, self.now)

    # Inside --------------------------------------------------------------------------------

    def _view(self, hub: Any, now: datetime) -> WallView:
        known = as_of(light_now(self.shell, now), self.words, hub.local)
        return wall_view(hub, now, self.words, known)

    def _wait(self) -> None:
        if self._turning is not None:
            self._turning.cancel()
        self._turning = Clock.schedule_once(self.next_page, PAGE_S)

    def _show(self, hub: Any, now: datetime) -> None:
        view = self._view(hub, now)
        above, box = self._body(view)
        parts = parts_of(view, a_page(box))
        self.turn = settled(self.turn, parts)
        total = parts[self.turn.kind]
        head, below, foot = self._head(view, total), box, self._foot(view, list(parts))
        made = each(lambda turn: page(hub, now, view, turn, total, below), [self.turn])
        self.clear_widgets()
        body = next(iter(made), ())
        for widget in (*above, head, *body, *foot):
            self.add_widget(widget)
        for card in body:
            if isinstance(card, NoticeOnWall) and card.card.picture and card.has_room:
                self.shell.around.picture(card.card.picture, card.show_picture)

    def _body(self, view: WallView) -> tuple[list[Widget], Box]:
        """Place the bands; return them and the box between head and foot."""
        theme, gap = look.theme, look.theme.space("gap_columns")
        margin = theme.space("margin")
        rest = Box(margin, margin, theme.width_px - 2 * margin, theme.height_px - 2 * margin)
        bands = [Band(text, urgent=True) for text in view.urgent]
        bands += [Band(view.call, urgent=False)] if view.call else []
        for band in bands:
            rest = band.lay(rest)
        rest, self._head_box = rest.upper_part(theme.space("head"), gap)
        rest, self._foot_box = rest.lower_part(theme.mm(FOOT_MM), gap)
        return [*bands], rest

    def _head(self, view: WallView, total: int) -> Widget:
        part = self.words.say("wall.part", part=self.turn.part + 1, parts=total)
        head = WallHead(
            title=title_of(self.turn.kind),
            part=part if total > 1 else "",
            date=view.date,
            clock=view.clock,
        )
        self._head_box.lay(head)
        return head

    def _foot(self, view: WallView, kinds: list[str]) -> list[Widget]:
        theme, box = look.theme, self._foot_box
        names = BoxLayout(size_hint=(None, None), height=round(box.height), spacing=theme.mm(2))
        for kind in kinds:
            name = PageName(self.words.say(f"wall.{kind}"), here=kind == self.turn.kind)
            names.add_widget(name)
        names.bind(minimum_width=lambda *_: self._right(names))
        self._right(names)
        house = Text(text=view.name, weight=600, may_shorten=True)
        Box(box.x, box.y, box.width / 2, box.height).lay(house)
        return [house, names]

    def _right(self, names: BoxLayout) -> None:
        box = self._foot_box
        names.width = names.minimum_width
        names.pos = round(box.x + box.width - names.width), round(box.y)
