"""Arrive: who may be seen, who welcomes, who is called by a first-timer."""

from __future__ import annotations

import pytest

from kiosk.hub.actor import Actor
from kiosk.hub.cards import uid_hash
from kiosk.hub.errors import NotKnown, TooLow
from kiosk.hub.presence import heads_at
from kiosk.hub.sign_in import ComeVisiting, TapCard, come_visiting, tap_card
from kiosk.hub.sign_out import LeaveByName, leave_by_name
from kiosk.hub.welcomers import (
    CallWelcomer,
    ImComing,
    SayWelcome,
    call_welcomer,
    hosts_today,
    im_coming,
    kettle_room,
    on_duty,
    say_welcome,
    unmet,
    welcome_call,
)
from kiosk.hub.who_is_here import (
    AnswerWall,
    SayOpenTo,
    StandingWall,
    answer_wall,
    say_open_to,
    standing_wall,
    who_is_here,
)
from sync.records.base import Withdrawn
from sync.records.card import Card
from sync.records.hub import WEEKDAYS
from sync.records.welcomer import Welcomer
from tests.kiosk.hub.house import K2, TODAY, at, day, id_of, person, room, the_hub, visit

ANA, INES, LUIS = "Ana Guerra", "Inés Valverde", "Luis Ortega"
CARD = uid_hash(b"key", "04B39E62072BD4")
NOW = at("10:00")


def welcomer(who: str, starts: str = "09:00", ends: str = "14:00", **fields) -> Welcomer:
    usual = {"id": id_of(f"welcomer {who} {starts}"), "date": TODAY, "slot": (starts, ends)}
    return Welcomer(**(usual | {"person": id_of(who), "yes": True} | fields))


def faces(hub, now=NOW):
    return [face.name for face in who_is_here(hub.snapshot, now)]


def first_time(hub, now=NOW):
    return hub.do(come_visiting, ComeVisiting(first_time=True), now).visit


@pytest.mark.acceptance("A1", 55)
def test_a1_who_touches_nothing_is_a_number_on_the_wall(hub):
    hub.has(person("Tomás Herrero"))
    hub.has(Card(id=id_of("c"), uid_hash=CARD, person=id_of("Tomás Herrero")))
    hub.do(tap_card, TapCard(CARD), NOW)
    assert heads_at(hub.snapshot, NOW) == 1
    assert faces(hub) == []


@pytest.mark.acceptance("A2")
def test_a2_who_leaves_is_seen_no_more_here_and_after_the_next_exchange_there(hub, elsewhere):
    hub.has(person(INES, ask_me_about={"1": {"en": "pruning"}}), visit(INES, "09:00"))
    v = id_of(f"visit {INES} 09:00 0")
    hub.do(say_open_to, SayOpenTo(v, ("help",)), at("09:01"))
    hub.meets(elsewhere)
    assert faces(elsewhere) == ["Inés V."]
    hub.do(leave_by_name, LeaveByName(id_of(INES)), at("12:00"))
    assert faces(hub, at("12:00")) == []
    hub.meets(elsewhere)
    assert faces(elsewhere, at("12:00")) == []


@pytest.mark.acceptance("A3")
def test_a3_a_first_timer_calls_the_welcomer_who_is_here_for_two_minutes(hub):
    hub.has(person(ANA), welcomer(ANA), visit(ANA, "09:00"))
    hub.has(person(LUIS, kind="volunteer"), visit(LUIS, "09:00"))
    first_time(hub)
    assert welcome_call(hub.snapshot, NOW).names == ("Ana G.",)
    assert welcome_call(hub.snapshot, at("10:01:59")).until == at("10:02")
    assert welcome_call(hub.snapshot, at("10:02")) is None


@pytest.mark.acceptance("A3")
def test_a3_somebody_is_coming_ends_the_call(hub):
    hub.has(person(ANA), welcomer(ANA), visit(ANA, "09:00"))
    came = first_time(hub)
    hub.do(im_coming, ImComing(came), at("10:00:30"))
    assert welcome_call(hub.snapshot, at("10:00:30")) is None
    assert unmet(hub.snapshot, at("11:00")) == ()


@pytest.mark.acceptance("A4")
def test_a4_with_nobody_to_call_the_kettle_is_named_and_no_person(hub):
    hub.has(the_hub(settings={"kettle_room": id_of("Kitchen")}), room("Kitchen"))
    hub.has(person(INES), visit(INES, "09:00", wall_ok=True), person(ANA), welcomer(ANA))
    came = first_time(hub)
    call = welcome_call(hub.snapshot, NOW)
    assert (call.names, call.kettle_room) == ((), id_of("Kitchen"))
    assert [one.id for one in unmet(hub.snapshot, at("11:00"))] == [came]


