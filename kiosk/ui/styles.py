"""How each thing that is pressed looks in each of its states, as names of colours.

One table, read by the widgets and by the test that computes every contrast. No Kivy here.
"""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Style:
    """Colours of one state: of the area, its edge ("none": no edge), its words and its sign."""

    fill: str
    edge: str
    ink: str
    weight: int = 600
    line: str = "button"


PLAIN = Style("sheet", "ink", "ink")
INKED = Style("ink", "ink", "paper")
OFF = Style("paper", "line", "ink2")
SAVED = Style("sheet", "go", "go")
SAVED_FILLED = Style("go_tint", "go", "go", weight=700)
_PLAIN_STATES = {
    "normal": PLAIN,
    "pressed": INKED,
    "disabled": OFF,
    "saving": replace(PLAIN, edge="line"),
    "done": SAVED,
    "chosen": INKED,
}
_KEY = Style("sheet", "edge", "ink", line="hair")

STYLES: dict[str, dict[str, Style]] = {
    "primary": {
        "normal": Style("go", "none", "on_fill", weight=700),
        "pressed": Style("go_pressed", "none", "on_fill", weight=700),
        "disabled": Style("tool", "line", "ink2", weight=700),
        "saving": SAVED_FILLED,
        "done": SAVED_FILLED,
    },
    "secondary": _PLAIN_STATES,
    "chip": _PLAIN_STATES,
    "tile": _PLAIN_STATES,
    "step": _PLAIN_STATES,
    "stop": {
        **_PLAIN_STATES,
        "normal": Style("stop", "none", "on_fill"),
        "pressed": Style("stop_pressed", "none", "on_fill"),
    },
    "give_up": {
        **_PLAIN_STATES,
        "normal": Style("sheet", "stop", "stop"),
        "pressed": Style("stop_pressed", "none", "on_fill"),
    },
    "tool": {
        "normal": Style("tool", "none", "ink", weight=400),
        "pressed": replace(INKED, edge="none", weight=400),
        "chosen": replace(INKED, edge="none", weight=400),
        "waiting": Style("soon_tint", "none", "ink", weight=400),
        "refused": Style("stop_tint", "none", "ink", weight=400),
        "disabled": Style("tool", "none", "ink2", weight=400),
    },
    "key": {
        "normal": _KEY,
        "pressed": replace(INKED, line="hair"),
        "disabled": Style("paper", "edge", "ink2", weight=400, line="hair"),
        "chosen": replace(INKED, line="hair"),
    },
    "key_function": {
        "normal": replace(_KEY, fill="tool"),
        "pressed": replace(INKED, line="hair"),
        "disabled": Style("paper", "edge", "ink2", weight=400, line="hair"),
        "chosen": replace(INKED, line="hair"),
    },
    "row": {
        "normal": Style("none", "none", "ink", weight=400),
        "pressed": Style("tool", "none", "ink", weight=400),
        "disabled": Style("none", "none", "ink2", weight=400),
        "urgent": Style("stop_tint", "none", "ink", weight=400),
        "amber": Style("soon_tint", "none", "ink", weight=400),
    },
    "tag": {  # filled with the colour of a kiosk; the colour is written as well
        colour: Style(colour, "none", "on_fill") for colour in ("meet", "talk", "make", "share")
    }
    | {"go": Style("go", "none", "on_fill"), "normal": Style("meet", "none", "on_fill")},
    "banner": {
        "urgent": Style("stop", "none", "on_fill", weight=400),
        "wait": Style("soon_tint", "soon", "ink", weight=400),
        "saved": Style("go_tint", "go", "ink", weight=400),
    },
    "field": {
        "normal": Style("sheet", "ink", "ink", weight=700, line="field"),
        "typed": Style("sheet", "go", "ink", weight=700, line="focus_ring"),
        "disabled": Style("sheet", "line", "ink2", weight=400, line="field"),
    },
}

# Words and signs that stand on an area without being pressed: (colour of words, of what is behind)
PAIRS: tuple[tuple[str, str], ...] = tuple(
    (ink, behind)
    for behind in ("paper", "sheet", "tool")
    for ink in ("ink", "ink2", "go", "soon", "stop", "meet", "talk", "make", "share")
) + tuple((c, f"{c}_tint") for c in ("go", "soon", "stop", "meet", "talk", "make", "share"))


def style_of(kind: str, *, pressed: bool, disabled: bool, mode: str, chosen: bool) -> Style:
    """The style of a widget now. mode: "normal", "saving", "done" or another state of its kind."""
    states = STYLES[kind]
    if mode in ("saving", "done") and mode in states:
        return states[mode]
    if disabled:
        return states.get("disabled", states["normal"])
    if pressed and "pressed" in states:
        return states["pressed"]
    if chosen and "chosen" in states:
        return states["chosen"]
    return states.get(mode) or states.get("normal") or next(iter(states.values()))
