"""Leaving: which tags there are to choose, which letters lead on, what is said afterwards."""

import pytest

from kiosk.hub.sign_out import LeaveVisit, SignedOut, leave_visit
from kiosk.screens.leaving.view import (
    animals,
    group_name,
    groups,
    leading_letters,
    needs_animals,
    tag_rows,
)
from kiosk.screens.saved.view import after_leaving
from kiosk.ui.words import Words
from tests.kiosk.hub.house import K2, House, at, person, visit

NOW = at("10:42")
EN, ES = Words("en"), Words("es")


@pytest.fixture
def hub() -> House:
    return House().has(
        visit(came="09:10", tag="blue heron 1"),
        visit(came="09:30", tag="green hoopoe 45", how="group", grown_ups=3, children=4),
        visit(came="09:40", tag="blue heron 9", left="10:00"),
    )


def rows(hub, words=EN, now=NOW):
    return tag_rows(hub.snapshot, now, words)


def test_the_tags_of_those_here_are_shown_in_order_of_coming(hub):
    assert [row.words.short for row in rows(hub)] == ["Heron 1", "Hoopoe 45"]


def test_a_tag_says_its_colour_and_a_group_how_many_they_are(hub):
    assert [row.above(EN) for row in rows(hub)] == ["Blue", "Green, 7 people"]
    assert [row.above(ES) for row in rows(hub, ES)] == ["Azul", "Verde, 7 personas"]


def test_a_tag_that_left_is_not_offered_again(hub):
    assert "blue heron 9" not in [row.tag for row in rows(hub)]


@pytest.mark.acceptance(22)
@pytest.mark.parametrize("ends", [{}, {"assumed_at": at("14:30")}])
def test_a_tag_of_whoever_was_taken_for_gone_is_offered_for_two_hours_more(ends):
    hub = House().has(
        visit(came="10:30", tag="blue lynx 7", **ends),
        visit(came="14:00", tag="blue heron 1"),
    )
    assert [row.words.short for row in rows(hub, now=at("14:30"))] == ["Heron 1", "Lynx 7"]
    assert [row.words.short for row in rows(hub, now=at("16:29"))] == ["Heron 1", "Lynx 7"]
    assert [row.words.short for row in rows(hub, now=at("16:30"))] == ["Heron 1"]


def test_a_tag_that_somebody_here_has_is_not_offered_of_whoever_had_it_before():
    hub = House().has(visit(came="09:00", tag="blue lynx 7", assumed_at=at("10:00")))
    hub.has(visit(came="10:30", tag="blue lynx 7"))
    assert [row.tag for row in rows(hub)] == ["blue lynx 7"]


def test_a_broken_tag_from_elsewhere_is_left_out(hub):
    hub.has(visit(came="10:00", tag="blue"), visit(came="10:01", tag="\x00 \u202e 7x"))
    assert len(rows(hub)) == 2


def test_an_animal_and_a_colour_that_this_version_does_not_know_are_shown_as_they_are(hub):
    hub.has(visit(came="10:05", tag="mauve quokka 3"))
    assert rows(hub)[-1].words.short == "Quokka 3"


def test_animals_are_asked_for_only_where_there_are_more_tags_than_places(hub):
    assert not needs_animals(rows(hub), 2)
    hub.has(visit(came="10:02", tag="blue heron 2"))
    assert needs_animals(rows(hub), 2)
    assert [(a.word, len(a.rows)) for a in animals(rows(hub), EN)] == [("Heron", 2), ("Hoopoe", 1)]


def test_tags_of_one_animal_only_are_never_asked_for_by_animal():
    hub = House().has(*(visit(came=f"09:{n}", tag=f"blue lynx {n}") for n in range(10, 15)))
    assert not needs_animals(rows(hub), 2)


def test_only_who_came_with_others_may_leave_in_part(hub):
    assert [group_name(one, EN) for one in groups(hub.snapshot, NOW)] == ["Hoopoe 45"]


def test_a_group_that_was_only_counted_is_called_by_its_number():
    hub = House().has(visit(came="10:00", how="count", grown_ups=2, children=1))
    assert [group_name(one, EN) for one in groups(hub.snapshot, NOW)] == ["3 counted"]


@pytest.fixture
def named() -> House:
    return House().has(
        person("Marta Ruiz"),
        person("Олена"),
        person("Mateo"),
        visit("Marta Ruiz", "09:00"),
        visit("Олена", "09:05"),
        visit("Mateo", "09:00", left="10:00"),
    )


def test_letters_lead_only_to_those_who_are_here(named):
    assert leading_letters(named.snapshot, "M", NOW) == {"A"}
    assert leading_letters(named.snapshot, "MA", NOW) == {"R"}


def test_a_name_in_another_script_is_led_to_by_its_latin_letters(named):
    assert {"M", "O", "R"} <= leading_letters(named.snapshot, "", NOW)
    assert leading_letters(named.snapshot, "O", NOW) == {"L"}


def test_who_leaves_is_told_when(hub):
    said = after_leaving(SignedOut(("v",)), hub.snapshot, NOW, EN)
    assert said == {"title": "Goodbye, until soon", "text": "You left at 10:42."}


def test_who_leaves_in_part_is_told_how_many_stay(hub):
    group = groups(hub.snapshot, NOW)[0]
    done = hub.do(leave_visit, LeaveVisit(group.visit.id, 2), NOW)
    assert "5 of you stay" in after_leaving(done, hub.snapshot, NOW, EN)["text"]
    assert "Se quedan 5" in after_leaving(done, hub.snapshot, NOW, ES)["text"]


def test_a_tag_given_at_another_door_leaves_here_too():
    hub = House().has(visit(came="09:30", tag="green lynx 3", made_on=K2.node))
    assert [row.words.colour for row in rows(hub)] == ["Green"]


def test_letters_of_a_name_that_was_merged_lead_to_whoever_has_it_now():
    hub = House().has(
        person("Mária Kovács", id="maria"),
        person("Micky", id="micky", merged_into="maria"),
        visit("", came="10:00", person="maria"),
    )
    assert "M" in leading_letters(hub.snapshot, "", NOW)
    assert "C" in leading_letters(hub.snapshot, "MI", NOW)
