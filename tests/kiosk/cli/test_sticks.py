"""Sticks from the key on paper to a door that knows everybody again, by real encryption in files."""

import errno
import io
import os
import signal
import stat
import sys
from queue import Queue

import pytest

from kiosk.cli.backup_stick import ENDS
from kiosk.cli.opened import hub_in, store_in
from kiosk.cli.stick_ended import news_of
from kiosk.cli.stick_key import PAPER_NAME
from kiosk.config import Place, read
from kiosk.hardware.stick_news import NEWS, StickNews
from kiosk.paper.documents import backup_key
from kiosk.paper.job import pages
from kiosk.paper.sheet import Code, Line
from kiosk.sealing import new_pair, pair_of
from kiosk.stick import KEY_NAME, Files, copies
from kiosk.store import Changes, Write
from kiosk.ui.words import Words

PAIR = new_pair()


@pytest.fixture
def stick(tmp_path):
    made = tmp_path / "stick"
    made.mkdir()
    (made / KEY_NAME).write_text(PAIR.public)
    return made


@pytest.fixture
def door(kiosk, data):
    """A folder of the sample hub that was told the key."""
    assert kiosk("stick-key", "--trust", PAIR.public, "--data", data).code == 0
    return data


@pytest.fixture
def typed(monkeypatch):
    """Type a key where it is asked for."""

    def type_(secret):
        monkeypatch.setattr(sys, "stdin", io.StringIO(f"{secret}\n"))

    type_(PAIR.secret)
    return type_


def names(data):
    return {person.name for person in hub_in(data).people}


def add_person(data, name):
    with store_in(data) as store:
        store.commit(Changes.of(Write("person", "ours", {"name": name})), now_ms=1)


def left_in(data):
    """What lies in a folder; SQLite's own log and memory come with every reader."""
    return {path.name for path in data.iterdir() if not path.name.endswith(("-wal", "-shm"))}


def test_a_copy_from_a_stick_makes_a_new_device_that_knows_everybody_and_their_cards(
    kiosk, door, stick, typed, tmp_path
):
    new, before = tmp_path / "new device", left_in(door)
    assert kiosk("backup-stick", stick, "--data", door).code == 0
    assert left_in(door) == before
    (copy,) = copies(stick)
    assert kiosk("restore-stick", copy, "--data", new).code == 0
    assert names(new) == names(door)
    assert Place(new).key.read_bytes() == Place(door).key.read_bytes()
    assert stat.S_IMODE(Place(new).key.stat().st_mode) == 0o600
    assert read(Place(new)) == read(Place(door))
    assert not Place(new).token.exists()


def test_nothing_on_the_stick_can_be_read(kiosk, door, stick):
    kiosk("backup-stick", stick, "--data", door)
    (copy,) = copies(stick)
    content, key = copy.read_bytes(), Place(door).key.read_bytes()
    assert not [word for word in (b"Ana Guerra", b"SQLite", key) if word in content]


def test_a_copy_is_made_while_the_door_runs(kiosk, door, stick, typed, tmp_path):
    with store_in(door) as store:
        store.commit(Changes.of(Write("person", "ours", {"name": "Just in"})), now_ms=1)
        assert kiosk("backup-stick", stick, "--data", door).code == 0
    kiosk("restore-stick", copies(stick)[0], "--data", tmp_path / "new")
    assert "Just in" in names(tmp_path / "new")


def test_a_door_that_was_only_switched_on_takes_a_copy_and_keeps_its_screen(
    kiosk, door, stick, typed, tmp_path
):
    kiosk("backup-stick", stick, "--data", door)
    new = Place(tmp_path / "new").make()
    new.settings.write_text('size = "800x480"\n')
    new.key.write_text("ab" * 32)
    with store_in(new.data):
        pass
    assert kiosk("restore-stick", copies(stick)[0], "--data", new.data).code == 0
    assert new.key.read_bytes() == Place(door).key.read_bytes()
    assert (read(new).size, read(new).backup_key) == ("800x480", PAIR.public)


def test_records_that_are_there_stay_unless_somebody_said_so(kiosk, door, stick, typed):
    kiosk("backup-stick", stick, "--data", door)
    add_person(door, "Came later")
    said = kiosk("restore-stick", copies(stick)[0], "--data", door)
    assert said.code == 1
    assert "--replace" in said.err
    assert "Came later" in names(door)
    assert kiosk("restore-stick", copies(stick)[0], "--data", door, "--replace").code == 0
    assert "Came later" not in names(door)
    assert len(list(door.glob("hub.db.before-*Z"))) == 1


@pytest.mark.parametrize(
    ("secret", "says"),
    [
        (new_pair().secret, "another key"),
        ("AGE-SECRET-KEY-1QQQ", "look at each letter"),
        ("", "look at each letter"),
    ],
    ids=["another hub's", "half of it", "nothing"],
)
def test_with_another_key_nothing_is_put_in_place(
    kiosk, door, stick, typed, tmp_path, secret, says
):
    kiosk("backup-stick", stick, "--data", door)
    typed(secret)
    said = kiosk("restore-stick", copies(stick)[0], "--data", tmp_path / "new")
    assert said.code == 1
    assert says in said.err
    assert not list((tmp_path / "new").iterdir())


@pytest.mark.parametrize("at", [0, 0.3, 0.99])
def test_a_damaged_copy_changes_nothing(kiosk, door, stick, typed, tmp_path, at):
    kiosk("backup-stick", stick, "--data", door)
    (copy,) = copies(stick)
    content = bytearray(copy.read_bytes())
    content[int(at * len(content))] ^= 1
    copy.write_bytes(content)
    assert kiosk("restore-stick", copy, "--data", tmp_path / "new").code == 1
    assert not list((tmp_path / "new").iterdir())


