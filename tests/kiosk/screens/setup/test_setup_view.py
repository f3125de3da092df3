from dataclasses import replace
from datetime import UTC, datetime

import pytest

from kiosk.screens.setup.view import (
    COLOURS,
    DOOR,
    INKS,
    NAMES,
    NEW,
    SAMPLE,
    WALL,
    Choices,
    backward,
    forward,
    may_go_on,
    progress,
    ready_names,
    reasons,
    steps,
    summary,
    toggled,
    with_language,
    with_mode,
    zone_city,
    zone_clock,
    zones_like,
)
from kiosk.ui.words import Words

EN = Words("en")
NOW = datetime(2026, 11, 23, 9, 42, tzinfo=UTC)
ZONES = ("America/Argentina/Buenos_Aires", "Europe/Madrid", "Europe/Malta", "Indian/Mahe", "UTC")


def walked(choices):
    """Every step that going on from here leads through."""
    seen = [choices.step]
    while (after := forward(choices)) != choices:
        choices = after
        seen.append(choices.step)
    return seen


FULL = Choices(
    lang="es", languages=("es",), hub=SAMPLE, name="Casa", mode=DOOR, kiosk_name="Puerta"
)


def test_the_sample_hub_is_tried_without_naming_anything():
    assert walked(FULL) == ["language", "hub", "mode", "kiosk", "colour", "ready"]


def test_a_new_hub_is_named_and_described():
    assert walked(replace(FULL, hub=NEW)) == [
        "language", "hub", "name", "about", "mode", "kiosk", "colour", "ready",
    ]  # fmt: skip


@pytest.mark.parametrize("step", ["language", "hub", "name", "mode", "kiosk"])
def test_a_step_waits_for_what_it_asks_for(step):
    empty = Choices(step=step, hub="" if step == "hub" else NEW)
    assert not may_go_on(empty)
    assert forward(empty) == empty


def test_a_name_of_spaces_is_no_name():
    assert not may_go_on(replace(FULL, hub=NEW, step="name", name="  "))


def test_one_can_go_back_to_the_first_step_and_no_further():
    assert backward(replace(FULL, step="mode")).step == "hub"
    assert backward(Choices()).step == "language"


def test_the_way_grows_by_two_steps_for_a_new_hub():
    assert progress(replace(FULL, step="mode")) == (3, 6)
    assert progress(replace(FULL, hub=NEW, step="mode")) == (5, 8)


def test_the_language_of_the_set_up_is_the_hubs_first():
    assert with_language(Choices(languages=("en", "es")), "es").languages == ("es", "en")


def test_languages_are_added_and_taken_out_but_not_the_first():
    chosen = with_language(Choices(), "es")
    assert toggled(chosen, "en").languages == ("es", "en")
    assert toggled(toggled(chosen, "en"), "en") == chosen
    assert toggled(chosen, "es") == chosen


def test_a_wall_gets_the_name_of_a_wall():
    assert with_mode(Choices(), WALL, EN).kiosk_name == ready_names(Choices(mode=WALL), EN)[0]
    assert set(ready_names(Choices(mode=WALL), EN)).isdisjoint(ready_names(Choices(), EN))


def test_every_colour_has_a_word_and_an_ink():
    assert set(COLOURS) == set(INKS)
    assert all(Words(lang).has(f"colour.{c}") for lang in ("en", "es") for c in COLOURS)


def test_every_ready_name_is_written_in_both_languages():
    keys = [key for names in NAMES.values() for key in names]
    assert all(Words(lang).has(key) for lang in ("en", "es") for key in keys)


def test_the_usual_reasons_are_in_the_hubs_languages():
    found = reasons(("es", "en"))
    assert found["looking"] == {"es": "Solo a mirar", "en": "Just looking"}
    assert len(found) == 5


def test_a_zone_says_its_time_and_its_city():
    assert zone_clock("Europe/Madrid", NOW) == "10:42"
    assert zone_city("America/Argentina/Buenos_Aires") == "Buenos Aires"


def test_what_is_no_zone_has_no_time():
    assert zone_clock("Europe/Atlantis", NOW) == ""
    assert zone_clock("../hosts", NOW) == ""


def test_zones_are_found_by_the_letters_of_their_city():
    assert zones_like("ma", ZONES) == ("Europe/Madrid", "Indian/Mahe", "Europe/Malta")
    assert zones_like("BUENOS a", ZONES) == ("America/Argentina/Buenos_Aires",)
    assert zones_like("aires", ZONES) == ("America/Argentina/Buenos_Aires",)


def test_no_letters_find_no_zone():
    assert zones_like(" ", ZONES) == ()


def test_the_last_page_says_everything_that_was_chosen():
    chosen = replace(FULL, hub=NEW, languages=("es", "en"), timezone="Europe/Madrid")
    said = dict(summary(chosen, EN, NOW))
    assert "Casa" in said.values()
    assert "Español and English" in said.values()
    assert "Madrid · 10:42" in said.values()
    assert "Puerta · Blue" in said.values()


def test_the_sample_hub_is_summed_up_by_its_name_alone():
    assert len(summary(FULL, EN, NOW)) == 3


def test_steps_are_known_before_a_hub_is_chosen():
    assert steps(Choices()) == ("language", "hub", "mode", "kiosk", "colour", "ready")
