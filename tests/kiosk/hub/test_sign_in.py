"""Coming in: by card, by tile, visiting, together, just counted."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.hub.cards import LostCard, UnknownCard, uid_hash
from kiosk.hub.errors import NotKnown
from kiosk.hub.presence import heads_at, is_present, present
from kiosk.hub.sign_in import (
    AgreementDue,
    ComeByTile,
    ComeTogether,
    ComeVisiting,
    JustCount,
    JustNow,
    NobodyComing,
    SignedIn,
    TapCard,
    TooManyComing,
    come_by_tile,
    come_together,
    come_visiting,
    just_count,
    tap_card,
)
from kiosk.hub.sign_out import LeaveByName, SignedOut, leave_by_name
from kiosk.hub.typed import TextTooLong
from sync.records.card import Card
from sync.records.visit import Visit
from tests.kiosk.hub.house import K2, at, day, id_of, person, visit

TOMAS = "Tomás Herrero"
CARD = uid_hash(b"key", "04B39E62072BD4")
TAP = TapCard(CARD)


def card(who: str = TOMAS, **fields) -> Card:
    return Card(**({"id": id_of("card"), "uid_hash": CARD, "person": id_of(who)} | fields))


@pytest.fixture
def tomas(hub):
    """The hub with Tomás, his card, and nobody in it."""
    return hub.has(person(TOMAS), card())


@pytest.mark.acceptance(16)
def test_a_card_signs_in_when_absent(tomas):
    said = tomas.do(tap_card, TAP, at("09:00"))
    assert isinstance(said, SignedIn)
    assert is_present(tomas.snapshot, id_of(TOMAS), at("09:01"))
    assert tomas.snapshot.visit(said.visit).card == id_of("card")


@pytest.mark.acceptance(16)
def test_a_card_signs_out_when_present(tomas):
    tomas.do(tap_card, TAP, at("09:00"))
    said = tomas.do(tap_card, TAP, at("12:00"))
    assert isinstance(said, SignedOut)
    assert not is_present(tomas.snapshot, id_of(TOMAS), at("12:00"))


@pytest.mark.acceptance(16)
@pytest.mark.parametrize(("seconds", "changes"), [(0, False), (59, False), (60, True), (61, True)])
def test_the_same_card_within_a_minute_changes_nothing(tomas, seconds, changes):
    tomas.do(tap_card, TAP, at("09:00"))
    again = tomas.ask(tap_card, TAP, at("09:00") + timedelta(seconds=seconds))
    assert bool(again.acts) is changes


@pytest.mark.acceptance(16)
def test_a_second_tap_says_that_you_are_in(tomas):
    tomas.do(tap_card, TAP, at("09:00"))
    said = tomas.do(tap_card, TAP, at("09:00:30"))
    assert isinstance(said, JustNow)
    assert said.is_in


@pytest.mark.acceptance(16)
def test_a_second_tap_after_leaving_does_not_sign_in_again(tomas):
    tomas.do(tap_card, TAP, at("09:00"))
    tomas.do(tap_card, TAP, at("12:00"))
    said = tomas.do(tap_card, TAP, at("12:00:30"))
    assert isinstance(said, JustNow)
    assert not said.is_in


@pytest.mark.parametrize("facts", [{"made_on": K2.node}, {"how": "tile"}])
def test_whoever_came_elsewhere_or_by_name_leaves_by_a_card_held_twice(tomas, facts):
    tomas.has(visit(TOMAS, "09:00", **facts))
    tomas.do(tap_card, TAP, at("12:00"))
    said = tomas.do(tap_card, TAP, at("12:00:03"))
    assert isinstance(said, JustNow)
    assert not is_present(tomas.snapshot, id_of(TOMAS), at("12:00:03"))


def test_whoever_said_goodbye_and_is_in_again_leaves_by_their_card(tomas):
    tomas.has(visit(TOMAS, "09:00", "12:00", how="tile"))
    tomas.has(visit(TOMAS, "12:00:20", how="tile"))
    assert isinstance(tomas.do(tap_card, TAP, at("12:00:50")), SignedOut)
    assert not is_present(tomas.snapshot, id_of(TOMAS), at("12:00:50"))


def test_a_tap_at_another_kiosk_a_minute_ago_does_not_count_here(tomas):
    tomas.has(visit(TOMAS, "09:00", made_on=K2.node))
    assert isinstance(tomas.do(tap_card, TAP, at("09:00:30")), SignedOut)


def test_a_card_closes_every_open_visit_of_its_holder(tomas):
    tomas.has(visit(TOMAS, "09:00"), visit(TOMAS, "09:30", made_on=K2.node))
    said = tomas.do(tap_card, TAP, at("12:00"))
    assert len(said.visits) == 2
    assert heads_at(tomas.snapshot, at("12:00")) == 0


@pytest.mark.acceptance(28)
def test_an_undone_sign_in_never_was(tomas):
    before = dict(tomas.tables["visit"])
    changes = tomas.take(tomas.ask(tap_card, TAP, at("09:00")), at("09:00"))
    assert changes.undo_s == 10
    tomas.undo()
    assert tomas.tables["visit"] == before
    assert isinstance(tomas.do(tap_card, TAP, at("09:00:09")), SignedIn)


def test_a_card_printed_at_home_signs_in_before_the_record_of_it_came_here(hub):
    hub.has(person(TOMAS))
    said = hub.do(tap_card, TapCard(CARD, vouched=id_of(TOMAS)), at("09:00"))
    assert said.person == id_of(TOMAS)
    out = hub.do(tap_card, TapCard(CARD, vouched=id_of(TOMAS)), at("10:00"))
    assert out == SignedOut((said.visit,), id_of(TOMAS))


@pytest.mark.acceptance(52)
def test_an_unknown_card_leaves_no_trace(hub):
    before = {kind: dict(rows) for kind, rows in hub.tables.items()}
    with pytest.raises(UnknownCard) as refused:
        hub.do(tap_card, TAP, at("09:00"))
    assert hub.tables == before
    assert CARD not in f"{refused.value} {refused.value.facts()}"


@pytest.mark.acceptance(52)
def test_the_card_of_somebody_who_was_forgotten_is_unknown(hub):
    hub.has(card())
    with pytest.raises(UnknownCard):
        hub.do(tap_card, TAP, at("09:00"))


@pytest.mark.acceptance(53)
def test_a_lost_card_signs_nobody_in(hub):
    hub.has(person(TOMAS), card(lost=1))
    with pytest.raises(LostCard):
        hub.do(tap_card, TAP, at("09:00"))
    assert not present(hub.snapshot, at("09:00"))


@pytest.mark.parametrize("how", ["tile", "visitor", "group", "count"])
def test_everybody_may_come_in_without_a_card(tomas, how):
    asks = {
        "tile": (come_by_tile, ComeByTile(id_of(TOMAS))),
        "visitor": (come_visiting, ComeVisiting("looking")),
        "group": (come_together, ComeTogether(1)),
        "count": (just_count, JustCount()),
    }
    tomas.do(*asks[how], at("10:00"))
    assert [one.visit.how for one in present(tomas.snapshot, at("10:00"))] == [how]


def test_who_is_in_already_is_told_so_at_the_tile(tomas):
    tomas.has(visit(TOMAS, "09:00"))
    changes = tomas.ask(come_by_tile, ComeByTile(id_of(TOMAS)), at("10:00"))
    assert changes.result == JustNow(visit(TOMAS, "09:00").id, id_of(TOMAS), is_in=True)
    assert not changes.acts


def test_the_tile_of_nobody_is_refused(hub):
    with pytest.raises(NotKnown):
        hub.do(come_by_tile, ComeByTile(id_of("Nobody")), at("10:00"))


@pytest.mark.acceptance(10)
def test_a_visitor_needs_no_name(hub):
    said = hub.do(come_visiting, ComeVisiting("looking"), at("10:00"))
    came = hub.snapshot.visit(said.visit)
    assert (came.name, came.person, came.reason) == ("", "", "looking")
    assert said.tag.startswith("blue ")


def test_a_typed_name_is_cleaned_and_kept(hub):
    said = hub.do(come_visiting, ComeVisiting(name="  Eva\u202e\x00  Gil "), at("10:00"))
    assert hub.snapshot.visit(said.visit).name == "Eva Gil"


def test_a_name_of_ten_thousand_letters_is_refused_with_what_fits(hub):
    with pytest.raises(TextTooLong) as refused:
        hub.do(come_visiting, ComeVisiting(name="a" * 10_000), at("10:00"))
    assert refused.value.longest == 80


def test_a_family_is_one_visit_with_one_tag(hub):
    said = hub.do(come_together, ComeTogether(2, 3), at("10:00"))
    assert heads_at(hub.snapshot, at("10:00")) == 5
    assert said.tag


@pytest.mark.parametrize(("grown_ups", "children"), [(0, 0), (-1, 2), (2, -1)])
def test_a_group_of_nobody_is_refused(hub, grown_ups, children):
    with pytest.raises(NobodyComing):
        hub.do(come_together, ComeTogether(grown_ups, children), at("10:00"))


@pytest.mark.parametrize(("grown_ups", "children"), [(61, 0), (1, 61)])
def test_more_than_sixty_are_more_than_one_group(hub, grown_ups, children):
    with pytest.raises(TooManyComing) as refused:
        hub.do(come_together, ComeTogether(grown_ups, children), at("10:00"))
    assert refused.value.most == 60


def test_sixty_and_sixty_are_one_group(hub):
    hub.do(come_together, ComeTogether(60, 60), at("10:00"))
    assert heads_at(hub.snapshot, at("10:00")) == 120


def test_children_may_come_alone(hub):
    hub.do(come_together, ComeTogether(0, 2), at("10:00"))
    assert heads_at(hub.snapshot, at("10:00")) == 2


@pytest.mark.parametrize(("wants", "tagged"), [(False, False), (True, True)])
def test_who_is_just_counted_gets_a_tag_only_if_they_want_one(hub, wants, tagged):
    said = hub.do(just_count, JustCount(heads=2, wants_tag=wants), at("10:00"))
    assert bool(said.tag) is tagged


def test_a_standing_yes_puts_the_name_on_the_wall_at_sign_in(hub):
    hub.has(person(TOMAS, wall_ok=True), card())
    assert hub.do(tap_card, TAP, at("09:00")).on_wall


def test_who_was_taken_for_gone_is_told_that_they_may_be_leaving(tomas):
    tomas.has(visit(TOMAS, "09:00"))  # taken for gone at 17:00
    assert tomas.do(tap_card, TAP, at("18:00")).maybe_here


def test_coming_in_keeps_a_person_known_once_a_month(hub):
    hub.has(person(TOMAS, active_on=day(-30)), card())
    hub.do(tap_card, TAP, at("09:00"))
    assert hub.snapshot.person(id_of(TOMAS)).active_on == day()


@pytest.mark.parametrize("active_on", [day(-29), day(-1)])
def test_who_was_here_this_month_is_not_written_again(hub, active_on):
    hub.has(person(TOMAS, active_on=active_on), card())
    hub.do(tap_card, TAP, at("09:00"))
    assert hub.snapshot.person(id_of(TOMAS)).active_on == active_on


def test_a_date_that_jumped_does_not_say_who_was_active(tomas):
    tomas.date_ok = False
    tomas.do(tap_card, TAP, at("09:00"))
    assert tomas.snapshot.person(id_of(TOMAS)).active_on is None


def test_two_records_of_one_person_are_present_once(hub):
    hub.has(person(TOMAS), person("Tomas", merged_into=id_of(TOMAS)), card("Tomas"))
    hub.do(tap_card, TAP, at("09:00"))
    hub.has(visit("Tomas", "09:10"))
    assert heads_at(hub.snapshot, at("09:30")) == 1
    hub.do(leave_by_name, LeaveByName(id_of("Tomas")), at("10:00"))
    assert heads_at(hub.snapshot, at("10:00")) == 0


def test_a_visit_says_where_and_when_it_was_made(tomas):
    said = tomas.do(tap_card, TAP, at("09:00"))
    came: Visit = tomas.snapshot.visit(said.visit)
    assert (came.made_on, came.came_at, came.time_sure) == (tomas.device.node, at("09:00"), True)


def test_a_time_that_nobody_told_is_marked(tomas):
    tomas.sure = False
    said = tomas.do(tap_card, TAP, at("09:00"))
    assert tomas.snapshot.visit(said.visit).time_sure is False


def test_the_agreement_is_shown_before_anything_is_written(tomas):
    from sync.records.agreement import Agreement

    tomas.has(Agreement(id=id_of("agreement"), version=1, since=day(-10)))
    changes = tomas.ask(tap_card, TAP, at("09:00"))
    assert changes.result == AgreementDue(id_of("agreement"), id_of(TOMAS))
    assert not changes.acts
