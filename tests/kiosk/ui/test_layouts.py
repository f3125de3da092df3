"""Keyboards: every letter can be written, and every key is wide enough for a finger."""

import json
import string

import pytest

from kiosk.ui.layouts import (
    ANY_ROWS,
    FOLDER,
    LEAST_PITCH_MM,
    PASSWORDS,
    known,
    layout,
    name_rows,
    writing_rows,
)

WIDTHS_MM = {"10 inch": 209.0, "7 inch": 152.0, "7 inch upright": 82.0}
PAGES = ("letters", "numbers", "accents")


def written(rows):
    return "".join(key.writes for row in rows for key in row)


def done(rows):
    return [key.does for row in rows for key in row if key.does]


def test_a_name_has_27_letters_in_alphabetical_order():
    assert written(name_rows(tall=False)) == "ABCDEFGHIJKLMNÑOPQRSTUVWXYZ"


def test_the_letters_of_a_name_stand_nine_by_three_or_five_by_six():
    assert [len(row) for row in name_rows(tall=False)] == [9, 9, 9]
    assert len(name_rows(tall=True)) == 6
    assert max(map(len, name_rows(tall=True))) == 5


@pytest.mark.parametrize("lang", known())
@pytest.mark.parametrize("width_mm", WIDTHS_MM.values(), ids=WIDTHS_MM)
@pytest.mark.parametrize("large", [False, True])
def test_every_letter_of_a_language_can_be_written(lang, width_mm, large):
    rows = writing_rows(layout(lang), "letters", width_mm, large=large)
    assert set(layout(lang).alphabet) <= set(written(rows)) | set("".join(layout(lang).accents))


@pytest.mark.parametrize("lang", [*known(), PASSWORDS])
@pytest.mark.parametrize("width_mm", WIDTHS_MM.values(), ids=WIDTHS_MM)
@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("page", PAGES)
def test_no_key_is_narrower_than_a_finger_needs(lang, width_mm, large, page):
    rows = writing_rows(layout(lang), page, width_mm, large=large, languages=("en", lang))
    columns = max(sum(key.units for key in row) for row in rows)
    narrowest = min(key.units for row in rows for key in row)
    assert width_mm / columns * narrowest >= LEAST_PITCH_MM


@pytest.mark.parametrize("lang", known())
@pytest.mark.parametrize("page", PAGES)
def test_every_page_can_erase_and_space_and_leads_back(lang, page):
    does = done(writing_rows(layout(lang), page, 209.0, large=False))
    assert {"space", "erase"} <= set(does)
    assert page == "letters" or "letters" in does or not layout(lang).accents


@pytest.mark.parametrize("width_mm", WIDTHS_MM.values(), ids=WIDTHS_MM)
@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("rows", [4, 5, 6, ANY_ROWS])
def test_every_mark_of_a_password_can_be_written(width_mm, large, rows):
    pages = [writing_rows(layout(PASSWORDS), page, width_mm, large=large, most_rows=rows)
             for page in PAGES]  # fmt: skip
    marks = string.ascii_lowercase + string.digits + string.punctuation
    assert set(marks) <= set("".join(map(written, pages)))


def test_spanish_has_its_own_letter_mark_and_accents():
    rows = writing_rows(layout("es"), "letters", 209.0, large=False, languages=("es", "en"))
    assert {"ñ", "¿"} <= set(written(rows))
    assert "accents" in done(rows)
    assert "language" in done(rows)


def test_an_unknown_language_writes_as_english_does():
    assert layout("tlh") == layout("en")


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda p: p.stem)
def test_no_layout_has_a_letter_twice_in_a_row_of_its_alphabet(path):
    alphabet = json.loads(path.read_text("utf-8"))["alphabet"]
    assert len(set(alphabet)) == len(alphabet)


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize(("width_mm", "most_rows"), [(152.0, 4), (86.0, 8)])
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("large", [True, False])
def test_keys_take_no_more_rows_than_a_small_screen_has(lang, width_mm, most_rows, page, large):
    rows = writing_rows(
        layout(lang), page, width_mm, large=large, languages=("en", "es"), most_rows=most_rows
    )
    assert len(rows) <= most_rows


@pytest.mark.parametrize("width_mm", [152.0, 86.0])
def test_what_gives_way_beside_large_letters_is_beside_the_digits(width_mm):
    most = 4 if width_mm > 100 else 8
    of = layout("es")
    digits = writing_rows(of, "numbers", width_mm, large=True, most_rows=most)
    assert {"letters", "accents", "space", "erase"} <= set(done(digits))
