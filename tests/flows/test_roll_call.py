"""Roll call: numbers for anybody, names for whoever gets everybody out."""

import pytest

from kiosk.config import PrinterFacts
from tests.flows.people import INES, at_work, person_of
from tests.kiosk.paper.receipts import Desk


def test_numbers_show_with_one_tap(door):
    door.shell.go("rollcall")
    door.settle().picture("rollcall-numbers").audit()


def test_holding_everybody_out_for_three_seconds_shows_names_for_half_an_hour(door):
    door.shell.go("rollcall")
    door.settle().hold("Everybody out", seconds=3.2)
    assert door.at == "rollcall_names"
    door.picture("rollcall-names").audit()


def test_somebody_is_ticked_off_with_one_tap_and_a_second_ticks_nobody_else(door):
    door.shell.go("rollcall")
    door.settle().hold("Everybody out", seconds=3.2)
    place = door._aim(door.find("Luis O."))
    door.tap("Luis O.").touch_at(*place).audit()
    assert door.reads("1 of 16")
    assert door.at == "rollcall_names"


def test_who_is_missing_stands_first_again_on_the_first_page(door):
    door.shell.go("rollcall")
    door.settle().hold("Everybody out", seconds=3.2)
    door.tap("Luis O.")
    page = door.shell.screen
    assert page._shown_rows[-1].name != "Luis O."
    page._turn(0)
    assert page._shown_rows[-1].name == "Luis O."


def test_in_low_reach_two_are_on_a_page_at_least(door):
    door.shell.look(low=True)
    door.shell.go("rollcall")
    door.settle().hold("Everybody out", seconds=3.2).audit().picture("low-names")
    assert door.can("Luis O.")
    assert door.can("Marta R.")


def test_letting_go_before_three_seconds_opens_nothing(door):
    door.shell.go("rollcall")
    door.settle().hold("Everybody out", seconds=2)
    assert door.at == "rollcall"


def test_names_are_not_for_everybody(door):
    door.shell.go("rollcall")
    door.settle().tap("Names").audit()
    assert door.at == "volunteer_enter"
    assert not door.reads("Luis O.")


def test_that_names_were_opened_is_recorded(door):
    door.shell.go("rollcall")
    door.settle().hold("Everybody out", seconds=3.2)
    assert len(list(door.after_power_cut().rolls)) == 1


def test_every_page_of_names_can_be_read(door):
    door.shell.go("rollcall")
    door.settle().hold("Everybody out", seconds=3.2)
    for _ in range(4):
        more = [w for w in ("Next", "More") if door.can(w)]
        if not more:
            break
        door.tap(more[0]).audit()


def test_a_hundred_of_a_full_house_are_read_beside_what_turns_the_page(door):
    from kiosk.hub.actor import VOLUNTEER, Actor
    from kiosk.hub.roll_call import Tick, tick
    from kiosk.hub.sign_in import ComeTogether, come_together

    for _ in range(4):
        door.app.desk.ask(come_together, ComeTogether(grown_ups=25)).result(10)
    door.shell.go("rollcall")
    door.settle().hold("Everybody out", seconds=3.2)
    ines = Actor(VOLUNTEER, person_of(door.hub, INES).id)
    for one in [row for row in door.shell.screen._rows if row.heads == 25]:
        door.app.desk.ask(tick, Tick(one.visit, ines)).result(10)
    door.settle().picture("rollcall-hundred").audit()
    assert door.reads("100 of 116") or door.reads("100/116")
    page = door.shell.screen
    beside = [act for act in (page.more, page.next) if act.parent and act.y < page.count.center_y]
    assert all(act.x >= page.count.right or act.top <= page.count.y for act in beside)


@pytest.mark.parametrize("printer", [None, PrinterFacts(at="usb:0416:5011")], ids=["", "paper"])
def test_a_volunteer_of_a_long_name_reads_the_names_under_one_line(open_door, form, printer):
    if form.wall:
        pytest.skip("a door; this process is a wall")
    door = open_door(printer=printer, open_=Desk()) if printer else open_door()
    from kiosk.hub.actor import VOLUNTEER, Actor
    from kiosk.hub.people import ChangePerson, change_person

    ines = person_of(door.hub, INES).id
    ask = ChangePerson(ines, name="Maximiliana Etxeberria", by=Actor(VOLUNTEER, ines))
    door.app.desk.ask(change_person, ask).result(10)
    at_work(door, "Maximiliana Etxeberria", "rollcall_names")
    door.picture(f"rollcall-long-name{'-paper' if printer else ''}").audit()
    assert any("min" in text for text in door.texts())
