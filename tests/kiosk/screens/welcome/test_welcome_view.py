"""What the page after coming in says."""

from __future__ import annotations

from datetime import datetime

import pytest
from msgspec.structs import replace

from kiosk.hub.actor import KNOWN, NAMED, Actor
from kiosk.hub.sign_in import JustNow, SignedIn
from kiosk.screens.welcome.things import CALL_HOST, READ, TAKE, joining, surely
from kiosk.screens.welcome.view import welcome_view
from kiosk.ui.words import Words
from sync.records.booking import Clash
from sync.records.event import Event
from sync.records.welcomer import Welcomer
from tests.kiosk.hub.house import (
    TODAY,
    House,
    at,
    booking,
    id_of,
    notice,
    person,
    room,
    the_hub,
    visit,
)

EN, NOW = Words("en"), at("10:42")
ANA = "Ana Guerra"


@pytest.fixture
def hub() -> House:
    """A house with nothing in it."""
    return House()


def seen(hub, result=None, now=NOW, done=()):
    return welcome_view(hub.snapshot, result or SignedIn("v"), now, EN, done)


def guest(**fields):
    return visit("", "10:42", id="v", **{"tag": "blue heron 12", **fields})


def duty(who, slot=("09:00", "14:00")):
    return Welcomer(id=f"w{who}", date=TODAY, slot=slot, person=id_of(who), yes=True)


def spanish(**fields):
    starts = datetime.fromisoformat(f"{TODAY.isoformat()}T11:00")
    usual = {"id": "e", "title": {"en": "Spanish conversation"}, "starts": starts, "minutes": 60}
    return Event(**(usual | fields))


# Since when, and which name


def test_a_guest_is_told_that_no_name_is_kept_and_gets_a_tag(hub):
    hub.has(guest())
    assert seen(hub).since == "You’re in since 10:42. No name kept."
    assert seen(hub).tag.short == "Heron 12"


def test_a_person_reads_their_own_name_masked(hub):
    hub.has(person("Tomás Herrero"), visit("Tomás Herrero", "10:42", id="v"))
    assert seen(hub).since == "You’re in since 10:42, Tomás H."


def test_a_name_of_one_word_ends_the_sentence_as_well(hub):
    hub.has(guest(name="Sam"))
    assert seen(hub).since == "You’re in since 10:42, Sam."


def test_a_group_reads_how_many_they_are(hub):
    hub.has(guest(how="group", grown_ups=2, children=3))
    assert seen(hub).since == "5 of you are in since 10:42. No name kept."


def test_since_when_is_the_first_of_the_visits_that_are_open(hub):
    hub.has(person(ANA), visit(ANA, "09:00"), visit(ANA, "10:42", id="v"))
    assert seen(hub).since == "You’re in since 09:00, Ana G."


def test_a_visit_that_was_taken_for_ended_is_none_of_them_though_nobody_wrote_it_yet(hub):
    """A kiosk writes that once a minute; the stay of a member is 8 hours."""
    hub.has(person(ANA), visit(ANA, "09:00"), visit(ANA, "17:00", id="v"))
    assert seen(hub, now=at("17:00")).since == "You’re in since 17:00, Ana G."


def test_a_visit_that_another_goodbye_ended_is_none_of_them(hub):
    hub.has(person(ANA), visit(ANA, "09:00"), visit(ANA, "09:30", "10:00"))
    hub.has(visit(ANA, "10:42", id="v"))
    assert seen(hub).since == "You’re in since 10:42, Ana G."


# The wall


def test_who_gave_no_name_is_not_asked_for_the_wall(hub):
    hub.has(guest())
    assert seen(hub).wall is None


def test_nothing_is_preselected(hub):
    hub.has(person(ANA), visit(ANA, "10:42", id="v"))
    assert (seen(hub).wall.said, seen(hub).wall.standing) == (None, False)


def test_a_standing_yes_is_said_and_can_be_not_today(hub):
    hub.has(person(ANA, wall_ok=True), visit(ANA, "10:42", id="v", wall_ok=True))
    assert seen(hub).wall.standing and seen(hub).wall.sentence == "welcome.wall_stands"


# Three things to do


def test_what_begins_soon_says_when_where_and_how_many_places(hub):
    hub.has(guest(), room("Willow Room"), spanish(room=id_of("Willow Room"), places=3))
    soon = seen(hub).things[0]
    assert (soon.mark, soon.title) == ("Starts in 18 min", "Spanish conversation")
    assert soon.lines == ("Willow Room, 11:00", "3 places left")


def test_who_said_that_they_come_is_counted(hub):
    hub.has(guest(), spanish())
    said = joining("e", TODAY)
    soon = seen(hub, done={said, surely(said)}).things[0]
    assert soon.done and soon.act == "Counted"


def test_who_may_not_have_a_place_is_not_told_that_they_are_counted(hub):
    hub.has(guest(), spanish())
    soon = seen(hub, done={joining("e", TODAY)}).things[0]
    assert soon.done and soon.act == "Noted"


def test_who_comes_to_one_event_may_come_to_the_next(hub):
    hub.has(guest(), spanish())
    soon = seen(hub, done={joining("another", TODAY)}).things[0]
    assert not soon.done and soon.act == "I’ll come"


