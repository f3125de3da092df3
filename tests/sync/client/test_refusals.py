"""The server refuses the whole ask: unpaired, fork, reset, expired, the future, too large."""

import pytest

from sync.client.effects import Expire, Hear, Look, Redate, Renew, Reset, Say, TakeIn, Wait
from sync.client.events import LocalChange, NetworkUp, Tick, Woken
from sync.protocol import MAX_RECORDS
from tests.sync.client.engine import MANY, NOTHING, Engine, one_waits, pushed, refusal

DAY_MS = 86_400_000

# 401 and 403 -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("status", "error"), [(401, "unpaired"), (403, "forbidden")])
@pytest.mark.parametrize("is_wait", [False, True])
def test_an_unpaired_device_stops_keeps_everything_and_asks_to_be_paired(status, error, is_wait):
    engine = Engine().settled(one_waits(9_000))
    if not is_wait:
        engine.pass_(9_000).told(Tick())
    engine.fails(status=status, error=error, is_wait=is_wait)
    assert engine.asks is None
    assert engine.status.light == "not_paired"
    assert (engine.status.waiting, engine.status.next) == (1, "pair")


@pytest.mark.parametrize(
    "event", [LocalChange(NOTHING), Tick(), NetworkUp(), Woken("1.a", has_news=True)]
)
def test_once_it_was_taken_back_nothing_is_asked(pushing, event):
    pushing.fails(status=403, error="forbidden").pass_(DAY_MS).told(event)
    assert pushing.kinds() == []


def test_a_server_that_does_not_know_it_is_asked_again_seldom(pushing):
    for _ in range(20):
        pushing.fails(status=401, error="unpaired")
        assert 300_000 <= pushing.pause_ms <= 360_000
        until_ms = pushing.state.until_ms
        assert pushing.pass_(1_000).told(Tick()).does == [Wait(until_ms)]
        assert pushing.writes().kinds() == []
        assert pushing.rests_out().asks
        assert (pushing.status.light, pushing.status.next) == ("not_paired", "pair")


def test_a_tap_on_the_light_asks_at_once_whether_it_is_known_again(pushing):
    pushing.fails(status=401, error="unpaired")
    assert pushing.told(NetworkUp()).asks


@pytest.mark.parametrize("is_wait", [False, True])
def test_known_again_by_a_backup_it_goes_on_by_itself(engine, is_wait):
    engine.settled() if is_wait else engine.starts()
    engine.fails(status=401, error="unpaired", is_wait=is_wait).rests_out()
    engine.fails(status=409, error="reset").keeps().answered().keeps()
    assert (engine.status.light, engine.status.next) == ("all_sent", "listen")


def test_an_unknown_device_that_was_taken_back_meanwhile_asks_no_more(pushing):
    pushing.fails(status=401, error="unpaired").rests_out().fails(status=403, error="forbidden")
    assert pushing.pass_(DAY_MS).told(Tick()).does == []
    assert pushing.told(NetworkUp()).does == []


def test_a_line_that_fails_while_it_is_unknown_makes_it_no_better_known(pushing):
    pushing.fails(status=401, error="unpaired").rests_out().fails(trouble="no_network")
    assert (pushing.status.light, pushing.kinds()) == ("not_paired", [Wait])


def test_paired_again_it_goes_on(pushing):
    pushing.fails(status=401, error="unpaired")
    assert pushing.starts(one_waits(), cursor="1.a").asks.cursor == "1.a"


def test_a_refusal_that_the_disk_would_not_have_is_noted_when_it_is_heard_again(pushing):
    refused = [refusal("a")]
    pushing.answered(*pushed("a"), refused=refused).fails(trouble="disk").rests_out()
    pushing.answered(*pushed("a"), refused=refused)
    assert pushing.effect(TakeIn).known == tuple(refused)


def test_a_record_that_is_taken_after_all_is_noted_so_though_the_disk_refused_once(pushing):
    pushing.answered(*pushed("a"), refused=[refusal("a")]).keeps(one_waits())
    pushing.answered(*pushed("a")).fails(trouble="disk").rests_out()
    pushing.answered(*pushed("a"))
    assert pushing.effect(TakeIn).known == ()


# 409: fork, reset, expired --------------------------------------------------------------------------------


def test_a_reset_offers_everything_again_and_hears_from_the_beginning(pushing):
    pushing.fails(*MANY, status=409, error="reset")
    assert pushing.kinds() == [Reset, Look]
    assert pushing.keeps(one_waits()).asks.cursor == ""


def test_a_reset_shows_the_same_word_again(pushing):
    word = pushing.state.word
    assert pushing.fails(status=409, error="reset").keeps(one_waits()).asks.word == word


def test_a_reset_that_the_disk_refused_comes_again_by_the_old_cursor(pushing):
    pushing.fails(status=409, error="reset").fails(trouble="disk")
    assert pushing.rests_out().asks.cursor == "1.a"


