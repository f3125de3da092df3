"""What two kiosks that did not hear of each other show once they have met."""

from __future__ import annotations

import pytest

from kiosk.hub.cards import uid_hash
from kiosk.hub.counts import day_count
from kiosk.hub.presence import end, heads_at, house, is_present, present, visits_of
from kiosk.hub.roll_call import EverybodyOut, Tick, everybody_out, roll_rows, safe_visits, tick
from kiosk.hub.sign_in import ComeVisiting, TapCard, come_visiting, tap_card
from kiosk.hub.sign_out import LeaveByName, assume_left, leave_by_name
from kiosk.hub.tags import ANIMALS, HIGHEST_NUMBER, Tag, free_tag, tags_in_use
from sync.records.card import Card
from sync.records.visit_rules import stays
from tests.kiosk.hub.house import TODAY, at, id_of, person, visit

TOMAS = "Tomás Herrero"
CARD = uid_hash(b"key", "04B39E62072BD4")
TAP = TapCard(CARD)


@pytest.fixture
def both(hub, elsewhere):
    """Two kiosks that know Tomás and his card."""
    for one in (hub, elsewhere):
        one.has(person(TOMAS), Card(id=id_of("card"), uid_hash=CARD, person=id_of(TOMAS)))
    return hub, elsewhere


def the_stays(one):
    visits = visits_of(one.snapshot, id_of(TOMAS))
    return [(s.start, s.end) for s in stays(visits, house(one.snapshot))]


@pytest.mark.acceptance(23, 24, 70)
def test_box_two_kiosks(both):
    """In by K1 at 09:00 and by K2 at 09:30, out by K1 at 12:00: one stay, nobody left behind."""
    k1, k2 = both
    k1.do(tap_card, TAP, at("09:00"))
    k2.do(tap_card, TAP, at("09:30"))
    k1.do(tap_card, TAP, at("12:00"))
    k1.meets(k2)
    assert the_stays(k1) == the_stays(k2) == [(at("09:00"), at("12:00"))]
    assert not roll_rows(k1.snapshot, at("12:01"))
    assert not roll_rows(k2.snapshot, at("12:01"))


@pytest.mark.acceptance(23, 24, 70)
def test_box_came_back(both):
    """09-11 by K1, back at 11:30; K2 still shows the first visit and closes it at 12:00."""
    k1, k2 = both
    first = k1.do(tap_card, TAP, at("09:00")).visit
    k1.meets(k2)
    k1.do(tap_card, TAP, at("11:00"))
    second = k1.do(tap_card, TAP, at("11:30")).visit
    k2.do(leave_by_name, LeaveByName(id_of(TOMAS)), at("12:00"))
    k1.meets(k2)
    assert k1.snapshot.visit(first).left_at == at("12:00")
    assert end(k1.snapshot, k1.snapshot.visit(second)).at == at("12:00")
    assert the_stays(k1) == the_stays(k2) == [(at("09:00"), at("12:00"))]


@pytest.mark.acceptance(23, 24, 70)
def test_script_s1_signed_in_twice(both):
    """Two visits, one stay, one head; at closing no ``assumed_at`` appears."""
    k1, k2 = both
    k1.do(tap_card, TAP, at("09:00"))
    k2.do(tap_card, TAP, at("09:05"))
    k1.do(tap_card, TAP, at("11:00"))
    k1.meets(k2)
    assert the_stays(k2) == [(at("09:00"), at("11:00"))]
    assert heads_at(k2.snapshot, at("11:10")) == 0
    assert not k1.rule(assume_left, at("22:00")).acts
    count = day_count(k1.snapshot, TODAY)
    assert (count.stays, count.grown_ups) == (1, 1)


@pytest.mark.acceptance(24)
def test_who_signs_out_at_the_other_kiosk_is_gone_from_both(both):
    k1, k2 = both
    k1.do(tap_card, TAP, at("09:00"))
    k1.meets(k2)
    k2.do(tap_card, TAP, at("12:00"))
    k2.meets(k1)
    assert not any(is_present(one.snapshot, id_of(TOMAS), at("12:01")) for one in both)


@pytest.mark.acceptance(21)
def test_both_take_an_open_visit_for_ended_at_the_same_time(both):
    k1, k2 = both
    k1.do(tap_card, TAP, at("18:00"))
    k1.meets(k2)
    k1.rule(assume_left, at("22:00"))
    k2.rule(assume_left, at("22:40"))
    k1.meets(k2)
    assert {v.assumed_at for v in visits_of(k2.snapshot, id_of(TOMAS))} == {at("22:00")}


