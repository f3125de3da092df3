"""The house agreement: which version is in force, and who has still to be asked about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from kiosk.hub.actor import ANYBODY, VOLUNTEER, Actor
from kiosk.hub.may import needs
from kiosk.hub.moment import Moment
from kiosk.hub.snapshot import Snapshot
from kiosk.hub.typed import TextMissing, lines
from kiosk.hub.writes import new
from kiosk.store.changes import Changes, Write
from sync.ids import pair_id
from sync.records.acceptance import Acceptance
from sync.records.agreement import Agreement
from sync.records.base import Texts
from sync.records.visit_rules import local_day

ASK, YES, NOT_NOW = "", "yes", "not_now"
"""What somebody said of the agreement: nothing yet, yes, not now."""


def in_force(hub: Snapshot, now: datetime) -> Agreement | None:
    """Return the version in force: the highest whose ``since`` has come; of two, the later one."""
    return max(_begun(hub, now), key=_order, default=None)


def doubtful(hub: Snapshot, now: datetime) -> tuple[Agreement, ...]:
    """Return the versions with the same number as the one in force: volunteers are told."""
    force = in_force(hub, now)
    alike = [one for one in _begun(hub, now) if force and one.version == force.version]
    return tuple(sorted(alike, key=_order)) if len(alike) > 1 else ()


def due(hub: Snapshot, person_id: str, now: datetime) -> Agreement | None:
    """Return the agreement that a person has still to be asked about; None where they were."""
    force = in_force(hub, now)
    root = hub.who(person_id)
    said = {
        one.agreement
        for record in hub.records_of.get(root, (root,))
        for one in hub.acceptances_of(record)
    }
    return force if force and force.id not in said else None


def accept(hub: Snapshot, agreement: Agreement, person_id: str, at: Moment) -> Write:
    """Return the write that a person accepts; two kiosks that write it write one record."""
    root = hub.who(person_id)
    yes = Acceptance(
        id=pair_id(hub.hub.id, "acceptance", root, agreement.id),
        person=root,
        agreement=agreement.id,
        at=at.now.replace(microsecond=0),
    )
    return new(hub, yes, at)


@dataclass(frozen=True, slots=True)
class NewAgreement:
    """The next version of the agreement, in force from a day on; by a volunteer."""

    text: Texts
    since: date
    by: Actor = ANYBODY


def new_agreement(hub: Snapshot, ask: NewAgreement, at: Moment) -> Changes:
    """Write the next version. Raises TooLow, TextMissing, TextTooLong. The result is its id."""
    needs(ask.by, VOLUNTEER)
    text = {lang: clean for lang, one in ask.text.items() if (clean := lines(one))}
    if not text:
        raise TextMissing
    version = 1 + max((one.version for one in hub.agreements), default=0)
    made = Agreement(id=at.new_id(), version=version, text=text, since=ask.since)
    return Changes.of(new(hub, made, at, ask.by), undo_s=10, result=made.id)


def _begun(hub: Snapshot, now: datetime) -> list[Agreement]:
    today = local_day(now, hub.zone)
    return [one for one in hub.agreements if one.since and one.since <= today and not one.withdrawn]


def _order(one: Agreement) -> tuple[int, date, str]:
    return one.version, one.since or date.min, one.id
