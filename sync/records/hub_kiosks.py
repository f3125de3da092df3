"""Which colour each kiosk's guest tags have: no two of a hub share one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count

from sync.records.hub import KioskFacts

COLOURS = (
    "blue", "green", "purple", "brown", "teal",
    "red", "orange", "yellow", "pink", "grey", "black", "white",
)  # fmt: skip
"""Words for colours, in the order in which they are given; a thirteenth kiosk is ``blue-2``."""


@dataclass(frozen=True, slots=True)
class PairedDoor:
    """A door of the hub: its node, its name, and the colour it was set up with ("" = any)."""

    node: str
    name: str = ""
    wish: str = ""


def kiosks_due(
    said: Mapping[str, KioskFacts], doors: Iterable[PairedDoor], *, named: frozenset[str]
) -> dict[str, KioskFacts | None]:
    """Return what has to change of ``hub.kiosks``; None: the kiosk is no door of the hub any more.

    doors: all that are paired, the oldest first: of two with one colour it keeps it. named: nodes
    that are to be in there from now on, besides those that are.
    """
    here = {door.node: door for door in doors if door.node}
    due: dict[str, KioskFacts | None] = {node: None for node in said if node not in here}
    taken: set[str] = set()
    wanted = [door for door in here.values() if door.node in said or door.node in named]
    for door in sorted(wanted, key=lambda door: door.node not in said):
        before = said.get(door.node, KioskFacts())
        colour = _first_free((before.colour, door.wish, *COLOURS), taken)
        taken.add(colour)
        now = KioskFacts(name=door.name or before.name, colour=colour)
        if now != before:
            due[door.node] = now
    return due


def own_colour(said: Mapping[str, KioskFacts], node: str, set_up: str) -> str:
    """Return the colour of a kiosk's tags: what the server gave, else one that no other has.

    set_up: what was chosen at its set-up, which holds as long as no server said another.
    """
    if node in said and said[node].colour:
        return said[node].colour
    return _first_free((set_up, *COLOURS), {one.colour for one in said.values()})


def _first_free(colours: Iterable[str], taken: set[str]) -> str:
    return next(colour for colour in _without_end(colours) if colour and colour not in taken)


def _without_end(colours: Iterable[str]) -> Iterator[str]:
    yield from colours
    yield from (f"{colour}-{n}" for n in count(2) for colour in COLOURS)
