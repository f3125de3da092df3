"""Names leave by the hub's own calendar; a wrong clock hides and never removes."""

from __future__ import annotations

import pytest

from kiosk.hub.actor import Actor
from kiosk.hub.counts import day_count
from kiosk.hub.presence import end, names_are_gone
from kiosk.hub.retention import LAST_DAY, let_go
from kiosk.hub.rules import RULES_OF_TIME
from sync.records.agreement import Agreement
from sync.records.card import Card
from sync.records.closed_day import ClosedDay
from sync.records.event import Event
from sync.records.join import Join
from sync.records.notice import Notice
from sync.records.old_text import OldText
from sync.records.roll import Roll
from sync.records.roll_tick import RollTick
from sync.records.visit import Visit
from sync.records.welcomer import Welcomer
from tests.kiosk.hub.house import TODAY, at, booking, day, id_of, notice, person, room, visit

ANA, LUIS = "Ana Guerra", "Luis Ortega"
EVA = "Eva Gil"
SELF, VOLUNTEER = Actor(2, id_of(ANA)), Actor(3, id_of("Vera"))


def names_left(hub):
    return [v for v in hub.snapshot.all(Visit) if v.person or v.name or v.open_to]


def on_day(hub, number):
    """Let go on a day, today being day 1."""
    return hub.rule(let_go, at("03:00", number - 1))


@pytest.fixture
def yesterdays(hub):
    """Day 1 is full of names."""
    return hub.has(
        person(ANA),
        visit(ANA, "09:00", "12:00", wall_ok=True, open_to=("chat",)),
        visit(ANA, "11:00"),
        visit("", "10:00", "11:00", name=EVA, reason="lunch", first_time=True),
        visit("", "10:00", "11:00", how="group", grown_ups=2, children=3, gone=2, id=id_of("g")),
    )


@pytest.mark.acceptance(25)
def test_on_day_21_names_are_there_and_on_day_22_none_is(yesterdays):
    on_day(yesterdays, 21)
    assert len(names_left(yesterdays)) == 3
    on_day(yesterdays, 22)
    assert names_left(yesterdays) == []


@pytest.mark.acceptance(25)
def test_a_kiosk_offline_since_day_one_lets_go_by_itself(yesterdays, elsewhere):
    yesterdays.meets(elsewhere)
    on_day(elsewhere, 22)
    assert names_left(elsewhere) == []


@pytest.mark.acceptance(25)
def test_the_day_counts_are_the_same_with_names_and_without(yesterdays):
    with_names = day_count(yesterdays.snapshot, TODAY)
    on_day(yesterdays, 22)
    assert day_count(yesterdays.snapshot, TODAY) == with_names
    assert (with_names.stays, with_names.grown_ups, with_names.children) == (3, 4, 3)


@pytest.mark.acceptance(23, 25)
def test_which_visits_were_one_stay_is_written_before_the_name_goes(yesterdays):
    on_day(yesterdays, 22)
    later = yesterdays.snapshot.visit(id_of(f"visit {ANA} 11:00 0"))
    assert later.same_as == id_of(f"visit {ANA} 09:00 0")


@pytest.mark.acceptance(22, 24, 25)
def test_when_a_visit_ended_is_known_after_the_name_is_gone(yesterdays):
    open_one = id_of(f"visit {ANA} 11:00 0")
    before = end(yesterdays.snapshot, yesterdays.snapshot.visit(open_one)).at
    on_day(yesterdays, 22)
    assert before == at("12:00") == yesterdays.snapshot.visit(open_one).assumed_at
    assert yesterdays.snapshot.visits_open == ()


def test_a_visit_that_nobody_ended_is_closed_when_its_name_goes(hub):
    hub.has(person(ANA), visit(ANA, "09:00"))
    on_day(hub, 22)
    assert hub.snapshot.visits_open == ()


@pytest.mark.acceptance(23, 25)
def test_a_stay_past_midnight_stays_one_though_its_names_go_on_two_days(hub):
    hub.has(person(ANA), visit(ANA, "21:30", "21:59"), visit(ANA, "21:40", "00:30", left_at=None))
    hub.has(visit(ANA, "21:50", "00:30", id=id_of("late"), left_at=at("00:30", 1)))
    hub.has(visit(ANA, "00:10", "00:20", on=1, id=id_of("after")))
    before = day_count(hub.snapshot, TODAY)
    on_day(hub, 22)
    assert hub.snapshot.visit(id_of("after")).person
    assert hub.snapshot.visit(id_of("after")).same_as == id_of(f"visit {ANA} 21:30 0")
    on_day(hub, 23)
    assert day_count(hub.snapshot, TODAY) == before
    assert day_count(hub.snapshot, day(1)).stays == 0
    said = [one for one in hub.snapshot.all(Visit) if one.left_at]
    assert [one.assumed_at for one in said] == [None] * 3


@pytest.mark.acceptance(14, 25)
def test_nothing_brings_a_name_back(yesterdays, elsewhere):
    yesterdays.meets(elsewhere)
    on_day(yesterdays, 22)
    yesterdays.meets(elsewhere)
    assert names_left(elsewhere) == []


@pytest.mark.acceptance(15)
def test_a_clock_that_jumped_hides_at_once_and_removes_nothing(yesterdays):
    yesterdays.date_ok = False
    one = yesterdays.snapshot.visit(id_of(f"visit {ANA} 09:00 0"))
    assert names_are_gone(yesterdays.snapshot, one, at("09:00", 1100))
    assert not on_day(yesterdays, 1100).acts
    assert not names_are_gone(yesterdays.snapshot, one, at("09:00", 1))


