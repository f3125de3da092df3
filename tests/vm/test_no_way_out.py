"""No key and no button of a mouse leads out of a door: nothing opens, closes, moves or ends."""

import pytest

from tests.flows.people import MARTA_CARD
from tests.vm.door import differing, until
from tests.vm.hung import Glass, hung
from tests.vm.wayland import LEFT, MIDDLE, RIGHT

KEYS = {
    # What labwc does when nobody tells it anything, and openbox before it.
    "closes": "-M alt -k F4 -m alt",
    "next window": "-M alt -k Tab -m alt",
    "window before": "-M alt -M shift -k Tab -m shift -m alt",
    "menu of the window": "-M alt -k space -m alt",
    "menu of programs": "-M alt -k F3 -m alt",
    "run": "-M alt -k F2 -m alt",
    "hide": "-M alt -k Escape -m alt",
    "terminal": "-M logo -k Return -m logo",
    "files": "-M logo -k e -m logo",
    "maximize": "-M logo -k a -m logo",
    "run a program": "-M logo -k r -m logo",
    "lock": "-M logo -k l -m logo",
    "desktop": "-M logo -k d -m logo",
    "to the left half": "-M logo -k Left -m logo",
    "to the right half": "-M logo -k Right -m logo",
    "up": "-M logo -k Up -m logo",
    "down": "-M logo -k Down -m logo",
    "another desktop": "-M ctrl -M alt -k Right -m alt -m ctrl",
    "logo alone": "-k Super_L",
    "menu": "-k Menu",
    "print": "-k Print",
    "louder": "-k XF86AudioRaiseVolume",
    "darker": "-k XF86MonBrightnessDown",
    "off": "-k XF86PowerOff",
    "sleep": "-k XF86Sleep",
    # What leads to a console.
    "console 1": "-M ctrl -M alt -k F1 -m alt -m ctrl",
    "console 2": "-M ctrl -M alt -k F2 -m alt -m ctrl",
    "console 3, as X says it": "-k XF86Switch_VT_3",
    "ends X": "-M ctrl -M alt -k BackSpace -m alt -m ctrl",
    "restarts": "-M ctrl -M alt -k Delete -m alt -m ctrl",
    "kernel": "-M alt -k Sys_Req -m alt",
    # What Kivy does when nobody tells it anything.
    "leaves Kivy": "-k Escape",
    "settings of Kivy": "-k F1",
    "inspector": "-M ctrl -k e -m ctrl",
    "monitor": "-k F10",
    "full screen": "-k F11",
    "picture of the screen": "-k F12",
    # What programs do.
    "interrupt": "-M ctrl -k c -m ctrl",
    "quit": "-M ctrl -k q -m ctrl",
    "close": "-M ctrl -k w -m ctrl",
    "suspend": "-M ctrl -k z -m ctrl",
    "help": "-M shift -k F1 -m shift",
    "anew": "-k F5",
    "letters": "hello",
}


@pytest.fixture(scope="module")
def screens(installed):
    """A door and a wall that nobody has touched yet."""
    with hung(installed, Glass("1280x800", 256.1)) as made:
        yield made


@pytest.fixture
def hands(screens):
    """Somebody at the rest screen, and whoever is there afterwards finds all as it was."""
    hands = screens.hands.goes_home().is_awake()
    before = state(screens)
    resting = screens.machine.picture(screens.door.output)
    yield hands
    hands.at("rest").is_awake()
    assert state(screens) == before
    assert differing(screens.machine.picture(screens.door.output), resting) < 0.03


def state(screens):
    """Who runs, and which windows there are."""
    windows = screens.machine.at_screen("wlrctl toplevel list state:fullscreen")
    running = screens.machine.run("ps -u kiosk -o pid=,comm= --sort=pid")
    mine = [line.split() for line in running.splitlines()]
    ours = [words for words in mine if words[1] in {"labwc", "Xwayland", "kiosk"}]
    return ours, sorted(windows.splitlines()), screens.hands.look()["window"]


def test_a_reader_that_types_is_heard_though_nobody_touched_the_door_since_it_started(screens):
    known = screens.door.written("visit")
    screens.hands.open_eyes()
    screens.hands.keys(f"{MARTA_CARD} -k Return")
    until(lambda: screens.door.written("visit") != known, 30, "the card is known")
    screens.hands.goes_home()


