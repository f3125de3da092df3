"""All notices, a page at a time; one tap opens one in full, another puts one up."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import Any

from kivy.clock import Clock
from kivy.properties import ListProperty, NumericProperty, StringProperty
from kivy.uix.widget import Widget

from kiosk.hub.notices import running
from kiosk.screens.notices import rows as _rows  # noqa: F401  # widgets of the kv file
from kiosk.screens.notices.low import read_rows, tiles
from kiosk.screens.notices.view import (
    NoticeRow,
    a_page,
    empty_sentence,
    notice_rows,
    page,
    page_of,
    welcomer_now,
)
from kiosk.ui import kit  # noqa: F401  # the same
from kiosk.ui.screen import HubScreen
from kiosk.ui.tiles import low_room_px, slots
from kiosk.ui.top_row import back_act, language_tool


class NoticesScreen(HubScreen):
    """The list. ``number`` is the page shown, from 1."""

    title, clock = StringProperty(), StringProperty()
    sentence, page_words = StringProperty(), StringProperty()
    rows = ListProperty()
    number, pages = NumericProperty(1), NumericProperty(1)

    def __init__(self, **facts: Any) -> None:
        self._all: tuple[NoticeRow, ...] = ()
        self._at, self._foot_px = "", 0.0
        self._arranged: tuple[Any, ...] = ()
        self._low_key: tuple[Any, ...] = ()
        self._low_parts: list[Widget] = []
        self._arrange_soon = Clock.create_trigger(self._arrange, -1)
        super().__init__(**facts)
        self.title = self.words.say("notices.title")
        # Kivy's ids are weak: what is not on the page now would be gone.
        self._parts = SimpleNamespace(**{n: part.__self__ for n, part in self.ids.items()})
        self._low = (back_act(self), language_tool(self))
        self._parts.foot.bind(height=self._arrange_soon)
        if self.theme.low:  # a second row of acts leaves room for fewer notices
            self._parts.foot.bind(height=Clock.create_trigger(lambda _dt: self._show(), -1))
        self._parts.top.bind(height=self._arrange_soon, title_fits=self._arrange_soon)
        self.bind(size=self._arrange_soon)

    def on_open(self, at: str = "", page: int = 1, **_facts: Any) -> None:
        """Open at a page, or at the page that notice ``at`` is on."""
        self.number, self._at, self._foot_px = page, at, 0.0

    def on_snapshot(self, hub: Any, now: datetime) -> None:
        """Show what runs now."""
        self.clock = self.words.clock(hub.local(now))
        self._all = notice_rows(running(hub, now), self.words)
        self.sentence = empty_sentence(welcomer_now(hub, now), self.words)
        self._arrange()
        if self._at:
            self.number = page_of([row.id for row in self._all], self._at, self._each)
            self._at = ""
        self._show()

    def turn(self, by: int) -> None:
        """Show another page."""
        self.number += by
        self._show()

    def open(self, notice: str) -> None:
        """Read one in full."""
        self.go("notice", notice=notice)

    def kept(self) -> dict[str, Any]:
        """The first notice shown, to be there still when the text size has changed."""
        return {"at": self.rows[0].id if self.rows else ""}

    def _show(self) -> None:
        shown = page(self._all, int(self.number), self._each)
        self.number, self.pages = shown.number, shown.pages
        self.rows = list(shown.rows)
        facts = {"page": shown.number, "pages": shown.pages}
        self.page_words = self.words.say("page.of", **facts) if shown.pages > 1 else ""
        self._arrange()

    # Where things stand --------------------------------------------------------------------

    @property
    def _each(self) -> int:
        """Rows of a page: as many as the look says, or as tiles have room in the lower half."""
        return slots(self._room_px()) if self.theme.low else a_page(self.theme)

    def _room_px(self) -> float:
        """Pixels for tiles in low reach: from the middle line down to the acts.

        The foot of the first page may be higher. Every page holds as many as that one: where some
        held more, those between would be on none.
        """
        return low_room_px(self._foot_px)

    def _arrange(self, *_: object) -> None:
        ids, low = self._parts, self.theme.low
        ids.foot.show(*self._acts())
        if ids.foot.has_width:
            self._foot_px = max(self._foot_px, ids.foot.height)
        cramped = self.theme.large and self.theme.portrait
        titled = [] if (ids.top.title_fits or cramped) and not low else [ids.heading]
        body = self._low_body() if low else [ids.sheet if self._all else ids.empty]
        wanted = [*([] if low else [ids.top]), *titled, *body, ids.foot]
        if self._arranged != (wanted, len(self.rows)):
            ids.body.clear_widgets()
            for widget in wanted:
                ids.body.add_widget(widget)
            self._arranged = (wanted, len(self.rows))
        self._heights()

    def _low_body(self) -> list[Widget]:
        """What is read above the middle line, what is touched below it."""
        key = (tuple(self.rows), self._room_px())
        if key != self._low_key:
            self._low_key, rows = key, list(self.rows)
            self._low_parts = [read_rows(rows), tiles(rows, key[1], self.open)] if rows else []
        return self._low_parts or [self._parts.empty]

    def _heights(self) -> None:
        """Rows are as high on a page of two as on a full one."""
        ids, theme = self._parts, self.theme
        inner = theme.height_px - 2 * theme.space("margin")
        others = [w for w in ids.body.children if w not in (ids.sheet, ids.empty, ids.rest)]
        taken = sum(w.height for w in others) + theme.space("row_gap") * len(others)
        free = inner - taken
        ids.sheet.height = max(1, round(free / max(1, self._each))) * len(self.rows)

    def _acts(self) -> tuple[list[Widget], list[Widget]]:
        """What stands left and right at the foot: what does not fit there is on the next page."""
        ids = self._parts
        many = self.pages > 1
        before, more = ([ids.before], [ids.more]) if many else ([], [])
        if self.theme.roomy and not self.theme.low:
            return [ids.put_up], [ids.pages, *before, *more] if many else []
        left = [*self._low] if self.theme.low else []
        first = ids.put_up if self.number == 1 else ids.before
        return [*left, first], more
