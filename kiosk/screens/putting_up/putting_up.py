"""*Put up a notice*: I offer or I need, in ready words or typed, signed with a name."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from kiosk.hub.actor import KNOWN
from kiosk.hub.notice_words import PhoneOnWall
from kiosk.hub.notices import publish
from kiosk.screens.putting_up import view
from kiosk.screens.putting_up.view import Draft
from kiosk.screens.who import actor_of, holder_of
from kiosk.ui import kit  # noqa: F401  # Press in its sorts
from kiosk.ui.answers import Grid, Step, large_answer, tile
from kiosk.ui.questions import QuestionsPage
from kiosk.ui.typing import Typing
from sync.errors import Refused

LONGEST_TITLE, LONGEST_NAME = 60, 40


class PuttingUpScreen(QuestionsPage):
    """The steps of a draft; it is forgotten when the page is left."""

    first, again = True, False

    def make_body(self) -> None:
        """Nothing yet: every step has its own."""
        self._draft = Draft()

    def on_open(self, draft: Draft | None = None, **_facts: Any) -> None:
        """Begin, or go on after the language has changed."""
        self._draft = draft or Draft()
        self._ask()

    def on_snapshot(self, hub: Any, now: datetime) -> None:
        """Nothing here changes with the records but the clock."""
        self.clock = self.words.clock(hub.local(now))

    def on_close(self) -> None:
        """Forget what was typed."""
        self._draft = Draft()
        if self.typing_page is not None:
            self.typing_page.text = ""

    def kept(self) -> dict[str, Any]:
        """What was said so far."""
        return {"draft": self._draft}

    @property
    def is_written_on(self) -> bool:
        """Whether words were chosen or typed."""
        return bool(self._draft.title)

    def on_card(self, uid: str) -> bool:
        """Where a name is asked for a card is one; its holder is neither signed in nor out."""
        if self._draft.step != "name":
            return False
        try:
            person = holder_of(self.shell, uid)
        except Refused as why:
            self.shell.announce(self.words.say(why.say))
            return True
        name = person.name[:LONGEST_NAME]
        assert self.typing_page is not None  # noqa: S101  # what this step asks
        self.typing_page.text = name
        self._draft = replace(self._draft, name=name, person=person.id)
        self.shell.announce(self.words.say("putting_up.by_card"))
        return True

    def back(self) -> None:
        """One step back, or back to the notices."""
        before = view.backward(self._draft)
        if before is None:
            super().back()
        else:
            self._go_on(before)

    def choose_title(self, title: str) -> None:
        """Take words that were ready."""
        self._go_on(view.with_title(self._draft, title, known=self._is_known))

    def put_up(self) -> None:
        """Hang it on the board."""
        today = self.hub.today(self.now)
        ask = view.publish_of(self._draft, self.words, today, actor_of(self.shell))
        self.ask(publish, ask, lambda _done: self._is_up(today))

    def on_refused(self, why: Any) -> bool:
        """A phone number goes back to the page on which it was typed, with the sentence."""
        if isinstance(why, PhoneOnWall):
            self._go_on(replace(self._draft, step="typed"))
        return False

    # Inside --------------------------------------------------------------------------------

    @property
    def _is_known(self) -> bool:
        return actor_of(self.shell).level >= KNOWN

    def _is_up(self, today: Any) -> None:
        title, text = view.said_when_up(self.words, today, large=self.theme.large)
        self.go("saved", title=title, text=text)

    def _go_on(self, draft: Draft) -> None:
        self._draft = draft
        if draft.step == "ready":
            self.put_up()
        else:
            self._ask()

    def _ask(self) -> None:
        draft, say = self._draft, self.words.say
        asked: Step | Typing
        if draft.step == "typed":
            asked = self._typed("title", "act.go_on", LONGEST_TITLE)
        elif draft.step == "name":
            asked = self._typed("name", "putting_up.do_it", LONGEST_NAME)
        elif draft.step == "words":
            self.heading, asked = say(f"putting_up.{draft.kind}"), self._words_step()
        else:
            self.heading, asked = say("putting_up.title"), self._kind_step()
        self.ask_next(asked)

    def _kind_step(self) -> Step:
        def choose(kind: view.Kind) -> None:
            self._go_on(view.with_kind(self._draft, kind))

        return Step(
            [
                large_answer("putting_up.offer", "hand-heart-outline", lambda: choose("offer")),
                large_answer("putting_up.need", "hand-wave-outline", lambda: choose("need")),
            ]
        )

    def _words_step(self) -> Step:
        ready = view.ready_words(self._draft, self.words)
        tiles = [tile(words, lambda words=words: self.choose_title(words)) for words in ready]
        own = tile(
            self.words.say("putting_up.own_words"),
            lambda: self._go_on(replace(self._draft, step="typed")),
            icon="pencil-outline" if self.theme.roomy else "",
        )
        return Grid([own, *tiles], self.arrange)

    def _typed(self, field: str, go_on: str, longest: int) -> Typing:
        say = self.words.say
        heading = "putting_up.your_name" if field == "name" else f"putting_up.{self._draft.kind}"
        page = Typing(screen=self, go_on=go_on, heading=say(heading), longest=longest)
        page.label = say("putting_up.name" if field == "name" else "putting_up.what")
        page.note = say("putting_up.name_why" if field == "name" else "putting_up.no_phone")
        page.text = getattr(self._draft, field)
        page.may_go_on = bool(page.text.strip())

        def typed(_page: Any, text: str) -> None:
            said: dict[str, Any] = {field: text}
            self._draft = replace(self._draft, person="", **said)
            page.may_go_on = bool(text.strip())

        page.bind(text=typed, on_done=lambda *_: self._done_typing(field))
        return page

    def _done_typing(self, field: str) -> None:
        if field == "name":
            self.put_up()
        else:
            self.choose_title(self._draft.title)
