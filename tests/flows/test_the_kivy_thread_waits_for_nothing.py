"""No touch may wait for a disk, a socket, a port or a lock that somebody holds meanwhile."""

import json
import sqlite3
import sys
import threading
from pathlib import Path

import pytest

pytestmark = pytest.mark.one_form

WAITS = (
    "open", "sqlite3.", "socket.", "subprocess.", "shutil.", "tempfile.", "glob.", "os.listdir",
    "os.scandir", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.system",
)  # fmt: skip
DOOR = ("/kiosk/", "/sync/", "/kivy/")


class Watch:
    """Notes what the thread that draws asks of the system while it is on."""

    def __init__(self):
        self.on, self.seen = False, []

    def heard(self, event, args):
        """An audit event of Python's, on any thread (PEP 578: a hook stays for good)."""
        if not self.on or threading.current_thread() is not threading.main_thread():
            return
        if event.startswith(WAITS):
            self.note(f"{event} {args[:1]}")

    def called(self, frame, event, arg):
        """A C function is called: those of SQLite ask the disk, whatever file is open."""
        if event == "c_call" and self.on:
            owner = type(getattr(arg, "__self__", None)).__module__
            if owner in ("sqlite3", "_sqlite3", "_socket", "select"):
                self.note(f"{owner}.{arg.__name__}")

    def note(self, what):
        """Keep what was asked where the door or Kivy asked it, not a test that looks at it."""
        frame = sys._getframe(2)
        while frame is not None and "/tests/" not in frame.f_code.co_filename:
            if any(room in frame.f_code.co_filename for room in DOOR):
                self.seen.append(f"{what} by {frame.f_code.co_filename}:{frame.f_lineno}")
                return
            frame = frame.f_back


WATCH = Watch()
sys.addaudithook(WATCH.heard)


@pytest.fixture
def watch():
    """Watches between ``watch.on = True`` and the end of the test."""
    WATCH.seen = []
    sys.setprofile(WATCH.called)
    yield WATCH
    WATCH.on = False
    sys.setprofile(None)


def tour(door):
    """Every screen that can be opened without knowing more, by touch where all forms have one."""
    for name in ("notices", "rooms", "rollcall", "whats_on", "here"):
        door.shell.go(name)
        door.settle()
        door.shell.switch_language()
        door.settle()
        door.tap("Back")
        door.shell.rest()
        door.settle()


def warm(door):
    """Pages are read soon after the start; that is over before anybody comes."""
    door.app.warming.finish()


def test_a_touch_asks_neither_disk_nor_socket(door, watch):
    warm(door)
    watch.on = True
    tour(door)
    watch.on = False
    assert not watch.seen, "\n".join(watch.seen)


def test_the_watch_sees_what_it_must(watch, tmp_path):
    file = tmp_path / "a"
    db = sqlite3.connect(tmp_path / "db")
    watch.on = True
    frame = compile("db.execute('select 1'); open(file, 'w').close()", "/kiosk/x.py", "exec")
    exec(frame, {"db": db, "file": file})
    watch.on = False
    db.close()
    assert [seen.split()[0] for seen in watch.seen] == ["sqlite3.execute", "open"]


def test_a_card_is_greeted_without_the_screens_thread_waiting_for_the_disk(door, watch):
    warm(door)
    sample = json.loads(Path("assets/sample/la_ronda.json").read_text("utf-8"))
    uid = next(p["card_uid"] for p in sample["people"] if p.get("card_uid"))
    watch.on = True
    door.app.loop.call(lambda: door.shell.card(uid))
    door.settle()
    watch.on = False
    assert watch.seen == []
    assert door.at != "rest"


def test_a_disk_that_hangs_stops_no_screen(door, monkeypatch):
    hung, may_go_on = threading.Event(), threading.Event()
    commit = door.app.store.commit

    def hanging(*args, **facts):
        hung.set()
        assert may_go_on.wait(20)
        return commit(*args, **facts)

    monkeypatch.setattr(door.app.store, "commit", hanging)
    from kiosk.hub.sign_in import JustCount, just_count

    door.app.desk.ask(just_count, JustCount(2, 0))
    door._asked.clear()
    try:
        assert hung.wait(5)
        tour(door)
    finally:
        may_go_on.set()
    door.settle()
    assert door.at == "rest"
