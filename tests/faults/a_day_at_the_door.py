"""The stories of a door: all it writes, by what people and the server ask of it.

Everything but the screen is real: the desk, the store, the settings, the pictures, the backups, the
commands. A step is what somebody is told is done when it returns.
"""

import argparse
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import StringIO
from random import Random
from zoneinfo import ZoneInfo

from kiosk import config as settings
from kiosk.cli import backup, restore
from kiosk.config import Config, Place, hub_key, read_token, write_token
from kiosk.hub.actor import KNOWN, VOLUNTEER, Actor
from kiosk.hub.book import BookNow, book_now
from kiosk.hub.desk import Desk
from kiosk.hub.forget_person import ForgetPerson, forget_person
from kiosk.hub.notices import Publish, publish
from kiosk.hub.rules import RULES_OF_TIME
from kiosk.hub.set_up import SetUp, set_up
from kiosk.hub.sign_in import ComeVisiting, come_visiting
from kiosk.hub.sign_out import LeaveVisit, leave_visit
from kiosk.hub.snapshot import Device
from kiosk.picture_files import PNG, PictureFiles
from kiosk.store import open_store
from kiosk.store.backups import in_folder, sound_state
from sync.client.effects import TakeIn
from sync.client.home import Home
from sync.device_time import Undated
from sync.records import rule_of
from tests.faults.what_a_door_holds import seen

OPENS = datetime(2026, 11, 23, 9, 42, tzinfo=UTC)
ROOM = "0199b100-0000-7000-8000-00000000000a"
ANA = "0199b100-0000-7000-8000-00000000000b"
PICTURE = "5" * 64
LONGEST_S = 60


@dataclass
class Clock:
    """The device's time, passed in; the server has told it."""

    instant: datetime = OPENS
    sure = date_ok = True
    boot, undated = "boot 1", None

    def now(self):
        return self.instant

    def look(self):
        pass

    def wall_ms(self):
        return int(self.instant.timestamp() * 1000)

    mono_ms = wall_ms

    @property
    def began_ms(self):
        return self.wall_ms() - 3_600_000


class Token:
    """As ``kiosk.syncing`` has it."""

    def __init__(self, place):
        self._place = place

    def read(self):
        return read_token(self._place)

    def keep(self, token):
        write_token(self._place, token)


def from_server(kind, id, /, **fields):
    """A record as a server sends it: other nodes wrote it, an hour ago."""
    stamp = f"{int(OPENS.timestamp() * 1000) - 3_600_000:012x}-0000-00000001"
    stamps = {name: rule_of(kind, name) + stamp for name in fields}
    return {"kind": kind, "id": id, "fields": fields, "stamps": stamps}


class Door:
    """A door on a folder, without its screen."""

    def __init__(self, folder):
        self.place, self.clock = Place(folder), Clock()
        self.desk = self.store = None
        self.erased, self.marks = [], lambda: None

    # What it is made of

    def opens(self):
        """Start, as the app does."""
        hub_key(self.place.make())
        self.store = open_store(self.place.store, now_ms=self.clock.wall_ms, dice=Random(1))
        device = Device(self.store.node, "blue", "Door")
        self.desk = Desk(self.store, device, self.clock, dice=Random(2), rules=RULES_OF_TIME)
        self.desk.listen(lambda _hub, _kinds: self.marks())
        self.home = Home(self.store, self.desk, self.clock, Token(self.place), "1", Random(3))

    def close(self):
        """End; a start that failed has nothing to end."""
        if self.desk is not None:
            self.desk.close()
            self.store.close()
            self.desk = None

    def asks(self, use_case, ask, minutes=1):
        """Somebody asks; returns when the screen says that it is done."""
        self.clock.instant += timedelta(minutes=minutes)
        return self.desk.ask(use_case, ask).result(LONGEST_S).result

    # What was told, and what is found

    def told(self):
        """What people and the server were told is so."""
        if self.desk is None:
            return seen(self.place, None)
        return {**seen(self.place, self.store), "erased": list(self.erased)}

    def pretended(self, before):
        """What is shown though it was said that it could not be kept, or is not shown any more."""
        if self.desk is None:
            return []
        now = self.told()
        shown = [key for key in {**before, **now} if key.startswith("record")]
        return [f"pretends {key}" for key in shown if now.get(key) != before.get(key)]

    @classmethod
    def found(cls, folder):
        """What a start finds; ``wrong`` is what must not be whatever was told."""
        place = Place(folder)
        if place.key.exists() or place.store.exists():
            hub_key(place)
        backups = in_folder(place.backups)
        wrong = [f"{path.name} is no backup" for path in backups if sound_state(path) is None]
        with open_store(place.store, dice=Random(4)) as store:
            if store.opened.was_damaged:
                wrong.append("said to be damaged")
            found = seen(place, store)
            store.keep_notes(works="on")
        return {**found, "wrong": wrong}

    @classmethod
    def warm(cls):
        """Import what a first commit, a first backup and a first date import."""
        for name in ("ascii", "idna"):
            "".encode(name)
        ZoneInfo("Europe/Madrid")


