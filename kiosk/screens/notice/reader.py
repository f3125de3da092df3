"""One page of one notice as a sheet of paper: kind, title, text, who and until when, its picture.

How large the words are is tried out, the most generous first, until the whole text is one page.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from kivy.graphics import Color, RoundedRectangle
from kivy.uix.anchorlayout import AnchorLayout
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.screens.notice.measure import fits_box, height_of
from kiosk.screens.notice.paging import text_pages
from kiosk.screens.notice.view import NoticeView
from kiosk.screens.notices.rows import LINE_EM, KindBadge
from kiosk.screens.notices.view import Mark
from kiosk.ui.look import look
from kiosk.ui.widgets_box import Rule, sign
from kiosk.ui.widgets_picture import Picture
from kiosk.ui.widgets_text import Icon, Text

PANEL_MM, SMALL_PANEL_MM, TOP_PANEL_MM = 72, 52, 40
"""Width of the picture beside the words on 10" and 7"; upright, its height above them."""
WHO, WHEN = "account-circle-outline", "calendar-end"


@dataclass(frozen=True, slots=True)
class Plan:
    """One way to set a notice: sizes of title and text, with a picture or without.

    panel: the picture's place, "side" or "top", or "" for none.
    """

    title: str
    body: str
    panel: str = ""


@dataclass(frozen=True, slots=True)
class SetText:
    """A notice cut into pages by the plan that fits it best."""

    plan: Plan
    title: str
    pages: tuple[str, ...]
    picture_last: bool = False
    """Whether its picture has the last page to itself: beside these words it has no place."""


def plans(*, pictured: bool = False) -> tuple[Plan, ...]:
    """Return the ways to try on this screen, the most generous first."""
    theme = look.theme
    if theme.roomy:
        beside = Plan("title", "body", "side") if pictured else Plan("title", "body")
        return Plan("display", "title", "side"), Plan("display", "title"), beside
    if theme.large:
        return Plan("title", "body"), Plan("body", "body")
    place = "top" if theme.portrait else "side"
    with_it = (Plan("display", "body", place), Plan("title", "body", place)) if pictured else ()
    return *with_it, Plan("display", "body"), Plan("title", "body")


def panel_px() -> int:
    """Return the width of a picture beside the words, or its height above them."""
    theme = look.theme
    return theme.mm(PANEL_MM if theme.roomy else TOP_PANEL_MM if theme.portrait else SMALL_PANEL_MM)


def set_text(seen: NoticeView, width: float, height: float, *, pictured: bool = False) -> SetText:
    """Return a notice set for a place of so many pixels; pictured: its own picture is here."""
    text = _set_text(seen, width, height, pictured=pictured)
    if not pictured or text.plan.panel:
        return text
    return replace(text, pages=(*text.pages, ""), picture_last=True)


def _set_text(seen: NoticeView, width: float, height: float, *, pictured: bool) -> SetText:
    after = [seen.known]
    if look.theme.large:  # who and until when are read after the text, not beside it
        after.append(" · ".join(part for part in (seen.by, seen.until_short) if part))
    seen = replace(seen, body="\n\n".join(part for part in (seen.body, *after) if part))
    for plan in plans(pictured=pictured):
        pages = _pages(seen.title, seen.body, plan, width, height)
        if len(pages) == 1:
            return SetText(plan, seen.title, pages)
    plan = plans()[-1]
    if height_of(seen.title, _text_width(width, plan), plan.title, weight=700) <= height / 2:
        return SetText(plan, seen.title, _pages(seen.title, seen.body, plan, width, height))
    whole = f"{seen.title}\n\n{seen.body}".strip()  # a title as long as a text is read as one
    return SetText(plan, "", _pages("", whole, plan, width, height))


def _pages(title: str, body: str, plan: Plan, width: float, height: float) -> tuple[str, ...]:
    wide, gap = _text_width(width, plan), gap_px()
    height -= panel_px() + gap if plan.panel == "top" else 0
    above = line_px() + gap
    if title:
        above += height_of(title, wide, plan.title, weight=700) + gap
    room = height - above - (gap + meta_px() if wants_meta_below() else 0)
    if room < line_px() and body:
        return ("", "")  # no room at all: the next plan
    return text_pages(body, fits_box(wide, room, role=plan.body))


def _text_width(width: float, plan: Plan) -> float:
    return width - panel_px() - look.theme.mm(8) if plan.panel == "side" else width


def line_px() -> int:
    """Return the height of one line of body text that stands alone."""
    return round(look.theme.size("body") * LINE_EM)


def gap_px() -> int:
    """Return what lies between kind, title and text."""
    return look.theme.mm(3 if look.theme.roomy else 2)


def wants_meta_below() -> bool:
    """Whether there is a line for who and until when; else it stands beside the kind."""
    return look.theme.form != "door_7_landscape" and not look.theme.large


def meta_px() -> int:
    """Return the height of what stands below the text: a rule and one line, or two."""
    return (2 if look.theme.portrait else 1) * line_px() + look.theme.mm(4)


class KindPanel(AnchorLayout):
    """The picture of a notice that has none: the sign of its kind on its tint."""

    def __init__(self, mark: Mark, **facts: Any) -> None:
        super().__init__(**facts)
        with self.canvas.before:
            Color(*look.theme.colour(mark.tint))
            self._area = RoundedRectangle(radius=[look.theme.radius()])
        shape = sign(mark.shape or mark.icon, mark.ink)
        shape.px = look.theme.mm(28 if mark.shape else 34)
        self.add_widget(shape)
        for name in ("pos", "size"):
            self.fbind(name, self._place)

    def _place(self, *_: object) -> None:
        self._area.pos, self._area.size = self.pos, self.size


class NoticePage(BoxLayout):
    """A page of a notice; ``page`` counts from 0."""

    def __init__(
        self,
        seen: NoticeView,
        text: SetText,
        page: int,
        width_px: float,
        *,
        texture: Any = None,
        **facts: Any,
    ) -> None:
        """texture: of its own picture, where that is here."""
        super().__init__(spacing=look.theme.mm(8), **facts)
        self._wide = _text_width(width_px, text.plan)
        if text.picture_last and page + 1 == len(text.pages):
            self.add_widget(Picture(texture=texture))
            return
        if text.plan.panel == "top":
            self.orientation, self.spacing = "vertical", gap_px()
            self.add_widget(Picture(texture=texture, size_hint_y=None, height=panel_px()))
        self.add_widget(self._column(seen, text, page))
        if text.plan.panel == "side":
            side = {"size_hint_x": None, "width": panel_px()}
            own = Picture(texture=texture, **side) if texture else KindPanel(seen.mark, **side)
            self.add_widget(own)

    def _column(self, seen: NoticeView, text: SetText, page: int) -> Widget:
        column = BoxLayout(orientation="vertical", spacing=gap_px())
        column.add_widget(self._kind_line(seen))
        if text.title:
            column.add_widget(Text(text=text.title, role=text.plan.title, weight=700, fit="height"))
        column.add_widget(
            Text(text=text.pages[page], role=text.plan.body, reading=True, valign="top")
        )
        if wants_meta_below():
            column.add_widget(self._meta(seen))
        return column

    def _kind_line(self, seen: NoticeView) -> Widget:
        line = BoxLayout(size_hint_y=None, height=line_px(), spacing=look.theme.mm(4))
        badge = KindBadge(seen.mark, size_hint_x=None)
        badge.width = badge.natural_width
        line.add_widget(badge)
        beside = not wants_meta_below() and not look.theme.large
        words = [seen.foreign, *((seen.by, seen.until_short) if beside else ())]
        said = " · ".join(word for word in words if word)
        line.add_widget(Text(text=said, may_shorten=True))
        return line

    def _meta(self, seen: NoticeView) -> Widget:
        two = look.theme.portrait
        below = BoxLayout(orientation="vertical", size_hint_y=None, height=meta_px())
        below.spacing = look.theme.mm(2)
        until = seen.until_short if two else seen.until
        said = [(WHO, seen.by), (WHEN, until)]
        if not two and self._meta_width(said) > self._wide:
            said = [(WHO, seen.by), (WHEN, seen.until_short)]
        tight = self._meta_width(said) > self._wide  # only a name may be so long
        lines = BoxLayout(orientation="vertical" if two else "horizontal")
        lines.spacing = 0 if two else look.theme.mm(8)
        for icon, words in said:
            if words:
                may_shorten = two or (tight and icon == WHO)
                lines.add_widget(_with_icon(icon, words, may_shorten=may_shorten))
        if not two and not tight:
            lines.add_widget(Widget())
        below.add_widget(Rule())
        below.add_widget(lines)
        return below

    def _meta_width(self, said: list[tuple[str, str]]) -> float:
        sign_px = look.theme.icon("beside_body") + look.theme.mm(2.4)
        words = sum(Text(text=words).natural_width() + sign_px for _, words in said if words)
        return words + look.theme.mm(8)


def _with_icon(icon: str, words: str, *, may_shorten: bool) -> Widget:
    pair = BoxLayout(spacing=look.theme.mm(2.4))
    pair.add_widget(Icon(icon=icon, pos_hint={"center_y": 0.5}))
    text = Text(text=words, may_shorten=may_shorten)
    if not may_shorten:
        text.fit = "width"
        pair.size_hint_x = None
        pair.width = look.theme.icon("beside_body") + pair.spacing + text.natural_width()
    pair.add_widget(text)
    return pair
