"""Roll call: numbers for anybody, names for whoever gets everybody out."""


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
