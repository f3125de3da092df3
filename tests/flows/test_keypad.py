"""Five keys instead of a finger: whoever cannot touch the screen gets everywhere."""

RIGHT, DOWN, ENTER, ESCAPE = 275, 274, 13, 27


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
