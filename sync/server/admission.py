"""What of a pushed record is let in: each refusal with its reason, none holds up another record."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import msgspec

from sync.clock import Reading, is_reading
from sync.errors import BadStamp
from sync.merge import (
    ERASED,
    EVERY_OTHER,
    RULES,
    Version,
    WireRecord,
    in_short_form,
    is_erased,
    record,
    versions,
)
from sync.protocol import MAX_PUSH_BYTES, Refusal
from sync.records import KINDS, Record, rule_of
from sync.records.base import spec_of, specs
from sync.server.proofs import SERVER_RULES, Notary

AHEAD_MS = 5 * 60 * 1000
"""How far a stamp may lie ahead of the server's clock."""
MOST_FIELDS = 500
LONGEST_FIELD = 200
DEEPEST = 12
_KIND = re.compile(r"[a-z][a-z0-9_]{0,59}")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,79}")
_WHOLE = 2**53 - 1
"""Beyond it a number is not the same in every JSON (RFC 7493)."""
_TEXT, _ALWAYS_JSON = frozenset((str,)), frozenset((str, bool, type(None)))


@dataclass(frozen=True)
class Gate:
    """By what a push is judged. top: the highest reading that the hub holds, as text."""

    hub: str
    notary: Notary
    now_ms: int
    top: str = ""

    @cached_property
    def limit(self) -> str:
        """The latest reading that a stamp may have."""
        return max(str(Reading(self.now_ms + AHEAD_MS, 0xFFFF, "ffffffff")), self.top)


class Admitted(NamedTuple):
    """What of a record is let in (None: nothing), and what is refused of it.

    A tuple, since a first push makes ten thousand: it costs a fifth of a frozen dataclass.
    """

    body: WireRecord | None
    refusal: Refusal | None = None
    top: str = ""


class _No(Exception):
    def __init__(self, reason: str, *fields: str) -> None:
        super().__init__(reason)
        self.reason, self.fields = reason, fields


def admit(given: object, gate: Gate, key: tuple[str, str] | None = None) -> Admitted:
    """Judge one pushed record by its shape, its stamps, its proofs and its hub.

    key: what ``named`` says of it, where somebody has asked already.
    """
    kind, record_id = key or named(given)
    try:
        body = _shaped(given, kind, record_id, gate)
        if is_erased(body):
            return Admitted(body, top=body["erased"])
        if plain := _top_of_plain(body, gate):
            return Admitted(in_short_form(body), top=plain)
        kept, unproved = _proved(body, gate)
        stamps = {version.stamp for version in kept.values()}
        top = max((stamp.partition("~")[0] for stamp in stamps), default="")
    except _No as no:
        return Admitted(None, _refusal(kind, record_id, no.reason, no.fields))
    refusal = _refusal(kind, record_id, "proof", unproved) if unproved else None
    if not kept and unproved:
        return Admitted(None, refusal)
    return Admitted(record(kind, record_id, kept), refusal, top)


def _refusal(kind: str, record_id: str, reason: str, fields: tuple[str, ...]) -> Refusal:
    return Refusal(kind, record_id, reason, f"light.reason_{reason}", fields)


def named(given: object) -> tuple[str, str]:
    """Return a pushed thing's kind and id as its device said them, "" where it did not.

    Whole, whatever they hold: by a shortened one the device would not know its record again, and
    would take it for accepted.
    """
    if not isinstance(given, dict):
        return "", ""
    kind, record_id = given.get("kind"), given.get("id")
    return kind if isinstance(kind, str) else "", record_id if isinstance(record_id, str) else ""


def is_key(key: tuple[str, str]) -> bool:
    """Whether a record could have this kind and this id."""
    kind, record_id = key
    return bool(_KIND.fullmatch(kind) and _ID.fullmatch(record_id))


def _shaped(given: object, kind: str, record_id: str, gate: Gate) -> WireRecord:
    """Return a record that has the shape of one. Raises _No."""
    if not (isinstance(given, dict) and is_key((kind, record_id))):
        raise _No("not_a_record")
    if kind == "hub" and record_id != gate.hub:
        raise _No("scope")
    if "erased" in given:
        return _erasure(given, gate)
    fields, stamps = given.get("fields"), given.get("stamps")
    if not (isinstance(fields, dict) and isinstance(stamps, dict)) or len(fields) > MOST_FIELDS:
        raise _No("not_a_record")
    if not _TEXT.issuperset(map(type, stamps.values())):
        raise _No("not_a_record")
    if _size_of(fields) > MAX_PUSH_BYTES:
        raise _No("too_large")
    return {"kind": kind, "id": record_id, "fields": fields, "stamps": stamps}


def _top_of_plain(body: WireRecord, gate: Gate) -> str:
    """Return the highest reading of a record that is plainly right; "" where it needs a closer look.

    Nearly every record that comes is: each field known here, under its own letter and a reading that
    is not late, none erased or the server's own. A first push is ten thousand of them.
    """
    kind, fields, stamps = body["kind"], body["fields"], body["stamps"]
    readings = {stamp[1:] for stamp in stamps.values()}
    if not fields or not all(map(is_reading, readings)):
        return ""
    if not _is_stamped_as_known(kind, fields, stamps):
        return ""
    if not (
        _ALWAYS_JSON.issuperset(map(type, fields.values())) or all(map(_is_json, fields.values()))
    ):
        return ""
    top = max(readings)
    is_ours = fields.get("hub") in (gate.hub, "", None)
    return top if is_ours and top <= gate.limit else ""


