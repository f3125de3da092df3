"""Whatever lies in a push: each thing is taken or refused by name, and the hub goes on."""

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sync.clock import Reading
from sync.merge import Version, record
from tests.hostile.server.enemy import OURS, THEIRS, now_ms
from tests.sync.server.test_admission import anything

pytestmark = pytest.mark.slow
SQL = "'; DROP TABLE record; --"
NASTY = st.sampled_from(
    ["", "\0", "a\0b", SQL, '"', "%", "_", "\\", "../..", "\U0001f350" * 9, "x" * 9_000, "*", "NaN"]
)
STAMPS = st.sampled_from(["o", "l", "h", "O", "L", "H", "x", "q", ""]).flatmap(
    lambda letter: st.sampled_from(
        ["", "0199c7a1b2c3-0000-0000aaaa", "ffffffffffff-ffff-ffffffff", "~1:0000000000000000", SQL]
    ).map(lambda reading: letter + reading)
)
FIELDS = st.sampled_from(
    ["how", "name", "person", "hub", "room", "starts", "minutes", "rule", "arrived", "confirmed",
     "moves", "timezone", "settings.keep_names_days", "open.mon", "merged_into", "*", "title.en"]
)  # fmt: skip
RECORDS = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.sampled_from(["visit", "person", "booking", "room", "hub", "closed_day", "new"])
        | NASTY,
        "id": st.sampled_from(["v1", "v2", OURS, THEIRS]) | NASTY,
        "fields": st.dictionaries(FIELDS | NASTY, anything | NASTY, max_size=6),
        "stamps": st.dictionaries(st.just("*") | FIELDS | NASTY, STAMPS | NASTY, max_size=6),
        "erased": STAMPS | NASTY,
    },
)


def can_be_sent(push):
    """Half a surrogate pair has no bytes in UTF-8; as an escape it is in test_hostile_requests."""
    try:
        return bool(msgspec.json.encode(push))
    except (UnicodeEncodeError, OverflowError):
        return False


def later(ms, node="0000aaaa"):
    return str(Reading(now_ms() + ms, 0, node))


def reasons(answer):
    return {(one.id, one.reason) for one in answer.refused}


def test_no_push_breaks_the_server(both, fuzz):
    @fuzz
    @given(push=st.lists(RECORDS, min_size=1, max_size=12).filter(can_be_sent))
    @example(push=[{"kind": "visit", "id": "\0", "fields": {}, "stamps": {}}])
    @example(push=[{"kind": "\0", "id": "v", "erased": "x"}])
    def every(push):
        refused = both.device().pushes(*push).refused
        said = {one.get("id", "") for one in push if isinstance(one.get("id", ""), str)}
        assert {one.id for one in refused} <= said | {""}

    every()


def test_signs_that_a_database_cannot_keep_do_not_stop_a_hub(both):
    door, wall = both.device(), both.device(role="wall")
    stamp = later(0)
    for name, kind in {"person": "visit", "room": "booking", "merged_into": "person"}.items():
        for value in ("\0", 'a"b%_\\', "a\0b", SQL):
            fields = {name: Version({"visit": "o", "booking": "o"}.get(kind, "l"), stamp, value)}
            door.pushes(record(kind, f"{kind}{len(value)}", fields))
    door.pushes(door.wrote("room", name__en="\0"), door.wrote("notice", title__en="a\0b"))
    assert door.hears()
    assert wall.hears()
    both.tick_all()


@pytest.mark.parametrize("person", ["\0", SQL, 'a"b', "%"])
def test_a_booking_of_nobody_s_does_not_stop_the_hub_s_timers(both, person):
    door = both.device()
    door.pushes(booked := door.booked("willow", person=person))
    both.rings(booked)
    assert door.pushes(door.wrote("visit", how="count")).refused == []


FIRST, LAST = "0001-01-01T00:00:00", "9999-12-31T23:59:59"
MOST = 2**53 - 1


