"""What happened at a hub's ports, kept as a file, so that a problem there becomes a test here.

The first line says which ports were looked after; then a line for each event, as JSON. Played to a
new supervisor they make it tell the same again, in no time and without any port. A recording holds
the bytes of the readers, so the numbers of cards as well: only its owner may read it.
"""

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from kiosk.hardware.kinds import AUTO, KINDS
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
from kiosk.hardware.supervisor import Supervisor
from sync.errors import Damaged, Refused

VERSION = 1


class NoRecording(Damaged):
    """A file is no recording of ours, from ``line`` on."""

    def __init__(self, *, line: int) -> None:
        super().__init__(f"line {line} is not part of a recording")
        self.line = line


class RecordingThere(Refused):
    """There is a file of that name; a recording never takes another's place."""

    def __init__(self, *, path: Path) -> None:
        super().__init__(f"{path} is there already. Choose another name, or remove it")
        self.path = path


class Recorder:
    """Writes a recording; ``take`` is what ``Ports`` wants as its ``on_event``."""

    def __init__(self, path: Path, supervisor: Supervisor) -> None:
        """Begin a file. Raises RecordingThere, and OSError where it cannot be written."""
        try:
            number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            raise RecordingThere(path=path) from None
        self._file = os.fdopen(number, "w", encoding="utf-8")
        self._listed: Listed | None = None
        self._write(
            recording=VERSION, wanted=dict(supervisor.wanted), discovers=supervisor.discovers
        )

    def take(self, event: Event, now_s: float, effects: Sequence[Effect]) -> None:
        """Write an event, but for looks and ticks from which nothing followed."""
        if not effects and (isinstance(event, Tick) or event == self._listed):
            return
        if isinstance(event, Listed):
            self._listed = event
        self._write(s=now_s, **_plain(event))

    def close(self) -> None:
        """End the file."""
        self._file.close()

    def _write(self, **facts: Any) -> None:  # whatever JSON holds
        self._file.write(json.dumps(facts) + "\n")
        self._file.flush()  # a problem at a hub may end in pulling the plug


def played(lines: Iterable[str]) -> Iterator[tuple[float, Tell]]:
    """Give what was told when the recording was made: seconds from its beginning, and the news.

    Raises NoRecording at the first line that is none.
    """
    supervisor: Supervisor | None = None
    begin_s = None
    for nth, line in enumerate(lines, start=1):
        try:
            facts = json.loads(line)
            if supervisor is None:
                supervisor = _supervisor(facts)
                continue
            now_s = float(facts["s"])
            effects = supervisor.step(_event(facts), now_s)
        except (ValueError, TypeError, KeyError, AttributeError):
            raise NoRecording(line=nth) from None
        begin_s = now_s if begin_s is None else begin_s
        yield from ((now_s - begin_s, told) for told in effects if isinstance(told, Tell))


def _supervisor(facts: Any) -> Supervisor:  # what a line of JSON holds
    wanted = facts["wanted"]
    if facts["recording"] != VERSION or not {AUTO, *KINDS}.issuperset(wanted.values()):
        raise ValueError(facts["recording"])
    return Supervisor(wanted, discover=bool(facts["discovers"]))


def _plain(event: Event) -> dict[str, Any]:  # whatever JSON holds
    match event:
        case Listed(ports):
            return {"event": "listed", "ports": dict(ports)}
        case Opened(path):
            return {"event": "opened", "path": path}
        case NotOpened(path, why):
            return {"event": "not opened", "path": path, "why": why}
        case Heard(path, data):
            return {"event": "heard", "path": path, "bytes": data.hex(" ").upper()}
        case Gone(path):
            return {"event": "gone", "path": path}
        case Tick():
            return {"event": "tick"}


def _event(facts: Any) -> Event:  # what a line of JSON holds
    match facts:
        case {"event": "listed", "ports": dict(ports)}:
            return Listed({str(path): str(device) for path, device in ports.items()})
        case {"event": "opened", "path": str(path)}:
            return Opened(path)
        case {"event": "not opened", "path": str(path), "why": "busy" | "denied" | "away" as why}:
            return NotOpened(path, why)
        case {"event": "heard", "path": str(path), "bytes": str(data)}:
            return Heard(path, bytes.fromhex(data))
        case {"event": "gone", "path": str(path)}:
            return Gone(path)
        case {"event": "tick"}:
            return Tick()
    raise ValueError(facts)