@pytest.mark.acceptance(15)
def test_once_the_date_is_confirmed_what_is_over_goes(yesterdays):
    yesterdays.date_ok = False
    on_day(yesterdays, 1100)
    yesterdays.date_ok = True
    on_day(yesterdays, 1100)
    assert not list(yesterdays.snapshot.all(Visit))


@pytest.mark.parametrize("year", [1970, 2000])
def test_a_clock_that_went_back_removes_nothing(yesterdays, year):
    import datetime as dt

    yesterdays.rule(let_go, at("09:00", dt.date(year, 1, 1)))
    assert len(names_left(yesterdays)) == 3


def test_it_is_done_once_a_day(yesterdays):
    assert on_day(yesterdays, 22).acts
    assert not on_day(yesterdays, 22).acts
    assert yesterdays.notes[LAST_DAY] == day(21).isoformat()


def test_what_was_let_go_once_is_not_written_again(yesterdays):
    on_day(yesterdays, 22)
    assert len(on_day(yesterdays, 23).acts) == 1  # the note of the day alone


@pytest.mark.parametrize(
    ("record", "last_day_kept"),
    [
        (visit("", "10:00"), 729),
        (ClosedDay(id=id_of("x"), date=TODAY), 729),
        (Welcomer(id=id_of("x"), date=TODAY), 59),
        (Roll(id=id_of("x"), at=at("10:00")), 20),
        (RollTick(id=id_of("x"), made_at=at("10:00")), 20),
        (OldText(id=id_of("x"), made_at=at("10:00")), 13),
        (Notice(id=id_of("x"), first_day=day(-3), last_day=TODAY), 729),
        (booking("Kitchen", "18:00", rule="FREQ=WEEKLY;COUNT=3"), 729 + 14),
        (Event(id=id_of("x"), starts=booking("K", "18:00").starts), 729),
        (Join(id=id_of("x"), date=TODAY), 729),
    ],
    ids=lambda value: getattr(value, "KIND", value),
)
def test_a_row_goes_after_its_time(hub, record, last_day_kept):
    hub.has(record)
    on_day(hub, last_day_kept + 1)
    assert hub.snapshot.get(type(record), record.id)
    on_day(hub, last_day_kept + 2)
    assert hub.snapshot.get(type(record), record.id) is None


def test_rooms_people_agreements_and_cards_in_use_stay_for_good(hub):
    kept = (room("Kitchen"), Agreement(id=id_of("a")), Card(id=id_of("c")))
    hub.has(*kept, Event(id=id_of("e")), visit("", "10:00", came_at=None))
    on_day(hub, 4000)
    assert all(hub.snapshot.get(type(one), one.id) for one in kept)
    assert hub.snapshot.get(Event, id_of("e"))


def test_whose_card_was_lost_goes_after_thirty_days_and_that_it_is_lost_stays(hub):
    hub.has(Card(id=id_of("c"), uid_hash="ab", person=id_of(ANA), lost=1, lost_at=at("10:00")))
    on_day(hub, 30)
    assert hub.snapshot.get(Card, id_of("c")).person
    on_day(hub, 4000)
    kept = hub.snapshot.get(Card, id_of("c"))
    assert (kept.person, kept.uid_hash, kept.lost) == ("", "ab", 1)


def test_the_name_on_a_booking_goes_after_its_last_day_and_its_holder_stays(hub):
    fields = {"rule": "FREQ=WEEKLY;COUNT=2", "for_name": EVA, "who": ANA}
    one = booking("Kitchen", "18:00", **fields)
    hub.has(person(ANA, active_on=TODAY), one)
    on_day(hub, 22 + 6)
    assert hub.snapshot.booking(one.id).for_name == EVA
    on_day(hub, 22 + 7)
    kept = hub.snapshot.booking(one.id)
    assert (kept.for_name, kept.person) == ("", id_of(ANA))


def test_a_name_typed_to_join_or_on_a_notice_goes(hub):
    hub.has(Join(id=id_of("j"), date=TODAY, name=EVA, person=id_of(ANA)))
    hub.has(notice("Pears", by_name=EVA, contact="612 345 678", owner=id_of(ANA)))
    on_day(hub, 22)
    join, pears = hub.snapshot.get(Join, id_of("j")), hub.snapshot.get(Notice, id_of("Pears"))
    assert (join.name, join.person) == ("", id_of(ANA))
    assert (pears.by_name, pears.contact, pears.owner) == ("", "", id_of(ANA))


def test_who_was_away_for_27_months_is_forgotten(hub):
    hub.has(person(ANA, active_on=TODAY), person(LUIS, active_on=day(300)))
    on_day(hub, 823)
    assert [one.name for one in hub.snapshot.people] == [LUIS]


def test_a_second_record_of_somebody_active_is_kept(hub):
    hub.has(person(ANA, active_on=day(800)))
    hub.has(person(LUIS, active_on=TODAY, merged_into=id_of(ANA)))
    on_day(hub, 823)
    assert len(list(hub.snapshot.people)) == 2


def test_somebody_active_is_kept_whichever_of_their_records_counts(hub):
    hub.has(person(ANA, active_on=TODAY))
    hub.has(person(LUIS, active_on=day(800), merged_into=id_of(ANA)))
    on_day(hub, 823)
    assert len(list(hub.snapshot.people)) == 2


def test_whoever_was_away_under_all_their_records_is_forgotten(hub):
    hub.has(person(ANA, active_on=TODAY))
    hub.has(person(LUIS, active_on=day(1), merged_into=id_of(ANA)))
    on_day(hub, 823)
    assert len(list(hub.snapshot.people)) == 2
    on_day(hub, 824)
    assert not list(hub.snapshot.people)


def test_the_rules_of_time_may_run_on_an_empty_hub(hub):
    for rule in RULES_OF_TIME:
        hub.rule(rule, at("10:00"))
    assert hub.notes[LAST_DAY] == TODAY.isoformat()
