"""Make the fonts of this folder from their npm packages, and the table of what each can write.

    npm pack @expo-google-fonts/atkinson-hyperlegible-next @expo-google-fonts/noto-sans ... @mdi/font
    (unpack each into a folder of its own)
    python assets/fonts/make.py FOLDER      # copies, subsets and writes coverage.json, icons.json
    python assets/fonts/make.py             # writes coverage.json again from the fonts here

The table is made at build because asking a font at run time costs a start (fontTools: 90 ms).
"""

import json
import shutil
import sys
from pathlib import Path

from fontTools import subset
from fontTools.pens.areaPen import AreaPen
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.reverseContourPen import ReverseContourPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.svgLib.path import parse_path
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
WEIGHTS = {400: "Regular", 600: "SemiBold", 700: "Bold"}
# family -> (npm package, name in its files, weights shipped); in order of preference.
# Noto Sans holds Latin, Greek, Cyrillic and Devanagari.
FAMILIES = {
    "Atkinson": ("atkinson-hyperlegible-next", "AtkinsonHyperlegibleNext", (400, 600, 700)),
    "NotoSans": ("noto-sans", "NotoSans", (400, 600, 700)),
    "NotoArabic": ("noto-sans-arabic", "NotoSansArabic", (400, 600)),
    "NotoHebrew": ("noto-sans-hebrew", "NotoSansHebrew", (400, 600)),
    "NotoHan": ("noto-sans-sc", "NotoSansSC", (500,)),
}


def han_letters() -> set[int]:
    """The letters kept of the Han font: Latin, kana and the common characters of GB 2312,
    JIS level 1 and Big5 level 1; whole it would be 10 MB.
    """
    rows = [
        bytes([high, low]).decode("gb2312", "ignore")
        for high in range(0xA1, 0xF8)
        for low in range(0xA1, 0xFF)
    ]
    rows += [
        bytes([high, low]).decode("big5", "ignore")
        for high in range(0xA4, 0xC7)
        for low in (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    ]
    rows += [
        bytes([high, low]).decode("euc_jp", "ignore")
        for high in range(0xB0, 0xD0)
        for low in range(0xA1, 0xFF)
    ]
    return {ord(letter) for letter in "".join(rows)} | set(range(0x20, 0x250))


def keep_only(source: Path, target: Path, letters: set[int]) -> None:
    """Write the font with these letters only, without hints (they are not used at our sizes)."""
    options = subset.Options(hinting=False, layout_features=["*"], name_IDs=["*"])
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=letters)
    cutter.subset(font)
    subset.save_font(font, str(target), options)


def copy_text_fonts(packages: Path) -> None:
    """Copy each family's weights; the Han font is cut to the letters people's names use."""
    for family, (package, name, weights) in FAMILIES.items():
        folder = next(packages.glob(f"expo-google-fonts-{package}-[0-9]*/package"))
        for weight in weights:
            style = {**WEIGHTS, 500: "Medium"}[weight]
            source = folder / f"{weight}{style}" / f"{name}_{weight}{style}.ttf"
            target = HERE / f"{family}-{weight}.ttf"
            if family == "NotoHan":
                keep_only(source, target, han_letters())
            else:
                shutil.copyfile(source, target)
        shutil.copyfile(folder / "LICENSE_FONT", HERE / f"{family}-OFL.txt")


def cut_icons(packages: Path) -> None:
    """Cut the icon font to the names of icons.txt and write their code points to icons.json."""
    folder = next(packages.glob("mdi-font-*/package"))
    lines = (folder / "scss" / "_variables.scss").read_text().splitlines()
    points = {
        name.strip().strip('"'): int(point.strip(" ,\n"), 16)
        for name, point in (line.split(":", 1) for line in lines if line.startswith('  "'))
    }
    names = sorted((HERE / "icons.txt").read_text().split())
    chosen = {name: points[name] for name in names}
    keep_only(
        folder / "fonts" / "materialdesignicons-webfont.ttf",
        HERE / "Icons.ttf",
        set(chosen.values()),
    )
    text = json.dumps({name: f"{point:05X}" for name, point in chosen.items()}, indent=1)
    (HERE / "icons.json").write_text(text + "\n")
    shutil.copyfile(folder / "LICENSE", HERE / "Icons-LICENSE.txt")


