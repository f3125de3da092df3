"""The journal holds events and facts, never a person."""

import logging

import pytest

from sync.log import Log, UnknownFact


@pytest.fixture
def journal(caplog):
    caplog.set_level(logging.INFO)
    return caplog


def test_an_event_is_logged_with_its_facts(journal):
    Log("push").info("push.refused", kind="visit", waiting=12)
    assert journal.messages == ["push.refused kind=visit waiting=12"]


def test_a_fact_that_has_no_name_here_cannot_be_logged(journal):
    with pytest.raises(UnknownFact):
        Log("door").warning("card.read", uid="04B39E62072BD4")
    assert journal.messages == []


def test_a_bug_is_logged_by_type_and_place_without_the_values_in_hand(journal):
    def break_on(name):
        raise ValueError(f"cannot greet {name}")

    with pytest.raises(ValueError, match="Tomás") as caught:
        break_on("Tomás Herrera")
    Log("door").bug("thread.broke", caught.value)
    assert "ValueError" in journal.text
    assert "test_log.py" in journal.text
    assert "Tomás" not in journal.text
