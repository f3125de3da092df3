"""Which networks are near, and joining one."""

from queue import Queue

import pytest

from kiosk.hardware.wifi import (
    Network,
    NotJoined,
    Seen,
    Wifi,
    WrongPassword,
    asks_here,
    join,
    look,
    run,
)
from tests.kiosk.hardware.nmcli import ASKED, AWAY, CABLE, NO_ADDRESS, WRONG, Nmcli

PATIENCE_S = 10


def test_each_name_is_there_once_by_its_strongest_and_nothing_that_asks_who_one_is():
    seen = look(Nmcli())
    assert seen.networks == (
        Network("La Ronda", 87, True),
        Network("Plaza: free", 64, False),
        Network("C\\D", 30, True),
    )
    assert (seen.has_wifi, seen.is_connected) == (True, False)


def test_a_cable_is_a_network_and_a_device_may_have_no_wifi():
    assert look(Nmcli(CABLE)).is_connected
    assert look(Nmcli("ethernet:connected\n")) == Seen(has_wifi=False, has_cable=True)


def test_a_name_may_end_in_what_parts_the_fields():
    assert look(Nmcli(near=" :50:WPA2:Bar\\:\n")).networks == (Network("Bar:", 50, True),)


@pytest.mark.parametrize("near", ["", "garbage\n", " :x:WPA2:Odd\n", ":::\n", "\\\n"])
def test_what_cannot_be_read_is_no_network(near):
    assert look(Nmcli(near=near)).networks == ()


def test_the_right_password_is_let_in_and_no_command_line_holds_it():
    nmcli = Nmcli()
    join("La Ronda", "catorce sillas", nmcli)
    assert look(nmcli).joined == "La Ronda"
    assert not [words for words, _ in nmcli.ran if any("catorce" in word for word in words)]


@pytest.mark.parametrize(
    ("says", "error"),
    [(WRONG, WrongPassword), (NO_ADDRESS, NotJoined), (AWAY, NotJoined)],
)
def test_a_no_has_its_reason_and_leaves_nothing_behind(says, error):
    nmcli = Nmcli(says=says)
    with pytest.raises(NotJoined) as no:
        join("La Ronda", "guess", nmcli)
    assert type(no.value) is error
    assert nmcli.known == []


def test_a_network_that_was_known_before_stays_known():
    nmcli = Nmcli(known=["La Ronda"])
    with pytest.raises(WrongPassword):
        join("La Ronda", "guess", nmcli)
    assert nmcli.known == ["La Ronda"]


def test_an_open_one_is_asked_nothing():
    nmcli = Nmcli()
    join("Plaza: free", "", nmcli)
    assert nmcli.ran[-1][1] == ""
    assert look(nmcli).joined == "Plaza: free"


def test_one_thing_is_asked_after_another_and_a_bug_is_told_as_a_no():
    def broken(words, typed):
        return 1 / 0

    done, said = Queue(), []
    wifi = Wifi(done.put, broken)
    wifi.look(lambda: said.append("looked"))
    wifi.join("La Ronda", "catorce sillas", lambda why: said.append(type(why)))
    for _job in range(2):
        done.get(timeout=PATIENCE_S)()
    assert (said, wifi.seen) == (["looked", NotJoined], Seen())


def test_where_nmcli_is_not_nothing_is_joined(monkeypatch):
    monkeypatch.setattr("kiosk.hardware.wifi.NMCLI", "no-such-program")
    assert asks_here() is None
    with pytest.raises(NotJoined):
        run(["device"], "")


PROGRAM = """#!/bin/sh
printf '{asked}'
read -r password
[ "$password" = "catorce sillas" ] && exit 0
printf '{asked}'
exec tail -f /dev/null
"""


@pytest.mark.parametrize("password", ["catorce sillas", "trece sillas"])
def test_who_is_asked_again_is_not_waited_for(tmp_path, monkeypatch, password):
    program = tmp_path / "nmcli"
    program.write_text(PROGRAM.format(asked=ASKED.replace("'", '"').replace("\n", "\\n")))
    program.chmod(0o755)
    monkeypatch.setattr("kiosk.hardware.wifi.NMCLI", str(program))
    ended, said = run(["device", "wifi", "connect", "La Ronda"], f"{password}\n")
    assert (ended == 0) is (password == "catorce sillas")
    assert said.count("required to access") == (1 if ended == 0 else 2)
