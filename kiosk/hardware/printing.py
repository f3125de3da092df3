"""The printer's own thread: whoever wants something printed goes on at once.

The queue is short: paper that comes a quarter of an hour late helps nobody. Before each job, and
once a minute, the printer is asked for its paper, so that it is known before somebody waits for it.
"""

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from kiosk.hardware.paper_status import Paper
from kiosk.hardware.printers import Job, Open
from sync.log import Log

log = Log("printer")
WAITING_MOST = 4
LOOK_EACH_S = 60.0
_PATIENCE_S = 3.0

Outcome = Literal["printed", "sent", "out", "offline", "silent", "away"]
"""sent: to a printer that cannot say what became of it."""
Told = Callable[[Outcome], object]


@dataclass(frozen=True)
class _Ask:
    job: Job
    told: Told


def look(at: str, open_: Open) -> Paper:
    """Return how the printer stands."""
    try:
        printer = open_(at)
    except OSError:
        return "away"
    try:
        return printer.paper()
    finally:
        printer.close()


def print_one(at: str, job: Job, open_: Open, *, speaks: bool = True) -> tuple[Outcome, Paper]:
    """Print where there is paper; return what came of it, and how the printer stands now.

    speaks: it answers when asked, as most do. One that is silent is not believed to be fine; of
    one that never speaks, "sent" is all that can be said.
    """
    try:
        printer = open_(at)
    except OSError:
        return "away", "away"
    try:
        before = printer.paper()
        if (missing := _missing(before)) and (speaks or before != "silent"):
            return missing, before
        printer.do(job)
        after = printer.paper() if speaks else before
    except OSError:
        return "away", "away"
    finally:
        printer.close()
    return (_missing(after) or "printed" if speaks else "sent"), after


def _missing(paper: Paper) -> Outcome | None:
    return None if paper == "enough" or paper == "low" else paper  # noqa: PLR1714  # mypy narrows it


class Printer:
    """The printer of a device. ``on_paper`` hears, on its thread, each time its paper changes."""

    def __init__(
        self, at: str, open_: Open, on_paper: Callable[[Paper], object], *, speaks: bool = True
    ) -> None:
        self._at, self._open, self._on_paper, self._speaks = at, open_, on_paper, speaks
        self._asked: queue.Queue[_Ask | None] = queue.Queue(WAITING_MOST)
        self._thread: threading.Thread | None = None
        self.paper: Paper | None = None

    def start(self) -> None:
        """Begin to look after it; returns at once."""
        self._thread = threading.Thread(target=self._serve, name="printer", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End; what still waits is not printed. May be called twice."""
        thread, self._thread = self._thread, None
        if thread is None:
            return
        while True:
            try:
                self._asked.put_nowait(None)
                break
            except queue.Full:
                self._drop_one()
        thread.join(_PATIENCE_S)

    def put(self, job: Job, told: Told) -> bool:
        """Print after what waits already; ``told`` on the printer's thread. False: too many wait."""
        try:
            self._asked.put_nowait(_Ask(job, told))
        except queue.Full:
            return False
        return True

    def _drop_one(self) -> None:
        try:
            self._asked.get_nowait()
        except queue.Empty:
            return

    def _serve(self) -> None:
        """Print, and look each minute; the one handler of this thread."""
        ask: _Ask | None = None
        while True:
            try:
                self._once(ask)
            except Exception as why:  # noqa: BLE001  # the one handler of this thread
                log.bug("printer.broke", why)
            try:
                ask = self._asked.get(timeout=LOOK_EACH_S)
            except queue.Empty:
                ask = None
            else:
                if ask is None:
                    return

    def _once(self, ask: _Ask | None) -> None:
        if ask is None:
            self._stands(look(self._at, self._open))
            return
        outcome: Outcome = "away"
        try:
            outcome, paper = print_one(self._at, ask.job, self._open, speaks=self._speaks)
        finally:
            ask.told(outcome)
        log.info("printer.printed", status=outcome)
        self._stands(paper)

    def _stands(self, paper: Paper) -> None:
        if paper != self.paper:
            self.paper = paper
            log.info("printer.paper", status=paper)
            self._on_paper(paper)