def test_a_reset_in_the_first_exchange_tells_the_time_too(engine):
    engine.starts(one_waits(), cursor="8.x").fails(status=409, error="reset", now=77)
    assert engine.effect(Hear) == Hear(77, 0)
    assert engine.keeps(one_waits()).asks.most == MAX_RECORDS


def test_until_the_time_was_told_nothing_is_pushed_whatever_was_answered(engine):
    engine.starts(one_waits(), cursor="8.x").fails(status=409, error="reset")
    assert engine.keeps(one_waits()).asks.most == 0


def test_a_server_that_always_says_reset_is_asked_less_and_less(pushing):
    pushing.fails(status=409, error="reset").keeps(one_waits())
    assert pushing.asks
    pushing.fails(status=409, error="reset").keeps(one_waits())
    assert pushing.kinds() == [Wait]


def test_a_copied_card_gets_a_new_node_and_token_and_keeps_its_records(pushing):
    pushing.fails(*MANY, status=409, error="fork", token="t2")
    assert pushing.kinds() == [Renew, Look]
    assert Say("light.copied") in pushing.does
    ask = pushing.keeps(one_waits()).asks
    assert (ask.word.number, ask.word.known, ask.cursor) == (1, "", "1.a")


def test_a_fork_without_a_new_token_asks_to_be_paired(pushing):
    pushing.fails(status=409, error="fork")
    assert pushing.status.light == "not_paired"
    assert Say("light.copied") in pushing.does


def test_a_device_away_too_long_drops_what_was_ever_accepted_and_begins_afresh(pushing):
    pushing.fails(*MANY, status=409, error="expired", now=5)
    assert pushing.kinds() == [Hear, Expire, Look]
    word = pushing.state.word
    ask = pushing.keeps(one_waits()).asks
    assert (ask.cursor, ask.word) == ("", word)


@pytest.mark.parametrize("error", ["expired", "fork"])
def test_what_the_disk_refused_does_not_look_like_a_fresh_beginning(pushing, error):
    word = pushing.state.word
    pushing.fails(status=409, error=error, token="t2").fails(trouble="disk")
    ask = pushing.rests_out().asks
    assert (ask.word, ask.cursor) == (word, "1.a")
    assert pushing.answered().keeps(one_waits()).asks.word.number == word.number + 1


def test_a_wait_that_meets_a_reset_has_the_next_exchange_find_out(engine):
    engine.settled().fails(status=409, error="reset", is_wait=True)
    assert engine.rests_out().asks


# The future -------------------------------------------------------------------------------------------------


def test_a_push_from_the_future_is_dated_anew_by_the_servers_time(pushing):
    pushing.fails(*pushed("a"), status=409, error="future", now=99)
    assert pushing.kinds() == [Hear, Redate, Look]
    assert pushing.keeps(one_waits()).asks.without == frozenset(pushed("a"))


def test_what_lay_in_the_future_is_tried_again_with_others_when_some_time_has_passed(pushing):
    pushing.fails(*pushed("a"), status=409, error="future", now=99).keeps(NOTHING)
    pushing.answered().keeps(NOTHING)
    pushing.now_ms = pushing.effect(Wait).until_ms
    ask = pushing.told(Tick()).asks
    assert (ask.without, ask.alone, ask.most) == (frozenset(), frozenset(), MAX_RECORDS)


def test_a_server_that_finds_the_future_in_an_empty_ask_is_given_time(engine):
    assert engine.starts().fails(status=409, error="future", now=99).kinds() == [Wait]


# 413 ---------------------------------------------------------------------------------------------------------


def test_a_batch_that_is_too_large_is_halved_until_it_goes_through(pushing):
    sizes = []
    while len(sizes) < 11:
        sizes.append(pushing.asks.most)
        pushing.fails(*MANY[: sizes[-1]], status=413).keeps(one_waits())
    assert sizes == [2000, 1000, 500, 250, 125, 62, 31, 15, 7, 3, 1]


def test_a_single_record_that_is_too_large_is_refused_and_kept(pushing):
    pushing.fails(*pushed("huge"), status=413)
    assert pushing.acknowledges == ((), pushed("huge"))
    assert (pushing.status.light, pushing.status.refused) == ("refused", 1)
    assert pushing.keeps(one_waits()).asks


def test_after_a_success_the_batches_grow_again(pushing):
    pushing.fails(*MANY, status=413).keeps(one_waits())
    assert pushing.answered(*MANY[: MAX_RECORDS // 2]).keeps(one_waits()).asks.most == MAX_RECORDS


def test_an_empty_ask_that_is_too_large_is_no_reason_to_hurry(engine):
    assert engine.starts().fails(status=413).kinds() == [Wait]
