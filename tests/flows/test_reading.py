"""Reading: notices, rooms, the light. Nobody needs to be known for that."""

from itertools import combinations
from types import SimpleNamespace

import pytest

from kiosk.hub.hosting import CancelEvent, cancel_event
from kiosk.hub.notices import running, urgent_now
from tests.flows import audit, seeing
from tests.flows.people import person_of
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


@pytest.mark.parametrize("page", ["notices", "whats_on"])
def test_whatever_is_in_a_row_stays_in_it_and_beside_the_rest(door, page):
    door.shell.go(page)
    door.settle().audit().picture(f"rows-{page}")
    seen = list(rows(door))
    while door.can("More"):
        door.tap("More").audit()
        seen += rows(door)
    door.picture(f"rows-{page}-last")
    assert len(seen) > 4
    assert not [row for row in seen if row.problems]


def test_that_an_event_is_off_is_read_beside_any_day_and_time(door):
    from kiosk.hub.actor import VOLUNTEER, Actor

    ana = Actor(VOLUNTEER, person_of(door.hub, "Ana Guerra").id)
    door.shell.go("whats_on")
    for one in door.settle().shell.screen._rows:
        door.app.desk.ask(cancel_event, CancelEvent(one.event, one.day, ana)).result(10)
    off = next(iter(door.tongue.of("Cancelled")))
    door.settle().picture("rows-off")
    while True:
        assert not [
            row for row in rows(door) if row.problems or not any(off in text for text in row.whole)
        ]
        if not door.can("More"):
            break
        door.tap("More").audit().picture("rows-off-last")


def rows(door):
    """The rows of a sheet: what each says, and what in it leaves it or lies over something."""
    from kiosk.screens.notices.rows import SheetRow

    for row in seeing.shown(door.shell.stage):
        if isinstance(row, SheetRow):
            parts = [(seeing.words_on(w) or type(w).__name__, box) for w, box in inked(row)]
            least, most = row.x + row.padding[0] - 1, row.right - row.padding[2] + 1
            beyond = [name for name, (x, _y, wide, _) in parts if x < least or x + wide > most]
            over = [
                (a, b)
                for (a, one), (b, other) in combinations(parts, 2)
                if audit._cross(one, other, by_px=12)  # a sign has air at its edges
            ]
            whole = [part.text for part, _ in inked(row) if whole_text(part)]
            yield SimpleNamespace(whole=whole, problems=beyond + over)


def whole_text(part) -> bool:
    """Whether something is a text that ends in no dots."""
    return seeing.is_text(part) and part.natural_width() <= part.width + 1


def inked(row):
    """The texts and signs of a row, and where their ink is."""
    for part in seeing.shown(row):
        if seeing.is_text(part) and part.text:
            yield part, audit._letters_box(part)
        elif type(part).__name__ in audit.SIGNS:
            yield part, seeing.box_of(part)


def test_an_urgent_notice_says_in_full_when_it_was_last_known(door):
    FarServer(door, waiting(trouble="no_network"))
    door.shell.go("notice", notice=urgent_now(door.hub, door.app.time.now())[0].id)
    door.settle().audit().picture("notice-urgent-offline")
    pages = list(door.texts())
    while door.shell.screen._page + 1 < door.shell.screen._pages:
        door.tap("More")
        pages += door.texts()
    assert any("09:10" in text for text in pages), pages
