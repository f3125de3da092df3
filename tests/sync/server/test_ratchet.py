"""A device, its copy, a later server: told apart by one word."""

import pytest

from sync.protocol import SyncAsk, Word
from sync.server.devices import listed
from sync.server.errors import Answered
from sync.server.exchange import sync
from sync.server.ratchet import Heard, judge


@pytest.mark.parametrize(
    ("word", "verdict"),
    [
        (Word(8, "b", "c"), "accepted"),
        (Word(7, "a", "b"), "repeated"),
        (Word(7, "a", "z"), "fork"),
        (Word(7, "z", "b"), "fork"),
        (Word(8, "z", "c"), "fork"),
        (Word(6, "a", "b"), "fork"),
        (Word(1, "", "b"), "fork"),
        (Word(9, "b", "c"), "reset"),
        (Word(41, "z", "y"), "reset"),
    ],
)
def test_a_word_says_who_speaks(word, verdict):
    assert judge(Heard(7, "a", "b"), word)[0] == verdict


def test_a_reset_adopts_the_word_as_if_it_had_been_accepted():
    _verdict, heard = judge(Heard(7, "a", "b"), Word(41, "y", "z"))
    assert judge(heard, Word(41, "y", "z"))[0] == "repeated"
    assert judge(heard, Word(42, "z", "x"))[0] == "accepted"


def problem(call):
    with pytest.raises(Answered) as said:
        call()
    return said.value


def test_an_answer_that_was_lost_can_be_asked_for_again(village):
    k1 = village.door()
    word = Word(1, "", "0" * 16)
    visit = k1.wrote("visit", how="count")
    k1.asks(visit, word=word)
    assert k1.asks(visit, word=word).refused == []
    assert village.seq() == 1


def test_a_copy_gets_a_token_of_its_own_the_same_one_if_it_asks_again(village):
    k1 = village.door()
    k1.asks()
    k1.asks()
    stale = Word(1, "", "f" * 16)
    tokens = {problem(lambda: k1.asks(word=stale)).token for _ in range(2)}
    assert len(tokens) == 1
    copy = village.copy(tokens.pop())
    copy.asks(copy.wrote("visit", how="count"))
    assert len(k1.asks().records) == 1


def test_a_cursor_of_another_life_is_a_reset(village):
    k1 = village.door()
    k1.asks(k1.wrote("visit", how="count"))
    k1.cursor = "1.0000000000000000"
    assert problem(k1.asks).problem == "reset"
    k1.cursor = "9.0000000000000000"
    assert problem(k1.asks).problem == "reset"
    k1.cursor = ""
    assert len(k1.asks().records) == 1


def test_a_device_away_for_401_days_is_expired_until_it_begins_afresh(village):
    k1 = village.door()
    k1.asks(k1.wrote("visit", how="count"))
    village.pass_(days=401)
    assert problem(k1.asks).problem == "expired"
    assert problem(k1.asks).problem == "expired"
    k1.cursor = ""
    assert len(k1.asks().records) == 1


def test_expired_is_judged_before_reset(village):
    k1 = village.door()
    k1.asks()
    k1.cursor = "9.0000000000000000"
    village.pass_(days=401)
    assert problem(k1.asks).problem == "expired"


def test_another_protocol_is_told_apart(village):
    k1 = village.door()
    ask = SyncAsk(2, "", Word(1, "", "a"))
    assert problem(lambda: sync(village.commits, k1.who, ask)).problem == "protocol"


def test_a_server_whose_clock_jumped_takes_no_push_until_somebody_says_so(village):
    k1 = village.door()
    k1.asks(k1.wrote("visit", how="count"))
    village.ms += 3 * 24 * 3600 * 1000
    assert problem(lambda: k1.asks(k1.wrote("visit", how="count"))).problem == "clock"
    assert problem(k1.asks).problem == "clock"  # nor does it tell its time
    village.clock_is_right()
    assert k1.asks(k1.wrote("visit", how="count")).refused == []


def test_a_clock_that_jumped_by_years_makes_nobody_look_as_if_they_had_been_away(village):
    k1 = village.door()
    k1.asks(k1.wrote("visit", how="count"))
    village.ms += 3 * 365 * 24 * 3600 * 1000
    assert problem(k1.asks).problem == "clock"
    village.clock_is_right()  # it stood for years, and so did the server
    assert k1.asks().refused == []


@pytest.mark.parametrize("years", [-5, 3])
def test_a_clock_in_doubt_says_of_nobody_when_they_were_here(village, years):
    k1 = village.door()
    k1.asks(k1.wrote("visit", how="count"))
    village.error_ms = years * 365 * 24 * 3600 * 1000
    village.report(k1)
    village.clock_is_right()
    with village.database.reading() as connection:
        assert [line.seen_ms for line in listed(connection)] == [village.ms]
    assert k1.asks().refused == []
