"""What is found on the ports while a door is set up, and what becomes of it in the settings."""

import threading

import pytest

from kiosk.hardware.discovery import Discovery, Found, as_ports, noted
from kiosk.hardware.facts import CardRead
from kiosk.hardware.news import PortNews, Tell
from tests.kiosk.hardware.sockets import Sockets
from tests.kiosk.hardware.streams import LD_BOTH

CARD = CardRead("04A1B2C3")


def heard(*news, found=None):
    for one in news:
        found = noted(found or {}, Tell("/p", one), "ttyUSB0")
    return list(found.values())


@pytest.mark.parametrize(
    ("news", "known"),
    [
        ([PortNews("found", "auto")], []),
        ([PortNews("open", "auto")], [Found("/p", "ttyUSB0")]),
        ([PortNews("open", "auto"), PortNews("gone", "auto")], []),
        ([PortNews("busy", "auto")], []),
        ([PortNews("open", "auto"), PortNews("noise", "auto")], [Found("/p", "ttyUSB0")]),
        (
            [PortNews("open", "auto"), PortNews("recognised", "pn532"), CARD],
            [Found("/p", "ttyUSB0", "pn532", heard=True)],
        ),
    ],
)
def test_what_a_port_tells_is_noted_and_no_number_of_a_card(news, known):
    assert heard(*news) == known
    assert CARD.uid not in repr(heard(*news))


def test_each_thing_found_has_a_name_of_its_own_in_the_settings():
    found = [Found("/a", "", "pn532"), Found("/b", "", "pn532"), Found("/c", ""), Found("/d", "")]
    named = {"pn532": "/z", "rdm6300": "/a"}
    assert as_ports(found, named) == named | {"pn532-2": "/b", "auto": "/c", "auto-2": "/d"}


def test_the_names_it_gives_are_names_that_the_settings_take():
    import msgspec

    from kiosk.config import Config

    found = [Found(f"/{n}", "", kind) for n, kind in enumerate(("auto", "auto", "ld2410", "id12"))]
    msgspec.convert({"ports": as_ports(found, {})}, Config)


def test_ports_that_are_named_already_are_left_to_those_who_have_them(tmp_path):
    sockets, changed = Sockets(tmp_path), threading.Semaphore(0)
    sockets.plug("named").plug("new")
    looking = Discovery([sockets.path("named")], changed.release, look=sockets.look)
    before = threading.active_count()
    looking.start()
    try:
        assert changed.acquire(timeout=5)  # opened
        sockets.says("new", LD_BOTH)
        assert changed.acquire(timeout=5)  # recognised
        assert [(one.path, one.kind) for one in looking.found] == [(sockets.path("new"), "ld2410")]
    finally:
        looking.stop()
        looking.stop()
        sockets.close()
    assert threading.active_count() == before
