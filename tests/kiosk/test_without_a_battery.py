"""A device whose clock is wrong at the start: it loses nothing, and dates it when it is told."""

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from kiosk.device_clock import DeviceClock
from kiosk.hub.actor import Actor
from kiosk.hub.desk import Desk
from kiosk.hub.known_time import LAST_KNOWN
from kiosk.hub.notices import EditNotice, edit_notice
from kiosk.hub.presence import is_present, names_are_gone
from kiosk.hub.rules import RULES_OF_TIME
from kiosk.hub.sign_in import ComeByTile, come_by_tile
from kiosk.hub.snapshot import Device
from kiosk.store import Changes, Write, open_store
from kiosk.store.changes import Note
from sync.clock import Reading
from sync.records import flat
from sync.records.old_text import OldText
from tests.kiosk.hub.board import INES, LUIS
from tests.kiosk.hub.house import at, id_of, notice, person, the_hub, visit

WAIT_S = 10
EIGHT_58 = at("08:58")
THREE_YEARS = timedelta(days=3 * 365)
NAMES = [f"Visitor {letter}" for letter in "ABCDEFGHIJKL"]
INSTANT = re.compile(r'"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)"')
VOLUNTEER = Actor(3, id_of(INES))


def ms(instant):
    return int(instant.timestamp() * 1000)


