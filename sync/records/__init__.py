"""Every kind of record: its fields, how each merges, and the rules that all nodes agree on.

A kind is a module here; it is found by being here.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import import_module
from pkgutil import iter_modules

from sync.records.base import (
    Fields,
    Json,
    Record,
    check_field,
    fits,
    flat,
    read,
    spec_of,
    specs,
)

__all__ = [
    "KINDS",
    "Fields",
    "Json",
    "Record",
    "check",
    "flat",
    "personal_fields",
    "read",
    "rule_of",
]

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")

KINDS: Mapping[str, type[Record]] = {
    cls.KIND: cls for cls in sorted(Record.__subclasses__(), key=lambda cls: cls.KIND)
}
"""Every kind by its name."""


@lru_cache(maxsize=4096)  # every write asks for each of its fields
def rule_of(kind: str, field: str) -> str:
    """Return the letter by which a stored field merges; an unknown field is ``latest``."""
    cls = KINDS.get(kind)
    spec = spec_of(cls, field) if cls else None
    return spec.rule if spec else "l"


def check(kind: str, fields: Fields) -> None:
    """Pass fields that their kind allows; unknown kinds and fields pass, they are kept as given.

    Raises BadField.
    """
    cls = KINDS.get(kind)
    if cls and not fits(cls, fields):
        for name, value in fields.items():
            check_field(cls, name, value)


def personal_fields(kind: str, present: Fields = {}) -> tuple[str, ...]:  # noqa: B006 (only read)
    """Return the stored names of a kind's personal fields; of a map, those that are present."""
    plain, maps = _personal(kind)
    if not maps:
        return plain
    return (*plain, *(name for name in present if "." in name and name.partition(".")[0] in maps))


@cache  # every record that arrives is asked for them
def _personal(kind: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return a kind's personal fields: those that are one, and the maps."""
    cls = KINDS.get(kind)
    found = [spec for spec in specs(cls).values() if spec.is_personal] if cls else []
    plain = tuple(spec.name for spec in found if not spec.is_map)
    return plain, frozenset(spec.name for spec in found if spec.is_map)
