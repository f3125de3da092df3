"""Somebody wishes to be forgotten: their record goes whole, every trace of them elsewhere too."""

import pytest

from kiosk.hub.forget_person import ForgetPerson, NobodyThere, forget_person
from sync.records.acceptance import Acceptance
from sync.records.card import Card
from sync.records.event import Event
from tests.kiosk.hub.house import at, booking, id_of, notice, person, room, visit

ANA, LUIS = id_of("Ana"), id_of("Luis")


@pytest.fixture
def home(hub):
    return hub.has(
        person("Ana", contact="ana@example.org"),
        person("Luis"),
        room("Kitchen"),
        visit("Ana", "10:00"),
        visit("Luis", "10:05"),
        booking("Kitchen", "18:00", who="Ana"),
        Card(id="card", uid_hash="c0ffee", person=ANA),
        Acceptance(id="yes", person=ANA, agreement="a1"),
    )


def forget(home, who=ANA):
    return home.do(forget_person, ForgetPerson(who), at("11:00"))


def test_the_record_of_the_person_is_gone_and_stays_gone(home):
    forget(home)
    assert home.snapshot.person(ANA) is None
    with pytest.raises(NobodyThere):
        forget(home)


def test_nothing_that_happened_is_undone_it_only_has_no_name(home):
    forget(home)
    (came,) = [v for v in home.snapshot.visits_on(at("10:00").date()) if not v.person]
    (booked,) = home.snapshot.bookings_of(id_of("Kitchen"))
    assert came.came_at == at("10:00")
    assert (booked.person, booked.title) == ("", {"en": "Kitchen 18:00"})


def test_the_card_opens_nothing_any_more(home):
    forget(home)
    assert [card.person for card in home.snapshot.cards("c0ffee")] == [""]


def test_what_was_accepted_goes_with_the_person(home):
    forget(home)
    assert home.snapshot.acceptances_of(ANA) == ()


def test_somebody_else_keeps_everything(home):
    forget(home)
    assert home.snapshot.person(LUIS).name == "Luis"
    assert len(home.snapshot.visits_of(LUIS)) == 1


def test_of_a_text_that_they_only_edited_the_owner_stays(home):
    edited = notice("Soup", owner=LUIS, contact="luis@example.org", edited_by={"title.en": ANA})
    home.has(edited)
    forget(home)
    (kept,) = home.snapshot.notices
    assert (kept.owner, kept.contact, kept.edited_by) == (LUIS, "luis@example.org", {})


def test_an_event_that_they_hosted_stays_without_a_host(home):
    home.has(Event(id="e", title={"en": "Choir"}, host=ANA))
    forget(home)
    assert [(event.title, event.host) for event in home.snapshot.events] == [({"en": "Choir"}, "")]


def test_both_records_of_one_person_go(home):
    home.has(person("Anna", merged_into=ANA), visit("Anna", "09:30"))
    forget(home, id_of("Anna"))
    assert {one.id for one in home.snapshot.people} == {LUIS}
    assert home.snapshot.visits_of(id_of("Anna")) == ()


def test_how_much_goes_is_counted_by_kind(home):
    assert forget(home) == {
        "person": 1, "visit": 1, "booking": 1, "card": 1, "acceptance": 1
    }  # fmt: skip


def test_nobody_is_forgotten_under_an_id_of_nobody(home):
    with pytest.raises(NobodyThere):
        forget(home, id_of("Nobody"))