def _is_stamped_as_known(kind: str, fields: WireRecord, stamps: Mapping[str, str]) -> bool:
    if kind not in KINDS:
        return False
    if len(stamps) == 1 and EVERY_OTHER in stamps:  # written all at once, by one rule
        return fields.keys() <= _own(kind, stamps[EVERY_OTHER][:1])
    listed = {name: stamp for name, stamp in stamps.items() if name != EVERY_OTHER}
    others = fields.keys() - listed.keys() if listed else fields.keys()
    if not others and EVERY_OTHER in stamps:
        return False  # it stands for nothing
    return others <= _own(kind, stamps.get(EVERY_OTHER, "")[:1]) and all(
        name in fields and name in _own(kind, stamp[:1]) for name, stamp in listed.items()
    )


@lru_cache(maxsize=1024)  # a known kind and one character
def _own(kind: str, letter: str) -> frozenset[str]:
    """Return the fields of a known kind, maps left out, that a device writes under a letter."""
    known = specs(KINDS[kind]).values() if letter not in SERVER_RULES else ()
    return frozenset(spec.name for spec in known if spec.rule == letter and not spec.is_map)


def _erasure(given: WireRecord, gate: Gate) -> WireRecord:
    cls = KINDS.get(given["kind"])
    if cls and not cls.ERASABLE:
        raise _No("not_erasable")
    stamp = given["erased"]
    _parsed(stamp)
    if stamp > gate.limit:
        raise _No("future")
    return {"kind": given["kind"], "id": given["id"], "erased": stamp}


def _proved(body: WireRecord, gate: Gate) -> tuple[dict[str, Version], tuple[str, ...]]:
    """Return the fields that may stay, and those whose proof does not hold. Raises _No."""
    key, cls = (body["kind"], body["id"]), KINDS.get(body["kind"])
    limit, kept, unproved, late = gate.limit, {}, [], []
    seen: set[str] = set()
    _none_half_erased(body)
    for name, version in versions(body).items():
        if version.rule == ERASED:
            _erased_field(cls, name, version)
        elif version.rule in SERVER_RULES and version.rule:
            if not gate.notary.holds(gate.hub, key, name, version):
                unproved.append(name)
                continue
        else:
            if version.stamp not in seen:  # most fields share one
                _parsed(version.stamp)
                seen.add(version.stamp)
            if version.stamp > limit:
                late.append(name)
        _known(body["kind"], name, version)
        if name == "hub" and version.value not in (gate.hub, "", None):
            raise _No("scope", name)
        kept[name] = version
    if late:  # each of them is named: nothing that the hub holds is as late, so it took none
        raise _No("future", *late)
    return kept, tuple(unproved)


def _none_half_erased(body: WireRecord) -> None:
    stamps = body["stamps"]
    other = stamps.get(EVERY_OTHER, "")
    for name, value in body["fields"].items():
        if value is not None and stamps.get(name, other).startswith(ERASED):
            raise _No("not_a_record", name[:LONGEST_FIELD])


def _known(kind: str, name: str, version: Version) -> None:
    if not 0 < len(name) <= LONGEST_FIELD or not _is_json(version.value):
        raise _No("not_a_record", name[:LONGEST_FIELD])
    if not _may_be(version.rule, kind, name):
        raise _No("letter", name)


@lru_cache(maxsize=4096)  # every field of every push is asked for
def _may_be(letter: str, kind: str, name: str) -> bool:
    """Whether a field may have a letter: its own or ``x`` where it is known here, else any."""
    cls = KINDS.get(kind)
    known = rule_of(kind, name) if cls and spec_of(cls, name) else ""
    return bool(letter) and letter in (known + ERASED if known else RULES)


def _erased_field(cls: type[Record] | None, name: str, version: Version) -> None:
    if version.stamp:
        raise _No("not_a_record", name)
    spec = spec_of(cls, name) if cls else None
    if spec and not spec.is_personal:
        raise _No("not_erasable", name)


def _parsed(stamp: Any) -> None:
    try:
        Reading.parse(stamp)
    except (BadStamp, TypeError):
        raise _No("not_a_record") from None


def _size_of(fields: Any) -> int:
    """Return how long fields are as JSON in UTF-8, as half a surrogate pair cannot be. Raises _No."""
    try:
        return len(msgspec.json.encode(fields))
    except (UnicodeEncodeError, TypeError, RecursionError):
        raise _No("not_a_record") from None


def _is_json(value: Any, depth: int = 0) -> bool:
    """Whether every reader of JSON would read the same (RFC 7493), and within sane depth."""
    if value is None or isinstance(value, str | bool):
        return True
    if isinstance(value, int):
        return -_WHOLE <= value <= _WHOLE
    if isinstance(value, float):
        return math.isfinite(value)
    if depth == DEEPEST:
        return False
    inner = value if isinstance(value, list) else value.values()
    return all(_is_json(one, depth + 1) for one in inner)
