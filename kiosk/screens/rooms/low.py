"""All rooms for who reaches low: read above the middle line, chosen below it."""

from __future__ import annotations

from typing import Any

from kivy.uix.boxlayout import BoxLayout

from kiosk.screens.rooms.list import room_words
from kiosk.screens.rooms.view import RowView
from kiosk.ui.acts import Acts
from kiosk.ui.look import look
from kiosk.ui.tiles import ReadRows, Tiles, low_room_px, slots, tile
from kiosk.ui.top_row import back_act
from kiosk.ui.widgets_box import STATUS, sign
from kiosk.ui.widgets_press import Press
from kiosk.ui.widgets_text import Text

READ_MM = 8.6
"""Height of a row that is read."""


def low_rooms(screen: Any, body: BoxLayout, days: list[Press]) -> None:
    """Fill the page of all rooms. Any: a RoomsScreen."""
    theme, rows = look.theme, screen.view.rows
    foot = Acts(width=theme.width_px - 2 * theme.space("margin"))
    screen.pages = 1
    for _ in range(2):  # a second row of acts leaves room for fewer tiles
        foot.show([back_act(screen)], [*screen.prints(), *days, *screen.page_steps()])
        room = low_room_px(foot.height)
        each = slots(room)
        screen.pages = max(1, -(-len(rows) // each))
        screen.page = min(max(1, screen.page), screen.pages)
    foot.show([back_act(screen)], [*screen.prints(), *days, *screen.page_steps()])
    first = (int(screen.page) - 1) * each
    shown = rows[first : first + each]
    title = Text(text=screen.view.title, role="title", weight=700, size_hint_y=None)
    title.height = round(theme.size("title") * 1.25)
    body.add_widget(title)
    body.add_widget(ReadRows([_read(row) for row in shown], READ_MM))
    body.add_widget(Tiles([_tile(screen, row) for row in shown], room))
    body.add_widget(foot)


def _read(row: RowView) -> BoxLayout:
    line = BoxLayout(spacing=look.theme.mm(2.4))
    line.add_widget(_mark(row))
    line.add_widget(_upright_words(row) if look.theme.portrait else room_words(row))
    return line


def _upright_words(row: RowView) -> BoxLayout:
    """The name, and in the little room that is left how the room is."""
    words = BoxLayout(spacing=look.theme.mm(2))
    how = Text(text=row.word or row.until, fit="width")
    how.settle()
    words.add_widget(Text(text=row.name, weight=600, max_lines=1, may_shorten=True))
    words.add_widget(how)
    return words


def _mark(row: RowView) -> Any:
    shape, ink, _key = STATUS[row.status or "free"]
    mark = sign(shape if row.status else "", ink)
    mark.pos_hint = {"center_y": 0.5}
    return mark


def _tile(screen: Any, row: RowView) -> Press:
    shape, ink, _key = STATUS[row.status or "free"]
    made = tile(row.name, row.short, shape=shape if row.status else "", icon_ink=ink)
    made.bind(on_release=lambda *_: screen.open_room(row.room))
    return made
