"""Whether anybody stands at the door, of all its presence sensors; nothing is counted or kept."""

from kiosk.hardware.facts import Presence
from kiosk.hardware.news import PortNews, Tell

_QUIET = ("gone", "silent", "away", "busy", "denied")


class Nearness:
    """Takes what the ports tell; ``somebody`` is None while no sensor says anything."""

    def __init__(self) -> None:
        self._by_port: dict[str, bool] = {}

    @property
    def somebody(self) -> bool | None:
        """Whether any sensor sees somebody; None where there is none, or none that works."""
        return any(self._by_port.values()) if self._by_port else None

    def changed(self, tell: Tell) -> bool:
        """Take it, and say whether ``somebody`` is another now."""
        was = self.somebody
        if isinstance(tell.news, Presence):
            self._by_port[tell.path] = tell.news.somebody
        elif isinstance(tell.news, PortNews) and tell.news.what in _QUIET:
            self._by_port.pop(tell.path, None)  # a dead sensor must not send anybody home
        return self.somebody != was
