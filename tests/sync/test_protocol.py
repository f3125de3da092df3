"""The messages of the wire: as agreed, whole, and no larger than agreed."""

import gzip
import json
import tracemalloc
import zlib
from typing import get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.errors import BadMessage, TooLarge
from sync.protocol import (
    MAX_ASK_BYTES,
    STATUS,
    ErrorName,
    Problem,
    Refusal,
    SyncAnswer,
    SyncAsk,
    Woken,
    Word,
    decode,
    encode,
    inflate,
    size_of,
)
from tests.sync.wire import records

RECORD = {"kind": "of_a_later_version", "id": "1", "fields": {"new.en": [1, {"a": None}]}}
ASK = SyncAsk(1, "812.c41f77a20b9e6d13", Word(41, "9c1e", "41d0"), [RECORD])
KINDS = {
    SyncAsk: ASK,
    SyncAnswer: SyncAnswer(1, "2.b", True, [RECORD], [Refusal("a", "b", "scope")]),
    Woken: Woken(1, True),
    Problem: Problem("fork", "light.copied", 5, "t"),
}


def read(data, cls=SyncAsk, largest=MAX_ASK_BYTES):
    return decode(data, cls, largest=largest)


def test_an_ask_is_written_as_the_page_of_sync_shows():
    assert json.loads(gzip.decompress(encode(ASK))) == {
        "protocol": 1,
        "cursor": "812.c41f77a20b9e6d13",
        "word": [41, "9c1e", "41d0"],
        "push": [RECORD],
        "limit": 2000,
    }


@pytest.mark.parametrize("cls", KINDS)
def test_what_was_said_is_what_is_heard(cls):
    assert read(encode(KINDS[cls]), cls) == KINDS[cls]


@given(st.lists(records(), max_size=3))
def test_records_of_any_shape_come_through_or_are_not_sent(bodies):
    try:
        data = encode(SyncAsk(1, "", Word(1, "", "a"), bodies))
    except UnicodeEncodeError:  # half a surrogate pair: no store takes it in
        return
    assert read(data).push == bodies


def test_a_field_that_we_have_never_heard_of_is_no_reason_to_stop():
    said = {"now": 5, "cursor": "1.a", "mood": "good", "records": [], "refused": []}
    assert read(json.dumps(said).encode(), SyncAnswer) == SyncAnswer(5, "1.a")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html>Welcome to the station's wifi</html>",
        b"[]",
        b"null",
        b'{"protocol": 1}',
        b'{"now": "soon", "cursor": "1.a"}',
        b'{"now": 1, "cursor": "1.a", "records": [7]}',
        b"\xff\xfe",
        b"\x1f\x8b",
        b"\x1f\x8b" + b"\xff" * 20,
        b"[" * 100_000,
    ],
)
@pytest.mark.parametrize("cls", [SyncAsk, SyncAnswer])
def test_what_is_not_ours_is_said_to_be_not_ours(data, cls):
    with pytest.raises(BadMessage) as bad:
        read(data, cls)
    assert bad.value.expected == ("gzip" if data.startswith(b"\x1f\x8b") else cls.__name__)


def test_an_answer_cut_anywhere_is_not_ours():
    whole = encode(KINDS[SyncAnswer])
    for end in range(len(whole)):
        with pytest.raises(BadMessage) as bad:
            read(whole[:end], SyncAnswer)
        assert bad.value.expected == ("gzip" if end > 1 else "SyncAnswer")


def test_something_behind_the_message_makes_it_not_ours():
    with pytest.raises(BadMessage):
        read(encode(ASK) + b"x")


def bomb(size):
    packer = zlib.compressobj(9, wbits=31)
    return packer.compress(b" " * size) + packer.flush()


def test_a_bomb_is_refused_and_not_blown_up():
    with pytest.raises(TooLarge) as refused:
        inflate(bomb(20_000_000), largest=1_000)
    assert refused.value.largest_bytes == 1_000


def test_of_a_bomb_no_more_is_inflated_than_may_come():
    data = bomb(20_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(TooLarge):
            inflate(data, largest=1_000)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_the_bound_is_the_plain_size_whatever_the_packing(pack):
    assert inflate(pack(b"x" * 100), largest=100) == b"x" * 100
    with pytest.raises(TooLarge) as refused:
        inflate(pack(b"x" * 101), largest=100)
    assert refused.value.largest_bytes == 100


def test_the_size_of_a_record_is_that_of_its_json():
    assert size_of({"kind": "é"}) == len('{"kind":"é"}'.encode())


def test_every_problem_has_its_status():
    assert set(STATUS) == set(get_args(ErrorName))
    assert {STATUS[name] for name in ("fork", "reset", "expired")} == {409}


def test_an_ask_and_its_answer_are_much_smaller_on_the_wire():
    many = [{"kind": "visit", "id": f"{n:036x}", "fields": {"heads": 1}} for n in range(500)]
    ask = SyncAsk(1, "", Word(1, "", "a"), many)
    assert len(encode(ask)) < len(msgspec.json.encode(ask)) / 4
