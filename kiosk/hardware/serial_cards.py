"""Readers on serial ports, as one source of cards; each port is named in ``kiosk.toml``.

[ports]
rdm6300 = "/dev/serial/by-path/..."
rdm6300-exit = "/dev/serial/by-path/..."     # a second one of its kind
auto = "/dev/serial/by-id/..."               # finds out by itself
"""

import os
import select
import threading
from collections.abc import Mapping
from time import monotonic

from kiosk.hardware.cards import OnCard, tidy_uid
from kiosk.hardware.facts import CardRead, CodeRead, Fact
from kiosk.hardware.finding import look
from kiosk.hardware.kinds import kind_named
from kiosk.hardware.news import PortNews, Tell
from kiosk.hardware.ports import Look, Ports
from kiosk.hardware.supervisor import Supervisor
from sync.log import Log

log = Log("hardware")
AFTER_A_BUG_S = 1.0
_PATIENCE_S = 2.0
_CARD_KEYS = frozenset("0123456789ABCDEFabcdef:-")


def card_of(fact: Fact | PortNews) -> str | None:
    """Return the card's number that a fact holds, None where it is about something else.

    A code that a scanner read is a card where a scanner that types would have made one of it.
    """
    if isinstance(fact, CardRead):
        return tidy_uid(fact.uid)
    if isinstance(fact, CodeRead) and _CARD_KEYS.issuperset(fact.text):
        return tidy_uid(fact.text)
    return None


class SerialCards:
    """A ``CardSource`` of all serial ports named in ``ports``, with one thread."""

    def __init__(self, ports: Mapping[str, str], *, look: Look = look) -> None:
        self._wanted = {path: kind_named(name) for name, path in ports.items()}
        self._look = look
        self._thread: threading.Thread | None = None
        self._waker = -1

    def start(self, on_card: OnCard) -> None:
        """Look for the ports from now on, and hand on each card; without ports nothing is done."""
        if not self._wanted:
            return
        listener, self._waker = os.pipe()
        self._thread = threading.Thread(
            target=self._serve, args=(listener, on_card), name="serial", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """End, and give all ports back; may be called twice."""
        thread, self._thread = self._thread, None
        if thread is None:
            return
        os.close(self._waker)  # the other end can now be read: its end has come
        thread.join(_PATIENCE_S)

    def _serve(self, listener: int, on_card: OnCard) -> None:
        """Look after the ports until woken. Whatever breaks, they are closed and found again."""
        woken = False
        while not woken:
            supervisor = Supervisor(self._wanted)
            ports = Ports(supervisor, lambda tell: _hand_on(tell, on_card), look=self._look)
            try:
                while not woken:
                    ports.turn(monotonic())
                    woken = ports.wait(monotonic(), listener)
            except Exception as why:  # noqa: BLE001  # the one handler of this thread
                log.bug("hardware.broke", why)
            finally:
                ports.close()
            woken = woken or bool(select.select([listener], [], [], AFTER_A_BUG_S)[0])
        os.close(listener)


def _hand_on(tell: Tell, on_card: OnCard) -> None:
    if isinstance(tell.news, PortNews):
        log.info(f"port.{tell.news.what}", path=tell.path, kind=tell.news.kind)
    elif (uid := card_of(tell.news)) is not None:
        on_card(uid)
