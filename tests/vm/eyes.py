"""What a door shows, said by its own process: told to it by a debugger, no part of the program.

It runs there, with that program's Kivy; ``tests/vm/hands.py`` reads what it says.
"""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

from kivy.clock import Clock
from kivy.core.window import Window

from tests.flows import seeing

LOOK_S = 0.1
KEYS_KEPT = 200


def open_(where: str) -> None:
    """Say in the file ``where`` ten times a second what is shown, and which keys and touches came."""
    keys: list[int] = []
    touches: list[int] = []
    Window.bind(on_key_down=lambda _window, key, *_rest: keys.append(key))
    Window.bind(on_touch_down=lambda _window, _touch: touches.append(1))
    Clock.schedule_interval(partial(_look, Path(where), keys, touches), LOOK_S)


def _look(where: Path, keys: list[int], touches: list[int], _dt: float) -> None:
    new = where.with_suffix(".new")
    came = {"keys": keys[-KEYS_KEPT:], "touches": len(touches)}
    new.write_text(json.dumps(_seen(Window.children[-1]) | came))
    new.replace(where)


def _seen(shell: Any) -> dict[str, Any]:
    layer = shell.over if shell.over.children else shell.stage
    return {
        "at": shell.screen.name if shell.screen else "",
        "calm": not shell.stage.moving and not shell.dimmed and not shell.told.children,
        "window": [Window.left, Window.top, *map(round, Window.size)],
        "pointer": [Window.mouse_pos[0], Window.height - 1 - Window.mouse_pos[1]],
        "things": [_thing(layer, one) for one in seeing.shown(layer) if seeing.is_pressed(one)],
        "texts": [seeing.words_on(one) for one in seeing.wordy(layer)],
    }


def _thing(layer: Any, widget: Any) -> dict[str, Any]:
    """What can be pressed: its words and where it lies, counted from the top left."""
    left, bottom, width, height = seeing.box_of(widget)
    return {
        "words": seeing.words_on(widget),
        "box": [left, Window.height - bottom - height, width, height],
        "free": not widget.disabled
        and seeing.taker(layer, left + width / 2, bottom + height / 2) is widget,
        "ring": bool(getattr(widget, "by_keypad", False))
        or bool(widget.canvas.after.get_group("keypad")),
    }
