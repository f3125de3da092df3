"""A kiosk and the real server: paired by a code, written here, read there, through real HTTP."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from kiosk.config import Config, Place, read_token, write_token
from kiosk.device_clock import DeviceClock
from kiosk.hub.desk import Desk
from kiosk.hub.rules import RULES_OF_TIME
from kiosk.hub.snapshot import Device
from kiosk.store import Changes, Write, open_store
from kiosk.syncing import HEARD, Syncing
from sync.client.leaving import StillUnsent
from sync.client.pairing import Paired, Phase
from tests.kiosk.real_server import HUB, LONGEST_S, OTHER_HUB, RealServer

TWO_HOURS_MS = 7_200_000


class Kiosk:
    """All of a kiosk but its screen."""

    def __init__(self, url, folder, token=""):
        self.turn, self.place = threading.Condition(), Place(folder).make()
        self.sentences = []
        if token:
            write_token(self.place, token)
        self.store, self.clock = open_store(self.place.store), DeviceClock()
        device = Device(self.store.node, "blue", "Door")
        self.desk = Desk(self.store, device, self.clock, dice=Random(1), rules=RULES_OF_TIME)
        self.clock.when_told(self.desk.date)
        self.syncing = Syncing(
            Config(server=url, name="Door"),
            self.place,
            store=self.store,
            desk=self.desk,
            clock=self.clock,
            changed=self.changed,
            say=self.sentences.append,
        )
        self.desk.listen(lambda *_: self.changed())
        self.syncing.start()

    def changed(self):
        with self.turn:
            self.turn.notify_all()

    def until(self, ready):
        with self.turn:
            assert self.turn.wait_for(ready, LONGEST_S), self.syncing.status()
        return self

    def pairs(self, server):
        self.syncing.pairing.begin()
        self.until(lambda: self.syncing.pairing.state.code)
        server.approves(self.syncing.pairing.state.code.user_code)
        return self.until(lambda: self.syncing.pairing.state.phase is Phase.APPROVED)

    def becomes(self, role, server, hub=HUB):
        """As if a volunteer had just said yes to it."""
        self.syncing._paired(Paired(server.token(hub, role), hub, role=role))
        return self.light("all_sent")

    def writes(self, name, undo_s=0):
        act = Write("notice", name, {"title.en": "Soup at eight"})
        changes = Changes.of(act, undo_s=undo_s)
        return self.desk.ask(lambda *_: changes, None).result(LONGEST_S)

    def light(self, word):
        return self.until(lambda: self.syncing.status().light == word)

    def has(self, name):
        return self.until(lambda: name in self.store.tables()["notice"])

    def close(self):
        self.syncing.close()
        self.desk.close()
        self.store.close()


@pytest.fixture
def server(tmp_path):
    server = RealServer(tmp_path)
    yield server
    server.close()


@pytest.fixture
def kiosks(server, tmp_path):
    found = []

    def opened(name, *, paired=True, hub=HUB, token="", url=server.url):
        token = token or (server.token(hub) if paired else "")
        found.append(Kiosk(url, tmp_path / name, token))
        return found[-1]

    yield opened
    server.uvicorn.should_exit = True
    for kiosk in found:
        kiosk.close()


def test_a_kiosk_that_is_not_paired_says_so_and_works_on(kiosks):
    door = kiosks("door", paired=False)
    door.writes("n1")
    door.light("not_paired").until(lambda: door.syncing.status().waiting == 1)


@pytest.mark.slow  # RFC 8628: a device asks every five seconds
def test_paired_by_its_code_it_sends_what_it_has_and_says_all_sent(server, kiosks):
    door = kiosks("door", paired=False)
    door.writes("n1")
    door.pairs(server).light("all_sent")
    assert door.store.waiting == 0
    assert read_token(door.place)


def test_what_is_written_at_one_door_hangs_at_the_other(kiosks):
    front, back = kiosks("front").light("all_sent"), kiosks("back").light("all_sent")
    front.writes("n1")
    back.has("n1")
    back.writes("n2")
    front.has("n2")


def test_what_can_be_undone_is_sent_when_its_time_is_over(kiosks):
    front, back = kiosks("front").light("all_sent"), kiosks("back").light("all_sent")
    front.writes("n1", undo_s=1)
    assert front.store.outbox(front.clock.wall_ms()) == ()
    back.has("n1")


def test_revoked_it_stops_and_keeps_everything(server, kiosks):
    door = kiosks("door").light("all_sent")
    server.revokes_all()
    door.writes("n1")
    assert door.light("not_paired").store.waiting == 1


def heard_long_ago(door):
    """A door that heard its server two hours ago, as its store has it."""
    door.until(lambda: door.syncing._noting).syncing._noting.result(LONGEST_S)
    door.syncing.close()
    door.store.keep_notes(**{HEARD: door.clock.wall_ms() - TWO_HOURS_MS})
    door.close()


def ago_ms(door):
    return door.syncing.now_ms() - door.syncing.status().last_ok_ms


def test_how_old_its_news_is_a_door_knows_after_a_restart_without_a_network(kiosks):
    heard_long_ago(kiosks("door").light("all_sent"))
    again = kiosks("door", paired=False, url="http://127.0.0.1:1")
    again.until(lambda: again.syncing.status().trouble == "no_network")
    assert TWO_HOURS_MS <= ago_ms(again) < 2 * TWO_HOURS_MS


def test_what_a_door_noted_of_its_news_is_renewed(kiosks):
    heard_long_ago(kiosks("door").light("all_sent"))
    again = kiosks("door", paired=False).light("all_sent")
    again.until(lambda: again.syncing._noting).syncing._noting.result(LONGEST_S)
    assert again.clock.wall_ms() - again.store.note(HEARD) < TWO_HOURS_MS


def test_the_moment_something_is_in_the_way_it_is_noted_what_was_heard_last(kiosks):
    door = kiosks("door").light("all_sent")
    door.until(lambda: door.syncing._noting).syncing._noting.result(LONGEST_S)
    door.syncing._shell.close(LONGEST_S)
    door.syncing._noting = None
    before = door.store.note(HEARD)
    now = replace(door.syncing.status(), last_ok_ms=door.syncing.status().last_ok_ms + 60_000)
    for trouble, noted in (("", before), ("no_network", before + 60_000)):
        door.syncing._shell.status = replace(now, trouble=trouble)
        door.syncing._told("")
        door.desk.aside(lambda: None).result(LONGEST_S)
        assert abs(door.store.note(HEARD) - noted) < 1_000


def test_of_another_house_a_door_has_heard_nothing(kiosks):
    door = kiosks("door").light("all_sent")
    door.until(lambda: door.syncing._noting).syncing._noting.result(LONGEST_S)
    door.syncing._paired(Paired("h.d.s", OTHER_HUB))
    door.until(lambda: door.syncing.status().last_ok_ms is None)


def has_hub(door, hub=HUB):
    """It has the record of its hub, and the server has it too."""
    act = Write("hub", hub, {"name.en": hub[-4:]})
    door.desk.ask(lambda *_: Changes.of(act), None).result(LONGEST_S)
    return door.until(lambda: door.store.waiting == 0)


def test_a_kiosk_that_knows_no_hub_yet_takes_all_that_it_holds_along(server, kiosks):
    door = kiosks("door").light("all_sent")
    door.writes("n1")
    door.until(lambda: door.store.waiting == 0)
    door.syncing._paired(Paired(server.token(OTHER_HUB), OTHER_HUB))
    kiosks("there", hub=OTHER_HUB).has("n1")


def test_paired_with_another_hub_a_door_with_all_sent_begins_empty(server, kiosks):
    has_hub(kiosks("there", hub=OTHER_HUB).light("all_sent"), OTHER_HUB)
    door = has_hub(kiosks("door").light("all_sent"))
    door.writes("n1")
    door.until(lambda: door.store.waiting == 0)
    door.becomes("door", server, OTHER_HUB)
    door.until(lambda: door.desk.snapshot.hub.id == OTHER_HUB)
    assert list(door.store.tables()["hub"]) == [OTHER_HUB]
    assert (list(door.store.tables()["notice"]), door.syncing.refusals()) == ([], [])


@pytest.mark.parametrize("role", ["door", "wall"])
def test_what_is_written_while_another_hub_takes_a_door_keeps_it_where_it_is(server, kiosks, role):
    door = has_hub(kiosks("door").light("all_sent"))
    token = read_token(door.place)
    door.writes("n1", undo_s=60)
    with pytest.raises(StillUnsent):
        door.syncing._paired(Paired(server.token(OTHER_HUB), OTHER_HUB, role=role))
    assert (door.desk.snapshot.hub.id, read_token(door.place)) == (HUB, token)
    assert door.store.waiting == 1


def test_a_door_that_becomes_a_wall_keeps_no_whole_name(server, kiosks):
    door = has_hub(kiosks("door").light("all_sent"))
    eva_says(door, yes=True)
    door.until(lambda: door.store.waiting == 0)
    door.becomes("wall", server)
    door.until(lambda: eva_at(door).get("name") == "Eva R.")
    assert (door.store.waiting, door.syncing.refusals()) == (0, [])


def test_a_copied_card_goes_on_as_a_device_of_its_own_and_says_so(server, kiosks, tmp_path):
    door = kiosks("door").light("all_sent")
    door.store.backup(tmp_path / "copy.db")
    door.writes("n1")
    door.until(lambda: door.store.waiting == 0)
    (tmp_path / "copied").mkdir()
    (tmp_path / "copy.db").rename(tmp_path / "copied" / "hub.db")
    copy = kiosks("copied", token=read_token(door.place)).has("n1").light("all_sent")
    assert copy.sentences == ["light.copied"]
    assert copy.store.node != door.store.node


def eva_says(door, *, yes):
    """Eva came two days ago, and says yes or no to the wall; sent at once."""
    facts = {"how": "visitor", "name": "Eva Ruiz", "came_at": TWO_DAYS_AGO, "wall_ok": yes}
    act = Write("visit", "eva", facts)
    door.desk.ask(lambda *_: Changes.of(act), None).result(LONGEST_S)


TWO_DAYS_AGO = (datetime.now(UTC) - timedelta(days=2)).isoformat(timespec="seconds")


def test_what_time_brings_at_a_wall_is_never_refused_and_waits_for_nobody(server, kiosks):
    """A wall hears of visits that nobody closed, and closes them by the rules of time, as all do."""
    door, wall = kiosks("door").light("all_sent"), kiosks("wall", paired=False)
    wall.becomes("wall", server)
    eva_says(door, yes=True)
    wall.until(lambda: eva_at(wall))
    wall.desk.tick().result(LONGEST_S)
    assert "assumed_at" in eva_at(wall)
    door.writes("n1")
    wall.has("n1").light("all_sent")
    assert (wall.store.waiting, wall.syncing.status().refused) == (0, 0)


def test_who_takes_back_a_yes_is_off_the_wall_though_the_record_only_shrank(server, kiosks):
    door, wall = kiosks("door").light("all_sent"), kiosks("wall", paired=False)
    wall.becomes("wall", server)
    eva_says(door, yes=True)
    wall.until(lambda: eva_at(wall).get("name") == "Eva R.")
    eva_says(door, yes=False)
    wall.until(lambda: eva_at(wall).get("name") is None)


def test_a_wall_that_becomes_a_door_sends_no_masked_name(server, kiosks):
    door, wall = kiosks("door").light("all_sent"), kiosks("wall", paired=False)
    wall.becomes("wall", server)
    eva_says(door, yes=True)
    wall.until(lambda: eva_at(wall).get("name") == "Eva R.")
    wall.becomes("door", server)
    wall.until(lambda: eva_at(wall).get("name") == "Eva Ruiz")
    assert eva_at(door)["name"] == "Eva Ruiz"


def eva_at(kiosk):
    row = kiosk.store.tables()["visit"].get("eva")
    return row.body["fields"] if row else {}
