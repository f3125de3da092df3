"""``VolunteerQuestions``: a page of volunteer mode that asks one thing after another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kivy.factory import Factory

from kiosk.screens.volunteer.page import VolunteerPage
from kiosk.ui import kit  # noqa: F401  # Press in its sorts
from kiosk.ui.questions import QuestionsPage
from kiosk.ui.typing import Typing


class VolunteerQuestions(QuestionsPage, VolunteerPage):
    """Answers to tap, or a line to type, under who is at work."""

    def typed(
        self,
        heading: str,
        text: str,
        keep: Callable[[str], Any],
        done: Callable[[], Any],
        **facts: Any,
    ) -> Typing:
        """Return a page on which a line is typed; ``keep(text)`` with every key.

        facts: of Typing, and ``may_be_empty``.
        """
        may_be_empty = facts.pop("may_be_empty", False)
        page = Typing(screen=self, heading=heading, **facts)
        page.note = self._who_lines[0]
        page.text = text
        page.may_go_on = may_be_empty or bool(text.strip())

        def typed(_page: Any, now: str) -> None:
            keep(now)
            page.may_go_on = may_be_empty or bool(now.strip())

        page.bind(text=typed, on_done=lambda *_: done())
        return page

    def act(self, say: str, does: Callable[[], Any], *, icon: str = "", kind: str = "") -> Any:
        """Return something to press at the foot; a sign only where there is room for it."""
        press = getattr(Factory, kind or "Secondary")(say=say, hug=True, size_hint_x=None)
        press.icon = icon if self.theme.roomy else ""
        press.bind(on_release=lambda *_: does())
        return press

    def saved(self, text: str) -> None:
        """Say what was done on volunteer home, where it can be taken back."""
        self.go("volunteer", said=text)
