"""A stick, wherever it is torn out: what has a copy's name is whole, and the next time goes well."""

import errno
import os
import subprocess
from itertools import count

import pytest

from kiosk.stick import (
    FOLDER,
    KEPT,
    KEY_NAME,
    Files,
    NoKeyHere,
    StickFull,
    StickGone,
    StickLocked,
    Stranger,
    checked_key,
    copies,
    write_copy,
)

OURS = "age1" + "q" * 58
COPY = b"sealed " * 300_000
NOON_MS = 1_795_953_600_000
DAY_MS = 86_400_000


@pytest.fixture
def stick(tmp_path):
    made = tmp_path / "stick"
    made.mkdir()
    (made / KEY_NAME).write_text(OURS + "\n")
    (made / "holiday.jpg").write_bytes(b"somebody's own")
    return made


def whole(into):
    for at in range(0, len(COPY), 65_536):
        into.write(COPY[at : at + 65_536])


def written(stick, day=0, medium=None):
    return write_copy(stick, whole, NOON_MS + day * DAY_MS, medium)


def names(stick):
    return sorted(str(path.relative_to(stick)) for path in stick.rglob("*") if path.is_file())


class TornOut(BaseException):
    """Nothing of the program runs on after it."""


class Torn(Files):
    """A stick that comes out before its nth act; what it had not confirmed is not all there."""

    def __init__(self, at):
        self.left, self.unsure = at, set()

    def act(self):
        self.left -= 1
        if self.left < 0:
            for path in self.unsure:
                if path.exists():
                    os.truncate(path, path.stat().st_size // 2)
            raise TornOut

    def create(self, path):
        self.act()
        self.unsure.add(path)
        return super().create(path)

    def sync(self, file):
        self.act()
        super().sync(file)
        self.unsure.clear()

    def sync_names(self, folder):
        self.act()

    def rename(self, path, target):
        self.act()
        if path in self.unsure:
            self.unsure = {target}
        super().rename(path, target)

    def remove(self, path):
        self.act()
        super().remove(path)

    def parts(self, path):
        self.act()
        return super().parts(path)


def test_a_stick_torn_out_at_any_moment_holds_whole_copies_and_goes_well_the_next_time(stick):
    for day in range(KEPT):
        written(stick, day)
    for nth in count():
        try:
            written(stick, KEPT + nth, Torn(nth))
        except TornOut:
            assert len(copies(stick)) >= KEPT
        else:
            break
        assert {path.read_bytes() for path in copies(stick)} == {COPY}
        if nth == 1:
            assert any(name.endswith(".part") for name in names(stick))
    assert nth > 6
    written(stick, 100)
    assert len(copies(stick)) == KEPT
    assert not any(name.endswith(".part") for name in names(stick))


def test_old_copies_go_the_one_just_written_and_what_is_not_ours_stay(stick):
    for day in range(KEPT + 3):
        newest = written(stick, day)
    assert copies(stick)[0] == newest
    assert len(copies(stick)) == KEPT
    assert {KEY_NAME, "holiday.jpg"} <= set(names(stick))


def test_a_copy_of_a_device_that_does_not_know_the_time_is_not_let_go_of_at_once(stick):
    for day in range(1, KEPT + 2):
        written(stick, day)
    assert written(stick, -20_000) in copies(stick)


class Ends(Files):
    """A stick on which writing ends as the system says."""

    def __init__(self, number):
        self.number = number

    def create(self, path):
        return _Ends(super().create(path), self.number)


class _Ends:
    def __init__(self, file, number):
        self.file, self.number = file, number

    def __enter__(self):
        return self

    def __exit__(self, *_how):
        self.file.close()

    def write(self, some):
        if self.file.tell() > len(COPY) // 2:
            raise OSError(self.number, os.strerror(self.number))
        return self.file.write(some)


@pytest.mark.parametrize(
    ("number", "why"),
    [(errno.ENOSPC, StickFull), (errno.EROFS, StickLocked), (errno.EIO, StickGone)],
)
def test_a_stick_that_takes_no_more_says_why_and_keeps_what_it_had(stick, number, why):
    before = written(stick)
    with pytest.raises(why):
        written(stick, 1, Ends(number))
    assert copies(stick) == [before]
    written(stick, 2)
    assert len(copies(stick)) == 2


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may make a small stick")
def test_a_really_full_stick_says_so(stick):
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "stick", stick], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("nothing may be mounted here")
    try:
        with pytest.raises(StickFull):
            written(stick)
        assert copies(stick) == []
    finally:
        subprocess.run(["umount", stick], check=True)


def test_a_stick_that_gives_back_something_else_is_not_believed(stick):
    class Fake(Files):
        def parts(self, path):
            yield COPY[:-1] + b"?"

    with pytest.raises(StickGone):
        written(stick, medium=Fake())
    assert copies(stick) == []


def test_a_stick_without_the_hub_s_key_is_a_stranger(stick):
    checked_key(stick, OURS)
    (stick / KEY_NAME).write_text("age1" + "p" * 58)
    with pytest.raises(Stranger):
        checked_key(stick, OURS)


def test_a_stick_that_carries_no_key_is_there_and_says_so(stick):
    (stick / KEY_NAME).unlink()
    with pytest.raises(Stranger, match="carries no hub-backup.key"):
        checked_key(stick, OURS)
    with pytest.raises(StickGone):
        checked_key(stick / "nothing", OURS)


@pytest.mark.parametrize(
    "carried", [b"", b"\xff\xfe" * 90, OURS.encode() + b"\nage1other", b"x" * 9999]
)
def test_what_is_no_key_is_a_stranger_s(stick, carried):
    (stick / KEY_NAME).write_bytes(carried)
    with pytest.raises(Stranger):
        checked_key(stick, OURS)


def test_a_device_that_was_told_no_key_writes_to_no_stick(stick):
    with pytest.raises(NoKeyHere):
        checked_key(stick, "")


def test_a_copy_s_name_is_one_that_every_stick_can_hold(stick):
    assert written(stick).relative_to(stick).as_posix() == (
        f"{FOLDER}/hub-20261129T120000-000Z.tar.age"
    )
