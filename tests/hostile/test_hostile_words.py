"""Whatever a name, a notice, a room is called: every page is drawn, and nothing is cut off."""

import datetime as dt
from uuid import NAMESPACE_URL, uuid5

import pytest

from sync.clock import Reading
from sync.merge import Version, record
from sync.records import flat, rule_of
from sync.records.event import Event
from sync.records.notice import Notice
from sync.records.person import Person
from sync.records.room import Room
from sync.records.visit import Visit
from tests.hostile.texts import TEXTS

pytestmark = pytest.mark.slow  # every page, for every kind of word
NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
TODAY = NOW.date()
ELSEWHERE = "0badc0de"


def id_of(what):
    return str(uuid5(NAMESPACE_URL, f"hostile {what}"))


def sent(one):
    """A record as another node sends it: nobody asked whether its words are fit to be shown."""
    stamp = str(Reading(int(NOW.timestamp() * 1000), 0, ELSEWHERE))
    fields = {n: Version(rule_of(one.KIND, n), stamp, value) for n, value in flat(one).items()}
    return record(one.KIND, one.id, fields)


def everything_called(text):
    """One of each kind with words, all with these."""
    words = {"en": text, "es": text}
    days = {"first_day": TODAY, "last_day": TODAY + dt.timedelta(days=3)}
    person, room = id_of("person"), id_of("room")
    return [
        Person(id=person, name=text, known_as=text[:5000], kind="member", wall_ok=True),
        Visit(id=id_of("visit"), how="card", person=person, came_at=NOW, grown_ups=1, wall_ok=True),
        Visit(id=id_of("guest"), how="visitor", name=text, came_at=NOW, reason=text, tag=text),
        Room(id=room, name=words, short=words, note=words, order=-1),
        Notice(id=id_of("urgent"), kind="urgent", title=words, body=words, by_name=text, **days),
        Notice(id=id_of("news"), title=words, body=words, owner=person, pin=2, **days),
        Notice(id=id_of("bare"), kind="offer", body=words, by_name=text, first_lang=text, **days),
        Event(
            id=id_of("event"),
            title=words,
            about=words,
            host=person,
            room=room,
            starts=dt.datetime(2026, 11, 23, 18, 0),
            minutes=60,
        ),
    ]


def tell(door, records):
    """Let records arrive as from a server."""
    store = door.app.store
    door.app.desk.do(lambda: store.merge([sent(one) for one in records])).result(10)
    door.shell.refresh()
    return door.settle()


PAGES = (
    ("rest", {}),
    ("notices", {}),
    ("notice", {"notice": id_of("urgent")}),
    ("notice", {"notice": id_of("bare")}),
    ("whats_on", {}),
    ("event", {"event": id_of("event"), "day": TODAY.isoformat()}),
    ("rooms", {}),
    ("room", {"room": id_of("room")}),
    ("rollcall", {}),
    ("leaving", {}),
    ("here", {}),
)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_every_page_of_the_door_is_drawn_whatever_things_are_called(door, text):
    tell(door, everything_called(text))
    for name, facts in PAGES:
        door.shell.go(name, **facts) if name != "rest" else door.shell.rest()
        door.settle()
        assert door.at == name
        assert door.texts()


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_every_page_of_the_wall_is_drawn_whatever_things_are_called(open_door, text):
    wall = open_door(mode="wall")
    tell(wall, everything_called(text))
    for _ in range(6):
        wall.pass_(seconds=13)
        assert wall.at == "wall"
        assert wall.texts()


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_no_word_of_a_notice_leaves_the_screen(door, text):
    tell(door, everything_called(text))
    for name, facts in (("notices", {}), ("notice", {"notice": id_of("news")})):
        door.shell.go(name, **facts)
        door.settle()
        door.audit()


def test_ten_thousand_letters_are_read_page_by_page(door):
    text = TEXTS["ten thousand words"]
    tell(door, everything_called(text))
    door.shell.go("notice", notice=id_of("news"))
    door.settle()
    screen = door.shell.screen
    pages = screen._text.pages
    assert len(pages) > 5
    assert " ".join(pages).split() == f"{text} {text}".split()


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_an_unknown_word_is_kept_as_it_came(door, text):
    tell(door, everything_called(text))
    body = door.app.store.tables()["notice"][id_of("news")].body
    assert body["fields"]["title.en"] == text
