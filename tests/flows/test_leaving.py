"""Leaving: by tag, by name, some of a group, just counted; a card needs no tap."""

import pytest

from tests.flows.people import ANA_CARD, INES_CARD, MARTA, MARTA_CARD, is_here


@pytest.fixture
def leaving(door):
    return door.tap_any("I'm leaving", "Leaving").audit().picture("leaving")


def tag(door, stored):
    """A stored tag as the door says it, without its colour."""
    from kiosk.screens.tags import tag_words

    return tag_words(stored, door.shell.words).short


def here(door):
    from kiosk.hub.presence import heads_at

    return heads_at(door.hub, door.app.time.now())


def test_a_guest_leaves_by_tag_with_three_taps(leaving):
    before = here(leaving)
    leaving.tap_text(tag(leaving, "blue otter 1")).audit().picture("saved-here").tap("Done")
    assert leaving.taps == 3
    assert here(leaving) == before - 1
    assert leaving.at == "rest"


def test_having_left_survives_a_power_cut(leaving):
    leaving.tap_text(tag(leaving, "blue otter 1"))
    tags = [v.tag for v in leaving.after_power_cut().visits_open]
    assert "blue otter 1" not in tags


def test_a_member_leaves_by_name_with_three_taps_and_letters(leaving, form):
    if form.large:
        leaving.shell.go("leaving_name")
        leaving.settle()
    else:
        leaving.tap("By my name")
    leaving.audit().type("MA").audit().picture("leaving-name")
    leaving.tap("Marta R.")
    assert leaving.at == "saved"
    assert leaving.taps <= 3
    assert not is_here(leaving.hub, MARTA, leaving.app.time.now())


def test_letters_that_lead_to_nobody_here_cannot_be_pressed(door):
    door.shell.go("leaving_name")
    door.settle().type("MA")
    assert door.offers_only_letters("R")


@pytest.mark.one_form
def test_letters_work_for_whoever_comes_after_many_others(door):
    for _ in range(4):
        door.shell.go("leaving_name")
        door.settle().shell.screen.letters.longest = 6  # else it takes 200 people
        door.type("MA").shell.rest()
    door.shell.go("leaving_name")
    assert door.settle().type("MA").shell.screen.typed == "MA"
    assert door.shell.screen.letters.text == ""


@pytest.mark.parametrize("large", [False, True])
def test_whoever_turned_the_page_of_tags_stays_there_when_others_come(door, large):
    """In large words tags stand in order of coming, so that whoever comes makes another list of it."""
    from kiosk.hub.sign_in import ComeVisiting, come_visiting

    def comes():
        return door.app.desk.ask(come_visiting, ComeVisiting()).result(10)

    for _ in range(90):
        comes()
    if large:
        door.shell.look(large=True)
    door.shell.go("leaving")
    door.settle()
    first = door.offers()
    if not door.can("More"):
        pytest.skip("all animals stand on one page")
    turned = door.tap("More").offers()
    comes()
    shown = door.settle().offers()
    assert len(set(shown) & set(turned)) > len(set(shown) & set(first)), (first, turned, shown)
    door.tap("Back").shell.go("leaving")
    assert door.settle().offers()[:3] == first[:3]


def test_some_of_a_group_go_and_the_others_stay(door):
    before = here(door)
    door.shell.go("leaving_some")
    door.settle().audit().picture("leaving-some")
    door.tap_icon("plus").tap("2 go").audit()
    assert here(door) == before - 2


def test_whoever_was_just_counted_leaves_without_a_name(door):
    door.shell.go("leaving")
    door.settle()
    before = here(door)
    door.turn_to("I was only counted").tap("I was only counted")
    assert door.at == "saved" or door.reads("All right")
    assert here(door) in {before, before - 1}


def test_a_card_of_somebody_here_signs_out_without_a_tap(door):
    door.tap_card(MARTA_CARD).audit()
    assert door.taps == 0
    assert door.at == "saved"
    assert not is_here(door.hub, MARTA, door.app.time.now())


def test_leaving_is_undone_within_ten_seconds(door):
    door.tap_card(MARTA_CARD).pass_(seconds=4)
    door.tap("Undo")
    assert is_here(door.hub, MARTA, door.app.time.now())
    assert door.at == "rest"


def test_what_is_announced_hides_no_button_for_longer_than_a_touch(door):
    door.tap_card(MARTA_CARD).tap("Undo")
    hidden = door._aim(door.find("I'm leaving"))
    said = door.shell.told.children[0].children[0]
    assert not any(w.is_clipped for w in said.walk() if hasattr(type(w), "is_clipped"))
    door.touch_at(said.center_x, said.center_y)
    assert (door.at, door.shell.told.children) == ("rest", [])
    door.touch_at(*hidden)
    assert door.at == "leaving"


def test_a_touch_beside_what_is_announced_acts_at_once(door):
    door.tap_card(MARTA_CARD).tap("Undo").tap("I'm here")
    assert (door.at, door.shell.told.children) == ("here", [])


def test_somebody_in_low_reach_leaves_by_name_and_by_tag(door, form):
    if form.large and form.screen != "1280x800":
        pytest.skip("large words on a 7-inch screen need all of it")
    door.shell.look(low=True)
    door.settle().tap_any("I'm leaving", "Leaving").audit()
    door.turn_to("By my name").tap("By my name").type("MA").audit()
    door.tap("Marta R.")
    assert not is_here(door.hub, MARTA, door.app.time.now())


def test_after_ten_seconds_the_page_is_gone_and_so_is_undoing(door):
    door.tap_card(MARTA_CARD).pass_(seconds=11)
    assert door.at == "rest"
    assert not door.shell.undo.offered


def test_an_unknown_card_is_told_so_and_changes_nothing(door):
    visits = len(door.hub.visits_open)
    door.tap_card("0499999999").audit()
    assert len(door.hub.visits_open) == visits
    assert door.at == "new_card"


@pytest.mark.parametrize("low", [False, True])
def test_in_an_empty_house_who_has_no_tag_is_told_to_just_go(open_door, form, low):
    if form.wall or form.large:
        pytest.skip("in large words the ways stand where tags would")
    door = open_door(at="2027-03-15 11:00")
    door.shell.look(low=low)
    door.settle().tap_any("I'm leaving", "Leaving").audit()
    if not low:
        assert door.reads("No tag? Just go. You count as left after a while.")


def test_the_page_of_a_language_that_was_left_is_freed(door):
    import weakref

    door.tap_card(MARTA_CARD)
    left_behind = weakref.ref(door.shell.screen)
    door.shell.rest()
    door.shell.switch_language()
    door.touch_at(2, 2).pass_(seconds=3)
    assert left_behind() is None


@pytest.mark.one_form
def test_goodbye_said_again_undoes_nobody_elses_coming_in(door):
    door.tap_card(INES_CARD).pass_(minutes=2).tap_card(INES_CARD).pass_(seconds=3)
    door.tap_card(ANA_CARD).pass_(seconds=3).tap_card(INES_CARD)
    assert door.at == "saved"
    assert not door.can("Undo")


def test_letters_that_lead_to_nobody_say_so(door):
    door.shell.go("leaving_name", typed="qx")
    door.settle().audit().picture("leaving-nobody")
    tiles, hint = door.shell.screen.tiles, door.shell.screen.hint
    assert door.reads("No such name here.") or hint.text_height > tiles.height
