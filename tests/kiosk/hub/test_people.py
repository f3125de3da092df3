"""Finding a person by letters, remembering one, and two records of one person."""

from __future__ import annotations

import pytest

from kiosk.hub.actor import Actor
from kiosk.hub.errors import NotKnown, TooLow
from kiosk.hub.people import (
    ChangePerson,
    MergePeople,
    Remember,
    SamePerson,
    Unmerge,
    change_person,
    find,
    merge_people,
    remember,
    to_ask_again,
    unmerge,
)
from kiosk.hub.typed import TextMissing, TextTooLong
from sync.records.base import Withdrawn
from sync.records.person import Person
from tests.kiosk.hub.house import at, day, id_of, person, visit

NOW = at("17:00")
ANA = "Ana Guerra"
SELF, VOLUNTEER = Actor(2, id_of(ANA)), Actor(3, id_of("Vera"))


def names(hub, letters, **how):
    return [tile.name for tile in find(hub.snapshot, letters, NOW, **how).tiles]


@pytest.mark.acceptance(17)
@pytest.mark.parametrize("letters", ["", "t", " t ", "t.", "É", "1"])
def test_before_two_letters_no_tile_is_shown(hub, letters):
    hub.has(person("Tomás Herrero"), person("1 Éva"))
    assert names(hub, letters) == []


@pytest.mark.acceptance(17)
def test_never_more_than_six_tiles_are_shown(hub):
    hub.has(*(person(f"Ana {letter}{letter.lower()}nez") for letter in "BCDFGHJK"))
    found = find(hub.snapshot, "an", NOW)
    assert len(found.tiles) == 6
    assert found.more


@pytest.mark.acceptance(17)
def test_six_who_are_all_are_not_said_to_be_more(hub):
    hub.has(*(person(f"Ana {letter}nez") for letter in "BCDFGH"))
    assert not find(hub.snapshot, "an", NOW).more


@pytest.mark.acceptance(17)
def test_tiles_are_masked(hub):
    hub.has(person("Tomás Herrero"), person("Koldo"))
    assert names(hub, "to") == ["Tomás H."]
    assert names(hub, "kol") == ["Koldo"]


@pytest.mark.acceptance(18)
def test_two_tiles_alike_get_one_more_letter(hub):
    hub.has(person("Tomás Herrero"), person("Tomás Huerta"), person("Tomás Soler"))
    assert names(hub, "tom") == ["Tomás He.", "Tomás Hu.", "Tomás S."]


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Tomás Herrero", "tomas"),
        ("Tomás Herrero", "HERR"),
        ("Tomás Herrero", "tomas h"),
        ("Олена Коваль", "OL"),
        ("Олена Коваль", "ол"),
        ("Олена Коваль", "koval"),
        ("Ελένη Παππά", "el"),
        ("Nguyễn Thu Hà", "nguy"),
        ("Zoë Brânză", "zoe br"),
        ("Yūki Tanaka", "yuki"),
        ("Óscar Peña", "pen"),
        ("Maura O'Brien", "ob"),
        ("Maura O'Brien", "o b"),
        ("Jean-Luc Roy", "jeanl"),
        ("李小明", "li"),
        ("李小明", "李小"),
        ("محمد علي", "mh"),
    ],
)
def test_letters_find_a_name_in_any_script(hub, name, letters):
    hub.has(person(name), person("Xxxx Xxxx"))
    assert len(names(hub, letters)) == 1


@pytest.mark.parametrize("letters", ["om", "rrero", "tomas x", "--"])
def test_letters_from_the_middle_of_a_word_find_nobody(hub, letters):
    hub.has(person("Tomás Herrero"))
    assert names(hub, letters) == []


def test_known_as_finds_and_is_shown(hub):
    hub.has(person("Francisco Gil", known_as="Paco"))
    assert names(hub, "pa") == names(hub, "fra") == ["Paco G."]


def test_a_whole_word_goes_before_a_beginning(hub):
    hub.has(person("Lia Moreno"), person("Bruno Li"), person("Ana Lira"))
    assert names(hub, "li") == ["Bruno L.", "Lia M.", "Ana L."]


def test_who_was_taken_out_of_sight_is_not_found(hub):
    gone = Withdrawn(by="", at=at("09:00"))
    hub.has(person("Tomás Herrero", withdrawn=gone))
    assert names(hub, "to") == []


def test_only_those_here_are_offered_for_leaving(hub):
    hub.has(person(ANA), person("Anabel Ruiz"), person("Andrea Sanz"))
    hub.has(visit(ANA, "16:00"), visit("Anabel Ruiz", "08:30"))  # Anabel: taken for gone at 16:30
    assert names(hub, "an", only_here=True) == ["Ana G.", "Anabel R."]


def test_a_tile_says_who_is_here(hub):
    hub.has(person(ANA), visit(ANA, "16:00"))
    assert [tile.is_here for tile in find(hub.snapshot, "ana", NOW).tiles] == [True]


def test_a_name_of_nothing_finds_nobody(hub):
    hub.has(Person(id=id_of("x")))
    assert names(hub, "no") == []


def test_a_visitor_who_asks_is_remembered(hub):
    made = hub.do(remember, Remember("  Eva   Gil "), NOW)
    kept = hub.snapshot.person(made)
    assert (kept.name, kept.kind, kept.active_on) == ("Eva Gil", "remembered", day())


def test_only_a_volunteer_makes_a_member(hub):
    with pytest.raises(TooLow):
        hub.do(remember, Remember("Eva Gil", kind="member"), NOW)
    made = hub.do(remember, Remember("Eva Gil", kind="member", by=VOLUNTEER), NOW)
    assert hub.snapshot.person(made).kind == "member"


