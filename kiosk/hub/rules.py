"""The rules that time brings, in the order in which they are applied: once a minute."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.hub.bookings import mark_used
from kiosk.hub.known_time import remember_time
from kiosk.hub.moment import Moment
from kiosk.hub.retention import forget_as_wished, let_go
from kiosk.hub.sign_out import assume_left
from kiosk.hub.snapshot import Snapshot
from kiosk.store.changes import Changes

RULES_OF_TIME: tuple[Callable[[Snapshot, Moment], Changes], ...] = (
    assume_left,
    mark_used,
    forget_as_wished,
    let_go,
    remember_time,
)
