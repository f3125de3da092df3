"""The page after coming in where there is little room or large text: one thing a page."""

from __future__ import annotations

from typing import Any

from kivy.uix.widget import Widget

from kiosk.screens.fitting import fit_text
from kiosk.screens.welcome.form import Form
from kiosk.screens.welcome.pieces import (
    Dots,
    TagCard,
    ThingText,
    act_button,
)
from kiosk.ui.acts import Acts
from kiosk.ui.look import look
from kiosk.ui.page import Box
from kiosk.ui.widgets_press import TIGHTEST, Press
from kiosk.ui.widgets_text import Say

YOU, WALL = "you", "wall"
TAG_MM = 21.6


class Paged(Form):
    """One thing a page: which page this is above, what is done with it below.

    from_rows: the page was opened from a list of all things, and leads back to it.
    """

    def __init__(self, screen: Any, *, from_rows: bool) -> None:
        super().__init__(screen)
        self.from_rows = from_rows

    def place(self, whole: Box) -> list[Widget]:
        """Return the widgets of the page in front, placed."""
        theme, gap = look.theme, look.theme.space("row_gap")
        pages = self._pages(whole)
        here = self.screen.page if self.screen.page in pages else pages[0]
        foot = self._foot(here, pages, whole)
        rest, place = whole.lower_part(foot.height, gap)
        foot.pos = round(place.x), round(place.y)
        head, body = self._head(rest, pages, here)
        if here == YOU:
            return [*head, foot, *self._you(body, with_wall=WALL not in pages)]
        if here == WALL and self.question:
            self.question.down(body)
            return [*head, foot, self.question]
        inside = ThingText(self.view.things[int(here)])
        inside.lay(Box(body.x, body.y, body.width, body.height - theme.mm(1)))
        return [*head, foot, inside]

    def _pages(self, whole: Box) -> list[str]:
        """The pages there are; the question has its own where one page cannot hold both."""
        things = [str(nth) for nth in range(len(self.view.things))]
        if not self.question:
            return [YOU, *things]
        theme = look.theme
        foot = self._foot(YOU, [YOU, WALL], whole).height + theme.space("row_gap")
        head = self._head_px(whole.width, YOU) + theme.mm(3)
        room = whole.height - foot - head
        since, _rest = self.since(Box(0, 0, whole.width, room))
        needed = since.height + theme.mm(3) + self.question.height_px(whole.width)
        if tag := self.tag():
            needed += max(theme.mm(TAG_MM), tag.tall_px(whole.width)) + theme.mm(3)
        return [YOU, *things] if needed <= room else [YOU, WALL, *things]

    def _you(self, box: Box, *, with_wall: bool) -> list[Widget]:
        theme = look.theme
        tag = self.tag()
        needed = tag.tall_px(box.width) if tag else 0
        since, rest = self.since(box)
        if needed > rest.height:
            since, rest = self.since(box, short=True)
        if needed > rest.height:  # tall letters upright: the tag is what they need most
            return [self._laid(tag, box, needed)] if tag else [since]
        shown: list[Widget] = [since]
        if tag:
            tall = min(max(theme.mm(TAG_MM), needed), rest.height)
            rest, place = rest.upper_part(tall, theme.mm(3))
            place.lay(tag)
            shown.append(tag)
        if self.question and with_wall:
            self.question.down(rest)
            shown.append(self.question)
        return shown

    @staticmethod
    def _laid(tag: TagCard, box: Box, tall: float) -> TagCard:
        box.upper_part(min(tall, box.height), 0)[1].lay(tag)
        return tag

    def _head(self, box: Box, pages: list[str], here: str) -> tuple[list[Widget], Box]:
        theme = look.theme
        tall = self._head_px(box.width, here)
        rest, place = box.upper_part(tall, theme.mm(3))
        title = Say(say="welcome.title", role="title", weight=700)
        words = [self._word(page) for page in pages]
        dots = Dots(words, pages.index(here), height=round(tall))
        room = place.width - theme.space("gap")
        fit_text(title, place.width, tall)
        title.pos = round(place.x), round(place.y + place.height - title.text_height)
        if self.from_rows:
            return [title], rest
        beside = room - title.lines_width()
        if dots.width > beside:
            dots = Dots(words, pages.index(here), brief=True, height=round(tall))
        if dots.width > place.width:
            dots = Dots([""] * len(words), pages.index(here), brief=True, height=round(tall))
        dots.pos = round(box.x + box.width - dots.width), round(place.y)
        if dots.width <= beside:
            return [title, dots], rest
        dots.x = round(place.x)
        return [title if here == YOU else dots], rest

    def _head_px(self, wide_px: float, here: str) -> float:
        """How tall the head is: "Welcome" may take two lines on the first page."""
        line = look.theme.size("title") * 1.16
        if here != YOU:
            return line
        title = Say(say="welcome.title", role="title", weight=700)
        fit_text(title, wide_px, 10_000)
        return max(line, title.text_height)

    def _word(self, page: str) -> str:
        words = look.words
        if page in (YOU, WALL):
            return words.say("welcome.word_you" if page == YOU else "setup.wall")
        return self.view.things[int(page)].word

    def _foot(self, here: str, pages: list[str], whole: Box) -> Acts:
        tall = look.theme.target("primary")
        acts: list[Press] = []
        if here in (YOU, WALL):
            acts = self.take_back()
        elif button := act_button(self.view.things[int(here)], self.screen.do):
            button.hug, button.size_hint, button.height = True, (None, None), tall
            button.icon = "" if look.theme.large else button.icon
            acts = [button]
        onward = self._onward(here, pages)
        foot = Acts(size_hint=(None, None), width=round(whole.width))
        done = self.done()
        if look.theme.portrait:
            _upright(acts, onward, done, whole.width, things=here not in (YOU, WALL))
        elif not _tighten([*acts, onward, done], whole.width) and here == pages[-1]:
            # Beside large words there is no room for the way back to the first page.
            _tighten([*acts, done], whole.width)
            foot.show(acts, [done])
            return foot
        foot.show(acts, [onward, done])
        return foot

    def _onward(self, here: str, pages: list[str]) -> Press:
        large = look.theme.large
        if self.from_rows or here == pages[-1]:
            key, to = "act.back" if self.from_rows else "act.before", pages[0]
            signs = {"icon": "arrow-left"}
        else:
            key, to = "act.more", pages[pages.index(here) + 1]
            signs = {"icon_end": "arrow-right"}
        step = Press(say=key, hug=True, size_hint=(None, None), **({} if large else signs))
        step.height = look.theme.target("primary")
        step.bind(on_release=lambda *_: self.screen.open(to))
        return step


def _upright(acts: list[Press], onward: Press, done: Press, wide: float, *, things: bool) -> None:
    """Two rows: what can be done with this, and below it the way on."""
    _tighten([onward, done], wide)
    done.width = round(wide - onward.width - look.theme.space("gap"))
    for act in acts if things else ():
        act.hug, act.width = False, round(wide)
        if act.hugged_width(TIGHTEST) > wide:
            act.height = max(act.height, act.two_lines_px)


def _tighten(buttons: list[Press], room: float) -> bool:
    """Give buttons tighter pads until they stand in one row; say whether they do."""
    gap = look.theme.space("gap")
    for tighter in range(3):
        widths = [button.hugged_width(tighter) for button in buttons]
        if sum(widths) + gap * (len(buttons) - 1) <= room:
            break
    for button, wide in zip(buttons, widths, strict=True):
        button.hug, button.width = False, wide  # what hugs would take its usual pad again
    return sum(widths) + gap * (len(buttons) - 1) <= room
