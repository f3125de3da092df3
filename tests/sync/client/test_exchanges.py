"""How an exchange goes when nothing is wrong: what is asked, in which order it is kept."""

from sync.client.effects import (
    DropFields,
    Hear,
    Keep,
    Listen,
    Look,
    Redate,
    Say,
    Send,
    TakeIn,
    Wait,
)
from sync.client.events import Kept, NetworkUp, Started, Tick, Woken
from sync.client.state import Outbox
from sync.protocol import MAX_RECORDS, Word
from tests.sync.client.engine import NOTHING, SERVER_MS, Engine, one_waits, pushed, refusal

RECORD = {"kind": "visit", "id": "a", "fields": {}, "stamps": {}}


def test_the_first_exchange_of_a_boot_carries_no_push(engine):
    assert engine.starts(one_waits()).asks.most == 0


def test_once_the_server_has_told_the_time_what_waits_is_pushed(engine):
    engine.starts(one_waits()).answered().keeps(one_waits())
    assert engine.asks.most == MAX_RECORDS


def test_an_answer_is_kept_before_the_next_ask(engine):
    engine.starts(one_waits()).answered(records=[RECORD])
    assert engine.kinds() == [Hear, TakeIn, Look]


def test_the_time_of_the_server_is_handed_on_with_when_it_was_asked(engine):
    engine.starts().pass_(40).answered()
    assert engine.effect(Hear) == Hear(SERVER_MS, asked_ms=40)


def test_the_word_is_on_the_disk_before_it_is_shown(engine):
    keep, send = [one for one in engine.starts().does if isinstance(one, Keep | Send)]
    assert isinstance(keep, Keep)
    assert keep.word == send.word


def test_each_answered_ask_is_followed_by_the_next_word(engine):
    first = engine.starts().asks.word
    second = engine.answered().keeps(one_waits()).asks.word
    assert (second.number, second.known) == (first.number + 1, first.next)
    assert second.next != first.next


def test_a_word_that_was_not_answered_is_shown_again_unchanged(engine):
    first = engine.starts().asks.word
    again = engine.fails(trouble="no_network").rests_out().asks.word
    assert again == first


def test_a_device_that_starts_again_shows_its_last_word_unchanged(engine):
    last = Word(41, "9c1e", "41d0")
    assert engine.starts(word=last, cursor="812.c4").asks.word == last


def test_a_cursor_counts_when_what_came_before_it_is_on_the_disk(engine):
    engine.starts(cursor="1.a").answered(cursor="2.b", records=[RECORD])
    lost = engine.fails(trouble="disk").rests_out().asks
    assert lost.cursor == "1.a"
    assert engine.answered(cursor="2.b").keeps(one_waits()).asks.cursor == "2.b"


def test_another_page_is_asked_for_at_once(engine):
    engine.starts().answered(cursor="2.b", more=True).keeps()
    assert engine.asks.cursor == "2.b"


def test_what_was_pushed_and_not_refused_is_acknowledged(engine):
    engine.starts().answered().keeps(one_waits())
    engine.answered(*pushed("a", "b"), refused=[refusal("b")])
    assert engine.acknowledges == (pushed("a"), pushed("b"))


def test_a_refused_record_holds_up_nobody_and_is_seen_with_its_reason(engine):
    engine.starts().answered().keeps(one_waits())
    engine.answered(*pushed("a", "b"), refused=[refusal("b")]).keeps(NOTHING)
    assert engine.kinds() == [Listen]
    assert engine.status.light == "refused"
    assert engine.status.refused == 1


def test_the_reason_of_a_refusal_outlives_a_restart(engine):
    engine.starts().answered().keeps(one_waits())
    noted = engine.answered(*pushed("b"), refused=[refusal("b")]).effect(TakeIn)
    assert Engine().starts(refused=noted.known).status.refused == 1


def test_a_refused_record_that_was_edited_is_offered_again_and_then_refused_no_more(engine):
    engine.starts(refused=(refusal("b"),)).answered().keeps(one_waits())
    assert engine.asks.most
    engine.answered(*pushed("b", version=2))
    assert engine.effect(TakeIn).known == ()
    assert engine.status.refused == 0


def test_of_a_record_without_proof_only_the_unproven_field_goes(engine):
    engine.starts().answered().keeps(one_waits())
    engine.answered(*pushed("b"), refused=[refusal("b", "proof", ("confirmed",))])
    assert engine.acknowledges == (pushed("b"), ())
    assert engine.effect(DropFields) == DropFields("visit", "b", ("confirmed",))


