"""A sample file may hold anything: what is fine is loaded, what is not is said, nothing crashes."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.sample import BadSample, read_file
from kiosk.sample.loader import SECTIONS
from sync.records.booking import Booking
from tests.kiosk.sample.house import WHOLE, loaded, snapshot

HUB = {"name": {"en": "A house"}, "timezone": "Europe/Madrid"}
ROOM = {"id": "hall", "name": {"en": "Hall"}}
BOOKING = {
    "id": "b",
    "room": "hall",
    "day": 0,
    "at": "10:00",
    "minutes": 60,
    "title": {"en": "Tea"},
}


def strange(**lists):
    return loaded({"hub": HUB, "rooms": [ROOM], **lists})


def with_booking(**fields):
    return strange(bookings=[BOOKING | fields])


def bookings(made):
    return list(snapshot(made).all(Booking))


@pytest.mark.parametrize("sample", [{}, {"hub": None}, {"hub": {"name": {"en": "x"}}}])
def test_a_file_without_a_hub_is_refused_with_a_reason(sample):
    with pytest.raises(BadSample, match="hub"):
        loaded(sample)


@pytest.mark.parametrize("zone", ["Europe/Nowhere", "../../etc/passwd", "", "\0"])
def test_a_hub_in_a_zone_that_is_none_is_refused_with_a_reason(zone):
    with pytest.raises(BadSample, match="hub"):
        loaded({"hub": HUB | {"timezone": zone}})


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000, b"\0"])
def test_a_file_that_is_no_sample_is_refused_with_a_reason(tmp_path, content):
    path = tmp_path / "sample.json"
    path.write_bytes(content)
    with pytest.raises(BadSample, match="not a sample hub"):
        read_file(path)


def test_a_file_that_is_not_there_is_refused_with_its_name(tmp_path):
    with pytest.raises(BadSample, match=r"missing\.json"):
        read_file(tmp_path / "missing.json")


@pytest.mark.parametrize("day", ["0001-01-01", -20_781, "1970-01-01", "9999-12-31", 2_900_000])
def test_a_booking_of_any_year_of_the_calendar_is_kept(day):
    made = with_booking(day=day)
    assert len(bookings(made)) == 1
    assert made.problems == []


@pytest.mark.parametrize("day", [10**7, -(10**7), 10**30, "9999-13-45", None, [0], 1.5, True])
def test_a_day_off_the_calendar_leaves_out_that_booking_alone(day):
    made = strange(bookings=[BOOKING | {"day": day}, BOOKING | {"id": "c"}])
    assert len(bookings(made)) == 1
    assert [problem.startswith("bookings b: left out") for problem in made.problems] == [True]


@pytest.mark.parametrize(
    "broken",
    [
        {"minutes": 0},
        {"minutes": "sixty"},
        {"at": "25:61"},
        {"room": None},
        {"title": "Tea"},
        {"state": "perhaps"},
        {"skip": ["never"]},
    ],
)
def test_a_booking_that_cannot_be_is_left_out_with_a_reason(broken):
    made = with_booking(**broken)
    assert bookings(made) == []
    assert "bookings b: left out" in made.problems[0]


def test_a_booking_of_a_room_that_is_missing_is_kept_and_said():
    made = with_booking(room="cellar")
    assert len(bookings(made)) == 1
    assert made.problems == ["bookings b: kept, but there is no room 'cellar'"]


def test_a_field_that_nobody_knows_is_kept_with_its_booking():
    made = with_booking(catering={"tea": 12}, mood="good")
    (record,) = [r for r in made.records if r["kind"] == "booking"]
    assert record["fields"]["catering"] == {"tea": 12}
    assert record["stamps"].get("mood", record["stamps"]["*"]).startswith("l")


def test_a_field_that_only_records_have_cannot_be_smuggled_in_through_a_row():
    made = with_booking(confirmed=1, arrived=-5, withdrawn={"by": "x"}, hub="another")
    (record,) = [r for r in made.records if r["kind"] == "booking"]
    assert not {"confirmed", "arrived", "withdrawn"} & record["fields"].keys()
    assert record["fields"]["hub"] != "another"


@pytest.mark.parametrize("rows", [[{"id": "p1", "x": 1}], ["a", 2, None], {"a": 1}, "text", 7])
def test_a_kind_that_nobody_knows_is_kept_as_it_was_given(rows):
    made = strange(parades=rows)
    kept = [record["fields"] for record in made.records if record["kind"] == "parades"]
    as_given = [f if set(f) != {"value"} else f["value"] for f in kept]
    assert as_given == (rows if isinstance(rows, list) else [rows])


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("rows", [None, 7, "text", {}, [None], [[]], [{}], [{"id": {}}]])
def test_a_list_that_is_none_leaves_the_rest_standing(section, rows):
    made = loaded({"hub": HUB, "rooms": [ROOM], section: rows})
    assert len(made.problems) >= (rows != {})
    assert snapshot(made).hub.name == {"en": "A house"}


@pytest.mark.parametrize(
    "line",
    [
        [],
        [1],
        "line",
        [600, 700, 9, 0, 1, 0, 0, 0, 0],
        [600, 700, 0, 99, 1, 0, 0, 0, 0],
        [600, 700, 0, 0, 1, 0, 99, 0, 0],
        [-5, 700, 0, 0, 1, 0, 0, 0, 0],
        [600, "soon", 0, 0, 1, 0, 0, 0, 0],
    ],
)
def test_a_line_that_is_no_visit_is_left_out_with_its_place(line):
    visits = WHOLE["visits"] | {"days": {"-1": [line]}}
    assert loaded({"hub": HUB, "visits": visits}).problems[0].startswith("visits -1/0: left out")


@pytest.mark.parametrize("day", ["soon", "99999999", ""])
def test_visits_of_a_day_that_is_none_are_left_out(day):
    visits = WHOLE["visits"] | {"days": {day: [[600, 700, 0, 0, 1, 0, 0, 0, 0]]}}
    assert len(loaded({"hub": HUB, "visits": visits}).problems) == 1


def test_names_with_marks_emoji_and_no_end_are_kept_whole():
    name = "\u202eمريم 🦩\0" + "ñ" * 10_000
    made = strange(people=[{"id": "p", "name": name}])
    assert [person.name for person in snapshot(made).people] == [name]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None)
@given(section=st.sampled_from([*SECTIONS, "visits", "circles"]), rows=JSON, data=st.data())
def test_whatever_a_file_holds_the_hub_is_loaded(section, rows, data):
    known = WHOLE.get(section)
    if isinstance(known, list) and data.draw(st.booleans()):
        row = data.draw(st.sampled_from(known))
        rows = [row | {data.draw(st.sampled_from(sorted(row))): rows}]
    made = loaded({"hub": HUB, "rooms": [ROOM], section: json.loads(json.dumps(rows))})
    assert snapshot(made).hub.name == {"en": "A house"}
