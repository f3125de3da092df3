"""The Wi-Fi of this device: which networks are near, and joining one. NetworkManager's nmcli(1).

A passphrase goes in by nmcli's standard input: a command line can be read by every account. What is
joined is kept by NetworkManager and joined again by itself.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from queue import SimpleQueue
from threading import Thread, Timer
from typing import TYPE_CHECKING, Any, cast

from sync.errors import HubError, Refused
from sync.log import Log

if TYPE_CHECKING:
    from io import BufferedReader, BufferedWriter

NMCLI = "nmcli"
JOIN_S, LONGEST_S = 40, 60
ASKS = "are required to access"
"""What nmcli says each time it needs a password; a second time, the one it got was wrong."""
_FIELD = re.compile(r"(?:^|:)((?:\\.|[^:\\])*)")
Job = Callable[[], "Seen"]
Told = Callable[[HubError | None], Any]
Run = Callable[[Sequence[str], str], tuple[int, str]]
"""Runs nmcli with these words and this input: how it ended, and what it printed."""
log = Log("wifi")


class NotJoined(Refused):
    """A network did not let us in."""

    say = "wifi.not_joined"


class WrongPassword(NotJoined):
    """It did not let us in with this password."""

    say = "wifi.wrong_password"


@dataclass(frozen=True, slots=True)
class Network:
    """A network that is near. strength: 0 to 100. is_secured: it asks for a password."""

    name: str
    strength: int
    is_secured: bool
    is_joined: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """How this device is connected. networks: the strongest first; () also without Wi-Fi."""

    has_wifi: bool = False
    has_cable: bool = False
    networks: tuple[Network, ...] = ()

    @property
    def joined(self) -> str:
        """The network that we are in; "" for none."""
        return next((one.name for one in self.networks if one.is_joined), "")

    @property
    def is_connected(self) -> bool:
        """Whether there is a network at all."""
        return self.has_cable or bool(self.joined)


def run(words: Sequence[str], typed: str) -> tuple[int, str]:
    """See Run; ended as soon as nmcli asks for a second time. Raises NotJoined where it is not there."""
    command = [NMCLI, *words]
    try:
        program = subprocess.Popen(  # noqa: S603  # nmcli with our own words
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=os.environ | {"LC_ALL": "C.UTF-8"},
        )
    except OSError as why:
        raise NotJoined(str(why)) from why
    patience = Timer(LONGEST_S, program.kill)
    patience.start()
    with program:
        said = _talked(program, typed.encode())
        if said.count(ASKS) > 1:
            program.kill()
    patience.cancel()
    return program.returncode, said


def _talked(program: subprocess.Popen[bytes], typed: bytes) -> str:
    """Type, and listen until the end, or until what was typed was no answer."""
    hears, says = cast("BufferedWriter", program.stdin), cast("BufferedReader", program.stdout)
    with suppress(BrokenPipeError):
        hears.write(typed)
        hears.flush()
    said = ""
    while said.count(ASKS) <= 1 and (more := says.read1()):
        said += more.decode("utf-8", "replace")
    return said


def asks_here() -> Run | None:
    """Return what asks NetworkManager on this device; None where there is none."""
    return run if shutil.which(NMCLI) else None


def look(run: Run) -> Seen:
    """Return how it stands. Raises NotJoined."""
    listed = _table("TYPE,STATE", run, "device")
    kinds = {kind for kind, *_ in listed}
    has_cable = any(line[:2] == ["ethernet", "connected"] for line in listed)
    if "wifi" not in kinds:
        return Seen(has_cable=has_cable)
    near = _table("IN-USE,SIGNAL,SECURITY,SSID", run, "device", "wifi", "list")
    return Seen(True, has_cable, networks(near))


def _table(fields: str, run: Run, *words: str) -> list[list[str]]:
    _ended, said = run(["--terse", "--escape", "yes", "--fields", fields, *words], "")
    return [_fields(line) for line in said.splitlines() if line]


def _fields(line: str) -> list[str]:
    """Return the fields of a terse line; a colon in one is written with a backslash before it."""
    return [re.sub(r"\\(.)", r"\1", one) for one in _FIELD.findall(line)]


def networks(lines: Sequence[Sequence[str]]) -> tuple[Network, ...]:
    """Return what can be joined with a password or without: each name once, the strongest first."""
    best: dict[str, Network] = {}
    for is_joined, signal, security, name in (line for line in lines if len(line) == 4):
        asks_who = "802.1X" in security  # for a name as well, and a certificate
        if not name or asks_who or not signal.isdigit():
            continue
        one = Network(name, int(signal), security not in ("", "--"), is_joined == "*")
        there = best.get(name, one)
        best[name] = max(there, one, key=lambda each: (each.is_joined, each.strength))
    return tuple(sorted(best.values(), key=lambda one: (not one.is_joined, -one.strength)))


def join(name: str, password: str, run: Run) -> None:
    """Be in a network from now on. Raises NotJoined, WrongPassword; what was known before stays."""
    known = {line[0] for line in _table("NAME", run, "connection", "show") if line}
    words = ["--ask", "--wait", str(JOIN_S), "device", "wifi", "connect", name]
    ended, said = run(words, f"{password}\n" if password else "")
    if ended == 0:
        return
    if name not in known:  # nmcli keeps what it tried
        run(["connection", "delete", "id", name], "")
    raise WrongPassword if said.count(ASKS) > 1 else NotJoined


class Wifi:
    """Asks on a thread of its own, one thing after another, and tells on the Kivy thread."""

    def __init__(self, call: Callable[[Callable[[], Any]], Any], run: Run) -> None:
        """call: runs something on the Kivy thread."""
        self.seen: Seen | None = None
        self._call, self._run = call, run
        self._jobs: SimpleQueue[tuple[Job, Told]] = SimpleQueue()
        self._thread: Thread | None = None

    def look(self, told: Callable[[], Any]) -> None:
        """Look what is near; ``told()`` once ``seen`` is of now, also where nothing answers."""
        self._do(lambda: look(self._run), lambda _problem: told())

    def join(self, name: str, password: str, told: Told) -> None:
        """Join a network; ``told(problem)``, None where it went well."""

        def joined() -> Seen:
            join(name, password, self._run)
            return look(self._run)

        self._do(joined, told)

    def _do(self, job: Job, told: Told) -> None:
        self._jobs.put((job, told))
        if self._thread is None:
            self._thread = Thread(target=self._serve, name="wifi", daemon=True)
            self._thread.start()

    def _serve(self) -> None:
        while True:
            job, told = self._jobs.get()
            seen, problem = _tried(job)
            self._call(partial(self._ended, seen, problem, told))

    def _ended(self, seen: Seen | None, problem: HubError | None, told: Told) -> None:
        self.seen = seen or self.seen or Seen()
        told(problem)


def _tried(job: Job) -> tuple[Seen | None, HubError | None]:
    try:
        return job(), None
    except HubError as why:
        log.warning("wifi.no", why=type(why).__name__)
        return None, why
    except Exception as why:  # noqa: BLE001  # the one handler of this thread
        log.bug("wifi.broke", why)
        return None, NotJoined()
