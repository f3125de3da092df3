"""A sample hub, loaded into a snapshot at any date, without a disk."""

from datetime import UTC, datetime
from typing import NamedTuple

from kiosk.hub.snapshot import Device, Snapshot
from kiosk.sample import LA_RONDA, Loaded, read_file, records_of

KEY = bytes(range(32))
A_MONDAY = datetime(2026, 11, 23, 9, 42, tzinfo=UTC)  # 10:42 in Madrid
WHOLE = read_file(LA_RONDA)


class Row(NamedTuple):
    body: dict


def loaded(sample=WHOLE, now=A_MONDAY) -> Loaded:
    return records_of(sample, now, KEY)


def snapshot(made: Loaded) -> Snapshot:
    tables: dict[str, dict[str, Row]] = {}
    for record in made.records:
        tables.setdefault(record["kind"], {})[record["id"]] = Row(record)
    return Snapshot.of(tables, Device())


def without_pins(sample=WHOLE):
    """The same sample without PINs: eight argon2 hashes are most of the time of loading."""
    people = [{k: v for k, v in row.items() if k != "pin"} for row in sample["people"]]
    return {**sample, "people": people}
