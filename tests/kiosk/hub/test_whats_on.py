"""What's on: coming to an event, places by arrival, cancelled days, turnout; what you can do now."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.hub.actor import Actor
from kiosk.hub.errors import NotKnown, TooLow
from kiosk.hub.events import (
    GiveUpPlace,
    JoinEvent,
    NotOnThatDay,
    days_of,
    events_until,
    give_up_place,
    join_event,
    places_on,
    today_events,
    turnout_of,
)
from kiosk.hub.hosting import (
    CancelEvent,
    CountTurnout,
    SetPlaces,
    cancel_event,
    count_turnout,
    set_places,
)
from kiosk.hub.sign_in import NobodyComing, TooManyComing
from kiosk.hub.what_now import what_now
from sync.records.base import Withdrawn
from sync.records.booking_day import BookingDay
from sync.records.event import Event
from sync.records.event_rules import IN, PENCILLED, WAITING, Place
from sync.records.join import Join
from sync.records.welcomer import Welcomer
from tests.kiosk.hub.house import TODAY, at, booking, day, id_of, notice, person, room, visit

ANA, LUIS = "Ana Guerra", "Luis Ortega"
HOST, VOLUNTEER = Actor(2, id_of(ANA)), Actor(3, id_of("Vera"))
NOW = at("10:00")
SEEDS = id_of("Seed swap")


def event(title: str = "Seed swap", starts: str = "18:00", *, hours: float = 2, **fields) -> Event:
    usual = {
        "id": id_of(title),
        "title": {"en": title},
        "host": id_of(ANA),
        "starts": booking("any", starts).starts,
        "minutes": round(hours * 60),
    }
    return Event(**(usual | fields))


def join(name: str, arrived: int = 0, heads: int = 1, **fields) -> Join:
    usual = {"id": id_of(f"join {name}"), "event": SEEDS, "date": TODAY, "person": id_of(name)}
    return Join(**(usual | {"heads": heads, "arrived": arrived} | fields))


def places(hub, on=TODAY):
    return places_on(hub.snapshot, hub.snapshot.get(Event, SEEDS), on)


def comes(hub, **how):
    return hub.do(join_event, JoinEvent(SEEDS, TODAY, **how), NOW)


@pytest.mark.acceptance("B5", 10)
def test_b5_somebody_without_a_name_is_one_more(hub):
    hub.has(event())
    said = comes(hub)
    kept = hub.snapshot.get(Join, said.join)
    assert (kept.person, kept.name, kept.heads) == ("", "", 1)
    assert places(hub).heads == 1
    assert said.place == Place(IN)


def test_a_name_typed_at_the_door_is_kept(hub):
    hub.has(event())
    said = comes(hub, by=Actor(1, name=" Eva  Gil "))
    assert hub.snapshot.get(Join, said.join).name == "Eva Gil"


@pytest.mark.acceptance("B1", 56, 6)
def test_b1_of_two_offline_the_first_to_arrive_has_the_place(hub, elsewhere):
    hub.has(event(places=12), *(join(f"p{n}", arrived=n + 1) for n in range(11)))
    hub.meets(elsewhere)
    said = [
        one.do(join_event, JoinEvent(SEEDS, TODAY, by=Actor(2, id_of(who))), NOW)
        for one, who in ((hub, ANA), (elsewhere, LUIS))
    ]
    assert [one.place for one in said] == [Place(PENCILLED)] * 2
    for one, arrived in ((said[1], 12), (said[0], 13)):  # the server: Luis was first
        known = elsewhere if one is said[1] else hub
        known.has(Join(id=one.join, arrived=arrived))
    hub.meets(elsewhere)
    found = places(hub).places
    assert (found[said[1].join], found[said[0].join]) == (Place(IN), Place(WAITING, 1))


@pytest.mark.acceptance("B2", 56)
def test_b2_who_waits_gets_a_place_that_is_given_up_without_a_tap(hub):
    hub.has(event(places=1), join(ANA, arrived=1), join(LUIS, arrived=2))
    assert places(hub).places[id_of(f"join {LUIS}")] == Place(WAITING, 1)
    hub.do(give_up_place, GiveUpPlace(id_of(f"join {ANA}"), HOST), NOW)
    assert places(hub).places == {id_of(f"join {LUIS}"): Place(IN)}


@pytest.mark.acceptance("B3")
def test_b3_turnout_is_the_greater_of_joins_that_came_and_the_hosts_number(hub):
    hub.has(event(), join("a", heads=6), join("b", heads=3), person("a"), visit("a", "17:50"))
    one = events_until(hub.snapshot, TODAY, at("00:00"))[0]
    assert turnout_of(hub.snapshot, one) == 6
    hub.do(count_turnout, CountTurnout(SEEDS, TODAY, 14, HOST), at("20:00"))
    assert turnout_of(hub.snapshot, events_until(hub.snapshot, TODAY, at("00:00"))[0]) == 14


@pytest.mark.parametrize(
    ("came", "left", "counts"), [("17:00", "18:00", 0), ("17:00", "18:01", 1), ("20:00", "", 0)]
)
def test_who_was_signed_in_during_the_event_came(hub, came, left, counts):
    hub.has(event(), join("a"), person("a"), visit("a", came, left))
    assert turnout_of(hub.snapshot, events_until(hub.snapshot, TODAY, at("00:00"))[0]) == counts


@pytest.mark.acceptance("B4")
def test_b4_one_date_of_a_weekly_event_is_cancelled_with_its_booking(hub):
    room_booking = booking("Hall", "18:00", hours=2, rule="FREQ=WEEKLY;COUNT=3", confirmed=1)
    hub.has(room("Hall"), room_booking)
    hub.has(event(rule="FREQ=WEEKLY;COUNT=3", booking=room_booking.id, room=id_of("Hall")))
    hub.do(cancel_event, CancelEvent(SEEDS, day(7), HOST), NOW)
    struck = [one.cancelled for one in days_of(hub.snapshot, hub.snapshot.get(Event, SEEDS))]
    assert struck == [False, True, False]
    assert [(d.date, d.cancelled) for d in hub.snapshot.booking_days(room_booking.id)] == [
        (day(7), 1)
    ]


def test_a_day_cancelled_before_is_cancelled_once(hub):
    hub.has(event())
    for _ in range(2):
        hub.do(cancel_event, CancelEvent(SEEDS, TODAY, VOLUNTEER), NOW)
    assert len(list(hub.snapshot.all(BookingDay))) == 1


def test_a_day_of_which_something_is_known_can_be_cancelled(hub):
    hub.has(event())
    hub.do(cancel_event, CancelEvent(SEEDS, TODAY, VOLUNTEER), NOW)
    (known,) = hub.snapshot.all(BookingDay)
    hub.tables["booking_day"].clear()
    hub.has(BookingDay(id=known.id, booking=known.booking, date=TODAY))
    hub.do(cancel_event, CancelEvent(SEEDS, TODAY, VOLUNTEER), NOW)
    assert [one.cancelled for one in hub.snapshot.all(BookingDay)] == [1]


def test_a_cancelled_event_stays_on_the_board_until_its_end(hub):
    hub.has(event())
    hub.do(cancel_event, CancelEvent(SEEDS, by=HOST), NOW)
    assert [one.cancelled for one in today_events(hub.snapshot, at("19:59"))] == [True]
    assert today_events(hub.snapshot, at("20:00")) == ()
    with pytest.raises(NotOnThatDay):
        comes(hub)


def test_a_room_that_is_not_confirmed_shows_on_the_event(hub):
    one = booking("Hall", "18:00", hours=2)
    hub.has(room("Hall"), one, event(booking=one.id), event("Talk", "19:00"))
    assert [e.pencilled for e in events_until(hub.snapshot, TODAY, at("00:00"))] == [True, False]


@pytest.mark.acceptance(4)
def test_the_same_person_joining_at_two_kiosks_is_one_join(hub, elsewhere):
    for one in (hub, elsewhere):
        one.has(person(LUIS), event())
        one.do(join_event, JoinEvent(SEEDS, TODAY, by=Actor(2, id_of(LUIS))), NOW)
    hub.meets(elsewhere)
    assert places(hub).heads == 1


def test_more_heads_later_are_one_more_join(hub):
    hub.has(person(LUIS), event())
    comes(hub, by=Actor(2, id_of(LUIS)))
    comes(hub, heads=3, by=Actor(2, id_of(LUIS)))
    assert places(hub).heads == 4
    assert len(hub.snapshot.joins_of(SEEDS)) == 2


def test_a_group_of_nobody_or_of_too_many_does_not_join(hub):
    hub.has(event())
    with pytest.raises(NobodyComing):
        comes(hub, heads=0)
    with pytest.raises(TooManyComing):
        comes(hub, heads=61)


@pytest.mark.parametrize(("ask_day", "now"), [(day(1), NOW), (TODAY, at("20:00"))])
def test_nobody_joins_on_a_day_without_the_event_or_after_it(hub, ask_day, now):
    hub.has(event())
    with pytest.raises(NotOnThatDay):
        hub.do(join_event, JoinEvent(SEEDS, ask_day), now)


def test_what_is_not_there_cannot_be_joined_given_up_or_cancelled(hub):
    hub.has(event("Old", withdrawn=Withdrawn("", NOW)), event())
    for use_case, ask in (
        (join_event, JoinEvent(id_of("nothing"), TODAY)),
        (join_event, JoinEvent(id_of("Old"), TODAY)),
        (give_up_place, GiveUpPlace(id_of("nothing"))),
        (cancel_event, CancelEvent(id_of("nothing"))),
    ):
        with pytest.raises(NotKnown):
            hub.do(use_case, ask, NOW)
    with pytest.raises(NotOnThatDay):
        hub.do(cancel_event, CancelEvent(SEEDS, day(1), HOST), NOW)


def test_only_its_host_or_a_volunteer_changes_an_event(hub):
    hub.has(event(), join(LUIS))
    other = Actor(2, id_of("Hana"))
    for use_case, ask in (
        (cancel_event, CancelEvent(SEEDS, by=other)),
        (set_places, SetPlaces(SEEDS, 3, other)),
        (count_turnout, CountTurnout(SEEDS, TODAY, 3, other)),
        (give_up_place, GiveUpPlace(id_of(f"join {LUIS}"), other)),
    ):
        with pytest.raises(TooLow):
            hub.do(use_case, ask, NOW)


@pytest.mark.acceptance(5)
def test_lowering_places_takes_nobodys_away(hub):
    hub.has(event(places=5), join("a", arrived=1, heads=2), join("b", arrived=2, heads=2))
    assert hub.do(set_places, SetPlaces(SEEDS, 1, HOST), NOW) == 4
    assert hub.snapshot.get(Event, SEEDS).places == 4
    assert {one.state for one in places(hub).places.values()} == {IN}
    assert hub.do(set_places, SetPlaces(SEEDS, 0, HOST), NOW) == 0
    assert hub.do(set_places, SetPlaces(SEEDS, 1, HOST), at("21:00")) == 1


def test_an_event_without_a_time_or_out_of_sight_has_no_day(hub):
    gone = event("Old", withdrawn=Withdrawn("", NOW))
    hub.has(Event(id=SEEDS), gone)
    assert events_until(hub.snapshot, TODAY, at("00:00")) == ()


@pytest.mark.parametrize(
    ("clock", "titles"),
    [("14:59", None), ("15:00", "Seed swap"), ("18:30", "Seed swap"), ("18:31", None)],
)
def test_what_you_can_do_now_is_the_event_that_begins_soon(hub, clock, titles):
    hub.has(event(room=id_of("Hall"), places=12), room("Hall"), join("a", heads=2))
    found = what_now(hub.snapshot, at(clock)).event
    assert (found.one.event.title["en"] if found else None) == titles
    if found:
        assert (found.room.id, found.heads, found.free) == (id_of("Hall"), 2, 10)


def test_what_is_about_to_begin_goes_before_what_has_begun(hub):
    hub.has(event("Running", "17:50"), event("Next", "18:30"), event("Off", "18:05", cancelled=1))
    assert what_now(hub.snapshot, at("18:00")).event.one.event.title["en"] == "Next"


def test_who_hosts_the_day_is_somebody_here_if_anybody_is(hub):
    slot = {"date": TODAY, "yes": True}
    hub.has(person(ANA), person(LUIS), visit(LUIS, "09:00"))
    hub.has(Welcomer(id=id_of("w1"), slot=("09:00", "14:00"), person=id_of(ANA), **slot))
    assert not what_now(hub.snapshot, NOW).host.is_here
    hub.has(Welcomer(id=id_of("w2"), slot=("14:00", "20:00"), person=id_of(LUIS), **slot))
    found = what_now(hub.snapshot, NOW).host
    assert (found.name, found.is_here) == ("Luis O.", True)


def test_one_place_where_a_hand_is_needed_is_named_each_hour_another(hub):
    hub.has(notice("Chairs", kind="need"), notice("Bread", kind="need"), notice("News"))
    seen = {what_now(hub.snapshot, NOW + timedelta(hours=n)).need.title["en"] for n in range(2)}
    assert seen == {"Chairs", "Bread"}


def test_on_a_quiet_day_there_is_nothing_to_do(hub):
    found = what_now(hub.snapshot, NOW)
    assert (found.event, found.host, found.need) == (None, None, None)
