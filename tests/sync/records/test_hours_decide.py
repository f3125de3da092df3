"""Hours: what both sides say counts once, down to the floor, in the order of arrival."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.records.hours import Hours
from sync.records.hours_decide import (
    Books,
    agreed,
    decide,
    fund_of,
    is_minutes,
    settlements,
    state_of,
)
from sync.records.hub import Settings

HUB = "0199b1aa-0000-7000-8000-000000000001"
FUND = fund_of(HUB)


def books(*every, merged=None, recovering=False, **settings):
    return Books.of(HUB, Settings(**settings), every, merged, recovering=recovering)


def said(giver, receiver, *minutes, one="h1", other=(), **more):
    """Hours of which the giver says these minutes and the receiver the same, or ``other``."""
    ok = {str(m): 1 for m in minutes}
    hands = {"giver_hand": {giver: 1}, "receiver_hand": {receiver: 1}}
    theirs = {str(m): 1 for m in other or minutes}
    usual = {"id": one, "giver": giver, "receiver": receiver, "giver_ok": ok, "receiver_ok": theirs}
    return Hours(**(usual | hands | more))


def owes(person, minutes):
    """A person who took so much from the fund."""
    return Hours(id=f"fund {person}", giver=FUND, receiver=person, settled=minutes)


def settled(there):
    return [(one.id, fields["settled"]) for one, fields in settlements(there)]


@pytest.mark.acceptance(62, 70)
def test_e1_both_say_sixty_and_it_counts_once():
    there = books(said("ana", "luis", 60))
    [(one, fields)] = settlements(there)
    after = there.settling(one, fields["settled"])
    assert (after.balance("ana"), after.balance("luis")) == (60, -60)
    assert settled(after) == []


@pytest.mark.acceptance(70)
def test_e2_until_both_say_the_same_nothing_settles_and_of_several_the_lowest():
    apart = said("ana", "luis", 60, other=(90,))
    assert (settled(books(apart)), state_of(apart, books(apart))) == ([], "open")
    assert settled(books(said("ana", "luis", 60, other=(90, 60)))) == [("h1", 60)]
    assert settled(books(said("ana", "luis", 60, 45, 90, other=(90, 60)))) == [("h1", 60)]


@pytest.mark.acceptance(63, 70)
def test_e3_below_the_floor_they_wait_in_order_and_settle_when_there_is_room():
    luis = owes("luis", 570)
    second, first = (said("ana", "luis", 60, one=f"h{n}", arrived=n) for n in (2, 1))
    there = books(luis, second, first)
    assert settled(there) == []
    assert {state_of(one, there) for one in (first, second)} == {"waiting"}
    earned = said("luis", "eva", 120, one="h9", arrived=9)
    assert settled(books(luis, second, first, earned)) == [("h9", 120), ("h1", 60), ("h2", 60)]


def test_a_small_one_does_not_overtake_an_older_one_that_waits_for_the_same_balance():
    big, small = said("ana", "luis", 60, arrived=1), said("eva", "luis", 15, one="h2", arrived=2)
    assert settled(books(owes("luis", 570), big, small)) == []
    assert settled(books(owes("luis", 525), big, small)) == [("h1", 60), ("h2", 15)]


def test_one_balance_at_its_floor_holds_up_nobody_elses():
    there = books(owes("luis", 600), said("ana", "luis", 60), said("ana", "eva", 60, one="h2", arrived=2))  # fmt: skip
    assert settled(there) == [("h2", 60)]


@pytest.mark.acceptance(64)
@pytest.mark.parametrize(
    "alone",
    [
        said("ana", "ana", 60),
        said("ana", "luis", 60, receiver_hand={"ana": 1}),
        said("ana", "luis", 60, giver_hand={"ines": 1}, receiver_hand={"ines": 1}),
        said("ana", "luis", 60, giver_hand={"luis": 1}),
    ],
)
def test_what_one_hand_said_for_both_sides_never_settles(alone):
    assert settled(books(alone)) == []


@pytest.mark.acceptance(64)
def test_two_records_of_one_person_are_not_two_sides():
    assert settled(books(said("ana", "anna", 60), merged={"anna": "ana"})) == []


def test_refused_before_it_is_settled_it_never_counts_and_afterwards_it_does():
    assert settled(books(said("ana", "luis", 60, refused=1))) == []
    assert books(said("ana", "luis", 60, refused=1, settled=60)).balance("ana") == 60


def test_whoever_gives_to_the_fund_needs_nobodys_yes():
    assert settled(books(said(FUND, "luis", 60, giver_ok={}))) == [("h1", 60)]


@pytest.mark.parametrize(
    ("voices", "counts"),
    [({}, 0), ({"ines": 1}, 0), ({"ines": 1, "ana": 1}, 0), ({"ines": 1, "eva": 1}, 60)],
)
def test_the_fund_gives_with_the_yes_of_two_volunteers_neither_of_them_who_is_given(voices, counts):
    given_by_fund = said("ana", FUND, 60, receiver_ok={}, fund_ok=voices)
    assert agreed(given_by_fund, books(given_by_fund)) == counts


def test_the_fund_has_a_floor_of_its_own():
    yes = {"receiver_ok": {}, "fund_ok": {"ines": 1, "eva": 1}}
    spent = Hours(id="h0", giver="luis", receiver=FUND, settled=2_970)
    assert settled(books(spent, said("ana", FUND, 45, **yes))) == []
    assert settled(books(spent, said("ana", FUND, 30, **yes))) == [("h1", 30)]


def test_a_restored_hub_settles_nothing_and_what_was_settled_stays():
    there = books(said("ana", "luis", 60), recovering=True)
    assert settled(there) == []
    assert decide(said("ana", "luis", 60, settled=60), books()) == {}


@pytest.mark.parametrize("minutes", [0, -15, 7, 14, 495, 100_000])
def test_only_quarter_hours_up_to_eight_count(minutes):
    assert not is_minutes(minutes)
    assert settled(books(said("ana", "luis", minutes))) == []


def test_a_yes_that_is_none_counts_for_nothing():
    no = {"60": 0}
    assert settled(books(said("ana", "luis", giver_ok=no, receiver_ok=no))) == []
    voices = {"receiver_ok": {}, "fund_ok": {"ines": 0, "eva": 1}}
    assert settled(books(said("ana", FUND, 60, **voices))) == []
    for hands in ({"giver_hand": {"ana": 1, "luis": 0}}, {"receiver_hand": {"luis": 1, "ana": 0}}):
        assert settled(books(said("ana", "luis", 60, **hands))) == [("h1", 60)]


@pytest.mark.parametrize(("giver", "receiver"), [("", "luis"), ("ana", ""), ("", "")])
def test_hours_without_one_of_the_two_settle_nothing(giver, receiver):
    hands = {"giver_hand": {"ana": 1}, "receiver_hand": {"luis": 1}}
    assert settled(books(said(giver, receiver, 60, **hands))) == []


@pytest.mark.parametrize(
    "one",
    [
        said("ana", "luis", 60, receiver_ok={}),
        said(FUND, "luis", giver_ok={}, receiver_ok={}),
        said("ana", FUND, giver_ok={}, fund_ok={"ines": 1, "eva": 1}),
    ],
)
def test_where_nobody_names_minutes_none_are_agreed_on(one):
    assert agreed(one, books(one)) == 0
    assert state_of(one, books(one)) == "open"


def test_books_opened_plainly_are_of_one_person_a_name_and_settle():
    there = Books.of(HUB, Settings(), [said("ana", "luis", 60)])
    assert settled(there) == [("h1", 60)]
    assert there.balance("nobody") == 0


def test_what_was_counted_for_either_record_of_a_person_is_one_balance():
    gave = said("anna", "luis", 60, settled=60)
    took = said("luis", "anna", 15, one="h2", settled=15)
    there = books(gave, took, merged={"anna": "ana"})
    assert (there.balance("ana"), there.balance("anna"), there.balance("luis")) == (45, 45, -45)
    assert state_of(gave, there) == "settled"


@pytest.mark.parametrize("key", ["", "six", "6²", "６０", "60 ", "-60"])
def test_what_is_no_number_counts_for_nothing(key):
    one = said("ana", "luis", giver_ok={key: 1}, receiver_ok={key: 1})
    assert settled(books(one)) == []


PEOPLE = st.sampled_from(["ana", "luis", "eva", "ines", FUND])
A_RECORD = st.tuples(PEOPLE, PEOPLE, st.sampled_from([15, 60, 240, 480]), st.booleans())


@pytest.mark.acceptance(62, 70)
@given(rows=st.lists(A_RECORD, max_size=12))
def test_e4_balances_sum_to_nothing_and_none_falls_below_its_floor(rows):
    every = [
        said(giver, receiver, minutes, one=f"h{n}", arrived=n, refused=int(refused))
        for n, (giver, receiver, minutes, refused) in enumerate(rows, 1)
    ]
    there, counted = books(*every), []
    for one, fields in settlements(there):
        there = there.settling(one, fields["settled"])
        counted.append(one.id)
        assert there.balance(there.who(one.receiver)) >= there.floor(one.receiver)
    assert sum(there.balances.values()) == 0
    assert len(counted) == len(set(counted))


@pytest.mark.acceptance(62)
def test_the_order_in_which_records_lie_changes_nothing():
    every = [said("ana", "luis", 480, one=f"h{n}", arrived=n) for n in (1, 2, 3)]
    assert {tuple(settled(books(*some))) for some in permutations(every)} == {(("h1", 480),)}
