"""When something is wrong the door stays calm: it says what happened and what is safe."""

import pytest

from kiosk.hub.presence import heads_at


def test_a_full_disk_is_said_and_nothing_is_pretended(door):
    from kiosk.store.errors import StoreFull

    def full(*_args, **_facts):
        raise StoreFull

    before = heads_at(door.hub, door.app.time.now())
    door.app.desk._store = _Full(door.app.desk._store, full)
    door.tap("I'm here").tap("Just count me").audit()
    assert door.shell.dialog is not None
    assert door.at != "welcome"
    assert heads_at(door.hub, door.app.time.now()) == before


class _Full:
    """A store whose disk is full: it still answers, and keeps nothing new."""

    def __init__(self, store, commit):
        self._store, self.commit = store, commit

    def __getattr__(self, name):
        return getattr(self._store, name)


def _damaged(place):
    """Overwrite the middle of the store, as a card that is wearing out does."""
    whole = bytearray(place.store.read_bytes())
    middle = len(whole) // 2
    whole[middle : middle + 8192] = bytes(8192)
    place.store.write_bytes(whole)


def test_a_wall_says_so_for_a_minute_and_nothing_stays_before_it(open_door, form):
    if not form.wall and form.name != "1280x800-en":
        pytest.skip("walls are 1920x1080, or 1280x800 for a demonstration")
    wall = open_door(mode="wall", large=False, spoil=_damaged)
    assert wall.shell.dialog is None
    said = wall.shell.told.children[0].text
    assert said == wall.shell.words.say(wall.app.store.opened.sentence)
    wall.audit().picture("wall-mended").pass_(seconds=61)
    assert not wall.shell.told.children


def test_a_damaged_store_is_said_when_the_door_opens_and_the_door_works(open_door, form):
    if form.wall:
        pytest.skip("the wall has nobody to tap All right")
    door = open_door(spoil=_damaged)
    assert door.shell.dialog is not None
    door.audit().tap("All right")
    assert door.shell.dialog is None
    assert door.at in ("rest", "setup")
