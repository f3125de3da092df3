"""Where a running kiosk speaks: its standard error, which systemd writes to the journal.

What nobody handled reaches the one handler of its thread here. It is written down by type and
place only: a traceback's message may hold somebody's name.
"""

from __future__ import annotations

import logging
import sys
import threading
from types import TracebackType

from sync.log import Log

log = Log("kiosk")


def open_journal() -> None:
    """Log to standard error from now on, and write bugs down without the values in hand."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s %(message)s", force=True)
    logging.getLogger("kivy").setLevel(logging.WARNING)
    sys.excepthook = _main_broke
    threading.excepthook = _thread_broke


def _main_broke(
    kind: type[BaseException], why: BaseException, _trace: TracebackType | None
) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        log.bug("kiosk.broke", why)


def _thread_broke(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None:
        log.bug("thread.broke", args.exc_value)
