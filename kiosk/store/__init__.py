"""Where the hub's records live: TinyDB's API over one SQLite file that loses nothing."""

from kiosk.store.changes import Changes, Drop, Erase, Outgoing, Receipt, Undo, Write
from kiosk.store.opening import Opening
from kiosk.store.rows import Row, Rows, Tables
from kiosk.store.storage import SQLiteStorage
from kiosk.store.store import Store, open_store

__all__ = [
    "Changes",
    "Drop",
    "Erase",
    "Opening",
    "Outgoing",
    "Receipt",
    "Row",
    "Rows",
    "SQLiteStorage",
    "Store",
    "Tables",
    "Undo",
    "Write",
    "open_store",
]