@pytest.mark.acceptance(19)
def test_two_kiosks_never_give_the_same_tag(hub, elsewhere):
    tags = [
        one.do(come_visiting, ComeVisiting(), at("10:00")).tag
        for one in (hub, elsewhere)
        for _ in range(60)
    ]
    assert len(set(tags)) == 120
    assert {tag.split()[0] for tag in tags} == {"blue", "green"}


@pytest.mark.acceptance(19)
def test_a_tag_is_free_again_the_next_day(hub):
    hub.has(visit("", "10:00", "11:00", on=-1, tag="blue heron 1"), visit("", tag="blue hare 2"))
    assert tags_in_use(hub.snapshot, at("12:00")) == {"blue hare 2"}


@pytest.mark.acceptance(19)
@pytest.mark.parametrize("left", ["blue lynx 7", f"blue hare {HIGHEST_NUMBER}", "blue lynx 1"])
def test_a_tag_that_was_given_today_is_not_given_again(hub, left):
    given = [str(Tag("blue", a, n)) for a in ANIMALS for n in range(1, HIGHEST_NUMBER + 1)]
    hub.has(*(visit("", id=id_of(tag), tag=tag) for tag in given if tag != left))
    assert free_tag(hub.snapshot, hub.moment(at("12:00"))) == left


def test_when_every_tag_is_out_numbers_go_on(hub):
    given = [str(Tag("blue", a, n)) for a in ANIMALS for n in range(1, HIGHEST_NUMBER + 1)]
    hub.has(*(visit("", id=id_of(tag), tag=tag) for tag in given))
    assert Tag.parse(free_tag(hub.snapshot, hub.moment(at("12:00")))).number > HIGHEST_NUMBER


def test_who_may_still_be_here_after_midnight_keeps_their_tag(hub):
    gone = visit("", "20:00", on=-1, tag="blue heron 1", assumed_at=at("23:30", -1))
    hub.has(gone)
    assert tags_in_use(hub.snapshot, at("00:10")) == {"blue heron 1"}
    assert tags_in_use(hub.snapshot, at("02:00")) == set()


def test_who_stayed_past_midnight_keeps_their_tag(hub):
    hub.has(visit("", "21:59", on=-1, tag="blue heron 1", how="group"))
    assert tags_in_use(hub.snapshot, at("00:10")) == {"blue heron 1"}


@pytest.mark.acceptance(27)
def test_the_ticks_of_two_devices_add_up(hub, elsewhere):
    hub.has(visit("", "10:00", id=id_of("a")), visit("", "10:10", id=id_of("b")))
    hub.meets(elsewhere)
    hub.do(everybody_out, EverybodyOut(), at("11:00"))
    elsewhere.do(everybody_out, EverybodyOut(), at("11:01"))
    hub.do(tick, Tick(id_of("a")), at("11:02"))
    elsewhere.do(tick, Tick(id_of("b")), at("11:02"))
    hub.meets(elsewhere)
    assert safe_visits(hub.snapshot, at("11:03")) == {id_of("a"), id_of("b")}


@pytest.mark.acceptance(27)
def test_somebody_who_came_by_the_other_kiosk_is_known_as_of_the_last_exchange(both):
    k1, k2 = both
    k2.do(tap_card, TAP, at("09:00"))
    k2.do(come_visiting, ComeVisiting(), at("09:01"))
    k1.do(come_visiting, ComeVisiting(), at("09:02"))
    k1.meets(k2)
    assert [r.from_another_kiosk for r in roll_rows(k1.snapshot, at("10:00"))] == [
        True,
        True,
        False,
    ]
    assert len(present(k1.snapshot, at("10:00"))) == 3


@pytest.mark.acceptance(53)
def test_a_card_lost_elsewhere_signs_in_and_is_flagged(both):
    from kiosk.hub.actor import Actor
    from kiosk.hub.cards import ReportLost, lost_cards_seen, report_lost

    k1, k2 = both
    volunteer = Actor(3, id_of("Vera"))
    k1.do(report_lost, ReportLost(id_of(TOMAS), by=volunteer), at("09:00"))
    came = k2.do(tap_card, TAP, at("10:00")).visit
    k1.meets(k2)
    assert is_present(k1.snapshot, id_of(TOMAS), at("10:01"))
    assert lost_cards_seen(k1.snapshot, volunteer) == (came,)
