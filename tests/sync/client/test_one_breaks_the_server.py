"""One record breaks the server: it is found, set aside and tried again, and stops nothing else."""

from sync.client.effects import Look, Wait
from sync.client.events import Tick
from sync.client.trouble import DAY_MS
from sync.protocol import MAX_RECORDS
from tests.sync.client.engine import MANY, NOTHING, one_waits, pushed


def broken_down_to_one(engine, name="a"):
    """Halve until the first record stands alone, and fail with it."""
    while engine.asks.most > 1:
        engine.fails(*MANY[: engine.asks.most], status=500).keeps(one_waits(engine.now_ms))
    return engine.fails(*pushed(name), status=500)


def test_a_batch_that_breaks_the_server_is_halved_until_one_stands_alone(pushing):
    broken_down_to_one(pushing)
    assert pushing.kinds() == [Wait]
    assert pushing.status.trouble == "server_broken"


def test_while_nothing_else_went_through_nobody_is_set_aside_for_a_day(pushing):
    broken_down_to_one(pushing)
    assert pushing.status.set_aside == 0
    assert pushing.rests_out().asks.without == frozenset(pushed("a"))


def test_the_one_is_set_aside_once_another_went_through(pushing):
    broken_down_to_one(pushing).rests_out()
    pushing.answered(*pushed("b")).keeps(NOTHING)
    assert pushing.status.set_aside == 1
    assert pushing.does[0] == Wait(pushing.now_ms + DAY_MS)


def test_when_another_went_through_before_it_is_set_aside_at_once(pushing):
    pushing.fails(*MANY[:2], status=500).keeps(one_waits())
    pushing.answered(*pushed("b")).keeps(one_waits())
    pushing.fails(*pushed("a"), status=500)
    assert pushing.kinds() == [Look]
    assert pushing.status.set_aside == 1


def set_aside(engine):
    broken_down_to_one(engine).rests_out()
    return engine.answered(*pushed("b")).keeps(NOTHING)


def test_what_was_set_aside_is_tried_again_alone_after_a_day(pushing):
    set_aside(pushing).pass_(DAY_MS - 1).told(Tick())
    assert pushing.asks is None
    assert pushing.pass_(1).told(Tick()).asks.alone == frozenset(pushed("a"))


def test_what_still_breaks_the_server_a_day_later_waits_another_day(pushing):
    set_aside(pushing).pass_(DAY_MS).told(Tick())
    pushing.fails(*pushed("a"), status=500).keeps(NOTHING)
    assert (pushing.status.set_aside, pushing.state.trouble) == (1, "")
    pushing.answered().keeps(NOTHING)
    assert pushing.does[0] == Wait(pushing.now_ms + DAY_MS)


def test_what_went_through_a_day_later_is_no_longer_set_aside(pushing):
    set_aside(pushing).pass_(DAY_MS).told(Tick())
    pushing.answered(*pushed("a")).keeps(NOTHING)
    assert pushing.status.set_aside == 0


def test_what_was_set_aside_and_then_edited_goes_as_a_new_one(pushing):
    assert set_aside(pushing).writes(one_waits(pushing.now_ms)).asks.without == {("visit", "a", 1)}
    pushing.answered(*pushed("a", version=2)).keeps(NOTHING)
    assert pushing.status.set_aside == 0


def test_what_is_set_aside_for_a_day_stays_so_whatever_else_goes_through(pushing):
    set_aside(pushing).pass_(DAY_MS - 5).writes(one_waits(pushing.now_ms))
    pushing.answered(*pushed("c")).keeps(NOTHING)
    assert pushing.does[0] == Wait(pushing.now_ms + 5)


def test_what_was_set_aside_and_has_gone_since_is_forgotten(pushing):
    set_aside(pushing).pass_(DAY_MS).told(Tick())
    pushing.answered().keeps(NOTHING)
    assert (pushing.asks, pushing.effect(Wait)) == (None, None)


def test_a_lone_record_that_breaks_the_server_does_not_stop_us_hearing(pushing):
    pushing.fails(*pushed("a"), status=500).rests_out()
    assert pushing.asks.without == frozenset(pushed("a"))
    assert pushing.answered(cursor="2.b").keeps(NOTHING).state.cursor == "2.b"


def test_a_lone_record_that_breaks_the_server_is_tried_less_and_less(pushing):
    pauses = []
    for _ in range(60):
        pushing.fails(*pushed("a"), status=500).rests_out().answered().keeps(NOTHING)
        pauses.append(pushing.effect(Wait).until_ms - pushing.now_ms)
        pushing.now_ms = pushing.effect(Wait).until_ms
        assert pushing.told(Tick()).asks.alone == frozenset(pushed("a"))
    assert max(pauses[:3]) < 20_000
    assert max(pauses[20:]) > 100_000


def test_a_server_that_is_broken_altogether_costs_a_few_asks_and_then_rests(pushing):
    asks = 0
    while pushing.asks:
        asks += 1
        pushing.fails(*MANY[: pushing.asks.most], status=500)
        if Look in pushing.kinds():
            pushing.keeps(one_waits())
    assert asks <= 12


def test_an_ask_without_a_push_that_breaks_the_server_is_repeated_later(engine):
    engine.starts().fails(status=500)
    assert engine.kinds() == [Wait]


def test_what_makes_a_whole_message_unreadable_is_found_in_the_same_way(pushing):
    pushing.fails(*MANY, status=400, error="bad_message").keeps(one_waits())
    assert pushing.asks.most == MAX_RECORDS // 2


def test_a_protocol_that_the_server_does_not_speak_is_no_reason_to_hurry(pushing):
    pushing.fails(*MANY, status=400, error="protocol")
    assert pushing.kinds() == [Wait]
    assert pushing.status.trouble == "server_broken"
