"""While a booking runs: staying longer, leaving early, being there."""

import pytest

from kiosk.hub.actor import ANYBODY, KNOWN, VOLUNTEER, Actor
from kiosk.hub.booking_errors import HubShut, NotYours, Past, RoomTaken, TooEarly
from kiosk.hub.bookings import OnDay, chain_after, mark_used, the_day
from kiosk.hub.errors import NotKnown
from kiosk.hub.extend import Extend, end_early, extend, longest_extension_min, we_are_here
from kiosk.hub.room_day import room_now
from sync.records.booking_diary import taken
from sync.records.booking_time import Span
from tests.kiosk.hub.house import TODAY, at, booking, day, id_of, person, room, the_hub, visit

ANA = Actor(level=KNOWN, person=id_of("Ana"))
LUIS = Actor(level=KNOWN, person=id_of("Luis"))
INES = Actor(level=VOLUNTEER, person=id_of("Inés"))
CHOIR = booking("Willow", "18:00", who="Ana", confirmed=1)
NOW = at("18:20")


@pytest.fixture
def house(hub):
    return hub.has(
        person("Ana"), person("Luis"), room("Willow", buffer_min=15), room("Quiet"), CHOIR
    )


def refused(house, kind, use_case, asked, now=NOW):
    with pytest.raises(kind) as caught:
        house.ask(use_case, asked, now)
    return caught.value


def longer(minutes=45, by=ANA):
    return Extend(CHOIR.id, TODAY, minutes, by)


def this(by=ANA, one=CHOIR):
    return OnDay(one.id, TODAY, by)


def spans(house, name="Willow"):
    return [one.span for one in taken(house.snapshot.diary, id_of(name))]


@pytest.mark.acceptance(37)
def test_an_extension_is_offered_up_to_the_buffer_of_the_next(house):
    house.has(booking("Willow", "20:00"))
    running = the_day(house.snapshot, CHOIR, TODAY)
    assert longest_extension_min(house.snapshot, running) == 45
    assert house.ask(extend, longer(45), NOW).acts
    refused(house, RoomTaken, extend, longer(60))


def test_what_was_said_of_a_booking_is_said_of_its_extension(house):
    said = {"note": "keys", "heads": 4, "private": True, "for_name": "Eva"}
    house.has(booking("Quiet", "18:00", who="Ana", confirmed=1, **said))
    quiet = Extend(id_of("booking Quiet 18:00 0"), TODAY, 30, INES)
    made = house.do(extend, quiet, NOW)
    assert {name: getattr(made, name) for name in said} == said


@pytest.mark.acceptance(37)
def test_an_extension_is_a_booking_of_its_own_and_the_first_stays_confirmed(house):
    made = house.do(extend, longer(), NOW)
    assert (made.extends, made.starts.hour, made.title) == (CHOIR.id, 19, CHOIR.title)
    assert house.snapshot.booking(CHOIR.id).confirmed
    assert not house.snapshot.booking(made.id).confirmed


def test_extending_again_goes_on_from_the_end_of_the_extension(house):
    first = house.do(extend, longer(30), NOW)
    second = house.do(extend, longer(30), NOW)
    assert (second.extends, second.starts.minute) == (first.id, 30)
    found = chain_after(house.snapshot, the_day(house.snapshot, CHOIR, TODAY))
    assert [one.booking.id for one in found] == [first.id, second.id]


def test_an_extension_ends_at_closing_but_for_volunteers(house):
    assert longest_extension_min(house.snapshot, the_day(house.snapshot, CHOIR, TODAY)) == 180
    refused(house, HubShut, extend, longer(195))
    assert house.ask(extend, longer(195, INES), NOW).acts


def test_only_its_holder_or_a_volunteer_extends_a_booking(house):
    refused(house, NotYours, extend, longer(by=LUIS))
    refused(house, NotYours, extend, longer(by=ANYBODY))


def test_a_booking_that_is_over_or_was_given_back_is_not_extended(house):
    refused(house, Past, extend, longer(), at("19:00"))
    house.do(end_early, this(), NOW)
    refused(house, Past, extend, longer())


def test_the_hour_that_comes_twice_in_autumn_is_not_extended_into_its_second_time(hub):
    night = booking("Willow", "01:30", on=336, who="Ana", hours=2, confirmed=1)
    hub.has(
        person("Ana"),
        room("Willow"),
        night,
        the_hub(open={"sun": (("00:00", "24:00"),)}),
        since=at("00:00", -1),
    )
    asked = Extend(night.id, day(336), 60, INES)
    assert day(336).isoformat() == "2027-10-25"
    autumn = booking("Willow", "01:30", on=342, who="Ana", hours=2, confirmed=1)
    assert hub.ask(extend, asked, at("01:40", day(336))).acts
    hub.has(autumn)
    refused(hub, Past, extend, Extend(autumn.id, day(342), 60, INES), at("01:40", day(342)))


