"""Hours at a kiosk: what can be said, by whom, and how it stands until the server has settled it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.hub.actor import KNOWN, VOLUNTEER, Actor
from kiosk.hub.errors import NotKnown, TooLow
from kiosk.hub.forget_person import ForgetPerson, forget_person
from kiosk.hub.hours import (
    BothSides,
    ConfirmHours,
    EnterHours,
    NotTheirs,
    OddMinutes,
    OfHours,
    books_of,
    confirm_hours,
    enter_hours,
    grant_hours,
    hours_now,
    refuse_hours,
    the_hours,
)
from kiosk.hub.retention import what_goes
from sync.records.hours import Hours
from sync.records.hours_decide import fund_of
from tests.kiosk.hub.house import HUB_ID, K2, TODAY, House, at, id_of, person

ANA, LUIS, EVA, INES = (id_of(name) for name in ("Ana", "Luis", "Eva", "Inés"))
FUND = fund_of(HUB_ID)
TEN = at("10:00")


def by(who, helper="", level=KNOWN):
    return Actor(level, who, entered_by=helper)


@pytest.fixture
def hub():
    return House().has(*(person(name) for name in ("Ana", "Luis", "Eva", "Inés")))


@pytest.fixture
def entered(hub):
    return hub.do(enter_hours, EnterHours(ANA, LUIS, 60, by(ANA), "Bike"), TEN)


def now(hub, hours):
    return hours_now(hub.snapshot, the_hours(hub.snapshot, hours))


def test_what_one_says_waits_for_the_other(hub, entered):
    assert (now(hub, entered).state, now(hub, entered).minutes) == ("open", (60,))
    hub.do(confirm_hours, ConfirmHours(entered, 45, by(LUIS)), TEN)
    assert (now(hub, entered).state, now(hub, entered).minutes) == ("open", (60, 45))
    hub.do(confirm_hours, ConfirmHours(entered, 60, by(LUIS)), TEN)
    assert now(hub, entered).state == "waiting"
    assert books_of(hub.snapshot).balance(ANA) == 0


@pytest.mark.acceptance(4, 70)
def test_e1_entered_at_two_kiosks_it_is_one_record(hub):
    elsewhere = House(K2)
    hub.meets(elsewhere)
    one = hub.do(enter_hours, EnterHours(ANA, LUIS, 60, by(ANA)), TEN)
    other = elsewhere.do(enter_hours, EnterHours(ANA, LUIS, 60, by(LUIS)), TEN)
    hub.meets(elsewhere)
    assert one == other
    assert now(hub, one).state == now(elsewhere, one).state == "waiting"


def test_a_second_hour_of_the_same_day_is_another_record(hub, entered):
    again = hub.do(enter_hours, EnterHours(ANA, LUIS, 60, by(ANA)), TEN)
    assert again != entered
    assert the_hours(hub.snapshot, again).n == 2


@pytest.mark.acceptance(64, 70)
def test_e5_nobody_enters_both_sides(hub, entered):
    refused = [
        (enter_hours, EnterHours(ANA, ANA, 60, by(ANA))),
        (enter_hours, EnterHours(ANA, LUIS, 60, by(ANA, helper=LUIS))),
        (confirm_hours, ConfirmHours(entered, 60, by(LUIS, helper=ANA))),
    ]
    for use_case, ask in refused:
        with pytest.raises(BothSides):
            hub.ask(use_case, ask, TEN)


@pytest.mark.acceptance(11, 64, 70)
def test_e5_a_helper_speaks_for_one_side_only(hub):
    hours = hub.do(enter_hours, EnterHours(ANA, LUIS, 60, by(ANA, helper=INES)), TEN)
    assert the_hours(hub.snapshot, hours).entered_by == INES
    with pytest.raises(BothSides):
        hub.ask(confirm_hours, ConfirmHours(hours, 60, by(LUIS, helper=INES)), TEN)
    hub.do(confirm_hours, ConfirmHours(hours, 60, by(LUIS, helper=EVA)), TEN)
    assert now(hub, hours).state == "waiting"


def test_a_stranger_to_it_a_name_without_a_card_and_odd_minutes_are_refused(hub, entered):
    for ask, why in [
        (ConfirmHours(entered, 60, by(EVA)), NotTheirs),
        (ConfirmHours(entered, 60, by(LUIS, level=1)), TooLow),
        (ConfirmHours(entered, 50, by(LUIS)), OddMinutes),
        (ConfirmHours("nothing", 60, by(LUIS)), NotKnown),
    ]:
        with pytest.raises(why):
            hub.ask(confirm_hours, ask, TEN)
    with pytest.raises(NotKnown):
        hub.ask(enter_hours, EnterHours(ANA, "nobody", 60, by(ANA)), TEN)


def test_said_again_or_after_the_end_it_changes_nothing(hub, entered):
    assert not hub.ask(confirm_hours, ConfirmHours(entered, 60, by(ANA)), TEN).acts
    hub.has(Hours(id=entered, settled=60))
    for use_case, ask in [
        (confirm_hours, ConfirmHours(entered, 45, by(LUIS))),
        (refuse_hours, OfHours(entered, by(LUIS))),
    ]:
        assert not hub.ask(use_case, ask, TEN).acts
    assert now(hub, entered).minutes == (60,)


def test_either_side_may_say_that_it_was_not_so(hub, entered):
    hub.do(refuse_hours, OfHours(entered, by(LUIS)), TEN)
    assert now(hub, entered).state == "refused"
    assert now(hub, entered).hours == the_hours(hub.snapshot, entered)
    assert the_hours(hub.snapshot, entered).refused == 1
    assert not hub.ask(confirm_hours, ConfirmHours(entered, 60, by(LUIS)), TEN).acts


def test_the_fund_gives_with_two_volunteers_and_takes_alone(hub):
    given = hub.do(enter_hours, EnterHours(ANA, FUND, 60, by(ANA)), TEN)
    for who in (INES, EVA):
        assert now(hub, given).state == "open"
        hub.do(grant_hours, OfHours(given, by(who, level=VOLUNTEER)), TEN)
    assert now(hub, given).state == "waiting"
    with pytest.raises(BothSides):
        hub.ask(grant_hours, OfHours(given, by(ANA, level=VOLUNTEER)), TEN)
    with pytest.raises(TooLow):
        hub.ask(grant_hours, OfHours(given, by(LUIS)), TEN)
    taken = hub.do(enter_hours, EnterHours(FUND, LUIS, 60, by(LUIS)), TEN)
    assert now(hub, taken).state == "waiting"
    with pytest.raises(NotTheirs):
        hub.ask(grant_hours, OfHours(taken, by(INES, level=VOLUNTEER)), TEN)


@pytest.mark.parametrize("over", [{"settled": 60}, {"refused": 1}])
def test_for_what_is_over_nobody_has_to_speak_for_the_fund(hub, over):
    given = hub.do(enter_hours, EnterHours(ANA, FUND, 60, by(ANA)), TEN)
    hub.has(Hours(id=given, **over))
    assert not hub.ask(grant_hours, OfHours(given, by(INES, level=VOLUNTEER)), TEN).acts


def test_whose_hand_entered_hours_does_not_speak_for_the_fund(hub):
    given = hub.do(enter_hours, EnterHours(ANA, FUND, 60, by(ANA, helper=INES)), TEN)
    with pytest.raises(BothSides):
        hub.ask(grant_hours, OfHours(given, by(INES, level=VOLUNTEER)), TEN)


def test_nobody_helps_themselves_whichever_of_their_records_it_is(hub):
    hub.has(person("Anna", merged_into=ANA))
    for giver, receiver in ((ANA, ANA), (ANA, id_of("Anna")), (id_of("Anna"), ANA)):
        with pytest.raises(BothSides):
            hub.ask(enter_hours, EnterHours(giver, receiver, 60, by(ANA)), TEN)
        with pytest.raises(BothSides):
            hub.ask(enter_hours, EnterHours(giver, receiver, 60, by(ANA, helper=INES)), TEN)


@pytest.mark.acceptance(14, 70)
def test_e6_who_is_forgotten_leaves_the_balances_of_others_as_they_are(hub, entered):
    hub.has(Hours(id=entered, settled=60))
    hub.do(forget_person, ForgetPerson(LUIS), TEN)
    there = the_hours(hub.snapshot, entered)
    assert books_of(hub.snapshot).balance(ANA) == 60
    assert hub.snapshot.person(there.receiver) is None
    assert not there.what


def test_what_it_was_goes_after_two_years_and_the_rest_stays(hub, entered):
    assert not what_goes(hub.snapshot, hub.moment(TEN + timedelta(days=729)))
    [gone] = (
        one for one in what_goes(hub.snapshot, hub.moment(TEN + timedelta(days=730)))
        if one.kind == "hours"
    )  # fmt: skip
    assert (gone.id, gone.fields) == (entered, ("what",))
    assert the_hours(hub.snapshot, entered).date == TODAY
