"""The look as numbers: what a millimetre, a line, a size and a colour are on each screen."""

import pytest

from kiosk.ui.styles import PAIRS, STYLES, style_of
from kiosk.ui.theme import FORMS, SCREENS, Theme, contrast, rgba, theme_for

LEAST_CONTRAST = 7.0
NIGHT = [False, True]


@pytest.mark.parametrize("form", FORMS)
def test_each_screen_gets_its_own_layout(form):
    assert theme_for(form).form == form


def test_a_ten_inch_glass_of_257_mm_is_a_ten_inch_door():
    assert Theme(1280, 800, 257).form == "door_10"
    assert Theme(1280, 800, 257).roomy


def test_a_wall_is_what_somebody_set_not_what_is_large():
    assert Theme(1920, 1080, 1092.3).form == "door_10"
    assert Theme(800, 480, 179.6, wall=True).form == "wall_43"


@pytest.mark.parametrize("form", FORMS)
def test_a_millimetre_is_one_within_half_a_pixel(form):
    theme = theme_for(form)
    assert abs(theme.mm(15) - 15 * theme.px_per_mm) <= 0.5


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["hair", "button", "field", "now", "focus_ring", "wall_hair"])
def test_no_line_is_thinner_than_two_pixels(form, name):
    assert theme_for(form).line(name) >= 2


@pytest.mark.parametrize("form", FORMS[:3])
def test_body_text_is_4_and_a_half_millimetres_from_baseline_to_ascender(form):
    theme = theme_for(form)
    ascender_em = 0.708
    assert theme.size("body") * ascender_em / theme.px_per_mm >= 4.5 - 0.5 / theme.px_per_mm


@pytest.mark.parametrize("form", FORMS[:3])
def test_large_text_has_capitals_of_seven_and_a_half_millimetres(form):
    theme = theme_for(form, large=True)
    capital_em = 0.668
    assert theme.size("body") * capital_em / theme.px_per_mm >= 7.5 - 0.5 / theme.px_per_mm


def test_a_wall_has_no_large_text_of_its_own():
    wall = theme_for("wall_43")
    assert wall.but(large=True).size("body") == wall.size("body") == wall.mm(17)


def test_a_small_wall_is_the_large_one_made_smaller():
    small = Theme(1280, 800, 256.1, wall=True)
    assert small.width_mm == pytest.approx(952)
    assert small.height_mm >= 535


def test_a_wall_larger_than_the_drawn_one_keeps_its_millimetres():
    assert Theme(1920, 1080, 1400.0, wall=True).px_per_mm == pytest.approx(1.573, abs=0.01)


def test_signs_grow_with_the_words_they_stand_beside():
    theme = theme_for("door_10")
    grown = theme.but(large=True).icon("beside_body") / theme.icon("beside_body")
    assert grown == pytest.approx(11.3 / 6.36, rel=0.03)


def test_numerals_keep_their_size_whatever_the_text():
    theme = theme_for("door_10")
    assert theme.size("roll_call") == theme.but(large=True).size("roll_call") == theme.mm(34)


@pytest.mark.parametrize("form", FORMS[:3])
@pytest.mark.parametrize(
    ("name", "least_mm"), [("least", 15), ("primary", 20), ("reason_chip", 15), ("tool", 15)]
)
def test_what_is_touched_is_large_enough(form, name, least_mm):
    theme = theme_for(form)
    assert theme.target(name) >= theme.mm(least_mm)


def test_two_sided_targets_have_their_sides():
    theme = theme_for("door_10")
    assert theme.target_size("stepper") == (theme.mm(22), theme.mm(20))


def test_the_wall_has_its_own_corner():
    assert theme_for("wall_43").radius() == theme_for("wall_43").mm(7)


def test_running_text_has_looser_lines_than_a_button():
    theme = theme_for("door_10")
    assert theme.line_em("body") == 1.12 and theme.line_em("reading") == 1.2
    assert theme.line_em("roll_call") == theme.line_em("display")


def test_the_scrim_lets_through_and_no_colour_is_clear():
    theme = theme_for("door_10")
    assert 0 < theme.colour("scrim")[3] < 1 and theme.colour("none")[3] == 0


def test_contrast_is_that_of_the_standard():
    assert contrast(rgba("#000000"), rgba("#FFFFFF")) == pytest.approx(21)
    assert contrast(rgba("#767676"), rgba("#FFFFFF")) == pytest.approx(4.54, abs=0.01)


def every_style():
    for kind, states in STYLES.items():
        for state, style in states.items():
            yield pytest.param(style, id=f"{kind}-{state}")


@pytest.mark.parametrize("night", NIGHT)
@pytest.mark.parametrize("style", list(every_style()))
def test_words_on_every_widget_in_every_state_can_be_read(style, night):
    theme = theme_for("door_10", night=night)
    behind = ["paper", "sheet"] if style.fill == "none" else [style.fill]
    found = [contrast(theme.colour(style.ink), theme.colour(fill)) for fill in behind]
    assert min(found) >= LEAST_CONTRAST


@pytest.mark.parametrize("night", NIGHT)
@pytest.mark.parametrize("pair", PAIRS, ids="-on-".join)
def test_words_beside_widgets_can_be_read(pair, night):
    ink, behind = (theme_for("door_10", night=night).colour(name) for name in pair)
    assert contrast(ink, behind) >= LEAST_CONTRAST


@pytest.mark.parametrize("night", NIGHT)
def test_the_edge_of_what_is_pressed_stands_out(night):
    theme = theme_for("door_10", night=night)
    assert contrast(theme.colour("edge"), theme.colour("paper")) >= 3


def test_what_is_disabled_does_not_look_pressed():
    pressed = style_of("secondary", pressed=True, disabled=True, mode="normal", chosen=True)
    assert pressed == STYLES["secondary"]["disabled"]


def test_saving_is_shown_before_anything_else():
    saving = style_of("primary", pressed=True, disabled=True, mode="saving", chosen=False)
    assert saving == STYLES["primary"]["saving"]


def test_a_state_a_widget_does_not_have_is_its_normal_one():
    chosen = style_of("banner", pressed=False, disabled=False, mode="urgent", chosen=True)
    assert chosen == STYLES["banner"]["urgent"]
    assert style_of("tag", pressed=True, disabled=False, mode="talk", chosen=False).fill == "talk"


def test_the_four_screens_are_those_the_kiosk_is_made_for():
    assert set(SCREENS) == set(FORMS)
    assert theme_for("door_7_portrait").portrait and not theme_for("door_10").portrait
    assert theme_for("door_10").width_mm == pytest.approx(217, abs=0.5)
    assert theme_for("door_10").height_mm == pytest.approx(136, abs=0.5)


def test_a_movement_takes_150_ms():
    assert theme_for("door_10").motion_s() == pytest.approx(0.15)


@pytest.mark.parametrize("form", ["door_7_landscape", "door_7_portrait"])
def test_large_words_on_a_small_screen_need_all_of_it_and_low_reach_comes_back_after_them(form):
    low = theme_for(form, low=True)
    large = low.but(large=True)
    assert not large.low
    assert large.but(large=False) == low


def test_a_large_screen_has_room_for_large_words_in_its_lower_half():
    assert theme_for("door_10", low=True, large=True).low
