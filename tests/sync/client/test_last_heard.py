"""When an exchange last succeeded: what is said of how old the news is."""

from tests.sync.client.engine import NOTHING, pushed


def test_what_the_disk_would_not_have_was_not_heard(engine):
    engine.pass_(7).settled()
    engine.pass_(60_000).writes().answered(*pushed("a"))
    assert engine.status.last_ok_ms == 7
    engine.fails(trouble="disk")
    assert engine.status.last_ok_ms == 7
    engine.rests_out().answered(*pushed("a")).keeps(NOTHING)
    assert engine.status.last_ok_ms > 60_000


def test_an_answer_that_only_says_no_is_not_what_was_heard_last(engine):
    engine.pass_(7).settled()
    engine.pass_(60_000).writes().fails(status=409, error="reset").keeps(NOTHING)
    assert engine.status.last_ok_ms == 7
