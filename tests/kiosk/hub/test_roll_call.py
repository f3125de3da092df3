"""Roll call: who is here, how sure, who is safe, and when names may be seen."""

from __future__ import annotations

import pytest

from kiosk.hub.actor import Actor
from kiosk.hub.errors import NotKnown, TooLow
from kiosk.hub.roll_call import (
    EverybodyOut,
    Tick,
    everybody_out,
    must_see_names,
    names_open_until,
    numbers,
    roll_rows,
    safe_visits,
    tick,
)
from sync.ids import pair_id
from sync.records.booking_day import BookingDay
from sync.records.roll import Roll
from sync.records.roll_tick import RollTick
from tests.kiosk.hub.house import HUB_ID, K2, TODAY, at, booking, id_of, person, room, visit

ANA, LUIS = "Ana Guerra", "Luis Ortega"


@pytest.fixture
def full(hub):
    """Ana by card, Luis by tile, a visitor who gave a name, a family, one taken for gone."""
    return hub.has(
        person(ANA),
        person(LUIS),
        visit(ANA, "16:00"),
        visit(LUIS, "15:30", how="tile"),
        visit("", "16:10", name="Eva Gil"),
        visit("", "16:20", how="group", grown_ups=2, children=3, gone=2, tag="blue hare 7"),
        visit("", "12:30"),  # a visitor's four hours are over at 16:30
    )


@pytest.mark.acceptance(27)
def test_everybody_is_in_the_roll_call_with_how_sure(full):
    rows = roll_rows(full.snapshot, at("17:00"))
    assert [row.came for row in rows][:2] == [at("16:00"), at("15:30")]
    assert [(row.name, row.sure, row.heads) for row in rows] == [
        ("Ana G.", "card", 1),
        ("Luis O.", "said", 1),
        ("Eva G.", "said", 1),
        ("", "said", 3),
        ("", "maybe", 1),
    ]


@pytest.mark.acceptance(20)
def test_a_group_of_which_two_left_counts_the_rest(full):
    family = [row for row in roll_rows(full.snapshot, at("17:00")) if row.tag]
    assert [row.heads for row in family] == [3]


@pytest.mark.acceptance(27)
def test_one_tap_shows_numbers_without_names(full):
    found = numbers(full.snapshot, at("17:00"))
    assert (found.total, found.maybe, found.children, found.grown_ups) == (6, 1, 3, 3)
    assert found.by_sure == {"card": 1, "said": 5, "maybe": 1}


def test_the_holder_of_a_running_booking_is_in_its_room(full):
    full.has(room("Kitchen"), booking("Kitchen", "16:30", who=ANA, confirmed=1))
    first = roll_rows(full.snapshot, at("17:00"))[0]
    assert (first.name, first.room) == ("Ana G.", id_of("Kitchen"))
    assert numbers(full.snapshot, at("17:00")).by_room == {id_of("Kitchen"): 1}


def test_a_holder_who_said_we_are_here_is_in_the_roll_call_without_signing_in(hub):
    one = booking("Kitchen", "16:30", who=ANA, confirmed=1)
    used = BookingDay(id=id_of("day"), booking=one.id, date=TODAY, used=1)
    hub.has(person(ANA), room("Kitchen"), one, used)
    assert [(r.name, r.sure) for r in roll_rows(hub.snapshot, at("17:00"))] == [("Ana G.", "room")]


def test_a_holder_who_came_for_it_and_said_goodbye_is_in_no_room(hub):
    one = booking("Kitchen", "16:30", who=ANA, confirmed=1)
    used = BookingDay(id=id_of("day"), booking=one.id, date=TODAY, used=1)
    hub.has(person(ANA), room("Kitchen"), one, used, visit(ANA, "16:20", left="16:50"))
    assert numbers(hub.snapshot, at("17:00")).total == 0
    assert roll_rows(hub.snapshot, at("17:00")) == ()


def test_a_holder_who_left_before_it_and_is_said_to_be_there_is_in_the_room(hub):
    one = booking("Kitchen", "16:30", who=ANA, confirmed=1)
    used = BookingDay(id=id_of("day"), booking=one.id, date=TODAY, used=1)
    hub.has(person(ANA), room("Kitchen"), one, used, visit(ANA, "10:00", left="11:00"))
    assert numbers(hub.snapshot, at("17:00")).total == 1


def test_a_holder_who_was_taken_for_gone_is_in_the_room_and_stands_there_once(hub):
    one = booking("Kitchen", "16:30", who=ANA, confirmed=1)
    used = BookingDay(id=id_of("day"), booking=one.id, date=TODAY, used=1)
    hub.has(person(ANA), room("Kitchen"), one, used, visit(ANA, "09:00"))  # 8 hours
    assert [(r.name, r.sure) for r in roll_rows(hub.snapshot, at("17:10"))] == [("Ana G.", "room")]
    assert (numbers(hub.snapshot, at("17:10")).total, numbers(hub.snapshot, at("17:10")).maybe) == (
        1,
        0,
    )


@pytest.mark.parametrize(
    "fields", [{"who": "Nobody", "confirmed": 1}, {"confirmed": 1}, {"who": ANA}]
)
def test_a_room_where_nobody_was_seen_adds_nobody(hub, fields):
    hub.has(person(ANA), room("Kitchen"), booking("Kitchen", "16:30", **fields))
    assert not roll_rows(hub.snapshot, at("17:00"))


