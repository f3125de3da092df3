"""What hangs on a port: a reader that has to be asked, and who it is where nobody said."""

import pytest

from kiosk.hardware import pn532
from kiosk.hardware.facts import CardRead, PhoneHeld
from kiosk.hardware.news import (
    Heard,
    PortNews,
    Tell,
)
from tests.kiosk.hardware.bench import LEFT, Bench, opened, sent, told
from tests.kiosk.hardware.streams import (
    BOTH,
    ID12_CARD,
    LD_BOTH,
    PN_ACK,
    PN_CARD,
    PN_CONFIGURED,
    PN_FIRMWARE,
    PN_NONE,
    PN_PHONE,
    PN_RELEASED,
    PN_SAM,
    RDM_CARD,
)

# A reader that has to be asked ------------------------------------------------------------------


@pytest.fixture
def asked():
    """A PN532 that was woken and set up, and is now asked for a card."""
    bench = Bench({LEFT: "pn532"})
    bench.plug()
    for answer in (PN_SAM, PN_FIRMWARE, PN_CONFIGURED):
        bench(Heard(LEFT, PN_ACK + answer))
    return bench


def test_a_reader_that_is_asked_is_woken_set_up_and_asked_for_a_card(asked):
    assert sent(asked.did) == [
        pn532.WAKE_UP + pn532.SET_SAM,
        pn532.WHICH_FIRMWARE,
        pn532.FEW_RETRIES,
        pn532.LIST,
    ]


def test_without_a_card_it_is_asked_again_soon(asked):
    assert sent(asked(Heard(LEFT, PN_NONE))) == []
    assert sent(asked.pass_(0.2)) == [pn532.LIST]


@pytest.mark.parametrize(
    ("answer", "fact"), [(PN_CARD, CardRead("DEADBEEF")), (PN_PHONE, PhoneHeld())]
)
def test_a_card_is_told_released_and_the_next_one_asked_for(asked, answer, fact):
    effects = asked(Heard(LEFT, PN_ACK + answer))
    assert told(effects) == [fact]
    assert sent(effects) == [pn532.RELEASE]
    asked(Heard(LEFT, PN_RELEASED))
    assert sent(asked.pass_(0.5)) == [pn532.LIST]


def test_what_it_does_not_answer_is_ended_and_it_is_woken_again(asked):
    assert sent(asked.pass_(0.6)) == [pn532.ACK + pn532.WAKE_UP + pn532.SET_SAM]


def test_an_answer_to_another_question_changes_nothing(asked):
    assert asked(Heard(LEFT, PN_RELEASED + PN_SAM)) == []


def test_a_reader_that_answers_nothing_is_opened_again(asked):
    assert opened(asked.pass_(5.1)) == [115200]


# What is on a port that nobody named ------------------------------------------------------------


def hangs_on(speaker, *, hold=b"", baud=9600):
    """A port with something on it that ``auto`` is to find out; ``speaker`` answers (baud, sent)."""
    bench = Bench({LEFT: "auto"})
    effects = bench.plug()
    for _ in range(60):
        answer = speaker(bench.open[LEFT], b"".join(sent(effects)))
        effects = bench.pass_(0.1, hears=answer)
    if hold:
        assert bench.open[LEFT] == baud
        bench(Heard(LEFT, hold))
    return bench


def recognised(bench):
    return [
        effect.news.kind
        for effect in bench.did
        if isinstance(effect, Tell)
        and isinstance(effect.news, PortNews)
        and effect.news.what == "recognised"
    ]


@pytest.mark.parametrize("speed", [256000, 115200])
def test_a_sensor_is_recognised_by_its_reports(speed):
    bench = hangs_on(lambda baud, _sent: LD_BOTH if baud == speed else b"\xf0\x00\x81")
    assert recognised(bench) == ["ld2410"]
    assert bench.open[LEFT] == speed


def test_a_reader_that_is_asked_is_recognised_by_its_answer():
    bench = hangs_on(lambda baud, words: PN_SAM if pn532.SET_SAM in words else b"")
    assert recognised(bench) == ["pn532"]


@pytest.mark.parametrize(
    ("kind", "frame"), [("rdm6300", RDM_CARD), ("id12", ID12_CARD), ("scanner", b"12345\r")]
)
def test_a_silent_reader_is_recognised_by_its_first_card(kind, frame):
    bench = hangs_on(lambda _baud, _sent: b"", hold=frame)
    assert recognised(bench) == [kind]
    assert not isinstance(told(bench.did)[-1], str)


def test_what_was_recognised_is_asked_for_no_more():
    bench = hangs_on(lambda _baud, _sent: b"", hold=RDM_CARD)
    assert bench.pass_(100) == []


def test_another_thing_in_the_same_socket_is_found_out_anew():
    bench = hangs_on(lambda _baud, _sent: b"", hold=RDM_CARD)
    bench.unplug()
    bench.plug()
    assert told(bench(Heard(LEFT, LD_BOTH))) == ["recognised", BOTH]


def test_a_port_that_stays_silent_is_listened_to_nearly_all_the_time():
    bench = Bench({LEFT: "auto"})
    bench.plug()
    listening = 0
    for _ in range(1000):
        bench.pass_(0.1)
        listening += bench.open[LEFT] == 9600
    assert listening > 850
    assert told(bench.did) == ["found", "open"]
