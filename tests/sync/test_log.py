"""The journal holds events and facts, never a person."""

import logging
import re

import pytest

from sync.log import Log, UnknownFact


@pytest.fixture
def journal(caplog):
    caplog.set_level(logging.INFO)
    return caplog


def test_an_event_is_logged_with_its_facts(journal):
    Log("push").info("push.refused", kind="visit", waiting=12)
    said = ("push", logging.INFO, "push.refused kind=visit waiting=12")
    assert journal.record_tuples == [said]


def test_what_somebody_should_look_at_is_a_warning(journal):
    Log("door").warning("port.lost", reason="unplugged")
    assert journal.record_tuples == [("door", logging.WARNING, "port.lost reason=unplugged")]


def test_a_fact_that_has_no_name_here_cannot_be_logged(journal):
    with pytest.raises(UnknownFact, match=": name, uid$"):
        Log("door").warning("card.read", uid="04B39E62072BD4", name="Tomás")
    assert journal.messages == []


def test_a_bug_is_logged_by_type_and_place_without_the_values_in_hand(journal):
    def break_on(name):
        raise ValueError(f"cannot greet {name}")

    with pytest.raises(ValueError, match="Tomás") as caught:
        break_on("Tomás Herrera")
    Log("door").bug("thread.broke", caught.value)
    place = r"test_log\.py:\d+"
    assert re.fullmatch(f"thread.broke why=ValueError where={place} < {place}", journal.messages[0])
    assert "Tomás" not in journal.text
