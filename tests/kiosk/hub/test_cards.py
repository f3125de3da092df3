"""Cards: given, taken, lost, found again; of one that is unknown nothing is kept."""

from __future__ import annotations

import hmac

import pytest

from kiosk.hub.actor import Actor
from kiosk.hub.cards import (
    CardTaken,
    LinkCard,
    LostCard,
    ReportLost,
    UnknownCard,
    cards_of,
    holder,
    link_card,
    lost_cards_seen,
    report_lost,
    uid_hash,
)
from kiosk.hub.errors import NotKnown, TooLow
from sync.records.card import Card
from tests.kiosk.hub.house import K2, House, at, id_of, person, visit

ANA, LUIS = "Ana Guerra", "Luis Ortega"
CARD = uid_hash(b"key", "04B39E62072BD4")
SELF, VOLUNTEER = Actor(2, id_of(ANA)), Actor(3, id_of("Vera"))
NOW = at("10:00")


@pytest.fixture
def two(hub):
    """Two people and no card."""
    return hub.has(person(ANA), person(LUIS))


def link(who: str = ANA, by: Actor = VOLUNTEER) -> LinkCard:
    return LinkCard(CARD, id_of(who), by)


def test_what_is_kept_of_a_card_depends_on_the_hubs_key():
    assert uid_hash(b"key", "04 b3 9e") == uid_hash(b"key", "04B39E\n")
    assert uid_hash(b"key", "04B39E") != uid_hash(b"other", "04B39E")
    assert "04B39E" not in uid_hash(b"key", "04B39E").upper()


def test_a_card_given_out_by_the_first_version_is_known_for_ever():
    kept = hmac.new(b"key", b"04B39E", "sha256").hexdigest()
    assert uid_hash(b"key", "04b39e") == kept
    assert uid_hash(b"key", "04B39F") != kept
    assert uid_hash(b"key", "\ud800") == uid_hash(b"key", "?")


def test_a_linked_card_is_its_holders(two):
    two.do(link_card, link(), NOW)
    assert holder(two.snapshot, CARD).id == id_of(ANA)
    assert len(cards_of(two.snapshot, id_of(ANA))) == 1


def test_a_person_with_their_code_may_link_a_card_themselves(two):
    two.do(link_card, link(by=SELF), NOW)
    assert holder(two.snapshot, CARD).id == id_of(ANA)


@pytest.mark.parametrize("by", [Actor(2, id_of(LUIS)), Actor(1, id_of(ANA)), Actor()])
def test_nobody_else_may(two, by):
    with pytest.raises(TooLow):
        two.do(link_card, link(by=by), NOW)
    with pytest.raises(TooLow):
        two.do(report_lost, ReportLost(id_of(ANA), by=by), NOW)


def test_a_card_is_not_given_to_nobody(two):
    with pytest.raises(NotKnown):
        two.do(link_card, link("Nobody"), NOW)


def test_linking_a_card_again_changes_nothing(two):
    first = two.do(link_card, link(), NOW)
    again = two.ask(link_card, link(), NOW)
    assert (again.acts, again.result) == ((), first)


def test_a_card_is_not_given_to_a_second_person(two):
    two.do(link_card, link(), NOW)
    with pytest.raises(CardTaken):
        two.do(link_card, link(LUIS), NOW)


def test_the_card_of_somebody_forgotten_may_be_given_again(two):
    two.has(Card(id=id_of("c"), uid_hash=CARD, person=id_of("Nobody")))
    two.do(link_card, link(), NOW)
    assert holder(two.snapshot, CARD).id == id_of(ANA)


@pytest.mark.acceptance(53)
def test_a_lost_card_opens_nothing(two):
    two.do(link_card, link(), NOW)
    assert two.do(report_lost, ReportLost(id_of(ANA), by=SELF), NOW) == 1
    with pytest.raises(LostCard):
        holder(two.snapshot, CARD)
    assert not cards_of(two.snapshot, id_of(ANA))


def test_a_card_found_again_is_a_new_issue_and_may_be_anothers(two):
    two.do(link_card, link(), NOW)
    two.do(report_lost, ReportLost(id_of(ANA), CARD, SELF), NOW)
    two.do(link_card, link(LUIS), NOW)
    assert holder(two.snapshot, CARD).id == id_of(LUIS)
    assert {card.issue for card in two.snapshot.cards(CARD)} == {1, 2}


@pytest.mark.parametrize("hashed", ["", uid_hash(b"key", "another")])
def test_nothing_is_lost_where_there_is_no_such_card(two, hashed):
    two.do(link_card, link(LUIS), NOW)
    with pytest.raises(NotKnown):
        two.do(report_lost, ReportLost(id_of(ANA), hashed, SELF), NOW)


def test_a_card_nobody_ever_had_is_unknown(two):
    with pytest.raises(UnknownCard):
        holder(two.snapshot, CARD)


def test_a_card_linked_at_two_kiosks_to_two_people_has_one_holder():
    k1, k2 = House(), House(K2)
    for one in (k1, k2):
        one.has(person(ANA), person(LUIS))
    k1.do(link_card, link(), at("10:00"))
    k2.do(link_card, link(LUIS), at("10:05"))
    k1.meets(k2)
    assert {holder(one.snapshot, CARD).id for one in (k1, k2)} == {id_of(ANA)}


@pytest.mark.acceptance(53)
@pytest.mark.parametrize(
    ("fields", "flagged"),
    [
        ({"lost": 1, "lost_at": at("09:00")}, True),
        ({"lost": 1, "lost_at": at("10:30")}, False),
        ({"lost": 1}, False),
        ({}, False),
    ],
)
def test_a_visit_by_a_card_reported_lost_before_is_flagged(hub, fields, flagged):
    hub.has(person(ANA), Card(id=id_of("c"), uid_hash=CARD, person=id_of(ANA), **fields))
    hub.has(visit(ANA, "10:00", card=id_of("c")), visit("", "10:00"))
    assert bool(lost_cards_seen(hub.snapshot, VOLUNTEER)) is flagged


def test_a_card_printed_at_home_opens_the_door_before_its_record_came(two):
    assert holder(two.snapshot, CARD, id_of(ANA)).id == id_of(ANA)


def test_a_card_printed_at_home_that_is_lost_opens_nothing(two):
    two.do(link_card, link(), NOW)
    two.do(report_lost, ReportLost(id_of(ANA), by=VOLUNTEER), NOW)
    with pytest.raises(LostCard):
        holder(two.snapshot, CARD, id_of(ANA))


def test_a_signature_for_somebody_who_was_forgotten_opens_nothing(two):
    with pytest.raises(UnknownCard):
        holder(two.snapshot, CARD, id_of("Nobody at all"))


def test_whose_card_it_is_by_its_record_counts_more_than_what_it_says_itself(two):
    two.do(link_card, link(LUIS), NOW)
    assert holder(two.snapshot, CARD, id_of(ANA)).id == id_of(LUIS)