@pytest.mark.parametrize(
    "zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "../../etc/passwd", "\0"]
)
@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("visit", {"how": "visitor", "name": "Eva", "came_at": FIRST + "Z"}),
        ("visit", {"how": "visitor", "name": "Eva", "came_at": LAST + "Z", "grown_ups": MOST}),
        ("booking", {"room": "oak", "starts": FIRST, "minutes": 60}),
        ("booking", {"room": "oak", "starts": LAST, "minutes": 60}),
        ("booking", {"room": "oak", "starts": LAST, "minutes": MOST}),
        ("booking", {"room": "oak", "starts": "2026-11-23T18:00:00", "minutes": -MOST}),
        ("booking", {"room": "oak", "starts": FIRST, "minutes": 60, "moves": "b", "extends": "b"}),
        ("notice", {"first_day": FIRST[:10], "last_day": LAST[:10]}),
        ("closed_day", {"date": FIRST[:10], "room": "oak", "open": [["00:00", "99:99"]]}),
        ("event", {"starts": LAST, "minutes": MOST}),
        ("hub", {"settings.keep_names_days": -MOST, "settings.book_ahead_days": MOST}),
        ("hub", {"settings.no_show_min": MOST, "open.mon": [["24:00", "-1:00"]]}),
        ("room", {"buffer_min": MOST, "open.mon": [["22:00", "09:00"]]}),
    ],
)
def test_the_ends_of_time_do_not_stop_a_hub(served, zone, kind, fields):
    door = served.device()
    door.pushes(door.wrote("hub", OURS, timezone=zone), door.wrote("room", "oak", name__en="Oak"))
    one = door.wrote(kind, OURS if kind == "hub" else "", **fields)
    door.pushes(one)
    served.rings(one)
    served.sweep_all()
    assert door.pushes(door.booked("oak"), door.wrote("visit", how="count")).refused == []


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY;COUNT=1000000000",
        "FREQ=DAILY",
        "FREQ=YEARLY;INTERVAL=1000000000",
        "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2",
        "RRULE:FREQ=DAILY\nRRULE:FREQ=DAILY",
        "FREQ=WEEKLY;UNTIL=99991231T235959Z",
        {"freq": "weekly", "until": "9999-12-31", "every": 0},
        {"freq": "daily", "count": MOST},
    ],
)
@pytest.mark.parametrize("kind", ["booking", "event"])
def test_a_series_without_an_end_does_not_stop_a_hub(served, kind, rule):
    door = served.device()
    one = door.wrote(kind, room="oak", starts="2026-11-23T18:00:00", minutes=60, rule=rule)
    door.pushes(door.wrote("room", "oak", name__en="Oak"), one)
    served.rings(one)
    served.sweep_all()
    assert door.pushes(door.booked("oak")).refused == []


def test_foreign_ids_reach_only_one_s_own_rows(both, enemy):
    theirs = both.theirs.hears()
    erased = [{"kind": one["kind"], "id": one["id"], "erased": later(0)} for one in theirs]
    changed = [
        one | {"fields": {"name.en": "Mine"}, "stamps": {"*": "l" + later(1)}} for one in theirs
    ]
    both.holds_of_theirs = both.rows(THEIRS)
    answer = enemy.pushes(*changed, *erased)
    assert "Secret" not in repr(answer)
    assert "Secret" not in repr(enemy.hears())


def test_promises_of_another_hub_are_none_here(both, enemy):
    promised = [one for one in both.theirs.hears() if one["kind"] == "booking"]
    both.holds_of_theirs = both.rows(THEIRS)
    assert promised[0]["fields"]["arrived"]
    assert {reason for _id, reason in reasons(enemy.pushes(*promised))} == {"proof"}


@pytest.mark.parametrize(
    ("stamp", "reason"),
    [
        ("lffffffffffff-ffff-ffffffff", "future"),
        ("l0199c7a1b2c3-0000-0000aaaa~1:0000000000000000", "not_a_record"),
        ("O0199c7a1b2c3-0000-0000aaaa", "proof"),
        ("H0199c7a1b2c3-0000-0000aaaa~1:0000000000000000", "proof"),
        ("L0199c7a1b2c3-0000-0000aaaa~999999999:" + "0" * 16, "proof"),
        ("H0199c7a1b2c3-0000-0000aaaa~\u0661:" + "0" * 16, "proof"),
        ("z0199c7a1b2c3-0000-0000aaaa", "letter"),
        ("l", "not_a_record"),
        ("l\0", "not_a_record"),
        ("x", "not_a_record"),
    ],
)
def test_forged_stamps_and_proofs_are_refused_each_with_its_reason(both, enemy, stamp, reason):
    good = enemy.wrote("visit", how="count")
    forged = {"kind": "new_kind", "id": "f1", "fields": {"said": 1}, "stamps": {"*": stamp}}
    assert reasons(enemy.pushes(good, forged)) == {("f1", reason)}
    assert "f1" not in {one["id"] for one in enemy.hears()}


def test_a_wall_s_token_changes_nothing_and_sees_no_names(both):
    door, wall = both.device(), both.device(role="wall")
    door.pushes(door.wrote("visit", "secret", how="visitor", name="Ana of ours"))
    before = both.rows(OURS)
    mine = [
        wall.wrote("visit", "secret", name="The wall's"),
        wall.wrote("hub", OURS, timezone="UTC"),
    ]
    assert {reason for _id, reason in reasons(wall.pushes(*mine))} == {"scope"}
    assert [row for row in both.rows(OURS) if "The wall's" in row] == []
    assert len(both.rows(OURS)) == len(before) + len(mine)  # that they were refused, and why
    assert "Ana of ours" not in repr(wall.hears())
