"""What hangs on the serial ports, found out while a door is set up; nothing is kept of a card."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from kiosk.hardware.facts import CardRead, CodeRead, PhoneHeld
from kiosk.hardware.finding import look
from kiosk.hardware.kinds import AUTO
from kiosk.hardware.news import PortNews, Tell
from kiosk.hardware.port_thread import PortThread
from kiosk.hardware.ports import Look
from kiosk.hardware.supervisor import Supervisor


@dataclass(frozen=True)
class Found:
    """Something on a port. kind: of the table of kinds, ``auto`` while nobody knows.

    where: the device file's name, as it is just now. heard: a card or a code was read by it.
    """

    path: str
    where: str
    kind: str = AUTO
    heard: bool = False


def noted(found: Mapping[str, Found], tell: Tell, where: str) -> dict[str, Found]:
    """Return what is known after a port told something."""
    known = dict(found)
    one = known.get(tell.path) or Found(tell.path, where)
    match tell.news:
        case PortNews(what="gone"):
            known.pop(tell.path, None)
        case PortNews(what="open"):
            known[tell.path] = replace(one, where=where)
        case PortNews(what="recognised", kind=kind):
            known[tell.path] = replace(one, where=where, kind=kind)
        case CardRead() | CodeRead() | PhoneHeld():
            known[tell.path] = replace(one, heard=True)
    return known


def as_ports(found: Iterable[Found], named: Mapping[str, str]) -> dict[str, str]:
    """Return the ports for the settings: those named already, and each found one by its kind."""
    ports = dict(named)
    for one in found:
        if one.path in ports.values():
            continue
        names = (one.kind, *(f"{one.kind}-{nth}" for nth in range(2, 99)))
        ports[next(name for name in names if name not in ports)] = one.path
    return ports


class Discovery:
    """Looks at every port that the settings do not name; ``on_change`` on its own thread."""

    def __init__(
        self, known: Iterable[str], on_change: Callable[[], object], *, look: Look = look
    ) -> None:
        self._known, self._on_change, self._look = set(known), on_change, look
        self._listed: dict[str, str] = {}
        self._by_path: dict[str, Found] = {}
        self._thread = PortThread(lambda: Supervisor({}, discover=True), self._take, look=self._new)

    @property
    def found(self) -> tuple[Found, ...]:
        """What hangs on the ports now, in order of their names."""
        return tuple(one for _, one in sorted(self._by_path.items()))

    def start(self) -> None:
        """Begin to look; returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """Give every port back; may be called twice."""
        self._thread.stop()

    def _new(self, wanted: Iterable[str], *, everything: bool) -> dict[str, str]:
        there = self._look([*wanted, *self._known], everything=everything)
        theirs = {there[path] for path in self._known if path in there}
        self._listed = {path: device for path, device in there.items() if device not in theirs}
        return self._listed

    def _take(self, tell: Tell) -> None:
        where = self._listed.get(tell.path, tell.path).rpartition("/")[2]
        after = noted(self._by_path, tell, where)
        if after != self._by_path:
            self._by_path = after
            self._on_change()
