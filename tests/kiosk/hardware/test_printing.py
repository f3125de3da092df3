"""The printer: its paper seen before printing, nobody waits for it, and silence is no "fine"."""

import os
import queue
import threading
import tty

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.hardware import printing
from kiosk.hardware.paper_status import ASK_PAPER, ASK_PRINTER, paper
from kiosk.hardware.printers import PrinterAway, Receipt, open_printer
from kiosk.hardware.printing import WAITING_MOST, Printer, look, print_one
from tests.kiosk.hardware.sockets import Sockets
from tests.kiosk.paper.receipts import Desk

ONLINE, OFFLINE = b"\x12", b"\x1a"


@pytest.mark.parametrize(
    ("printer", "roll", "says"),
    [
        (ONLINE, b"\x12", "enough"),
        (ONLINE, b"\x1e", "low"),
        (ONLINE, b"\x72", "out"),
        (ONLINE, b"\x7e", "out"),
        (OFFLINE, b"\x12", "offline"),
        (OFFLINE, b"\x72", "out"),
        (b"", b"", "silent"),
        (ONLINE, b"", "silent"),
        (b"", b"\x12", "silent"),
        (b"\xff", b"\xff", "silent"),
        (b"\x00\x12", b"\x13\x1e", "low"),
    ],
)
def test_a_printer_is_believed_only_what_it_says_itself(printer, roll, says):
    assert paper(printer, roll) == says


@given(st.binary(max_size=8), st.binary(max_size=8))
def test_noise_from_a_printer_is_never_enough_paper_by_chance_of_a_missing_byte(printer, roll):
    known = paper(printer, roll)
    if not printer or not roll:
        assert known in ("silent", "out")


class Job:
    """Prints five bytes; remembers on how many printers."""

    def __init__(self, stream=b"hello"):
        self.stream, self.printed = stream, 0

    def on_receipt(self, printer):
        self.printed += 1
        printer._raw(self.stream)

    def as_pdf(self):
        return b"%PDF"


@pytest.mark.parametrize(
    ("stands", "outcome", "printed"),
    [
        ("enough", "printed", 1),
        ("low", "printed", 1),
        ("out", "out", 0),
        ("silent", "silent", 0),
        ("offline", "offline", 0),
        ("away", "away", 0),
        ("breaks", "away", 0),
    ],
)
def test_a_job_goes_only_to_a_printer_that_says_it_can(stands, outcome, printed):
    desk = Desk(stands)
    assert print_one("serial:/dev/x", Job(), desk)[0] == outcome
    assert len(desk.jobs) == printed
    assert desk.opened == 0  # given back, however it ended


def test_of_a_printer_that_never_speaks_only_sent_can_be_said():
    desk = Desk("silent")
    assert print_one("usb:0416:5011", Job(), desk, speaks=False) == ("sent", "silent")
    assert len(desk.jobs) == 1


def test_how_it_stands_is_seen_without_printing():
    assert [look("x", Desk(how)) for how in ("low", "out", "away")] == ["low", "out", "away"]


@pytest.fixture
def running():
    begun = []

    def begin(desk, heard=lambda _paper: None, **facts):
        printer = Printer("x", desk, heard, **facts)
        begun.append(printer)
        printer.start()
        return printer

    yield begin
    for printer in begun:
        printer.stop()
        printer.stop()


def test_the_paper_is_known_before_anybody_prints_and_when_it_changes(running):
    heard = queue.Queue()
    desk = Desk("low")
    printer = running(desk, heard.put)
    assert heard.get(timeout=5) == "low"
    desk.papers = "out"
    told = queue.Queue()
    assert printer.put(Job(), told.put)
    assert told.get(timeout=5) == "out"
    assert heard.get(timeout=5) == "out"
    assert printer.paper == "out"


def test_while_a_printer_hangs_a_few_wait_and_the_next_is_told_no_at_once(running):
    goes_on, hangs = threading.Event(), threading.Event()

    class Hanging(Desk):
        def do(self, job):
            hangs.set()
            assert goes_on.wait(10)
            super().do(job)

    told, desk = queue.Queue(), Hanging()
    printer = running(desk)
    assert printer.put(Job(), told.put)
    assert hangs.wait(5)
    assert [printer.put(Job(), told.put) for _ in range(WAITING_MOST)] == [True] * WAITING_MOST
    assert not printer.put(Job(), told.put)
    goes_on.set()
    assert [told.get(timeout=5) for _ in range(WAITING_MOST + 1)] == ["printed"] * 5


