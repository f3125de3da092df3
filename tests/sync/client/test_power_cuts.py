"""The plug is pulled between two effects of one answer; the server may be an older one afterwards."""

import pytest

from kiosk.store import open_store
from sync.client.home import REFUSED
from tests.sync.client.devices import Device, PowerCutError, settle
from tests.sync.client.hub import Hub

EFFECTS = range(6)


@pytest.fixture
def hub():
    return Hub()


@pytest.fixture
def door(hub):
    door = Device(hub)
    door.meets()
    return door


@pytest.mark.parametrize("nth", EFFECTS)
def test_a_server_restored_to_before_the_push_gets_it_back_wherever_the_power_went(hub, door, nth):
    yesterday = hub.copy()
    body = door.writes("bikes", **{"title.en": "Bike repair"})
    door.power = nth
    door.meets()
    door.power = None
    hub.restore(yesterday)
    assert settle([door], hub)
    assert hub.rows["notice", "bikes"] == body


@pytest.mark.parametrize("nth", EFFECTS)
def test_a_push_with_more_pages_to_come_is_given_back_too(hub, door, nth):
    for n in range(9):
        hub.take([{"kind": "room", "id": f"r{n}", "fields": {}, "stamps": {}}])
    yesterday = hub.copy()
    body = door.writes("bikes", **{"title.en": "Bike repair"})
    door.power = nth
    door.meets()
    door.power = None
    hub.restore(yesterday)
    assert settle([door], hub)
    assert hub.rows["notice", "bikes"] == body


@pytest.mark.parametrize("nth", EFFECTS)
def test_a_word_whose_answer_was_kept_is_no_copy_s_word_after_a_power_cut(hub, door, nth):
    door.writes("bikes", **{"title.en": "Bike repair"})
    door.power = nth
    door.meets()
    door.power = None
    assert settle([door], hub)
    assert door.token.token == "device0"


@pytest.mark.parametrize("nth", EFFECTS)
def test_a_refused_record_waits_or_is_known_to_be_refused_wherever_the_power_went(hub, door, nth):
    hub.refuses = {"bikes"}
    door.writes("bikes", **{"title.en": "Bike repair"})
    door.power = nth
    door.meets()
    assert door.store.waiting or door.status.refused == 1


@pytest.mark.parametrize("refuses", [{"bikes"}, set()])
def test_what_was_noted_of_refusals_is_in_a_backup_as_it_is_here(hub, door, refuses, tmp_path):
    hub.refuses = refuses
    door.writes("bikes", **{"title.en": "Bike repair"})
    door.meets()
    copy = door.store.backup(tmp_path / "copy.db")
    with open_store(copy) as found:
        assert len(found.note(REFUSED)) == len(refuses) == door.status.refused


@pytest.mark.parametrize("call", ["renew", "keep"])
def test_a_copy_that_loses_power_while_it_becomes_another_node_becomes_one(
    hub, door, call, monkeypatch
):
    copy = Device(hub, seed=1)
    copy.token.token = door.token.token
    node, cuts = copy.store.node, iter([PowerCutError])
    cut_before(monkeypatch, copy.store if call == "renew" else copy.token, call, cuts)
    assert settle([door, copy], hub)
    assert copy.store.node != node
    assert copy.token.token != door.token.token


def cut_before(monkeypatch, whose, call, cuts):
    """Pull the plug before a call to the disk, as often as there are cuts."""
    usual = getattr(whose, call)

    def cut(*args):
        if why := next(cuts, None):
            raise why
        return usual(*args)

    monkeypatch.setattr(whose, call, cut)
