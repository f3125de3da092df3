"""How this device fares, a line each: sending, backup, space, version, readers, what was refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kiosk.screens.light.refused import REASONS, refused_lines
from kiosk.screens.light.view import Light, Local, explained
from kiosk.ui.words import Words
from sync.protocol import Refusal

GB, MB = 1e9, 1e6
LITTLE_BYTES = 500e6
"""With less than that free a volunteer should tell somebody."""


class Facts(Protocol):
    """What ``kiosk.device_facts`` finds."""

    @property
    def version(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def free_bytes(self) -> int: ...
    @property
    def backup_at(self) -> datetime | None: ...
    @property
    def readers(self) -> tuple[tuple[str, bool], ...]: ...


class Connected(Protocol):
    """How this device is connected (kiosk.hardware.wifi). joined: the Wi-Fi it is in, "" for none."""

    @property
    def has_cable(self) -> bool: ...
    @property
    def joined(self) -> str: ...


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """A thing, and how it is; ``ink``: amber where somebody should look."""

    what: str
    how: str
    ink: str = "ink"


def sending_lines(light: Light, words: Words, local: Local) -> tuple[DeviceLine, ...]:
    """Return how it stands with sending, and how many records wait."""
    said = explained(light, words, local)
    ink = "stop" if light.refused else "soon" if light.waiting else "ink"
    shown = [DeviceLine(words.say("device.sending"), said.title, ink)]
    if light.waiting:
        shown.append(
            DeviceLine(words.say("device.waiting"), words.count("light.waiting", light.waiting))
        )
    return tuple(shown)


def fact_lines(facts: Facts, now: datetime, words: Words, local: Local) -> tuple[DeviceLine, ...]:
    """Return backup, space, version and readers."""
    say = words.say
    little = facts.free_bytes < LITTLE_BYTES
    lines = [
        DeviceLine(
            say("device.backup"),
            _when(facts.backup_at, now, words, local),
            "ink" if facts.backup_at else "soon",
        ),
        DeviceLine(say("device.space"), _bytes(facts.free_bytes), "soon" if little else "ink"),
        DeviceLine(say("device.version"), f"{facts.version} · {facts.name}".rstrip(" ·")),
    ]
    for kind, is_there in facts.readers:
        how = say("device.there" if is_there else "device.away")
        lines.append(
            DeviceLine(say("device.reader", kind=kind), how, "ink" if is_there else "soon")
        )
    if not facts.readers:
        lines.append(DeviceLine(say("device.readers"), say("device.none_named")))
    return tuple(lines)


def network_lines(seen: Connected | None, words: Words) -> tuple[DeviceLine, ...]:
    """Return how this device is connected; None: it cannot be asked, or was not yet."""
    if seen is None:
        return ()
    how = "device.by_cable" if seen.has_cable else "device.by_wifi" if seen.joined else ""
    said = words.say(how or "device.no_network", name=seen.joined)
    return (DeviceLine(words.say("device.network"), said, "ink" if how else "soon"),)


def printer_lines(stands: str | None, words: Words) -> tuple[DeviceLine, ...]:
    """Return how the printer stands, as ``Paper.stands`` says it; None: there is none."""
    say = words.say
    if stands is None:
        return (DeviceLine(say("device.printer"), say("device.none_printer")),)
    well = stands in ("enough", "mute", "")
    how = say(f"device.paper_{stands or 'asked'}")
    return (DeviceLine(say("device.printer"), how, "ink" if well else "soon"),)


def refusal_lines(
    refusals: Iterable[Refusal], words: Words, local: Local, now: datetime
) -> tuple[DeviceLine, ...]:
    """Return what the server did not take: what it is, why, and what to do."""
    known = list(refusals)
    todo = {words.say(f"light.reason_{key}"): key for key in (*sorted(REASONS), "other")}
    return tuple(
        DeviceLine(one.what, f"{one.why}: {words.say(f'device.do_{todo[one.why]}')}", "stop")
        for one in refused_lines(known, words, local, now)
    )


def _when(at: datetime | None, now: datetime, words: Words, local: Local) -> str:
    if at is None:
        return words.say("device.no_backup")
    day, today = local(at).date(), local(now).date()
    said = words.say("date.today") if day == today else words.day(day, "short")
    return f"{said}, {words.clock(local(at))}"


def _bytes(free: int) -> str:
    return f"{free / GB:.1f} GB" if free >= GB else f"{free / MB:.0f} MB"
