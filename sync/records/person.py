"""Somebody the hub knows by name, from a remembered visitor to a volunteer."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from sync.records.base import (
    BY_KIOSK,
    LATEST,
    MEMBERS,
    PERSONAL,
    SELF,
    VOL,
    VOLUNTEERS,
    Instant,
    Record,
    Texts,
)

PersonKind = Literal["visitor", "remembered", "member", "volunteer"]
PERSON_KINDS: tuple[PersonKind, ...] = ("visitor", "remembered", "member", "volunteer")


class Person(Record, frozen=True, kw_only=True):
    """A person; a photo is never stored."""

    KIND: ClassVar[str] = "person"
    ERASABLE: ClassVar[bool] = True

    name: Annotated[str, LATEST, MEMBERS, SELF, PERSONAL] = ""
    known_as: Annotated[str, LATEST, MEMBERS, SELF, PERSONAL] = ""
    kind: Annotated[PersonKind, LATEST, VOLUNTEERS, VOL] = "visitor"
    lang: Annotated[str, LATEST, VOLUNTEERS, SELF] = ""
    big_text: Annotated[bool, LATEST, VOLUNTEERS, SELF] = False
    low_controls: Annotated[bool, LATEST, VOLUNTEERS, SELF] = False
    wall_ok: Annotated[bool | None, LATEST, VOLUNTEERS, SELF, PERSONAL] = None
    ask_me_about: Annotated[dict[str, Texts], LATEST, VOLUNTEERS, SELF, PERSONAL] = {}
    code_hash: Annotated[str, LATEST, VOLUNTEERS, SELF, PERSONAL] = ""
    pin_hash: Annotated[str, LATEST, VOLUNTEERS, SELF, PERSONAL] = ""
    contact: Annotated[str, LATEST, VOLUNTEERS, SELF, PERSONAL] = ""
    active_on: Annotated[date | None, LATEST, VOLUNTEERS, BY_KIOSK] = None
    """A day on which they were here, right to a month: visits forget them sooner."""
    erase_asked: Annotated[Instant | None, LATEST, VOLUNTEERS, SELF] = None
    """When they asked to be forgotten; they have 24 hours to change their mind."""
    merged_into: Annotated[str, LATEST, VOLUNTEERS, VOL] = ""
