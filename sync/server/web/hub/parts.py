"""A form over some fields of a record: what is untouched, what is wrong, what clashes. Pure.

Beside what was typed a form carries how each field stood when the page was opened (``was``): its
stamp, and a digest of what the form showed of it. What is sent back as it was shown is untouched,
whatever the record holds, and is never written; what somebody else has written meanwhile is shown
to whoever saves last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import msgspec

from sync.errors import Refused
from sync.merge import Version, WireRecord, versions
from sync.server.web.notice_form import Fields, Form, Was, said, said_was

Typed = Mapping[str, Sequence[str]]
"""What stands in a form's inputs; of a box that is not ticked, nothing."""


class NotANumber(Refused):
    """A whole number between two others belongs here."""

    say = "hub.not_a_number"

    def __init__(self, *, least: int, most: int) -> None:
        super().__init__(f"not between {least} and {most}")
        self.least, self.most = least, most


@dataclass(frozen=True, slots=True)
class Part:
    """One field of a record as a form has it.

    name: as it is stored. label: what people call it. shown: what its inputs hold at first, by
    their names. read: from what was typed to the value, None = empty; raises Refused. words: a
    value as it is said where two of them clash.
    """

    name: str
    label: str
    shown: Typed
    read: Callable[[Typed], Any]
    words: Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that was changed here and, meanwhile, by somebody else."""

    name: str
    label: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What a form comes to: what to write, what cannot be (and why), what clashes.

    was: how things stand now, for the form that asks about the clashes.
    """

    fields: Fields = field(default_factory=dict)
    wrong: Mapping[str, Refused] = field(default_factory=dict)
    clashes: tuple[Clash, ...] = ()
    was: str = ""


def text_part(
    name: str, label: str, value: object, read: Callable[[str], Any], *, of: str = ""
) -> Part:
    """Return the part of a field that is typed into one input. of: its input, if not its name."""
    one = of or name
    return Part(
        name,
        label,
        {one: (str(value or ""),)},
        lambda typed: read(said(typed, one)) or None,
        lambda kept: str(kept or ""),
    )


def number_part(
    name: str, label: str, value: object, least: int, most: int, *, of: str = ""
) -> Part:
    """Return the part of a field that is a whole number. Reading raises NotANumber."""
    one = of or name
    return Part(
        name,
        label,
        {one: ("" if value is None else str(value),)},
        lambda typed: number(said(typed, one), least, most),
        lambda kept: "" if kept is None else str(kept),
    )


def number(text: str, least: int, most: int) -> int | None:
    """Return a typed whole number, None where nothing was typed. Raises NotANumber."""
    typed = text.strip()
    if not typed:
        return None
    if not (
        typed.isascii() and typed.isdigit() and len(typed) <= 9 and least <= int(typed) <= most
    ):
        raise NotANumber(least=least, most=most)
    return int(typed)


def shown(parts: Iterable[Part]) -> Typed:
    """Return what a form holds at first."""
    return {name: values for part in parts for name, values in part.shown.items()}


def was_of(body: WireRecord | None, parts: Iterable[Part]) -> str:
    """Return how the fields of a form stand now, as the form carries it."""
    now = versions(body) if body else {}
    return _packed({p.name: (_stamp(now, p.name), _look(p, p.shown)) for p in parts})


def taken(body: WireRecord | None, parts: Sequence[Part], form: Form) -> Taken:
    """Return what a form comes to. body: the record as it stands now, None where there is none.

    Of a field that clashed before, ``pick.<field>`` says which value stays: mine or theirs.
    """
    before, now = said_was(said(form, "was")), versions(body) if body else {}
    fields: Fields = {}
    wrong: dict[str, Refused] = {}
    clashes = []
    for part in parts:
        stamp, look = before.get(part.name, ("", ""))
        if _is_untouched(part, form, look):
            continue
        try:
            value = part.read(form)
        except Refused as why:
            wrong[part.name] = why
            continue
        there = now[part.name].value if part.name in now else None
        if _is_same(value, there):
            continue
        moved = _stamp(now, part.name) != stamp and not (part.name not in before and not there)
        pick = said(form, f"pick.{part.name}")
        asked = part.name in form.get("asked", ())
        if moved or (asked and pick not in {"mine", "theirs"}):
            clashes.append(Clash(part.name, part.label, part.words(value), part.words(there)))
            before[part.name] = (_stamp(now, part.name), look)
        elif not (asked and pick == "theirs"):
            fields[part.name] = value
    return Taken(fields, wrong, tuple(clashes), _packed(before))


def _is_same(value: object, there: object) -> bool:
    # Nothing, an empty text and an empty list say the same; a nought is a number.
    mine, theirs = (None if one in (None, "", [], {}) else one for one in (value, there))
    return type(mine) is type(theirs) and mine == theirs


def _is_untouched(part: Part, form: Form, look: str) -> bool:
    # An input that is not in the form at all was not on its page.
    return _look(part, form) == look or not any(name in form for name in part.shown)


def _look(part: Part, typed: Typed) -> str:
    """Return a digest of what stands in a part's inputs."""
    texts = [sorted(map(_plain, typed.get(name, ()))) for name in part.shown]
    return sha256(msgspec.json.encode(texts)).hexdigest()[:16]


def _plain(text: str) -> str:
    # A browser sends line breaks as CRLF, and drops what no text of ours holds.
    lines = text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    return lines.encode(errors="replace").decode()


def _stamp(now: Mapping[str, Version], name: str) -> str:
    return now[name].stamp if name in now else ""


def _packed(was: Was) -> str:
    return msgspec.json.encode(was).decode()
