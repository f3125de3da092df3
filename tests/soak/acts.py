"""What people do at the door, and that the model is told of it."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, time, timedelta
from random import Random

from tests.flows import seeing
from tests.soak.door import SoakDoor, at_rest
from tests.soak.house import ZONE, Somebody, clock, day_of
from tests.soak.life import Life
from tests.soak.model import Booked, Model, Stay
from tests.soak.watching import tidy
from tests.soak.wrongs import Wrongs

TAG = re.compile(r"\bBlue (\w+ \d+)\b")
TIMES = re.compile(r"(\d\d:\d\d)–(\d\d:\d\d)")
LETTERS = 3
OFF = timedelta(seconds=6)


class Acts:
    """Each returns when the answer was on the screen and was looked at."""

    def __init__(self, life: Life, model: Model, wrongs: Wrongs, dice: Random) -> None:
        self.life, self.model, self.wrongs, self._dice = life, model, wrongs, dice
        self.door: SoakDoor = life.door

    # Coming ------------------------------------------------------------------------------------

    def comes_by_card(self, who: Somebody) -> None:
        """A card signs in without a touch."""
        began = self._now()
        with self.wrongs.screen("a card that comes"):
            self.door.show_badge(who.badge)
            self._came(Stay("card", began, who.shown))
            self._says("Welcome", *self._since(began, f", {who.shown}"))
        if self._dice.random() < 0.03:
            self._same_card_again(who, began)
        self._leaves_the_page()

    def _same_card_again(self, who: Somebody, began: datetime) -> None:
        """Within a minute it changes nothing."""
        with self.wrongs.screen("the same card again"):
            self.door.pass_(seconds=5).show_badge(who.badge)
            self._says("Welcome", *self._since(began, f", {who.shown}"))

    def comes_by_tile(self, who: Somebody) -> None:
        """Two letters or three, and one's own tile."""
        with at_rest(self.door), self.wrongs.screen("a tile"):
            self.door.tap("I'm here")
            self._finds(who)
            began = self._now()
            self.door.tap_text(who.shown)
            self._came(Stay("tile", began, who.shown))
            self._says("Welcome", *self._since(began, f", {who.shown}"))

    def comes_visiting(self) -> None:
        """A visitor gets a tag."""
        with at_rest(self.door), self.wrongs.screen("a visitor"):
            self.door.tap("I'm here").tap("I'm visiting").tap("Just looking")
            began = self._now()
            self.door.tap("Done")
            self._came(Stay("visitor", began, tag=self._tag(began)))
            self._says("Welcome", *self._since(began, ". No name kept."))

    def comes_together(self) -> None:
        """A group of two to four comes under one tag."""
        with at_rest(self.door), self.wrongs.screen("a group"):
            self.door.tap("I'm here").tap("Family or group")
            more = self._dice.randrange(3)
            for _ in range(more):
                self._press(self.door.widgets("Stepper")[-1], "plus")
            self.door.tap(f"Go on: {2 + more} of us").tap("Visiting someone")
            began = self._now()
            self.door.tap("Done")
            self._came(Stay("group", began, heads=2 + more, tag=self._tag(began)))
            heads = 2 + more
            said = [f"{heads} of you are in since {at}." for at in self._minutes(began)]
            self._says("Welcome", *said)

    def is_counted(self, *, takes_it_back: bool = False) -> None:
        """Just counted; some take it back."""
        with at_rest(self.door), self.wrongs.screen("just counted"):
            self.door.tap("I'm here")
            began = self._now()
            self.door.tap("Just count me")
            self._says("Welcome", *self._since(began, ". No name kept."))
            if takes_it_back:
                self.door.pass_(seconds=3).tap("Undo")
            else:
                self._came(Stay("count", began))

    # Leaving -----------------------------------------------------------------------------------

    def leaves_by_card(self, who: Somebody) -> None:
        """A card signs out without a touch."""
        with self.wrongs.screen("a card that leaves"):
            stay, began = self.model.stay_of(who.shown, self.life.now), self._now()
            assert stay, f"{who.shown} is not here"
            self.door.show_badge(who.badge)
            stay.left = began
            self._says("Goodbye, until soon", *self._left(began))
        self._leaves_the_page()

    def leaves_by_tag(self, stay: Stay) -> None:
        """A guest touches their tag; of many the animal comes first."""
        with at_rest(self.door), self.wrongs.screen("a tag that leaves"):
            self.door.tap("I'm leaving")
            tile = self._tile_of(stay.tag)
            began = self._now()
            self.door._touch(tile)
            stay.left = began
            self._says("Goodbye, until soon", *self._left(began))

    def leaves_by_name(self, who: Somebody) -> None:
        """Two letters or three, and one's own tile."""
        with at_rest(self.door), self.wrongs.screen("a name that leaves"):
            stay = self.model.stay_of(who.shown, self.life.now)
            assert stay, f"{who.shown} is not here"
            self.door.tap("I'm leaving").tap("By my name")
            self._finds(who)
            began = self._now()
            self.door.tap_text(who.shown)
            stay.left = began
            self._says("Goodbye, until soon", *self._left(began))

    def counted_leaves(self) -> None:
        """Of those who were only counted, who came first goes first."""
        with at_rest(self.door), self.wrongs.screen("only counted, leaves"):
            counted = [one for one in self.model.here(self.life.now) if one.how == "count"]
            if not counted:
                return
            self.door.tap("I'm leaving")
            began = self._now()
            self.door.tap("I was only counted")
            min(counted, key=lambda one: one.came).left = began
            self._says("Goodbye, until soon", *self._left(began))

    # Rooms -------------------------------------------------------------------------------------

    def books(self, who: Somebody, room: str) -> None:
        """Somebody who is here books a free room from now by their card."""
        with at_rest(self.door), self.wrongs.screen("booking"):
            self.door.tap("All rooms").tap(room)
            self.door.show_badge(who.badge).tap("Pencil it in")
            self._says("Pencilled in, not yet confirmed")
            said = next(line for line in self.door.lines() if line.startswith(f"{room}, today"))
            start, end = (self._today(at) for at in TIMES.search(said).groups())
            assert timedelta() <= start - self.life.now < timedelta(minutes=5), said
            assert self.model.is_free(room, start, end), said
            self.model.booked.append(Booked(room, start, end, who.shown))

    # What they share ---------------------------------------------------------------------------

    def _now(self) -> datetime:
        """This moment as a record keeps it: whole seconds."""
        return self.life.now.replace(microsecond=0)

    def _today(self, at: str) -> datetime:
        return datetime.combine(day_of(self.life.now), time.fromisoformat(at), ZONE)

    def _came(self, stay: Stay) -> None:
        self.model.stays.append(stay)

    def _says(self, *any_of_the_last: str) -> None:
        """The first has to stand on the screen, and one of the others, if there are any."""
        title, *ways = any_of_the_last
        lines = self.door.lines()
        assert any(title in line for line in lines), f"no {title!r} in {lines}"
        assert not ways or any(way in line for way in ways for line in lines), f"{ways}: {lines}"

    def _since(self, began: datetime, rest: str) -> list[str]:
        return [f"You're in since {minute}{rest}" for minute in self._minutes(began)]

    def _left(self, began: datetime) -> list[str]:
        return [f"You left at {minute}." for minute in self._minutes(began)]

    def _minutes(self, began: datetime) -> set[str]:
        """What the clock may have said: one that a server tells is some seconds off at times."""
        return {clock(began - OFF), clock(began), clock(self.life.now + OFF)}

    def _tag(self, began: datetime) -> str:
        """Read the tag; no two of a day are alike."""
        found = next((m for line in self.door.lines() if (m := TAG.search(line))), None)
        assert found, f"no tag in {self.door.lines()}"
        tag = f"Blue {found[1]}"
        assert tag not in self.model.tags_of(day_of(began)), f"{tag} was given before"
        return tag

    def _finds(self, who: Somebody) -> None:
        for letter in letters_of(who.name)[:LETTERS]:
            self.door.type(letter)
            if any(who.shown in words for words in self.door.offers()):
                return
        raise AssertionError(f"{who.shown} is not offered: {self.door.offers()}")

    def _tile_of(self, tag: str) -> object:
        short, animal = tag.removeprefix("Blue "), tag.split()[1]
        for _ in range(14):
            pressed = [(seeing.words_on(w), w) for w in self.door._pressed()]
            tiles = [w for words, w in pressed if re.search(rf"\b{short}$|\b{short}\b", words)]
            if tiles:
                assert len(tiles) == 1, f"{short} stands there {len(tiles)} times"
                return tiles[0]
            animals = [w for words, w in pressed if words == animal]
            assert animals or self.door.can("More"), f"{tag} is not offered: {self.door.offers()}"
            self.door._touch(animals[0] if animals else self.door.find("More"))
        raise AssertionError(f"{tag} is on no page: {self.door.offers()}")

    def _press(self, stepper: object, icon: str) -> None:
        plus = [w for w in seeing.shown(stepper) if getattr(w, "icon", "") == icon]
        self.door._touch(next(w for w in plus if seeing.is_pressed(w)))

    def _leaves_the_page(self) -> None:
        """Most people just go: the next one's card, or ten seconds, close the page."""
        tidy()
        if self._dice.random() < 0.1:
            with self.wrongs.screen("a page left alone"):
                self.door.pass_(seconds=45)
                assert self.door.at == "rest", self.door.at


def letters_of(name: str) -> str:
    """The letters that a name is found by: Latin ones without their accents, in capitals."""
    plain = unicodedata.normalize("NFKD", name).upper()
    return "".join(sign for sign in plain if "A" <= sign <= "Z")
