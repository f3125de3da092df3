"""Texts that somebody else replaced: told, read, put back."""

from __future__ import annotations

import pytest

from kiosk.hub.actor import Actor
from kiosk.hub.errors import NotKnown, TooLow
from kiosk.hub.notice_words import PutBack, put_back, replaced
from kiosk.hub.notices import (
    EditNotice,
    edit_notice,
)
from sync.records.notice import Notice
from sync.records.old_text import OldText
from tests.kiosk.hub.board import LUIS, NOW, OWNER, SOUP, VOLUNTEER
from tests.kiosk.hub.house import at, id_of


def the_soup(hub) -> Notice:
    return hub.snapshot.get(Notice, SOUP)


def edits(hub, now=NOW, by=OWNER, **fields):
    return hub.do(edit_notice, EditNotice(SOUP, fields, by), now)


def old_texts(hub):
    return sorted(old.text for old in hub.snapshot.all(OldText))


@pytest.mark.acceptance(8, 70)
def test_script_s3_the_same_words(soup, elsewhere):
    """Two edits of one title: the later stands, both others are kept once, and can come back."""
    soup.meets(elsewhere)
    edits(soup, now=at("10:40"), title={"en": "Soup on Friday at 13:00"})
    other = EditNotice(SOUP, {"title": {"en": "Soup on Saturday"}}, VOLUNTEER)
    elsewhere.do(edit_notice, other, at("10:55"))
    soup.meets(elsewhere)
    assert the_soup(soup).title == the_soup(elsewhere).title == {"en": "Soup on Saturday"}
    assert old_texts(soup) == ["Soup on Friday", "Soup on Friday at 13:00"]
    told = [one for one in replaced(soup.snapshot, id_of(LUIS), at("11:10")) if "13" in one.was]
    assert [(one.written_at, one.replaced_at, one.by) for one in told] == [
        (at("10:40"), at("10:55"), "Inés V.")
    ]
    soup.do(put_back, PutBack(told[0].old_text, OWNER), at("11:20"))
    soup.meets(elsewhere)
    assert the_soup(elsewhere).title == {"en": "Soup on Friday at 13:00"}
    assert len(old_texts(elsewhere)) == 3


@pytest.mark.acceptance(8)
@pytest.mark.parametrize(("later", "may"), [(13, True), (14, False)])
def test_a_replaced_text_may_be_put_back_for_fourteen_days(soup, later, may):
    edits(soup, by=VOLUNTEER, title={"en": "Soup on Saturday"})
    old = next(iter(soup.snapshot.all(OldText)))
    now = at("10:00", later)
    assert bool(replaced(soup.snapshot, id_of(LUIS), now)) is may
    if may:
        soup.do(put_back, PutBack(old.id, OWNER), now)
        assert the_soup(soup).title == {"en": "Soup on Friday"}
    else:
        with pytest.raises(NotKnown):
            soup.do(put_back, PutBack(old.id, OWNER), now)


def test_words_of_nobody_are_edited_by_who_puts_them_back(soup):
    soup.has(
        OldText(
            id="o", record_kind="notice", record=SOUP, field="title.en", text="Stew", made_at=NOW
        )
    )
    soup.do(put_back, PutBack("o", VOLUNTEER), NOW)
    assert the_soup(soup).edited_by == {"title.en": VOLUNTEER.person}
    edits(soup, now=at("11:00"), by=VOLUNTEER, title={"en": "Soup"})
    soup.has(
        OldText(
            id="l",
            record_kind="notice",
            record=SOUP,
            field="title.en",
            text="Broth",
            by=id_of(LUIS),
            made_at=NOW,
        )
    )
    soup.do(put_back, PutBack("l", VOLUNTEER), at("11:05"))
    assert the_soup(soup).edited_by == {"title.en": id_of(LUIS)}


def test_only_its_author_or_a_volunteer_puts_a_text_back(soup):
    edits(soup, by=VOLUNTEER, title={"en": "Soup on Saturday"})
    old = next(iter(soup.snapshot.all(OldText)))
    with pytest.raises(TooLow):
        soup.do(put_back, PutBack(old.id, Actor(2, id_of("Hana"))), NOW)


def test_nobody_is_told_of_their_own_edit_or_of_a_text_that_is_back(soup):
    edits(soup, title={"en": "Soup on Sunday"})
    assert replaced(soup.snapshot, id_of(LUIS), NOW) == ()
    edits(soup, by=VOLUNTEER, title={"en": "Soup on Friday"})
    assert [one.was for one in replaced(soup.snapshot, id_of(LUIS), NOW)] == ["Soup on Sunday"]


def test_an_old_text_whose_notice_is_gone_or_whose_stamp_is_broken_is_no_trouble(soup):
    usual = {"record_kind": "notice", "field": "title.en", "text": "x", "by": id_of(LUIS)}
    soup.has(OldText(id=id_of("a"), record=id_of("gone"), made_at=NOW, **usual))
    soup.has(OldText(id=id_of("b"), record=SOUP, stamp="??", made_at=NOW, **usual))
    edits(soup, by=VOLUNTEER, title={"en": "Soup on Saturday"})
    found = {one.old_text: one.written_at for one in replaced(soup.snapshot, id_of(LUIS), NOW)}
    assert id_of("a") not in found
    assert found[id_of("b")] is None
    with pytest.raises(NotKnown):
        soup.do(put_back, PutBack(id_of("a"), VOLUNTEER), NOW)


@pytest.mark.acceptance(47)
@pytest.mark.parametrize(
    ("title", "seen"),
    [
        ({"en": "Pears", "es": "Peras"}, "Peras"),
        ({"en": "Pears"}, "Pears (en inglés)"),
        ({"fr": "Poires", "en": "Pears"}, "Poires (en francés)"),
    ],
)
def test_a_reader_of_spanish_sees_spanish_where_it_exists(title, seen):
    from kiosk.ui.words import Words

    assert Words("es").picked(title, first=next(iter(title))) == seen
