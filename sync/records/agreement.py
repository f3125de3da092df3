"""The house agreement, version by version."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from sync.records.base import BOARD, ONCE, VOL, Record, Texts


class Agreement(Record, frozen=True, kw_only=True):
    """One version; all are kept."""

    KIND: ClassVar[str] = "agreement"

    version: Annotated[int, ONCE, BOARD, VOL] = 1
    text: Annotated[Texts, ONCE, BOARD, VOL] = {}
    since: Annotated[date | None, ONCE, BOARD, VOL] = None
