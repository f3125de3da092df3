"""What arrives late is washed by the receiver's own calendar."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.merge import merge, versions
from sync.records.hub import Settings
from sync.washing import Calendar, not_erased, to_go, washed

STAMP = "l0199c7a1b2c3-0000-9f3a61c2"
MADRID = ZoneInfo("Europe/Madrid")
CAME = "2026-11-23T23:30:00Z"
"""Half past midnight of the 24th in Madrid."""
DAY_1 = date(2026, 11, 24)
NAMES = {"person": "p", "name": "Eva Gil", "wall_ok": True, "open_to": ["chat"], "card": "c"}


def body(kind: str = "visit", **fields):
    return {"kind": kind, "id": "r", "fields": fields, "stamps": {"*": STAMP}}


def calendar(days: int, *erased: str, **settings) -> Calendar:
    return Calendar(
        DAY_1 + timedelta(days=days), Settings(**settings), MADRID, lambda one: one in erased
    )


@pytest.mark.acceptance(26)
def test_a_visit_sent_late_arrives_without_a_name():
    clean = washed(body(came_at=CAME, reason="lunch", **NAMES), calendar(21))
    assert {name: clean["fields"][name] for name in NAMES} == dict.fromkeys(NAMES)
    assert clean["fields"]["reason"] == "lunch"


@pytest.mark.acceptance(25, 26)
@pytest.mark.parametrize(("days", "named"), [(0, True), (20, True), (21, False), (9999, False)])
def test_names_stay_for_the_hubs_number_of_days_by_the_hubs_calendar(days, named):
    clean = washed(body(came_at=CAME, name="Eva"), calendar(days))
    assert (clean["fields"]["name"] == "Eva") is named


def test_the_hubs_own_number_of_days_counts():
    late = body(came_at=CAME, name="Eva")
    assert washed(late, calendar(2, keep_names_days=3)) is late
    assert washed(late, calendar(3, keep_names_days=3)) is not late


@pytest.mark.acceptance(14, 26)
def test_a_washed_name_comes_back_by_no_later_write():
    clean = washed(body(came_at=CAME, name="Eva"), calendar(21))
    later = body(name="Eva Gil")
    later["stamps"] = {"*": "l" + "f" * 12 + "-0000-9f3a61c2"}
    assert merge(later, clean)["fields"]["name"] is None


@pytest.mark.acceptance(14)
def test_fields_that_never_came_are_erased_too():
    clean = washed(body(came_at=CAME), calendar(21))
    assert versions(clean)["name"].rule == "x"


def test_what_is_clean_is_left_as_it_is():
    clean = washed(body(came_at=CAME, **NAMES), calendar(21))
    assert washed(clean, calendar(30)) is clean
    assert to_go(clean, calendar(30)) == ()


def test_a_visit_without_a_date_keeps_its_name_until_it_has_one():
    assert to_go(body(name="Eva"), calendar(999)) == ()


@pytest.mark.acceptance(14)
def test_what_points_at_somebody_forgotten_loses_all_that_is_personal():
    clean = washed(body(came_at=CAME, **NAMES), calendar(0, "p"))
    assert {clean["fields"][name] for name in ("person", "name", "wall_ok")} == {None}


@pytest.mark.acceptance(14)
def test_a_helper_who_was_forgotten_leaves_the_authors_words():
    notice = body("notice", owner="q", **{"title.en": "Soup", "edited_by.title.en": "p"})
    assert to_go(notice, calendar(0, "p")) == ("edited_by.title.en",)


@pytest.mark.acceptance(14)
@pytest.mark.parametrize(("giver", "goes"), [("p", True), ("q", False)])
def test_hours_of_somebody_forgotten_lose_their_words_though_who_gave_them_stays(giver, goes):
    hours = body("hours", giver=giver, receiver="luis", what="Shelves for a small room")
    assert to_go(hours, calendar(0, "p")) == (("what",) if goes else ())


@pytest.mark.parametrize("kind", ["from_tomorrow", "visit"])
def test_what_is_unknown_or_erased_is_left_as_it_is(kind):
    erased = {"kind": kind, "id": "r", "erased": STAMP[1:]}
    unknown = body("from_tomorrow", person="p", came_at=CAME)
    assert washed(erased, calendar(99, "p")) is erased
    assert washed(unknown, calendar(99, "p")) is unknown


@given(st.dictionaries(st.sampled_from([*NAMES, "came_at"]), st.integers() | st.text()))
def test_nonsense_is_washed_without_a_crash(fields):
    washed(body(**fields), calendar(99, "p"))


def test_only_what_is_not_erased_yet_has_to_go():
    half = washed(body(came_at=CAME, **NAMES), calendar(21))
    assert not_erased(half, ["name", "reason"]) == ("reason",)


def test_a_field_without_a_stamp_is_not_erased():
    forged = body(name="Eva", reason=None) | {"stamps": {"reason": "x"}}
    assert not_erased(forged, ["name", "reason"]) == ("name",)
