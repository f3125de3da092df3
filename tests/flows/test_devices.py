"""What hangs on the door comes and goes; people come in all the same, and nothing frightens them."""

import contextlib
import threading

import pytest

from kiosk.config import PrinterFacts
from kiosk.devices import STICK_S
from kiosk.hardware.stick_news import NEWS, tell
from tests.flows.people import ANA, ANA_CARD, is_here
from tests.kiosk.hardware.streams import LD_BOTH, LD_NOBODY
from tests.kiosk.paper.receipts import Desk

ON_USB = PrinterFacts(at="usb:0416:5011")


@pytest.fixture
def attached(open_door, form):
    """Open a door with something attached, on the usual screen: devices know no sizes."""
    if (form.screen, form.lang, form.large) != ("1280x800", "en", False):
        pytest.skip("what is attached is the same on every screen")
    return open_door


def newest(door):
    return max(door.hub.visits_open, key=lambda visit: (visit.came_at, visit.id))


def comes_in(door):
    door.tap("I'm here").tap("I'm visiting").turn_to("Just looking").tap("Just looking").tap("Done")
    return newest(door)


def announced(door):
    return [words for told in door.shell.told.children for words in [told.text]]


# The printer --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stands", "says"),
    [
        ("enough", "Your tag is printed."),
        ("out", "The printer has no paper. Please keep your tag in mind"),
        ("silent", "The printer is not ready. Please keep your tag in mind"),
        ("away", "The printer is not ready. Please keep your tag in mind"),
    ],
)
def test_a_guest_sees_the_tag_first_and_hears_what_became_of_the_paper(attached, stands, says):
    desk = Desk(stands)
    door = attached(printer=ON_USB, open_=desk)
    visit = comes_in(door)
    assert door.at == "welcome"
    door.frames.until(lambda: announced(door), "what became of the paper")
    assert announced(door)[0].startswith(says)
    assert door.shell.dialog is None
    assert door.after_power_cut().visit(visit.id) is not None
    assert len(desk.jobs) == (stands == "enough")


def test_nobody_hears_what_became_of_the_tag_of_somebody_before_them(attached):
    door, told = attached(printer=ON_USB, open_=Desk()), []
    door.app.devices._print = lambda _sheet, then: told.append(then)
    comes_in(door)
    door.pass_(minutes=2)
    told[0]("silent")
    assert announced(door.settle()) == []


def test_while_a_printer_hangs_the_door_goes_on(attached):
    goes_on = threading.Event()

    class Hanging(Desk):
        def do(self, job):
            assert goes_on.wait(20)
            super().do(job)

    door = attached(printer=ON_USB, open_=Hanging())
    first = comes_in(door)
    door.pass_(seconds=12).tap("Done") if door.can("Done") else door.shell.rest()
    door.settle().tap_card(ANA_CARD)
    assert is_here(door.hub, ANA, door.app.time.now())
    assert door.hub.visit(first.id) is not None
    goes_on.set()


def test_today_s_rooms_and_the_roll_call_are_printed_for_whoever_may_ask(attached):
    desk, said = Desk(), []
    door = attached(printer=ON_USB, open_=desk)
    door.shell.around.paper.print_rooms(said.append)
    door.shell.around.paper.print_roll_call(said.append)
    door.frames.until(lambda: len(said) == 2, "both to be printed")
    assert said == ["paper.printed"] * 2
    assert len(desk.jobs) == 2


def test_without_a_printer_nobody_offers_one(attached):
    assert attached().shell.around.paper is None


# Presence -----------------------------------------------------------------------------------------


def near(door, somebody):
    door.app.devices._near(somebody)
    door.settle()


def test_whoever_steps_up_lights_the_screen_and_presses_nothing(attached):
    door = attached()
    near(door, False)
    door.pass_(minutes=3)
    assert door.shell.dimmed
    near(door, True)
    assert not door.shell.dimmed
    door.pass_(minutes=3)
    assert not door.shell.dimmed


def test_a_panel_with_a_light_of_its_own_is_dimmed_and_nothing_dark_is_drawn(attached, tmp_path):
    panel = tmp_path / "lights" / "panel"
    panel.mkdir(parents=True)
    (panel / "max_brightness").write_text("100")
    (panel / "brightness").write_text("100")
    door = attached()
    near(door, False)
    door.pass_(minutes=3)
    door.frames.until(lambda: (panel / "brightness").read_text() == "30", "the light to dim")
    assert door.shell._night.size == (0, 0)
    near(door, True)
    door.frames.until(lambda: (panel / "brightness").read_text() == "100", "the light to come back")


