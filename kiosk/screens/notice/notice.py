"""One notice in full, page by page; its author may put a replaced text back or take it down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from kivy.clock import Clock
from kivy.factory import Factory
from kivy.properties import StringProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.hub.actor import Actor
from kiosk.hub.notice_words import PutBack, Replaced, put_back, replaced
from kiosk.hub.notices import WithdrawNotice, by_line, is_owner, running, withdraw_notice
from kiosk.screens.light.now import light_now
from kiosk.screens.light.view import known_at
from kiosk.screens.notice.reader import NoticePage, SetText, set_text
from kiosk.screens.notice.view import (
    NoticeView,
    both_texts,
    neighbours,
    next_key,
    notice_view,
    other_words,
    replaced_sentence,
    told_first,
)
from kiosk.screens.who import actor_of
from kiosk.ui import kit  # noqa: F401  # widgets of the kv file
from kiosk.ui.screen import HubScreen
from kiosk.ui.top_row import back_act


class NoticeGone(BoxLayout):
    """Said where a notice has ended or was taken down while somebody was reading."""


class NoticeScreen(HubScreen):
    """``go("notice", notice=id)``. ``page`` counts from 0."""

    _seen: NoticeView | None
    _text: SetText | None
    _lost: tuple[Replaced, ...]
    _both: bool
    _texture: Any

    clock = StringProperty()

    def __init__(self, **facts: Any) -> None:
        super().__init__(**facts)
        # Kivy's ids are weak: what is not on the page now would be gone.
        self._parts = SimpleNamespace(**{n: part.__self__ for n, part in self.ids.items()})
        self._acts = self._made_acts()
        self._forget()
        self._set_soon = Clock.create_trigger(lambda _dt: self._set(), -1)
        self._parts.paper.bind(size=self._set_soon)

    def on_open(self, notice: str = "", lang: str = "", page: int = 0, **_facts: Any) -> None:
        """Open a notice."""
        self._notice, self._lang, self._page = notice, lang, page

    def on_snapshot(self, hub: Any, now: datetime) -> None:
        """Show it as it is now, or that it has gone."""
        self.clock = self.words.clock(hub.local(now))
        notices = running(hub, now)
        found = next((one for one in notices if one.id == self._notice), None)
        self._around = neighbours([one.id for one in notices], self._notice)
        self._seen = None
        if found is not None:
            self._seen = notice_view(
                found,
                self.words,
                by=by_line(hub, found, now),
                lang=self._lang,
                today=hub.today(now),
                known_at=known_at(light_now(self.shell, now), self.words, hub.local),
            )
        self._mine = found is not None and is_owner(hub, found, self._actor)
        self._lost = self._replaced(hub, now)
        self._texture = None
        self._set()
        if self._seen is not None and self._seen.picture:
            self.shell.around.picture(self._seen.picture, self._pictured(self._seen.picture))

    def on_close(self) -> None:
        """Forget what was read and by whom."""
        self._forget()

    def kept(self) -> dict[str, Any]:
        """The same notice again, from its first page: pages differ with the size of the text."""
        return {"notice": self._notice}

    def back(self) -> None:
        """Back to the page of the list that this notice is on."""
        listed = any(place.name == "notices" for place in self.shell.trail.places)
        if listed:
            self.go("notices", at=self._notice)
        else:
            self.shell.back()

    # What can be done ----------------------------------------------------------------------

    def forward(self) -> None:
        """The next page, or the next notice."""
        if self._page + 1 < self._pages:
            self._page += 1
            self._show()
        else:
            self._open(self._around[1])

    def backward(self) -> None:
        """The page before, or the notice before."""
        if self._page:
            self._page -= 1
            self._show()
        else:
            self._open(self._around[0])

    def read_other(self) -> None:
        """Read it in the next language it is written in."""
        if self._seen is not None:
            self._lang, self._page = self._seen.other, 0
            self.on_snapshot(self.hub, self.now)

    def read_both(self) -> None:
        """Show one's own text beside the one that replaced it."""
        self._both, self._page = not self._both, 0
        self._set()

    def put_mine_back(self) -> None:
        """Write one's own text again."""
        ask = PutBack(self._lost[0].old_text, self._actor)
        said = {"title": self.words.say("notice.put_back"), "text": self.words.say("saved.here")}
        self.ask(put_back, ask, lambda _done: self.go("saved", **said), button=self._acts.mine)

    def take_down(self) -> None:
        """Withdraw one's own notice."""
        ask = WithdrawNotice(self._notice, self._actor)
        said = {"title": self.words.say("notice.taken_down"), "text": self.words.say("saved.here")}
        self.ask(
            withdraw_notice, ask, lambda _done: self.go("saved", **said), button=self._acts.down
        )

    # Inside --------------------------------------------------------------------------------

    @property
    def _actor(self) -> Actor:
        return actor_of(self.shell)

    @property
    def _pages(self) -> int:
        return len(self._text.pages) if self._text else 1

    def _forget(self) -> None:
        self._notice = self._lang = ""
        self._page, self._both, self._mine = 0, False, False
        self._around = ("", "")
        self._seen, self._text, self._lost = None, None, ()
        self._texture = None

    def _pictured(self, name: str) -> Callable[[Any], None]:
        """Show a picture when it comes, if its notice is still in front."""

        def give(texture: Any) -> None:
            if self._seen is not None and self._seen.picture == name:
                self._texture = texture
                self._set()

        return give

    def _open(self, notice: str) -> None:
        if notice:
            self._notice, self._page, self._both = notice, 0, False
            self.on_snapshot(self.hub, self.now)

    def _replaced(self, hub: Any, now: datetime) -> tuple[Replaced, ...]:
        person = self._actor.person  # a name alone does not show who wrote what
        if not person:
            return ()
        return tuple(one for one in replaced(hub, person, now) if one.notice == self._notice)

    def _mine_key(self) -> str:
        narrow = self.theme.large or self.theme.portrait
        return "notice.put_mine_back_short" if narrow else "notice.put_mine_back"

    def _made_acts(self) -> SimpleNamespace:
        made = {
            "other": ("", "translate", self.read_other),
            "both": ("notice.read_both", "content-copy", self.read_both),
            "mine": (self._mine_key(), "undo-variant", self.put_mine_back),
            "down": ("notice.take_down", "close", self.take_down),
            "before": ("act.before", "arrow-left", self.backward),
            "next": ("act.next", "", self.forward),
        }
        acts = SimpleNamespace(back=back_act(self))
        for name, (say, icon, does) in made.items():
            act = Factory.NoticeAct(say=say, icon=icon if not self.theme.large else "")
            act.bind(on_release=lambda *_, does=does: does())
            setattr(acts, name, act)
        acts.next.icon_end = "" if self.theme.large else "arrow-right"
        acts.next.hug, acts.next.width = False, self._wide_enough(acts.next)
        return acts

    def _set(self) -> None:
        """Cut the text for the place there is, then show the page."""
        self._arrange()
        paper = self._parts.paper
        if self._seen is None:
            paper.clear_widgets()
            paper.add_widget(NoticeGone())
            return
        seen, pictured = self._worded(self._seen), self._texture is not None
        self._text = set_text(seen, paper.width, paper.height, pictured=pictured)
        self._show()

    def _worded(self, seen: NoticeView) -> NoticeView:
        if not self.theme.roomy:  # a banner and one more button would leave no room for the text
            facts = (self._lost, self.words, self.hub.local)
            return told_first(seen, *facts, large=self.theme.large)
        return both_texts(seen, self._lost, self.words) if self._both else seen

    def _show(self) -> None:
        if self._seen is None or self._text is None:
            return
        self._page = min(self._page, self._pages - 1)
        paper = self._parts.paper
        paper.clear_widgets()
        page = (self._seen, self._text, self._page, paper.width)
        paper.add_widget(NoticePage(*page, texture=self._texture))
        self._arrange()

    def _arrange(self) -> None:
        parts, acts = self._parts, self._acts
        more = self._page + 1 < self._pages
        acts.next.say = next_key(more=more, roomy=self.theme.roomy)
        acts.before.disabled = not self._page and not self._around[0]
        acts.next.disabled = not more and not self._around[1]
        if self._seen is not None and self._seen.other:
            acts.other.text = other_words(self._seen.other, roomy=self.theme.roomy)
        parts.told.text = replaced_sentence(self._lost, self.words, self.hub.local)
        wanted = (
            [parts.paper, parts.foot] if self.theme.low else [parts.top, parts.paper, parts.foot]
        )
        if self._lost and self.theme.roomy:
            wanted.insert(wanted.index(parts.paper), parts.told)
        if list(reversed(parts.body.children)) != wanted:
            parts.body.clear_widgets()
            for part in wanted:
                parts.body.add_widget(part)
        parts.foot.show(*self._at_the_foot())

    def _at_the_foot(self) -> tuple[list[Any], list[Any]]:
        """What can be pressed left and right; a short foot puts back on the first page only."""
        acts = self._acts
        short = self._seen and self._lost and not self.theme.roomy and not self.theme.low
        acts.before.hug = not short
        if short:
            # As wide as what it follows: else the rows would differ, and with them the pages.
            acts.before.width = min(acts.mine.hugged_width(), self._parts.foot.width)
            return [acts.before if self._page else acts.mine], [acts.next]
        return self._left_acts(), [acts.before, acts.next] if self._seen else []

    def _wide_enough(self, button: Any) -> int:
        """Return a width for whatever it says.

        Else the rows of the foot would depend on how many pages there are, and the pages on the foot.
        """
        widths = []
        for more in (False, True):
            button.say = next_key(more=more, roomy=self.theme.roomy)
            widths.append(button.hugged_width())
        return max(widths)

    def _left_acts(self) -> list[Any]:
        acts, left = self._acts, []
        if self.theme.low:
            left.append(acts.back)
        if self._seen is None:
            return left
        if self._lost:
            return [*left, *([acts.both] if self.theme.roomy else []), acts.mine]
        if self._mine:
            left.append(acts.down)
        if self._seen.other and (self.theme.roomy or self.theme.low):
            left.append(acts.other)  # elsewhere the language tool above does the same
        return left
