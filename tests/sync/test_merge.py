"""The laws of merging, over everything that another node may send."""

from __future__ import annotations

import json
from itertools import permutations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sync.merge import (
    RULES,
    Version,
    canonical,
    erase_fields,
    has_erased,
    in_short_form,
    is_erased,
    merge,
    merge_field,
    record,
    shortened,
    versions,
    whole,
)
from tests.sync.wire import FIELDS as SENT
from tests.sync.wire import READINGS, live_records, records, same, stamps, values

FIELDS = tuple(name for name in SENT if name != "*")
LOW, HIGH = READINGS[4], READINGS[-1]


def one(stamp: str, value, name: str = "title.en"):
    return {"kind": "visit", "id": "v", "fields": {name: value}, "stamps": {"*": stamp}}


def kept(a, b, name: str = "title.en"):
    return merge(a, b)["fields"][name]


@pytest.mark.acceptance(2)
@given(records(), records())
@example(one("l" + LOW, 1), one("l" + LOW, True))
@example(one("h" + LOW, 1), one("h" + LOW, 1.0))
@example(one("l" + LOW, "\ud800"), one("l" + LOW, "\ud801"))
@example(one("l" + LOW, 2**60), one("l" + LOW, 2**60 + 1))
@example(one("l" + LOW, {"\ud800": 1}), one("l" + LOW, {"\udfff": 1}))
def test_the_order_of_meeting_never_matters(a, b):
    assert same(merge(a, b)) == same(merge(b, a))


@pytest.mark.acceptance(2)
@settings(max_examples=300)
@given(records(), records(), records())
def test_who_met_whom_first_never_matters(a, b, c):
    assert same(merge(a, merge(b, c))) == same(merge(merge(a, b), c))


@pytest.mark.acceptance(2)
@given(records(), records())
def test_meeting_again_changes_nothing(a, b):
    met = merge(a, b)
    assert same(merge(a, a)) == same(a)
    assert merge(met, a) == merge(met, b) == merge(met, met) == met


@pytest.mark.acceptance(2)
@given(st.lists(records(), min_size=2, max_size=4), st.randoms())
def test_any_delivery_gives_the_same_record(bodies, dice):
    def delivered(order):
        met = order[0]
        for body in order[1:]:
            met = merge(met, body)
        return same(met)

    again = [*bodies, dice.choice(bodies)]
    dice.shuffle(again)
    assert delivered(bodies) == delivered(again)


@given(live_records(), live_records())
def test_every_field_of_either_side_is_there_with_one_of_the_two_versions(a, b):
    met, mine, theirs = versions(merge(a, b)), versions(a), versions(b)
    assert met.keys() == (mine.keys() | theirs.keys()) - {"*"}
    for name, version in met.items():
        assert version in [v[name] for v in (mine, theirs) if name in v]


@pytest.mark.acceptance(13)
@given(live_records(), live_records())
def test_a_field_that_nobody_here_knows_travels_through_untouched(a, b):
    name = "from_tomorrow"
    carried = versions(merge(a, b)).get(name)
    offered = [versions(body).get(name) for body in (a, b)]
    assert carried in offered
    if carried is None:
        assert offered == [None, None]


@pytest.mark.acceptance(3)
@given(values, values, st.sampled_from(READINGS), st.sampled_from(READINGS))
def test_a_highest_field_never_falls(a, b, first, second):
    met = kept(one("h" + first, a), one("h" + second, b))
    assert whole(met) == max(whole(a), whole(b))


@pytest.mark.acceptance(3, 5)
@given(values, st.sampled_from(READINGS), st.sampled_from(READINGS))
def test_a_yes_of_the_server_never_becomes_a_no(value, first, second):
    yes = one("H" + first + "~2:5be1c2a97d0e43f1", 1)
    assert whole(kept(yes, one("H" + second, value))) >= 1
    assert kept(yes, one("h" + second, 99)) == 1
    assert kept(yes, one("l" + second, 0)) == 1


@pytest.mark.acceptance(3)
@given(values, values)
def test_a_once_field_keeps_its_first_value(a, b):
    assert canonical(kept(one("o" + LOW, a), one("o" + HIGH, b))) == canonical(a)
    assert canonical(kept(one("O" + LOW, a), one("O" + HIGH, b))) == canonical(a)


@given(values, values)
def test_a_latest_field_keeps_its_last_value(a, b):
    assert canonical(kept(one("l" + LOW, a), one("l" + HIGH, b))) == canonical(b)


@pytest.mark.parametrize(("a", "b"), list(permutations("lohLOHx", 2)))
def test_of_two_letters_for_one_field_the_later_holds(a, b):
    stronger = max(a, b, key=RULES.index)
    first, second = Version(a, HIGH, "a"), Version(b, LOW, "b")
    assert merge_field(first, second).rule == stronger


