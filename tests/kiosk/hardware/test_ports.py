"""Real ports (pseudo-terminals), a supervisor, and no clock: plugged, pulled, shared, babbling."""

import os

import pytest
import serial

from kiosk.hardware import pn532
from kiosk.hardware.facts import CardRead
from kiosk.hardware.news import PortNews
from kiosk.hardware.ports import Ports, open_port
from kiosk.hardware.supervisor import Supervisor
from tests.kiosk.hardware.sockets import Sockets
from tests.kiosk.hardware.streams import LD_BOTH, PN_SAM, RDM_CARD, RDM_OTHER

CARD, OTHER = CardRead("62E3086CED"), CardRead("0400C1A2B3")


@pytest.fixture
def sockets(tmp_path):
    made = Sockets(tmp_path)
    yield made
    made.close()


class Door:
    """The ports of a door; ``pass_`` lets time pass and takes what comes meanwhile."""

    def __init__(self, sockets, **kinds):
        wanted = {sockets.path(name): kind for name, kind in kinds.items()}
        self.sockets, self.now_s, self.told = sockets, 100.0, []
        self.ports = Ports(Supervisor(wanted), self.told.append, look=sockets.look)

    def turn(self):
        self.ports.turn(self.now_s)
        return self

    def pass_(self, seconds=1.0):
        self.now_s += seconds
        return self.turn()

    def hears(self, name, data):
        """Something says ``data``, and all of it arrives."""
        self.sockets.says(name, data)
        self.ports.wait(self.now_s - 1)
        return self.turn()

    @property
    def facts(self):
        return [tell.news for tell in self.told if not isinstance(tell.news, PortNews)]

    @property
    def news(self):
        return [tell.news.what for tell in self.told if isinstance(tell.news, PortNews)]


@pytest.fixture
def door(sockets):
    opened = []

    def make(**kinds):
        opened.append(Door(sockets, **kinds))
        return opened[-1].turn()

    yield make
    for each in opened:
        each.ports.close()


def test_a_card_on_a_real_port_is_read(sockets, door):
    sockets.plug("left")
    assert door(left="rdm6300").hears("left", RDM_CARD).facts == [CARD]


def test_what_is_pulled_out_is_found_within_two_seconds_of_being_back(sockets, door):
    sockets.plug("left")
    there = door(left="rdm6300").hears("left", RDM_CARD)
    sockets.pull("left")
    there.pass_(1.0).pass_(1.0)
    sockets.plug("left")
    there.pass_(1.0).hears("left", RDM_OTHER)
    assert there.facts == [CARD, OTHER]
    assert there.news == ["found", "open", "gone", "found", "open"]


@pytest.mark.parametrize("byte", range(len(RDM_CARD) + 1))
def test_pulled_at_any_byte_of_a_card_the_next_card_is_read_whole(sockets, door, byte):
    sockets.plug("left")
    there = door(left="rdm6300")
    if byte:
        there.hears("left", RDM_CARD[:byte])
    sockets.pull("left")
    sockets.plug("left")
    there.pass_(1.0).pass_(1.0).hears("left", RDM_OTHER)
    assert there.facts == [CARD] * (byte == len(RDM_CARD)) + [OTHER]


def test_a_port_that_ends_while_its_name_stays_is_tried_until_it_works(sockets, door):
    sockets.plug("left")
    there = door(left="rdm6300")
    sockets.pull("left", link=False)
    for _ in range(10):
        there.pass_(1.0)
    (sockets.folder / "left").unlink(missing_ok=True)
    sockets.plug("left")
    there.pass_(1.0).hears("left", RDM_CARD)
    assert there.facts == [CARD]


def test_a_reader_pulled_while_it_is_spoken_to_is_gone_and_found_again(sockets, door):
    sockets.plug("left")
    there = door(left="pn532").hears("left", PN_SAM)
    sockets.pull("left")
    there.pass_(0.1).pass_(1.0)
    sockets.plug("left")
    there.pass_(1.0)
    assert sockets.hears("left") == pn532.WAKE_UP + pn532.SET_SAM


def test_an_adapter_that_takes_no_bytes_holds_nobody_up(sockets, door):
    sockets.plug("left").plug("right")
    there = door(left="pn532", right="rdm6300")
    near = os.open(sockets.path("left"), os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY)
    try:
        while os.write(near, b"U" * 4096):
            pass
    except BlockingIOError:
        pass
    os.close(near)
    assert there.pass_(0.6).hears("right", RDM_CARD).facts == [CARD]
    assert "gone" not in there.news  # it may take some later


def test_two_readers_alike_are_two(sockets, door):
    sockets.plug("left").plug("right")
    there = door(left="rdm6300", right="rdm6300")
    there.hears("left", RDM_CARD[:5]).hears("right", RDM_OTHER).hears("left", RDM_CARD[5:])
    assert [(tell.path, tell.news) for tell in there.told[-2:]] == [
        (sockets.path("right"), OTHER),
        (sockets.path("left"), CARD),
    ]


def test_a_port_that_somebody_else_has_is_busy_and_opened_when_it_is_free(sockets, door):
    sockets.plug("left")
    other = open_port(sockets.path("left"), 9600)
    there = door(left="rdm6300")
    assert there.news == ["found", "busy"]
    other.close()
    assert there.pass_(1.0).hears("left", RDM_CARD).facts == [CARD]


def test_the_lines_that_would_start_a_board_again_are_off_before_a_port_opens(monkeypatch):
    seen = []
    monkeypatch.setattr(serial.Serial, "open", lambda port: seen.append((port.dtr, port.rts)))
    open_port("/dev/nothing", 9600)
    assert seen == [(False, False)]


def test_a_port_that_is_not_ours_to_open_says_so(sockets, door, monkeypatch):
    def refuse(path, baud):
        raise PermissionError(13, "Permission denied")

    sockets.plug("left")
    monkeypatch.setattr("kiosk.hardware.ports.open_port", refuse)
    assert door(left="rdm6300").news == ["found", "denied"]


def test_a_babbling_port_does_not_drown_the_one_beside_it(sockets, door):
    sockets.plug("left").plug("right")
    there = door(left="rdm6300", right="rdm6300")
    for _ in range(50):
        there.hears("left", b"\x02\x03\xf0" * 1300)
        there.now_s += 0.05
    assert there.hears("right", RDM_CARD).facts == [CARD]


def test_a_sensor_that_falls_silent_is_opened_anew_without_an_error(sockets, door):
    sockets.plug("left")
    there = door(left="ld2410").hears("left", LD_BOTH)
    for _ in range(11):
        there.pass_(1.0)
    there.hears("left", LD_BOTH)
    assert there.news == ["found", "open", "silent", "recognised"]


def test_a_thousand_times_pulled_and_plugged_leave_no_file_open(sockets, door):
    there = door(left="rdm6300")
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(1000):
        sockets.plug("left")
        there.pass_(1.0)
        sockets.pull("left")
        there.pass_(1.0)
    assert there.news.count("open") == 1000
    assert len(os.listdir("/proc/self/fd")) == before
