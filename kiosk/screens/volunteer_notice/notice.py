"""*Write a notice*: a ready phrase or own words, so it will look, *Publish*; and every change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from kivy.uix.widget import Widget

from kiosk.hub.names import name_of
from kiosk.hub.notice_words import PhoneOnWall
from kiosk.hub.notices import (
    RestoreNotice,
    WithdrawNotice,
    edit_notice,
    publish,
    restore_notice,
    running,
    withdraw_notice,
)
from kiosk.screens.volunteer.questions import VolunteerQuestions
from kiosk.screens.volunteer_notice import view
from kiosk.screens.volunteer_notice.preview import NoticeCard, Preview
from kiosk.screens.volunteer_notice.view import Draft
from kiosk.ui.answers import Grid, tile
from kiosk.ui.page import Box
from sync.records.notice import Notice

LONGEST = {"title": 60, "body": 600}


class VolunteerNoticeScreen(VolunteerQuestions):
    """``notice``: the one to change; else a new one begins with ready phrases."""

    def make_body(self) -> None:
        """What stands at the foot of one step or another."""
        self._draft = Draft()
        self._publish = self.act("notice.publish", self._send, kind="Primary")
        self._keep = self.act("notice.keep", self._send, kind="Primary")
        self._restore = self.act("notice.restore", self._put_back, kind="Primary")
        self._done = self.act("act.done", self.back, kind="Primary")
        self._change = self.act("notice.change", lambda: self.ask_for("change"), icon="pencil")
        self._down = self.act("notice.take_down", self._take_down, icon="tag-remove-outline")
        self._add = self.act("notice.add_language", self._translate, icon="translate")
        others = "notice.all" if self.theme.large else "notice.others"
        self._others = self.act(others, self._list, icon="bulletin-board")

    def on_open(self, notice: str = "", draft: Draft | None = None, **_facts: Any) -> None:
        """Begin, or go on after the language has changed."""
        known = self.hub.get(Notice, notice) if notice else None
        self._draft = draft or (view.of_notice(known) if known else Draft())
        self._ask()

    def show(self, hub: Any, now: datetime) -> None:
        """How many others are up; what is being written stays as it is."""
        if not self.theme.large:
            self._others.n = len(running(hub, now))

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
        """Whether there are words that no board has yet."""
        known = self._notice
        changed = known is None or view.edit_of(self._draft, known, self.by).fields
        return bool(self._draft.title and changed)

    def back(self) -> None:
        """One step back, or back to where it was opened."""
        before = view.backward(self._draft)
        if before is None:
            super().back()
        else:
            self._go_on(before)

    def on_refused(self, why: Any) -> bool:
        """A phone number goes back to where it was typed, with the sentence."""
        if isinstance(why, PhoneOnWall):
            part, lang = why.field.split(".")
            self._go_on(replace(self._draft, step=part, lang=lang))
        return False

    # What is asked -------------------------------------------------------------------------

    @property
    def _languages(self) -> list[str]:
        return list(self.shell.around.languages())

    @property
    def _notice(self) -> Notice | None:
        return self.hub.get(Notice, self._draft.notice) if self._draft.notice else None

    def ask_for(self, step: str) -> None:
        """Ask for something of the notice."""
        self._go_on(replace(self._draft, step=step))

    def _go_on(self, draft: Draft) -> None:
        self._draft = replace(draft, seen=draft.seen or draft.step == "preview")
        self._ask()

    def _ask(self) -> None:
        draft, say = self._draft, self.words.say
        if draft.step in LONGEST:
            self.ask_next(self._typed_text())
            return
        self.heading = say(f"notice.ask_{draft.step}")
        self.ask_next(self._preview() if draft.step == "preview" else self._choices())

    def _choices(self) -> Grid:
        today, words = self.hub.today(self.now), self.words
        found = view.options(self._draft, self._languages, today, words)
        tiles = [self._tile(one) for one in found]
        if self._draft.step == "phrases":
            tiles.insert(0, tile(words.say("putting_up.own_words"), self._own_words))
        side_by_side = self._draft.step == "words" and self.theme.roomy
        return Grid(tiles, self.arrange, columns=len(self._languages) if side_by_side else 0)

    def _tile(self, one: view.Option) -> Any:
        sub = "" if self.theme.large else one.sub
        made = tile(one.words, lambda: self.choose(one.value), sub=sub)
        if one.chosen:
            made.kind, made.chosen = "chip", True
        return made

    def choose(self, value: Any) -> None:
        """Take an answer."""
        draft = self._draft
        if draft.step == "phrases":
            today, lang = self.hub.today(self.now), self.words.lang
            self._go_on(view.of_phrase(value, self._languages, lang, today))
        else:
            self._go_on(view.with_choice(draft, value))

    def _own_words(self) -> None:
        self._go_on(view.own_words(self.words.lang, self.hub.today(self.now)))

    def _translate(self) -> None:
        lang = view.missing_language(self._draft, self._languages)
        self._go_on(replace(self._draft, step="title", lang=lang))

    def _typed_text(self) -> Any:
        draft, part = self._draft, self._draft.step
        language = self.words.language(draft.lang)

        def keep(text: str) -> None:
            self._draft = view.with_text(self._draft, text)

        return self.typed(
            self.words.say(f"notice.{part}_in", language=language),
            getattr(draft, part).get(draft.lang, ""),
            keep,
            lambda: self.ask_for("words" if draft.seen and draft.notice else "preview"),
            label=language,
            longest=LONGEST[part],
            lang=draft.lang,
            may_be_empty=draft.seen,
        )

    def _preview(self) -> Preview:
        draft, words, today = self._draft, self.words, self.hub.today(self.now)
        title, lang = words.pick(draft.title, draft.first_lang)
        body = words.pick(draft.body, lang)[0]
        known = self._notice
        by = name_of(self.hub, known.owner if known else self.by.person)
        until = words.say("notice.until", day=words.day(draft.last_day or today, "short"))
        card = NoticeCard(draft.kind, title, body, f"{by} · {until}" if by else until)
        return Preview(card, view.facts(draft, self._languages, today, words))

    # What is done --------------------------------------------------------------------------

    def _send(self) -> None:
        known, draft = self._notice, self._draft
        if known is None:
            ask = view.publish_of(draft, self.by)
            self.ask(publish, ask, lambda _done: self._told("notice.is_up"), button=self._publish)
        else:
            change = view.edit_of(draft, known, self.by)
            told = "notice.is_changed"
            self.ask(edit_notice, change, lambda _done: self._told(told), button=self._keep)

    def _take_down(self) -> None:
        ask = WithdrawNotice(self._draft.notice, self.by)
        self.ask(withdraw_notice, ask, lambda _done: self._told("notice.is_down"))

    def _put_back(self) -> None:
        ask = RestoreNotice(self._draft.notice, self.by)
        self.ask(restore_notice, ask, lambda _done: self._told("notice.is_back"))

    def _told(self, key: str) -> None:
        self.saved(self.words.say(key))

    def _list(self) -> None:
        self.go("volunteer_notices")

    # Where things stand --------------------------------------------------------------------

    def acts(self) -> tuple[Sequence[Widget], Sequence[Widget]]:
        """The ways on of this step."""
        step, known = self._draft.step, self._notice
        if step == "phrases":
            return [self._others], []
        if step in ("change", "words", "weekdays"):
            return [], [self._done]
        if step != "preview":
            return [], []
        if known and known.withdrawn:
            return [], [self._restore]
        more: list[Widget] = [self._down] if known else []
        if not known and not self.theme.large and self._missing:
            more.append(self._add)
        changed = known is None or view.edit_of(self._draft, known, self.by).fields
        on = self._keep if known else self._publish
        return [self._change, *more], [on] if changed else []

    @property
    def _missing(self) -> bool:
        missing = view.missing_language(self._draft, self._languages)
        self._add.facts = {"language": self.words.language(missing)}
        return bool(missing)

    def place_body(self, box: Box) -> Sequence[Widget]:
        """In low reach what is only read stands above the middle."""
        if self.theme.low and self._draft.step == "preview":
            half, gap = self.theme.height_px / 2, self.theme.mm(11)
            box = Box(box.x, half + gap, box.width, self.under_heading - half - gap)
        return super().place_body(box)
