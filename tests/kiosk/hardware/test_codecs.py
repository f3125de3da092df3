"""Every codec: the worked bytes, any cutting, any garbage, and never a wrong card."""

import os
from itertools import pairwise
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kiosk.hardware import ld2410, pn532, scanner
from kiosk.hardware.facts import CardRead, CodeRead
from tests.kiosk.hardware.streams import (
    ID12_CARD,
    LD_BOTH,
    LD_ENGINEER,
    PN_ACK,
    PN_CARD,
    RDM_CARD,
    TONGUES,
    pn_answer,
)

HELD_MOST = 256
FRAMES = [(name, *frame) for name, tongue in TONGUES.items() for frame in tongue.frames]
every_tongue = pytest.mark.parametrize("name", TONGUES)


def said(name, *pieces):
    """What a new codec makes of these pieces of a stream."""
    codec = TONGUES[name].codec()
    return [fact for piece in pieces for fact in codec.feed(piece)]


def cut(stream, places):
    edges = [0, *sorted(place % (len(stream) + 1) for place in places), len(stream)]
    return [stream[a:b] for a, b in pairwise(edges)]


def streams(tongue):
    """Frames of a codec with noise of its own bytes and of any bytes among them."""
    frames = [frame for frame, _ in tongue.frames]
    bits = st.sampled_from(frames).flatmap(lambda f: st.integers(0, len(f)).map(lambda n: f[:n]))
    noise = st.sampled_from([b"\x00", b"\x02", b"\x03", b"\r", b"\n", b"\xff", b"\x00\xff"])
    return st.lists(st.sampled_from(frames) | bits | noise | st.binary(max_size=40)).map(b"".join)


@pytest.mark.parametrize(("name", "frame", "fact"), FRAMES)
def test_the_worked_bytes_say_what_they_should(name, frame, fact):
    assert said(name, frame) == [fact]


@pytest.mark.parametrize(("name", "frame", "fact"), FRAMES)
def test_a_frame_cut_anywhere_says_the_same(name, frame, fact):
    for place in range(len(frame)):
        assert said(name, frame[:place], frame[place:]) == [fact]


@pytest.mark.parametrize(("name", "frame", "fact"), FRAMES)
def test_a_frame_that_lost_its_end_says_nothing(name, frame, fact):
    assert said(name, frame.rstrip(b"\r\n")[:-1]) == []


@every_tongue
@given(data=st.data())
def test_a_stream_cut_in_any_way_says_the_same(name, data):
    stream = data.draw(streams(TONGUES[name]))
    places = data.draw(st.lists(st.integers(0, 2000), max_size=30))
    assert said(name, *cut(stream, places)) == said(name, stream)


@every_tongue
@given(data=st.data())
def test_whatever_came_before_the_next_good_frame_is_heard(name, data):
    tongue = TONGUES[name]
    garbage = data.draw(streams(tongue)) + tongue.ending
    frame, fact = data.draw(st.sampled_from(tongue.frames))
    before, after = said(name, garbage), said(name, garbage + frame)
    # The frame's first byte may be the last of one begun before: then there is one more.
    assert after[-1] == fact
    assert after[: len(before)] == before


@every_tongue
@given(pieces=st.lists(st.binary(max_size=700), max_size=8))
@example(pieces=[b"\x02" * 1000])
@example(pieces=[b"7" * 255, b"7", b"7" * 255])
@example(pieces=[b"\x00\xff\xff\x01" * 500])
def test_no_bytes_at_all_break_a_codec_or_fill_it(name, pieces):
    codec = TONGUES[name].codec()
    for piece in pieces:
        codec.feed(piece)
        assert codec.held_bytes <= HELD_MOST


