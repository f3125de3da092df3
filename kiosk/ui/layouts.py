"""Which key stands where: rows of keys from ``assets/keyboards/<lang>.json``. Pure.

A layout is drawn as its language writes it where each key gets at least ``LEAST_PITCH_MM``; on a
narrower screen, or where words are twice as tall, its letters stand in alphabetical order in as
many columns as fit, with the functions below.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from kiosk.shipped import ASSETS

FOLDER = ASSETS / "keyboards"
NAMES, PASSWORDS = "names", "passwords"
LEAST_PITCH_MM = 15.1
WORD_MM = 26.0  # what a key with a word needs
LARGE_WORD_MM = {"shift": 39, "numbers": 24, "letters": 28, "accents": 33, "language": 19,
                 "space": 43, "erase": 38}  # fmt: skip
"""In large text, the gap included; of two languages the longer word."""
SPARED = ("language", "accents")  # from the page of letters, where room is short: they are on 123
ANY_ROWS = 99
TALL = 5
CLASSIC = 10  # columns of a keyboard with functions beside its third row


@dataclass(frozen=True)
class KeySpec:
    """One key: what it writes, or what it does ("shift", "erase", "space", a page...).

    units: width in columns.
    """

    writes: str = ""
    does: str = ""
    units: float = 1.0


@dataclass(frozen=True)
class Layout:
    """A keyboard of one language, as its file says."""

    lang: str
    rows: tuple[str, ...]
    alphabet: str
    before: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    accents: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    rtl: bool = False
    no_case: bool = False

    def page(self, name: str) -> tuple[str, ...]:
        """The rows of a page: "letters", "numbers" or "accents"."""
        return {"numbers": self.numbers, "accents": self.accents}.get(name) or self.rows


Rows = tuple[tuple[KeySpec, ...], ...]


def known() -> tuple[str, ...]:
    """The languages that can be written, in alphabetical order."""
    return tuple(
        sorted(path.stem for path in FOLDER.glob("*.json") if path.stem not in (NAMES, PASSWORDS))
    )


@cache
def layout(lang: str) -> Layout:
    """Return the layout of a language, of NAMES or PASSWORDS; English where the language has none."""
    path = FOLDER / f"{lang}.json"
    if not path.exists():
        return layout("en")
    facts: dict[str, Any] = json.loads(path.read_text("utf-8"))
    lists = {name: tuple(facts.get(name, ())) for name in ("rows", "before", "marks")}
    pages = {name: tuple(facts.get(name, ())) for name in ("accents", "numbers")}
    return Layout(
        lang,
        alphabet=facts["alphabet"],
        rtl=facts.get("rtl", False),
        no_case=facts.get("no_case", False),
        **lists,
        **pages,
    )


def name_rows(*, tall: bool) -> Rows:
    """The 27 letters for a name: 9 x 3, or 5 x 6 on an upright screen, with *Erase* in the rest."""
    of = layout(NAMES)
    if not tall:
        return tuple(tuple(KeySpec(letter) for letter in row) for row in of.rows)
    *full, last = (tuple(KeySpec(c) for c in row) for row in _chunks(of.alphabet, TALL))
    return (*full, (*last, KeySpec(does="erase", units=TALL - len(last))))


def writing_rows(
    of: Layout,
    page: str,
    width_mm: float,
    *,
    large: bool,
    languages: Sequence[str] = (),
    most_rows: int = ANY_ROWS,
) -> Rows:
    """The keys of a page for a keyboard ``width_mm`` wide.

    languages: those the hub speaks; with more than one there is a key to the next.
    most_rows: what large keys may take; the functions needed least give way to it.
    """
    letters = of.page(page)
    columns = max(map(len, letters))
    if not large and columns == CLASSIC and width_mm / CLASSIC >= LEAST_PITCH_MM:
        return _classic(of, letters, page, languages)
    most = int(width_mm // LEAST_PITCH_MM)
    marks = "".join((*of.before, *of.marks))
    if large or columns > most:
        if page != "letters" and most_rows < ANY_ROWS:
            marks = ""  # they are beside the letters
        letters = _chunks(_all_of(of, page) + marks, min(most, CLASSIC))
        marks = ""
    wide = max(map(len, letters))
    if large:
        room = most_rows - len(letters)
        shared = _large_functions(_functions(of, page, languages), page, width_mm, room)
        return (*_keys(letters), *(_spread_by_word(row, wide) for row in shared))
    beside = marks if page == "letters" else ""  # else the words of the functions had no room
    functions = [*map(KeySpec, beside), *_functions(of, page, languages)]
    per_row = max(1, int(width_mm // WORD_MM))
    even = -(-len(functions) // -(-len(functions) // per_row))  # rows of about equal length
    shared = [functions[at : at + even] for at in range(0, len(functions), even)]
    return (*_keys(letters), *(_spread(row, wide) for row in shared))


def _keys(letters: Sequence[str]) -> Rows:
    return tuple(tuple(KeySpec(letter) for letter in row) for row in letters)


def _large_functions(
    functions: Sequence[KeySpec], page: str, width_mm: float, most_rows: int
) -> list[list[KeySpec]]:
    """Rows of functions as full as their words allow; what is spared gives way one by one."""
    kept = list(functions)
    spared = SPARED if page == "letters" else SPARED[:1]
    for least in spared:
        if len(_filled(kept, width_mm)) > most_rows:
            kept = [key for key in kept if key.does != least]
    return _filled(kept, width_mm)


def _filled(keys: Sequence[KeySpec], width_mm: float) -> list[list[KeySpec]]:
    rows: list[list[KeySpec]] = [[]]
    for key in keys:
        if rows[-1] and sum(LARGE_WORD_MM[k.does] for k in (*rows[-1], key)) > width_mm:
            rows.append([])
        rows[-1].append(key)
    return rows


def _all_of(of: Layout, page: str) -> str:
    return of.alphabet if page == "letters" else "".join(of.page(page))


def _classic(of: Layout, letters: Sequence[str], page: str, languages: Sequence[str]) -> Rows:
    """Ten columns, shift and erase beside the third row, the space below."""
    first, second, third = letters
    keys = [tuple(KeySpec(c) for c in row) for row in (first, second)]
    left = [] if of.no_case or page != "letters" else [KeySpec(does="shift", units=1.5)]
    room = 10 - 1.5 * (len(left) + 1)
    middle = [KeySpec(c) for c in third[: int(room)]]
    erase = KeySpec(does="erase", units=10 - len(middle) - 1.5 * len(left))
    return (*keys, (*left, *middle, erase), _space_row(of, page, languages))


def _space_row(of: Layout, page: str, languages: Sequence[str]) -> tuple[KeySpec, ...]:
    pages = [KeySpec(does=name, units=1.5) for name in _pages(of, page)]
    before = [KeySpec(c) for c in of.before]
    after = [KeySpec(c) for c in of.marks]
    if len(languages) > 1:
        after.append(KeySpec(does="language"))
    taken = sum(key.units for key in (*pages, *before, *after))
    return (*pages, *before, KeySpec(does="space", units=10 - taken), *after)


def _pages(of: Layout, page: str) -> list[str]:
    names = ["numbers", *(["accents"] if of.accents else [])]
    return [name if name != page else "letters" for name in names]


def _functions(of: Layout, page: str, languages: Sequence[str]) -> list[KeySpec]:
    shift = [] if of.no_case or page != "letters" else [KeySpec(does="shift")]
    switch = [KeySpec(does="language")] if len(languages) > 1 else []
    pages = [KeySpec(does=name) for name in _pages(of, page)]
    return [*shift, *pages, *switch, KeySpec(does="space"), KeySpec(does="erase")]


def _spread(keys: Sequence[KeySpec], columns: float) -> tuple[KeySpec, ...]:
    """Make a row of functions as wide as the letters above it."""
    each = columns / len(keys)
    return tuple(KeySpec(key.writes, key.does, each) for key in keys)


def _spread_by_word(keys: Sequence[KeySpec], columns: float) -> tuple[KeySpec, ...]:
    """Make a row of functions as wide as the letters above it, the longer words wider."""
    words_mm = sum(LARGE_WORD_MM[key.does] for key in keys)
    return tuple(KeySpec("", k.does, columns * LARGE_WORD_MM[k.does] / words_mm) for k in keys)


def _chunks(letters: str, columns: int) -> tuple[str, ...]:
    return tuple(letters[at : at + columns] for at in range(0, len(letters), columns))