def test_a_record_of_the_future_is_dated_anew_and_not_pushed_meanwhile(engine):
    engine.starts().answered().keeps(one_waits())
    engine.answered(*pushed("b"), refused=[refusal("b", "future")])
    assert engine.effect(Redate) == Redate(pushed("b"))
    assert engine.effect(TakeIn) is None
    assert engine.keeps(one_waits()).asks.without == frozenset(pushed("b"))


def test_the_fields_that_the_server_finds_in_the_future_are_handed_on(engine):
    engine.starts().answered().keeps(one_waits())
    engine.answered(*pushed("a", "b"), refused=[refusal("b", "future", ("left_at",))])
    assert engine.effect(Redate) == Redate(pushed("b"), {("visit", "b"): ("left_at",)})


def test_any_other_refusal_of_a_field_refuses_the_whole_record(engine):
    engine.starts().answered().keeps(one_waits())
    engine.answered(*pushed("b"), refused=[refusal("b", "letter", ("note",))])
    assert engine.acknowledges == ((), pushed("b"))
    assert engine.effect(DropFields) is None


def test_a_refusal_of_what_was_never_pushed_changes_nothing(engine):
    engine.starts().answered().keeps(one_waits())
    engine.answered(*pushed("a"), refused=[refusal("other")])
    assert engine.acknowledges == (pushed("a"), ())


def test_with_nothing_to_say_only_wait_is_asked(engine):
    engine.settled()
    assert engine.kinds() == [Listen]
    for _ in range(50):
        engine.pass_(25_000).told(Woken("1.a", has_news=False, asked_ms=engine.now_ms - 25_000))
        assert engine.kinds() == [Listen]


def test_what_an_answer_acknowledges_and_what_it_brings_are_one_transaction(engine):
    engine.settled().writes().answered(*pushed("a"), cursor="2.b", records=[RECORD])
    assert engine.kinds() == [Hear, TakeIn, Look]
    (kept,) = [one for one in engine.does if isinstance(one, TakeIn)]
    assert (kept.accepted, kept.records, kept.cursor) == (pushed("a"), (RECORD,), "2.b")


def test_an_unproven_field_goes_before_what_the_server_holds_is_merged(engine):
    engine.settled().writes()
    refused = [refusal("a", "proof", ("confirmed",))]
    engine.answered(*pushed("a"), cursor="2.b", records=[RECORD], refused=refused)
    assert engine.kinds() == [Hear, TakeIn, DropFields, TakeIn, Look]
    first, second = [one for one in engine.does if isinstance(one, TakeIn)]
    assert (first.accepted, first.records) == (pushed("a"), ())
    assert (second.accepted, second.records) == ((), (RECORD,))


def test_the_word_of_an_ask_that_follows_at_once_is_kept_with_the_page_before_it(engine):
    word = engine.starts().answered(cursor="1.a", more=True).effect(TakeIn).word
    assert engine.keeps().asks.word == word


def test_the_word_of_the_next_part_of_a_long_push_is_kept_with_what_the_first_brought(engine):
    engine.settled().writes(one_waits(waiting=2))
    word = engine.answered(*pushed("a"), is_part=True).effect(TakeIn).word
    assert engine.keeps(one_waits()).asks.word == word


def test_a_word_that_is_on_the_disk_is_shown_at_once_though_nothing_is_left_to_push(engine):
    engine.settled().writes(one_waits(waiting=2))
    word = engine.answered(*pushed("a"), is_part=True).effect(TakeIn).word
    assert engine.keeps(NOTHING).asks.word == word


def test_what_was_refused_before_for_the_same_reason_leaves_the_outbox_again(engine):
    engine.starts(refused=(refusal("b"),)).answered().keeps(one_waits())
    engine.answered(*pushed("a", "b"), refused=[refusal("b")], cursor="2.b", records=[RECORD])
    assert engine.acknowledges == (pushed("a"), pushed("b"))


def test_no_word_is_made_before_it_is_needed_or_a_copied_card_would_know_it(engine):
    engine.settled().writes()
    assert engine.answered(*pushed("a"), cursor="2.b").effect(TakeIn).word is None


def test_an_answer_that_says_nothing_new_moves_no_cursor(engine):
    engine.settled().writes()
    assert engine.answered(*pushed("a"), cursor="1.a").effect(TakeIn).cursor is None


