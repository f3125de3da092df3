"""What a kind of record is: a frozen struct in which a field is one line.

    title: Annotated[Texts, LATEST, BOARD, OWNER] = {}

says its type, how two versions of it merge, who may see it and who may write it; ``PERSONAL``
(a dagger in the tables) marks what retention and a person's wish take away for good.
A map is stored flat, each key a field of its own: ``title.en``, ``open.mon``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import Annotated, Any, ClassVar, Literal, TypeVar, get_args, get_origin, get_type_hints

import msgspec

from sync.errors import BadField

Json = Any
"""What JSON can hold; a field's type says which of it."""
Fields = Mapping[str, Json]
"""A record's fields as they are stored: flat names, JSON values."""
Instant = Annotated[datetime, msgspec.Meta(tz=True)]
"""A moment: it has a zone, on disk it is UTC."""
Local = Annotated[datetime, msgspec.Meta(tz=False)]
"""A time by the hub's own clock; it has no zone."""
Heads = Annotated[int, msgspec.Meta(ge=0, le=60)]
"""How many people come together."""
Texts = dict[str, str]
"""The same words in several languages: ``{"en": "Soup", "es": "Sopa"}``."""


@dataclass(frozen=True, slots=True)
class Merge:
    """How two versions of a field become one (the letters of ``sync.merge``)."""

    letter: str


@dataclass(frozen=True, slots=True)
class Seen:
    """Who may see a field: B board, M members, V volunteers, K never leaves the kiosk."""

    letter: str


@dataclass(frozen=True, slots=True)
class Writer:
    """Who may write a field, by level or by role."""

    name: str


@dataclass(frozen=True, slots=True)
class Personal:
    """A field that retention and a person's wish erase."""


ONCE, LATEST, HIGHEST = Merge("o"), Merge("l"), Merge("h")
SERVER_ONCE, SERVER_LATEST, SERVER_HIGHEST = Merge("O"), Merge("L"), Merge("H")
BOARD, MEMBERS, VOLUNTEERS, KIOSK_ONLY = Seen("B"), Seen("M"), Seen("V"), Seen("K")
ANY, NAMED, SELF, OWNER = Writer("any"), Writer("name"), Writer("self"), Writer("owner")
VOL, BY_KIOSK, BY_SERVER = Writer("vol"), Writer("kiosk"), Writer("server")
PERSONAL = Personal()


@dataclass(frozen=True, slots=True)
class Kept:
    """How long a record stays: ``days`` after the day in the field ``since``; None = for good.

    as_names: as long as the hub keeps names (its ``keep_names_days``), whatever ``days`` says.
    """

    days: int | None = None
    since: str = "made_at"
    as_names: bool = False


FOR_GOOD = Kept()


def _stored_name(name: str) -> str:
    return name.rstrip("_")


class CameFrom(msgspec.Struct, frozen=True):
    """What a record grew out of: it may be another kind's, or another hub's."""

    hub: str
    kind: str
    id: str


class Withdrawn(msgspec.Struct, frozen=True):
    """Who took a record out of sight, and when; it can be restored."""

    by: str
    at: Instant


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename=_stored_name):
    """What every kind has; ``id`` is empty until a use case gives one."""

    KIND: ClassVar[str] = ""
    KEPT: ClassVar[Kept] = FOR_GOOD
    NAMES_SINCE: ClassVar[str] = ""
    """The field whose day begins the hub's ``keep_names_days`` of the personal fields."""
    NAMES: ClassVar[tuple[str, ...]] = ()
    """Which of the personal fields those days end; none given = every one of them."""
    NAMES_DAYS: ClassVar[int | None] = None
    """How many those days are, where it is not the hub's number."""
    PARTIES: ClassVar[tuple[str, ...]] = ()
    """Fields that hold the id of whose record it is and stay; the personal ones go with that person."""
    ERASABLE: ClassVar[bool] = False
    """Whether a person's wish erases the whole record, not its personal fields alone."""

    id: str = ""
    hub: Annotated[str, ONCE, BOARD, BY_KIOSK] = ""
    made_at: Annotated[Instant | None, ONCE, VOLUNTEERS, BY_KIOSK] = None
    made_on: Annotated[str, ONCE, VOLUNTEERS, BY_KIOSK] = ""
    entered_by: Annotated[str, ONCE, VOLUNTEERS, BY_KIOSK] = ""
    came_from: Annotated[tuple[CameFrom, ...], ONCE, BOARD, OWNER] = ()
    withdrawn: Annotated[Withdrawn | None, LATEST, BOARD, OWNER] = None
    time_sure: Annotated[bool, LATEST, VOLUNTEERS, BY_KIOSK] = True


R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One line of a kind, taken apart. ``type`` is of the value, or of a map's values."""

    name: str
    type: Any  # a type as annotations write it, unions and generics included
    rule: str
    seen: str
    writer: str
    is_personal: bool
    is_map: bool


@cache
def specs(cls: type[Record]) -> dict[str, FieldSpec]:
    """Return the fields of a kind by their stored names."""
    hints = get_type_hints(cls, include_extras=True)
    marked = {name: hint for name, hint in hints.items() if get_origin(hint) is Annotated}
    return {_stored_name(name): _spec(_stored_name(name), hint) for name, hint in marked.items()}