@pytest.mark.parametrize("name", ["", "   ", "\x00\u200f"])
def test_nobody_is_remembered_without_a_name(hub, name):
    with pytest.raises(TextMissing):
        hub.do(remember, Remember(name), NOW)


@pytest.mark.acceptance(11)
def test_a_helper_is_kept_beside_the_person(hub):
    helper = Actor(1, name="Eva", entered_by=id_of("Vera"))
    made = hub.do(remember, Remember("Eva Gil", by=helper), NOW)
    assert hub.snapshot.person(made).entered_by == id_of("Vera")


def test_a_person_changes_what_is_kept_of_them(hub):
    hub.has(person(ANA))
    chips = ({"en": "pruning"}, {"en": "soup"}, {"en": "bikes"}, {"en": "one too many"})
    ask = ChangePerson(id_of(ANA), known_as=" Anita ", lang="es", ask_me_about=chips, by=SELF)
    hub.do(change_person, ask, NOW)
    kept = hub.snapshot.person(id_of(ANA))
    assert (kept.known_as, kept.lang, kept.name) == ("Anita", "es", ANA)
    assert kept.ask_me_about == {"1": {"en": "pruning"}, "2": {"en": "soup"}, "3": {"en": "bikes"}}


def test_nobody_changes_another_and_nobody_their_own_kind(hub):
    hub.has(person(ANA))
    for ask in (
        ChangePerson(id_of(ANA), name="X", by=Actor(2, id_of("Luis"))),
        ChangePerson(id_of(ANA), name="X", by=Actor(1, id_of(ANA))),
        ChangePerson(id_of(ANA), kind="volunteer", by=SELF),
    ):
        with pytest.raises(TooLow):
            hub.do(change_person, ask, NOW)
    hub.do(change_person, ChangePerson(id_of(ANA), kind="volunteer", by=VOLUNTEER), NOW)
    assert hub.snapshot.person(id_of(ANA)).kind == "volunteer"


def test_a_name_that_is_too_long_is_refused(hub):
    hub.has(person(ANA))
    with pytest.raises(TextTooLong):
        hub.do(change_person, ChangePerson(id_of(ANA), name="a" * 81, by=SELF), NOW)


def test_two_records_of_one_person_count_as_one(hub):
    hub.has(person(ANA), person("Anna Guera"))
    hub.do(merge_people, MergePeople(id_of("Anna Guera"), id_of(ANA), VOLUNTEER), NOW)
    assert hub.snapshot.who(id_of("Anna Guera")) == id_of(ANA)
    assert names(hub, "anna") == names(hub, "gue") == ["Ana G."]


def test_two_people_become_two_again(hub):
    hub.has(person(ANA), person("Anna Guera", merged_into=id_of(ANA)))
    hub.do(unmerge, Unmerge(id_of("Anna Guera"), VOLUNTEER), NOW)
    assert hub.snapshot.who(id_of("Anna Guera")) == id_of("Anna Guera")
    assert hub.snapshot.get(Person, id_of("Anna Guera")).merged_into == ""


def test_in_a_ring_of_records_the_lowest_id_is_the_person(hub):
    people = ("Ana A", "Ana B", "Ana C")
    ids = [id_of(name) for name in people]
    hub.has(*(person(p, merged_into=ids[(n + 1) % 3]) for n, p in enumerate(people)))
    assert {hub.snapshot.who(one) for one in ids} == {min(ids)}


def test_merging_is_for_volunteers_and_for_two_known_people(hub):
    hub.has(person(ANA), person("Anna Guera"))
    with pytest.raises(TooLow):
        hub.do(merge_people, MergePeople(id_of("Anna Guera"), id_of(ANA), SELF), NOW)
    with pytest.raises(TooLow):
        hub.do(unmerge, Unmerge(id_of(ANA), SELF), NOW)
    for use_case, ask in (
        (merge_people, MergePeople(id_of("Nobody"), id_of(ANA), VOLUNTEER)),
        (merge_people, MergePeople(id_of(ANA), id_of("Nobody"), VOLUNTEER)),
        (unmerge, Unmerge(id_of("Nobody"), VOLUNTEER)),
    ):
        with pytest.raises(NotKnown):
            hub.do(use_case, ask, NOW)


def test_nobody_is_merged_with_themselves(hub):
    hub.has(person(ANA), person("Anna Guera", merged_into=id_of(ANA)))
    for other in (ANA, "Anna Guera"):
        with pytest.raises(SamePerson):
            hub.do(merge_people, MergePeople(id_of(other), id_of(ANA), VOLUNTEER), NOW)


def test_after_two_years_away_a_person_is_asked_again(hub):
    hub.has(
        person(ANA, active_on=day(-730)),
        person("Luis Ortega", active_on=day(-729)),
        person("Eva Gil", made_at=at("09:00", -800)),
        person("Iker Paz"),
        person("Noa Gil", made_at=at("09:00", -800), active_on=day(-9)),
    )
    asked = {one.name for one in to_ask_again(hub.snapshot, NOW)}
    assert asked == {ANA, "Eva Gil"}


def test_of_somebody_with_two_records_it_is_asked_once_and_not_while_one_is_active(hub):
    hub.has(person(ANA, active_on=day(-800)), person("Luis Ortega", active_on=day(-800)))
    hub.has(person("Anna Guera", active_on=day(-9), merged_into=id_of(ANA)))
    hub.has(person("Luis O", active_on=day(-900), merged_into=id_of("Luis Ortega")))
    assert [one.name for one in to_ask_again(hub.snapshot, NOW)] == ["Luis Ortega"]
