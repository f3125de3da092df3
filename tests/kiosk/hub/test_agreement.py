"""The house agreement: which is in force, who is asked, and how often."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.hub.actor import Actor
from kiosk.hub.agreement import NewAgreement, doubtful, due, in_force, new_agreement
from kiosk.hub.cards import uid_hash
from kiosk.hub.errors import TooLow
from kiosk.hub.presence import is_present
from kiosk.hub.sign_in import (
    AgreementDue,
    ComeByTile,
    ComeTogether,
    ComeVisiting,
    JustNow,
    SignedIn,
    TapCard,
    come_by_tile,
    come_together,
    come_visiting,
    tap_card,
)
from kiosk.hub.sign_out import SignedOut
from kiosk.hub.typed import TextMissing
from sync.ids import pair_id
from sync.records.acceptance import Acceptance
from sync.records.agreement import Agreement
from sync.records.base import Withdrawn
from sync.records.card import Card
from tests.kiosk.hub.house import HUB_ID, at, day, id_of, person

ANA = "Ana Guerra"
CARD = uid_hash(b"key", "04B39E62072BD4")
VOLUNTEER = Actor(3, id_of("Vera"))
NOW = at("10:00")


def version(number: int, since: int | None, **fields) -> Agreement:
    usual = {
        "id": id_of(f"agreement {number}"),
        "version": number,
        "since": since if since is None else day(since),
    }
    return Agreement(**(usual | fields))


@pytest.fixture
def agreed(hub):
    """A hub with an agreement that Ana has not been asked about."""
    known = Card(id=id_of("c"), uid_hash=CARD, person=id_of(ANA))
    return hub.has(person(ANA), known, version(1, -400))


def test_the_highest_version_whose_day_has_come_is_in_force(hub):
    hub.has(version(1, -400), version(2, 0), version(3, 1))
    assert in_force(hub.snapshot, NOW).version == 2
    assert in_force(hub.snapshot, at("10:00", 1)).version == 3


def test_where_there_is_none_nobody_is_asked(hub):
    hub.has(version(1, 1), version(2, None), version(3, -1, withdrawn=Withdrawn("", NOW)))
    assert in_force(hub.snapshot, NOW) is None
    assert due(hub.snapshot, id_of(ANA), NOW) is None


def test_of_two_with_one_number_the_later_counts_and_volunteers_are_told(hub):
    hub.has(version(2, -3, id=id_of("a")), version(2, -1, id=id_of("b")), version(1, -400))
    assert in_force(hub.snapshot, NOW).id == id_of("b")
    assert [one.id for one in doubtful(hub.snapshot, NOW)] == [id_of("a"), id_of("b")]


def test_of_two_of_one_day_the_higher_id_counts(hub):
    hub.has(version(2, -1, id=id_of("a")), version(2, -1, id=id_of("b")))
    assert in_force(hub.snapshot, NOW).id == max(id_of("a"), id_of("b"))


def test_with_one_in_force_nothing_is_doubtful(hub):
    assert doubtful(hub.snapshot, NOW) == ()
    hub.has(version(1, -400), version(2, -1))
    assert doubtful(hub.snapshot, NOW) == ()


def test_a_yes_signs_in_and_is_kept(agreed):
    said = agreed.do(come_by_tile, ComeByTile(id_of(ANA), said="yes"), NOW)
    yes = next(iter(agreed.snapshot.all(Acceptance)))
    assert isinstance(said, SignedIn)
    assert (yes.person, yes.agreement, yes.at) == (id_of(ANA), id_of("agreement 1"), NOW)


@pytest.mark.acceptance(51)
def test_who_said_yes_is_not_asked_again(agreed):
    agreed.do(tap_card, TapCard(CARD, said="yes"), NOW)
    agreed.do(tap_card, TapCard(CARD), at("12:00"))
    assert isinstance(agreed.do(tap_card, TapCard(CARD), at("10:00", 1)), SignedIn)


@pytest.mark.acceptance(51)
def test_who_said_yes_at_one_kiosk_is_not_asked_at_the_other(agreed, elsewhere):
    agreed.do(come_by_tile, ComeByTile(id_of(ANA), said="yes"), NOW)
    agreed.meets(elsewhere)
    assert due(elsewhere.snapshot, id_of(ANA), NOW) is None


@pytest.mark.acceptance(4, 51)
def test_a_yes_at_both_kiosks_is_one_yes(agreed, elsewhere):
    agreed.meets(elsewhere)
    for one in (agreed, elsewhere):
        one.do(come_by_tile, ComeByTile(id_of(ANA), said="yes"), NOW)
    agreed.meets(elsewhere)
    assert len(list(agreed.snapshot.all(Acceptance))) == 1


@pytest.mark.acceptance(51)
def test_a_new_version_is_asked_about_once_more(agreed):
    agreed.do(come_by_tile, ComeByTile(id_of(ANA), said="yes"), NOW)
    agreed.has(version(2, 1))
    assert due(agreed.snapshot, id_of(ANA), at("10:00", 1)).version == 2


def test_not_now_signs_in_as_a_visitor_and_asks_again(agreed):
    said = agreed.do(tap_card, TapCard(CARD, said="not_now"), NOW)
    assert agreed.snapshot.visit(said.visit).how == "visitor"
    assert is_present(agreed.snapshot, id_of(ANA), NOW)
    assert isinstance(agreed.do(tap_card, TapCard(CARD), NOW + timedelta(seconds=30)), JustNow)
    assert isinstance(agreed.do(tap_card, TapCard(CARD), at("12:00")), SignedOut)
    assert isinstance(agreed.do(tap_card, TapCard(CARD), at("13:00")), AgreementDue)


def test_a_yes_by_another_record_of_the_same_person_counts(agreed):
    agreed.has(person("Anna Guera"))
    agreed.do(come_by_tile, ComeByTile(id_of("Anna Guera"), said="yes"), NOW)
    agreed.has(person("Anna Guera", merged_into=id_of(ANA)))
    assert due(agreed.snapshot, id_of(ANA), NOW) is None


def test_the_yes_of_a_group_is_kept_with_its_visit_only(agreed):
    said = agreed.do(come_together, ComeTogether(2, 3, said="yes"), NOW)
    assert agreed.snapshot.visit(said.visit).agreed == id_of("agreement 1")
    assert not list(agreed.snapshot.all(Acceptance))


@pytest.mark.parametrize("said", ["", "not_now"])
def test_a_visitor_who_did_not_say_yes_comes_in_all_the_same(agreed, said):
    came = agreed.do(come_visiting, ComeVisiting(said=said), NOW)
    assert agreed.snapshot.visit(came.visit).agreed == ""


def test_a_yes_to_no_agreement_is_none(hub):
    came = hub.do(come_visiting, ComeVisiting(said="yes"), NOW)
    assert hub.snapshot.visit(came.visit).agreed == ""


def test_a_volunteer_writes_the_next_version(agreed):
    ask = NewAgreement({"en": " Be kind. ", "es": ""}, day(3), VOLUNTEER)
    made = agreed.do(new_agreement, ask, NOW)
    kept = agreed.snapshot.get(Agreement, made)
    assert (kept.version, kept.text, kept.since) == (2, {"en": "Be kind."}, day(3))


def test_the_first_version_is_one(hub):
    made = hub.do(new_agreement, NewAgreement({"en": "Be kind."}, day(), VOLUNTEER), NOW)
    assert hub.snapshot.get(Agreement, made).version == 1


def test_an_agreement_takes_a_volunteer_and_words(hub):
    with pytest.raises(TooLow):
        hub.do(new_agreement, NewAgreement({"en": "Be kind."}, day(), Actor(2)), NOW)
    with pytest.raises(TextMissing):
        hub.do(new_agreement, NewAgreement({"en": " "}, day(), VOLUNTEER), NOW)


@pytest.mark.parametrize("ask", [ComeVisiting("looking", said="yes"), ComeTogether(2, said="yes")])
def test_a_visit_without_a_name_says_which_agreement_was_accepted(agreed, ask):
    use_case = come_visiting if isinstance(ask, ComeVisiting) else come_together
    said_yes = agreed.do(use_case, ask, NOW)
    assert agreed.snapshot.visit(said_yes.visit).agreed == version(1, 0).id
    said_no = agreed.do(use_case, replace(ask, said="not_now"), NOW)
    assert agreed.snapshot.visit(said_no.visit).agreed == ""


def test_the_id_of_a_yes_is_of_the_person_and_the_agreement(agreed):
    agreed.do(come_by_tile, ComeByTile(id_of(ANA), said="yes"), NOW)
    (yes,) = agreed.snapshot.all(Acceptance)
    assert yes.id == pair_id(HUB_ID, "acceptance", id_of(ANA), version(1, 0).id)
