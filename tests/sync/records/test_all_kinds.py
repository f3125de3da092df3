"""Every kind of record, found by being there: what each must keep, refuse and survive."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, get_args, get_origin, get_type_hints

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.errors import BadField
from sync.records import KINDS, check, flat, personal_fields, read, rule_of
from sync.records.base import CameFrom, Record, Withdrawn, spec_of, specs
from tests.sync.wire import values

EVERY_KIND = "hub closed_day room person card visit day_count welcomer agreement acceptance booking booking_day notice old_text event join hours roll roll_tick".split()  # noqa: SIM905
FOR_EVERY_KIND = pytest.mark.parametrize("cls", list(KINDS.values()), ids=list(KINDS))
EVERY_FIELD = [(cls, name) for cls in KINDS.values() for name in specs(cls)]
UNKNOWN = {"from_tomorrow": {"deep": [1, 2.5, None]}, "unheard.of": 3, "*": 1}

sound_text = st.text(st.characters(codec="utf-8"), max_size=6)
instants = st.datetimes(timezones=st.just(UTC)).map(lambda t: t.replace(microsecond=0))
locals_ = st.datetimes().map(lambda t: t.replace(microsecond=0, fold=0))


def value_of(hint: Any) -> st.SearchStrategy[Any]:
    """Values of a field's type, as the code holds them."""
    if "tz=True" in repr(hint):
        return instants
    if "tz=False" in repr(hint) or hint is datetime:
        return locals_
    if hasattr(hint, "__metadata__"):
        return st.integers(0, 60) if hint.__origin__ is int else value_of(hint.__origin__)
    if hint in SIMPLE:
        return SIMPLE[hint]
    args = get_args(hint)
    if get_origin(hint) is dict:
        keys = st.sampled_from(["en", "es", "1", "title.en"])
        return st.dictionaries(keys, value_of(args[1]), min_size=1, max_size=2)
    if get_origin(hint) is tuple and args[-1] is Ellipsis:
        return st.lists(value_of(args[0]), max_size=2).map(tuple)
    if get_origin(hint) is tuple:
        return st.tuples(*map(value_of, args))
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        inner = get_type_hints(hint, include_extras=True)
        return st.builds(hint, **{name: value_of(one) for name, one in inner.items()})
    if type(None) in args:
        return st.one_of(st.none(), *(value_of(one) for one in args if one is not type(None)))
    return st.sampled_from(args)  # a Literal


SIMPLE: dict[Any, st.SearchStrategy[Any]] = {
    str: sound_text,
    int: st.integers(0, 60),
    bool: st.booleans(),
    date: st.dates(),
    Any: st.one_of(st.integers(0, 60), sound_text),
}


def records(cls: type[Record]) -> st.SearchStrategy[Record]:
    """Sound records of a kind, all fields filled with anything their types allow."""
    hints = get_type_hints(cls, include_extras=True)
    fields = {}
    for field in msgspec.structs.fields(cls):
        hint = hints[field.name]
        if field.name != "id":
            marks = [m for m in get_args(hint)[1:] if isinstance(m, msgspec.Meta)]
            fields[field.name] = st.integers(0, 60) if marks else value_of(get_args(hint)[0])
    return st.builds(cls, id=st.just("an id"), **fields)


def test_the_kinds_are_the_hubs_kinds():
    assert sorted(KINDS) == sorted(EVERY_KIND)


@FOR_EVERY_KIND
def test_every_field_says_how_it_merges_who_sees_it_and_who_writes_it(cls):
    for name, spec in specs(cls).items():
        assert spec.rule in "olhOLH", name
        assert spec.seen in "BMVK", name
        assert spec.writer in {"any", "name", "self", "owner", "vol", "kiosk", "server"}, name


@FOR_EVERY_KIND
def test_every_field_of_a_kind_is_marked(cls):
    assert {field.encode_name for field in msgspec.structs.fields(cls)} == {"id", *specs(cls)}


def test_only_the_servers_fields_carry_the_servers_letters():
    upper = [(c, n) for c, n in EVERY_FIELD if specs(c)[n].rule.isupper()]
    assert {specs(c)[n].writer for c, n in upper} == {"server"}


def test_a_highest_field_is_a_number():
    types = {specs(c)[n].type for c, n in EVERY_FIELD if specs(c)[n].rule in "hH"}
    assert {getattr(one, "__origin__", one) for one in types} == {int}


@FOR_EVERY_KIND
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_what_is_stored_reads_back_as_it_was(cls, data):
    record = data.draw(records(cls))
    fields = flat(record)
    check(cls.KIND, fields)
    assert read(cls, "an id", fields) == record


@FOR_EVERY_KIND
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_what_is_stored_is_json_and_every_name_has_its_rule(cls, data):
    fields = flat(data.draw(records(cls)))
    assert msgspec.json.decode(msgspec.json.encode(fields)) == fields
    for name in fields:
        assert rule_of(cls.KIND, name) == spec_of(cls, name).rule


@FOR_EVERY_KIND
def test_an_empty_record_stores_nothing(cls):
    assert flat(cls(id="an id")) == {}
    assert read(cls, "an id", {}) == cls(id="an id")


@pytest.mark.acceptance(13)
@FOR_EVERY_KIND
def test_unknown_fields_pass_and_are_left_to_the_store(cls):
    check(cls.KIND, UNKNOWN)
    assert read(cls, "an id", UNKNOWN) == cls(id="an id")
    assert all(rule_of(cls.KIND, name) == "l" for name in UNKNOWN)


