"""Each hub gets a key for the cards printed at home: once, by the server alone, for doors alone."""

import pytest

from sync.merge import versions
from sync.server.card_keys import next_key, numbered_key
from tests.sync.server.village import HUB, OTHER


@pytest.fixture
def door(village):
    return village.door().house()


def key(door, hub=HUB):
    return door.catches_up().holds["hub", hub]["fields"].get("card_key")


def test_a_hub_has_a_key_as_soon_as_a_door_brought_its_record(village, door):
    assert len(key(door)) == 40
    assert key(village.door(node="0000bbbb")) == key(door)


def test_it_stays_whatever_comes_and_however_often_the_server_starts(village, door):
    first, seq = key(door), village.seq()
    village.service.sweep_all()
    assert village.seq() == seq
    door.asks(door.wrote("hub", HUB, name__en="Another name"))
    village.pass_(days=40)
    village.service.sweep_all()
    assert key(door) == first


def test_each_hub_has_its_own(village, door):
    village.add(OTHER)
    elsewhere = village.door(hub=OTHER, node="0000bbbb").house()
    assert key(elsewhere, OTHER) != key(door)


def test_a_hub_that_has_none_yet_is_given_one_by_the_day(village, door, monkeypatch):
    """As one whose record came before the server made keys."""
    monkeypatch.setattr("sync.server.commit.key_is_due", lambda *_: False)
    late = village.door(hub=village.add(OTHER), node="0000bbbb").house()
    assert not key(late, OTHER)
    monkeypatch.undo()
    village.service.sweep_all()
    assert key(late, OTHER)


def test_no_door_can_say_another(village, door):
    first = key(door)
    [refusal] = door.asks(door.wrote("hub", HUB, card_key="f" * 40)).refused
    assert (refusal.reason, refusal.fields) == ("proof", ("card_key",))
    assert key(village.door(node="0000bbbb")) == first
    assert "~" in versions(village.door().catches_up().holds["hub", HUB])["card_key"].stamp


def test_a_wall_never_hears_of_it(village, door):
    assert not key(village.door(node="0000dddd", role="wall"))


def test_a_server_restored_from_a_backup_makes_the_same_again(village):
    assert numbered_key(village.notary, HUB, 1) == numbered_key(village.notary, HUB, 1)


def test_keys_follow_each_other_and_a_strange_one_is_followed_by_the_first(village):
    notary = village.notary
    keys = [numbered_key(notary, HUB, number) for number in (1, 2, 3)]
    assert len(set(keys)) == 3
    assert [next_key(notary, HUB, one) for one in keys[:2]] == keys[1:]
    assert next_key(notary, HUB, "of another server") == keys[0]
