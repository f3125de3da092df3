"""It is saved here: whatever there is to say is read whole, above *Undo* and *Done*."""

import datetime as dt

import pytest

from tests.flows.tongue import plain

LATE_SUMMER = dt.date(2026, 9, 16)  # two weeks before the day of the longest name


def _up(door):
    from kiosk.screens.putting_up.view import said_when_up

    large = door.shell.theme.large
    return said_when_up(door.shell.words, LATE_SUMMER, large=large)


def _joined(heads=1, **place):
    def said(door):
        from kiosk.screens.whats_on.view import joined_words
        from sync.records.event_rules import Place

        return joined_words(Place(**place), heads, door.shell.words)

    return said


def _some_stay(door):
    return door.shell.words.say("leaving.goodbye"), door.shell.words.count(
        "leaving.some_stay", 12, time="10:42"
    )


def _by_keys(title, text):
    return lambda door: (door.shell.words.say(title), door.shell.words.say(text))


SAID = {
    "a notice is up": _up,
    "waiting": _joined(state="waiting", nth=12),
    "pencilled": _joined(state="pencilled"),
    "joined": _joined(heads=12, state="in"),
    "some of a group stay": _some_stay,
    "just left": _by_keys("leaving.goodbye", "leaving.just_left"),
    "put back": _by_keys("notice.put_back", "saved.here"),
    "taken down": _by_keys("notice.taken_down", "saved.here"),
}


def _saved(door, title, text):
    """Somebody comes, which can be undone, and this is said of it."""
    from kiosk.hub.sign_in import ComeVisiting, come_visiting

    def told(_done):
        door.shell.go("saved", title=title, text=text)

    door.shell.ask(come_visiting, ComeVisiting(), told)
    door.settle()


@pytest.mark.parametrize("low", [False, True], ids=["usual", "low"])
def test_the_longest_that_is_said_lies_under_no_button(open_door, form, low):
    if form.wall:
        pytest.skip("a door; this process is a wall")
    door = open_door(low=low)
    for name, said in SAID.items():
        title, text = said(door)
        _saved(door, title, text)
        door.settle().picture(f"saved-{name.replace(' ', '-')}{'-low' if low else ''}").audit()
        assert door.can("Undo") and door.can("Done")
        assert {plain(title), plain(text)} <= set(door.texts())
        door.shell.rest()
        door.settle()
