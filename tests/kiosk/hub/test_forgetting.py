"""A person's wish to be forgotten: asked, a day to think, then gone from everywhere."""

from __future__ import annotations

import pytest

from kiosk.hub.actor import Actor
from kiosk.hub.erase import (
    AskErase,
    KeepMe,
    ask_erase,
    erased_at,
    forget,
    keep_me,
    what_would_go,
)
from kiosk.hub.errors import NotKnown, TooLow
from kiosk.hub.forget_person import NobodyThere
from kiosk.hub.people import MergePeople, merge_people
from kiosk.hub.retention import forget_as_wished, let_go
from sync.records.acceptance import Acceptance
from sync.records.card import Card
from sync.records.event import Event
from sync.records.join import Join
from sync.records.notice import Notice
from sync.records.old_text import OldText
from sync.records.welcomer import Welcomer
from tests.kiosk.hub.house import TODAY, at, booking, id_of, notice, person, visit

ANA, LUIS = "Ana Guerra", "Luis Ortega"
EVA = "Eva Gil"
SELF, VOLUNTEER = Actor(2, id_of(ANA)), Actor(3, id_of("Vera"))


@pytest.fixture
def everywhere(hub):
    """Ana is in a record of every kind that can point at somebody."""
    ana = id_of(ANA)
    return hub.has(
        person(ANA, contact="612 345 678"),
        person(LUIS),
        person("Anna", merged_into=ana),
        Card(id=id_of("card"), uid_hash="h", person=ana),
        visit(ANA, "09:00", name="", wall_ok=True),
        visit("Anna", "10:00"),
        visit(LUIS, "10:00"),
        Acceptance(id=id_of("yes"), person=ana, agreement="a", at=at("09:00")),
        Welcomer(id=id_of("w"), date=TODAY, person=ana, yes=True),
        booking("Kitchen", "18:00", who=ANA, for_name=EVA),
        Join(id=id_of("j"), date=TODAY, person=ana),
        Event(id=id_of("e"), host=ana),
        notice("Pears", owner=ana),
        notice("Soup", owner=id_of(LUIS), edited_by={"title.en": ana, "body.en": id_of(LUIS)}),
        OldText(id=id_of("old"), made_at=at("09:00"), text="x", by=ana),
    )


@pytest.mark.acceptance(14)
def test_after_a_wish_no_personal_field_is_left_anywhere(everywhere):
    everywhere.do(ask_erase, AskErase(id_of(ANA), SELF), at("10:00"))
    everywhere.rule(forget_as_wished, at("10:00", 1))
    left = str([dict(row.body) for rows in everywhere.tables.values() for row in rows.values()])
    assert ANA not in left
    assert "612 345 678" not in left
    pointing = [
        (kind, name)
        for kind, rows in everywhere.tables.items()
        for row in rows.values()
        for name, value in row.body.get("fields", {}).items()
        if value in (id_of(ANA), id_of("Anna"))
    ]
    assert pointing == []


@pytest.mark.acceptance(14)
def test_what_is_anothers_stays(everywhere):
    everywhere.do(ask_erase, AskErase(id_of(ANA), VOLUNTEER), at("10:00"))
    everywhere.rule(forget_as_wished, at("10:00", 1))
    soup = everywhere.snapshot.get(Notice, id_of("Soup"))
    assert soup.owner == id_of(LUIS)
    assert soup.edited_by == {"body.en": id_of(LUIS)}
    assert everywhere.snapshot.person(id_of(LUIS)).name == LUIS


@pytest.mark.acceptance(14)
def test_a_record_of_somebody_forgotten_that_comes_later_is_washed(everywhere, elsewhere):
    elsewhere.has(visit(ANA, "09:30", id=id_of("late"), wall_ok=True))
    everywhere.do(ask_erase, AskErase(id_of(ANA), SELF), at("10:00"))
    everywhere.rule(forget_as_wished, at("10:00", 1))
    everywhere.meets(elsewhere)
    everywhere.rule(let_go, at("03:00", 1))
    late = everywhere.snapshot.visit(id_of("late"))
    assert (late.person, late.wall_ok) == ("", None)


@pytest.mark.acceptance(14)
@pytest.mark.parametrize("first", [True, False], ids=["the first kiosk", "the other one"])
def test_who_was_merged_into_somebody_forgotten_meanwhile_goes_with_them(
    everywhere, elsewhere, first
):
    """A volunteer at the garden door says that Eva is Ana, whom the front door forgets."""
    everywhere.has(person(EVA, contact="eva@example.org"), visit(EVA, "09:30", id=id_of("eva")))
    everywhere.has(notice("Jam", owner=id_of(EVA)))
    everywhere.do(ask_erase, AskErase(id_of(ANA), SELF), at("10:00"))
    everywhere.meets(elsewhere)
    elsewhere.do(merge_people, MergePeople(id_of(EVA), id_of(ANA), VOLUNTEER), at("09:00", 1))
    everywhere.rule(forget_as_wished, at("10:00", 1))
    everywhere.meets(elsewhere)
    where = everywhere if first else elsewhere
    where.rule(forget_as_wished, at("10:01", 1))
    everywhere.meets(elsewhere)
    for house in (everywhere, elsewhere):
        assert house.body(("person", id_of(EVA))).keys() == {"kind", "id", "erased"}
        assert house.snapshot.visit(id_of("eva")).person == ""
        assert house.snapshot.get(Notice, id_of("Jam")).owner == ""
        assert not house.rule(forget_as_wished, at("10:02", 1)).acts


