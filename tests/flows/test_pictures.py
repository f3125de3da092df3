"""A notice with a picture: drawn where the file is here; a broken one loses only its own place."""

import pytest

from tests.kiosk.test_pictures import png

NAME = "a" * 64


@pytest.fixture
def pictured(open_door, form):
    """A board whose first notice of all has a picture, and how to open its page."""
    from kiosk.hub.actor import VOLUNTEER, Actor
    from kiosk.hub.notices import Publish, publish
    from kiosk.picture_files import PictureFiles
    from tests.flows.people import person_of

    def open_(data):
        door = open_door(at="2026-11-27 10:42")
        files = PictureFiles(door.app.place.pictures)
        if data is not None:
            assert files.keep(NAME, png(160, 90))
            files.path(NAME).write_bytes(data)
        ana = Actor(VOLUNTEER, person_of(door.hub, "Ana Guerra").id)
        swap = Publish(
            by=ana, kind="news", title={"en": "Seed swap"}, first_lang="en", picture=NAME, pin=2
        )
        notice = door.app.desk.ask(publish, swap).result(10).result
        door.settle()
        if form.wall:
            while door.shell.screen.turn.kind != "notices":
                door.shell.screen.next_page()
        else:
            door.shell.go("notice", notice=notice)
        return door.settle()

    return open_


def drawn(door):
    from kiosk.ui.widgets_picture import Picture

    return [one for one in door.shell.walk() if isinstance(one, Picture) and one.texture]


def test_a_picture_is_drawn_beside_its_words(pictured, form):
    door = pictured(png(160, 90))
    door.frames.until(lambda: drawn(door) or form.large, "the picture to be unpacked")
    if form.large:  # words first: the picture has a page to itself
        door.frames.until(lambda: door.can("Next page") or door.can("More"), "its page")
    door.audit().picture("notice-pictured")
    assert door.reads("Seed swap")


@pytest.mark.parametrize("data", [None, png(160, 90)[:60], b"no picture"])
def test_a_missing_or_broken_picture_loses_only_its_own_place(pictured, data):
    door = pictured(data)
    door.pass_(seconds=1).audit()
    assert door.reads("Seed swap")
    assert not drawn(door)
