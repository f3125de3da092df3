"""A notice on its way to the board: phrases, what can be chosen, what is asked of the hub."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from kiosk.hub.actor import VOLUNTEER, Actor
from kiosk.hub.notices import edit_notice, publish
from kiosk.screens.volunteer_notice import view
from kiosk.screens.volunteer_notice.listing import noticed
from kiosk.screens.volunteer_notice.view import PHRASES, STEPS_OF_CHANGE, Draft
from kiosk.ui.words import Words
from sync.records.base import Withdrawn
from sync.records.notice import Notice
from tests.kiosk.hub.house import TODAY, House, at, day, id_of, notice, person

EN, ES = Words("en"), Words("es")
BOTH = ("en", "es")
INES = Actor(VOLUNTEER, id_of("Inés"), entered_by=id_of("Inés"))
NOW = at("10:42")


@pytest.mark.parametrize("key", PHRASES)
def test_every_ready_phrase_can_be_published_as_it_is_in_both_languages(key):
    hub = House()
    draft = view.of_phrase(key, BOTH, "es", TODAY)
    made = hub.do(publish, view.publish_of(draft, INES), NOW)
    kept = hub.snapshot.get(Notice, made)
    assert set(kept.title) == set(BOTH)
    assert kept.entered_by == INES.person


def test_what_is_typed_hangs_for_a_week_as_news():
    draft = view.with_text(view.own_words("es", TODAY), "Vuelve el tendedero")
    asked = view.publish_of(draft, INES)
    assert (asked.kind, asked.title, asked.last_day) == (
        "news",
        {"es": "Vuelve el tendedero"},
        day(7),
    )


def test_only_what_changed_is_asked_for():
    hub = House()
    soup = notice("Soup", body={"en": "Come."})
    draft = view.of_notice(soup)
    assert view.edit_of(draft, soup, INES).fields == {}
    draft = view.with_text(replace(draft, step="title", lang="es"), "Sopa")
    draft = view.with_choice(replace(draft, step="pin"), 2)
    asked = view.edit_of(draft, soup, INES)
    assert asked.fields == {"title": {"es": "Sopa"}, "pin": 2}
    hub.has(person("Inés", kind="volunteer"), soup).do(edit_notice, asked, NOW)
    assert hub.snapshot.get(Notice, soup.id).title == {"en": "Soup", "es": "Sopa"}


def test_what_others_changed_meanwhile_is_not_changed_back():
    soup = notice("Soup", body={"en": "Come."})
    draft = view.of_notice(soup)
    meanwhile = msgspec.structs.replace(soup, title={"en": "Soup at 12"}, last_day=day(3))
    assert view.edit_of(draft, meanwhile, INES).fields == {}
    draft = view.with_choice(replace(draft, step="pin"), 2)
    assert view.edit_of(draft, meanwhile, INES).fields == {"pin": 2}


def test_a_missing_translation_is_said_beside_the_text_that_is_there():
    draft = replace(Draft(step="words"), title={"es": "Sopa"}, first_lang="es")
    said = {one.words: one.sub for one in view.options(draft, BOTH, TODAY, EN)}
    assert said["Title in Spanish"] == "Sopa"
    assert said["Title in English"] == "Missing translation"
    assert said["Text in English"] == "Nothing yet"
    assert view.missing_language(draft, BOTH) == "en"
    assert "English is missing." in view.facts(draft, BOTH, TODAY, EN)[1]


def test_the_last_day_follows_the_first_one_and_what_its_kind_may():
    draft = Draft(step="first_day", first_day=TODAY, last_day=day(1))
    assert view.with_choice(draft, day(3)).last_day == day(3)
    long = replace(draft, step="kind", last_day=day(30))
    assert view.with_choice(long, "urgent").last_day == day(7)


def test_all_seven_weekdays_are_every_day():
    draft = Draft(step="weekdays", weekdays=("mon", "tue", "wed", "thu", "fri", "sat"))
    assert view.with_choice(draft, "sun").weekdays == ()
    assert view.with_choice(Draft(step="weekdays"), "sun").weekdays == ("sun",)


def test_hours_are_a_start_and_then_an_end():
    draft = view.with_choice(Draft(step="from_"), "10:00")
    assert draft.step == "to"
    assert next(one.words for one in view.options(draft, BOTH, TODAY, EN)) == "11:00"
    draft = view.with_choice(draft, "12:00")
    assert (draft.from_, draft.to, draft.step) == ("10:00", "12:00", "change")
    assert view.hours_said(draft, EN) == "10:00 to 12:00"
    assert view.with_choice(replace(draft, step="from_"), "").to == ""


@pytest.mark.parametrize("step", STEPS_OF_CHANGE)
@pytest.mark.parametrize("words", [EN, ES], ids=BOTH)
def test_every_step_of_a_change_offers_something_and_leads_back(step, words):
    draft = Draft(step=step, title={"en": "Soup"}, first_day=TODAY, last_day=TODAY, seen=True)
    assert view.options(draft, BOTH, TODAY, words)
    assert view.backward(draft).step == "change"


@pytest.mark.parametrize(
    ("draft", "before"),
    [
        (Draft(step="title"), "phrases"),
        (Draft(step="title", seen=True), "words"),
        (Draft(step="preview", seen=True), "phrases"),
        (Draft(step="change"), "preview"),
        (Draft(step="to"), "from_"),
    ],
)
def test_back_leads_one_step_back(draft, before):
    assert view.backward(draft).step == before


def test_before_the_first_step_there_is_none():
    assert view.backward(Draft()) is None
    assert view.backward(Draft(step="preview", notice="n")) is None


def test_the_list_says_how_each_notice_stands():
    hub = House()
    gone = Withdrawn(by=INES.person, at=at("09:00"))
    hub.has(
        notice("Up"),
        notice("Later", first_day=day(2), last_day=day(3)),
        notice("Down", withdrawn=gone),
        notice("Over", first_day=day(-3), last_day=day(-1)),
    )
    assert [(one.title, one.state) for one in noticed(hub.snapshot, NOW, EN)] == [
        ("Up", "News · until Mon 23 Nov"),
        ("Later", "News · from Wed 25 Nov"),
        ("Down", "News · taken down"),
    ]
