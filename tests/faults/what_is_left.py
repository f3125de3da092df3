"""What a power cut leaves of a folder, from the diary of what was done to it.

A name is safe once its folder was synced, a file's bytes once the file was: neither vouches for
the other. What was not synced may be there in any measure: nothing, all of it, names without the
bytes, bytes without the names, or some of each by the dice (names in order, as a journal keeps
them; bytes in sectors). sqlite.org/atomiccommit.html; "All File Systems Are Not Created Equal",
OSDI 2014.
"""

from functools import partial
from pathlib import PurePosixPath
from random import Random

from tests.faults.failing_files import (
    CUT,
    DELETE,
    FOLDER,
    MAKE,
    RENAME,
    SYNC,
    SYNC_FOLDER,
    WRITE,
)
from tests.faults.power_cut_disk import Platter, all_of, none_of, some_of

NOT_SEEN = ("-shm",)
"""SQLite maps its log's index into memory, and builds it anew after a power cut."""


class Folder:
    """A folder on a disk: its files as they read, and what is safe of them."""

    def __init__(self, files):
        """files: path -> bytes, all of them safe."""
        self._safe = {path: _safe(content) for path, content in files.items()}
        self._now = dict(self._safe)
        self._unsafe = []
        """Changes of names that no sync has covered: (path, what it is now or None)."""
        self._folders = set()

    def take(self, change):
        """Take in the next change of the diary."""
        path = change.path
        if path.endswith(NOT_SEEN):
            return
        match change.sort:
            case sort if sort == MAKE:
                self._name(path, Platter())
            case sort if sort == FOLDER:
                self._unsafe.append((path, FOLDER))
                self._folders.add(path)
            case sort if sort == DELETE:
                self._name(path, None)
            case sort if sort == RENAME:
                self._rename(path, change.other)
            case sort if sort == SYNC_FOLDER:
                self._sync_names(path)
            case _ if path in self._now:
                self._write(self._now[path], change)

    def left(self):
        """Yield what may be left by a name for it, and how to make it: path -> bytes."""
        safe = self._kept(self._safe, ())
        yield "nothing unsynced", partial(_bytes, safe, none_of)
        yield "all of it", partial(_bytes, self._now, all_of)
        yield "names without bytes", partial(_bytes, self._now, none_of)
        yield "bytes without names", partial(_bytes, safe, all_of)
        for seed in (1, 2):
            some = self._unsafe[: Random(seed).randint(0, len(self._unsafe))]
            names = self._kept(self._safe, some)
            yield f"some, {seed}", partial(_bytes, names, some_of(seed))

    def _name(self, path, platter):
        self._unsafe.append((path, platter))
        if platter is None:
            self._now.pop(path, None)
        else:
            self._now[path] = platter

    def _rename(self, path, to):
        platter = self._now.pop(path, None)
        if platter is not None:  # one change: both names, or neither
            self._now[to] = platter
            self._unsafe.append(((path, to), platter))

    def _sync_names(self, folder):
        covered = [one for one in self._unsafe if _is_in(folder, one[0])]
        self._unsafe = [one for one in self._unsafe if one not in covered]
        self._safe = self._kept(self._safe, covered, prune=False)
        self._folders -= {one[0] for one in covered if one[1] == FOLDER}

    def _kept(self, names, changes, *, prune=True):
        names, folders = dict(names), set(self._folders)
        for path, what in changes:
            if what == FOLDER:
                folders.discard(path)
            elif isinstance(path, tuple):
                names.pop(path[0], None)
                names[path[1]] = what
            elif what is None:
                names.pop(path, None)
            else:
                names[path] = what
        if not prune:
            return names
        return {path: what for path, what in names.items() if not _in_any(folders, path)}

    @staticmethod
    def _write(platter, change):
        if change.sort == SYNC:
            platter.sync()
        elif change.sort == WRITE:
            platter.write(change.offset, change.data)
        elif change.sort == CUT and change.offset < len(platter.now):
            platter.write(change.offset, b"")
        elif change.sort == CUT:
            platter.write(len(platter.now), bytes(change.offset - len(platter.now)))


def _safe(content):
    platter = Platter()
    platter.write(0, content)
    platter.sync()
    return platter


def _is_in(folder, path):
    paths = path if isinstance(path, tuple) else (path,)
    return any(str(PurePosixPath(one).parent) == folder for one in paths)


def _in_any(folders, path):
    return any(path.startswith(f"{one}/") for one in folders)


def _bytes(names, kept):
    return {path: platter.left(kept) for path, platter in names.items()}
