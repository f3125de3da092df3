"""Reading: notices, rooms, the light. Nobody needs to be known for that."""

import pytest

from kiosk.hub.notices import running, urgent_now
from tests.flows.server_far_away import FarServer, waiting

NOTICES = ("All notices", "23 notices", "Notices")
ROOMS = ("All rooms", "Rooms")


def test_a_notice_of_the_first_page_is_read_in_full_with_two_taps(door):
    door.tap_any(*NOTICES).audit().picture("notices-list")
    door.turn_to("The clothesline is back").tap("The clothesline is back")
    door.audit().picture("notice-one")
    assert door.taps == 2
    assert door.at == "notice"
    assert door.reads("The clothesline is back")


def test_all_rooms_are_one_tap_away(door):
    door.tap_any(*ROOMS).audit().picture("rooms-board")
    assert door.at == "rooms"
    assert door.taps == 1


def test_the_light_explains_itself_in_one_sentence(door, form):
    if form.large:
        pytest.skip("in large text the rest screen has five buttons; the light is not one of them")
    door.tap("All sent").audit().picture("light-explained")
    assert door.at == "light"
    assert door.taps == 1


def test_back_leads_to_where_one_came_from(door):
    door.tap_any(*ROOMS).tap("Back")
    assert door.at == "rest"


def test_no_notice_of_the_board_loses_a_line(door):
    for notice in door.hub.notices:
        door.shell.go("notice", notice=notice.id)
        door.settle().audit()


@pytest.mark.parametrize("low", [False, True], ids=["usual", "low"])
def test_every_notice_is_on_some_page_of_the_list(door, form, low):
    door.shell.look(large=form.large, low=low)
    door.shell.go("notices")
    door.settle().audit().picture(f"{'low-' if low else ''}notices-1")
    shown = [row.id for row in door.shell.screen.rows]
    while door.can("More"):
        door.tap("More")
        shown += [row.id for row in door.shell.screen.rows]
    door.audit().picture(f"{'low-' if low else ''}notices-last")
    assert len(shown) > 4
    assert shown == [one.id for one in running(door.hub, door.app.time.now())]


def test_an_urgent_notice_says_in_full_when_it_was_last_known(door):
    FarServer(door, waiting(trouble="no_network"))
    door.shell.go("notice", notice=urgent_now(door.hub, door.app.time.now())[0].id)
    door.settle().audit().picture("notice-urgent-offline")
    pages = list(door.texts())
    while door.shell.screen._page + 1 < door.shell.screen._pages:
        door.tap("More")
        pages += door.texts()
    assert any("09:10" in text for text in pages), pages
