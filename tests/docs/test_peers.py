"""What ``tests.bench.peers`` says of its figures, and the picture that docs/measured.md shows of them."""

import io
import json
from xml.etree import ElementTree as ET

import pytest

from tests.bench.peers import chart
from tests.bench.peers.judge import UNITS, behind, report
from tests.bench.peers.local import INSERT
from tests.bench.peers.workload import DOWN, ONE, PULL, PUSH, Found

OURS = "ours, sqlite"
GOOD = {
    OURS: {PUSH: 1.5, PULL: 1.0, ONE: 6.0},
    "PouchDB": {PUSH: 9.0, PULL: 7.0, ONE: 20.0},
    "floor": {PUSH: 1.0, PULL: 0.8},
    "ours": {INSERT: 1.0},
    "bare sqlite3": {INSERT: 0.9},
    "TinyDB JSON": {INSERT: 90.0},
}


def found(changed=()):
    """The figures of everybody, three times the same, some of them changed."""
    values = {name: dict(rows) for name, rows in GOOD.items()}
    for name, row, value in changed:
        values[name][row] = value
    return {
        name: Found({row: [value] * 3 for row, value in rows.items()})
        for name, rows in values.items()
    }


def test_it_is_good_when_ours_is_ahead_and_within_its_bars():
    assert report(found())


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ((OURS, ONE, 20.0), "ours, sqlite is not ahead of PouchDB"),
        ((OURS, PUSH, 2.1), ""),
        ((OURS, PULL, 1.7), ""),
        (("ours", INSERT, 1.9), ""),
        (("TinyDB JSON", INSERT, 0.5), "ours is not ahead of TinyDB JSON"),
    ],
)
def test_a_row_that_is_behind_or_a_bar_that_is_missed_is_not(changed, says, capsys):
    assert not report(found([changed]))
    assert says in capsys.readouterr().out


def test_what_answers_before_the_disk_has_it_is_not_judged_by():
    assert behind(INSERT, {"ours": 2.0, "PouchDB": 1.0}) == []
    assert behind(DOWN, {OURS: 2.0, "PouchDB": 1.0}) == [(OURS, "PouchDB")]


def test_the_chart_is_made_of_what_was_printed():
    lines = [
        "Doors are answered",
        *(
            json.dumps({"subject": name, "figure": row, "median": value})
            for name, rows in GOOD.items()
            for row, value in rows.items()
        ),
        json.dumps({"subject": OURS, "figure": f"{PUSH} to floor (at most 2)", "median": 1.5}),
    ]
    rows = chart.read(io.StringIO("\n".join(lines)))
    assert rows[PUSH] == {OURS: 1.5, "PouchDB": 9.0, "floor": 1.0}
    drawing = ET.fromstring(chart.drawn(rows))  # noqa: S314  # our own
    words = [one.text for one in drawing.iter("{http://www.w3.org/2000/svg}text")]
    assert words[:3] == [f"{PUSH}, {UNITS[PUSH]}", "floor", "1"]
    bars = {one.get("width") for one in drawing.iter("{http://www.w3.org/2000/svg}rect")}
    assert {f"{chart.LONGEST_PX:.1f}", f"{chart.LONGEST_PX / 9:.1f}"} <= bars
