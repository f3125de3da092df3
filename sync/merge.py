"""Merging two versions of a record, with no knowledge of what the record is about.

Every stamp opens with the letter of its field's rule, so that an old kiosk, an old server and a
relay merge fields that they have never heard of. The merge is pure, total, commutative,
associative and idempotent: each rule is a total order, and the greater of two is kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from math import inf
from operator import methodcaller
from typing import Any

import msgspec
import rfc8785

Json = Any
"""What JSON can hold; its shape is the business of the kinds, not of the merge."""
WireRecord = dict[str, Json]
"""``{"kind", "id", "fields", "stamps"}`` or ``{"kind", "id", "erased"}``."""

RULES = "lohLOHx"
"""The letters, weakest first: of two letters for one field the later one holds."""
ERASED = "x"
EVERY_OTHER = "*"
_PARTS = len(("kind", "id", "fields", "stamps"))
_opens_erased = methodcaller("startswith", ERASED)


class Version(msgspec.Struct, frozen=True):
    """One version of one field: the letter of its rule, the stamp behind it, the value.

    A struct, since a first sync makes one of every field: it costs a sixth of a frozen dataclass.
    """

    rule: str
    stamp: str
    value: Json


def merge(a: WireRecord, b: WireRecord) -> WireRecord:
    """Return the one record that every node keeps of two versions with the same kind and id."""
    if "erased" in a or "erased" in b:
        return _erased(a, b)
    mine, theirs = versions(a), versions(b)
    both = {
        name: merge_field(mine[name], theirs[name])
        if name in mine and name in theirs
        else mine.get(name) or theirs[name]
        for name in mine.keys() | theirs.keys()
    }
    return record(a["kind"], a["id"], both)


def merge_field(a: Version, b: Version) -> Version:
    """Return the version of a field that every node keeps, whichever it met first."""
    if a.rule != b.rule:
        return max(a, b, key=lambda v: (RULES.find(v.rule), v.rule))
    if a.rule in "oO" and a.stamp != b.stamp:
        return min(a, b, key=lambda v: v.stamp)
    if a.rule in "hH" and whole(a.value) != whole(b.value):
        return max(a, b, key=lambda v: whole(v.value))
    if a.stamp == b.stamp and _plainly_equal(a.value, b.value):
        return a
    # Equal stamps with two values mean a bug or a forgery. It is settled last, and the same way
    # everywhere: asked before a rule's own order, it would make merging depend on the order.
    return max(a, b, key=lambda v: (v.stamp, canonical(v.value)))


def whole(value: Json) -> float:
    """Return the rank of a value under "highest": anything but an integer is below any integer."""
    is_integer = isinstance(value, int) and not isinstance(value, bool)
    return value if is_integer else -inf


def canonical(value: Json) -> bytes:
    """Return the canonical JSON of a value (RFC 8785), by which equal stamps are settled."""
    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError):
        # Outside I-JSON (an integer above 2**53, half a surrogate pair): refused at every door,
        # but a merge must be total, so it is still put into one order.
        return json.dumps(value, sort_keys=True).encode()


def versions(body: WireRecord) -> dict[str, Version]:
    """Return a record's fields in expanded form: each with the stamp that ``"*"`` stood for.

    A field called ``"*"`` could not be stamped and is no field. A value said to be erased, which
    only a forged record has, is none.
    """
    stamps: Mapping[str, str] = body["stamps"]
    other = stamps.get(EVERY_OTHER, "")
    return {
        name: Version(stamp[:1], stamp[1:], None if stamp[:1] == ERASED else value)
        for name, value in body["fields"].items()
        if name != EVERY_OTHER
        for stamp in (stamps.get(name, other),)
    }


def record(kind: str, record_id: str, fields: Mapping[str, Version]) -> WireRecord:
    """Return the record of expanded fields, in the one short form that all nodes write."""
    names = sorted(fields)
    stamps = {name: fields[name].rule + fields[name].stamp for name in names}
    return {
        "kind": kind,
        "id": record_id,
        "fields": {name: fields[name].value for name in names},
        "stamps": shortened(stamps),
    }


def in_short_form(body: WireRecord) -> WireRecord:
    """Return a record in the one short form; itself where it is in it, as nearly all that come are.

    The order of its names is left as it is: no two nodes compare that.
    """
    fields, stamps = body["fields"], body["stamps"]
    other = stamps.get(EVERY_OTHER, "")
    if len(body) != _PARTS or EVERY_OTHER in fields or has_erased(stamps):
        return record(body["kind"], body["id"], versions(body))
    if len(stamps) == 1 and other and fields:  # written all at once, by one rule
        return body
    short = shortened({name: stamps.get(name, other) for name in fields})
    return body if short == stamps else {**body, "stamps": short}


def shortened(stamps: Mapping[str, str]) -> dict[str, str]:
    """Return stamps with the most frequent one said once, for ``"*"``."""
    if not stamps:
        return {}
    said = list(stamps.values())
    if len(set(said)) == 1:  # written all at once, by one rule
        return {EVERY_OTHER: said[0]}
    common = max(set(said), key=lambda stamp: (said.count(stamp), stamp))
    listed = {name: stamp for name, stamp in stamps.items() if stamp != common}
    return {EVERY_OTHER: common, **listed}


def erase_fields(body: WireRecord, names: Iterable[str]) -> WireRecord:
    """Return a record in which these fields are erased for good, present or absent."""
    if "erased" in body:
        return body
    gone = {name: Version(ERASED, "", None) for name in names}
    return record(body["kind"], body["id"], versions(body) | gone)


def has_erased(stamps: Mapping[str, str]) -> bool:
    """Say whether any of these stamps is of an erased field."""
    return any(map(_opens_erased, stamps.values()))


def is_erased(body: WireRecord) -> bool:
    """Say whether the whole record was erased."""
    return "erased" in body


def _erased(a: WireRecord, b: WireRecord) -> WireRecord:
    stamps = [body["erased"] for body in (a, b) if "erased" in body]
    return {"kind": a["kind"], "id": a["id"], "erased": min(stamps)}


def _plainly_equal(a: Json, b: Json) -> bool:
    # The usual case of a record that is offered again; 1, 1.0 and true are equal to Python only.
    return a is b or (type(a) is type(b) is str and a == b)