@pytest.mark.parametrize(
    ("value", "rank"),
    [(2, 2), (0, 0), (-3, -3), (True, None), (1.0, None), ("9", None), (None, None), ([1], None)],
)
def test_only_an_integer_has_a_rank(value, rank):
    assert whole(value) == (float("-inf") if rank is None else rank)


@pytest.mark.acceptance(14)
@given(live_records(), records(), st.sampled_from(FIELDS))
@example(one("l" + LOW, 1), one("x", {}), "title.en")
def test_an_erased_field_comes_back_by_no_order(a, b, name):
    for met in (merge(erase_fields(a, [name]), b), merge(b, erase_fields(a, [name]))):
        if not is_erased(met):
            assert met["fields"][name] is None
            assert versions(met)[name].rule == "x"


@pytest.mark.acceptance(14)
@given(records(), st.sampled_from(READINGS))
def test_an_erased_record_comes_back_by_no_order(body, reading):
    erased = {"kind": "visit", "id": "v", "erased": reading}
    assert is_erased(merge(body, erased))
    assert is_erased(merge(erased, body))


@given(st.sampled_from(READINGS), st.sampled_from(READINGS))
def test_of_two_erasures_the_first_is_kept(a, b):
    first, second = ({"kind": "visit", "id": "v", "erased": r} for r in (a, b))
    assert merge(first, second)["erased"] == min(a, b)


def test_a_record_with_an_erased_field_is_the_same_whoever_erased_it():
    assert erase_fields(one("l" + LOW, "Eva"), ["title.en"]) == one("x", None)


def test_erasing_fields_of_an_erased_record_changes_nothing():
    erased = {"kind": "visit", "id": "v", "erased": LOW}
    assert erase_fields(erased, ["name"]) is erased


@given(live_records())
def test_a_record_written_short_says_the_same(body):
    short = record("visit", "v", versions(body))
    assert same(short) == same(body)
    assert record("visit", "v", versions(short)) == short


@given(st.dictionaries(st.sampled_from(FIELDS), stamps()))
def test_the_short_form_lists_no_stamp_that_is_the_common_one(given_stamps):
    short = shortened(given_stamps)
    common = short.get("*", "")
    assert {name: short.get(name, common) for name in given_stamps} == given_stamps
    assert sum(stamp == common for name, stamp in short.items() if name != "*") == 0


@given(live_records())
def test_what_is_written_is_json(body):
    assert same(json.loads(json.dumps(merge(body, body)))) == same(body)


@given(values, values)
def test_two_values_share_canonical_json_only_if_they_are_one_value_of_json(a, b):
    def plain(value):
        # JavaScript's view: one sort of number; true is none.
        if isinstance(value, bool) or value is None or isinstance(value, str):
            return repr(value)
        if isinstance(value, int | float):
            return repr(float(value)) if abs(value) < 2**53 else repr(value)
        if isinstance(value, list):
            return repr([plain(item) for item in value])
        return repr({key: plain(value[key]) for key in sorted(value)})

    if canonical(a) == canonical(b):
        assert plain(a).replace("-0.0", "0.0") == plain(b).replace("-0.0", "0.0")


@pytest.mark.acceptance(4)
def test_a_pair_record_made_on_two_offline_devices_is_one():
    from sync.ids import pair_id

    hub = "4c6fbbb8-1466-5524-82a5-67ef5ec0266e"
    made = [
        {"kind": "join", "id": pair_id(hub, "join", "e", "2026-11-23", "p", "1"),
         "fields": {"heads": 1}, "stamps": {"*": f"o{reading}"}}
        for reading in (LOW, HIGH)
    ]  # fmt: skip
    assert made[0]["id"] == made[1]["id"]
    assert merge(*made)["stamps"] == {"*": f"o{LOW}"}


@pytest.mark.acceptance(51)
def test_two_acceptances_of_one_agreement_are_one_with_the_first_time():
    first = one("o" + LOW, "2026-11-23T09:00:00Z", "at")
    second = one("o" + HIGH, "2026-11-23T09:30:00Z", "at")
    assert kept(second, first, "at") == "2026-11-23T09:00:00Z"


@pytest.mark.acceptance(2)
@given(live_records())
@example({"kind": "visit", "id": "v", "fields": {}, "stamps": {"*": "l" + LOW}})
@example({"kind": "visit", "id": "v", "fields": {"a": 1}, "stamps": {"a": "l" + LOW}})
@example({"kind": "visit", "id": "v", "fields": {"a": 1, "b": 1}, "stamps": {"a": "l" + LOW}})
@example({"kind": "visit", "id": "v", "fields": {"a": 1}, "stamps": {"*": "l" + LOW}, "new": 1})
def test_the_short_form_is_the_one_that_a_merge_writes(body):
    assert in_short_form(body) == record(body["kind"], body["id"], versions(body))


@given(live_records())
def test_what_is_in_the_short_form_already_is_not_made_again(body):
    short = record(body["kind"], body["id"], versions(body))
    if not has_erased(short["stamps"]):
        assert in_short_form(short) is short
