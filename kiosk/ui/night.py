"""What the screen does when nobody is there: dims at night, drifts against burn-in. Pure."""

from datetime import datetime, time

DIM_TO = 0.30
DRIFT_PX_A_MINUTE = 3
NIGHT = (time(22, 0), time(7, 0))
# A square walk: each minute one side of 3 px, and never more than 3 px from where it was drawn.
_WALK = ((0, 0), (1, 0), (1, 1), (0, 1))


def drift_px(minute: int) -> tuple[int, int]:
    """Return how far the picture is moved in the ``minute``-th minute: (x, y) in pixels."""
    x, y = _WALK[minute % len(_WALK)]
    return x * DRIFT_PX_A_MINUTE, y * DRIFT_PX_A_MINUTE


def is_night(local: datetime, *, is_open: bool) -> bool:
    """Say whether the screen should be dim at ``local``, a time of the hub's own zone.

    A hub that is open is never dim, at whatever hour; else it is night from 22:00 to 07:00.
    """
    return not is_open and (local.time() >= NIGHT[0] or local.time() < NIGHT[1])
