"""Who was here: the roll call, the counts, and the tables that are taken along."""

import csv
import datetime as dt
import io
import zipfile
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest

from sync.records.hub import Hub
from sync.records.person import Person
from sync.records.visit import Visit
from sync.records.visit_rules import House
from sync.server.database.ledger import Ledger
from sync.server.web import tables
from sync.server.web.attendance import numbers, roll
from sync.server.web.people import People
from tests.sync.server.village import HUB

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


@pytest.fixture
def door(village):
    door = village.door()
    door.house()
    return door


@pytest.fixture
def volunteer(door, another):
    return another().joins("volunteer", name="Tomás Herrero")


def came(door, at="2026-11-23T10:00:00Z", **more):
    door.asks(door.wrote("visit", **({"how": "visitor", "came_at": at} | more)))


def rows(text):
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_the_roll_call_names_who_is_here_and_not_who_left(door, volunteer):
    came(door, name="Rosa")
    came(door, name="Luis", left_at="2026-11-23T10:20:00Z")
    came(door, how="group", grown_ups=3, children=2, tag="Blue Heron 12")
    volunteer.get("/here")
    assert "Rosa" in volunteer.page
    assert "Blue Heron 12" in volunteer.page
    assert "Luis" not in volunteer.page
    assert "<strong>6</strong>" in volunteer.page


def test_a_person_signed_in_at_two_doors_is_one_line_and_one_head():
    madrid = House(Hub(), {}, ZoneInfo("Europe/Madrid"))
    now = dt.datetime(2026, 11, 23, 11, tzinfo=dt.UTC)
    people = People.of([Person(id="a", name="Ana"), Person(id="b", name="Ana G", merged_into="a")])
    visits = [
        Visit(id=f"v{who}", how="tile", person=who, came_at=now - dt.timedelta(minutes=5))
        for who in ("a", "b")
    ]
    found = roll(visits, madrid, people, now)
    assert [(one.name, one.heads) for one in found] == [("Ana", 1)]
    assert numbers(found).here == 1


def test_who_was_taken_for_gone_lately_may_still_be_here(village, door, volunteer):
    came(door, name="Rosa")
    village.until("2026-11-23T15:00:00+00:00")  # her four hours are over at 14:00
    volunteer.get("/here")
    assert "may still be here" in volunteer.page
    village.until("2026-11-23T16:30:00+00:00")
    volunteer.get("/here")
    assert "Rosa" not in volunteer.page


def test_the_table_of_numbers_counts_days_and_holds_no_name(door, volunteer):
    came(door, name="Rosa", first_time=True)
    came(door, at="2026-11-22T10:00:00Z", how="group", grown_ups=3, children=2)
    text = volunteer.get("/here/counts.csv?first=2026-11-22&last=2026-11-23").text
    assert [
        (r["day"], r["stays"], r["grown_ups"], r["children"], r["first_times"]) for r in rows(text)
    ] == [
        ("2026-11-22", "1", "3", "2", "0"),
        ("2026-11-23", "1", "1", "0", "1"),
    ]
    assert "Rosa" not in text


def test_names_are_in_the_table_only_for_a_steward_who_asks(door, another):
    steward = another().joins("steward")
    came(door, name="Rosa")
    text = steward.get("/here/names.csv").text
    assert [(r["name"], r["came"]) for r in rows(text)] == [("Rosa", "2026-11-23 11:00")]
    assert steward.headers["content-disposition"].startswith("attachment")


