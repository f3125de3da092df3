"""``QuestionsPage``: one question after another, each answered by a tap or by typing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kivy.uix.widget import Widget

from kiosk.ui.answers import Step
from kiosk.ui.page import Box, Page
from kiosk.ui.typing import Typing


class QuestionsPage(Page):
    """A subclass calls ``ask_next`` for every question; what is typed takes the whole screen."""

    _step: Step | Any = None
    typing_page: Typing | None = None

    @property
    def is_written_on(self) -> bool:
        """Whether something was typed."""
        return self.typing_page is not None and bool(self.typing_page.text)

    def ask_next(self, asked: Step | Typing | Any) -> None:
        """Show a question instead of the one before."""
        is_typed = isinstance(asked, Typing)
        self.typing_page, self._step = (asked, None) if is_typed else (None, asked)
        self.clear_widgets()
        self.arrange()

    def arrange(self, *_: Any) -> None:
        """A typed page takes the whole screen."""
        if self.typing_page is None:
            super().arrange()
        elif self.typing_page.parent is None:
            self.clear_widgets()
            self.add_widget(self.typing_page)

    def place_body(self, box: Box) -> Sequence[Widget]:
        """What this question's answers are."""
        return self._step.place(box) if self._step else ()
