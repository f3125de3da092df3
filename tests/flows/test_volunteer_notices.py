"""Notices in volunteer mode: published in six taps, changed, taken down, put back."""

import pytest

from tests.flows.people import INES, INES_CARD, INES_PIN, at_work, person_of


def the_notice(hub, words):
    """The one notice whose English or Spanish title begins so."""
    found = [one for one in hub.notices if any(t.startswith(words) for t in one.title.values())]
    assert len(found) == 1, [one.title for one in hub.notices]
    return found[0]


def is_plain(notice):
    """Whether it is news that is up, on every day, in its order."""
    changed = notice.weekdays or notice.pin or notice.withdrawn
    return notice.kind == "news" and not changed


def from_the_rest_screen(door):
    door.shell.go("light")  # a tap on the light, whose words differ from screen to screen
    door.taps = 1
    return door.settle().tap("Volunteers").tap_card(INES_CARD).type(INES_PIN)


def test_a_ready_phrase_is_published_with_six_taps(door):
    from_the_rest_screen(door).tap("Write a notice").turn_to("There is no water today")
    door.tap("There is no water today").audit().picture("volunteer-notice-publish")
    door.tap("Publish")
    assert door.taps <= 6
    assert door.audit().reads("It is up.")
    notice = the_notice(door.after_power_cut(), "There is no water")
    ines = person_of(door.hub, INES).id
    assert (notice.kind, notice.owner, notice.entered_by) == ("urgent", ines, ines)
    assert set(notice.title) == {"en", "es"}


def test_what_is_typed_is_published_with_six_taps_and_its_letters(door):
    from_the_rest_screen(door).tap("Write a notice").tap("In my own words")
    door.type("zas").tap("Go on").audit().tap("Publish")
    assert door.taps <= 6
    notice = the_notice(door.after_power_cut(), "Zas")
    assert list(notice.title) == [door.shell.words.lang]
    assert (notice.last_day - notice.first_day).days == 7


def test_an_act_is_undone_from_volunteer_home(door):
    at_work(door).tap("Write a notice").turn_to("There is no water today")
    door.tap("There is no water today").tap("Publish")
    undo = next(words for words in door.offers() if "10" in words or "9" in words)
    door.tap_text(undo).audit()
    assert not [one for one in door.hub.notices if one.title.get("en") == "There is no water today"]


def test_a_notice_is_taken_down_and_put_back(door):
    notice = next(one for one in door.hub.notices if one.kind == "news" and not one.withdrawn)
    at_work(door, then="volunteer_notice", notice=notice.id).tap("Take it down")
    assert door.reads("It is taken down. It can be put back.")
    gone = door.after_power_cut().get(type(notice), notice.id).withdrawn
    assert gone.by == person_of(door.hub, INES).id
    at_work(door, then="volunteer_notices").audit()
    at_work(door, then="volunteer_notice", notice=notice.id).picture("notice-taken-down").audit()
    door.tap("Put it back")
    assert door.after_power_cut().get(type(notice), notice.id).withdrawn is None


def test_a_missing_translation_is_said_and_written(door):
    notice = next(one for one in door.hub.notices if set(one.title) == {"es"})
    at_work(door, then="volunteer_notice", notice=notice.id).tap("Change")
    door.tap_any("Words").audit()
    if not door.shell.theme.large:
        assert door.reads("Missing translation")
    words = door.shell.words
    title = words.say("notice.title_in", language=words.language("en"))
    found = [text for text in door.offers() if text.startswith(title)]
    door.tap_text(found[0]).type("fog").tap("Go on").tap("Done")
    door.tap("Back").picture("notice-changed").audit().tap("Keep the changes")
    changed = door.after_power_cut().get(type(notice), notice.id)
    assert changed.title["en"].casefold() == "fog"
    assert changed.title["es"] == notice.title["es"]
    assert changed.edited_by["title.en"] == person_of(door.hub, INES).id


@pytest.mark.parametrize(
    ("step", "value", "kept"),
    [
        ("kind", "decision", {"kind": "decision"}),
        ("weekdays", "sun", {"weekdays": ("sun",)}),
        ("pin", 2, {"pin": 2}),
    ],
)
def test_whatever_is_chosen_is_kept(door, step, value, kept):
    notice = next(one for one in door.hub.notices if is_plain(one))
    at_work(door, then="volunteer_notice", notice=notice.id)
    screen = door.shell.screen
    screen.ask_for(step)
    screen.choose(value)
    door.settle()
    while screen._draft.step != "preview":
        screen.back()
    door.settle().tap("Keep the changes")
    changed = door.after_power_cut().get(type(notice), notice.id)
    assert {name: getattr(changed, name) for name in kept} == kept
