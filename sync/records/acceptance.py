"""That a person accepted one version of the house agreement."""

from __future__ import annotations

from typing import Annotated, ClassVar

from sync.records.base import ONCE, PERSONAL, SELF, VOLUNTEERS, Instant, Record


class Acceptance(Record, frozen=True, kw_only=True):
    """``pair(person, agreement)``; goes with the person."""

    KIND: ClassVar[str] = "acceptance"
    ERASABLE: ClassVar[bool] = True

    person: Annotated[str, ONCE, VOLUNTEERS, SELF, PERSONAL] = ""
    agreement: Annotated[str, ONCE, VOLUNTEERS, SELF] = ""
    at: Annotated[Instant | None, ONCE, VOLUNTEERS, SELF] = None
