"""Which rows the server lacks, the oldest change first; immutable, as all of a state is.

They lie in pages of neighbouring versions. So a push takes the oldest 500 of ten thousand by looking
into three pages, and a commit changes one, where putting all of them in order cost most of a push.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from immutables import Map

from kiosk.store.changes import Key
from kiosk.store.rows import Row

_PAGE = 256
Change = tuple[Key, Row | None, Row | None]
"""A row's key, the row as it was and as it is; None where there is none."""


class Waiting:
    """The keys of rows that wait for the server, in the order of their versions."""

    __slots__ = ("_count", "_pages")

    def __init__(self, pages: Map[int, Map[Key, int]] | None = None, count: int = 0) -> None:
        self._pages: Map[int, Map[Key, int]] = Map() if pages is None else pages
        self._count = count

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Key]:
        for number in sorted(self._pages):
            yield from (key for _version, key in _in_order(self._pages[number]))

    def after(self, changes: Iterable[Change]) -> Waiting:
        """Return what waits after rows have changed; costs as much as the changes."""
        drafts, count = dict[int, dict[Key, int | None]](), self._count
        for key, before, after in changes:
            if before is not None and before.is_waiting:
                drafts.setdefault(before.version // _PAGE, {})[key] = None
                count -= 1
            if after is not None and after.is_waiting:
                drafts.setdefault(after.version // _PAGE, {})[key] = after.version
                count += 1
        pages = self._pages
        for number, draft in drafts.items():
            page = _changed(pages.get(number, Map()), draft)
            pages = pages.set(number, page) if page else pages.delete(number)
        return Waiting(pages, count) if drafts else self


def _changed(page: Map[Key, int], changes: dict[Key, int | None]) -> Map[Key, int]:
    draft = page.mutate()
    for key, version in changes.items():
        if version is not None:
            draft[key] = version
        elif key in draft:
            del draft[key]
    return draft.finish()


def _in_order(page: Map[Key, int]) -> list[tuple[int, Key]]:
    return sorted((version, key) for key, version in page.items())
