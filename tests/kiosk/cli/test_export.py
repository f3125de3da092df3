"""export: the visits of a period as CSV, names only when asked for, and nothing that runs."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest

from kiosk.cli.export import unformula
from kiosk.cli.opened import hub_in, store_in
from kiosk.store import Changes, Write


def rows(said):
    return list(csv.DictReader(io.StringIO(said.out)))


@pytest.fixture
def day(data):
    return (hub_in(data).today(datetime.now(UTC)) - timedelta(days=3)).isoformat()


def visit(data, day, **fields):
    came = {"came_at": f"{day}T09:00:00Z", "how": "visitor", **fields}
    with store_in(data) as store:
        store.commit(Changes.of(Write("visit", "v", came)), now_ms=1)


def test_a_day_has_a_row_for_each_visit_in_the_hub_s_time(kiosk, data, day):
    found = rows(kiosk("export", "--data", data, "--from", day, "--to", day))
    assert len(found) == len(hub_in(data).visits_on(datetime.fromisoformat(day).date()))
    assert {row["day"] for row in found} == {day}
    assert [row["came"] for row in found] == sorted(row["came"] for row in found)


def test_names_are_left_out_unless_asked_for(kiosk, data, day):
    said = kiosk("export", "--data", data, "--from", day, "--to", day)
    assert "name" not in rows(said)[0]
    assert "without names" in said.err


def test_names_that_are_kept_are_there_when_asked_for_and_it_is_said(kiosk, data, day):
    said = kiosk("export", "--data", data, "--from", day, "--to", day, "--names")
    assert any(row["name"] for row in rows(said))
    assert "personal data" in said.err


def test_older_visits_have_no_name_even_when_asked_for(kiosk, data):
    old = (datetime.now(UTC) - timedelta(days=26)).date().isoformat()
    found = rows(kiosk("export", "--data", data, "--from", old, "--to", old, "--names"))
    assert found
    assert not any(row["name"] for row in found)


def test_a_name_that_is_still_stored_but_whose_day_has_passed_is_not_written(kiosk, data):
    old = (datetime.now(UTC) - timedelta(days=40)).date().isoformat()
    visit(data, old, name="Overdue Name")
    found = rows(kiosk("export", "--data", data, "--from", old, "--to", old, "--names"))
    assert [row["name"] for row in found] == [""]


def test_a_visit_by_mistake_is_left_out(kiosk, data, day):
    before = len(rows(kiosk("export", "--data", data, "--from", day, "--to", day)))
    visit(data, day, mistake=1)
    assert len(rows(kiosk("export", "--data", data, "--from", day, "--to", day))) == before


@pytest.mark.parametrize(
    ("fields", "left_is"),
    [
        ({"left_at": "2026-11-20T10:00:00Z"}, "said"),
        ({"assumed_at": "2026-11-20T10:00:00Z"}, "assumed"),
        ({}, "here"),
    ],
)
def test_how_we_know_that_somebody_left_is_said(kiosk, data, day, fields, left_is):
    visit(data, day, tag="x", name="Only One", **fields)
    found = rows(kiosk("export", "--data", data, "--from", day, "--to", day, "--names"))
    assert [row["left_is"] for row in found if row["name"] == "Only One"] == [left_is]


def test_what_a_visitor_typed_is_never_a_formula(kiosk, data, day):
    visit(data, day, name='=HYPERLINK("x")')
    found = rows(kiosk("export", "--data", data, "--from", day, "--to", day, "--names"))
    assert '\'=HYPERLINK("x")' in [row["name"] for row in found]


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1"])
def test_every_sign_that_opens_a_formula_is_made_text(text):
    assert unformula(text) == "'" + text


def test_a_file_is_written_where_asked(kiosk, data, day, tmp_path):
    path = tmp_path / "visits.csv"
    said = kiosk("export", "--data", data, "--from", day, "--to", day, "--out", path)
    assert said.out == ""
    assert path.read_text("utf-8").startswith("day,came,left,left_is")
