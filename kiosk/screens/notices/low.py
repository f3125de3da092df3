"""All notices for who reaches low: read above the middle line, chosen below it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.screens.notices.rows import KindBadge, NoticeWords, kind_column
from kiosk.screens.notices.view import NoticeRow
from kiosk.ui.look import look
from kiosk.ui.tiles import READ_MM, ReadRows, Tiles, tile
from kiosk.ui.widgets_box import sign
from kiosk.ui.widgets_press import Press


def read_rows(rows: Sequence[NoticeRow]) -> Widget:
    """Return what the notices of a page say, as far as a line of each goes."""
    theme = look.theme
    kind_px = 0 if theme.portrait or theme.large else kind_column(rows)
    return ReadRows([_read(row, kind_px) for row in rows], READ_MM[theme.portrait])


def _read(row: NoticeRow, kind_px: float) -> BoxLayout:
    line = BoxLayout(spacing=look.theme.mm(3))
    if kind_px:
        line.add_widget(KindBadge(row.mark, size_hint_x=None, width=kind_px))
        line.add_widget(NoticeWords(row))
        return line
    mark = sign(row.mark.shape or row.mark.icon, row.mark.ink)
    mark.pos_hint = {"center_y": 0.5}
    line.add_widget(mark)
    line.add_widget(NoticeWords(replace(row, more="")))
    return line


def tiles(rows: Sequence[NoticeRow], room_px: float, open_: Callable[[str], Any]) -> Widget:
    """Return a tile for each notice of a page."""
    return Tiles([_tile(row, open_) for row in rows], room_px)


def _tile(row: NoticeRow, open_: Callable[[str], Any]) -> Press:
    mark = row.mark
    made = tile(row.title.rstrip("."), icon=mark.icon, shape=mark.shape, icon_ink=mark.ink)
    made.bind(on_release=lambda *_: open_(row.id))
    return made