def test_a_record_of_a_record_of_somebody_forgotten_goes_too(everywhere):
    everywhere.do(ask_erase, AskErase(id_of(ANA), SELF), at("10:00"))
    everywhere.rule(forget_as_wished, at("10:00", 1))
    everywhere.has(person("Eve", merged_into=id_of(EVA)), person(EVA, merged_into=id_of(ANA)))
    everywhere.rule(forget_as_wished, at("10:01", 1))
    assert {one.name for one in everywhere.snapshot.people} == {LUIS}


def test_who_was_merged_into_somebody_not_met_yet_is_kept(hub):
    hub.has(person(EVA, merged_into=id_of(ANA)))
    hub.has(person("Eve", merged_into=id_of("Yve")), person("Yve", merged_into=id_of("Eve")))
    assert not hub.rule(forget_as_wished, at("10:00")).acts


def test_there_is_a_day_to_change_ones_mind(everywhere):
    due = everywhere.do(ask_erase, AskErase(id_of(ANA), SELF), at("10:00"))
    assert due == erased_at(everywhere.snapshot, id_of(ANA)) == at("10:00", 1)
    assert not everywhere.rule(forget_as_wished, at("09:59:59", 1)).acts
    everywhere.do(keep_me, KeepMe(id_of(ANA), SELF), at("09:59:59", 1))
    assert not everywhere.rule(forget_as_wished, at("10:00", 1)).acts
    assert erased_at(everywhere.snapshot, id_of(ANA)) is None


@pytest.mark.parametrize("known_as", [ANA, EVA])
def test_a_wish_that_stands_on_another_record_of_the_same_person_is_theirs(everywhere, known_as):
    everywhere.has(person(EVA))
    everywhere.do(ask_erase, AskErase(id_of(EVA), VOLUNTEER), at("10:00"))
    everywhere.do(merge_people, MergePeople(id_of(EVA), id_of(ANA), VOLUNTEER), at("11:00"))
    assert erased_at(everywhere.snapshot, id_of(known_as)) == at("10:00", 1)
    assert everywhere.do(ask_erase, AskErase(id_of(known_as), SELF), at("20:00")) == at("10:00", 1)
    everywhere.do(keep_me, KeepMe(id_of(known_as), SELF), at("21:00"))
    assert erased_at(everywhere.snapshot, id_of(known_as)) is None
    assert not everywhere.rule(forget_as_wished, at("20:00", 1)).acts


def test_of_two_wishes_of_one_person_the_earlier_counts(hub):
    asked = {"Anna": at("09:00"), ANA: at("10:00")}
    hub.has(person(ANA, erase_asked=asked[ANA]))
    hub.has(person("Anna", merged_into=id_of(ANA), erase_asked=asked["Anna"]))
    assert erased_at(hub.snapshot, id_of(ANA)) == at("09:00", 1)
    hub.rule(forget_as_wished, at("09:00", 1))
    assert not list(hub.snapshot.people)


def test_asking_again_does_not_begin_the_day_anew(everywhere):
    everywhere.do(ask_erase, AskErase(id_of(ANA), SELF), at("10:00"))
    assert everywhere.do(ask_erase, AskErase(id_of(ANA), SELF), at("20:00")) == at("10:00", 1)


@pytest.mark.acceptance(15)
def test_a_clock_that_jumped_forgets_nobody(everywhere):
    everywhere.do(ask_erase, AskErase(id_of(ANA), SELF), at("10:00"))
    everywhere.date_ok = False
    assert not everywhere.rule(forget_as_wished, at("10:00", 1000)).acts


def test_a_wish_is_the_persons_own(everywhere):
    for by in (Actor(2, id_of(LUIS)), Actor(1, id_of(ANA))):
        with pytest.raises(TooLow):
            everywhere.do(ask_erase, AskErase(id_of(ANA), by), at("10:00"))
        with pytest.raises(TooLow):
            everywhere.do(keep_me, KeepMe(id_of(ANA), by), at("10:00"))


def test_what_goes_is_shown_first(everywhere):
    found = what_would_go(everywhere.snapshot, id_of(ANA), everywhere.moment(at("10:00")))
    assert found.nameless["visit"] == 2
    assert "person" not in found.nameless


def test_nothing_goes_with_somebody_who_is_nobody(hub):
    assert not forget(hub.snapshot, id_of(ANA), hub.moment(at("10:00"))).acts


def test_nobody_is_forgotten_twice(hub):
    from kiosk.hub.forget_person import ForgetPerson, forget_person

    with pytest.raises(NobodyThere):
        hub.do(forget_person, ForgetPerson(id_of(ANA)), at("10:00"))
    with pytest.raises(NotKnown):
        what_would_go(hub.snapshot, id_of(ANA), hub.moment(at("10:00")))
    assert erased_at(hub.snapshot, id_of(ANA)) is None