def _spec(name: str, hint: Any) -> FieldSpec:
    plain, *marks = get_args(hint)
    by_sort = {type(mark): mark for mark in marks}
    is_map = get_origin(plain) is dict
    limits = [mark for mark in marks if isinstance(mark, msgspec.Meta)]
    if limits:
        plain = Annotated[(plain, *limits)]  # as Python 3.13 has it, too
    return FieldSpec(
        name=name,
        type=get_args(plain)[1] if is_map else plain,
        rule=by_sort[Merge].letter,
        seen=by_sort[Seen].letter,
        writer=by_sort[Writer].name,
        is_personal=Personal in by_sort,
        is_map=is_map,
    )


@lru_cache(maxsize=4096)  # every write asks for each of its fields
def spec_of(cls: type[Record], stored: str) -> FieldSpec | None:
    """Return the spec of a stored field (``title.en`` belongs to ``title``), or None if unknown."""
    known = specs(cls)
    if stored in known:
        return None if known[stored].is_map else known[stored]
    base, dot, _key = stored.partition(".")
    found = known.get(base) if dot else None
    return found if found and found.is_map else None


@cache
def _simple(cls: type[Record]) -> frozenset[str]:
    """Return the fields of a kind that are no maps."""
    return frozenset(name for name, spec in specs(cls).items() if not spec.is_map)


def flat(record: Record) -> dict[str, Json]:
    """Return a record's fields as they are stored: JSON values, maps flat, defaults left out."""
    plain: dict[str, Json] = _listed(msgspec.to_builtins(record))
    plain.pop("id", None)
    known = specs(type(record))
    return dict(_flattened(plain, known))


def _listed(value: Json) -> Json:
    # JSON has lists, not tuples.
    if isinstance(value, dict):
        return {key: _listed(item) for key, item in value.items()}
    return [_listed(item) for item in value] if isinstance(value, list | tuple) else value


def _flattened(plain: Fields, known: Mapping[str, FieldSpec]) -> Iterator[tuple[str, Json]]:
    for name, value in plain.items():
        if known[name].is_map:
            yield from ((f"{name}.{key}", item) for key, item in value.items())
        else:
            yield name, value


def unflat(cls: type[Record], fields: Fields) -> dict[str, Json]:
    """Return stored fields with their maps put together again; empty and unknown ones left out."""
    if fields.keys() <= _simple(cls):  # nearly every record: no maps, nothing unknown
        return {name: value for name, value in fields.items() if value is not None}
    plain: dict[str, Json] = {}
    for name, value in fields.items():
        spec = spec_of(cls, name) if value is not None else None
        if spec is None:
            continue
        if spec.is_map:
            plain.setdefault(spec.name, {})[name.partition(".")[2]] = value
        else:
            plain[name] = value
    return plain


def read(cls: type[R], record_id: str, fields: Fields) -> R:
    """Return the typed record of stored fields, whatever a newer or broken node put into them.

    Unknown fields are left out (the store keeps them); a value that its kind does not allow
    reads as the field's default.
    """
    plain = unflat(cls, fields)
    plain["id"] = record_id
    try:
        return msgspec.convert(plain, cls)
    except (msgspec.ValidationError, UnicodeEncodeError, RecursionError):
        return msgspec.convert(_sound(cls, fields) | {"id": record_id}, cls)


def _sound(cls: type[Record], fields: Fields) -> dict[str, Json]:
    def holds(name: str, value: Json) -> bool:
        try:
            check_field(cls, name, value)
        except BadField:
            return False
        return True

    return unflat(cls, {name: value for name, value in fields.items() if holds(name, value)})


def fits(cls: type[Record], fields: Fields) -> bool:
    """Say at once whether every field holds what its kind says; ``check_field`` says which not."""
    try:
        plain = unflat(cls, fields)
        msgspec.convert(plain, cls)
        msgspec.json.encode(plain)  # half a surrogate pair passes a conversion
    except (msgspec.ValidationError, UnicodeEncodeError, TypeError, RecursionError):
        return False
    return True


def check_field(cls: type[Record], stored: str, value: Json) -> None:
    """Pass a value that a field may hold; None empties any field, an unknown field is kept.

    Raises BadField, which names the kind, the field and what was expected.
    """
    spec = spec_of(cls, stored)
    if spec is None or value is None:
        return
    try:
        msgspec.convert(value, spec.type)
        msgspec.json.encode((stored, value))
    except msgspec.ValidationError as why:
        raise BadField(kind=cls.KIND, field=stored, expected=_wanted(spec, str(why))) from None
    except (UnicodeEncodeError, TypeError, RecursionError):
        # msgspec passes half a surrogate pair; no reader, screen or disk would.
        said = stored.encode(errors="replace").decode()
        raise BadField(kind=cls.KIND, field=said, expected="JSON in UTF-8") from None


def _wanted(spec: FieldSpec, why: str) -> str:
    if get_origin(spec.type) is Literal:
        return "one of " + ", ".join(get_args(spec.type))
    wanted, _, _got = why.removeprefix("Expected ").removeprefix("Invalid ").partition(", got")
    return wanted
