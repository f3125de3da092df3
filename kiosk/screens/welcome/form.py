"""What the page after coming in shares in all its forms: the head, the tag, the way on."""

from __future__ import annotations

from typing import Any

from kivy.factory import Factory

from kiosk.screens.fitting import fit_text
from kiosk.screens.welcome.pieces import (
    Since,
    TagCard,
    WallQuestion,
)
from kiosk.ui.look import look
from kiosk.ui.page import Box
from kiosk.ui.widgets_press import Press
from kiosk.ui.widgets_text import Say, Text


class Form:
    """What all forms share: the head, the foot, the tag."""

    def __init__(self, screen: Any) -> None:
        self.screen, self.view = screen, screen.view
        self.question: WallQuestion | None = None
        if self.view.wall:
            self.question = WallQuestion(self.view.wall, screen.answer_wall)

    def title(self, box: Box, roles: tuple[str, ...]) -> tuple[Text, Box]:
        """Put "Welcome" at the top of a box; return it and what is left below."""
        title = Say(say="welcome.title", weight=700)
        fit_text(title, box.width, box.height, roles)
        title.pos = round(box.x), round(box.y + box.height - title.text_height)
        gap = title.text_height + look.theme.mm(1)
        return title, Box(box.x, box.y, box.width, box.height - gap)

    def since(self, box: Box, *, short: bool = False) -> tuple[Since, Box]:
        """Put since when at the top of a box; return it and what is left below."""
        theme = look.theme
        words = self.view.since_short if short else self.view.since
        since = Since(text=words, size_hint=(None, None), width=round(box.width))
        room = box.width - theme.icon("beside_body") - theme.mm(2.4)
        measure = Text(text=words)
        fit_text(measure, room, box.height)
        since.height = max(measure.text_height, theme.icon("beside_body"))
        since.pos = round(box.x), round(box.y + box.height - since.height)
        return since, box.upper_part(since.height, theme.mm(3))[0]

    def tag(self) -> TagCard | None:
        """The tag to leave with."""
        return TagCard().show(self.view.tag) if self.view.tag else None

    def take_back(self) -> list[Press]:
        """*Undo* while there is something to undo, else *I'm leaving* for who may be leaving."""
        screen, tall = self.screen, look.theme.target("primary")
        if screen.shell.undo.seconds:
            icon = "" if look.theme.large else "undo-variant"
            screen.take_back = undo = Factory.Undo(icon=icon, size_hint=(None, None))
            undo.seconds = screen.shell.undo.seconds
            widest = look.words.say("act.undo_left", seconds=10)  # it must not move as it counts
            undo.size = Press(text=widest, icon=icon).hugged_width(1), tall
            undo.bind(on_release=lambda *_: screen.take_it_back())
            return [undo]
        if self.view.may_leave:
            leave = Press(say="rest.im_leaving", icon="logout", hug=True, size_hint=(None, None))
            leave.height = tall
            leave.bind(on_release=lambda *_: screen.leave(leave))
            return [leave]
        return []

    def done(self, least_mm: float = 34) -> Press:
        """*Done*."""
        done = Factory.Primary(say="act.done", size_hint=(None, None))
        done.width = max(look.theme.mm(least_mm), done.hugged_width(1))
        done.bind(on_release=lambda *_: self.screen.rest())
        return done