@dataclass
class Pi:
    """A device without a battery clock; ``wrong``: what its clock says at the power-on."""

    folder: Path
    wrong: datetime
    true: datetime = EIGHT_58
    mono_ms: int = 20_000
    boots: int = 0
    opened: list = field(default_factory=list)

    def power_on(self):
        self.boots, self.wall_ms, self.told = self.boots + 1, ms(self.wrong), False
        self.store = open_store(self.folder / "hub.db", dice=Random(self.boots))
        self.clock = DeviceClock(
            self.store.note(LAST_KNOWN) or 0,
            wall_ms=lambda: self.wall_ms,
            mono_ms=lambda: self.mono_ms,
            was_told=lambda: self.told,
            boot=lambda: f"boot {self.boots}",
        )
        dice = Random(self.boots)
        self.desk = Desk(
            self.store, Device(self.store.node), self.clock, dice=dice, rules=RULES_OF_TIME
        )
        self.clock.when_told(self.desk.date)
        self.opened = [self.desk, self.store]
        return self

    def power_off(self, away=timedelta()):
        for one in self.opened:
            one.close()
        self.opened, self.true, self.mono_ms = [], self.true + away, 20_000

    def wait_until(self, clock):
        passed_ms = ms(at(clock)) - ms(self.true)
        for _ in range(passed_ms // 60_000):
            self.true += timedelta(minutes=1)
            self.mono_ms, self.wall_ms = self.mono_ms + 60_000, self.wall_ms + 60_000
        self.desk.tick().result(WAIT_S)

    def asks(self, use_case, ask):
        return self.desk.ask(use_case, ask).result(WAIT_S)

    def is_told_the_time(self):
        self.clock.hear_server(ms(self.true), self.mono_ms, self.mono_ms)
        self.desk.tick().result(WAIT_S)

    @property
    def snapshot(self):
        return self.desk.snapshot

    def bodies(self):
        tables = self.store.tables()
        return [dict(row.body) for kind in tables.kinds for row in tables[kind].values()]

    def visits_of_yesterday(self):
        return [one for name in NAMES if (one := self.snapshot.visit(id_of(name)))]


def lived_in(pi):
    """Put in what was there before, known and sent: yesterday with its names, a notice."""
    records = [
        the_hub(),
        person("Eva"),
        person(LUIS),
        person(INES, kind="volunteer"),
        notice("Soup", kind="offer", owner=id_of(LUIS), body={"en": "b0"}),
        *(
            visit(came="17:00", left="18:00" if n % 2 else "", on=-1, id=id_of(name), name=name)
            for n, name in enumerate(NAMES)
        ),
    ]
    acts = [Write(one.KIND, one.id, flat(one)) for one in records]
    acts.append(Note(LAST_KNOWN, ms(at("20:00", -1))))
    pi.store.commit(Changes(tuple(acts)), now_ms=ms(at("20:00", -1)))
    pi.store.acknowledge(pi.store.outbox(ms(at("21:00", -1))))


@pytest.fixture(params=["1970", "three years ahead"])
def pi(request, tmp_path):
    wrong = datetime(1970, 1, 1, tzinfo=UTC) if request.param == "1970" else at("08:58")
    made = Pi(tmp_path, wrong if request.param == "1970" else wrong + THREE_YEARS)
    lived_in(made.power_on())
    made.power_off()
    yield made.power_on()
    made.power_off()


@pytest.fixture
def morning(pi):
    """Eva comes at nine, a volunteer edits at ten past; nobody has told the device the time."""
    pi.wait_until("09:00")
    pi.came = pi.asks(come_by_tile, ComeByTile(id_of("Eva"), said="yes")).result.visit
    pi.wait_until("09:10")
    pi.asks(edit_notice, EditNotice(id_of("Soup"), {"body": {"en": "b2"}}, VOLUNTEER))
    pi.wait_until("09:30")
    return pi


def late(pi):
    """Every stamp and every instant of the store that lies after this moment."""
    now_ms, found = ms(pi.true), []
    for body in pi.bodies():
        stamps = [Reading.parse(stamp[1:].partition("~")[0]) for stamp in body["stamps"].values()]
        said = INSTANT.findall(json.dumps(body["fields"]))
        found += [one for one in stamps if one.ms > now_ms]
        found += [one for one in said if ms(datetime.fromisoformat(one)) > now_ms]
    return found


def test_nothing_is_sent_before_the_time_is_known(morning):
    assert morning.store.outbox(2**46) == ()
    assert morning.store.waiting > 0


def test_whoever_came_is_in_at_the_true_time(morning):
    morning.is_told_the_time()
    came_at = morning.snapshot.visit(morning.came).came_at
    assert abs(came_at - at("09:00")) <= timedelta(seconds=5)
    assert morning.snapshot.visit(morning.came).time_sure
    assert is_present(morning.snapshot, id_of("Eva"), morning.true)


def test_no_stamp_and_no_time_is_later_than_now(morning):
    morning.is_told_the_time()
    assert late(morning) == []
    assert Reading.parse(morning.store.note("clock")).ms <= ms(morning.true)


def test_an_edit_lies_before_what_another_kiosk_wrote_ten_minutes_later(morning):
    morning.is_told_the_time()
    edit = {"body.en": "b1"}
    stamps = {"*": f"l{Reading(ms(at('09:20')), 0, '0000aaaa')}"}
    theirs = {"kind": "notice", "id": id_of("Soup"), "fields": edit, "stamps": stamps}
    pushed = [one.body for one in morning.store.outbox(ms(morning.true)) if one.kind == "notice"]
    morning.desk.do(lambda: morning.store.merge([theirs])).result(WAIT_S)
    assert pushed[0]["fields"]["body.en"] == "b2"
    assert morning.snapshot.get(type(notice("Soup")), id_of("Soup")).body == {"en": "b1"}


def test_what_was_known_of_yesterday_stays_as_it_was(morning):
    morning.is_told_the_time()
    yesterday = morning.visits_of_yesterday()
    assert {one.came_at for one in yesterday} == {at("17:00", -1)}
    assert all(at("17:00", -1) < (one.assumed_at or one.left_at) < at("02:00") for one in yesterday)


def test_names_that_a_wrong_clock_hides_are_there_again(morning):
    hub, now = morning.snapshot, morning.clock.now()
    hidden = [names_are_gone(hub, one, now) for one in morning.visits_of_yesterday()]
    assert set(hidden) == {now > at("00:00", 30)}
    morning.is_told_the_time()
    shown = [one.name for one in morning.visits_of_yesterday()]
    assert shown == NAMES
    assert not any(
        names_are_gone(hub, one, morning.clock.now()) for one in morning.visits_of_yesterday()
    )


def test_the_system_s_word_dates_as_well_once_the_desk_looks(morning):
    morning.wall_ms, morning.told = ms(morning.true), True
    morning.desk.tick().result(WAIT_S)
    assert morning.store.undated == 0
    assert late(morning) == []


def test_what_an_earlier_boot_wrote_is_as_late_as_it_can_be_and_not_sure(morning):
    morning.power_off(away=timedelta(hours=2))
    began = morning.true - timedelta(milliseconds=20_000)
    morning.power_on().is_told_the_time()
    came = morning.snapshot.visit(morning.came)
    assert began - timedelta(minutes=11) <= came.came_at <= began - timedelta(minutes=9)
    assert not came.time_sure
    assert late(morning) == []


def test_an_act_is_undone_though_the_time_became_known_in_between(pi):
    done = pi.desk.ask(come_by_tile, ComeByTile(id_of("Eva"), said="yes")).result(WAIT_S)
    pi.is_told_the_time()
    pi.desk.undo(done).result(WAIT_S)
    assert pi.snapshot.visit(done.result.visit) is None


def test_a_text_that_gives_way_once_it_is_dated_is_kept_for_its_author(morning):
    morning.is_told_the_time()
    theirs = {
        "kind": "notice",
        "id": id_of("Soup"),
        "fields": {"body.en": "b1"},
        "stamps": {"*": f"l{Reading(ms(at('09:20')), 0, '0000aaaa')}"},
    }
    morning.desk.do(lambda: morning.store.merge([theirs], None, ms(morning.true))).result(WAIT_S)
    kept = [one for one in morning.snapshot.all(OldText) if one.text == "b2"]
    assert [(one.field, one.record, one.made_at) for one in kept] == [
        ("body.en", id_of("Soup"), at("09:30"))
    ]
    assert late(morning) == []