@pytest.mark.parametrize("name", ["rdm6300", "id12", "pn532"])
def test_a_card_with_any_one_bit_wrong_is_never_another_card(name):
    for frame, fact in TONGUES[name].frames:
        for nth in range(len(frame) * 8):
            wrong = bytearray(frame)
            wrong[nth // 8] ^= 1 << nth % 8
            assert said(name, bytes(wrong)) in ([], [fact])


@every_tongue
def test_a_megabyte_of_noise_makes_no_card_of_a_checked_reader(name):
    # Longer runs by hand: NOISE_MB=100 python -m pytest -k megabyte
    dice, codec = Random(7), TONGUES[name].codec()
    for _ in range(int(os.environ.get("NOISE_MB", "1")) * 16):
        facts = codec.feed(dice.randbytes(65536))
        assert name in ("scanner", "wiegand") or not [f for f in facts if isinstance(f, CardRead)]
        assert codec.held_bytes <= HELD_MOST


@pytest.mark.parametrize("name", ["rdm6300", "id12", "pn532", "scanner", "wiegand"])
def test_no_number_of_a_card_is_in_a_representation(name):
    for frame, fact in TONGUES[name].frames:
        if isinstance(fact, CardRead | CodeRead):
            value = fact.uid if isinstance(fact, CardRead) else fact.text
            assert value not in repr(said(name, frame))


@pytest.mark.parametrize("name", ["rdm6300", "id12", "pn532"])
def test_a_card_s_number_is_not_kept_by_its_codec(name):
    codec = TONGUES[name].codec()
    for frame, _fact in TONGUES[name].frames:
        codec.feed(frame)
    assert codec.held_bytes == 0


def test_a_reader_of_one_make_is_not_taken_for_another():
    assert said("rdm6300", ID12_CARD) == [] == said("id12", RDM_CARD)
    assert said("scanner", ID12_CARD, RDM_CARD) == []


@pytest.mark.parametrize(("name", "frame"), [("rdm6300", RDM_CARD), ("id12", ID12_CARD)])
def test_digits_without_their_start_are_no_badge(name, frame):
    assert said(name, b"\x03" + frame[1:]) == []


def test_spaces_between_digits_make_no_badge():
    assert said("rdm6300", b"\x0262 E3086CED0\x03") == []


def test_an_acknowledgement_and_an_answer_in_pieces_are_one_card():
    assert said("pn532", PN_ACK[:2], PN_ACK[2:] + PN_CARD[:9], PN_CARD[9:]) == [
        CardRead("DEADBEEF")
    ]


@pytest.mark.parametrize("uid", ["04A1B2C3D4E5F6", "04A1B2C3D4E5F6071829", "00FF00FF00FF00"])
def test_longer_numbers_are_read_whole_whatever_they_look_like(uid):
    number = bytes.fromhex(uid)
    answer = pn_answer(0x4B, 1, 1, 0, 0x44, 0, len(number), *number)
    assert said("pn532", answer) == [CardRead(uid)]


@pytest.mark.parametrize(
    "answer",
    [
        pn_answer(0x4B, 1, 1, 0, 4, 8, 5, 1, 2, 3, 4, 5),
        pn_answer(0x4B, 1, 1, 0, 4, 8, 7, 1, 2, 3),
        pn_answer(0x4B, 2, 1, 0, 4, 8, 4, 1, 2, 3, 4),
        pn_answer(0x4B, 1),
        pn_answer(0x4B),
        pn_answer(),
    ],
)
def test_an_answer_that_is_no_whole_card_says_nothing(answer):
    assert said("pn532", answer) == []


@pytest.mark.parametrize(
    ("asked", "frame"),
    [
        (pn532.SET_SAM, "0000FF05FBD41401140102 00"),
        (pn532.WHICH_FIRMWARE, "0000FF02FED4022A00"),
        (pn532.LIST, "0000FF04FCD44A0100E100"),
        (pn532.WAKE_UP, "5555" + "00" * 14),
        (scanner.command(8, 2, b"\x01")[:-2], "7E000801000201"),
        (scanner.command(9, 0, b"\x00"), "7E000901000000DEC8"),
        (scanner.command(7, 0x2A, b"\x02"), "7E000701002A02D80F"),
        (ld2410.BEGIN_SETTING, "FDFCFBFA0400FF00010004030201"),
        (ld2410.END_SETTING, "FDFCFBFA0200FE0004030201"),
        (ld2410.SET_115200, "FDFCFBFA0400A100070004030201"),
    ],
)
def test_commands_are_the_bytes_of_the_data_sheets(asked, frame):
    assert asked == bytes.fromhex(frame)


@pytest.mark.parametrize(
    ("at", "value"), [(4, 0x0E), (6, 3), (7, 0xAB), (8, 4), (10, 0x10), (11, 101), (17, 0x54)]
)
def test_a_report_that_cannot_be_is_not_believed(at, value):
    wrong = bytearray(LD_BOTH)
    wrong[at] = value
    assert said("ld2410", bytes(wrong)) == []


@pytest.mark.parametrize("gates", [9, 250])
def test_a_report_with_more_gates_than_there_are_is_not_believed(gates):
    wrong = bytearray(LD_ENGINEER)
    wrong[17] = gates
    assert said("ld2410", bytes(wrong)) == []


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n", "\n\r", "\r\n\r\n"])
def test_a_line_may_end_in_any_way(end):
    stream = f"one{end}two{end}".encode()
    assert said("scanner", stream) == [CodeRead("one"), CodeRead("two")]


def test_a_line_too_long_to_be_a_code_is_dropped_to_its_end():
    assert said("scanner", b"7" * 256 + b"\r12\r") == [CodeRead("12")]
    assert said("scanner", b"7" * 255 + b"\r") == [CodeRead("7" * 255)]


@pytest.mark.parametrize(
    ("line", "uid"),
    [
        ("8,27885", "086CED"),
        ("008:27885", "086CED"),
        ("10000100001101100111011011", "086CED"),
        ("0x210D9DB", "086CED"),
        ("210D9DB", "086CED"),
        ("0012690099", "0012690099"),
        ("04a1b2c3", "04A1B2C3"),
    ],
)
def test_a_bridge_s_line_is_a_card(line, uid):
    assert said("wiegand", line.encode() + b"\r\n") == [CardRead(uid)]


@pytest.mark.parametrize(
    "line",
    [
        "00000100001101100111011011",  # first parity
        "10000100001101100111011010",  # last parity
        "0x210D9DA",
        "0xE10D9DB",  # more than 26 bits
        "256,1",
        "1,65536",
        "ready",
        "12",
        "Card: 12345678",
        "１２３４５６",
    ],
)
def test_a_line_with_wrong_parity_or_that_is_no_number_is_no_card(line):
    assert said("wiegand", line.encode() + b"\r\n") == []
