"""The house agreement, in large print: accepted with one tap, or not now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from kivy.factory import Factory
from kivy.uix.widget import Widget

from kiosk.hub.sign_in import TapCard, come_by_tile, tap_card
from kiosk.screens.here import came
from kiosk.screens.here.view import agreement_words
from kiosk.screens.notice.measure import fits_box
from kiosk.screens.notice.paging import text_pages
from kiosk.ui.page import Box, Page
from kiosk.ui.widgets_text import Text


class AgreementScreen(Page):
    """due: who is asked (AgreementDue), by card (``uid_hash``) or tile; or ``group``: for all."""

    heading_role = "title"

    def make_body(self) -> None:
        """The text page by page, *I agree*, *Not now*."""
        self._due: Any = None
        self._uid_hash, self._page = "", 0
        self._group: dict[str, Any] = {}
        self._whole = ""
        self._cut: tuple[tuple[str, Box], list[str]] | None = None  # measuring takes a while
        theme = self.theme
        self.text = Text(role="body", reading=True, fit="height", size_hint=(None, None))
        self.yes = Factory.Primary(say="agreement.yes", size_hint=(None, None), hug=True)
        self.yes.bind(on_release=lambda *_: self._answer("yes", self.yes))
        self.later = Factory.Secondary(say="agreement.not_now", size_hint=(None, None), hug=True)
        self.later.height = theme.target("primary")
        self.later.bind(on_release=lambda *_: self._answer("not_now", self.later))
        self.more = Factory.Secondary(say="act.more", icon_end="arrow-right", hug=True)
        self.more.size_hint, self.more.height = (None, None), theme.target("primary")
        self.more.bind(on_release=lambda *_: self._turn())
        self._more_pages = False

    def on_open(self, **facts: Any) -> None:
        """Begin with its first page."""
        self._due, self._uid_hash = facts.get("due"), facts.get("uid_hash", "")
        self._group, self._page = facts.get("group") or {}, 0

    def kept(self) -> dict[str, Any]:
        """Who is asked."""
        return {"due": self._due, "uid_hash": self._uid_hash, "group": self._group}

    def on_close(self) -> None:
        """Forget who was asked."""
        self._due, self._uid_hash = None, ""

    def on_snapshot(self, hub: Any, now: datetime) -> None:
        """The agreement in force, in the reader's language."""
        needs_it_all = self.theme.large and not self.theme.roomy
        self.heading = "" if needs_it_all else self.words.say("agreement.title")
        found = agreement_words(hub, now, self.words)
        self._whole = " ".join(filter(None, (found.text, found.foreign))) if found else ""
        self.arrange()

    # Acts ----------------------------------------------------------------------------------

    def _answer(self, answer: str, button: Any) -> None:
        if self._due is None:
            agreed = {"agreed": answer == "yes"}
            self.go("visiting", **{**self._group, **agreed})
        elif self._uid_hash:
            by_card = TapCard(self._uid_hash, said=answer, vouched=self._due.person)  # type: ignore[arg-type]  # one of two
            self.ask(tap_card, by_card, self._came, button=button)
        else:
            self.ask(come_by_tile, came.said(self._due.person, answer), self._came, button=button)

    def _came(self, done: Any) -> None:
        came.show(self.shell, done.result, by_card=bool(self._uid_hash))

    def _turn(self) -> None:
        self._page += 1
        self.arrange()

    # Where things stand --------------------------------------------------------------------

    def acts(self) -> tuple[Sequence[Widget], Sequence[Widget]]:
        """*Not now* is as large as *I agree*: nobody is pushed."""
        return ([self.more] if self._more_pages else []), [self.later, self.yes]

    def place_body(self, box: Box) -> Sequence[Widget]:
        """The text, a page at a time."""
        if self.theme.low:  # it is only read: it stands in the upper half
            box = Box(box.x, box.y, box.width, self.under_heading - box.y)
        pages = self._pages(box)
        had, self._more_pages = self._more_pages, len(pages) > 1
        if had != self._more_pages:
            self.arrange_soon()
        self.text.text = pages[self._page % len(pages)]
        self.text.width = round(box.width)
        self.text.settle()
        self.text.pos = round(box.x), round(box.y + box.height - self.text.height)
        return [self.text]

    def _pages(self, box: Box) -> list[str]:
        of = (self._whole, box)
        if self._cut is None or self._cut[0] != of:
            self._cut = of, self._pages_of(*of)
        return self._cut[1]

    @staticmethod
    def _pages_of(whole: str, box: Box) -> list[str]:
        """Paragraphs together as long as they fit; one that is longer than a page is cut."""
        pages: list[str] = []
        fits = fits_box(box.width, box.height)
        for part in whole.split("\n"):
            together = f"{pages[-1]}\n{part}" if pages else part
            if pages and fits(together):
                pages[-1] = together
            elif part.strip():
                pages += text_pages(part, fits)
        return pages or [""]
