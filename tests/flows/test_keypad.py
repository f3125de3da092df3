"""Five keys instead of a finger: whoever cannot touch the screen gets everywhere."""

from dataclasses import replace
from itertools import pairwise

import pytest

from tests.flows import seeing
from tests.flows.test_every_page import FIRST_DAY, PAGES
from tests.kiosk.paper.receipts import Desk

UP, DOWN, RIGHT, LEFT, ENTER, ESCAPE = 273, 274, 275, 276, 13, 27


def ringed(door):
    """What shows the ring."""
    return [w for w in door._pressed() if has_ring(w)]


def has_ring(widget):
    return getattr(widget, "by_keypad", False) or bool(widget.canvas.after.get_group("keypad"))


def walk_to(door, words):
    """Press arrows until the ring is on what says this."""
    wanted = door.find(words)
    for _ in range(40):
        if ringed(door) == [wanted]:
            return door
        door.press_key(RIGHT)
    raise AssertionError(f"the arrows never came to {words!r}")


def test_no_ring_is_shown_before_a_key_is_pressed(door):
    assert ringed(door) == []


def test_an_arrow_shows_where_one_is_and_a_touch_takes_the_ring_away(door):
    door.press_key(DOWN)
    assert len(ringed(door)) == 1
    door.touch_at(2, 2)
    assert ringed(door) == []


def test_enter_presses_what_the_ring_is_on_and_escape_goes_back(door):
    walk_to(door, "I'm leaving").press_key(ENTER)
    assert door.at == "leaving"
    door.press_key(ESCAPE)
    assert door.at == "rest"


def test_everything_on_the_rest_screen_is_reached_by_arrows(door):
    reached = set()
    for _ in range(40):
        door.press_key(RIGHT)
        reached |= {id(widget) for widget in ringed(door)}
    usable = {id(w) for w in door._pressed() if not w.disabled}
    assert reached == usable


def test_a_reader_that_types_is_a_card_and_no_key(door):
    from tests.flows.people import MARTA, MARTA_CARD, is_here

    for letter in MARTA_CARD:
        door.type_key(letter)
    door.type_key("\r")
    door.settle()
    assert door.at == "saved"
    assert not is_here(door.hub, MARTA, door.app.time.now())


def test_no_key_leads_out_of_the_kiosk(door):
    for key in (27, 282, 283, 285, 292, 293):  # Escape, F1, F2, F4, F11, F12
        door.press_key(key)
    assert door.at == "rest"
    assert door.app.loop is not None
    from kivy.base import EventLoop

    assert not EventLoop.quit


def arrow(door, key):
    """Press an arrow; nothing but the ring moves, so nobody waits for the screen."""
    from kivy.core.window import Window

    Window.dispatch("on_key_down", key, 0, "", [])
    found = ringed(door)
    assert len(found) == 1, f"{len(found)} rings"
    return found[0]


def goes_on(one, other):
    """Whether ``other`` is read after ``one``: to the right in its row, else lower."""
    x, y, _wide, tall = seeing.box_of(one)
    other_x, other_y, _wide, other_tall = seeing.box_of(other)
    beside = min(y + tall, other_y + other_tall) - max(y, other_y)
    lower = other_y + other_tall / 2 < y + tall / 2
    return (beside > 0 and other_x > x) or lower


def walked(door, key):
    """Everything an arrow comes to, in its order, until it is where it began."""
    first = arrow(door, RIGHT)
    found = [first]
    while (here := arrow(door, key)) is not first:
        found.append(here)
        assert len(found) < 200, "the arrow never comes round"
    return found


