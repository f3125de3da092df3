"""All serial ports under one roof: events in, effects out, the time passed in.

Nothing here opens a port; ``ports.py`` does what is asked. Every way to lose a port is the same to
us: it is gone, it is looked for each second, it is opened again.
"""

from collections.abc import Callable, Mapping

from kiosk.hardware.kinds import AUTO
from kiosk.hardware.news import (
    Effect,
    Event,
    Gone,
    Heard,
    Listed,
    NotOpened,
    Opened,
    Tell,
    Tick,
)
from kiosk.hardware.rounds import FOREVER_S
from kiosk.hardware.watch import Watch

OnNews = Callable[[Tell], None]


class Supervisor:
    """Looks after the wanted ports (path -> kind's name or ``auto``).

    discover: ports that are listed and not wanted are looked after as well, as ``auto``.
    """

    def __init__(self, wanted: Mapping[str, str], *, discover: bool = False) -> None:
        self.wanted, self.discovers = dict(wanted), discover
        self._watches = {path: Watch(path, kind) for path, kind in wanted.items()}

    @property
    def paths(self) -> tuple[str, ...]:
        """Every port that is looked after."""
        return tuple(self._watches)

    def step(self, event: Event, now_s: float) -> list[Effect]:
        """Decide what to do next. now_s: monotonic seconds, never less than before."""
        match event:
            case Listed(ports):
                return self._listed(ports, now_s)
            case Tick():
                return [e for watch in self._watches.values() for e in watch.tick(now_s)]
            case Opened(path):
                return self._watches[path].opened(now_s)
            case NotOpened(path, why):
                return self._watches[path].not_opened(why, now_s)
            case Heard(path, data):
                return self._watches[path].heard(data, now_s)
            case Gone(path):
                return self._watches[path].gone()

    def due_s(self) -> float:
        """When to come with a Tick at the latest."""
        return min((watch.due_s() for watch in self._watches.values()), default=FOREVER_S)

    def _listed(self, ports: Mapping[str, str], now_s: float) -> list[Effect]:
        if self.discovers:
            for path in ports:
                self._watches.setdefault(path, Watch(path, AUTO))
        effects: list[Effect] = []
        for path, watch in self._watches.items():
            effects += watch.listed(ports.get(path, ""), now_s)
        return effects
