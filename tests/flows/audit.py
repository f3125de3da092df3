"""What must hold on every screen, whatever it shows: readable, reachable, in words."""

from itertools import combinations

from kiosk.ui.theme import contrast
from tests.flows.seeing import box_of, is_pressed, is_text, shown, words_on

LEAST_MM, ROUNDING_MM = 15.0, 0.25
LEAST_CONTRAST = 7.0
SIGNS = ("Shape", "Icon")


def problems(shell) -> list[str]:
    """Every way in which what is on screen now breaks the rules; an empty list is good."""
    layer = shell.over if shell.over.children else shell.stage
    clipped = _clipped(*_seen(layer))  # asked first: a button builds its words anew to answer
    pressed, free = _seen(layer)
    return [
        *clipped,
        *_squashed(layer),
        *_beyond_field(layer),
        *_small(pressed, shell.theme),
        *_outside([*pressed, *free, *_signs(layer)], shell),
        *_overlapping(pressed),
        *_written_over(free),
        *_under(pressed, free),
        *_wordless(pressed),
        *_faint(pressed, free, shell.theme),
    ]


def _seen(layer):
    """What can be pressed, and the words that stand by themselves."""
    widgets = list(shown(layer))
    pressed = [w for w in widgets if is_pressed(w)]
    texts = [w for w in widgets if is_text(w) and words_on(w)]
    return pressed, [t for t in texts if not any(is_pressed(a) for a in _ancestors(t))]


def _signs(layer):
    """What is drawn beside words: shapes and icons."""
    return [w for w in shown(layer) if type(w).__name__ in SIGNS]


def _ancestors(widget):
    while (parent := widget.parent) is not None and parent is not widget:
        yield parent
        widget = parent


def _name(widget) -> str:
    return f"{type(widget).__name__} {words_on(widget)!r}"


def _clipped(pressed, free):
    return [
        f"clipped: {_name(w)}"
        for w in (*pressed, *free)
        if hasattr(type(w), "is_clipped") and w.is_clipped
    ]


def _squashed(root):
    """What is left of a button where there was no room for it: words without a height."""
    for child in root.children:
        if child.opacity == 0:
            continue
        if is_pressed(child) and words_on(child) and min(child.size) <= 0:
            yield f"squashed: {_name(child)}"
        yield from _squashed(child)


def _beyond_field(layer):
    """The name of a field that is longer than the field."""
    for text in shown(layer):
        field = text.parent
        if is_text(text) and getattr(field, "kind", "") == "field" and text.right > field.right:
            yield f"beyond its field: {_name(text)}"


def _small(pressed, theme):
    for widget in pressed:
        _, _, width, height = box_of(widget)
        mm = min(width, height) / theme.px_per_mm
        if mm < LEAST_MM - ROUNDING_MM:
            yield f"only {mm:.1f} mm: {_name(widget)}"


def _outside(widgets, shell):
    for widget in widgets:
        x, y = widget.to_window(*widget.pos)
        if (
            x < -1
            or y < -1
            or x + widget.width > shell.width + 1
            or y + widget.height > shell.height + 1
        ):
            yield f"off screen: {_name(widget)}"


def _cross(one, other, by_px: float = 1.0) -> bool:
    (ax, ay, aw, ah), (bx, by, bw, bh) = one, other
    wide = min(ax + aw, bx + bw) - max(ax, bx)
    tall = min(ay + ah, by + bh) - max(ay, by)
    return wide > by_px and tall > by_px


def _overlapping(pressed):
    for one, other in combinations(pressed, 2):
        nested = one in _ancestors(other) or other in _ancestors(one)
        if not nested and _cross(box_of(one), box_of(other)):
            yield f"overlapping touch: {_name(one)} and {_name(other)}"


def _letters_box(text):
    """Where the letters themselves are, inside the widget's box."""
    x, y, width, height = box_of(text)
    wide, tall = min(width, text.lines_width()), min(height, text.text_height)
    left = {"left": x, "right": x + width - wide}.get(text.halign, x + (width - wide) / 2)
    bottom = {"top": y + height - tall, "bottom": y}.get(text.valign, y + (height - tall) / 2)
    return left, bottom, wide, tall


def _written_over(texts):
    plain = [t for t in texts if hasattr(t, "lines_width")]
    for one, other in combinations(plain, 2):
        if _cross(_letters_box(one), _letters_box(other), by_px=3):
            yield f"words over words: {_name(one)} and {_name(other)}"


def _under(pressed, texts):
    """Words that lie under something to press, and not on it."""
    for press in pressed:
        area = (*press.to_window(*press.pos), *press.size)
        for text in (t for t in texts if hasattr(t, "lines_width")):
            if press not in _ancestors(text) and _cross(_letters_box(text), area, by_px=3):
                yield f"words under something to press: {_name(text)} and {_name(press)}"


def _wordless(pressed):
    """Nothing is a sign alone, but the plus and minus at either side of their number."""
    silent = (w for w in pressed if not words_on(w) and getattr(w, "kind", "") != "step")
    return [f"no words: {type(w).__name__} at {box_of(w)}" for w in silent]


def _ground(widget) -> str:
    """The colour that a free text stands on: of the nearest area around it that is filled."""
    for around in _ancestors(widget):
        style = getattr(around, "style", None)
        fill = getattr(style, "fill", None) or getattr(around, "fill", None)
        if isinstance(fill, str) and fill not in ("", "none"):
            return fill
    return "paper"


def _faint(pressed, free, theme):
    pairs = [(w, w.style.ink, w.style.fill) for w in pressed if hasattr(w, "style")]
    pairs += [(t, t.ink, "none") for t in free if hasattr(t, "ink")]
    for widget, ink, fill in pairs:
        ground = _ground(widget) if fill == "none" else fill
        ratio = contrast(theme.colour(ink), theme.colour(ground))
        if ratio < LEAST_CONTRAST:
            yield f"contrast {ratio:.1f} ({ink} on {ground}): {_name(widget)}"
