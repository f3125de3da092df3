"""volunteer: the first one of a hub, by whoever has the folder."""

import io

import pytest

from kiosk.cli.opened import hub_in


@pytest.fixture
def types(monkeypatch):
    """What is typed at the questions."""
    return lambda *lines: monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines) + "\n"))


def found(data, name):
    return next((one for one in hub_in(data).people if one.name == name), None)


def test_somebody_known_is_a_volunteer_with_a_pin(kiosk, data, types):
    types("135790", "135790")
    assert kiosk("volunteer", "Nuria Campos", "--data", data).code == 0
    nuria = found(data, "Nuria Campos")
    assert nuria.kind == "volunteer"
    assert nuria.pin_hash.startswith("$argon2id$")


def test_somebody_new_is_made(kiosk, data, types):
    types("135790", "135790")
    assert kiosk("volunteer", "Zoe Brandt", "--new", "--data", data).code == 0
    assert found(data, "Zoe Brandt").kind == "volunteer"


@pytest.mark.parametrize("pins", [("135790", "135791"), ("1357", "1357")])
def test_nobody_is_made_where_the_pin_is_none(kiosk, data, types, pins):
    types(*pins)
    assert kiosk("volunteer", "Zoe Brandt", "--new", "--data", data).code == 1
    assert found(data, "Zoe Brandt") is None


def test_two_different_pins_change_nothing(kiosk, data, types):
    types("135790", "135791")
    said = kiosk("volunteer", "Nuria Campos", "--data", data)
    assert said.code == 1
    assert found(data, "Nuria Campos").kind == "member"
