"""erase-person: says what goes and what stays, asks, and leaves no trace."""

import io

import pytest

from kiosk.cli.opened import hub_in, store_in


@pytest.fixture
def says(monkeypatch):
    """What is typed at the question."""

    def type_(text):
        monkeypatch.setattr("sys.stdin", io.StringIO(text))

    return type_


def everything_in(folder):
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_a_person_who_was_erased_is_on_no_byte_of_the_disk(kiosk, data):
    kiosk("backup", "--data", data)
    said = kiosk("erase-person", "Ana Guerra", "--data", data, "--yes")
    assert said.code == 0
    assert b"Ana Guerra" not in everything_in(data)


def test_at_a_wall_nobody_is_told_that_they_were_erased(kiosk, data):
    """It sends nothing: every door would go on knowing them."""
    with store_in(data) as store:
        store.keep_notes(role="wall")
    said = kiosk("erase-person", "Ana Guerra", "--data", data, "--yes")
    assert (said.code, said.out) == (1, "")
    assert "joined as a wall" in said.err


def test_what_happened_stays_under_no_name(kiosk, data):
    before = hub_in(data)
    ana = next(person for person in before.people if person.name == "Ana Guerra")
    came = {visit.id for visit in before.visits_of(ana.id)}
    kiosk("erase-person", ana.id, "--data", data, "--yes")
    after = hub_in(data)
    assert came
    assert {v for v in came if after.visit(v)} == came
    assert after.visits_of(ana.id) == ()


def test_it_is_said_what_goes_and_what_stays(kiosk, data):
    said = kiosk("erase-person", "Ana Guerra", "--data", data, "--yes").out
    assert "Ana Guerra will be forgotten" in said
    assert "Their name goes from: acceptance 1" in said
    assert "What stays" in said


@pytest.mark.parametrize("typed", ["", "\n", "yes\n", "Luis Ortega\n"])
def test_nothing_is_erased_unless_the_name_is_typed(kiosk, data, says, typed):
    says(typed)
    said = kiosk("erase-person", "Ana Guerra", "--data", data)
    assert said.code == 1
    assert "Nothing was changed" in said.out
    assert len(list(hub_in(data).people)) == 60


def test_the_name_typed_again_is_a_yes(kiosk, data, says):
    says("ana guerra\n")
    assert kiosk("erase-person", "ana guerra", "--data", data).code == 0
    assert len(list(hub_in(data).people)) == 59


def test_a_name_of_nobody_erases_nobody(kiosk, data):
    said = kiosk("erase-person", "Nobody Atall", "--data", data, "--yes")
    assert said.code == 1
    assert "nobody here is called" in said.err
