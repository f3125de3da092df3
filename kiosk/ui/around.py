"""What the shell is given by the app, and what it knows of the person in front."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from sync.client.pairing import Holding
from sync.client.pairing import State as PairingState

if TYPE_CHECKING:
    from kiosk.ui.screen import HubScreen
    from sync.client.status import Status
    from sync.protocol import Refusal


class Pairing(Protocol):
    """Joining this device to a hub of the server; every call returns at once."""

    @property
    def state(self) -> PairingState:
        """Where it stands; who put this here refreshes the shell whenever it is another."""
        ...

    def begin(self) -> None:
        """Ask for a code, or for another one."""
        ...

    def end(self) -> None:
        """Nobody looks any more."""
        ...

    def now_ms(self) -> int:
        """The clock that the state's times are of."""
        ...

    def holds(self) -> Holding:
        """What this device holds."""
        ...


class Sync(Protocol):
    """What screens may know and do of sending; every call returns at once."""

    @property
    def pairing(self) -> Pairing:
        """Joining this device to a hub."""
        ...

    def status(self) -> "Status | None":
        """How it stands; None: there is no server. A refresh of the shell follows each change."""
        ...

    def refusals(self) -> "Sequence[Refusal]":
        """The records that the server did not take, and why."""
        ...

    def now_ms(self) -> int:
        """The monotonic clock that the status is told in."""
        ...

    def try_now(self) -> None:
        """Somebody tapped the light: try at once (NetworkUp)."""
        ...


class Paper(Protocol):
    """What screens may have printed; every call returns at once.

    ``then(key)`` comes on the Kivy thread with the key of a sentence: what came of it.
    """

    @property
    def stands(self) -> str:
        """How the printer stands: "enough", "low", "out", "offline", "silent", "away", "mute", ""."""
        ...

    def print_rooms(self, then: Callable[[str], Any]) -> None:
        """Print today's rooms."""
        ...

    def print_roll_call(self, then: Callable[[str], Any]) -> None:
        """Print everybody here; whoever asks has made sure that they may see the names."""
        ...


class NoServer:
    """A kiosk that keeps to itself."""

    state = PairingState()

    @property
    def pairing(self) -> Pairing:
        """Nothing to be joined to."""
        return self

    def status(self) -> "Status | None":
        """Nothing is sent anywhere."""
        return None

    def refusals(self) -> "Sequence[Refusal]":
        """Nobody refuses anything."""
        return ()

    def now_ms(self) -> int:
        """No clock is needed."""
        return 0

    def holds(self) -> Holding:
        """What it holds is nobody's concern."""
        return Holding()

    def try_now(self) -> None:
        """There is nothing to try."""

    def begin(self) -> None:
        """There is nobody to ask."""

    def end(self) -> None:
        """Nothing was begun."""


NO_SERVER = NoServer()


@dataclass
class Session:
    """Who stands here, as far as they said: forgotten at the rest screen."""

    person: str = ""
    volunteer: str = ""
    until_s: float = 0.0  # on Kivy's clock: when volunteer mode ends by itself
    by_card: bool = False  # the person held their card here, so they may promise things


@dataclass(frozen=True)
class Surroundings:
    """What the shell gets from the app: it knows no other part of it."""

    desk: Any  # kiosk.hub.desk.Desk; Any: the ui knows no room above it
    now: Callable[[], datetime]
    call: Callable[[Callable[[], Any]], Any]  # onto the Kivy thread, from any other
    build: "Callable[..., HubScreen]"  # (name, shell=, theme=, words=) -> screen
    languages: Callable[[], Iterable[str]]
    on_card: Callable[..., Any]  # (shell, uid): a card that no screen asked for
    hashed: Callable[[str], str] = lambda uid: uid  # what the hub knows a card's number by
    is_night: Callable[[], bool] = lambda: False
    first: str = "rest"
    reduced: bool = False
    sync: Sync = NO_SERVER
    # (name, give): give(texture) once that picture is unpacked; never where it is not here
    picture: Callable[[str, Callable[[Any], Any]], Any] = lambda _name, _give: None
    device: Callable[[], Any] = lambda: None  # how it fares; it reads the disk
    restart: Callable[[], Any] = lambda: None
    on_done: Callable[[Any], Any] = lambda _result: None  # what a use case gave, once on disk
    on_refused: Callable[[Any], Any] = lambda _why: None
    paper: "Paper | None" = None  # None: there is no printer
    # (dark): the light behind the glass; False where there is none, and the dark is drawn
    dims: Callable[[bool], bool] = lambda _dark: False
    wifi: Any = None  # kiosk.hardware.wifi.Wifi; None: there is nothing to ask about it
    set_up: Any = None  # kiosk.setting_up.SettingUp while the first questions are asked
