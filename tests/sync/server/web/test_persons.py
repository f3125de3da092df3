"""People and cards on the pages: found by letters, corrected, merged, forgotten with a receipt."""

import pytest
from sqlalchemy import select, text

from sync.records.person import Person
from sync.server.database.models import Account
from sync.server.web.people import People
from sync.server.web.persons import merged


@pytest.fixture
def door(village):
    return village.door().catches_up()


@pytest.fixture
def steward(door, another):
    return another().joins("steward")


def person(door, name="Rosa Núñez", **more):
    made = door.wrote("person", name=name, **more)
    door.asks(made)
    return made


def fields(door, body):
    door.catches_up()
    return door.holds[body["kind"], body["id"]]["fields"]


def test_nobody_is_listed_before_two_letters(door, steward):
    person(door)
    for letters in ("", "r"):
        steward.get(f"/people?find={letters}")
        assert "Rosa" not in steward.page
    steward.get("/people?find=nun")
    assert "Rosa Núñez" in steward.page


def test_who_is_entered_is_known_at_the_door(door, steward):
    steward.get("/people")
    steward.send("/people", name="  Luis   Gil ", kind="member")
    door.catches_up()
    made = [b["fields"] for (kind, _), b in door.holds.items() if kind == "person"]
    assert ("Luis Gil", "member") in [(one["name"], one["kind"]) for one in made]


def test_a_correction_writes_only_what_was_changed(door, steward):
    rosa = person(door, contact="rosa@example.org")
    steward.get(f"/people/{rosa['id']}")
    steward.send(f"/people/{rosa['id']}", name="Rosa Núñez Gil")
    stamps = door.catches_up().holds["person", rosa["id"]]["stamps"]
    assert fields(door, rosa)["name"] == "Rosa Núñez Gil"
    assert len(stamps) == 2


def test_a_name_is_needed_and_what_was_there_stays(door, steward):
    rosa = person(door)
    steward.get(f"/people/{rosa['id']}")
    steward.send(f"/people/{rosa['id']}", name="  ")
    assert steward.status == 400
    assert fields(door, rosa)["name"] == "Rosa Núñez"


def test_two_records_of_one_person_count_as_one_and_apart_again(door, steward):
    rosa, twice = person(door), person(door, "Rosa N")
    steward.get(f"/people/{rosa['id']}?merge=rosa")
    steward.send(f"/people/{rosa['id']}/merge")
    assert fields(door, twice)["merged_into"] == rosa["id"]
    steward.send(f"/people/{twice['id']}/apart")
    assert fields(door, twice)["merged_into"] is None


@pytest.mark.parametrize(
    ("pins", "goes", "stays"), [("a", "b", "a"), ("b", "a", "b"), ("ab", "a", "b"), ("", "a", "b")]
)
def test_nobody_loses_their_pin_by_being_merged(pins, goes, stays):
    people = People.of(
        Person(id=one, kind="volunteer", pin_hash="x") if one in pins else Person(id=one)
        for one in "ab"
    )
    write = merged(people, "a", "b")
    assert (write.id, write.fields) == (goes, {"merged_into": stays})


def test_one_person_is_not_merged_with_themselves(door, steward):
    rosa = person(door)
    steward.get(f"/people/{rosa['id']}")
    token = steward.form(f"/people/{rosa['id']}").said["token"]
    steward.post(f"/people/{rosa['id']}/merge", {"token": token, "other": rosa["id"]})
    assert steward.status == 400


def test_in_a_ring_of_pointers_the_lowest_id_is_the_person():
    ring = {"b": "c", "c": "a", "a": "b", "d": "b"}
    people = People.of(Person(id=one, merged_into=into) for one, into in ring.items())
    assert {people.who(one) for one in ring} == {"a"}


def test_a_lost_card_opens_nothing_from_now_on(door, steward):
    rosa = person(door)
    card = door.wrote("card", uid_hash="ab", issue=1, person=rosa["id"])
    door.asks(card)
    steward.get(f"/people/{rosa['id']}")
    steward.send(f"/people/{rosa['id']}/card-lost")
    assert (fields(door, card)["lost"], "No card." in steward.page) == (1, True)


