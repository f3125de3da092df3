"""Each door gets a name and a colour of its own in the hub's record, by the server's word."""

import pytest

from sync.merge import versions
from sync.server.devices import revoke
from sync.server.exchange import About
from tests.sync.server.village import HUB


def said(village, door):
    fields = door.catches_up().holds["hub", HUB]["fields"]
    named = {name: value for name, value in fields.items() if name.startswith("kiosks.")}
    return {name.removeprefix("kiosks."): value for name, value in named.items() if value}


@pytest.fixture
def k1(village):
    return village.door().house()


def test_the_first_door_is_named_when_it_brings_the_hub(village, k1):
    assert said(village, k1) == {"0000aaaa": {"name": "0000aaaa", "colour": "blue"}}


def test_a_second_one_is_named_by_its_first_exchange_and_both_hear_of_it(village, k1):
    k2 = village.door(node="0000bbbb")
    k2.asks(about=About(node="0000bbbb", colour="blue"))
    colours = {node: facts["colour"] for node, facts in said(village, k1).items()}
    assert colours == {"0000aaaa": "blue", "0000bbbb": "green"}
    assert said(village, k2) == said(village, k1)


def test_a_wish_counts_where_nobody_has_that_colour(village, k1):
    k2 = village.door(node="0000bbbb")
    k2.asks(about=About(node="0000bbbb", colour="teal"))
    assert said(village, k1)["0000bbbb"]["colour"] == "teal"


def test_a_copy_has_a_colour_of_its_own_as_soon_as_it_has_a_node(village, k1):
    k1.node = "0000cccc"
    k1.asks()
    colours = [facts["colour"] for facts in said(village, k1).values()]
    assert len(colours) == len(set(colours))
    assert "0000cccc" in said(village, k1)


def test_paired_anew_it_keeps_what_it_had(village, k1):
    before = said(village, k1)
    with village.database.writing() as connection:
        revoke(connection, HUB, k1.who.device, village.ms)
    again = village.door()
    assert said(village, again) == before


def test_who_is_shut_out_is_no_kiosk_of_the_hub_from_the_next_look_on(village, k1):
    k2 = village.door(node="0000bbbb")
    k2.asks()
    with village.database.writing() as connection:
        revoke(connection, HUB, k2.who.device, village.ms)
    village.service.sweep_all()
    assert said(village, k1).keys() == {"0000aaaa"}


def test_a_wall_is_given_none(village, k1):
    village.door(node="0000dddd", role="wall").asks()
    village.service.sweep_all()
    assert said(village, k1).keys() == {"0000aaaa"}


def test_what_a_kiosk_says_of_itself_is_refused(village, k1):
    facts = {"name": "Mine", "colour": "green"}
    [refusal] = k1.asks(k1.wrote("hub", HUB, kiosks__0000aaaa=facts)).refused
    assert (refusal.reason, refusal.fields) == ("proof", ("kiosks.0000aaaa",))
    assert said(village, k1)["0000aaaa"]["colour"] == "blue"


def test_with_nothing_new_to_say_no_commit_is_made(village, k1):
    k1.catches_up()
    before = village.seq()
    k1.asks()
    village.service.sweep_all()
    assert village.seq() == before
    proof = versions(k1.holds["hub", HUB])["kiosks.0000aaaa"]
    assert proof.rule == "L"
    assert "~" in proof.stamp
