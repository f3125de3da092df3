"""How a notice will stand, before it hangs: drawn for each screen and language, nothing written."""

import re
from html import unescape

import pytest

from tests.sync.server.test_files import photo
from tests.sync.server.web.test_notices import hung, only, put_up

ONLY_DRAWN = {"HX-Request": "true"}


@pytest.fixture
def volunteer(door, another):
    return another().joins("volunteer", name="Tomás Herrero")


def looks(browser, path="/notices/preview", headers=None, **typed):
    """Ask how the form that is open would stand."""
    form = browser.form(path.removesuffix("/preview"))
    said = form.said | {name.replace("__", "."): value for name, value in typed.items()}
    return browser.post(path, said, headers=headers or {})


def drawn(browser, lang="en"):
    """The words that each screen of a language shows, by its name."""
    found = {}
    for name, figure in re.findall(r'<figure class="(\w+)">(.*?)</svg>', browser.page, re.DOTALL):
        if f'lang="{lang}"' in figure:
            lines = re.findall(r"<text[^>]*>([^<]*)</text>", figure)
            found[name] = unescape(" ".join(lines))
    return found


def test_it_is_drawn_for_two_doors_and_the_wall_in_each_language(volunteer):
    volunteer.get("/notices/new")
    looks(volunteer, title__en="Pears, ripe now", title__es="Peras", kind="offer")
    english, spanish = drawn(volunteer), drawn(volunteer, "es")
    assert english.keys() == spanish.keys() == {"door", "door_upright", "wall"}
    for words in english.values():
        assert "Offer" in words
        assert "Pears, ripe now" in words
    assert all("Oferta" in words and "Peras" in words for words in spanish.values())
    assert "Tomás H. Until Mon 30 Nov" in english["door"]
    assert "La Ronda" in english["wall"]


def test_looking_writes_nothing(door, volunteer):
    volunteer.get("/notices/new")
    looks(volunteer, title__en="Pears, ripe now")
    assert hung(door) == []
    put_up(volunteer)
    before = only(door)
    volunteer.get(f"/notices/{before['id']}")
    looks(volunteer, f"/notices/{before['id']}/preview", title__en="Otherwise")
    assert "Otherwise" in drawn(volunteer)["wall"]
    assert only(door) == before


def test_without_scripts_the_form_stays_as_it_was_typed_and_can_be_sent(door, volunteer):
    volunteer.get("/notices/new")
    notice = volunteer.form("/notices").said["id"]
    looks(volunteer, title__en="Pears", body__en="Two crates.", last_day="2026-11-25")
    said = volunteer.form("/notices").said
    assert (said["id"], said["title.en"], said["last_day"]) == (notice, "Pears", "2026-11-25")
    volunteer.send("/notices")
    assert only(door)["fields"]["body.en"] == "Two crates."


def test_a_notice_that_somebody_changes_meanwhile_still_clashes_after_a_look(
    village, door, volunteer
):
    put_up(volunteer)
    notice = only(door)["id"]
    volunteer.get(f"/notices/{notice}")
    was = volunteer.form(f"/notices/{notice}").said["was"]
    village.pass_(minutes=1)
    door.asks(door.wrote("notice", notice, title__en="Theirs"))
    looks(volunteer, f"/notices/{notice}/preview", title__en="Mine")
    assert volunteer.form(f"/notices/{notice}").said["was"] == was
    volunteer.send(f"/notices/{notice}")
    assert volunteer.status == 409


def test_a_script_is_given_the_drawings_alone(volunteer):
    volunteer.get("/notices/new")
    looks(volunteer, headers=ONLY_DRAWN, title__en="Pears")
    assert drawn(volunteer)["door"].startswith("News Pears")
    assert "<form" not in volunteer.page
    assert "<html" not in volunteer.page


def test_an_urgent_one_stands_across_the_top_of_the_rest_screen_and_the_wall(volunteer):
    volunteer.get("/notices/new")
    looks(volunteer, kind="urgent", title__en="Side door stiff", body__en="Use the front door.")
    words = drawn(volunteer)
    assert words["door"] == "Urgent. Side door stiff. Use the front door."
    assert words["door_upright"].startswith("Side door stiff.")
    assert words["wall"].startswith("Urgent. Side door stiff. Use the front door. Notices")
    looks(volunteer, kind="urgent", title__en="Side door stiff", body__en="Use the front. " * 9)
    assert drawn(volunteer)["wall"].count("Side door stiff") == 2  # what a band cannot hold: a card


def test_what_nobody_wrote_in_a_language_is_shown_in_another_and_said(volunteer):
    volunteer.get("/notices/new")
    looks(volunteer, title__es="El coro busca voces graves")
    assert all("El coro" in words for words in drawn(volunteer).values())
    assert "(in Spanish)" in drawn(volunteer)["door"]
    assert "(in Spanish)" in drawn(volunteer)["wall"]
    assert "(en español)" not in drawn(volunteer, "es")["door"]


def test_a_long_text_says_over_how_many_pages_it_goes_on(volunteer):
    volunteer.get("/notices/new")
    looks(volunteer, title__en="Minutes", body__en="Everybody spoke in turn. " * 60)
    assert re.search(r"At the door, 10 inch <span class=\"hint\">· \d pages", volunteer.page)
    assert drawn(volunteer)["wall"].count("…") == 1


def test_its_picture_stands_with_it(door, volunteer):
    put_up(volunteer)
    notice = only(door)["id"]
    volunteer.get(f"/notices/{notice}/picture")
    sent = {"file": ("a.jpg", photo((400, 300)), "image/jpeg")}
    volunteer.send(f"/notices/{notice}/picture", files=sent, picture_alt__en="Pegs")
    volunteer.get(f"/notices/{notice}")
    picture = only(door)["fields"]["picture"]
    assert volunteer.page.count(f'<image href="/pictures/{picture}"') == 6  # 3 screens, 2 languages


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Shows from Mon 23 Nov until Mon 30 Nov."),
        ({"weekdays": ["mon", "fri"]}, "until Mon 30 Nov, only on Mon, Fri."),
        ({"from": "18:00"}, "until Mon 30 Nov, from 18:00 to 24:00."),
    ],
)
def test_the_days_and_hours_are_said_in_a_sentence(volunteer, typed, sentence):
    volunteer.get("/notices/new")
    looks(volunteer, **typed)
    assert sentence in volunteer.page


@pytest.mark.parametrize(
    "typed",
    [
        {"last_day": "2026-11-"},
        {"last_day": "", "first_day": "soon"},
        {"kind": "poem", "weekdays": "noday"},
        {"title__en": "x" * 5_000, "body__en": "y" * 60_000},
        {"title__en": "<script>alert(1)</script>"},
        {"from": "25:99"},
    ],
)
def test_what_is_not_finished_or_not_sound_is_looked_at_all_the_same(volunteer, typed):
    volunteer.get("/notices/new")
    looks(volunteer, **typed)
    assert volunteer.status == 200
    assert drawn(volunteer).keys() == {"door", "door_upright", "wall"}
    assert "<script>alert" not in volunteer.page


def test_a_wall_that_shows_no_notices_is_drawn_for_what_is_urgent_alone(door, volunteer):
    door.asks(door.wrote("hub", door.who.hub, wall_pages=["rooms"]))
    volunteer.get("/notices/new")
    looks(volunteer, title__en="Pears")
    assert drawn(volunteer).keys() == {"door", "door_upright"}
    looks(volunteer, title__en="Pears", kind="urgent")
    assert drawn(volunteer).keys() == {"door", "door_upright", "wall"}
