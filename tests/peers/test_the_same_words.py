"""Script 3: one text, edited at two kiosks; nobody's words are simply gone, and not kept for ever."""

import pytest

from tests.kiosk.hub.house import day, id_of, notice, person

pytestmark = pytest.mark.slow
LUIS = {"level": 2, "person": id_of("Luis")}
INES = {"level": 3, "person": id_of("Inés")}
SOUP, AT_ONE, SATURDAY = "Soup on Friday", "Soup on Friday at 13:00", "Soup on Saturday"


def edit(door, text, by):
    door.says("edit_notice", notice=id_of(SOUP), fields={"title": {"en": text}}, by=by)


def titles(world):
    key = ("notice", id_of(SOUP))
    nodes = [*(door.bodies() for door in world.doors), world.held()]
    return {node[key]["fields"]["title.en"] for node in nodes}


@pytest.mark.acceptance(7, 8, 70)
def test_the_later_words_stand_the_others_can_be_put_back_for_a_fortnight(world):
    k1, k2 = world.moves_in(
        person("Luis"),
        person("Inés", kind="volunteer"),
        notice(SOUP, kind="offer", owner=id_of("Luis"), last_day=day(30)),
    )
    k1.offline()
    k2.offline()
    world.it_is("10:40")
    edit(k1, AT_ONE, LUIS)
    world.it_is("10:55")
    edit(k2, SATURDAY, INES)
    world.it_is("11:00")
    k2.online()
    world.settles(k2)
    world.it_is("11:05")
    k1.online()
    world.settles()
    assert titles(world) == {SATURDAY}
    assert world.all_see("old_texts") == [["title.en", SOUP], ["title.en", AT_ONE]]
    told = world.all_see("told", person=id_of("Luis"))
    lost = next(one for one in told if one["was"] == AT_ONE)
    assert lost["now"] == SATURDAY

    world.it_is("11:20")
    k1.says("put_back", old_text=lost["id"], by=LUIS)
    world.acted()
    assert titles(world) == {AT_ONE}
    assert len(world.all_see("old_texts")) == 3
    world.all_hold()

    world.it_is("11:30")
    k2.offline()
    world.days_pass(15, "11:30")
    assert world.all_see("old_texts") == []
    k2.online()
    world.settles()
    assert world.all_see("old_texts") == []
    assert titles(world) == {AT_ONE}
    world.all_hold()
