from datetime import date

import pytest

from kiosk.hub.actor import ANYBODY, KNOWN, NAMED, Actor
from kiosk.hub.notice_words import PhoneOnWall
from kiosk.hub.notices import by_line, publish, running
from kiosk.screens.putting_up.view import (
    READY,
    Draft,
    backward,
    publish_of,
    ready_words,
    said_when_up,
    with_kind,
    with_title,
)
from kiosk.ui.words import Words
from sync.records.notice import Notice
from tests.kiosk.hub.house import TODAY, House, at

EN = Words("en")
PEARS = Draft("name", "offer", "Pears", "Sam Okoro")


def test_an_offer_is_put_up_with_a_typed_name_only():
    hub = House()
    made = hub.do(publish, publish_of(PEARS, EN, TODAY, ANYBODY), at("10:42"))
    notice = hub.snapshot.get(Notice, made)
    assert by_line(hub.snapshot, notice, at("10:42")) == "Sam O."
    assert notice in running(hub.snapshot, at("10:43"))


def test_it_goes_by_itself_after_two_weeks():
    asked = publish_of(PEARS, EN, TODAY, ANYBODY)
    assert (asked.first_day, asked.last_day) == (TODAY, date(2026, 12, 7))
    assert "Monday 7 December" in said_when_up(EN, TODAY)[1]
    assert "Monday 7 December" in said_when_up(EN, TODAY, large=True)[1]


def test_a_phone_number_does_not_reach_the_wall():
    hub = House()
    called = Draft("name", "need", "A cot, call 600 123 456", "Sam")
    with pytest.raises(PhoneOnWall):
        hub.do(publish, publish_of(called, EN, TODAY, ANYBODY), at("10:42"))


def test_who_held_their_card_is_not_asked_for_a_name():
    assert with_title(Draft("words"), "Pears", known=True).step == "ready"
    assert with_title(Draft("words"), "Pears", known=False).step == "name"


def test_a_card_signs_for_the_person_and_a_name_for_itself():
    assert publish_of(PEARS, EN, TODAY, Actor(KNOWN, "p1")).by.level == KNOWN
    assert publish_of(PEARS, EN, TODAY, ANYBODY).by.level == NAMED


def test_one_goes_back_step_by_step_to_the_notices():
    draft = with_title(with_kind(Draft(), "need"), "A cot", known=False)
    assert backward(draft).step == "words"
    assert backward(backward(draft)).step == "kind"
    assert backward(Draft()) is None


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("kind", sorted(READY))
def test_ready_words_are_words(kind, lang):
    found = ready_words(Draft("words", kind), Words(lang))
    assert len(set(found)) == 5
    assert not any("putting_up." in words for words in found)
