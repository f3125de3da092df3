"""Which font writes a text: chosen for the whole of it, by what each font covers.

SDL falls back to no other font and a glyph half covered is drawn silently wrong ("Nguyễn"), so a
label has one font. Right-to-left texts need a direction, and mixed lines are put in the order in
which one right-to-left run shows them as the bidirectional algorithm wants (Unicode UAX 9).
No Kivy here.
"""

import json
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cache, lru_cache

from anyascii import anyascii
from bidi.algorithm import get_display
from bidi.mirror import MIRRORED

from kiosk.shipped import ASSETS

FOLDER = ASSETS / "fonts"
ICONS = "Icons"
_RTL = {"R", "AL"}
# Letters that only steer layout, and what no eye sees: never drawn, so never needed in a font.
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}
_SCRIPTS = {"NotoArabic": ("Arab", "ar"), "NotoHebrew": ("Hebr", "he")}


@dataclass(frozen=True)
class Written:
    """How a text is put on the screen.

    text: what to give the label. font: a name registered as ``<family>-<weight>``.
    line_em: natural height of its lines. options: further properties of a Kivy label.
    """

    text: str
    font: str
    line_em: float
    options: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Family:
    name: str
    weights: tuple[int, ...]
    line_em: float
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def covers(self, letter: str) -> bool:
        at = bisect_right(self.starts, ord(letter)) - 1
        return at >= 0 and ord(letter) <= self.ends[at]

    def font(self, weight: int) -> str:
        """The nearest weight that is shipped."""
        return f"{self.name}-{min(self.weights, key=lambda w: abs(w - weight))}"


@cache
def _families() -> tuple[_Family, ...]:
    table = json.loads((FOLDER / "coverage.json").read_text(encoding="utf-8"))
    return tuple(
        _Family(
            name,
            tuple(facts["weights"]),
            facts["line_em"],
            tuple(first for first, _ in facts["ranges"]),
            tuple(last for _, last in facts["ranges"]),
        )
        for name, facts in table.items()
    )


def font_files() -> dict[str, str]:
    """Every font to register: name -> path of its file."""
    names = [f"{family.name}-{weight}" for family in _families() for weight in family.weights]
    return {name: str(FOLDER / f"{name}.ttf") for name in [*names, ICONS]}


@cache
def icon_glyph(name: str) -> str:
    """The letter of the icon font that draws this icon; KeyError where it is not shipped."""
    return chr(int(_icons()[name], 16))


@cache
def _icons() -> dict[str, str]:
    found: dict[str, str] = json.loads((FOLDER / "icons.json").read_text(encoding="utf-8"))
    return found


@lru_cache(maxsize=1024)  # twenty screens of texts; names and tags come and go
def font_for(text: str, weight: int = 400) -> Written:
    """Choose the one font for this text. Letters no font covers are spelled in Latin ones."""
    seen, family = _chosen(text)
    if not has_rtl(seen):
        return Written(seen, family.font(weight), family.line_em, _ltr_options(seen))
    script, language = _SCRIPTS.get(family.name, ("Arab", "ar"))
    options = {
        "font_direction": "rtl",
        "font_script_name": script,
        "text_language": language,
    }
    return Written(one_rtl_run(seen), family.font(weight), family.line_em, options)


def font_of(text: str, weight: int = 400) -> tuple[str, str]:
    """Return the text in the order in which it is read, and its font: for who orders it anew."""
    seen, family = _chosen(text)
    return seen, family.font(weight)


def _chosen(text: str) -> tuple[str, _Family]:
    seen = _clean(text)
    family = _family_for(seen)
    if family is None:
        seen = "".join(map(_spelled, seen))
        family = _family_for(seen) or _families()[1]
        seen = "".join(c for c in seen if c.isspace() or family.covers(c)).strip()
    return seen, family


def _ltr_options(text: str) -> dict[str, str]:
    """Shaping wants to know the script where letters join and change places."""
    devanagari = any("\u0900" <= letter <= "\u097f" for letter in text)
    return {"font_script_name": "Deva", "text_language": "hi"} if devanagari else {}


def has_rtl(text: str) -> bool:
    """Whether any letter of the text is written from right to left."""
    return any(unicodedata.bidirectional(letter) in _RTL for letter in text)


def base_direction(text: str) -> str:
    """Return "rtl" where the first strong letter is (UAX 9, P2 and P3), else "ltr"."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in _RTL or kind == "L":
            return "rtl" if kind in _RTL else "ltr"
    return "ltr"


def one_rtl_run(text: str) -> str:
    """The text so ordered that one right-to-left run of it looks as UAX 9 wants.

    HarfBuzz gives the last letter of such a run the leftmost place and mirrors every bracket,
    so Latin parts are turned round here, and brackets that it must not mirror are mirrored once.
    """
    return "\n".join(_one_line(line) for line in text.split("\n"))


def _one_line(line: str) -> str:
    base = "R" if base_direction(line) == "rtl" else "L"
    visual = str(get_display(line, base_dir=base))
    return "".join(MIRRORED.get(letter, letter) for letter in reversed(visual))


def _clean(text: str) -> str:
    """Without controls and direction marks; a line break stays."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(c for c in composed if c == "\n" or unicodedata.category(c) not in _UNSEEN)


def _family_for(text: str) -> _Family | None:
    letters = {letter for letter in text if not letter.isspace()}
    return next((f for f in _families() if all(map(f.covers, letters))), None)


def _spelled(letter: str) -> str:
    """The letter itself where one of the two wide families has it, else in Latin letters.

    An emoji would be spelled ":smile:"; it is left out instead.
    """
    if letter.isspace() or any(family.covers(letter) for family in _families()[:2]):
        return letter
    spelled: str = anyascii(letter)
    return "" if spelled.startswith(":") else spelled