def test_an_answer_that_says_nothing_is_not_written_to_the_disk(engine):
    engine.settled().writes()
    assert engine.answered(cursor="1.a").kinds() == [Hear, Look]


def test_a_wait_says_whether_everything_was_sent(engine):
    assert engine.settled().effect(Listen).is_all_sent
    held = Outbox(waiting=1, since_ms=5, ready_ms=10_000)
    assert not Engine().settled(held).effect(Listen).is_all_sent


def test_paired_again_while_a_wait_is_on_its_way_no_second_one_is_asked(engine):
    """Two would take turns for ever, each asked with what was true when the other one was."""
    engine.settled()
    engine.starts().answered().keeps()
    assert engine.effect(Listen) is None
    assert engine.told(Woken("1.a", has_news=False, asked_ms=-25_000)).kinds() == [Listen]


def test_stopped_by_an_exchange_it_knows_that_its_wait_is_still_on_its_way(engine):
    engine.settled().writes().fails(status=401, error="unpaired")
    assert engine.starts().answered().keeps().effect(Listen) is None


def test_news_are_fetched(engine):
    engine.settled().told(Woken("1.a", has_news=True))
    assert engine.asks.cursor == "1.a"


def test_being_woken_by_ones_own_push_costs_no_exchange(engine):
    engine.settled().writes().answered(*pushed("a"), cursor="2.b").keeps()
    engine.told(Woken("1.a", has_news=True))
    assert engine.kinds() == [Listen]
    assert engine.effect(Listen).cursor == "2.b"


def test_a_server_that_wakes_us_for_nothing_is_asked_less_and_less(engine):
    engine.settled()
    for _ in range(3):
        engine.told(Woken("1.a", has_news=False, asked_ms=engine.now_ms))
    assert engine.kinds() == [Listen]
    assert engine.told(Woken("1.a", has_news=False, asked_ms=engine.now_ms)).kinds() == [Wait]


def test_what_can_still_be_undone_is_sent_when_its_time_has_passed(engine):
    held = Outbox(waiting=1, since_ms=5, ready_ms=10_000)
    assert engine.settled().writes(held).does[0] == Wait(10_000)
    assert engine.pass_(9_999).told(Tick()).asks is None
    assert engine.pass_(1).told(Tick()).asks.most == MAX_RECORDS


def test_a_write_during_an_exchange_goes_with_the_next_one(engine):
    engine.settled().writes().writes(one_waits(waiting=2))
    assert engine.asks is None
    assert engine.answered(*pushed("a")).keeps(one_waits()).asks


def test_one_exchange_at_a_time(engine):
    engine.settled().writes()
    assert engine.told(Woken("1.a", has_news=True)).asks is None
    assert engine.told(NetworkUp()).asks is None
    assert engine.told(Tick()).asks is None


def test_a_late_answer_to_an_ask_that_was_given_up_is_dropped(engine):
    engine.settled()
    assert engine.answered(*pushed("a")).does == []
    assert engine.fails(*pushed("a"), status=500).does == []


def test_the_light_says_what_waits_and_since_when(engine):
    engine.settled().writes(Outbox(waiting=3, since_ms=77, ready_ms=0))
    assert (engine.status.light, engine.status.waiting) == ("waiting", 3)
    assert engine.status.since_ms == 77
    engine.answered(*pushed("a", "b", "c")).keeps(NOTHING)
    assert engine.status.light == "all_sent"


def test_the_light_changes_are_told(engine):
    assert Say() in engine.settled().writes().does


def test_until_somebody_told_the_time_the_clock_is_not_sure(engine):
    assert engine.starts().status.light == "clock_not_sure"
    assert engine.answered().status.light == "all_sent"
    assert Engine().starts(is_clock_sure=True).status.light == "all_sent"


def test_when_it_last_succeeded_and_what_comes_next_is_known(engine):
    engine.pass_(7).settled()
    assert (engine.status.last_ok_ms, engine.status.next) == (7, "listen")
    engine.writes().fails(*pushed("a"), trouble="no_network")
    assert (engine.status.next, engine.status.next_ms) == ("sync", engine.state.until_ms)


def test_a_device_without_a_token_asks_nobody_and_counts_what_waits(engine):
    engine.told(Started(is_paired=False)).writes()
    assert engine.kinds() == []
    assert (engine.status.light, engine.status.waiting) == ("not_paired", 1)
    assert engine.told(Kept(NOTHING)).status.waiting == 0