@pytest.mark.parametrize("settings", [{}, {"kettle_room": 7}, {"kettle_room": "nowhere"}])
def test_a_hub_that_did_not_say_where_the_kettle_is_names_no_room(hub, settings):
    hub.has(the_hub(settings=settings))
    assert kettle_room(hub.snapshot) == ""


@pytest.mark.acceptance("A4")
def test_where_no_welcomer_is_here_the_first_volunteer_is_called(hub):
    hub.has(person(ANA), welcomer(ANA))
    for who, came in ((LUIS, "09:00"), (INES, "09:30")):
        hub.has(person(who, kind="volunteer"), visit(who, came))
    first_time(hub)
    assert welcome_call(hub.snapshot, NOW).names == ("Luis O.",)


def test_a_first_timer_who_left_calls_nobody(hub):
    hub.has(visit("", "10:00", "10:01", first_time=True))
    hub.has(visit("", "09:59", first_time=True, mistake=1))
    assert welcome_call(hub.snapshot, at("10:01")) is None


def test_who_is_in_calls_the_welcomer_and_is_not_taken_for_new(hub):
    hub.has(person(ANA), visit(ANA, "09:00"), welcomer(ANA), visit("", "09:30", id="v"))
    hub.do(call_welcomer, CallWelcomer("v"), NOW)
    call = welcome_call(hub.snapshot, NOW)
    assert (call.names, call.is_new) == (("Ana G.",), False)
    assert welcome_call(hub.snapshot, at("10:02")) is None


def test_a_call_that_was_answered_can_be_made_again(hub):
    hub.has(person(ANA), visit(ANA, "09:00"), welcomer(ANA), visit("", "09:30", id="v"))
    hub.do(call_welcomer, CallWelcomer("v"), NOW)
    hub.do(im_coming, ImComing("v"), at("10:00:30"))
    assert welcome_call(hub.snapshot, at("10:00:40")) is None
    hub.do(call_welcomer, CallWelcomer("v"), at("10:01"))
    assert welcome_call(hub.snapshot, at("10:01:10")).until == at("10:03")


def test_a_first_timer_does_not_call_themselves(hub):
    hub.has(person(ANA, kind="volunteer"), visit(ANA, "10:00", first_time=True))
    assert welcome_call(hub.snapshot, at("10:01")).names == ()


def test_nobody_calls_from_a_visit_that_is_not_here(hub):
    with pytest.raises(NotKnown):
        hub.do(call_welcomer, CallWelcomer(id_of("nothing")), NOW)


def test_i_am_coming_needs_somebody_to_come_to(hub):
    with pytest.raises(NotKnown):
        hub.do(im_coming, ImComing(id_of("nothing")), NOW)


def test_a_visitor_who_says_yes_is_seen_by_the_name_they_typed(hub):
    hub.has(visit("", "09:00", name="Eva Gil", wall_ok=True), visit("", "09:01", wall_ok=True))
    assert faces(hub) == ["Eva G."]


def test_welcomers_are_seen_first(hub):
    hub.has(person(ANA), person(INES), welcomer(INES))
    hub.has(visit(ANA, "09:00", wall_ok=True), visit(INES, "09:30", wall_ok=True))
    assert faces(hub) == ["Inés V.", "Ana G."]


def test_a_face_shows_what_somebody_is_open_to_and_likes_to_be_asked(hub):
    chips = {"2": {"en": "soup"}, "1": {"en": "pruning"}}
    hub.has(person(ANA, ask_me_about=chips), visit(ANA, "09:00", made_on=K2.node))
    hub.do(say_open_to, SayOpenTo(id_of(f"visit {ANA} 09:00 0"), ("help", "magic", "chat")), NOW)
    face = who_is_here(hub.snapshot, NOW)[0]
    assert face.open_to == ("chat", "help")
    assert face.ask_me_about == ({"en": "pruning"}, {"en": "soup"})
    assert face.from_another_kiosk


@pytest.mark.acceptance(55)
def test_no_thanks_puts_nobody_on_the_wall(hub):
    hub.has(person(ANA), visit(ANA, "09:00", id=id_of("v"), open_to=("chat",)))
    hub.do(say_open_to, SayOpenTo(id_of("v"), ()), NOW)
    assert hub.snapshot.visit(id_of("v")).open_to == ()
    assert faces(hub) == []


def test_a_standing_yes_shows_at_once_and_taken_back_hides_at_once(hub):
    hub.has(person(ANA), visit(ANA, "09:00"))
    by = Actor(2, id_of(ANA))
    hub.do(standing_wall, StandingWall(id_of(ANA), yes=True, by=by), NOW)
    assert faces(hub) == ["Ana G."]
    hub.do(standing_wall, StandingWall(id_of(ANA), yes=False, by=by), NOW)
    assert faces(hub) == []


