"""Values as they are stored: JSON's shape, our own copy, nothing another node could not read."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

import msgspec

from kiosk.store.errors import UnfitValue

Json = Any
"""None, a bool, an integer, a float, a text, or a list or dict of them."""

EXACT = (1 << 53) - 1
"""The greatest integer that every JSON reader keeps exactly (RFC 7493, I-JSON)."""
WIDEST = (1 << 63) - 1
"""The greatest integer in a plain document, which no other node reads."""
_LONGEST_WHERE = 60
_DEEPEST = 200
"""Lists within lists; beyond it, the JSON of some reader ends in a stack overflow."""

encode = msgspec.json.Encoder().encode
decode = msgspec.json.Decoder().decode


def owned(value: Json, *, largest: int = WIDEST, where: str = "", depth: int = 0) -> Json:
    """Return a copy of a value in JSON's shape: tuples are lists, keys are text.

    Raises UnfitValue, saying where, for what JSON or UTF-8 cannot hold: NaN, half a surrogate
    pair, an integer beyond ``largest``, sets, bytes, dates, anything nested too deeply.
    """
    kind = type(value)
    if kind is str:
        return _text(value, where)
    if value is None or kind is bool:
        return value
    if isinstance(value, int):
        return _integer(int(value), largest, where)
    if isinstance(value, float):
        return _number(float(value), where)
    if depth > _DEEPEST:
        raise UnfitValue(where=where[:_LONGEST_WHERE], why="nested too deeply")
    return _inner(value, largest, where, depth + 1)


def _inner(value: Json, largest: int, where: str, depth: int) -> Json:
    if isinstance(value, dict):
        return _copied(value, largest, f"{where}." if where else "", depth)
    if isinstance(value, list | tuple):
        return [owned(item, largest=largest, where=where, depth=depth) for item in value]
    if isinstance(value, str):
        return _text(str.__str__(value), where)
    raise UnfitValue(where=where, why=f"{type(value).__name__} is not JSON")


def _text(value: str, where: str) -> str:
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise UnfitValue(where=where, why="half a surrogate pair is no text") from None
    return value


def _integer(value: int, largest: int, where: str) -> int:
    if -largest <= value <= largest:
        return value
    raise UnfitValue(where=where, why=f"an integer beyond {largest}")


def _number(value: float, where: str) -> float:
    if isfinite(value):
        return value
    raise UnfitValue(where=where, why=f"{value} is not JSON")


def _key(key: object, where: str) -> str:
    if isinstance(key, str):
        return _text(str.__str__(key), where)
    if key is None or isinstance(key, bool | int | float):
        return encode(key).decode()
    raise UnfitValue(where=where, why=f"a key that is {type(key).__name__}")


def document_of(given: Mapping[Any, Json], *, largest: int = WIDEST) -> dict[str, Json]:
    """Return our own copy of a document somebody handed in. Raises UnfitValue."""
    return _copied(given, largest, "", 0)


def _copied(given: Mapping[Any, Json], largest: int, inside: str, depth: int) -> dict[str, Json]:
    copy: dict[str, Json] = {}
    for key, value in given.items():
        # Nearly every field of a record is plain text: 10 us less for a visit.
        if type(value) is str and type(key) is str and value.isascii() and key.isascii():
            copy[key] = value
        else:
            name = _key(key, inside.removesuffix("."))
            where = f"{inside}{name}"[:_LONGEST_WHERE]
            copy[name] = owned(value, largest=largest, where=where, depth=depth)
    return copy


def copied(value: Json) -> Json:
    """Return a copy of a stored value, for somebody who may change it."""
    if type(value) is dict:
        return {key: copied(item) for key, item in value.items()}
    if type(value) is list:
        return [copied(item) for item in value]
    return value


def same(a: Json, b: Json) -> bool:
    """Say whether two values are the same JSON; 1, 1.0 and true are equal to Python alone."""
    return a is b or encode(a) == encode(b)
