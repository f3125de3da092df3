"""Leaving: by name, by tag, some of a group, just counted; and what is assumed."""

from __future__ import annotations

import pytest

from kiosk.hub.actor import Actor
from kiosk.hub.errors import NotKnown, TooLow
from kiosk.hub.presence import end, heads_at, is_present, maybe_present, present
from kiosk.hub.sign_in import ComeTogether, ComeVisiting, JustCount, come_together, come_visiting
from kiosk.hub.sign_in import just_count as count_in
from kiosk.hub.sign_out import (
    AlreadyGone,
    LeaveByName,
    LeaveByTag,
    LeaveCounted,
    LeaveVisit,
    Mistake,
    NoSuchTag,
    assume_left,
    leave_by_name,
    leave_by_tag,
    leave_counted,
    leave_visit,
    mark_mistake,
)
from sync.records.hub import WEEKDAYS
from tests.kiosk.hub.house import at, id_of, person, the_hub, visit

ANA = "Ana Guerra"
VOLUNTEER = Actor(3, id_of(ANA))


def test_a_person_leaves_by_name(hub):
    hub.has(person(ANA), visit(ANA, "09:00"))
    said = hub.do(leave_by_name, LeaveByName(id_of(ANA)), at("12:00"))
    assert (said.visits, said.person) == ((visit(ANA, "09:00").id,), id_of(ANA))
    assert not is_present(hub.snapshot, id_of(ANA), at("12:00"))


@pytest.mark.acceptance(28)
def test_an_undone_leaving_leaves_the_visit_open(hub):
    hub.has(person(ANA), visit(ANA, "09:00"))
    changes = hub.take(hub.ask(leave_by_name, LeaveByName(id_of(ANA)), at("12:00")), at("12:00"))
    hub.undo()
    assert changes.undo_s == 10
    assert is_present(hub.snapshot, id_of(ANA), at("12:00"))


def test_seventy_of_eighty_leave_a_group(hub):
    hub.has(visit("", "10:00", how="group", grown_ups=40, children=40, tag="blue heron 1"))
    said = hub.do(leave_by_tag, LeaveByTag("blue heron 1", heads=70), at("11:00"))
    assert said.still_here == 10
    assert heads_at(hub.snapshot, at("11:00")) == 10


def test_nobody_leaves_twice(hub):
    hub.has(person(ANA), visit(ANA, "09:00", "12:00"))
    with pytest.raises(AlreadyGone):
        hub.do(leave_by_name, LeaveByName(id_of(ANA)), at("12:30"))


def test_nobody_leaves_who_is_not_known(hub):
    with pytest.raises(NotKnown):
        hub.do(leave_by_name, LeaveByName(id_of(ANA)), at("12:30"))


def test_a_visitor_leaves_by_tag_however_it_is_spaced(hub):
    tag = hub.do(come_visiting, ComeVisiting(), at("10:00")).tag
    hub.do(leave_by_tag, LeaveByTag(f" {tag}  "), at("11:00"))
    assert heads_at(hub.snapshot, at("11:00")) == 0


@pytest.mark.parametrize("tag", ["blue heron 99", "", "blue", "blue heron x", "a b 1234567"])
def test_a_tag_that_nobody_has_is_refused(hub, tag):
    hub.has(visit("", "10:00", tag="blue heron 12"))
    with pytest.raises(NoSuchTag):
        hub.do(leave_by_tag, LeaveByTag(tag), at("11:00"))


def test_a_tag_of_yesterday_is_nobodys_today(hub):
    hub.has(visit("", "10:00", "11:00", on=-1, tag="blue heron 12"))
    with pytest.raises(NoSuchTag):
        hub.do(leave_by_tag, LeaveByTag("blue heron 12"), at("11:00"))


def test_of_two_visits_with_one_tag_the_newer_leaves(hub):
    hub.has(visit("", "09:00", tag="blue heron 12"))
    hub.has(visit("", "10:00", tag="blue heron 12", id=id_of("today")))
    said = hub.do(leave_by_tag, LeaveByTag("blue heron 12"), at("11:00"))
    assert said.visits == (id_of("today"),)


def test_a_tag_does_not_leave_twice(hub):
    hub.has(visit("", "10:00", "11:00", tag="blue heron 12"))
    with pytest.raises(AlreadyGone):
        hub.do(leave_by_tag, LeaveByTag("blue heron 12"), at("11:30"))


@pytest.mark.acceptance(20, 10)
def test_some_of_a_group_leave_and_the_rest_stays(hub):
    tag = hub.do(come_together, ComeTogether(2, 3), at("10:00")).tag
    said = hub.do(leave_by_tag, LeaveByTag(tag, heads=2), at("11:00"))
    assert said.still_here == 3
    assert heads_at(hub.snapshot, at("11:00")) == 3


