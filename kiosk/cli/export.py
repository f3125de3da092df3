"""Write the visits of a period as CSV, one row a visit, and say what the file contains.

Names are left out unless --names asks for them, and are there only as long as the hub keeps them
(its setting keep_names_days); older visits have none on any device. Visits marked as a mistake are
left out. Times are the hub's own.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TextIO

from kiosk.cli.opened import hub_in, now
from kiosk.hub.presence import names_are_gone
from kiosk.hub.snapshot import Snapshot
from sync.records.visit import Visit

HELP = "visits of a period as CSV"
COLUMNS = (
    "day",
    "came",
    "left",
    "left_is",
    "how",
    "grown_ups",
    "children",
    "reason",
    "first_time",
    "device",
)
FORMULA_OPENERS = tuple("=+-@\t\r")


@dataclass(frozen=True)
class Period:
    """First and last day, both included."""

    first: date
    last: date

    def days(self) -> Iterator[date]:
        """Give each day."""
        for n in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=n)


def a_day(said: str) -> date:
    """Return the day that was said; argparse says how one is written."""
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise argparse.ArgumentTypeError(f"a day is written 2026-11-01, not {said!r}") from None


def add(parser: argparse.ArgumentParser) -> None:
    """Add the period, and whether names are wanted."""
    parser.add_argument(
        "--from",
        dest="first",
        type=a_day,
        metavar="DAY",
        help="first day, 2026-11-01; 30 days ago if unsaid",
    )
    parser.add_argument(
        "--to",
        dest="last",
        type=a_day,
        metavar="DAY",
        help="last day; today if unsaid",
    )
    parser.add_argument("--names", action="store_true", help="with the names that are still kept")
    parser.add_argument("--out", type=Path, metavar="FILE", help="where to; unsaid: to the screen")


def run(args: argparse.Namespace) -> int:
    """Write the rows, and on stderr what they are."""
    hub, at = hub_in(args.data), now()
    today = hub.today(at)
    period = Period(args.first or today - timedelta(days=30), args.last or today)
    writing = args.out.open("w", newline="", encoding="utf-8") if args.out else None
    with writing or nullcontext(sys.stdout) as out:
        count = write(hub, period, out, at, names=args.names)
    print(contents(hub, period, count, names=args.names), file=sys.stderr)
    return 0


def write(hub: Snapshot, period: Period, out: TextIO, at: datetime, *, names: bool) -> int:
    """Write a heading and a row for each visit; return how many visits."""
    table = csv.writer(out, lineterminator="\n")
    table.writerow((*COLUMNS, "name") if names else COLUMNS)
    count = 0
    for row in rows(hub, period, at, names=names):
        table.writerow(row)
        count += 1
    return count


def rows(hub: Snapshot, period: Period, at: datetime, *, names: bool) -> Iterator[tuple[str, ...]]:
    """Give each visit of the period that was none by mistake, in order of coming.

    at: now; a name whose day to go has come is not in it, be it still stored or not.
    """
    for day in period.days():
        for visit in hub.visits_on(day):
            if not visit.mistake:
                row = _row(hub, visit, day)
                yield (*row, unformula(_name(hub, visit, at))) if names else row


def contents(hub: Snapshot, period: Period, count: int, *, names: bool) -> str:
    """Return what a file of visits contains, in sentences."""
    kept = hub.settings.keep_names_days
    who = f"with names of the last {kept} days" if names else "without names"
    return (
        f"{count} visits from {period.first} to {period.last}, {who}, times in {hub.zone.key}.\n"
        "One row is one visit; somebody who signed in twice that day is in two rows. left_is says\n"
        "whether somebody said that they left (said), the hub assumed it at closing time (assumed),\n"
        "or they are still here (here)."
        + ("\nThis file has personal data: keep it no longer than you need." if names else "")
    )


def _row(hub: Snapshot, visit: Visit, day: date) -> tuple[str, ...]:
    left = visit.left_at or visit.assumed_at
    left_is = "said" if visit.left_at else "assumed" if visit.assumed_at else "here"
    device = hub.hub.kiosks.get(visit.made_on)
    return (
        day.isoformat(),
        _clock(hub, visit.came_at),
        _clock(hub, left),
        left_is,
        visit.how,
        str(visit.grown_ups),
        str(visit.children),
        unformula(visit.reason),
        "yes" if visit.first_time else "",
        unformula(device.name if device else visit.made_on),
    )


def _clock(hub: Snapshot, instant: datetime | None) -> str:
    return hub.local(instant).strftime("%H:%M") if instant else ""


def _name(hub: Snapshot, visit: Visit, at: datetime) -> str:
    if names_are_gone(hub, visit, at):
        return ""
    person = hub.person(visit.person) if visit.person else None
    return person.name if person else visit.name


def unformula(text: str) -> str:
    """Return a text that a spreadsheet shows and does not run: visitors type what they like."""
    return "'" + text if text.startswith(FORMULA_OPENERS) else text
