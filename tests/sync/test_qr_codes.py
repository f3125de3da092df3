"""Codes that people carry: made and read alike, and nothing else is taken for one."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sync.qr_codes import (
    CARD,
    LEAVE,
    LONGEST,
    card_hash,
    home_card,
    is_code,
    leaving_code,
    read_card,
    read_leaving,
)

KEY, HUB = "k" * 64, "0199c7a1-0000-7000-8000-00000000000a"
ANA = "0199c7a1-0000-7000-8000-000000000001"
ids = st.uuids().map(str)


@given(ids)
def test_a_tag_s_code_names_its_visit(visit):
    code = leaving_code(visit)
    assert read_leaving(code).visit == visit
    assert read_leaving(f" {code.lower()}\n").visit == visit
    assert read_card(code, KEY, HUB) is None


@given(ids, st.integers(1, 0xFFFF))
@example(ANA, 0xFFFF)
def test_a_card_printed_at_home_names_its_person_and_issue(person, issue):
    code = home_card(KEY, HUB, person, issue)
    found = read_card(code.lower(), KEY, HUB)
    assert (found.person, found.issue, found.card_hash) == (person, issue, card_hash(code))
    assert found.text == code.lower()
    assert len(code) <= LONGEST
    assert code.isalnum()
    assert read_leaving(code) is None


def test_a_card_of_another_hub_or_key_is_none_here():
    code = home_card(KEY, HUB, ANA, 1)
    assert read_card(code, "other", HUB) is None
    assert read_card(code, KEY, ANA) is None
    assert read_card(code, "", HUB) is None


@given(st.integers(len(CARD), 52), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
def test_a_card_with_any_letter_changed_is_no_card(at, letter):
    code = home_card(KEY, HUB, ANA, 1)
    wrong = code[:at] + letter + code[at + 1 :]
    assert (read_card(wrong, KEY, HUB) is not None) is (wrong == code)


def test_a_card_printed_by_the_first_version_is_one_for_ever():
    printed = "DOORCARDAGM4PIIAABYABAAAAAAAAAAAAEAQFFXPQVNGOT27SNW5S"
    assert home_card(KEY, HUB, ANA, 258) == printed
    assert read_card(printed, KEY, HUB).issue == 258


def test_letters_without_what_a_code_opens_with_are_no_code():
    assert read_leaving(leaving_code(ANA).removeprefix(LEAVE)) is None
    assert read_card(home_card(KEY, HUB, ANA, 1).removeprefix(CARD), KEY, HUB) is None


@pytest.mark.parametrize("issue", [0, -1, 0x10000])
def test_an_issue_that_cannot_be_is_refused(issue):
    with pytest.raises(ValueError, match="issue"):
        home_card(KEY, HUB, ANA, issue)


def test_a_hub_without_a_key_makes_no_cards():
    with pytest.raises(ValueError, match="card_key"):
        home_card("", HUB, ANA, 1)


@given(st.text(max_size=80) | st.text("DOORUTCA234567=", max_size=70))
@example(LEAVE)
@example(CARD)
@example(f"{LEAVE}ÄÖ")
@example(f"{LEAVE}{'A' * 27}")
@example(f"{LEAVE}AGM4PIIAAB4ABAAAAAAAAAAAAB")
def test_no_text_at_all_breaks_the_reading(text):
    said = text if text.startswith("DOOR") else LEAVE + text
    found = read_leaving(said)
    assert found is None or leaving_code(found.visit) == said.strip().upper()
    assert read_card(CARD + text, KEY, HUB) is None


def test_what_is_stored_of_a_card_does_not_hold_it():
    code = home_card(KEY, HUB, ANA, 1)
    assert code not in card_hash(code)
    assert code not in repr(read_card(code, KEY, HUB))
    assert is_code(code)
    assert not is_code("04B39E62072BD4")