@pytest.mark.acceptance(38)
def test_who_leaves_early_gives_back_the_rest_from_the_next_five_minutes(house):
    assert house.do(end_early, this(), at("18:21")) == at("18:25")
    assert spans(house) == [Span(at("18:00"), at("18:25"))]


@pytest.mark.acceptance(38)
def test_what_was_given_back_is_free_at_once_and_is_not_taken_again(house):
    house.do(end_early, this(), NOW)
    willow = house.snapshot.room(id_of("Willow"))
    assert room_now(house.snapshot, willow, at("18:25")).state == "free"
    refused(house, Past, end_early, this(), at("18:25"))
    assert spans(house)[0].end == at("18:20")


def test_leaving_early_gives_up_what_the_booking_was_extended_by(house):
    house.do(extend, longer(), NOW)
    house.do(end_early, this(), NOW)
    assert spans(house) == [Span(at("18:00"), at("18:20"))]


def test_leaving_early_in_the_extension_gives_back_of_that(house):
    house.do(extend, longer(), NOW)
    house.do(end_early, this(), at("19:10"))
    assert spans(house) == [Span(at("18:00"), at("19:00")), Span(at("19:00"), at("19:10"))]


def test_what_has_not_begun_is_not_ended_early(house):
    assert refused(house, TooEarly, end_early, this(), at("17:00")).opens == at("18:00")


@pytest.mark.parametrize("now", ["18:57", "19:30"])
def test_the_last_minutes_are_not_given_back(house, now):
    refused(house, Past, end_early, this(), at(now))


def test_only_its_holder_ends_a_booking_early(house):
    refused(house, NotYours, end_early, this(LUIS))


def test_anybody_may_say_that_they_are_there(house):
    told = house.do(we_are_here, this(ANYBODY), at("17:30"))
    assert told.id == this().booking
    assert the_day(house.snapshot, CHOIR, TODAY).used


def test_being_there_counts_from_half_an_hour_before_until_the_end(house):
    assert refused(house, TooEarly, we_are_here, this(), at("17:29")).opens == at("17:30")
    refused(house, Past, we_are_here, this(), at("19:00"))


def test_a_day_that_is_gone_cannot_be_used(house):
    refused(house, Past, we_are_here, OnDay(CHOIR.id, day(1), ANA))
    refused(house, NotKnown, we_are_here, OnDay("nothing", TODAY, ANA))


@pytest.mark.acceptance(39)
def test_a_booking_is_used_when_its_holder_comes_in_time_for_it(house):
    house.has(visit("Ana", "17:40"))
    house.rule(mark_used, at("17:41"))
    assert the_day(house.snapshot, CHOIR, TODAY).used


@pytest.mark.acceptance(39)
def test_a_holder_who_is_still_in_the_house_half_an_hour_before_has_come(house):
    house.has(visit("Ana", "15:00"))
    assert not house.rule(mark_used, at("17:20")).acts
    assert house.rule(mark_used, at("17:31")).acts


@pytest.mark.acceptance(39)
def test_two_records_of_one_person_are_one_holder(house):
    house.has(person("Ana G", merged_into=id_of("Ana")), visit("Ana G", "17:50"))
    assert house.rule(mark_used, at("18:00")).acts


def test_who_left_before_or_is_somebody_else_does_not_use_the_room(house):
    house.has(visit("Ana", "15:00", left="17:00"), visit("Luis", "17:50"))
    assert not house.rule(mark_used, at("18:10")).acts


def test_a_visit_taken_back_as_a_mistake_uses_nothing(house):
    house.has(visit("Ana", "17:50", mistake=1))
    assert not house.rule(mark_used, at("18:10")).acts


def test_a_booking_in_somebody_s_name_is_used_only_by_saying_so(house):
    house.has(booking("Quiet", "18:00", for_name="Julia"), visit("Luis", "17:50"))
    assert not house.rule(mark_used, at("18:10")).acts


def test_using_a_room_is_written_once(house):
    house.has(visit("Ana", "17:50"))
    house.rule(mark_used, at("18:00"))
    assert not house.rule(mark_used, at("18:01")).acts


def test_what_is_known_of_a_day_already_stays_when_more_is_written(house):
    house.do(we_are_here, this(), NOW)
    house.do(end_early, this(), NOW)
    kept = house.snapshot.diary.day(CHOIR, TODAY)
    assert (kept.used, kept.given_back_min) == (1, 40)