def test_a_job_that_is_broken_is_told_and_does_not_end_the_printing(running):
    class Broken(Job):
        def on_receipt(self, printer):
            raise ZeroDivisionError

    told, desk = queue.Queue(), Desk()
    desk.do = lambda job: job.on_receipt(None) if isinstance(job, Broken) else None
    printer = running(desk)
    printer.put(Broken(), told.put)
    printer.put(Job(), told.put)
    assert [told.get(timeout=5), told.get(timeout=5)] == ["away", "printed"]


def test_stopping_a_printer_with_a_full_queue_leaves_no_thread(running):
    before = threading.active_count()
    printer = running(Desk())
    for _ in range(WAITING_MOST):
        printer.put(Job(), lambda _came: None)
    printer.stop()
    assert threading.active_count() == before


def test_a_printer_looks_for_its_paper_each_minute(monkeypatch, running):
    monkeypatch.setattr(printing, "LOOK_EACH_S", 0.01)
    heard, desk = queue.Queue(), Desk("enough")
    running(desk, heard.put)
    assert heard.get(timeout=5) == "enough"
    desk.papers = "low"
    assert heard.get(timeout=5) == "low"


# By python-escpos, over a pseudo-terminal --------------------------------------------------------


@pytest.fixture
def line():
    """A serial line: our end's name, and the printer's end."""
    far, near = os.openpty()
    tty.setraw(near)
    yield os.ttyname(near), far
    os.close(near)
    os.close(far)


def answering(far, answers, heard):
    """Answer each question about its status, as a printer does while bytes still come."""
    held = b""
    while chunk := os.read(far, 4096):
        held += chunk
        heard.append(chunk)
        for question, answer in answers.items():
            while question in held:
                held = held.replace(question, b"", 1)
                os.write(far, answer)
        if b"END" in held:
            return


@pytest.mark.parametrize(
    ("roll", "outcome"), [(b"\x12", "printed"), (b"\x1e", "printed"), (b"\x72", "out")]
)
def test_a_printer_on_a_serial_line_is_asked_then_printed_on(line, roll, outcome):
    path, far = line
    heard: list = []
    answers = {ASK_PRINTER: ONLINE, ASK_PAPER: roll}
    desk = threading.Thread(target=answering, args=(far, answers, heard))
    desk.start()
    assert print_one(f"serial:{path}", Job(b"hello"), open_printer)[0] == outcome
    near = os.open(path, os.O_WRONLY)
    os.write(near, b"END")
    desk.join(5)
    os.close(near)
    assert (b"hello" in b"".join(heard)) is (outcome == "printed")


def test_a_silent_serial_printer_is_silent_and_gets_nothing(line):
    path, far = line
    assert print_one(f"serial:{path}", Job(b"hello"), open_printer) == ("silent", "silent")
    os.set_blocking(far, False)
    assert b"hello" not in os.read(far, 4096)


def test_of_a_printer_that_was_pulled_no_port_is_left_open(tmp_path):
    sockets = Sockets(tmp_path).plug("printer")
    receipt = open_printer(f"serial:{sockets.path('printer')}")
    assert isinstance(receipt, Receipt)
    port, lib = receipt.printer.device, receipt.printer
    sockets.pull("printer")
    receipt.close()
    assert not port.is_open
    lib.__del__()  # what Python calls whenever it comes round: it must not complain of the port


@pytest.mark.parametrize(
    "at", ["serial:/dev/there-is-none", "usb:dead:beef", "network:127.0.0.1:9", "serial:nonsense"]
)
def test_a_printer_that_is_not_there_is_away(at):
    with pytest.raises(PrinterAway):
        open_printer(at)


def test_a_normal_printer_without_cups_is_away(monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert print_one("cups:office", Job(), open_printer) == ("away", "away")
