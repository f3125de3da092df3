"""Which font writes a text, and in which order it is given its letters."""

import runpy

import pytest

from kiosk.ui.fonts import (
    FOLDER,
    base_direction,
    font_files,
    font_for,
    icon_glyph,
    one_rtl_run,
)

NAMES = {
    "Tomás Hernández": "Atkinson-600",
    "Nguyễn Thị Lan": "NotoSans-600",
    "Олена Грінь": "NotoSans-600",
    "Νίκος": "NotoSans-600",
    "प्रिया": "NotoSans-600",
    "علي حسن": "NotoArabic-600",
    "שרה לוי": "NotoHebrew-600",
    "李小龙": "NotoHan-500",
    "さくら": "NotoHan-500",
}


@pytest.mark.parametrize(("name", "font"), list(NAMES.items()))
def test_a_name_is_written_whole_by_the_first_font_that_has_all_its_letters(name, font):
    written = font_for(name, 600)
    assert written.font == font
    assert sorted(written.text) == sorted(name)


def test_the_table_of_letters_is_that_of_the_fonts():
    make = runpy.run_path(str(FOLDER / "make.py"), run_name="make")
    assert (FOLDER / "coverage.json").read_text() == make["coverage_text"]()


def test_every_font_is_there_with_its_licence():
    for name, path in font_files().items():
        family = name.split("-")[0]
        licences = [FOLDER / f"{family}-OFL.txt", FOLDER / f"{family}-LICENSE.txt"]
        assert (FOLDER / path).exists() and any(licence.exists() for licence in licences)


def test_a_letter_no_font_has_is_spelled_in_latin_ones():
    assert font_for("김철수").text == "GimCheolSu"


def test_an_emoji_is_left_out_rather_than_shown_as_a_box():
    assert font_for("😀 Bob 🎉").text == "Bob"


def test_marks_that_turn_the_line_round_never_reach_the_screen():
    assert font_for("Ana\u202eevil\x00\u200f").text == "Anaevil"


def test_a_name_of_ten_thousand_letters_is_taken_as_it_is():
    assert len(font_for("ñ" * 10_000).text) == 10_000


def test_a_composed_letter_is_one_letter():
    assert font_for("Jose\u0301").text == "José"


def test_right_to_left_names_get_their_direction():
    options = font_for("علي").options
    assert options["font_direction"] == "rtl" and options["font_script_name"] == "Arab"
    assert font_for("שרה").options["font_script_name"] == "Hebr"
    assert font_for("Ana").options == {}


def test_letters_that_join_get_their_script():
    assert font_for("प्रिया").options["font_script_name"] == "Deva"


def shown(one_run):
    """What HarfBuzz shows of one right-to-left run: the last letter leftmost, brackets mirrored."""
    turned = str.maketrans("()", ")(")
    return one_run[::-1].translate(turned)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("אבג", "גבא"),
        ("אבג Ana", "Ana גבא"),
        ("Ana אבג", "Ana גבא"),
        ("אבג (12)", "(12) גבא"),
        ("Ana (אבג)", "Ana (גבא)"),
    ],
)
def test_a_mixed_line_is_seen_in_the_order_of_the_bidirectional_algorithm(text, seen):
    assert shown(one_rtl_run(text)) == seen


def test_each_line_is_turned_by_itself():
    assert one_rtl_run("אב\nגד") == "אב\nגד"


def test_the_first_strong_letter_says_where_a_line_begins():
    assert base_direction("12 אב") == "rtl" and base_direction("Ana אב") == "ltr"
    assert base_direction("12") == "ltr"


def test_an_icon_has_its_letter_and_an_unknown_one_is_a_mistake():
    assert ord(icon_glyph("arrow-left")) == 0xF004D
    with pytest.raises(KeyError):
        icon_glyph("no-such-icon")


def test_every_sign_stands_where_it_is_drawn():
    from fontTools.ttLib import TTFont

    font = TTFont(FOLDER / "Icons.ttf")
    drawn = [name for name in font.getGlyphOrder() if font["glyf"][name].numberOfContours]
    apart = [name for name in drawn if font["hmtx"][name][1] != font["glyf"][name].xMin]
    assert len(drawn) > 200 and apart == []


def test_every_animal_of_a_guest_tag_is_drawn():
    from kiosk.hub.tags import ANIMALS
    from kiosk.screens.tags import SIGNS

    assert set(SIGNS) == set(ANIMALS)
    assert len({icon_glyph(sign) for sign in SIGNS.values()}) == len(ANIMALS)
