"""Serial ports as a source of cards, with its thread; and the names by which ports are known."""

import logging
import os
import threading

import pytest

from kiosk.hardware.finding import BY_ID, BY_PATH, lasting_names
from kiosk.hardware.serial_cards import SerialCards
from kiosk.hardware.simulated import tap
from kiosk.hardware.sources import card_sources
from kiosk.hardware.wedge import WedgeSource
from tests.kiosk.hardware.sockets import Sockets
from tests.kiosk.hardware.streams import RDM_CARD, RDM_OTHER, TONGUES


@pytest.fixture
def sockets(tmp_path):
    made = Sockets(tmp_path)
    yield made
    made.close()


# As a source of cards, with its thread ----------------------------------------------------------


class Opening(logging.Handler):
    """Hears from the journal that a port was opened: what is said before is nobody's."""

    def __init__(self):
        super().__init__()
        self.opened = threading.Semaphore(0)

    def emit(self, record):
        if record.getMessage().startswith("port.open"):
            self.opened.release()


@pytest.fixture
def begun(sockets):
    """Start a source of cards and wait until its port is open."""
    opening, sources, journal = Opening(), [], logging.getLogger("hardware")
    journal.addHandler(opening)
    journal.setLevel(logging.INFO)

    def begin(kind, on_card):
        path = sockets.plug("left").path("left")
        sources.append(SerialCards({kind: path}, look=sockets.look))
        sources[0].start(on_card)
        assert opening.opened.acquire(timeout=5)
        return opening.opened

    yield begin
    for source in sources:
        source.stop()
    journal.removeHandler(opening)
    journal.setLevel(logging.NOTSET)


@pytest.fixture
def heard():
    """What a source of cards handed on, and a way to wait for it."""
    uids, came = [], threading.Event()

    def on_card(uid):
        uids.append(uid)
        came.set()

    return uids, came, on_card


@pytest.mark.parametrize(
    ("kind", "frame", "uid"),
    [
        ("rdm6300", RDM_CARD, "62E3086CED"),
        ("rdm6300-exit", RDM_CARD, "62E3086CED"),
        ("id12", TONGUES["id12"].frames[0][0], "62E3086CED"),
        ("scanner", b"workshop\r\n0012690099\r\n", "0012690099"),
        ("wiegand", b"ready\r\n8,27885\r\n", "086CED"),
    ],
)
def test_cards_come_from_the_ports_in_the_settings(sockets, begun, heard, kind, frame, uid):
    uids, came, on_card = heard
    begun(kind, on_card)
    sockets.says("left", frame)
    assert came.wait(5)
    assert uids == [uid]


def test_without_ports_there_is_no_thread_and_nothing_to_stop(heard):
    before = threading.active_count()
    source = SerialCards({})
    source.start(heard[2])
    assert threading.active_count() == before
    source.stop()


def test_stopping_gives_back_thread_port_and_pipe_at_once(sockets, heard):
    path = sockets.plug("left").path("left")
    before = threading.active_count(), len(os.listdir("/proc/self/fd"))
    for _ in range(50):
        source = SerialCards({"rdm6300": path}, look=sockets.look)
        source.start(heard[2])
        source.stop()
        source.stop()
    assert (threading.active_count(), len(os.listdir("/proc/self/fd"))) == before


def test_a_thousand_beginnings_and_ends_leave_no_thread_and_no_file_open(sockets, heard):
    _uids, _came, on_card = heard
    path = sockets.plug("left").path("left")
    source = SerialCards({"rdm6300": path}, look=sockets.look)
    files, threads = len(os.listdir("/proc/self/fd")), threading.active_count()
    for _ in range(1000):
        source.start(on_card)
        source.stop()
    assert (len(os.listdir("/proc/self/fd")), threading.active_count()) == (files, threads)


def test_what_breaks_behind_a_card_does_not_end_the_reading(
    sockets, begun, heard, monkeypatch, caplog
):
    def on_broken(uid):
        if uid == "62E3086CED":
            raise KeyError(uid)
        on_card(uid)

    monkeypatch.setattr("kiosk.hardware.port_thread.AFTER_A_BUG_S", 0.0)
    uids, came, on_card = heard
    opened = begun("rdm6300", on_broken)
    sockets.says("left", RDM_CARD)
    assert opened.acquire(timeout=5)
    sockets.says("left", RDM_OTHER)
    assert came.wait(5)
    assert uids == ["0400C1A2B3"]
    assert "hardware.broke" in caplog.text and "62E3" not in caplog.text


# Names that last --------------------------------------------------------------------------------


def test_an_adapter_with_a_number_of_its_own_is_named_by_it():
    ftdi = f"{BY_ID}/usb-FTDI_FT232R_USB_UART_A50285BI-if00-port0"
    links = {ftdi: "/dev/ttyUSB0", f"{BY_PATH}/pci-usb-0:1:1.0-port0": "/dev/ttyUSB0"}
    assert lasting_names(links) == {ftdi: "/dev/ttyUSB0"}


@pytest.mark.parametrize(
    "twin", ["1a86_USB_Serial-if00-port0", "Silicon_Labs_CP2102_0001-if00-port0"]
)
def test_adapters_alike_are_named_by_their_sockets(twin):
    first, second = f"{BY_PATH}/pci-usb-0:1:1.0-port0", f"{BY_PATH}/pci-usb-0:2:1.0-port0"
    links = {
        f"{BY_ID}/usb-{twin}": "/dev/ttyUSB1",  # whichever came last
        first: "/dev/ttyUSB0",
        second: "/dev/ttyUSB1",
    }
    assert lasting_names(links) == {first: "/dev/ttyUSB0", second: "/dev/ttyUSB1"}


def test_a_door_s_cards_come_from_its_keys_its_command_and_its_ports(sockets, tmp_path, heard):
    uids, came, on_card = heard
    typed, command, serial = card_sources(WedgeSource(), tmp_path, {"rdm6300": "/dev/nothing"})
    for source in (typed, command, serial):
        source.start(on_card)
    try:
        assert tap(tmp_path, "0012690099") and came.wait(5)
    finally:
        for source in (typed, command, serial):
            source.stop()
    assert uids == ["0012690099"]