def test_who_is_forgotten_is_gone_everywhere_and_the_receipt_says_nothing_of_them(
    village, door, steward
):
    rosa = person(door, "Rosalinda Forgotten")
    visit = door.wrote("visit", how="tile", person=rosa["id"], came_at="2026-11-23T10:00:00Z")
    door.asks(visit)
    steward.get(f"/people/{rosa['id']}")
    steward.send(f"/people/{rosa['id']}/erase", sure="yes")
    assert "Number of this receipt" in steward.page
    assert "Visits: 1" in steward.page
    assert "Rosalinda" not in steward.page
    door.catches_up()
    assert "erased" in door.holds["person", rosa["id"]]
    assert fields(door, visit)["person"] is None
    with village.database.reading() as connection:
        bodies = connection.execute(text("SELECT body FROM record")).scalars()
        assert not [
            body for body in bodies if "Rosalinda" in body or f'"person":"{rosa["id"]}"' in body
        ]


def test_nobody_is_forgotten_by_a_slip(door, steward):
    rosa = person(door)
    steward.get(f"/people/{rosa['id']}")
    steward.send(f"/people/{rosa['id']}/erase")
    assert steward.status == 400
    assert fields(door, rosa)["name"] == "Rosa Núñez"


def test_the_last_steward_is_not_forgotten_and_others_lose_their_account(
    village, door, steward, another
):
    volunteer = another().joins("volunteer", name="Tomás")
    with village.database.reading() as connection:
        of = dict(connection.execute(select(Account.name, Account.person)).all())
    for name, status in (("Inés Vidal", 400), ("Tomás", 200)):
        steward.get(f"/people/{of[name]}")
        steward.send(f"/people/{of[name]}/erase", sure="yes")
        assert (name, steward.status) == (name, status)
    volunteer.get("/you")
    assert volunteer.at == "/sign-in"


def person_of(village, name):
    with village.database.reading() as connection:
        return connection.execute(select(Account.person).where(Account.name == name)).scalar_one()


def forgets(browser, person):
    browser.get(f"/people/{person}")
    return browser.send(f"/people/{person}/erase", sure="yes")


@pytest.mark.parametrize("role", ["steward", "volunteer"])
def test_only_a_steward_forgets_somebody_else_who_looks_after_the_hub(
    village, door, steward, another, role
):
    ana = another().joins(role, name="Ana Gil")
    tomas = another().joins("volunteer", name="Tomás")
    hers, rosa = person_of(village, "Ana Gil"), person(door)
    tomas.get(f"/people/{rosa['id']}?merge=ana")
    tomas.send(f"/people/{rosa['id']}/merge")
    for one in (hers, rosa["id"]):
        forgets(tomas, one)
        assert (tomas.status, "a steward has to do it" in tomas.page) == (400, True)
    assert ana.get("/you").url.path == "/you"
    assert fields(door, rosa)["name"] == "Rosa Núñez"
    forgets(steward, rosa["id"])
    assert (steward.status, ana.get("/you").url.path) == (200, "/sign-in")


def test_a_volunteer_may_be_forgotten_by_their_own_hand(village, steward, another):
    tomas = another().joins("volunteer", name="Tomás")
    assert forgets(tomas, person_of(village, "Tomás")).status_code == 200
    assert tomas.get("/you").url.path == "/sign-in"


def test_an_account_that_ends_with_its_person_is_told_in_the_activity(village, steward, another):
    another().joins("volunteer", name="Tomás")
    forgets(steward, person_of(village, "Tomás"))
    steward.get("/activity?show=volunteers")
    assert "Inés Vidal ended the access of a volunteer" in steward.page
    assert "Tomás" not in steward.page


def test_on_the_page_of_a_second_record_somebody_is_forgotten_whole(
    village, door, steward, another
):
    volunteer = another().joins("volunteer", name="Tomás")
    with village.database.reading() as connection:
        first = connection.execute(
            select(Account.person).where(Account.name == "Tomás")
        ).scalar_one()
    twice = person(door, "Tomás H", merged_into=first)
    thrice = person(door, "Tomás Herrero", merged_into=first)
    somebody = person(door)
    visit = door.wrote("visit", how="tile", person=first, came_at="2026-11-23T10:00:00Z")
    door.asks(visit)
    steward.get(f"/people/{twice['id']}")
    steward.send(f"/people/{twice['id']}/erase", sure="yes")
    assert "Visits: 1" in steward.page
    door.catches_up()
    gone = {record_id for (_kind, record_id), body in door.holds.items() if "erased" in body}
    assert gone == {first, twice["id"], thrice["id"]}
    assert fields(door, somebody)["name"] == "Rosa Núñez"
    assert fields(door, visit)["person"] is None
    volunteer.get("/you")
    assert volunteer.at == "/sign-in"
