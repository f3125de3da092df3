"""A line of a kind says all that others need to know of a field."""

from __future__ import annotations

from typing import Annotated

import pytest

from sync.records.base import (
    BOARD,
    HIGHEST,
    LATEST,
    ONCE,
    OWNER,
    PERSONAL,
    VOL,
    VOLUNTEERS,
    FieldSpec,
    Heads,
    Record,
    Texts,
    fits,
    flat,
    read,
    spec_of,
)


@pytest.fixture
def kind():
    class Tried(Record, frozen=True, kw_only=True):
        from_: Annotated[str, ONCE, VOLUNTEERS, VOL] = ""
        words: Annotated[Texts, LATEST, BOARD, OWNER, PERSONAL] = {}
        heads: Annotated[Heads, HIGHEST, BOARD, OWNER] = 0

    return Tried


def test_what_a_line_says_is_known_of_the_field(kind):
    assert spec_of(kind, "from") == FieldSpec("from", str, "o", "V", "vol", False, False)
    assert spec_of(kind, "words.en") == FieldSpec("words", str, "l", "B", "owner", True, True)
    assert spec_of(kind, "heads") == FieldSpec("heads", Heads, "h", "B", "owner", False, False)


def test_a_word_that_python_keeps_for_itself_is_stored_without_its_stroke(kind):
    assert flat(kind(id="a", from_="x", words={"en": "y"})) == {"from": "x", "words.en": "y"}
    assert read(kind, "a", {"from": "x"}).from_ == "x"


def test_a_number_beyond_what_its_line_allows_reads_as_the_default(kind):
    assert read(kind, "a", {"heads": 60}).heads == 60
    assert read(kind, "a", {"heads": 61, "from": "x"}) == kind(id="a", from_="x")


@pytest.mark.parametrize(
    ("fields", "is_sound"),
    [
        ({"from": "x", "heads": 60, "words.en": "y"}, True),
        ({"of_a_later_version": 1}, True),
        ({"heads": 61}, False),
        ({"heads": "many"}, False),
        ({"words.en": "\ud800"}, False),
    ],
)
def test_fields_fit_a_kind_where_each_holds_what_its_line_says(kind, fields, is_sound):
    assert fits(kind, fields) is is_sound
