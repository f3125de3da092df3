"""What the first questions need of the device, and what becomes of the answers.

The answers are kept on the hub's thread: first the hub (or the sample hub), then ``kiosk.toml``;
whenever the power goes before that, the next start asks again, and has the hub if it was kept, or
came from the server. Then the kiosk starts over as what was chosen.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from importlib import resources
from pathlib import Path
from typing import Any, Protocol

import msgspec

from kiosk import config as settings
from kiosk.config import Config, Place, hub_key
from kiosk.hardware.discovery import Discovery, Found, as_ports
from kiosk.hub.desk import Desk
from kiosk.hub.set_up import SetUp, is_zone, set_up
from sync.errors import HubError, Lost

LOCALTIME = Path("/etc/localtime")


class Answers(Protocol):
    """What was chosen: of the hub ("sample", "new" or "kept"), and of this kiosk."""

    @property
    def lang(self) -> str: ...
    @property
    def hub(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def languages(self) -> tuple[str, ...]: ...
    @property
    def timezone(self) -> str: ...
    @property
    def mode(self) -> str: ...
    @property
    def colour(self) -> str: ...
    @property
    def kiosk_name(self) -> str: ...


class SettingUp:
    """``zone`` is a guess, ``zones`` are all that this device knows, in order."""

    def __init__(
        self,
        place: Place,
        config: Config,
        desk: Desk,
        *,
        load_sample: Callable[[], Any],
        call: Callable[[Callable[[], Any]], Any],
        start_over: Callable[[], Any],
        changed: Callable[[], Any] = lambda: None,
    ) -> None:
        """call: runs something on the thread of the screens. start_over: begin as what is kept.

        changed: something was plugged in, pulled out or recognised; on the thread of the screens.
        """
        self.zone, self.zones = guessed_zone(), known_zones()
        self._place, self._config, self._desk = place, config, desk
        self._load_sample, self._call, self._start_over = load_sample, call, start_over
        self.discovery = Discovery(config.ports.values(), lambda: call(changed))
        self.discovery.start()

    @property
    def found(self) -> tuple[Found, ...]:
        """What hangs on this device and is not in its settings yet."""
        return self.discovery.found

    def close(self) -> None:
        """Give the ports back."""
        self.discovery.stop()

    @property
    def has_hub(self) -> bool:
        """Whether there is a hub by now: kept from before, or come from the server just now."""
        return bool(self._desk.snapshot.hub.id)

    @property
    def only_shows(self) -> bool:
        """Whether it was joined as a wall just now: to be a door it has to be joined again."""
        return self._desk.only_shows

    def finish(self, answers: Answers, reasons: dict[str, Any], told: Callable[[Any], Any]) -> None:
        """Keep the answers and start over; ``told(problem)`` on the screens' thread if that fails.

        reasons: why people come, for a new hub, by key and language.
        """
        self.keep_asking()
        future = self._kept_hub(answers, reasons)
        future.add_done_callback(lambda done: self._then(done, answers, told))

    def keep_asking(self) -> None:
        """Have the next start ask again, hub or no hub, until the answers are kept."""

        def begin() -> None:
            with suppress(Lost):  # what cannot be kept is said with the last answer
                settings.begin_set_up(self._place)

        self._desk.aside(begin)

    def _kept_hub(self, answers: Answers, reasons: dict[str, Any]) -> Future[Any]:
        if answers.hub == "new":
            ask = SetUp(answers.name, answers.languages, answers.timezone, reasons)
            return self._desk.ask(set_up, ask)
        if answers.hub == "sample":
            return self._desk.do(self._load_sample)
        return self._desk.aside(lambda: None)

    def _then(self, done: Future[Any], answers: Answers, told: Callable[[Any], Any]) -> None:
        """Still on the hub's thread: write the settings once the hub is on disk."""
        problem = done.exception()
        if problem is None:
            problem = self._kept_settings(answers)
        if problem is None:
            self._call(self._start_over)
        else:
            self._call(lambda: told(problem))

    def _kept_settings(self, answers: Answers) -> HubError | None:
        chosen: dict[str, Any] = {
            "mode": answers.mode,
            "lang": answers.lang,
            "name": answers.kiosk_name.strip(),
            "colour": answers.colour,
            "ports": as_ports(self.found, self._config.ports),
        }
        try:
            settings.write(self._place, msgspec.structs.replace(self._config, **chosen))
        except Lost as why:
            return why
        self._place.being_set_up.unlink(missing_ok=True)
        return None


def sample_loader(store: Any, place: Place, now: Callable[[], Any]) -> Callable[[], Any]:
    """Return a job that puts today's sample hub into an empty store; its receipt says what."""

    def load() -> Any:
        from kiosk.sample import LA_RONDA, read_file, records_of

        return store.merge(records_of(read_file(LA_RONDA), now(), hub_key(place)).records)

    return load


def guessed_zone(localtime: Path = LOCALTIME) -> str:
    """Return the device's own IANA zone, of TZ or where ``localtime`` points; else "UTC"."""
    told = os.environ.get("TZ", "").lstrip(":")
    try:
        linked = str(localtime.resolve()).partition("zoneinfo/")[2]
    except OSError:
        linked = ""
    found = next((zone for zone in (told, linked) if "/" in zone and is_zone(zone)), "UTC")
    return "UTC" if found.startswith("Etc/") else found


def known_zones() -> tuple[str, ...]:
    """Return the names of all time zones: from the list that tzdata brings, one file."""
    listed = resources.files("tzdata").joinpath("zones").read_text("utf-8").split()
    return tuple(sorted(zone for zone in listed if "/" in zone and not zone.startswith("Etc/")))


def start_again(data: Path) -> None:
    """Become a new process of this kiosk, with nothing but its folder: all else is kept there."""
    os.execv(sys.executable, [sys.executable, "-m", "kiosk", "run", "--data", str(data)])  # noqa: S606
