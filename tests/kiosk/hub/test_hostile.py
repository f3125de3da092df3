"""Whatever another node put into the records, the door goes on working."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.hub.agreement import doubtful, due
from kiosk.hub.cards import cards_of
from kiosk.hub.counts import day_count
from kiosk.hub.events import events_until, places_on, turnout_of
from kiosk.hub.notice_words import replaced
from kiosk.hub.notices import by_line, running, urgent_now
from kiosk.hub.people import find, to_ask_again
from kiosk.hub.presence import maybe_present, present
from kiosk.hub.roll_call import names_open_until, numbers, roll_rows
from kiosk.hub.rules import RULES_OF_TIME
from kiosk.hub.tags import tags_in_use
from kiosk.hub.welcomers import hosts_today, unmet, welcome_call
from kiosk.hub.what_now import what_now
from kiosk.hub.who_is_here import who_is_here
from kiosk.store.rows import Row
from sync.records import KINDS
from sync.records.base import specs
from sync.records.person import Person
from tests.kiosk.hub.house import HUB_ID, TODAY, House, at, id_of
from tests.sync.wire import values

STAMP = "l0199c7a1b2c3-0000-9f3a61c2"
IDS = st.sampled_from([id_of("a"), id_of("b"), HUB_ID, ""])
ODD: st.SearchStrategy[Any] = st.one_of(
    values,
    IDS,
    st.sampled_from(
        [
            "0001-01-01T00:00:00Z",
            "1970-01-01T00:00:00Z",
            "9999-12-31T23:59:59Z",
            "2026-11-23T09:00:00Z",
            "2026-11-23T09:00:00",
            "9999-12-31T23:00:00",
            "0001-01-01T00:00:00",
            "2026-11-23",
            "9999-12-31",
            "0001-01-01",
            "FREQ=DAILY;COUNT=3",
            "FREQ=SECONDLY",
            "card",
            "count",
            "urgent",
            "need",
            "volunteer",
            ["00:00", "24:00"],
            [["22:00", "02:00"], ["x", "y"]],
            "22:00",
            "\u202eAna\x00 Guerra\u200f 👩\u200d👧",
            "a" * 10_000,
        ]
    ),
    st.integers(-(2**40), 2**40),
)


@st.composite
def bodies(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    """A record of a kind with nonsense in half of its fields."""
    named = specs(KINDS[kind])
    names = draw(st.lists(st.sampled_from(sorted(named)), unique=True, max_size=8))
    fields = {
        (f"{name}.{draw(st.sampled_from(['en', 'mon', '1']))}" if named[name].is_map else name): (
            draw(ODD)
        )
        for name in names
    }
    return {"kind": kind, "id": draw(IDS), "fields": fields, "stamps": {"*": STAMP}}


def everything(hub: House, now) -> None:
    """Read all that a screen reads."""
    seen = hub.snapshot
    for read in (
        present, maybe_present, roll_rows, numbers, names_open_until, who_is_here, welcome_call,
        hosts_today, unmet, what_now, running, urgent_now, doubtful, to_ask_again, tags_in_use,
    ):  # fmt: skip
        read(seen, now)
    day_count(seen, TODAY)
    find(seen, "an", now)
    for person in [*seen.people, Person(id=id_of("a"))]:
        due(seen, person.id, now)
        cards_of(seen, person.id)
        replaced(seen, person.id, now)
    for one in events_until(seen, TODAY, at("00:00")):
        places_on(seen, one.event, TODAY)
        turnout_of(seen, one)
    for notice in seen.notices:
        by_line(seen, notice, now)


@pytest.mark.slow
@pytest.mark.parametrize("kind", sorted(KINDS))
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_nonsense_in_any_kind_stops_no_screen_and_no_rule(kind, data):
    hub = House()
    for sort in (kind, *data.draw(st.lists(st.sampled_from(sorted(KINDS)), max_size=4))):
        body = data.draw(bodies(sort))
        hub.tables[sort][body["id"]] = Row(body)
    everything(hub, at("10:00"))
    for rule in RULES_OF_TIME:
        hub.rule(rule, at("10:00"))
    everything(hub, at("10:01"))


@pytest.mark.parametrize("year", [2, 1970, 9998])
def test_a_clock_near_either_end_of_the_calendar_stops_nothing(hub, year):
    from datetime import UTC, datetime

    from tests.kiosk.hub.house import notice, person, visit

    hub.has(person("Ana Guerra"), visit("Ana Guerra", "09:00"), notice("Soup"))
    for now in (datetime(year, 1, 1, tzinfo=UTC), datetime(year, 12, 31, 23, tzinfo=UTC)):
        everything(hub, now)


def test_a_time_rule_on_nonsense_writes_only_what_the_store_takes(hub):
    odd = {"kind": "visit", "id": "v", "fields": {"came_at": 7, "person": ["x"], "grown_ups": "9"}}
    hub.tables["visit"]["v"] = Row(odd | {"stamps": {"*": STAMP}})
    for rule in RULES_OF_TIME:
        hub.rule(rule, at("10:00", 30))
    assert hub.snapshot.visit("v").person == ""
