"""One event: when, where, with whom; *I'll come*, alone or with others, without a name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from kivy.factory import Factory
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.hub.events import JoinEvent, join_event
from kiosk.hub.sign_in import MOST_HEADS
from kiosk.screens.fitting import fit_text
from kiosk.screens.notice.measure import fits_box
from kiosk.screens.notice.paging import text_pages
from kiosk.screens.whats_on.view import EventView, event_day, event_view, joined_words
from kiosk.screens.who import actor_of
from kiosk.ui import kit  # noqa: F401  # Stepper, Primary
from kiosk.ui.look import look
from kiosk.ui.page import Box, Page
from kiosk.ui.widgets_flow import Stepper
from kiosk.ui.widgets_text import Icon, Say, Text

SIDE_MM = 68
FACT_EM = 1.3  # height of a line with a sign before it


class EventScreen(Page):
    """``go("event", event=id, day="2026-11-23")``."""

    first, again = True, False

    def make_body(self) -> None:
        """What there is to read, and how many come."""
        self._event, self._day = "", ""
        self._seen: EventView | None = None
        self.facts_box = BoxLayout(orientation="vertical")
        self.about = Text(reading=True, valign="top")
        self.ask_how = Say(say="event.how_many", weight=600)
        self.stepper = Stepper(value=1, least=1, most=MOST_HEADS)
        self.come = Factory.Primary(icon="check")
        self.stepper.bind(value=lambda *_: self._count())
        self.come.bind(on_release=lambda *_: self.join())
        self._count()

    def on_open(self, event: str = "", day: str = "", heads: int = 1, **_facts: Any) -> None:
        """Open one day of an event."""
        self._event, self._day = event, day
        self.stepper.value = heads

    def on_snapshot(self, hub: Any, now: datetime) -> None:
        """Show it as it is now."""
        self.clock = self.words.clock(hub.local(now))
        one = event_day(hub, self._event, _day(self._day))
        self._seen = event_view(hub, one, now, self.words) if one else None
        self.heading = self._seen.title if self._seen else self.words.say("event.not_that_day")
        self.arrange()

    def on_close(self) -> None:
        """Forget how many."""
        self.stepper.value = 1

    def kept(self) -> dict[str, Any]:
        """The same event, as many heads."""
        return {"event": self._event, "day": self._day, "heads": int(self.stepper.value)}

    def join(self) -> None:
        """Say that so many come."""
        heads = int(self.stepper.value)
        ask = JoinEvent(self._event, _day(self._day), heads, actor_of(self.shell))
        self.ask(join_event, ask, self._joined, button=self.come)

    def _joined(self, done: Any) -> None:
        title, text = joined_words(done.result.place, int(self.stepper.value), self.words)
        if actor_of(self.shell).person:
            text = text.replace(self.words.say("event.no_name"), self.words.say("event.counted"))
        self.go("saved", title=title, text=text)

    def settle_title(self, box: Box) -> None:
        """Cut a title so that when it is, and who comes, keep their place under it."""
        theme = self.theme
        facts = self._line_px * (2 if theme.portrait and theme.large else 1)  # day, times
        if theme.portrait:
            below = facts + theme.mm(4) + self._joining_px
        elif theme.large:
            below = facts + theme.mm(3) + theme.target("primary")
        else:
            below = max(facts, self._joining_px)  # beside each other
        most = min(0.4 * box.height, box.height - below - theme.mm(2))
        fit_text(self.title_text, box.width, most)

    @property
    def _line_px(self) -> int:
        return round(self.theme.size("body") * FACT_EM)

    @property
    def _joining_px(self) -> float:
        primary, gap = self.theme.target("primary"), self.theme.space("row_gap")
        return float(primary + self.stepper.height + gap)

    # Where things stand --------------------------------------------------------------------

    def place_body(self, box: Box) -> Sequence[Widget]:
        """Left what there is to read, right how many; upright, one under the other."""
        theme = self.theme
        if self._seen is None:
            return ()
        if not self._seen.may_join:
            return self._reading(box)
        if theme.portrait and not theme.low:
            read, below = box.lower_part(self._joining_px, theme.mm(4))
            return [*self._reading(read), *self._joining(below)]
        if theme.large and not theme.low:
            read, below = box.lower_part(theme.target("primary"), theme.mm(3))
            return [*self._reading(read), *self._in_a_row(below)]
        read, side = box.right_part(theme.mm(SIDE_MM), theme.space("gap_columns"))
        if theme.low:
            above = self._under_title(box.width)
            if theme.portrait:
                return [*self._reading(above), *self._joining(box)]
            _, row = box.lower_part(theme.target("primary"), 0)
            return [*self._reading(above), *self._in_a_row(row)]
        return [*self._reading(read), *self._joining(side)]

    def _under_title(self, wide_px: float) -> Box:
        """Put the title into the upper half in low reach; return what is left there for reading."""
        theme, title, margin = self.theme, self.title_text, self.theme.space("margin")
        low = theme.height_px / 2 + theme.mm(2)
        upper = Box(margin, low, wide_px, theme.height_px - margin - low)
        title.valign = "middle"  # from the top, a last line that just fits would be left out
        fit_text(title, wide_px, upper.height - theme.mm(4) - self._line_px)
        above, place = upper.upper_part(title.text_height, theme.mm(4))
        place.lay(title)
        return above

    def _reading(self, box: Box) -> list[Widget]:
        line = self._line_px
        if box.height < line:
            return []
        self._facts(most=int(box.height // line))
        tall = len(self.facts_box.children) * line
        rest, place = box.upper_part(tall, self.theme.mm(3))
        place.lay(self.facts_box)
        self.about.text = self._as_much(rest)
        rest.lay(self.about)
        return [self.facts_box, self.about] if self.about.text else [self.facts_box]

    def _as_much(self, box: Box) -> str:
        about = self._seen.about if self._seen else ""
        if not about or box.height < self.theme.size("body") * 1.3:
            return ""
        first, *more = text_pages(about, fits_box(box.width, box.height, more=" …"))
        return f"{first} …" if more else first

    def _in_a_row(self, box: Box) -> list[Widget]:
        step, act = box.right_part(box.width / 2, self.theme.space("gap"))
        step.lay(self.stepper)
        act.lay(self.come)
        return [self.stepper, self.come]

    def _joining(self, box: Box) -> list[Widget]:
        theme = self.theme
        rest, act = box.lower_part(theme.target("primary"), theme.space("row_gap"))
        act.lay(self.come)
        above, step = rest.lower_part(self.stepper.height, theme.mm(2))
        step.lay(self.stepper)
        line = theme.size("body") * 1.2
        if above.height < line or theme.portrait:
            return [self.stepper, self.come]
        Box(above.x, above.y, above.width, line).lay(self.ask_how)
        return [self.ask_how, self.stepper, self.come]

    def _facts(self, most: int) -> None:
        """Say as much as there is room for, what matters most first."""
        self.facts_box.clear_widgets()
        seen = self._seen
        if seen is None:
            return
        host = self.words.say("event.hosted_by", name=seen.host) if seen.host else ""
        narrow = self.theme.portrait and self.theme.large  # no room for day and times in a line
        when = [("calendar-blank-outline", seen.day), ("clock-outline", seen.clocks)]
        lines = [
            *(when if narrow else [("clock-outline", seen.when)]),
            ("door", seen.room),
            ("information-outline", seen.note),
            ("account-group-outline", seen.coming),
            ("account-circle-outline", host),
        ]
        said = [(icon, words) for icon, words in lines if words]
        for icon, words in said[:most]:
            self.facts_box.add_widget(_fact(icon, words))

    def _count(self) -> None:
        self.come.text = self.words.count("event.well_come", int(self.stepper.value))


def _fact(icon: str, words: str) -> Widget:
    row = BoxLayout(spacing=look.theme.mm(2.4))
    row.add_widget(Icon(icon=icon, pos_hint={"center_y": 0.5}))
    row.add_widget(Text(text=words, may_shorten=True))
    return row


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return date.min
