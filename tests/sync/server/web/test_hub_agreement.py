"""The house agreement on the pages: seen before it is published; what was agreed to stays."""

import pytest

from tests.sync.server.village import OTHER
from tests.sync.server.web.hub_house import HOSTILE, all_of, moved_in

FIRST = "1. Everyone is welcome."
PATH = "/hub/agreement"


@pytest.fixture
def door(village):
    door = moved_in(village)
    agreement = door.wrote("agreement", "one", version=1, text__en=FIRST, since="2026-10-01")
    yes = {"agreement": "one", "at": "2026-10-02T10:00:00Z"}
    people = [door.wrote("acceptance", person=f"p{n}", **yes) for n in range(2)]
    door.asks(agreement, *people)
    return door


@pytest.fixture
def steward(door, another):
    return another().joins("steward")


def previews(browser, **typed):
    browser.get(PATH)
    return browser.send(PATH, **typed)


def publishes(browser, **typed):
    previews(browser, **typed)
    return browser.send(PATH, sure="yes")


def versions(door):
    found = {body["fields"]["version"]: body["fields"] for body in all_of(door, "agreement")}
    return dict(sorted(found.items()))


def test_any_volunteer_reads_it_and_only_a_steward_is_offered_to_write(steward, another):
    volunteer = another().joins("volunteer", name="Tomás")
    for browser in (steward, volunteer):
        browser.get(PATH)
        assert FIRST in browser.page
        assert "2 people said yes to it" in browser.page
    assert "Write the next version" in steward.page
    assert "Write the next version" not in volunteer.page


def test_it_is_seen_before_it_is_published_and_nothing_is_written_yet(door, steward):
    previews(steward, text__en="1. Everyone.\r\n2. Tidy up.")
    assert steward.status == 200
    for words in ("Version 2, not published yet", "asked again", "2 people had said yes",
                  "Missing in Spanish", "1. Everyone.\n2. Tidy up."):  # fmt: skip
        assert words in steward.page
    assert list(versions(door)) == [1]


def test_published_it_stands_beside_the_earlier_one_and_no_yes_is_touched(door, steward):
    before = all_of(door, "acceptance")
    publishes(steward, text__es="1. Todo el mundo.", since="2026-12-01")
    found = versions(door)
    assert (found[1]["text.en"], found[2]["text.en"]) == (FIRST, FIRST)
    assert (found[2]["text.es"], found[2]["since"]) == ("1. Todo el mundo.", "2026-12-01")
    people = {body["id"]: body["fields"]["name"] for body in all_of(door, "person")}
    assert people[found[2]["entered_by"]] == "Inés Vidal"
    assert all_of(door, "acceptance") == before
    assert "Version 1, in force since" in steward.page
    assert "Version 2, in force from Tue 1 Dec 2026" in steward.page


def test_whoever_writes_on_finds_everything_as_typed(door, steward):
    previews(steward, text__en="New", text__es="Nuevo", since="2026-12-01")
    steward.send(PATH, back="yes")
    said = steward.form(PATH).said
    assert (said["text.en"], said["text.es"], said["since"]) == ("New", "Nuevo", "2026-12-01")
    assert list(versions(door)) == [1]


def test_sent_twice_it_is_one_version(door, steward):
    previews(steward, text__en="New")
    form = steward.form(PATH).said | {"sure": "yes"}
    for _ in range(2):
        steward.post(PATH, form)
        assert steward.status == 200
    assert list(versions(door)) == [1, 2]


def test_of_two_who_publish_at_once_the_second_is_told_and_keeps_their_text(door, steward, another):
    other = another().joins("steward", name="Ana Gil")
    previews(steward, text__en="Mine")
    publishes(other, text__en="Theirs")
    steward.send(PATH, sure="yes")
    assert steward.status == 400
    assert "Somebody else published version 2 meanwhile" in steward.page
    assert "Theirs" in steward.page
    assert steward.form(PATH).said["text.en"] == "Mine"
    assert list(versions(door)) == [1, 2]
    steward.send(PATH)
    steward.send(PATH, sure="yes")
    assert versions(door)[3]["text.en"] == "Mine"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"text__en": " "}, "Something has to be written"),
        ({"text__en": "x" * 2001}, "longer than 2000 letters"),
        ({"since": "2026-11-22"}, "has gone by"),
        ({"since": "soon"}, "no day or hour"),
    ],
)
def test_what_cannot_be_published_is_said_beside_its_field(door, steward, typed, sentence):
    publishes_at_once(steward, **typed)
    assert (steward.status, sentence in steward.page) == (400, True)
    assert 'aria-invalid="true"' in steward.page
    assert list(versions(door)) == [1]


def publishes_at_once(browser, **typed):
    browser.get(PATH)
    return browser.send(PATH, sure="yes", **typed)


def test_the_same_words_are_no_new_version(door, steward):
    publishes_at_once(steward)
    assert "word for word" in steward.page
    assert list(versions(door)) == [1]


def test_nobody_chooses_the_number_or_the_author(door, steward):
    publishes_at_once(
        steward, text__en="New", version="99", entered_by="x", text__xx="x", hub=OTHER
    )
    found = versions(door)
    assert list(found) == [1, 2]
    assert (found[2]["entered_by"] != "x", "text.xx" in found[2]) == (True, False)


@pytest.mark.parametrize("text", HOSTILE)
def test_strange_texts_are_cleaned_or_refused_and_never_run(door, steward, text):
    previews(steward, text__en=text)
    assert "<script>alert" not in steward.page
    publishes_at_once(steward, text__en=text)
    assert "<script>alert" not in steward.page
    assert all(one["text.en"].replace("\n", "").isprintable() for one in versions(door).values())


def test_an_agreement_is_this_hub_s_only(village, door, steward, another):
    village.add(OTHER)
    elsewhere = another().joins("steward", OTHER, name="Elsewhere")
    elsewhere.get(PATH)
    assert ("There is none yet" in elsewhere.page, FIRST in elsewhere.page) == (True, False)
    form = elsewhere.form(PATH).said | {"id": "one", "text.en": "Ours now", "sure": "yes"}
    elsewhere.post(PATH, form)
    assert list(versions(door)) == [1]
    assert versions(door)[1]["text.en"] == FIRST