def test_when_the_last_of_a_group_leave_the_visit_ends(hub):
    tag = hub.do(come_together, ComeTogether(2, 3), at("10:00")).tag
    hub.do(leave_by_tag, LeaveByTag(tag, heads=2), at("11:00"))
    hub.do(leave_by_tag, LeaveByTag(tag, heads=3), at("12:00"))
    assert not present(hub.snapshot, at("12:00"))


def test_a_visit_that_is_not_here_cannot_leave(hub):
    with pytest.raises(NotKnown):
        hub.do(leave_visit, LeaveVisit(id_of("nothing")), at("12:00"))


def test_of_those_just_counted_who_came_first_goes_first(hub):
    first = hub.do(count_in, JustCount(2), at("10:00")).visit
    second = hub.do(count_in, JustCount(3), at("10:30")).visit
    hub.do(leave_counted, LeaveCounted(3), at("11:00"))
    assert hub.snapshot.visit(first).left_at == at("11:00")
    assert hub.snapshot.visit(second).gone == 1
    assert heads_at(hub.snapshot, at("11:00")) == 2


def test_only_as_many_leave_as_were_counted(hub):
    hub.do(count_in, JustCount(2), at("10:00"))
    hub.do(count_in, JustCount(1), at("10:10"))
    hub.do(leave_counted, LeaveCounted(1), at("11:00"))
    assert heads_at(hub.snapshot, at("11:00")) == 2
    hub.do(leave_counted, LeaveCounted(1), at("11:00"))
    assert heads_at(hub.snapshot, at("11:00")) == 1


def test_a_count_of_nobody_that_another_node_sent_stays_where_it_is(hub):
    hub.has(visit("", "10:00", how="count", grown_ups=2, gone=2))
    hub.do(count_in, JustCount(1), at("10:10"))
    assert hub.do(leave_counted, LeaveCounted(5), at("11:00")).visits


def test_nobody_counted_leaves_where_nobody_was(hub):
    hub.has(visit("", "10:00", how="count", tag="blue hare 3"))
    with pytest.raises(AlreadyGone):
        hub.do(leave_counted, LeaveCounted(1), at("11:00"))


def test_a_mistake_is_no_visit(hub):
    hub.has(visit("", "10:00", id=id_of("v")))
    hub.do(mark_mistake, Mistake(id_of("v"), VOLUNTEER), at("10:30"))
    assert heads_at(hub.snapshot, at("10:30")) == 0
    assert not maybe_present(hub.snapshot, at("14:30"))


def test_a_mistake_is_for_volunteers_to_say(hub):
    hub.has(visit("", "10:00", id=id_of("v")))
    with pytest.raises(TooLow):
        hub.do(mark_mistake, Mistake(id_of("v")), at("10:30"))
    with pytest.raises(NotKnown):
        hub.do(mark_mistake, Mistake(id_of("w"), VOLUNTEER), at("10:30"))


@pytest.mark.acceptance(21)
def test_at_closing_time_everybody_is_taken_for_gone(hub):
    hub.has(visit("", "19:00"))
    assert heads_at(hub.snapshot, at("21:59")) == 1
    assert heads_at(hub.snapshot, at("22:00")) == 0
    hub.rule(assume_left, at("22:00"))
    assert [v.assumed_at for v in hub.snapshot.visits_on(at("19:00").date())] == [at("22:00")]


def test_what_was_assumed_is_written_once(hub):
    hub.has(visit("", "19:00"))
    hub.rule(assume_left, at("22:00"))
    assert not hub.rule(assume_left, at("22:01")).acts


def test_a_date_that_jumped_assumes_nothing_on_the_disk(hub):
    hub.has(visit("", "19:00"))
    hub.date_ok = False
    assert not hub.rule(assume_left, at("22:00", 1000)).acts
    assert heads_at(hub.snapshot, at("22:00", 1000)) == 0


def test_a_clock_that_nobody_told_the_time_signs_nobody_out_on_the_disk(hub):
    """It may be two days ahead: what it takes for over is seen, and told to nobody."""
    hub.has(visit("", "19:00"))
    hub.sure = False
    assert not hub.rule(assume_left, at("21:59:59", 2)).acts
    assert heads_at(hub.snapshot, at("22:00")) == 0
    assert heads_at(hub.snapshot, at("20:31")) == 1


def test_a_clock_that_nobody_ever_tells_the_time_closes_visits_two_days_later(hub):
    hub.has(visit("", "19:00"))
    hub.sure = False
    hub.rule(assume_left, at("22:00", 2))
    assert hub.snapshot.visits_open == ()


def test_nothing_is_assumed_of_a_mistake(hub):
    hub.has(visit("", "19:00", mistake=1))
    assert not hub.rule(assume_left, at("22:00")).acts