def test_every_page_is_walked_in_reading_order_and_left_by_escape(door, form):
    if form.lang != "en" and not form.large:
        pytest.skip("words are longer in Spanish, controls are the same")
    missed, disorder, stuck = {}, [], []
    for name, opens in PAGES.items():
        door.shell.leave_page()
        opens(door.settle())
        usable = [w for w in door.settle()._pressed() if not w.disabled]
        may_leave, was = door.shell.dialog is not None or door.can("Back"), door.texts()
        on, back = walked(door, RIGHT), walked(door, LEFT)
        assert back == [on[(1 - n) % len(on)] for n in range(len(on))], name
        if left := [seeing.words_on(w) for w in usable if w not in on]:
            missed[name] = left
        if not all(goes_on(a, b) for a, b in pairwise(on)):
            disorder.append(name)
        if may_leave and door.press_key(ESCAPE).texts() == was:
            stuck.append(name)
        door.shell.focus.clear()
    assert not missed
    assert not disorder
    assert not stuck


def stumbles(door, name):
    """Whether the arrows miss what can be used on this page, or come to it in disorder."""
    usable = [w for w in door.settle()._pressed() if not w.disabled]
    on = walked(door, RIGHT)
    missed = [seeing.words_on(w) for w in usable if w not in on]
    ordered = all(goes_on(a, b) for a, b in pairwise(on))
    door.shell.focus.clear()
    return [f"{name}: {missed or 'in disorder'}"] if missed or not ordered else []


def test_what_a_printer_adds_is_walked_too(open_door, form):
    from tests.flows import test_printing as printing

    if form.wall:
        pytest.skip("nothing is pressed on a wall")
    door = open_door(printer=printing.ON_USB, open_=Desk())
    found = []
    for low in (False, True):
        door.shell.look(low=low)
        for page in printing.PAGES:
            door.shell.rest()
            page(door.settle())
            found += stumbles(door, f"{page.__name__}{' low' if low else ''}")
    assert not found


def test_the_first_day_is_walked_too(open_door, form):
    from kiosk.hardware.discovery import Found
    from kiosk.screens.setup.view import DOOR, NEW, Choices

    if form.wall:
        pytest.skip("the first day is walked at a door")
    door = open_door(sample=False)
    there = [Found("/dev/a", "ttyUSB0", "pn532"), Found("/dev/b", "ttyUSB1", "ld2410")]
    door.shell.around.set_up.discovery._by_path = {one.path: one for one in there}
    found = []
    for step, side in [*((step, "") for step in FIRST_DAY), ("about", "zone")]:
        asked = Choices(step, form.lang, NEW, "La Ronda", ("en", "es"), "Europe/Madrid", DOOR)
        asked = replace(asked, attached=step == "attached", offline=step == "network")
        door.shell.screen.on_open(choices=asked, side=side)
        found += stumbles(door, f"{step} {side}".strip())
    assert not found


def test_a_name_is_spelled_by_keypad_alone(door):
    door.shell.go("here_name")
    door.settle()
    for letter in "OL":
        key = next(w for w in door._pressed() if w.reads == letter and not w.disabled)
        for _ in range(60):
            if arrow(door, RIGHT) is key:
                break
        door.press_key(ENTER)
    assert door.can("Olga P.")
    # The letter pressed last may be none that can follow: the keypad goes on from where it was.
    below = seeing.box_of(arrow(door, DOWN))[1]
    assert below < door.shell.height / 2
    walk_to(door, "Olga P.").press_key(ENTER)
    assert door.at in ("welcome", "agreement")


@pytest.mark.one_form
@pytest.mark.parametrize("key", [ESCAPE, RIGHT])
def test_everybody_out_is_held_no_longer_by_who_went_on(door, key):
    door.shell.go("rollcall")
    walk_to(door.settle(), "Everybody out").press_key(ENTER).press_key(key)
    door.pass_(seconds=4)
    assert door.at != "rollcall_names"
    assert not list(door.hub.rolls)


def test_everybody_out_is_held_until_the_next_enter(door):
    door.shell.go("rollcall")
    walk_to(door.settle(), "Everybody out").press_key(ENTER).pass_(seconds=3.2)
    assert door.at == "rollcall_names"
