"""The network fails, a portal answers, the server asks for time, or the disk is full."""

import pytest

from sync.client.effects import Keep, Listen, Wait
from sync.client.events import NetworkUp, Started, Tick, Woken
from sync.protocol import MAX_RECORDS, Word
from tests.sync.client.engine import MANY, Engine

FIVE_MIN_MS = 300_000


# No network, a name that is not found, refused, cut, too slow ---------------------------------------


def test_without_a_network_it_rests_and_tries_again(pushing):
    pushing.fails(*MANY, trouble="no_network")
    assert pushing.kinds() == [Wait]
    assert pushing.status.trouble == "no_network"
    assert pushing.rests_out().asks.most == MAX_RECORDS


@pytest.mark.parametrize("seed", range(5))
def test_the_pauses_grow_to_five_minutes_and_no_further(seed):
    engine, longest = Engine(seed).settled().writes(), 0
    for nth in range(2_000):
        engine.fails(trouble="no_network")
        assert 0 <= engine.pause_ms <= min(FIVE_MIN_MS, 1_000 * 2**nth)
        longest = max(longest, engine.pause_ms)
        engine.rests_out()
    assert longest > FIVE_MIN_MS * 0.95


def test_two_devices_do_not_come_back_at_the_same_time():
    pauses = {Engine(seed).starts().fails(trouble="no_network").pause_ms for seed in range(20)}
    assert len(pauses) > 15


def test_after_a_success_the_pauses_begin_small_again(pushing):
    for _ in range(9):
        pushing.fails(trouble="no_network").rests_out()
    pushing.answered().keeps().writes().fails(trouble="no_network")
    assert pushing.pause_ms <= 1_000


@pytest.mark.parametrize("is_wait", [False, True])
def test_it_tries_at_once_when_the_network_comes_back_or_somebody_taps_the_light(is_wait):
    engine = Engine().settled()
    if not is_wait:
        engine.writes()
    engine.fails(trouble="no_network", is_wait=is_wait).told(NetworkUp())
    assert engine.effect(Listen) if is_wait else engine.asks


def test_a_write_while_it_rests_waits_for_the_end_of_the_rest(pushing):
    pushing.fails(*MANY, trouble="no_network").writes()
    assert pushing.kinds() == []
    assert pushing.rests_out().asks


def test_a_tick_too_early_changes_nothing(pushing):
    pushing.fails(*MANY, trouble="no_network")
    until_ms = pushing.state.until_ms
    assert pushing.told(Tick()).does == [Wait(until_ms)]


def test_a_wait_that_fails_while_all_is_sent_makes_no_other_request_than_wait(engine):
    engine.settled()
    for _ in range(20):
        engine.fails(trouble="no_network", is_wait=True)
        assert engine.kinds() == [Wait]
        assert engine.rests_out().kinds() == [Listen]


def test_a_wait_that_fails_during_an_exchange_disturbs_nothing(pushing):
    assert pushing.fails(trouble="no_network", is_wait=True).does == []
    assert pushing.answered(*MANY).keeps().effect(Listen)


def test_a_wait_that_works_again_ends_the_trouble(engine):
    engine.settled().fails(trouble="no_network", is_wait=True).rests_out()
    engine.pass_(25_000).told(Woken("1.a", has_news=False))
    assert (engine.status.trouble, engine.state.failures) == ("", 0)


# An answer that is not ours ----------------------------------------------------------------------------


def test_a_captive_portal_is_no_server_and_no_reason_to_hurry(pushing):
    pushing.fails(*MANY, trouble="not_the_server", status=200)
    assert pushing.kinds() == [Wait]
    assert pushing.status.trouble == "not_the_server"


@pytest.mark.parametrize("status", [302, 401, 403, 404, 409, 502, 511])
def test_a_status_without_our_words_is_a_portals_and_stops_nothing(pushing, status):
    pushing.fails(*MANY, status=status)
    assert pushing.kinds() == [Wait]
    assert pushing.status.trouble == "not_the_server"


# 429, 503 -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [429, 503])
def test_it_waits_for_as_long_as_the_server_says_and_a_little_more(status):
    pauses = [
        Engine(seed).starts().fails(status=status, retry_after_s=60).pause_ms for seed in range(30)
    ]
    assert all(60_000 <= pause <= 75_000 for pause in pauses)
    assert len(set(pauses)) > 20


def test_nobody_hurries_a_server_that_asked_for_time(pushing):
    pushing.fails(*MANY, status=503, retry_after_s=60)
    assert pushing.told(NetworkUp()).kinds() == []
    assert pushing.status.trouble == "server_busy"


def test_without_a_word_about_the_time_it_backs_off(pushing):
    assert pushing.fails(*MANY, status=503).pause_ms <= 1_000


@pytest.mark.parametrize(("said_s", "most_ms"), [(10**9, 4_500_000), (-5, 1_000)])
def test_no_server_makes_us_wait_for_ever_or_hurry(engine, said_s, most_ms):
    assert 0 <= engine.starts().fails(status=503, retry_after_s=said_s).pause_ms <= most_ms


# The kiosk's own disk --------------------------------------------------------------------------------------------


def test_a_word_that_the_disk_did_not_take_is_put_there_before_it_is_shown(pushing):
    pushing.fails(trouble="disk").rests_out()
    assert pushing.kinds()[0] is Keep


def test_what_the_disk_did_not_take_is_asked_for_again(engine):
    engine.starts(cursor="1.a").answered(cursor="2.b").fails(trouble="disk")
    assert engine.status.trouble == "disk"
    assert engine.rests_out().asks.cursor == "1.a"


def test_the_power_may_go_between_the_word_and_its_answer(engine):
    shown = engine.starts(word=Word(3, "k", "n")).asks.word
    assert Engine().told(Started(is_paired=True, word=shown)).asks.word == shown
