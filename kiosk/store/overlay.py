"""A table as TinyDB reads and rewrites it: views and overlays that copy only what is touched."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from typing import Any

from kiosk.store.changes import Key, Write
from kiosk.store.draft import Draft, fields_of
from kiosk.store.rows import Row, Rows
from kiosk.store.state import State
from kiosk.store.values import copied, document_of, same

Document = dict[str, Any]
DocId = Any
"""An int in a plain table, the text of a record id in a table of records."""


def document(row: Row) -> Document:
    """Return the document of a row, for somebody who may change it."""
    copy: Document = copied(fields_of(row) if row.version else row.body)
    return copy


class View(Mapping[str, Document]):
    """The documents of a table by the text of their ids; each one is a copy."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def __getitem__(self, doc_id: str) -> Document:
        row = self._rows[doc_id]
        if row.is_erased:
            raise KeyError(doc_id)
        return document(row)

    def __iter__(self) -> Iterator[str]:
        return (doc_id for doc_id, row in self._rows.items() if not row.is_erased)

    def __len__(self) -> int:
        return sum(not row.is_erased for row in self._rows.values())


class Overlay(MutableMapping[DocId, Document]):
    """A table that an updater changes as if it were a dict; what it leaves alone costs nothing."""

    def __init__(self, rows: Rows, id_of: Callable[[str], DocId]) -> None:
        self._view, self._id_of = View(rows), id_of
        self._touched: dict[DocId, Document] = {}
        self._gone: set[DocId] = set()

    def __getitem__(self, doc_id: DocId) -> Document:
        if doc_id not in self._touched:
            if not self._is_below(doc_id):
                raise KeyError(doc_id)
            self._touched[doc_id] = self._view[str(doc_id)]
        return self._touched[doc_id]

    def __setitem__(self, doc_id: DocId, given: Document) -> None:
        self._touched[doc_id] = given

    def __delitem__(self, doc_id: DocId) -> None:
        if doc_id not in self:
            raise KeyError(doc_id)
        self._touched.pop(doc_id, None)
        self._gone.add(doc_id)

    def __contains__(self, doc_id: object) -> bool:
        return doc_id in self._touched or self._is_below(doc_id)

    def __iter__(self) -> Iterator[DocId]:
        below = [self._id_of(text) for text in self._view]
        yield from (doc_id for doc_id in below if doc_id in self)
        known = set(below)
        yield from [doc_id for doc_id in self._touched if doc_id not in known]

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def clear(self) -> None:
        """Take everything out."""
        self._gone.update(self._id_of(text) for text in self._view)
        self._touched.clear()

    def _is_below(self, doc_id: object) -> bool:
        is_one = isinstance(doc_id, str) == (self._id_of is str) and str(doc_id) in self._view
        return is_one and doc_id not in self._gone

    def changes(self) -> tuple[dict[str, Document], set[str]]:
        """Return what is new or different, and the ids that are gone, by the text of the id.

        Ids that went and came again have moved to the end of the table, as in a dict.
        """
        gone = {str(doc_id) for doc_id in self._gone}
        found = {}
        for doc_id, given in self._touched.items():
            text = str(self._id_of(str(doc_id)))  # a plain table refuses an id that is no number
            copy = document_of(given)
            if text in gone or text not in self._view or not same(copy, self._view[text]):
                found[text] = copy
        return found, gone


def keep_documents(draft: Draft, state: State, name: str, overlay: Overlay) -> None:
    """Put what an updater did to a plain table into a draft. Raises UnfitValue, ValueError."""
    found, gone = overlay.changes()
    rows = state.table(name)
    place = max((state.place, *(row.place for row in draft.delta.plain.values() if row)))
    for text in gone - found.keys():
        draft.delta.plain[name, text] = None
    for text, body in found.items():
        below = rows.get(text)
        if below is None or text in gone:
            place += 1
        draft.delta.plain[name, text] = Row(
            body, place=below.place if below and text not in gone else place
        )
    if name not in state.names:
        draft.delta.named.add(name)


def keep_records(draft: Draft, state: State, kind: str, overlay: Overlay) -> None:
    """Put what an updater did to a table of records into a draft: local writes, and rows let go."""
    found, gone = overlay.changes()
    for text in gone - found.keys():
        draft.drop((kind, text))
    for text, fields in found.items():
        key: Key = (kind, text)
        row = state.row(key)
        known = fields_of(row) if row else {}
        changed = {
            name: value
            for name, value in fields.items()
            if name not in known or not same(value, known[name])
        }
        emptied = {name: None for name in known if name not in fields}
        draft.write(Write(kind, text, changed | emptied))
    if kind not in state.names:
        draft.delta.named.add(kind)
