"""What a person can see and touch on the door: widgets, their words, who would take a touch."""

from kivy.uix.behaviors import ButtonBehavior

from tests.flows.tongue import plain


def shown(root):
    """Every widget under ``root`` that is drawn, the uppermost first."""
    for child in root.children:
        if child.opacity > 0 and child.width > 0 and child.height > 0:
            yield child
            yield from shown(child)


def wordy(root):
    """Every text and everything pressed under ``root``; the words on a button belong to it."""
    for child in root.children:
        if child.opacity == 0 or child.width <= 0 or child.height <= 0:
            continue
        if is_pressed(child) or is_text(child):
            yield child
        else:
            yield from wordy(child)


def is_pressed(widget) -> bool:
    """Whether a finger can press it."""
    return isinstance(widget, ButtonBehavior)


def is_text(widget) -> bool:
    """Whether it is words by themselves."""
    return not is_pressed(widget) and hasattr(type(widget), "is_clipped")


def words_on(widget) -> str:
    """What a person reads on it, children included where it has no words of its own."""
    own = plain(getattr(widget, "reads", "") or "")
    if own:
        return own
    return plain(" ".join(words_on(child) for child in reversed(widget.children)))


def box_of(widget) -> tuple[float, float, float, float]:
    """Left, bottom, width, height in px of the window; of something pressed, what it takes."""
    x, y, width, height = getattr(widget, "touch_box", (*widget.pos, *widget.size))
    left, bottom = widget.to_window(x, y)
    return left, bottom, width, height


def taker(root, x: float, y: float):
    """Return what would be pressed by a touch at (x, y) of the window; None: nothing."""
    for child in root.children:
        if child.opacity == 0:
            continue
        if is_pressed(child) and child.collide_point(*root.to_widget(x, y)):
            return child
        if (found := taker(child, x, y)) is not None:
            return found
    return None


def matches(found: str, wanted: set[str], level: int) -> bool:
    """Whether words are what was asked for: 0 the same, 1 they begin so, 2 they contain it."""
    folded = found.casefold()
    if level == 0:
        return folded in {w.casefold() for w in wanted}
    if level == 1:
        return any(folded.startswith(w.casefold()) for w in wanted)
    return any(w.casefold() in folded for w in wanted)


def find(widgets, wanted: set[str]) -> list:
    """The widgets that say it best: same words before a beginning before a part."""
    said = [(widget, words_on(widget)) for widget in widgets]
    for level in range(3):
        if found := [widget for widget, words in said if matches(words, wanted, level)]:
            return found
    return []