@pytest.mark.acceptance(22, 70)
def test_box_forgot_to_sign_out(hub):
    """Visitor 17:10, stay 4 h, hub shuts 20:00: assumed left 20:00; at 20:20 she leaves by tag."""
    hub.has(the_hub(open=dict.fromkeys(["mon"], (("09:00", "20:00"),))))
    said = hub.do(come_visiting, ComeVisiting(), at("17:10"))
    hub.rule(assume_left, at("20:00"))
    found = end(hub.snapshot, hub.snapshot.visit(said.visit))
    assert (found.at, found.is_assumed) == (at("20:00"), True)
    hub.do(leave_by_tag, LeaveByTag(said.tag), at("20:20"))
    found = end(hub.snapshot, hub.snapshot.visit(said.visit))
    assert (found.at, found.is_assumed) == (at("20:20"), False)


@pytest.mark.acceptance(22)
@pytest.mark.parametrize("written", [False, True])
def test_a_guest_taken_for_gone_leaves_by_tag_after_midnight_too(hub, written):
    hub.has(the_hub(open=dict.fromkeys(WEEKDAYS, (("09:00", "23:30"),))))
    said = hub.do(come_visiting, ComeVisiting(), at("21:00"))
    if written:
        hub.rule(assume_left, at("23:30"))
    hub.do(leave_by_tag, LeaveByTag(said.tag), at("00:10", 1))
    found = end(hub.snapshot, hub.snapshot.visit(said.visit))
    assert (found.at, found.is_assumed) == (at("00:10", 1), False)


@pytest.mark.acceptance(22)
def test_a_guest_of_yesterday_is_not_looked_for_two_hours_after_closing(hub):
    hub.has(the_hub(open=dict.fromkeys(WEEKDAYS, (("09:00", "23:30"),))))
    said = hub.do(come_visiting, ComeVisiting(), at("21:00"))
    hub.rule(assume_left, at("23:30"))
    with pytest.raises(NoSuchTag):
        hub.do(leave_by_tag, LeaveByTag(said.tag), at("01:30", 1))


def test_of_a_guest_of_yesterday_and_one_of_today_with_one_tag_todays_leaves(hub):
    hub.has(the_hub(open=dict.fromkeys(WEEKDAYS, (("09:00", "23:30"),))))
    hub.has(visit("", "21:00", tag="blue heron 12", assumed_at=at("23:30")))
    hub.has(visit("", "00:05", on=1, tag="blue heron 12", id=id_of("today")))
    said = hub.do(leave_by_tag, LeaveByTag("blue heron 12"), at("00:10", 1))
    assert said.visits == (id_of("today"),)


@pytest.mark.acceptance(22)
def test_who_was_taken_for_gone_may_still_leave_by_name(hub):
    hub.has(person(ANA), visit(ANA, "19:00", id=id_of("v")))
    hub.rule(assume_left, at("22:00"))
    hub.do(leave_by_name, LeaveByName(id_of(ANA)), at("22:20"))
    assert hub.snapshot.visit(id_of("v")).left_at == at("22:20")


def test_two_hours_after_an_assumed_end_nobody_is_looked_for(hub):
    hub.has(visit("", "19:00"))
    assert len(maybe_present(hub.snapshot, at("23:59"))) == 1
    assert not maybe_present(hub.snapshot, at("00:00", 1))


def test_who_came_again_is_not_also_maybe_here(hub):
    hub.has(person(ANA), visit(ANA, "09:00"), visit(ANA, "17:30"))
    assert not maybe_present(hub.snapshot, at("18:00"))


def test_who_came_again_and_said_goodbye_is_not_maybe_here(hub):
    """Of the first stay nobody knows the end, but they were seen leaving after it."""
    hub.has(person(ANA), visit(ANA, "09:00"), visit(ANA, "17:30", "18:10"))
    assert not maybe_present(hub.snapshot, at("18:20"))


def test_a_goodbye_that_a_wrong_clock_dated_says_of_nobody_that_they_are_gone(hub):
    hub.has(person(ANA), visit(ANA, "09:00"), visit(ANA, "09:00", "10:00", on=9000))
    assert len(maybe_present(hub.snapshot, at("18:00"))) == 1


def test_a_goodbye_of_another_record_of_the_same_person_counts(hub):
    hub.has(person(ANA), person("Anna", merged_into=id_of(ANA)))
    hub.has(visit(ANA, "09:00"), visit("Anna", "17:30", "18:10"))
    assert not maybe_present(hub.snapshot, at("18:20"))


def test_a_goodbye_by_mistake_says_of_nobody_that_they_are_gone(hub):
    hub.has(person(ANA), visit(ANA, "09:00"), visit(ANA, "17:30", "18:10", mistake=1))
    assert len(maybe_present(hub.snapshot, at("18:20"))) == 1