class FirstDay(Door):
    """From an empty folder: set up, paired, people come and go, a room, a notice."""

    begins_after = None

    @property
    def steps(self):
        return (
            self.is_set_up, self.opens, self.becomes_a_hub, self.is_paired, self.hears_of_a_room,
            self.somebody_comes, self.somebody_else_comes, self.somebody_leaves, self.books_a_room,
            self.puts_up_a_notice, self.takes_it_back, self.server_has_it_all, self.keeps_a_picture,
        )  # fmt: skip

    def is_set_up(self):
        settings.write(self.place, Config(name="Front door", colour="blue"))

    def becomes_a_hub(self):
        self.asks(set_up, SetUp("La Ronda", ("en", "es"), "Europe/Madrid"))

    def is_paired(self):
        write_token(self.place, "a-token-of-the-server")

    def hears_of_a_room(self):
        room = from_server("room", ROOM, **{"name.en": "Kitchen", "capacity": 8})
        ana = from_server("person", ANA, name="Ana Erasable", kind="member")
        self.home.do(TakeIn(records=(room, ana), cursor="7.abc", answered="w1"))

    def somebody_comes(self):
        self.visit = self.asks(come_visiting, ComeVisiting(name="Lola", said="yes")).visit

    def somebody_else_comes(self):
        self.asks(come_visiting, ComeVisiting(first_time=True, said="yes"))

    def somebody_leaves(self):
        self.asks(leave_visit, LeaveVisit(self.visit))

    def books_a_room(self):
        self.asks(book_now, BookNow(ROOM, 60, Actor(KNOWN, ANA), {"en": "Soup"}))

    def puts_up_a_notice(self):
        ask = Publish({"en": "Soup tonight"}, by=Actor(VOLUNTEER, ANA))
        self.notice = self.desk.ask(publish, ask).result(LONGEST_S)

    def takes_it_back(self):
        self.desk.undo(self.notice).result(LONGEST_S)

    def server_has_it_all(self):
        sent = self.store.outbox(self.clock.wall_ms() + 60_000)
        accepted = tuple((one.kind, one.id, one.version) for one in sent)
        self.home.do(TakeIn(accepted=accepted, cursor="9.def", answered="w2"))

    def keeps_a_picture(self):
        data = PNG + b"\0\0\0\rIHDR\0\0\0\1\0\0\0\1" * 400
        assert PictureFiles(self.place.pictures).keep(PICTURE, data)


class Forgetting(FirstDay):
    """Backups, a person who is forgotten, names whose days are over, a start, a copy put back."""

    begins_after = FirstDay

    @property
    def steps(self):
        return (
            self.opens, self.makes_its_backup, self.somebody_comes, self.makes_its_backup,
            self.forgets_ana, self.is_started_anew, self.weeks_go_by, self.makes_its_backup,
            self.writes_a_copy, self.puts_it_back,
        )  # fmt: skip

    def makes_its_backup(self):
        self.clock.instant += timedelta(days=1)
        self.store.backup(now_ms=self.clock.wall_ms())

    def forgets_ana(self):
        self.asks(forget_person, ForgetPerson(ANA))
        if not self.store.is_unwashed:
            self.erased.append("Ana Erasable")

    def is_started_anew(self):
        self.close()
        self.opens()
        if not self.store.is_unwashed:
            self.erased.append("Ana Erasable")

    def weeks_go_by(self):
        self.clock.instant += timedelta(days=40)
        self.desk.tick().result(LONGEST_S)

    def writes_a_copy(self):
        with redirect_stdout(StringIO()):
            backup.run(argparse.Namespace(data=self.place.data, to=self.place.data / "stick"))

    def puts_it_back(self):
        self.close()
        copy = in_folder(self.place.data / "stick")[0]
        with redirect_stdout(StringIO()):
            restore.run(argparse.Namespace(data=self.place.data, file=copy))
        self.opens()


class WrongClock(FirstDay):
    """A start without the time: what is written meanwhile is dated when a server tells it."""

    begins_after = FirstDay

    @property
    def steps(self):
        return self.opens, self.comes_undated, self.comes_undated, self.is_told_the_time

    def opens(self):
        super().opens()
        self.clock.sure = False
        self.clock.undated = Undated("boot 1", 60_000, 0)

    def comes_undated(self):
        self.asks(come_visiting, ComeVisiting(said="yes"), minutes=0)

    def is_told_the_time(self):
        self.clock.sure, self.clock.undated = True, None
        self.desk.date().result(LONGEST_S)
