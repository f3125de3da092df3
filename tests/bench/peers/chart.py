"""Draws what ``tests.bench.peers`` printed, as SVG: bars told apart by what fills them, no colour.

python -m tests.bench.peers.chart <build/test/bench:-peers.log >docs/pictures/peers.svg
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from html import escape

from tests.bench.peers.judge import UNITS
from tests.bench.peers.local import INSERT

ROW_PX, GAP_PX, LEFT_PX, LONGEST_PX, WIDTH_PX = 20, 40, 150, 460, 720
FILLS = {
    "floor": "#fff",
    "bare sqlite3": "#fff",
    "ours": "#000",
    "ours, sqlite": "#000",
    "ours, postgresql": "#000",
    "PouchDB": "url(#slanted)",
    "Morango": "url(#dotted)",
    "TinyDB JSON": "url(#lying)",
}
NOTES = {("PouchDB", INSERT): "not yet on the disk"}
PATTERNS = """<defs>
<pattern id="slanted" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
<rect width="6" height="6" fill="#fff"/><rect width="3" height="6" fill="#000"/></pattern>
<pattern id="dotted" width="6" height="6" patternUnits="userSpaceOnUse">
<rect width="6" height="6" fill="#fff"/><circle cx="3" cy="3" r="1.6" fill="#000"/></pattern>
<pattern id="lying" width="6" height="4" patternUnits="userSpaceOnUse">
<rect width="6" height="4" fill="#fff"/><rect width="6" height="2" fill="#000"/></pattern>
</defs>"""

Rows = dict[str, dict[str, float]]
"""The middle of each subject, by the row."""


def read(lines: Iterable[str]) -> Rows:
    """Return the figures among what was printed."""
    found: Rows = {row: {} for row in UNITS}
    for line in lines:
        if line.startswith("{"):
            said = json.loads(line)
            if said["figure"] in found and said["subject"] in FILLS:
                found[said["figure"]][said["subject"]] = said["median"]
    return found


def drawn(rows: Rows) -> str:
    """Return the picture: a block for each row, the longest bar as wide as there is room."""
    parts, top = [], GAP_PX
    for row, values in rows.items():
        if values:
            parts.append(_text(10, top, f"{row}, {UNITS[row]}", "bold"))
            for name in sorted(values, key=list(FILLS).index):
                top += ROW_PX
                parts += _bar(top, name, values[name], max(values.values()), NOTES.get((name, row)))
            top += GAP_PX
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH_PX} {top}" role="img" '
        'font-family="sans-serif" font-size="13">'
        "<title>What syncing costs ours, the floor and others; shorter is better</title>"
    )
    paper = f'<rect width="{WIDTH_PX}" height="{top}" fill="#fff"/>'
    return "\n".join([head, PATTERNS, paper, *parts, "</svg>", ""])


def _bar(top: int, name: str, value: float, longest: float, note: str | None) -> list[str]:
    width = max(1.0, LONGEST_PX * value / longest)
    box = f'x="{LEFT_PX}" y="{top - 11}" width="{width:.1f}" height="14"'
    said = f"{value:.3g}" if value < 100 else f"{value:,.0f}"
    return [
        _text(10, top, name),
        f'<rect {box} fill="{FILLS[name]}" stroke="#000"/>',
        _text(LEFT_PX + width + 6, top, f"{said} ({note})" if note else said),
    ]


def _text(x: float, y: int, words: str, weight: str = "normal") -> str:
    return f'<text x="{x:.1f}" y="{y}" font-weight="{weight}">{escape(words)}</text>'


if __name__ == "__main__":
    sys.stdout.write(drawn(read(sys.stdin)))