def test_where_nobody_stands_any_more_the_page_is_wiped_before_its_time(attached):
    door = attached()
    near(door, True)
    door.tap("I'm here")
    near(door, False)
    door.pass_(seconds=12)
    assert door.at == "rest"


def test_who_steps_aside_and_back_finds_their_page(attached):
    door = attached()
    near(door, True)
    door.tap("I'm here")
    near(door, False)
    door.pass_(seconds=6)
    near(door, True)
    door.pass_(seconds=10)
    assert door.at == "here"


def test_a_sensor_that_died_dims_nothing_and_sends_nobody_home(attached):
    door = attached()
    near(door, True)
    door.tap("I'm here")
    near(door, None)
    door.pass_(seconds=20)
    assert door.at == "here"


# Everything at once -------------------------------------------------------------------------------


def badge(number):
    """The frame of an RDM6300 for this number."""
    check = 0
    for byte in bytes.fromhex(number):
        check ^= byte
    return b"\x02" + number.encode() + f"{check:02X}".encode() + b"\x03"


def reads_a_badge(door, sockets):
    """Hold a badge to the reader until its port was found and it is read."""
    read, reading = threading.Event(), door.app.devices.read

    def held():
        with contextlib.suppress(BlockingIOError):
            sockets.says("reader", badge("0400C1A2B3"))
        return read.is_set()

    door.app.devices.read = lambda got: (read.set(), reading(got))
    door.frames.until(held, "the badge to be read")
    door.app.devices.read = reading
    return True


def test_all_is_plugged_and_pulled_while_people_come_and_nobody_is_lost(attached, sockets):
    names = {"rdm6300": "reader", "rdm6300-exit": "exit", "ld2410": "sensor", "scanner": "scanner"}
    ports = {kind: sockets.path(name) for kind, name in names.items()}
    printer = PrinterFacts(at=f"serial:{sockets.path('printer')}")
    door = attached(ports=ports, printer=printer)  # nothing is there yet
    told = [comes_in(door).id]
    for round_ in range(2):
        for name in (*names.values(), "printer"):
            sockets.plug(name)
        sockets.says("sensor", LD_BOTH)
        door.shell.rest()
        door.pass_(minutes=2)
        assert reads_a_badge(door, sockets)
        door.settle()
        assert door.at == "new_card"  # nobody has this badge: nothing of it is kept
        door.shell.rest()
        sockets.says("sensor", LD_NOBODY[:9])
        door.settle().tap("I'm here").tap("I'm visiting")
        for name in (*names.values(), "printer"):  # in the middle of everything
            sockets.pull(name)
        door.turn_to("Just looking").tap("Just looking").tap("Done")
        assert door.at == "welcome", round_
        assert door.shell.dialog is None
        told.append(newest(door).id)
    kept = door.after_power_cut()
    assert len(set(told)) == 3
    assert all(kept.visit(one) is not None for one in told)


# Sticks -------------------------------------------------------------------------------------------


def test_what_becomes_of_a_stick_is_said_whole(door):
    for news in sorted(NEWS):
        tell(door.app.place.data, news)
        said = door.shell.words.say(f"stick.{news}")
        door.frames.until(lambda said=said: announced(door) == [said], f"of a stick: {news}")
        banner = door.settle().shell.told.children[0].children[0]
        assert not any(w.is_clipped for w in banner.walk() if hasattr(type(w), "is_clipped"))
        assert 0 <= banner.x <= banner.right <= door.shell.width


def test_that_a_stick_may_be_taken_out_can_be_read_for_a_minute_or_until_a_touch(door):
    tell(door.app.place.data, "done")
    door.frames.until(lambda: announced(door), "that the copy is there")
    assert announced(door.pass_(seconds=STICK_S - 5))
    assert not announced(door.pass_(seconds=10))
    tell(door.app.place.data, "done")
    door.frames.until(lambda: announced(door), "that the copy is there")
    door.touch_at(1, door.shell.height - 1)
    assert not announced(door)


def test_a_stick_wakes_a_dark_screen(door):
    door.shell.dimmed = True
    tell(door.app.place.data, "done")
    door.frames.until(lambda: announced(door), "that the copy is there")
    assert not door.shell.dimmed