ANIMALS = HERE.parent / "tags" / "animals.json"
FIRST_ANIMAL = 0xF2000  # after the last icon, in the same private area
SQUARE = 24  # the animals are drawn in a square of 24, as the icons are


def add_animals() -> None:
    """Put the animals of guest tags into the icon font, and their names into icons.json."""
    font = TTFont(HERE / "Icons.ttf")
    drawn = {
        name: parts
        for name, parts in json.loads(ANIMALS.read_text()).items()
        if isinstance(parts, dict)
    }
    icons = json.loads((HERE / "icons.json").read_text())
    for nth, (name, parts) in enumerate(sorted(drawn.items())):
        point, glyph = FIRST_ANIMAL + nth, f"animal-{name}"
        if glyph not in font.getGlyphOrder():
            font.setGlyphOrder([*font.getGlyphOrder(), glyph])
        font["glyf"][glyph] = outline(parts, font["head"].unitsPerEm, font["hhea"].ascent)
        font["hmtx"][glyph] = (font["head"].unitsPerEm, 0)
        for table in font["cmap"].tables:
            if table.format == 12:
                table.cmap[point] = glyph
        icons[glyph] = f"{point:05X}"
    stand_where_drawn(font)
    font.save(HERE / "Icons.ttf")
    text = json.dumps(dict(sorted(icons.items())), indent=1)
    (HERE / "icons.json").write_text(text + "\n")


def stand_where_drawn(font: TTFont) -> None:
    """Give each glyph the side bearing of its outline: else all are drawn from the left edge."""
    for name in font.getGlyphOrder():
        glyph = font["glyf"][name]
        glyph.recalcBounds(font["glyf"])
        advance, _ = font["hmtx"][name]
        font["hmtx"][name] = (advance, getattr(glyph, "xMin", 0))


def outline(parts: dict[str, list[str]], em: int, ascent: int) -> object:
    """The glyph of solid parts and holes: solid ones run clockwise, holes the other way."""
    pen = TTGlyphPen(None)
    for sort, paths in parts.items():
        for path in paths:
            recorded = RecordingPen()
            size = em / SQUARE
            upright = TransformPen(recorded, (size, 0, 0, -size, 0, ascent))
            parse_path(path, upright)
            area = AreaPen()
            recorded.replay(area)
            turned = (area.value > 0) == (sort == "solid")
            target = Cu2QuPen(pen, max_err=em / 1000)
            recorded.replay(ReverseContourPen(target) if turned else target)
    return pen.glyph()


def ranges(points: set[int]) -> list[list[int]]:
    """Whole ranges [first, last] of these code points, in order."""
    found: list[list[int]] = []
    for point in sorted(points):
        if found and point == found[-1][1] + 1:
            found[-1][1] = point
        else:
            found.append([point, point])
    return found


def coverage() -> dict[str, object]:
    """What each family can write: its ranges, weights and natural line height in em."""
    table = {}
    for family, (_, _, weights) in FAMILIES.items():
        fonts = [TTFont(HERE / f"{family}-{weight}.ttf") for weight in weights]
        points = set.intersection(*(set(font.getBestCmap()) for font in fonts))
        line = fonts[0]["hhea"].ascent - fonts[0]["hhea"].descent
        table[family] = {
            "weights": list(weights),
            "line_em": round(line / fonts[0]["head"].unitsPerEm, 3),
            "ranges": ranges(points),
        }
    return table


def coverage_text() -> str:
    """The text of coverage.json as the fonts of this folder say it."""
    return json.dumps(coverage(), separators=(",", ":")) + "\n"


if __name__ == "__main__":
    if len(sys.argv) > 1:
        copy_text_fonts(Path(sys.argv[1]))
        cut_icons(Path(sys.argv[1]))
    add_animals()
    (HERE / "coverage.json").write_text(coverage_text())
