"""PINs and own codes: right, wrong, paused, changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from kiosk.hub.actor import KNOWN, VOLUNTEER, Actor
from kiosk.hub.codes import (
    BadCode,
    CheckCode,
    NoCode,
    Paused,
    SetCode,
    check_code,
    set_code,
)
from kiosk.hub.errors import NotKnown, TooLow
from kiosk.hub.people import MergePeople, find, merge_people
from tests.kiosk.hub.house import House, at, id_of, person, the_hub

VERA, ANA = "Vera Soto", "Ana Guerra"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
NOW = at("10:00")
AS_VERA = Actor(VOLUNTEER, id_of(VERA))


@pytest.fixture
def vera(hub):
    """A volunteer with the PIN 1200, who also has her own code 7777; codes are on."""
    codes = {"pin_hash": QUICK.hash("1200"), "code_hash": QUICK.hash("7777")}
    return hub.has(the_hub(settings={"own_code": True}), person(VERA, kind="volunteer", **codes))


def tries(hub, *typed, now=NOW, sort="pin"):
    return [hub.do(check_code, CheckCode(id_of(VERA), one, sort), now) for one in typed]


def test_a_volunteers_pin_lets_them_act_as_one(vera):
    assert tries(vera, "1200")[0].by == Actor(VOLUNTEER, id_of(VERA))


def test_an_own_code_makes_somebody_known(vera):
    assert tries(vera, "7777", sort="code")[0].by == Actor(KNOWN, id_of(VERA))


def opens(hub):
    """Whether the door has a volunteer who is found by her letters and let in by her PIN."""
    (tile,) = find(hub.snapshot, "vera", NOW, volunteers=True).tiles
    return hub.do(check_code, CheckCode(tile.person, "1200"), NOW).by.level == VOLUNTEER


def test_a_volunteer_of_two_records_goes_on_as_one_whichever_was_merged_into_which(vera):
    vera.has(person("Vera S"))
    vera.do(merge_people, MergePeople(id_of(VERA), id_of("Vera S"), AS_VERA), NOW)
    assert vera.snapshot.who(id_of("Vera S")) == id_of(VERA)
    assert opens(vera)


def test_a_volunteer_whose_records_stand_for_others_goes_on_as_one(vera):
    vera.has(person("Vera S"), person("V", merged_into=id_of("Vera S")))
    vera.do(merge_people, MergePeople(id_of(VERA), id_of("V"), AS_VERA), NOW)
    assert {vera.snapshot.who(id_of(one)) for one in (VERA, "Vera S", "V")} == {id_of(VERA)}
    assert opens(vera)


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "volunteer", "pin_hash": QUICK.hash("1200")},  # she has a PIN there too
        {"pin_hash": QUICK.hash("1200")},  # a PIN that makes nobody a volunteer
    ],
)
def test_who_is_a_volunteer_by_the_record_that_stays_is_merged_as_it_was_said(hub, fields):
    stays = {"kind": "volunteer", "pin_hash": QUICK.hash("1200")}
    hub.has(person("Vera S", **fields), person(VERA, **stays))
    hub.do(merge_people, MergePeople(id_of("Vera S"), id_of(VERA), AS_VERA), NOW)
    assert hub.snapshot.who(id_of("Vera S")) == id_of(VERA)
    assert opens(hub)


def test_a_record_that_counts_as_another_already_is_merged_as_it_was_said(hub):
    pin = {"kind": "volunteer", "pin_hash": QUICK.hash("1200")}
    hub.has(person(VERA, merged_into=id_of("Vera S"), **pin), person("Vera S"), person(ANA))
    hub.do(merge_people, MergePeople(id_of(VERA), id_of(ANA), AS_VERA), NOW)
    assert hub.snapshot.who(id_of(VERA)) == id_of(ANA)


def test_who_is_no_volunteer_any_more_is_not_one_by_pin(vera):
    vera.has(person(VERA, kind="member", pin_hash=QUICK.hash("1200")), since=at("09:00"))
    assert tries(vera, "1200")[0].by.level == KNOWN


@pytest.mark.parametrize("typed", ["", "1201", "12000", "１２００", "\ud800"])
def test_a_wrong_one_is_wrong(vera, typed):
    answer = tries(vera, typed)[0]
    assert (answer.right, answer.by.level, answer.tries_left) == (False, 0, 4)


@pytest.mark.acceptance(54)
def test_the_fifth_wrong_one_pauses_that_name_for_five_minutes(vera):
    answers = tries(vera, *["0000"] * 5)
    assert [one.tries_left for one in answers] == [4, 3, 2, 1, 0]
    with pytest.raises(Paused) as paused:
        tries(vera, "1200", now=at("10:04:59"))
    assert paused.value.until == at("10:05")
    assert tries(vera, "1200", now=at("10:05"))[0].right


@pytest.mark.acceptance(54)
def test_a_restart_forgets_no_wrong_one(vera):
    tries(vera, *["0000"] * 5)
    again = House()
    again.tables, again.notes = vera.tables, dict(vera.notes)
    with pytest.raises(Paused):
        tries(again, "1200", now=at("10:01"))


@pytest.mark.acceptance(54)
def test_others_are_not_paused(vera):
    vera.has(person(ANA, pin_hash=QUICK.hash("4321")))
    tries(vera, *["0000"] * 5)
    assert vera.do(check_code, CheckCode(id_of(ANA), "4321"), NOW).right


def test_wrong_ones_of_both_sorts_count_together(vera):
    tries(vera, "0000", "0000", "0000")
    tries(vera, "0000", "0000", sort="code")
    with pytest.raises(Paused):
        tries(vera, "1200")


def test_a_right_one_forgives_the_wrong_ones_before(vera):
    tries(vera, "0000", "0000", "0000", "0000", "1200")
    assert tries(vera, "0000")[0].tries_left == 4


def test_after_the_pause_five_more_are_free(vera):
    tries(vera, *["0000"] * 5)
    assert tries(vera, "0000", now=at("10:05"))[0].tries_left == 4


def test_a_clock_that_went_back_pauses_nobody_for_years(vera):
    tries(vera, *["0000"] * 5, now=NOW + timedelta(days=900))
    assert tries(vera, "1200")[0].right


@pytest.mark.parametrize("note", ["nonsense", {"wrong": "x"}, {}, None])
def test_a_note_that_cannot_be_read_counts_as_none(vera, note):
    vera.notes[f"tries {id_of(VERA)}"] = note
    assert tries(vera, "0000")[0].tries_left == 4


def test_what_is_kept_of_a_wrong_try_holds_no_code(vera):
    tries(vera, "0000")
    assert "0000" not in str({k.removesuffix(id_of(VERA)): v for k, v in vera.notes.items()})


def test_a_code_where_there_is_none_is_refused(vera):
    vera.has(person(ANA))
    for ask in (CheckCode(id_of(ANA), "1200"), CheckCode(id_of(ANA), "1200", "code")):
        with pytest.raises(NoCode):
            vera.do(check_code, ask, NOW)


def test_own_codes_are_off_at_first(hub):
    hub.has(person(VERA, code_hash=QUICK.hash("7777")))
    with pytest.raises(NoCode):
        tries(hub, "7777", sort="code")


def test_nobody_has_no_code(hub):
    with pytest.raises(NotKnown):
        tries(hub, "1200")


def test_a_hash_that_is_none_opens_nothing(hub):
    hub.has(person(VERA, pin_hash="not a hash"))
    assert not tries(hub, "1200")[0].right


def test_a_code_is_kept_as_argon2id_and_works(vera):
    by = Actor(KNOWN, id_of(VERA))
    vera.do(set_code, SetCode(id_of(VERA), "2468", "code", by), NOW)
    assert vera.snapshot.person(id_of(VERA)).code_hash.startswith("$argon2id$")
    assert tries(vera, "2468", sort="code")[0].right


def test_a_pin_is_a_volunteers_and_may_be_taken_away(vera):
    with pytest.raises(TooLow):
        vera.do(set_code, SetCode(id_of(VERA), "246802", by=Actor(KNOWN, id_of(VERA))), NOW)
    vera.do(set_code, SetCode(id_of(VERA), "246802", by=Actor(VOLUNTEER, "")), NOW)
    assert tries(vera, "246802")[0].right
    vera.do(set_code, SetCode(id_of(VERA), "", by=Actor(VOLUNTEER, "")), NOW)
    with pytest.raises(NoCode):
        tries(vera, "246802")


@pytest.mark.parametrize(
    ("typed", "sort"),
    [
        ("12345", "pin"),
        ("1234567", "pin"),
        ("12a456", "pin"),
        ("12345", "code"),
        ("１２３４", "code"),
    ],
)
def test_a_code_is_a_few_digits(vera, typed, sort):
    with pytest.raises(BadCode) as refused:
        vera.do(set_code, SetCode(id_of(VERA), typed, sort, Actor(VOLUNTEER, "")), NOW)
    assert refused.value.digits == {"pin": 6, "code": 4}[sort]


def test_nobody_sets_the_code_of_another(vera):
    with pytest.raises(TooLow):
        vera.do(set_code, SetCode(id_of(VERA), "2468", "code", Actor(KNOWN, id_of(ANA))), NOW)