def cells(data):
    """The rows of a spreadsheet: of each cell its type and what it shows."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.infolist()[0].filename == "mimetype"
        assert file.read("mimetype") == b"application/vnd.oasis.opendocument.spreadsheet"
        tree = ET.fromstring(file.read("content.xml"))  # noqa: S314  # ours, just made
    assert not [one for one in tree.iter() if any("formula" in name for name in one.attrib)]
    return [
        [
            (one.get(f"{OFFICE}value-type"), "".join(one.itertext()))
            for one in row.iter(f"{TABLE}table-cell")
        ]
        for row in tree.iter(f"{TABLE}table-row")
    ]


def test_both_tables_hold_the_same(door, another):
    steward = another().joins("steward")
    came(door, name="Rosa")
    came(door, how="group", grown_ups=3, children=2)
    for name in ("counts", "names"):
        text = steward.get(f"/here/{name}.csv").text.removeprefix("\ufeff")
        sheet = cells(steward.get(f"/here/{name}.ods").content)
        assert [[shown for _type, shown in row] for row in sheet] == list(
            csv.reader(io.StringIO(text))
        )
        assert steward.headers["content-disposition"].endswith('.ods"')
    group = next(row for row in sheet if row[3][1] == "group")
    assert group[4] == ("float", "3")


def test_a_volunteer_gets_numbers_as_a_spreadsheet_and_no_names(door, volunteer):
    came(door, name="Rosa")
    assert b"Rosa" not in b"".join(
        shown.encode()
        for row in cells(volunteer.get("/here/counts.ods").content)
        for _, shown in row
    )
    assert volunteer.get("/here/names.ods").status_code == 403


@pytest.mark.parametrize(
    "name",
    [
        "=HYPERLINK(1)",
        "+1",
        "-1",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "\uff1d1",
        "\uff0b1",
        "\uff20x",
    ],
)
def test_a_name_like_a_formula_is_no_formula_in_a_spreadsheet(door, another, name):
    steward = another().joins("steward")
    came(door, name=name)
    text = steward.get("/here/names.csv").text
    assert list(csv.reader(io.StringIO(text, newline="")))[1][2] == f"'{name}"
    kind, shown = cells(steward.get("/here/names.ods").content)[1][2]
    assert (kind, shown[0]) == ("string", "'")


def test_a_name_that_no_xml_can_hold_breaks_no_spreadsheet(door, another):
    steward = another().joins("steward")
    came(door, name="Ro\x0bsa \uffff </text:p> & co")
    shown = cells(steward.get("/here/names.ods").content)[1][2][1]
    assert shown == "Ro\N{REPLACEMENT CHARACTER}sa \N{REPLACEMENT CHARACTER} </text:p> & co"


def test_more_lines_than_a_spreadsheet_takes_are_said_to_be_too_many(door, another, monkeypatch):
    monkeypatch.setattr(tables, "MOST_LINES", 2)
    steward = another().joins("steward")
    for _ in range(2):
        came(door, name="Rosa")
    assert steward.get("/here/names.ods").status_code == 200
    came(door, name="Rosa")
    assert steward.get("/here/names.ods").status_code == 400
    assert "More than 2 lines" in steward.page
    assert steward.get("/here/names.csv").status_code == 200


def test_a_span_that_is_none_or_endless_is_made_one(volunteer):
    text = volunteer.get("/here/counts.csv?first=0001-01-01&last=x").text
    assert len(rows(text)) == 14
    text = volunteer.get("/here/counts.csv?first=2001-01-01&last=2026-11-23").text
    assert len(rows(text)) == 367


def counted(browser, first="2026-10-20", last="2026-11-23"):
    page = browser.get(f"/here/counts.csv?first={first}&last={last}").text
    return {one["day"]: int(one["stays"]) for one in rows(page) if one["stays"] != "0"}


def test_days_whose_names_have_gone_are_told_by_what_was_written_for_good(village, door, volunteer):
    days = ("2026-10-25", "2026-11-01", "2026-11-02", "2026-11-03", "2026-11-20", "2026-11-23")
    came(door, "2026-11-01T10:00:00Z", how="count")
    for day in days[1:]:
        came(door, f"{day}T10:30:00Z", how="count")
    before = counted(volunteer)
    with village.database.writing() as connection:
        village.commits.look_after(connection, HUB)
    assert counted(volunteer) == before
    assert before == dict.fromkeys(days[1:], 1) | {"2026-11-01": 2}
    with village.database.writing() as connection:
        Ledger(connection, HUB).drop(Ledger(connection, HUB).of_kinds(("visit",)))
    came(door, "2026-10-25T10:00:00Z", how="count")  # no count of this day was written
    assert counted(volunteer) == {"2026-10-25": 1, "2026-11-01": 2, "2026-11-02": 1}


def test_a_stay_over_midnight_is_counted_once_on_the_day_that_it_began(door, volunteer):
    both = {"how": "tile", "person": "0199b1aa-0000-7000-8000-00000000a0a0"}
    came(door, "2026-11-21T21:00:00Z", left_at="2026-11-22T02:00:00Z", **both)
    came(door, "2026-11-21T23:30:00Z", left_at="2026-11-22T01:00:00Z", **both)
    assert counted(volunteer) == {"2026-11-21": 1}


def test_a_spreadsheet_is_to_the_letter_what_its_library_writes():
    import odswriter

    table = [("name", "heads"), ("Rosa & <co>\t\"x\" 'y'", 3), ("", 0), ("two\nlines", -1)]
    out = io.BytesIO()
    with odswriter.writer(out) as file:
        file.new_sheet("1").writerows(table)
    made, meant = (
        zipfile.ZipFile(io.BytesIO(data)) for data in (tables.as_ods(table), out.getvalue())
    )
    assert made.namelist() == meant.namelist()
    assert [made.read(n) for n in made.namelist()[:3]] == [
        meant.read(n) for n in made.namelist()[:3]
    ]
    trees = [
        ET.canonicalize(one.read("content.xml").decode(), strip_text=False) for one in (made, meant)
    ]
    assert trees[0] == trees[1]
