from hypothesis import given
from hypothesis import strategies as st

from kiosk.screens.notices.view import (
    MARKS,
    a_page,
    notice_rows,
    page,
)
from kiosk.ui.theme import (
    DOOR_7_LANDSCAPE,
    DOOR_7_PORTRAIT,
    DOOR_10,
    contrast,
    theme_for,
)
from kiosk.ui.words import Words
from sync.records import read
from sync.records.notice import Notice

PEARS = Notice(
    id="n1",
    kind="offer",
    title={"en": "Pears, ripe now", "es": "Peras, ya maduras"},
    body={"en": "Two crates by the Garden door. Take what you will eat.", "es": "Dos cajas."},
    first_lang="en",
)
CHOIR = Notice(id="n2", title={"es": "El coro busca voces"}, body={"es": "Sin leer música."})


def test_a_row_says_the_title_and_the_first_sentence():
    (row,) = notice_rows([PEARS], Words("en"))
    assert (row.title, row.more) == ("Pears, ripe now.", "Two crates by the Garden door.")


def test_a_row_is_in_the_readers_language_where_it_exists():
    (row,) = notice_rows([PEARS], Words("es"))
    assert (row.title, row.foreign) == ("Peras, ya maduras.", "")


def test_another_language_is_said_and_the_text_waits_for_the_page():
    (row,) = notice_rows([CHOIR], Words("en"))
    assert (row.title, row.more, row.foreign) == ("El coro busca voces", "", "(in Spanish)")


def test_a_notice_without_a_title_is_listed_by_its_first_sentence():
    (row,) = notice_rows([Notice(id="n", body={"en": "Soup. At one."})], Words("en"))
    assert row.title.startswith("Soup")


def test_a_kind_of_a_newer_version_is_listed_as_news():
    strange = read(Notice, "n", {"kind": "poem", "title.en": "Hello"})
    assert notice_rows([strange], Words("en"))[0].mark == MARKS["news"]


def test_only_an_urgent_row_stands_on_brick():
    urgent = Notice(id="u", kind="urgent", title={"en": "Water off"})
    assert [row.urgent for row in notice_rows([urgent, PEARS], Words("en"))] == [True, False]


def test_every_kind_has_a_word_and_a_sign_of_its_own():
    assert all(Words("en").has(mark.say) and Words("es").has(mark.say) for mark in MARKS.values())
    assert len({(mark.icon, mark.shape) for mark in MARKS.values()}) == len(MARKS)


def test_every_kind_can_be_read_on_its_tint():
    theme = theme_for(DOOR_10)
    for mark in MARKS.values():
        assert contrast(theme.colour(mark.ink), theme.colour(mark.tint)) >= 7


def test_pages_hold_as_many_notices_as_the_screen_can_show():
    forms = (DOOR_10, DOOR_7_LANDSCAPE, DOOR_7_PORTRAIT)
    assert [a_page(theme_for(form)) for form in forms] == [5, 3, 5]
    assert {a_page(theme_for(form, large=True)) for form in forms} == {2}


def test_a_page_past_the_end_is_the_last_one():
    found = page(range(7), 9, 5)
    assert (found.rows, found.number, found.pages) == ((5, 6), 2, 2)


def test_nothing_at_all_is_one_empty_page():
    assert page((), 1, 5) == page((), 3, 5)
    assert page((), 1, 5).pages == 1


@given(st.lists(st.integers(), max_size=40), st.integers(1, 7))
def test_every_row_is_on_one_page_in_its_order(rows, each):
    pages = page(rows, 1, each).pages
    assert [row for number in range(1, pages + 1) for row in page(rows, number, each).rows] == rows