def test_an_hour_and_more_is_said_in_hours(hub):
    hub.has(guest(), spanish())
    assert seen(hub, now=at("09:30")).things[0].mark == "Starts in 1 h 30"


def test_where_nothing_begins_soon_the_list_of_what_is_on_is_offered(hub):
    hub.has(guest())
    assert seen(hub).things[0].does == "whats_on"


def test_the_host_who_is_here_can_be_called(hub):
    hub.has(guest(), person(ANA, ask_me_about={"1": {"en": "pruning"}}), duty(ANA), visit(ANA))
    ask = seen(hub).things[1]
    assert (ask.title, ask.act, ask.does) == ("Ana G.", "Call Ana", CALL_HOST)
    assert ask.lines == ("Hosts until 14:00", "Ask about: pruning")


@pytest.mark.parametrize("now", [at("23:30"), at("00:30", 1)])
def test_a_host_of_an_evening_that_passes_midnight_hosts_until_its_end(hub, now):
    hub.has(guest(), person(ANA), duty(ANA, ("20:00", "01:00")))
    assert seen(hub, now=now).things[1].lines[0] == "Hosts until 01:00"


def test_a_host_who_is_not_here_yet_cannot_be_called(hub):
    hub.has(guest(), person(ANA), duty(ANA, ("14:00", "20:00")))
    ask = seen(hub).things[1]
    assert (ask.act, ask.lines[0]) == ("", "Hosts from 14:00")


def test_the_host_is_not_asked_to_call_themselves(hub):
    hub.has(person(ANA), duty(ANA), visit(ANA, "10:42", id="v"))
    assert (seen(hub).things[1].title, seen(hub).things[1].act) == ("You host today", "")


def test_a_first_timer_reads_who_is_being_called(hub):
    hub.has(guest(first_time=True), person(ANA), duty(ANA), visit(ANA, "09:00"))
    ask = seen(hub).things[1]
    assert (ask.title, ask.lines) == ("Ana G.", ("We are calling. Please stay here a moment.",))


def test_where_nobody_can_be_called_the_kettle_is_named_and_no_person(hub):
    hub.has(the_hub(settings={"kettle_room": id_of("Kitchen")}), room("Kitchen"))
    hub.has(guest(first_time=True))
    ask = seen(hub).things[1]
    assert (ask.title, ask.lines) == ("Somebody will come", ("The kettle is in Kitchen.",))


def test_a_first_timer_whom_somebody_comes_to_meet_reads_that(hub):
    hub.has(guest(first_time=True, welcomed_at=at("10:42")))
    assert seen(hub).things[1].title == "Somebody is on the way"


def test_a_need_is_shown_with_its_first_sentence_and_can_be_read(hub):
    hub.has(guest(), notice("Prune the pear trees", kind="need", body={"en": "Two more. Soon."}))
    hands = seen(hub).things[2]
    assert (hands.title, hands.lines[0], hands.does) == ("Prune the pear trees", "Two more.", READ)


# Just leaving


def test_the_same_card_again_offers_to_leave(hub):
    hub.has(person(ANA), visit(ANA, "10:42", id="v"))
    assert seen(hub, JustNow("v", id_of(ANA), is_in=True)).may_leave
    assert not seen(hub).may_leave


def test_who_was_taken_for_gone_may_just_be_leaving(hub):
    hub.has(person(ANA), visit(ANA, "10:42", id="v"))
    assert seen(hub, SignedIn("v", id_of(ANA), maybe_here=True)).may_leave


# What is written in one language only; a room that became free


def test_words_of_another_language_say_so_before_anything_else(hub):
    pears = replace(notice("Pears", kind="need"), title={"es": "Peras"}, first_lang="es")
    hub.has(guest(), pears, spanish(title={"es": "Coro"}))
    event, _, hands = seen(hub).things
    assert (event.title, event.lines[0]) == ("Coro", "(in Spanish)")
    assert (hands.title, hands.lines[0]) == ("Peras", "(in Spanish)")


def a_clash(hub, **luis):
    """Ana wanted a room that Luis had first."""
    hub.has(person(ANA), person("Luis"), room("Willow"), visit(ANA, "10:42", id="v"))
    hub.has(booking("Willow", "18:00", who="Luis", confirmed=1, id=id_of("B2"), **luis))
    lost = (Clash(TODAY, id_of("B2")),)
    hub.has(booking("Willow", "18:00", who=ANA, id=id_of("B1"), clash_now=lost))


def first_thing(hub, by):
    return welcome_view(hub.snapshot, SignedIn("v"), NOW, EN, (), by).things[0]


def test_who_held_their_card_is_asked_whether_a_room_is_still_wanted(hub):
    a_clash(hub, cancelled=1)
    thing = first_thing(hub, Actor(KNOWN, id_of(ANA)))
    assert (thing.does, thing.title) == (TAKE, "Willow")
    assert thing.lines == ("Today", "18:00 to 19:00")


def test_nobody_is_asked_while_the_room_is_still_taken(hub):
    a_clash(hub)
    assert first_thing(hub, Actor(KNOWN, id_of(ANA))).does != TAKE


def test_a_name_alone_is_not_told_of_bookings(hub):
    a_clash(hub, cancelled=1)
    for by in (Actor(NAMED, id_of(ANA)), Actor()):
        assert first_thing(hub, by).does != TAKE
