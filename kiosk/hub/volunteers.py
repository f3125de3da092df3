"""Making somebody a volunteer: what they may do, and the PIN that shows who they are."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.hub.actor import ANYBODY, VOLUNTEER, Actor
from kiosk.hub.codes import SetCode, set_code
from kiosk.hub.may import needs
from kiosk.hub.moment import Moment
from kiosk.hub.people import the_person
from kiosk.hub.snapshot import Snapshot
from kiosk.hub.writes import edit
from kiosk.store.changes import Changes


@dataclass(frozen=True, slots=True)
class MakeVolunteer:
    """Somebody is a volunteer from now on, with this PIN; one who is gets another PIN."""

    person: str
    pin: str = field(repr=False)
    by: Actor = ANYBODY


def make_volunteer(hub: Snapshot, ask: MakeVolunteer, at: Moment) -> Changes:
    """Write kind and PIN. By a volunteer. Raises TooLow, NotKnown, BadCode."""
    needs(ask.by, VOLUNTEER)
    person = the_person(hub, ask.person)
    pin = set_code(hub, SetCode(person.id, ask.pin, "pin", ask.by), at)
    return Changes.of(edit(person, kind="volunteer")) + pin