def test_a_clashing_booking_puts_nobody_into_a_room(full):
    full.has(
        room("Kitchen"),
        booking("Kitchen", "16:30", who=LUIS, confirmed=1),
        booking("Kitchen", "16:45", who=ANA),
    )
    assert not roll_rows(full.snapshot, at("17:00"))[0].room


@pytest.mark.acceptance(18)
def test_two_alike_present_at_once_are_told_apart(hub):
    alike = ("Tomás Herrero", "Tomás Huerta")
    hub.has(*(person(name) for name in alike), *(visit(name, "10:00") for name in alike))
    names = {row.name for row in roll_rows(hub.snapshot, at("11:00"))}
    assert names == {"Tomás He.", "Tomás Hu."}


def test_who_came_by_tile_here_and_by_card_there_is_sure_by_card(hub):
    hub.has(person(ANA), visit(ANA, "09:00", how="tile"), visit(ANA, "09:30", made_on=K2.node))
    assert [row.sure for row in roll_rows(hub.snapshot, at("10:00"))] == ["card"]


def test_names_stay_open_for_half_an_hour_on_this_kiosk(hub):
    hub.do(everybody_out, EverybodyOut(), at("11:00"))
    assert names_open_until(hub.snapshot, at("11:29:59")) == at("11:30")
    assert names_open_until(hub.snapshot, at("11:30")) is None


def test_that_names_were_opened_is_recorded(hub):
    roll = hub.do(everybody_out, EverybodyOut(drill=True), at("11:00"))
    kept = hub.snapshot.get(Roll, roll)
    assert (kept.at, kept.drill, kept.made_on) == (at("11:00"), True, hub.device.node)


def test_names_opened_at_another_kiosk_are_not_open_here(hub):
    hub.has(Roll(id=id_of("roll"), at=at("11:00"), made_on=K2.node))
    assert names_open_until(hub.snapshot, at("11:01")) is None


def test_names_are_for_volunteers_or_while_they_are_open(hub):
    must_see_names(hub.snapshot, Actor(3), at("11:00"))
    with pytest.raises(TooLow) as too_low:
        must_see_names(hub.snapshot, Actor(2), at("11:00"))
    assert too_low.value.needed == 3
    hub.do(everybody_out, EverybodyOut(), at("11:00"))
    must_see_names(hub.snapshot, Actor(0), at("11:10"))


def test_a_tick_may_come_twice(full):
    full.do(everybody_out, EverybodyOut(), at("17:00"))
    for minute in ("17:01", "17:02"):
        full.do(tick, Tick(id_of(f"visit {ANA} 16:00 0")), at(minute))
    (roll,), (ticked,) = full.snapshot.rolls, full.snapshot.all(RollTick)
    assert ticked.id == pair_id(HUB_ID, "roll_tick", roll.id, id_of(f"visit {ANA} 16:00 0"))
    assert [row.is_safe for row in roll_rows(full.snapshot, at("17:03"))][:2] == [True, False]


def test_a_roll_opened_again_goes_on_with_its_ticks(full):
    full.do(everybody_out, EverybodyOut(), at("17:00"))
    full.do(tick, Tick(id_of(f"visit {ANA} 16:00 0")), at("17:01"))
    full.do(everybody_out, EverybodyOut(), at("17:29"))
    assert safe_visits(full.snapshot, at("17:45"))


def test_the_next_roll_call_begins_with_nobody_safe(full):
    full.do(everybody_out, EverybodyOut(), at("16:30"))
    full.do(tick, Tick(id_of(f"visit {ANA} 16:00 0")), at("16:31"))
    full.do(everybody_out, EverybodyOut(), at("17:30"))
    assert not safe_visits(full.snapshot, at("17:31"))


def test_a_roll_that_a_wrong_clock_dated_ahead_is_left_aside(hub):
    hub.has(Roll(id=id_of("roll"), at=at("11:00", 9)), Roll(id=id_of("none")))
    assert not safe_visits(hub.snapshot, at("11:01"))


def test_nobody_is_ticked_without_a_roll_call(full):
    with pytest.raises(TooLow):
        full.do(tick, Tick(id_of(f"visit {ANA} 16:00 0")), at("17:01"))
    with pytest.raises(NotKnown):
        full.do(tick, Tick(id_of("nothing")), at("17:01"))


@pytest.mark.acceptance(27)
def test_a_roll_call_signs_nobody_out(full):
    before = [row.heads for row in roll_rows(full.snapshot, at("17:00"))]
    full.do(everybody_out, EverybodyOut(), at("17:00"))
    assert [row.heads for row in roll_rows(full.snapshot, at("17:00"))] == before


def test_the_first_tick_of_a_volunteer_begins_a_roll_call_that_opens_names_to_nobody_else(full):
    vera = Actor(3, id_of("Vera"), entered_by=id_of("Vera"))
    rows = roll_rows(full.snapshot, at("17:00"))
    full.do(tick, Tick(rows[0].visit, vera), at("17:00"))
    full.do(tick, Tick(rows[1].visit, vera), at("17:01"))
    assert [row.is_safe for row in roll_rows(full.snapshot, at("17:02"))][:2] == [True, True]
    assert [roll.entered_by for roll in full.snapshot.rolls] == [vera.person]
    assert names_open_until(full.snapshot, at("17:02")) is None
