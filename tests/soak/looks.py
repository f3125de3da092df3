"""What the screens show, beside what the model says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from tests.flows import seeing
from tests.flows.tongue import plain
from tests.soak.door import SoakDoor, at_rest
from tests.soak.house import ZONE, clock, instant
from tests.soak.life import Life
from tests.soak.model import KINDS, Model
from tests.soak.wrongs import Wrongs

CLEAR = timedelta(seconds=12)
"""A look takes some seconds of pretended time: nothing may end while one goes on."""


class Looks:
    """``all_of_it`` looks at every screen that shows how the house is."""

    def __init__(self, life: Life, model: Model, wrongs: Wrongs) -> None:
        self.life, self.model, self.wrongs = life, model, wrongs
        self.door: SoakDoor = life.door

    def all_of_it(self, *, online: bool = True) -> None:
        """The rest screen, the notices, the numbers of a roll call."""
        with self.wrongs.screen("the way home"), at_rest(self.door):
            self._is_clear()
            self.rest(online=online)
            self.notices()
            self.numbers()

    def rest(self, *, online: bool) -> None:
        """Day and time, rooms, notices, light."""
        if online:
            self.life.quiet()
        self.door.settle()
        now, lines = self.life.now, self.door.lines()
        local = now.astimezone(ZONE)
        urgent = [one for one in self.model.notices(now) if one.kind == "urgent"]
        forms = (f"{local:%A} {local.day} {local:%B}", f"{local:%a} {local.day} {local:%b}")
        with self.wrongs.screen("the day and the time"):
            assert any(clock(now) in line for line in lines), (clock(now), lines)
            assert len(urgent) > 1 or any(form in line for form in forms for line in lines), lines
        self.wrongs.same("the rooms now", self._rooms(), self.model.rooms(now))
        self.wrongs.same("the urgent ones", *self._urgent([one.title for one in urgent]))
        with self.wrongs.screen("the light"):
            (light,) = self.door.widgets("LightTool")
            assert light.text == "All sent" if online else "waiting" in light.text, light.text

    def _rooms(self) -> dict[str, tuple[str, str]]:
        rows = self.door.widgets("RoomRow")
        return {plain(r._name.reads): (plain(r._word.reads), plain(r._until.reads)) for r in rows}

    def _urgent(self, titles: list[str]) -> tuple[list[str], list[str]]:
        """Which stand at the top, at most two of them and in turns; which may."""
        shown = [seeing.words_on(band) for band in self.door.widgets("Band")]
        known = sorted(title for title in titles if any(title in band for band in shown))
        wanted = known if len(titles) > 2 and len(known) == 2 else sorted(titles)
        return known if len(known) == len(shown) else shown, wanted

    def notices(self) -> None:
        """Every notice, on as many pages as it takes; those of one kind in order of their days."""
        with at_rest(self.door), self.wrongs.screen("the notices"):
            wanted = self.model.notices(self.life.now)
            self.door.tap("All notices")
            shown: list[str] = []
            for _ in range(12):
                rows = self.door.widgets("NoticeLine")
                shown += [plain(row.reads) for row in sorted(rows, key=lambda row: -row.y)]
                if not self.door.can("More"):
                    break
                self.door.tap("More")
            assert sorted(shown) == sorted(one.title for one in wanted), (shown, wanted)
            by_title = {one.title: one for one in wanted}
            order = [(KINDS.index(by_title[t].kind), -by_title[t].first.toordinal()) for t in shown]
            assert order == sorted(order), f"not in their order: {shown}"

    def numbers(self) -> None:
        """How many are in the house, and how sure that is."""
        with at_rest(self.door), self.wrongs.screen("the numbers"):
            self.door.tap("Roll call")
            wanted = self.model.numbers(self.life.now)
            total = self.door.widgets("NumberCard")[0].number.text
            rows = {words: int(number) for number, words in self._counts()}
            shown = (int(total), rows["by card"], rows["said so"], rows["maybe left"])
            assert shown == (wanted.total, wanted.card, wanted.said, wanted.maybe), (shown, wanted)

    def _counts(self) -> list[tuple[str, str]]:
        """The rows of the cards of a roll call: a number and its words."""
        found = []
        for card in self.door.widgets("CountCard"):
            for line in card.children:
                texts = [plain(w.reads) for w in reversed(list(seeing.shown(line))) if is_text(w)]
                if len(texts) == 2 and texts[0].isdigit():
                    found.append((texts[0], texts[1]))
        return found

    def names(self) -> None:
        """Everybody's name, as whoever gets everybody out sees them."""
        with at_rest(self.door), self.wrongs.screen("the names"):
            self._is_clear()
            self.door.tap("Roll call").hold("Everybody out", seconds=3.2)
            wanted = self.model.names(self.life.now)
            shown: Counter[str] = Counter()
            for _ in range(40):
                for row in self.door.widgets("ListRow"):
                    texts = [plain(w.reads) for w in seeing.shown(row) if is_text(w)]
                    shown[texts[-1]] += 1
                if not self.door.can("More"):
                    break
                self.door.tap("More")
            assert shown == wanted, (dict(shown - wanted), dict(wanted - shown))

    def of_the_night(self, day: date) -> Iterator[tuple[datetime, Callable[[], None]]]:
        """The moments of the night before a day, and what is looked at then.

        Half past two is looked at twice, an hour apart, as it comes where the clocks go back.
        """
        half_past_two = instant(day, time(2, 30))
        yield instant(day, time(0, 5)), self.all_of_it
        yield instant(day, time(1)), self.night
        for at in (half_past_two, half_past_two + timedelta(hours=1)):
            yield at, self.night

    def night(self) -> None:
        """In the night the screen is dark, and says what it would say if somebody came."""
        with self.wrongs.screen("the night"):
            assert self.door.at == "rest"
            assert self.door.shell.dimmed, "it is not dark"
        self.rest(online=True)

    def _is_clear(self) -> None:
        """Let what is about to end, end first."""
        for _ in range(20):
            if not self.model.ends_within(self.life.now, CLEAR):
                return
            self.life.passes(CLEAR.total_seconds())


def is_text(widget: Any) -> bool:
    """Whether it is words; a sign is none."""
    return hasattr(type(widget), "is_clipped") and re.search(r"\w", plain(widget.reads)) is not None
