"""Pictures on this device: the folder, what fetches them, what unpacks them for the screen."""

import struct
import threading
import zlib
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from kiosk.hub.pictures import Tries
from kiosk.picture_fetching import PictureFetching
from kiosk.picture_files import LONGEST_SIDE_PX, MAX_BYTES, PictureFiles, measured

NAME = "a" * 64
NOW = datetime(2026, 11, 23, 9, 42, tzinfo=UTC)


def png(width=2, height=3):
    """A whole picture of one colour."""

    def chunk(kind, data):
        whole = kind + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + b"\x20\x60\x40" * width for _ in range(height)))
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", rows), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


JPEG = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08\x00\x05\x00\x07" + b"\0" * 12


def test_a_picture_says_how_large_it_is():
    found = [measured(png()), measured(JPEG)]
    assert [(one.ending, one.width_px, one.height_px) for one in found] == [
        ("png", 2, 3),
        ("jpg", 7, 5),
    ]


@pytest.mark.parametrize(
    "data",
    [b"", b"GIF89a", png()[:20], JPEG[:9], b"\xff\xd8\xff\xe0\xff\xff", png(LONGEST_SIDE_PX + 1, 1),
     png(0, 4), png() + b"\0" * MAX_BYTES],
    ids=["empty", "another kind", "cut png", "cut jpeg", "lying jpeg", "too wide", "no width",
         "too large"],
)  # fmt: skip
def test_what_cannot_be_drawn_is_not_kept(tmp_path, data):
    files = PictureFiles(tmp_path / "pictures")
    assert not files.keep(NAME, data)
    assert files.names() == ()


def test_a_picture_is_kept_found_and_removed(tmp_path):
    files = PictureFiles(tmp_path / "pictures")
    assert files.keep(NAME, png())
    assert (files.names(), files.path(NAME).read_bytes()) == ((NAME,), png())
    files.drop(NAME)
    assert (files.names(), files.path(NAME)) == ((), None)


class Board:
    """A device whose board shows one picture, and a server that has ``there``."""

    def __init__(self, folder, monkeypatch, there):
        self.asked, self.there, self.ms, self.came = [], there, 0, 0
        self.needed = (NAME,)
        monkeypatch.setattr("kiosk.picture_fetching.needed", lambda _hub, _now: self.needed)
        self.files = PictureFiles(folder)
        self.fetching = PictureFetching(
            self.files,
            self._fetch,
            hub=SimpleNamespace,
            now=lambda: NOW,
            now_ms=lambda: self.ms,
            changed=self._changed,
        )

    def _fetch(self, name):
        self.asked.append(name)
        return self.there.get(name)

    def _changed(self):
        self.came += 1


def test_a_picture_that_lacks_is_fetched_once_and_removed_when_nobody_needs_it(
    tmp_path, monkeypatch
):
    board = Board(tmp_path / "pictures", monkeypatch, {NAME: png()})
    board.fetching.look()
    board.fetching.look()
    assert (board.asked, board.files.names(), board.came) == ([NAME], (NAME,), 1)
    board.needed = ()
    board.fetching.look()
    assert board.files.names() == ()


def test_a_server_without_it_is_not_asked_again_at_once(tmp_path, monkeypatch):
    board = Board(tmp_path / "pictures", monkeypatch, {})
    board.fetching.look()
    board.fetching.look()
    assert board.asked == [NAME]
    board.ms = Tries().after_failure(0).not_before_ms
    board.there = {NAME: png()}
    board.fetching.look()
    assert (board.asked, board.came) == ([NAME, NAME], 1)


def test_fetching_ends_when_it_is_told_to(tmp_path, monkeypatch):
    board = Board(tmp_path / "pictures", monkeypatch, {NAME: png()})
    looked = threading.Event()
    board.fetching._changed = looked.set
    board.fetching.start()
    assert looked.wait(20)
    board.fetching.close()
    thread = next((t for t in threading.enumerate() if t.name == "pictures"), None)
    if thread is not None:
        thread.join(20)
        assert not thread.is_alive()
