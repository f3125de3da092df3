"""Hours that people of a sample gave each other, settled and not yet."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.sample.house import Here
from kiosk.sample.rows import HoursRow
from kiosk.sample.wire import Made
from sync.records.hours import Hours
from sync.records.hours_decide import fund_of

FUND = "fund"


def hours_of(row: HoursRow, here: Here, n: int) -> Iterator[Made]:
    """Make one record of hours; n: in which order it reached the server."""
    giver, receiver = (
        fund_of(here.hub) if one == FUND else here.id(one) for one in (row.giver, row.receiver)
    )
    day, is_settled = here.days.day(row.day), row.state == "settled"
    said, nobody = {str(row.minutes): 1}, dict[str, int]()
    has_both = row.state != "giver_ok"
    hours = Hours(
        id=here.pair(Hours.KIND, giver, receiver, day.isoformat(), "1"),
        giver=giver,
        receiver=receiver,
        date=day,
        giver_ok=nobody if row.giver == FUND else said,
        receiver_ok=said if has_both else nobody,
        giver_hand=nobody if row.giver == FUND else {giver: 1},
        receiver_hand={receiver: 1} if has_both else nobody,
        settled=row.minutes if is_settled else 0,
        arrived=n if is_settled else 0,
    )
    yield here.made(hours, here.days.made(row.day))
