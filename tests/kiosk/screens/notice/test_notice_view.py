from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from kiosk.hub.notice_words import Replaced
from kiosk.screens.notice.paging import text_pages
from kiosk.screens.notice.view import (
    neighbours,
    next_language,
    notice_view,
    told_first,
    until,
)
from kiosk.ui.words import Words
from sync.records.notice import Notice

TODAY = date(2026, 11, 23)
PEARS = Notice(
    id="n1",
    kind="offer",
    title={"en": "Pears, ripe now", "es": "Peras, ya maduras"},
    body={"en": "Two crates.", "es": "Dos cajas."},
    first_lang="en",
    last_day=date(2026, 11, 27),
)


def seen(notice=PEARS, words="en", **facts):
    return notice_view(notice, Words(words), **{"by": "", "today": TODAY, **facts})


def test_a_notice_is_read_in_the_readers_language():
    assert seen(words="es").title == "Peras, ya maduras"
    assert seen(words="es").foreign == ""


def test_the_other_language_is_offered_and_then_said():
    assert seen().other == "es"
    assert (seen(lang="es").body, seen(lang="es").foreign) == ("Dos cajas.", "(in Spanish)")


def test_an_urgent_one_says_when_it_was_last_known_to_be_so():
    urgent = structs.replace(PEARS, kind="urgent")
    assert seen(urgent, known_at="10:42").known == "Last known: 10:42. Nothing was heard since."
    assert (seen(urgent).known, seen(known_at="10:42").known) == ("", "")


def replaced(field, was, now):
    then, later = (datetime(2026, 11, 23, 9, minute, tzinfo=UTC) for minute in (10, 40))
    return Replaced("o1", "n1", field, was, now, then, later, "Inés V.")


def told(lost, **facts):
    return told_first(seen(), lost, Words("en"), lambda at: at, **facts)


def test_who_replaced_a_text_is_read_before_both_texts():
    page = told([replaced("body.en", "Three crates.", "Two crates.")])
    assert page.title == "Pears, ripe now"
    assert page.body.split("\n\n") == [
        "At 09:40 Inés V. replaced your text of 09:10.",
        "Yours: Three crates.",
        "Now on the board: Two crates.",
    ]


def test_whose_title_was_replaced_reads_the_text_as_well():
    lost = [replaced("title.en", "Plums", "Pears, ripe now")]
    assert told(lost).body.endswith("board: Pears, ripe now\n\nTwo crates.")


def test_large_words_say_who_replaced_it_before_the_title():
    page = told([replaced("body.en", "Three crates.", "Two crates.")], large=True)
    assert page.title == ""
    assert page.body.split("\n\n")[1] == "Pears, ripe now"


def test_a_text_that_nobody_replaced_is_read_as_it_is():
    assert told([]) == seen()


def test_a_notice_in_one_language_offers_no_other():
    assert seen(Notice(title={"es": "El coro"}), "en").other == ""


def test_three_languages_are_read_in_turn():
    three = Notice(title={"en": "a", "es": "b", "fr": "c"})
    assert [next_language(three, lang) for lang in ("en", "es", "fr")] == ["es", "fr", "en"]


def test_an_emptied_translation_is_no_language():
    assert next_language(Notice(title={"en": "a", "es": ""}), "en") == ""


def test_the_last_day_is_said_with_its_weekday():
    assert seen().until == "Until Friday 27 November"
    assert until(date(2026, 11, 24), Words("en"), TODAY) == "Until tomorrow"


def test_a_day_of_another_year_says_the_year():
    assert until(date(2027, 1, 8), Words("en"), TODAY) == "Until Friday 8 January 2027"


def test_a_notice_without_a_last_day_says_none():
    assert until(None, Words("en")) == ""
    assert until(date.max, Words("en")) == ""


def test_what_was_put_up_by_a_typed_name_is_asked_for_at_the_door():
    typed = Notice(kind="need", title={"en": "A cot"}, by_name="Sam")
    assert seen(typed).ask_at_door
    assert not seen(PEARS).ask_at_door


def short(text):
    """A page of 20 letters."""
    return len(text) <= 20


def test_a_short_text_is_one_page():
    assert text_pages(" Two crates. ", short) == ("Two crates.",)
    assert text_pages("", short) == ("",)


def test_a_long_text_is_cut_between_words():
    pages = text_pages("Six lines, pegs in the tin. Take your washing in.", short)
    assert pages == ("Six lines, pegs in", "the tin. Take your", "washing in.")


def test_a_word_longer_than_a_page_is_cut_in_it():
    assert text_pages("x" * 45, short) == ("x" * 20, "x" * 20, "x" * 5)


@given(st.text(alphabet="ab \n", max_size=300), st.integers(1, 40))
def test_no_word_of_a_text_is_lost_between_pages(text, letters):
    pages = text_pages(text, lambda piece: len(piece) <= letters)
    assert "".join("".join(pages).split()) == "".join(text.split())
    assert all(len(piece) <= letters for piece in pages)


def test_ten_thousand_letters_are_measured_in_small_pieces():
    measured = []
    text_pages("word " * 2000, lambda piece: measured.append(len(piece)) or len(piece) <= 300)
    assert sum(measured) < 400_000


def test_the_notices_before_and_after_are_known():
    assert neighbours(["a", "b", "c"], "b") == ("a", "c")
    assert neighbours(["a", "b", "c"], "a") == ("", "b")
    assert neighbours(["a"], "gone") == ("", "")
