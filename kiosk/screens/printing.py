"""*Print*, where a printer hangs on the door: what is printed stands on the screen already."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kiosk.ui.around import Paper
from kiosk.ui.look import look
from kiosk.ui.widgets_press import Press

Prints = Callable[[Paper, Callable[[str], Any]], Any]
"""(paper, then): has it print one document."""


def print_acts(screen: Any, prints: Prints) -> list[Press]:
    """Return *Print*, or nothing where there is no printer. Any: a HubScreen."""
    if screen.shell.around.paper is None:
        return []
    icon = "printer-outline" if look.theme.roomy and not look.theme.large else ""
    act = Press(say="act.print", icon=icon, hug=True, size_hint=(None, None))
    act.height = look.theme.target("secondary")
    act.bind(on_release=lambda *_: print_now(screen.shell, prints))
    return [act]


def print_now(shell: Any, prints: Prints) -> None:
    """Print where there is a printer. Nobody waits: what became of it is said wherever they are."""

    def say(key: str) -> None:
        shell.announce(shell.words.say(key))

    say("paper.on_its_way")
    prints(shell.around.paper, say)