def test_a_stranger_s_stick_gets_nothing(kiosk, door, stick):
    (stick / KEY_NAME).write_text(new_pair().public)
    said = kiosk("backup-stick", stick, "--data", door)
    assert (said.code, left_in(stick)) == (11, {KEY_NAME})


def test_a_device_that_was_told_no_key_writes_nothing(kiosk, data, stick):
    said = kiosk("backup-stick", stick, "--data", data)
    assert (said.code, left_in(stick)) == (10, {KEY_NAME})


def test_a_new_device_without_records_drives_no_copy_off_a_stick(kiosk, stick, tmp_path):
    new = Place(tmp_path / "new").make()
    kiosk("stick-key", "--trust", PAIR.public, "--data", new.data)
    with store_in(new.data):
        pass
    assert kiosk("backup-stick", stick, "--data", new.data).code == 1
    assert copies(stick) == []


def test_only_a_key_can_be_told(kiosk, data):
    for word in ("hello", PAIR.secret, PAIR.public[:-1]):
        assert kiosk("stick-key", "--trust", word, "--data", data).code == 1
    assert not read(Place(data)).backup_key


def test_a_stick_that_is_pulled_while_it_is_written_leaves_nothing_readable(
    kiosk, door, stick, monkeypatch
):
    def pulled(self, file):
        os.kill(os.getpid(), signal.SIGTERM)

    before = left_in(door)
    monkeypatch.setattr(Files, "sync", pulled)
    assert kiosk("backup-stick", stick, "--data", door).code == 14
    assert copies(stick) == []
    assert left_in(door) == before
    monkeypatch.undo()
    assert kiosk("backup-stick", stick, "--data", door).code == 0
    assert len(list((stick / "hub-copies").iterdir())) == 1


class Ending:
    """A file on a stick that ends in the middle of a copy, in its own way."""

    def __init__(self, file, end):
        self.file, self.end, self.times = file, end, 0

    def __enter__(self):
        return self

    def __exit__(self, *_how):
        self.file.close()

    def write(self, some):
        self.times += 1
        if self.times == 3:
            self.end()
        return self.file.write(some)

    def flush(self):
        self.file.flush()


def system_says(number):
    def end():
        raise OSError(number, os.strerror(number))

    return end


@pytest.mark.parametrize(
    ("end", "code"),
    [
        (system_says(errno.ENOSPC), 12),
        (system_says(errno.EROFS), 13),
        (system_says(errno.EIO), 14),
        (lambda: os.kill(os.getpid(), signal.SIGTERM), 14),
    ],
    ids=["full", "locked", "away", "pulled"],
)
def test_what_ends_a_copy_half_way_is_told_by_its_number_and_nothing_stays(
    kiosk, door, stick, monkeypatch, end, code
):
    before, create = left_in(door), Files.create
    monkeypatch.setattr(Files, "create", lambda self, path: Ending(create(self, path), end))
    assert kiosk("backup-stick", stick, "--data", door).code == code
    assert copies(stick) == []
    assert left_in(door) == before


def test_a_key_is_made_once_and_its_secret_is_on_the_paper_alone(kiosk, tmp_path):
    said = kiosk("stick-key", "--make", tmp_path / "key", "--lang", "es")
    public, paper = tmp_path / "key" / KEY_NAME, tmp_path / "key" / PAPER_NAME
    before = public.read_text()
    assert before.startswith("age1")
    assert paper.read_bytes().startswith(b"%PDF")
    assert stat.S_IMODE(paper.stat().st_mode) == 0o600
    assert "AGE-SECRET" not in said.out + said.err + before
    again = kiosk("stick-key", "--make", tmp_path / "key")
    assert (again.code, public.read_text()) == (1, before)


@pytest.mark.parametrize(
    ("result", "status", "news"),
    [
        ("success", "0", "done"),
        ("exec-condition", "1", ""),
        ("exit-code", "10", "no_key"),
        ("exit-code", "12", "full"),
        ("success", "TERM", "torn"),
        ("exit-code", "14", "torn"),
        ("timeout", "14", "not_done"),
        ("timeout", "0", "not_done"),
        ("exit-code", "1", "not_done"),
        ("exit-code", "", "not_done"),
        ("oom-kill", "KILL", "not_done"),
        ("", "", "not_done"),
    ],
)
def test_only_what_ended_well_is_said_to_be_done(result, status, news):
    assert news_of(result, status) == news


def test_the_door_is_told_that_a_stick_is_written_and_how_it_ended(kiosk, door, stick, monkeypatch):
    told, sticks = Queue(), StickNews(door)
    sticks.start(told.put)
    kiosk("backup-stick", stick, "--data", door)
    for status in ("0", *(str(number) for number, _news in ENDS.values()), "1"):
        monkeypatch.setenv("SERVICE_RESULT", "success" if status == "0" else "exit-code")
        monkeypatch.setenv("EXIT_STATUS", status)
        assert kiosk("stick-ended", "--data", door).code == 0
    heard = [told.get(timeout=10) for _ in range(len(ENDS) + 3)]
    sticks.stop()
    assert heard[:2] == ["writing", "done"] and set(heard) == NEWS


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_paper_holds_the_whole_key_to_scan_and_to_type(lang):
    sheet = backup_key(PAIR.secret, PAIR.public, Words(lang))
    assert [block.text for block in sheet if isinstance(block, Code)] == [PAIR.secret]
    lines = [block.text for block in sheet if isinstance(block, Line) and block.middle]
    assert pair_of("\n".join(lines)) == PAIR
    assert len([*pages(sheet)]) == 1