@FOR_EVERY_KIND
def test_null_empties_any_field(cls):
    empty = dict.fromkeys([*specs(cls), *(f"{name}.en" for name in specs(cls))])
    check(cls.KIND, empty)
    assert read(cls, "an id", empty) == cls(id="an id")


@FOR_EVERY_KIND
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_whatever_another_node_sends_is_read(cls, data):
    names = [name + (".en" if spec.is_map else "") for name, spec in specs(cls).items()]
    fields = data.draw(st.dictionaries(st.sampled_from(names), values, max_size=6))
    record = read(cls, "an id", fields)
    assert isinstance(record, cls)
    flat(record)


@FOR_EVERY_KIND
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_one_broken_field_costs_no_other(cls, data):
    sound = flat(data.draw(records(cls)))
    name, value = data.draw(st.sampled_from(EVERY_BROKEN[cls.KIND])), data.draw(values)
    record = read(cls, "an id", sound | {name: value})
    others = {
        key: one for key, one in sound.items() if key.partition(".")[0] != name.partition(".")[0]
    }
    kept = flat(record)
    assert {key: kept.get(key) for key in others} == others


EVERY_BROKEN = {
    cls.KIND: [name + (".en" if spec.is_map else "") for name, spec in specs(cls).items()]
    for cls in KINDS.values()
}


def wrong_for(hint: Any) -> Any:
    """A value that a type does not allow."""
    return 7 if hint is str or str in get_args(hint) else "\x00nonsense"


@FOR_EVERY_KIND
def test_a_value_of_the_wrong_sort_is_named_with_kind_field_and_what_was_expected(cls):
    for name, spec in specs(cls).items():
        if spec.type is Any:
            continue
        stored = f"{name}.en" if spec.is_map else name
        with pytest.raises(BadField) as bad:
            check(cls.KIND, {stored: wrong_for(spec.type)})
        assert (bad.value.kind, bad.value.field) == (cls.KIND, stored)
        assert bad.value.expected, stored
        assert "nonsense" not in str(bad.value)


@FOR_EVERY_KIND
def test_half_a_letter_is_no_text_anywhere(cls):
    for name, spec in specs(cls).items():
        stored = f"{name}.en" if spec.is_map else name
        with pytest.raises(BadField):
            check(cls.KIND, {stored: "\ud800"})
        assert isinstance(read(cls, "an id", {stored: "\ud800"}), cls)


def test_half_a_letter_is_no_language_either():
    with pytest.raises(BadField) as bad:
        check("notice", {"title.\ud800": "Soup"})
    assert bad.value.field == "title.?"


@pytest.mark.acceptance(12)
def test_no_field_that_is_the_kiosks_own_is_in_any_kind_that_travels():
    assert not [f"{c.KIND}.{n}" for c, n in EVERY_FIELD if specs(c)[n].seen == "K"]


@pytest.mark.acceptance(12)
def test_names_contacts_and_hashes_are_not_the_boards():
    private = {"contact", "code_hash", "pin_hash", "uid_hash", "for_name", "note"}
    seen = {f"{c.KIND}.{n}": specs(c)[n].seen for c, n in EVERY_FIELD if n in private}
    assert {key for key, letter in seen.items() if letter == "B"} == {"room.note"}
    assert specs(KINDS["person"])["name"].seen == "M"


@FOR_EVERY_KIND
def test_what_a_kind_is_kept_by_is_a_field_of_it(cls):
    computed = {"booking": {"last_day"}}.get(cls.KIND, set())
    for since in {cls.KEPT.since, cls.NAMES_SINCE} - {""}:
        assert since in specs(cls) or since in computed
    assert set(cls.NAMES) <= {name for name, spec in specs(cls).items() if spec.is_personal}


def test_personal_fields_are_listed_present_or_absent():
    assert "name" in personal_fields("visit")
    assert personal_fields("notice", {"edited_by.title.en": "p", "title.en": "x"})[-1] == (
        "edited_by.title.en"
    )
    assert personal_fields("from_tomorrow", {"name": 1}) == ()


def test_a_kind_of_a_newer_hub_passes_unchecked():
    check("from_tomorrow", {"name": object()})
    assert rule_of("from_tomorrow", "name") == "l"


@pytest.mark.parametrize(
    ("kind", "field", "value", "expected"),
    [
        ("visit", "how", "flying", "one of card, tile, visitor, group, count"),
        ("visit", "grown_ups", 61, "`int` <= 60"),
        ("visit", "grown_ups", -1, "`int` >= 0"),
        ("visit", "came_at", "2026-11-23T09:00:00", "`datetime` with a timezone component"),
        ("event", "starts", "2026-11-23T09:00:00Z", "`datetime` with no timezone component"),
        ("closed_day", "date", "2026-02-30", "RFC3339 encoded date"),
        ("room", "open.mon", [["09:00"]], "`array` of length 2"),
        ("hub", "kiosks.k1", 3, "`object`"),
        ("notice", "title.en", 3, "`str`"),
    ],
)
def test_a_refusal_says_what_was_expected(kind, field, value, expected):
    with pytest.raises(BadField) as bad:
        check(kind, {field: value})
    assert bad.value.expected.startswith(expected)
    assert bad.value.facts() == {"kind": kind, "field": field, "expected": bad.value.expected}


def test_what_a_record_grew_out_of_and_who_withdrew_it_are_kept():
    at = datetime(2026, 11, 23, 9, tzinfo=UTC)
    cls = KINDS["notice"]
    record = cls(id="n", came_from=(CameFrom("h", "visit", "v"),), withdrawn=Withdrawn("p", at))
    assert flat(record)["came_from"] == [{"hub": "h", "kind": "visit", "id": "v"}]
    assert read(cls, "n", flat(record)) == record
