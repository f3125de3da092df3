"""A disk that forgets what was not synced, under the store by way of apsw's file system (VFS).

Every write, truncation, sync and deletion is counted; at the chosen one the power goes: it and
everything after it fails, and what the platter holds is what was synced, plus whatever part of
the unsynced writes the disk had got round to (none, all, or some by the dice: a disk may write
in any order, and tear a write at a sector). sqlite.org/atomiccommit.html, "hardware assumptions".
"""

import sqlite3
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from random import Random

import apsw

SECTOR = 512
_names = count(1)


class PowerCut(Exception):
    """The power is gone."""


@dataclass
class Platter:
    """One file: what it reads as, what would be left of it, and the writes in between."""

    now: bytearray = field(default_factory=bytearray)
    synced: bytes = b""
    unsynced: list[tuple[int, bytes]] = field(default_factory=list)
    """Offset and bytes; a truncation is its offset and no bytes."""

    def write(self, offset, data):
        self.unsynced.append((offset, data))
        _apply(self.now, offset, data)

    def sync(self):
        self.synced, self.unsynced = bytes(self.now), []

    def left(self, kept):
        """What is there when the power comes back, of the unsynced writes those that were kept."""
        content = bytearray(self.synced)
        for offset, data in kept(self.unsynced):
            _apply(content, offset, data)
        return bytes(content)


def _apply(content, offset, data):
    if not data:
        del content[offset:]
        return
    content.extend(bytes(max(0, offset - len(content))))
    content[offset : offset + len(data)] = data


def none_of(writes):
    return []


def all_of(writes):
    return writes


def some_of(seed):
    """Any of the writes, in sectors: each sector of each write is there or not."""

    def kept(writes):
        dice = Random(seed)
        for offset, data in writes:
            if not data and dice.random() < 0.5:
                yield offset, data
            for start in range(0, len(data), SECTOR):
                if dice.random() < 0.5:
                    yield offset + start, data[start : start + SECTOR]

    return kept


class PowerCutDisk(apsw.VFS):
    """A file system in memory whose power goes ``at`` the nth operation (0: it never does)."""

    def __init__(self, files=None, at=0):
        self.name = f"power-cut-{next(_names)}"
        self.files = {path: _lying(content) for path, content in (files or {}).items()}
        self.at, self.done, self.was_cut = at, 0, False
        self.syncs = 0
        super().__init__(self.name, base="")

    def operate(self):
        """Count one operation; raise from the chosen one on."""
        self.done += 1
        if self.at and self.done >= self.at:
            self.was_cut = True
            raise PowerCut

    def after_the_cut(self, kept=none_of):
        """The files as the next start finds them."""
        return {path: platter.left(kept) for path, platter in self.files.items()}

    def connect(self, path, **fault):
        """Return a connection for ``open_store(connect=...)``."""
        with sqlite_speaking():
            return Seam(apsw.Connection(str(path), vfs=self.name), **fault)

    # What SQLite asks of a file system

    def xOpen(self, name, flags):
        if name is None:
            return apsw.VFSFile("", None, flags)  # a temporary file: it needs no platter
        path = name.filename() if isinstance(name, apsw.URIFilename) else str(name)
        if path not in self.files:
            self.operate()
            self.files[path] = Platter()
        return OpenFile(self, self.files[path])

    def xDelete(self, filename, sync_folder):
        self.operate()
        self.files.pop(filename, None)

    def xAccess(self, filename, flags):
        return filename in self.files

    def xFullPathname(self, filename):
        return filename


def _lying(content):
    platter = Platter()
    platter.write(0, content)
    platter.sync()
    return platter


class OpenFile:
    """An open file of a PowerCutDisk."""

    def __init__(self, disk, platter):
        self._disk, self._platter = disk, platter

    def xRead(self, amount, offset):
        return bytes(self._platter.now[offset : offset + amount])

    def xWrite(self, data, offset):
        self._disk.operate()
        self._platter.write(offset, bytes(data))

    def xTruncate(self, size):
        self._disk.operate()
        self._platter.write(size, b"")

    def xSync(self, flags):
        self._disk.operate()
        self._disk.syncs += 1
        self._platter.sync()

    def xFileSize(self):
        return len(self._platter.now)

    def xClose(self):
        pass

    def xLock(self, level):
        pass

    def xUnlock(self, level):
        pass

    def xCheckReservedLock(self):
        return False

    def xFileControl(self, op, pointer):
        return False

    def xSectorSize(self):
        return SECTOR

    def xDeviceCharacteristics(self):
        return 0


class Seam:
    """An apsw connection that the store can use: sqlite3's errors, no shared memory.

    The log's index lies in shared memory, which a file system in Python does not have; a
    connection that is alone (locking_mode EXCLUSIVE) keeps it in its own. ``synchronous`` other
    than the store's own puts a fault into the store, to see the test find it.
    """

    def __init__(self, db, synchronous=None):
        self._db, self._synchronous = db, synchronous
        self.execute("PRAGMA locking_mode = EXCLUSIVE")

    def execute(self, sql, parameters=()):
        if self._synchronous and sql.startswith("PRAGMA synchronous"):
            sql = f"PRAGMA synchronous = {self._synchronous}"
        with sqlite_speaking():
            return list(self._db.execute(sql, parameters))

    def executemany(self, sql, lines):
        with sqlite_speaking():
            self._db.executemany(sql, lines)

    def close(self):
        with suppress(PowerCut, apsw.Error):
            self._db.close()


@contextmanager
def sqlite_speaking():
    """Turn the power cut and apsw's errors into those of ``sqlite3``."""
    try:
        yield
    except PowerCut as why:
        raise _told("the power is gone", sqlite3.SQLITE_IOERR) from why
    except apsw.Error as why:
        # What the file system itself raised carries no code.
        raise _told(str(why), getattr(why, "result", sqlite3.SQLITE_FULL)) from why


def _told(message, code):
    error = sqlite3.OperationalError(message)
    error.sqlite_errorcode = code
    return error
