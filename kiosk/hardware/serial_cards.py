"""Readers on serial ports, as one source of cards; each port is named in ``kiosk.toml``.

[ports]
rdm6300 = "/dev/serial/by-path/..."
rdm6300-exit = "/dev/serial/by-path/..."     # a second one of its kind
auto = "/dev/serial/by-id/..."               # finds out by itself
"""

from collections.abc import Callable, Mapping

from kiosk.hardware.cards import OnCard, tidy_read, tidy_uid
from kiosk.hardware.facts import CardRead, CodeRead, Fact
from kiosk.hardware.finding import look
from kiosk.hardware.kinds import kind_named
from kiosk.hardware.nearness import Nearness
from kiosk.hardware.news import PortNews, Tell
from kiosk.hardware.port_thread import PortThread
from kiosk.hardware.ports import Look
from kiosk.hardware.supervisor import Supervisor
from sync.log import Log
from sync.qr_codes import is_code

log = Log("hardware")
OnNear = Callable[[bool | None], object]
_CARD_KEYS = frozenset("0123456789ABCDEFabcdef:-")


def card_of(fact: Fact | PortNews) -> str | None:
    """Return the card's number or the code that a fact holds, None where it is neither.

    A code that a scanner read is a card where a scanner that types would have made one of it.
    """
    if isinstance(fact, CardRead):
        return tidy_uid(fact.uid)
    if isinstance(fact, CodeRead) and (_CARD_KEYS.issuperset(fact.text) or is_code(fact.text)):
        return tidy_read(fact.text)
    return None


class SerialCards:
    """A ``CardSource`` of all serial ports named in ``ports``, with one thread.

    ``on_near(somebody)`` hears, on that thread, when presence sensors say something else.
    """

    def __init__(
        self, ports: Mapping[str, str], *, look: Look = look, on_near: OnNear = lambda _there: None
    ) -> None:
        wanted = {path: kind_named(name) for name, path in ports.items()}
        self._wanted, self._look, self._on_near = wanted, look, on_near
        self._thread: PortThread | None = None

    def start(self, on_card: OnCard) -> None:
        """Look for the ports from now on, and hand on each card; without ports nothing is done."""
        if not self._wanted:
            return
        near = Nearness()

        def take(tell: Tell) -> None:
            _hand_on(tell, on_card)
            if near.changed(tell):
                self._on_near(near.somebody)

        self._thread = PortThread(lambda: Supervisor(self._wanted), take, look=self._look)
        self._thread.start()

    def stop(self) -> None:
        """End, and give all ports back; may be called twice."""
        if self._thread is not None:
            self._thread.stop()


def _hand_on(tell: Tell, on_card: OnCard) -> None:
    if isinstance(tell.news, PortNews):
        log.info(f"port.{tell.news.what}", path=tell.path, kind=tell.news.kind)
    elif (uid := card_of(tell.news)) is not None:
        on_card(uid)
