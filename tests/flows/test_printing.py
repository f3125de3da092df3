"""*Print* stands where something can be printed, on every screen, and only where a printer is."""

import threading

import pytest

from kiosk.config import PrinterFacts
from tests.flows.people import at_work
from tests.kiosk.paper.receipts import Desk

ON_USB = PrinterFacts(at="usb:0416:5011")


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def door(open_door, form, desk):
    if form.wall:
        pytest.skip("nothing is touched on a wall")
    return open_door(printer=ON_USB, open_=desk)


def rooms(door):
    """The page of all rooms that offers paper: on a small screen, and in large words, the list."""
    door.shell.go("rooms")
    if not door.settle().can("Print"):
        door.tap("All rooms as a list")


def names(door):
    door.shell.go("rollcall")
    door.settle().hold("Everybody out", seconds=3.2)


def names_for_a_volunteer(door):
    at_work(door, then="rollcall_names")


def home_of_a_volunteer(door):
    """Where not all tiles have a place, those that follow are one tap further."""
    at_work(door)
    while not door.can("Print"):
        door.tap("More")


PAGES = [rooms, names, names_for_a_volunteer, home_of_a_volunteer]


def said(door):
    return [told.text for told in door.shell.told.children]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("low", [False, True], ids=["usual", "low"])
def test_what_can_be_printed_is_printed_with_one_tap(door, desk, page, low):
    door.shell.look(low=low)
    page(door.settle())
    door.settle().picture(f"{'low-' if low else ''}printing_{page.__name__}").audit()
    here = door.at
    door.tap("Print")
    assert door.at == here
    printed = door.shell.words.say("paper.printed")
    door.frames.until(lambda: said(door) == [printed], "what became of the paper")
    assert len(desk.jobs) == 1


@pytest.mark.one_form
@pytest.mark.parametrize(
    ("stands", "says"),
    [("out", "The printer has no paper."), ("silent", "The printer is not ready.")],
)
def test_a_printer_that_did_not_print_says_so(door, desk, stands, says):
    desk.papers = stands
    rooms(door)
    door.tap("Print")
    door.frames.until(lambda: said(door) == [says], "what became of the paper")
    assert desk.jobs == []


@pytest.mark.one_form
def test_whoever_taps_twice_gets_one_paper(door, desk):
    first_is_out, prints = threading.Event(), desk.do
    desk.do = lambda job: (first_is_out.wait(20), prints(job))
    rooms(door)
    door.tap("Print").tap("Print")
    first_is_out.set()
    door.frames.until(lambda: said(door) == ["It is printed."], "the paper")
    assert len(desk.jobs) == 1


@pytest.mark.one_form
@pytest.mark.parametrize("page", PAGES)
def test_without_a_printer_nothing_offers_paper(open_door, page):
    door = open_door()
    opens = {rooms: lambda door: door.shell.go("rooms"), home_of_a_volunteer: at_work}
    opens.get(page, page)(door)
    assert not door.settle().can("Print")


# The volunteer's page ------------------------------------------------------------------------------


def test_paper_that_is_nearly_out_stands_on_the_page_of_the_device(door, desk):
    desk.papers = "low"
    at_work(door, then="volunteer_device")
    low = door.shell.words.say("device.paper_low")
    door.app.devices.printer.put(
        None, lambda _came: None
    )  # a job of nothing: it is asked for paper
    door.frames.until(lambda: low in [line.how for line in door.shell.screen._lines], "to be told")
    for _ in range(8):
        door.settle().picture("volunteer-device-low-paper").audit()
        if door.reads(low):
            break
        door.tap("More")
    assert door.reads(low)