def test_a_key_is_heard_at_the_door_though_the_wall_started_last_and_is_touched(screens):
    hands = screens.hands.goes_home()
    screens.machine.run(f"systemctl restart {screens.wall.unit}")
    screens.wall.rests()
    hands.hears()
    left, top = screens.machine.place_of(screens.wall.output)
    hands.mouse.move(left + 300, top + 300)
    hands.mouse.press()
    hands.mouse.release()
    hands.hears()


@pytest.mark.parametrize("name", KEYS)
def test_a_key_does_nothing(hands, name):
    hands.keys(KEYS[name])


@pytest.mark.parametrize("button", [RIGHT, MIDDLE], ids=["right", "middle"])
def test_another_button_opens_nothing(hands, button):
    hands.click(*hands.empty(), button).click(*hands.empty(), button)


def test_two_clicks_in_a_row_change_no_window(hands):
    hands.click(*hands.empty()).click(*hands.empty())


def test_a_wheel_changes_nothing(screens, hands):
    for x, y in (hands.empty(), middle(hands.find("I'm here")), middle(hands.find("All rooms"))):
        hands.point(x, y)
        for notches in (1, -1, 3, -3):
            hands.mouse.scroll(notches)


@pytest.mark.parametrize(
    ("held", "button"), [("", LEFT), ("alt", LEFT), ("alt", RIGHT)], ids=["drag", "move", "resize"]
)
def test_a_drag_moves_no_window(hands, held, button):
    if held:
        hands.holds(held)
    x, y = hands.empty()
    before = hands.point(x, y).look()["touches"]
    hands.mouse.press(button)  # of what comes in one frame Kivy knows only the last place
    hands.comes(lambda seen: seen["touches"] > before, "a touch begins")
    for step in range(1, 9):
        hands.point(x + 20 * step, y + 10 * step)
    hands.mouse.release(button)
    hands.lets_go()


def test_the_desk_under_a_door_that_starts_anew_has_no_menu(screens):
    machine, hands = screens.machine, screens.hands.goes_home().is_awake()
    machine.run(f"systemctl stop {screens.door.unit}")
    try:
        for button in (LEFT, RIGHT, MIDDLE):
            hands.click(400, 300, button)
            for words in ("-k Menu", "-M alt -k space -m alt", "-M logo -k Return -m logo"):
                hands.keys(words)
            shown = machine.picture(screens.door.output, "-c")
            assert len(shown.getcolors(16) or "many") == 1
    finally:
        machine.run(f"systemctl start {screens.door.unit}")
        screens.door.rests()


def test_a_keyboard_at_the_door_has_no_key_for_another_console_nor_one_that_ends_x(screens):
    """Of a real one labwc asks this library for the keys; here none can be plugged in."""
    script = (
        "import ctypes; x = ctypes.CDLL('libxkbcommon.so.0');"
        "x.xkb_context_new.restype = x.xkb_keymap_new_from_names.restype = ctypes.c_void_p;"
        "x.xkb_keymap_get_as_string.restype = ctypes.c_char_p;"
        "keys = x.xkb_keymap_new_from_names(ctypes.c_void_p(x.xkb_context_new(0)), None, 0);"
        "print(x.xkb_keymap_get_as_string(ctypes.c_void_p(keys), 1).decode())"
    )
    told = "$(systemctl show --value --property Environment kiosk-screen.service)"
    keys = screens.machine.run(f'env {told} python3 -c "{script}"').partition("xkb_symbols")[2]
    assert "F1" in keys
    assert "XF86Switch_VT" not in keys
    assert "Terminate_Server" not in keys  # X would end


def test_logind_does_nothing_for_any_key_or_lid(screens):
    """It reads every keyboard by itself: one key would restart the machine."""
    where = "org.freedesktop.login1 /org/freedesktop/login1 org.freedesktop.login1.Manager"
    said = [line.split() for line in screens.machine.run(f"busctl introspect {where}").splitlines()]
    acts = {words[0]: words[3] for words in said if words[0].startswith(".Handle")}
    assert len(acts) > 8
    assert set(acts.values()) <= {'"ignore"', '""', '"secure-attention-key"'}  # that is only said


def middle(thing):
    """The middle of something on the screen."""
    left, top, width, height = thing["box"]
    return left + width / 2, top + height / 2
