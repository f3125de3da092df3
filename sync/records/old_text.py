"""A text that another one replaced, kept 14 days for its author to put back."""

from __future__ import annotations

from typing import Annotated, ClassVar

from sync.records.base import BY_KIOSK, ONCE, PERSONAL, VOLUNTEERS, Kept, Record


class OldText(Record, frozen=True, kw_only=True):
    """``pair(record, field, stamp)``; any node that sees the loss makes the same record."""

    KIND: ClassVar[str] = "old_text"
    KEPT: ClassVar[Kept] = Kept(days=14)

    record_kind: Annotated[str, ONCE, VOLUNTEERS, BY_KIOSK] = ""
    record: Annotated[str, ONCE, VOLUNTEERS, BY_KIOSK] = ""
    field: Annotated[str, ONCE, VOLUNTEERS, BY_KIOSK] = ""
    stamp: Annotated[str, ONCE, VOLUNTEERS, BY_KIOSK] = ""
    text: Annotated[str, ONCE, VOLUNTEERS, BY_KIOSK] = ""
    by: Annotated[str, ONCE, VOLUNTEERS, BY_KIOSK, PERSONAL] = ""