def test_a_standing_yes_is_the_persons_own(hub):
    hub.has(person(ANA))
    with pytest.raises(TooLow):
        hub.do(standing_wall, StandingWall(id_of(ANA), yes=True, by=Actor(1)), NOW)
    with pytest.raises(NotKnown):
        hub.do(standing_wall, StandingWall(id_of("Nobody"), yes=True, by=Actor(3)), NOW)


def test_an_answer_needs_a_visit(hub):
    with pytest.raises(NotKnown):
        hub.do(answer_wall, AnswerWall(id_of("nothing"), yes=True), NOW)


def test_a_yes_to_a_slot_is_one_record_however_often_it_is_said(hub):
    hub.has(person(ANA))
    by = Actor(2, id_of(ANA))
    for yes in (True, False, True):
        hub.do(say_welcome, SayWelcome(id_of(ANA), TODAY, ("09:00", "14:00"), yes, by), NOW)
    assert [one.yes for one in hub.snapshot.welcomers_on(TODAY)] == [True]
    assert [one.name for one in on_duty(hub.snapshot, NOW)] == [ANA]


def test_a_volunteer_enters_the_yes_of_another_and_nobody_else_does(hub):
    hub.has(person(ANA))
    ask = SayWelcome(id_of(ANA), TODAY, ("09:00", "14:00"), by=Actor(3, id_of("Vera")))
    hub.do(say_welcome, ask, NOW)
    with pytest.raises(TooLow):
        hub.do(say_welcome, SayWelcome(id_of(ANA), TODAY, ("09:00", "14:00")), NOW)


@pytest.mark.parametrize(
    ("clock", "there"), [("08:59", []), ("09:00", [ANA]), ("13:59", [ANA]), ("14:00", [INES])]
)
def test_a_welcomer_is_on_duty_in_their_slot(hub, clock, there):
    hub.has(person(ANA), person(INES), welcomer(ANA), welcomer(INES, "14:00", "20:00"))
    assert [one.name for one in on_duty(hub.snapshot, at(clock))] == there


@pytest.mark.parametrize(
    ("clock", "on", "there"), [("23:59", 0, [ANA]), ("00:59", 1, [ANA]), ("01:00", 1, [])]
)
def test_a_slot_that_passes_midnight_lasts_to_its_end(hub, clock, on, there):
    hub.has(person(ANA), welcomer(ANA, "20:00", "01:00"))
    assert [one.name for one in on_duty(hub.snapshot, at(clock, on))] == there
    assert [one.name for one in hosts_today(hub.snapshot, at(clock, on))] == there


def test_who_hosts_after_midnight_goes_before_who_hosts_the_day_that_begins(hub):
    hub.has(person(ANA), person(INES))
    hub.has(welcomer(ANA, "20:00", "01:00"), welcomer(INES, date=day(1)))
    assert [one.name for one in hosts_today(hub.snapshot, at("00:30", 1))] == [ANA, INES]


def test_a_call_just_before_midnight_lasts_its_two_minutes(hub):
    hub.has(the_hub(open=dict.fromkeys(WEEKDAYS, (("09:00", "02:00"),))))
    hub.has(person(ANA), welcomer(ANA, "20:00", "01:00"), visit(ANA, "20:00"))
    first_time(hub, at("23:59"))
    assert welcome_call(hub.snapshot, at("00:00:59", 1)).names == ("Ana G.",)
    assert welcome_call(hub.snapshot, at("00:01", 1)) is None


def test_who_came_before_midnight_calls_the_welcomer_after_it(hub):
    hub.has(
        the_hub(open=dict.fromkeys(WEEKDAYS, (("09:00", "02:00"),))), visit("", "23:00", id="v")
    )
    hub.do(call_welcomer, CallWelcomer("v"), at("00:30", 1))
    assert welcome_call(hub.snapshot, at("00:31", 1)).visit == "v"


def test_a_no_is_no_duty(hub):
    hub.has(person(ANA), person(INES), welcomer(ANA, yes=False))
    hub.has(welcomer(INES, withdrawn=Withdrawn("", NOW)))
    assert on_duty(hub.snapshot, NOW) == ()
    assert hosts_today(hub.snapshot, NOW) == ()


def test_who_hosts_the_day_is_who_is_next(hub):
    hub.has(person(ANA), person(INES), welcomer(INES, "14:00", "20:00"), welcomer(ANA))
    assert [one.name for one in hosts_today(hub.snapshot, NOW)] == [ANA, INES]
    assert [one.name for one in hosts_today(hub.snapshot, at("15:00"))] == [INES]


def test_a_welcomer_whom_nobody_knows_any_more_is_left_out(hub):
    hub.has(welcomer("Nobody"))
    assert on_duty(hub.snapshot, NOW) == hosts_today(hub.snapshot, NOW) == ()
