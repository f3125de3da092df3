"""A snapshot shows the hub at one instant, and the next one shares what did not change."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from kiosk.hub.snapshot import Device, Snapshot
from sync.records import flat
from sync.records.card import Card
from sync.records.hub import Hub
from sync.records.person import Person
from sync.records.room import Room
from sync.records.visit import Visit


@dataclass(frozen=True)
class Row:
    body: dict


def row(record):
    fields = flat(record)
    return Row({"kind": record.KIND, "id": record.id, "fields": fields, "stamps": {}})


def tables(*records):
    kinds = {record.KIND: {} for record in records}
    for record in records:
        kinds[record.KIND][record.id] = row(record)
    return kinds


def snapshot(*records):
    return Snapshot.of(tables(*records), Device())


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


MADRID = Hub(id="h", timezone="Europe/Madrid")


def test_a_visit_after_midnight_in_madrid_belongs_to_the_new_day_though_utc_has_the_old_one():
    late = Visit(id="v", came_at=utc("2026-11-22T23:30"))
    hub = snapshot(MADRID, late)
    assert hub.visits_on(date(2026, 11, 23)) == (late,)
    assert hub.visits_on(date(2026, 11, 22)) == ()


def test_visits_of_a_day_come_in_the_order_of_coming():
    first, second = (
        Visit(id="b", came_at=utc("2026-11-23T09:00")),
        Visit(id="a", came_at=utc("2026-11-23T10:00")),
    )
    assert snapshot(MADRID, second, first).visits_on(date(2026, 11, 23)) == (first, second)


def test_the_next_snapshot_shows_a_change_and_the_old_one_does_not():
    before = snapshot(MADRID, Visit(id="v", came_at=utc("2026-11-23T09:00")))
    gone = Visit(id="v", came_at=utc("2026-11-23T09:00"), left_at=utc("2026-11-23T10:00"))
    after = before.after(tables(MADRID, gone), [("visit", "v")])
    assert [v.id for v in before.visits_open] == ["v"]
    assert after.visits_open == ()


def test_a_dropped_record_is_gone_from_every_index():
    before = snapshot(Card(id="c", uid_hash="x"))
    after = before.after({}, [("card", "c")])
    assert after.cards("x") == ()
    assert after.get(Card, "c") is None


def test_an_erased_record_reads_as_not_there():
    erased = Row({"kind": "person", "id": "p", "erased": "l0-0-0"})
    assert Snapshot.of({"person": {"p": erased}}, Device()).person("p") is None


def test_a_kind_from_the_future_is_passed_over():
    assert list(Snapshot.of({"teapot": {"t": Row({})}}, Device()).people) == []


def test_a_hub_without_a_record_yet_has_defaults():
    empty = Snapshot.of({}, Device())
    assert empty.settings.keep_names_days == 21
    assert empty.zone.key == "UTC"


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../etc/passwd", "\0"])
def test_a_zone_that_is_none_reads_as_utc(zone):
    assert snapshot(Hub(id="h", timezone=zone)).zone.key == "UTC"


@pytest.mark.parametrize(
    ("pointers", "found"),
    [
        ({"a": ""}, "a"),
        ({"a": "b", "b": ""}, "b"),
        ({"a": "b", "b": "a"}, "a"),
        ({"c": "b", "b": "a", "a": "b"}, "a"),
        ({"a": "b"}, None),
    ],
)
def test_merged_people_are_one_person_and_in_a_ring_the_lowest_id_counts(pointers, found):
    people = [Person(id=one, merged_into=other) for one, other in pointers.items()]
    person = snapshot(*people).person(next(iter(pointers)))
    assert (person and person.id) == found


def test_a_retired_room_is_off_the_boards_from_its_day():
    shed = Room(id="r", retired_from=date(2026, 11, 23))
    hub = snapshot(shed)
    assert hub.rooms_on(date(2026, 11, 22)) == (shed,)
    assert hub.rooms_on(date(2026, 11, 23)) == ()
