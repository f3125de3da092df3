"""Which records go into one push."""

import pytest

from kiosk.store import Outgoing
from sync.client.batch import batch, leaves_some
from sync.client.effects import Send
from sync.protocol import Word, size_of

WORD = Word(1, "", "a")


def out(name, size=10, version=1):
    body = {"kind": "visit", "id": name, "fields": {"note": "x" * size}, "stamps": {"*": "l"}}
    return Outgoing("visit", name, version, body)


def send(most=500, **facts):
    return Send("", WORD, most, **facts)


def names(found):
    return [one.id for one in found]


@pytest.fixture
def outbox():
    return [out(name) for name in "abcde"]


def test_the_oldest_changes_go_first(outbox):
    assert names(batch(outbox, send(most=3))) == ["a", "b", "c"]


def test_an_ask_without_a_push_takes_nothing(outbox):
    assert batch(outbox, send(most=0)) == ()


def test_what_is_set_aside_stays_and_makes_room_for_others(outbox):
    held = frozenset({("visit", "b", 1)})
    assert names(batch(outbox, send(most=3, without=held))) == ["a", "c", "d"]


def test_what_was_edited_since_it_was_set_aside_goes(outbox):
    held = frozenset({("visit", "b", 0)})
    assert names(batch(outbox, send(most=2, without=held))) == ["a", "b"]


def test_what_is_tried_again_goes_first_and_alone(outbox):
    assert names(batch(outbox, send(alone=frozenset({("visit", "c", 1)})))) == ["c"]


def test_a_push_ends_before_its_bytes_are_too_many(outbox):
    two = 2 * size_of(outbox[0].body)
    assert names(batch(outbox, send(), most_bytes=two)) == ["a", "b"]
    assert names(batch(outbox, send(), most_bytes=two - 1)) == ["a"]


def test_a_record_larger_than_a_push_goes_by_itself(outbox):
    assert names(batch([out("huge", 10_000), *outbox], send(), most_bytes=300)) == ["huge"]


def test_whether_more_is_ready_than_one_push_takes_is_known(outbox):
    held = frozenset({("visit", "d", 1), ("visit", "e", 1)})
    assert leaves_some(outbox, batch(outbox, send(most=3)), send(most=3))
    assert not leaves_some(outbox, batch(outbox, send()), send())
    assert not leaves_some(outbox, batch(outbox, send(most=3)), send(most=3, without=held))
