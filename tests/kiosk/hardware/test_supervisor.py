"""The supervisor without a port: found, opened, lost, silent, recognised; the time is passed in."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.hardware.facts import CardRead
from kiosk.hardware.kinds import KINDS
from kiosk.hardware.news import (
    Close,
    Gone,
    Heard,
    Listed,
    Open,
    Tell,
    Tick,
)
from tests.kiosk.hardware.bench import LEFT, RIGHT, Bench, opened, told
from tests.kiosk.hardware.streams import (
    BOTH,
    LD_BOTH,
    PN_CARD,
    PN_SAM,
    RDM_CARD,
)


def test_a_port_that_is_plugged_in_is_opened_at_its_speed():
    effects = Bench().plug()
    assert opened(effects) == [9600]
    assert told(effects) == ["found", "open"]


def test_a_port_that_nobody_wants_is_left_alone():
    assert Bench().plug("/dev/serial/by-id/printer") == []


def test_a_card_that_comes_over_it_is_told():
    bench = Bench()
    bench.plug()
    assert told(bench(Heard(LEFT, RDM_CARD))) == [CardRead("62E3086CED")]


def test_an_unplugged_port_is_closed_and_opened_again_when_it_is_back():
    bench = Bench()
    bench.plug()
    assert told(bench.unplug()) == ["gone"]
    assert LEFT not in bench.open
    assert told(bench.plug(device="/dev/ttyUSB3")) == ["found", "open"]


def test_a_port_lost_by_an_error_is_opened_again_at_the_next_look():
    bench = Bench()
    bench.plug()
    assert told(bench(Gone(LEFT))) == ["gone"]
    assert opened(bench.plug()) == [9600]


def test_half_a_frame_before_unplugging_is_no_part_of_the_next_one():
    bench = Bench()
    bench.plug()
    bench(Heard(LEFT, RDM_CARD[:7]))
    bench(Gone(LEFT))
    bench.plug()
    assert told(bench(Heard(LEFT, RDM_CARD[7:]))) == []
    assert told(bench(Heard(LEFT, RDM_CARD))) == [CardRead("62E3086CED")]


def test_a_port_plugged_into_another_name_between_two_looks_is_opened_anew():
    bench = Bench()
    bench.plug(device="/dev/ttyUSB0")
    effects = bench.plug(device="/dev/ttyUSB1")
    assert [type(e) for e in effects if not isinstance(e, Tell)] == [Close, Open]


def test_bytes_read_before_a_port_was_closed_do_no_harm():
    bench = Bench()
    bench.plug()
    bench.unplug()
    assert bench(Heard(LEFT, RDM_CARD)) == []


def test_a_port_that_cannot_be_opened_is_said_once_and_tried_later_and_later():
    bench = Bench()
    bench.opens = False
    assert told(bench.plug()) == ["found", "busy"]
    tries = [s for s in range(600) if opened(bench.pass_(0.1))]
    pauses = [b - a for a, b in pairwise(tries)]
    assert tries[0] <= 5
    assert pauses == sorted(pauses) and pauses[-1] > 2 * pauses[0]
    assert told(bench.did) == ["found", "busy"]


def test_a_port_is_tried_at_least_each_half_minute():
    bench = Bench()
    bench.opens = False
    bench.plug()
    bench.pass_(300)
    bench.opens = True
    assert told(bench.pass_(30.2)) == ["open"]


def test_a_port_plugged_in_anew_does_not_wait_for_what_went_wrong_before():
    bench = Bench()
    bench.opens = False
    bench.plug()
    bench.pass_(120)
    bench.unplug()
    bench.opens = True
    assert told(bench.plug()) == ["found", "open"]


def test_a_sensor_that_fell_silent_is_opened_again_at_each_of_its_speeds():
    bench = Bench({LEFT: "ld2410"})
    bench.plug()
    bench.pass_(4, hears=LD_BOTH)
    assert opened(bench.pass_(4.9)) == []
    assert opened(bench.pass_(5.2)) == [115200, 256000]
    assert told(bench.did).count("silent") == 1


def test_a_sensor_set_to_the_other_speed_is_heard_and_stays_there():
    bench = Bench({LEFT: "ld2410"})
    bench.plug()
    bench.pass_(5.1)
    assert told(bench(Heard(LEFT, LD_BOTH))) == ["recognised", BOTH]
    assert opened(bench.pass_(60, hears=LD_BOTH)) == []
    assert bench.open[LEFT] == 115200


def test_a_badge_reader_may_be_silent_all_night():
    bench = Bench()
    bench.plug()
    assert bench.pass_(1000) == []


def test_bytes_that_say_nothing_are_told_once_to_be_so():
    bench = Bench()
    bench.plug()
    assert told(bench.pass_(10, hears=b"\xf0\x0f" * 8)) == ["noise"]
    assert told(bench(Heard(LEFT, RDM_CARD))) == [CardRead("62E3086CED")]


def test_two_alike_are_told_apart_by_the_socket_they_are_in():
    bench = Bench({LEFT: "rdm6300", RIGHT: "rdm6300"})
    bench(Listed({LEFT: "/dev/ttyUSB0", RIGHT: "/dev/ttyUSB1"}))
    bench(Heard(LEFT, RDM_CARD[:6]))
    assert told(bench(Heard(RIGHT, RDM_CARD)), RIGHT) == [CardRead("62E3086CED")]
    assert told(bench(Heard(LEFT, RDM_CARD[6:])), LEFT) == [CardRead("62E3086CED")]


def test_one_of_two_being_pulled_leaves_the_other_open():
    bench = Bench({LEFT: "rdm6300", RIGHT: "rdm6300"})
    bench(Listed({LEFT: "/dev/ttyUSB0", RIGHT: "/dev/ttyUSB1"}))
    bench(Listed({RIGHT: "/dev/ttyUSB1"}))
    assert list(bench.open) == [RIGHT]


def test_all_ports_are_looked_after_where_none_was_named():
    bench = Bench({RIGHT: "rdm6300"}, discover=True)
    bench(Listed({LEFT: "/dev/ttyUSB0", RIGHT: "/dev/ttyUSB1"}))
    assert bench.open == {LEFT: 256000, RIGHT: 9600}


# Whatever happens, in whatever order ------------------------------------------------------------

HAPPENINGS = st.one_of(
    st.sampled_from([Listed({}), Listed({LEFT: "/dev/a"}), Listed({LEFT: "/dev/b"}), Tick()]),
    st.sampled_from([RDM_CARD, LD_BOTH, PN_SAM, PN_CARD, b"x\r"]).map(lambda b: Heard(LEFT, b)),
    st.binary(max_size=80).map(lambda data: Heard(LEFT, data)),
    st.just(Gone(LEFT)),
    st.sampled_from([0.1, 0.7, 5.5, 31.0]),
    st.booleans(),
)


@pytest.mark.parametrize("kind", ["auto", *KINDS])
@given(happenings=st.lists(HAPPENINGS, max_size=60))
def test_nothing_breaks_it_and_a_port_that_is_there_is_found_again(kind, happenings):
    bench = Bench({LEFT: kind})
    for happening in happenings:
        if isinstance(happening, bool):
            bench.opens = happening
        elif isinstance(happening, float):
            bench.now_s += happening
            bench(Tick())
        elif not isinstance(happening, Gone) or bench.open.pop(LEFT, None):
            bench(happening)
    bench.opens = True
    bench.unplug()
    bench.plug()
    assert LEFT in bench.open
