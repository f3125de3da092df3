"""What is let in: each refusal has a reason, and holds up nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.clock import Reading
from sync.merge import Version, record, versions
from sync.protocol import MAX_PUSH_BYTES
from sync.server.admission import Gate, admit
from sync.server.proofs import Notary
from tests.sync.server.village import HUB, KEYS, NOON_MS, OTHER

NOTARY = Notary(KEYS)
GATE = Gate(HUB, NOTARY, NOON_MS)
STAMP = str(Reading(NOON_MS, 0, "0000aaaa"))
LATE = str(Reading(NOON_MS + 5 * 60_000 + 1, 0, "0000aaaa"))


def body(kind="visit", id_="v1", **fields):
    said = {
        name.replace("__", "."): Version(rule, stamp, value)
        for name, (rule, stamp, value) in fields.items()
    }
    return record(kind, id_, said)


def test_of_a_record_in_the_future_every_late_field_is_named():
    given = body(how=("o", STAMP, "count"), left_at=("l", LATE, None), gone=("h", LATE, 1))
    assert admit(given, GATE).refusal.fields == ("gone", "left_at")


def reason(given):
    refusal = admit(given, GATE).refusal
    return refusal.reason if refusal else ""


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (body(how=("o", STAMP, "count")), ""),
        (body(how=("l", STAMP, "count")), "letter"),
        (body(how=("q", STAMP, "count")), "letter"),
        (body(how=("o", LATE, "count")), "future"),
        (body(how=("o", "nonsense", "count")), "not_a_record"),
        (body("notice", text__en=("l", STAMP, "x" * MAX_PUSH_BYTES)), "too_large"),
        (body("notice", text__en=("l", STAMP, "x" * (MAX_PUSH_BYTES - 100))), ""),
        (body(how=("x", "", None)), "not_erasable"),
        (body(name=("x", "", None)), ""),
        (body(name=("x", "", "Ana")), "not_a_record"),
        (body("booking", confirmed=("H", STAMP, 1)), "proof"),
        (body("booking", confirmed=("H", STAMP + "~1:0000000000000000", 1)), "proof"),
        (body("kind_of_tomorrow", promised=("O", STAMP, 1)), "proof"),
        (body("hub", OTHER, name__en=("l", STAMP, "Ours")), "scope"),
        (body(hub=("o", STAMP, OTHER)), "scope"),
        ({"kind": "visit", "id": "v", "erased": STAMP}, "not_erasable"),
        ({"kind": "person", "id": "p", "erased": STAMP}, ""),
        ({"kind": "person", "id": "p", "erased": LATE}, "future"),
        ({"kind": "person", "id": "p", "erased": 7}, "not_a_record"),
        (
            {"kind": "visit", "id": "'; DROP TABLE record; --", "fields": {}, "stamps": {}},
            "not_a_record",
        ),
        ({"kind": "../../etc", "id": "v", "fields": {}, "stamps": {}}, "not_a_record"),
        ({"kind": "visit", "id": "v"}, "not_a_record"),
        (body(tag=("o", STAMP, "\ud800")), "not_a_record"),
        (body(tag=("o", STAMP, 2**53)), "not_a_record"),
    ],
)
def test_each_refusal_has_its_reason(given, why):
    assert reason(given) == why


@pytest.mark.parametrize("id_", ["v" * 81, "v" * 5000, "'; DROP TABLE record; --" * 9])
def test_what_is_refused_is_named_whole_or_its_device_would_take_it_for_accepted(id_):
    refusal = admit({"kind": "visit", "id": id_, "fields": {}, "stamps": {}}, GATE).refusal
    assert (refusal.id, refusal.reason) == (id_, "not_a_record")


def test_without_its_proof_a_promise_is_dropped_and_the_rest_is_kept():
    said = admit(body("booking", room=("o", STAMP, "willow"), confirmed=("H", STAMP, 1)), GATE)
    assert said.body
    assert said.body["fields"] == {"room": "willow"}
    assert said.refusal.fields == ("confirmed",)


def test_a_promise_made_with_an_old_key_is_known_again():
    old = Notary({1: KEYS[1]})
    signed = old.signed(HUB, ("booking", "b"), "confirmed", Version("H", STAMP, 1))
    assert NOTARY.holds(HUB, ("booking", "b"), "confirmed", signed)


@pytest.mark.parametrize(
    ("hub", "key", "field", "value"),
    [
        (OTHER, ("booking", "b"), "confirmed", 1),
        (HUB, ("booking", "c"), "confirmed", 1),
        (HUB, ("booking_day", "b"), "confirmed", 1),
        (HUB, ("booking", "b"), "arrived", 1),
        (HUB, ("booking", "b"), "confirmed", 2),
    ],
)
def test_a_proof_holds_for_nothing_else(hub, key, field, value):
    signed = NOTARY.signed(HUB, ("booking", "b"), "confirmed", Version("H", STAMP, 1))
    moved = Version(signed.rule, signed.stamp, value)
    assert not NOTARY.holds(hub, key, field, moved)


def test_a_stamp_may_be_as_late_as_the_latest_that_the_hub_holds():
    assert admit(body(how=("o", LATE, "count")), Gate(HUB, NOTARY, NOON_MS, top=LATE)).body


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
records = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.sampled_from(["visit", "person", "booking", "new_kind"]) | anything,
        "id": st.just("v1") | anything,
        "fields": st.dictionaries(
            st.sampled_from(["how", "name", "arrived", "*"]) | st.text(), anything
        ),
        "stamps": st.dictionaries(
            st.text(), st.sampled_from(["x", "", "o", "l" + STAMP]) | anything
        ),
        "erased": anything,
    },
)


@given(anything | records)
def test_nothing_that_can_be_sent_breaks_the_gate(given):
    said = admit(given, GATE)
    assert said.body is not None or said.refusal is not None


OLD = "000000000000-0000-00000000"
NAMES = ("how", "left_at", "gone", "hub", "wall_ok", "arrived", "edited_by.title.en", "*", "new")
SAID = st.one_of(
    st.none(), st.booleans(), st.integers(-1, 1 << 60), st.sampled_from([HUB, OTHER, "", "\ud800"])
)
STAMPED = st.builds(str.__add__, st.sampled_from("ooollhLxq"), st.sampled_from([STAMP, LATE, ""]))


@given(
    st.sampled_from(["visit", "notice", "unknown"]),
    st.dictionaries(st.sampled_from(NAMES), SAID, max_size=4),
    st.dictionaries(st.sampled_from(NAMES), STAMPED, max_size=3),
    STAMPED,
)
def test_a_record_that_is_plainly_right_is_judged_as_by_a_closer_look(kind, fields, stamps, other):
    given_ = {"kind": kind, "id": "v1", "fields": fields, "stamps": {"*": other, **stamps}}
    # A field that nobody knows yet has its record looked at closely.
    closely = {
        **given_,
        "fields": {**fields, "unheard_of": 1},
        "stamps": {**given_["stamps"], "unheard_of": "l" + OLD},
    }
    found, expected = admit(given_, GATE), admit(closely, GATE)
    assert found.refusal == expected.refusal
    if found.body is not None:
        kept = versions(expected.body)
        assert kept.pop("unheard_of")
        assert found.body == record(kind, "v1", kept)
        assert found.top in {expected.top, expected.top.replace(OLD, "")}
