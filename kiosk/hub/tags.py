"""Guest tags: the kiosk's own colour, an animal and a number, to leave with without a name.

Stored as keys between spaces, ``blue heron 12``; the words for them are in the catalogues
(``colour.blue``, ``animal.heron``). Two kiosks never give out the same one: no two share a colour.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.hub.moment import Moment
from kiosk.hub.presence import maybe_present
from kiosk.hub.snapshot import Snapshot
from sync.records.hub_kiosks import own_colour
from sync.records.visit_rules import local_day

ANIMALS = ("heron", "otter", "swift", "hoopoe", "hare", "lynx", "stork", "gecko")
HIGHEST_NUMBER = 99


@dataclass(frozen=True, slots=True)
class Tag:
    """The parts of a guest tag: two keys and a number."""

    colour: str
    animal: str
    number: int

    def __str__(self) -> str:
        return f"{self.colour} {self.animal} {self.number}"

    @classmethod
    def parse(cls, text: str) -> Tag | None:
        """Return the parts of a stored tag, or None where it is none."""
        match text.split():
            case [colour, animal, number] if number.isdecimal() and len(number) < 6:
                return cls(colour, animal, int(number))
        return None


def free_tag(hub: Snapshot, at: Moment) -> str:
    """Return a tag of this kiosk that nobody has had today and nobody still here has."""
    colour = own_colour(hub.hub.kiosks, hub.device.node, hub.device.colour)
    used, highest = tags_in_use(hub, at.now), HIGHEST_NUMBER
    while not (free := _all_tags(colour, highest) - used):
        highest *= 10
    return at.dice.choice(sorted(free))


def tags_in_use(hub: Snapshot, now: datetime) -> frozenset[str]:
    """Return the tags given today, and those of yesterday of whoever is or may still be here."""
    today = hub.visits_on(local_day(now, hub.zone))
    maybe = (one.visit for one in maybe_present(hub, now))
    return frozenset(visit.tag for visit in (*today, *hub.visits_open, *maybe) if visit.tag)


def _all_tags(colour: str, highest: int) -> frozenset[str]:
    return frozenset(str(Tag(colour, a, n)) for a in ANIMALS for n in range(1, highest + 1))
