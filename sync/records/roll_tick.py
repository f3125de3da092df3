"""That somebody was seen safe in a roll call."""

from __future__ import annotations

from typing import Annotated, ClassVar

from sync.records.base import ANY, HIGHEST, ONCE, VOLUNTEERS, Kept, Record


class RollTick(Record, frozen=True, kw_only=True):
    """``pair(roll, visit)``: two devices tick together."""

    KIND: ClassVar[str] = "roll_tick"
    KEPT: ClassVar[Kept] = Kept(as_names=True)

    roll: Annotated[str, ONCE, VOLUNTEERS, ANY] = ""
    visit: Annotated[str, ONCE, VOLUNTEERS, ANY] = ""
    safe: Annotated[int, HIGHEST, VOLUNTEERS, ANY] = 0
