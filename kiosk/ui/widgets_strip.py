"""A row of things to press that share its width."""

from typing import Any

from kivy.properties import BooleanProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.ui.look import look
from kiosk.ui.widgets_press import Press

TIGHTEST = 3
WIDE_BY = (
    *("kind", "say", "text", "sub", "facts", "n", "icon", "icon_end", "icon_slot", "mark", "shape"),
    *("role", "sub_role", "weight", "stacked", "mode", "chosen"),
)
"""What of something pressed says how wide it has to be."""


class Strip(BoxLayout):
    """Things to press in a row: each as wide as it needs, and what is over shared by all.

    Pads get tighter before words wrap, and what says more than it must (``give_way``) says less.
    keep: leave what is over empty, at the left. Widths are
    worked out whenever the row is laid out, so they follow whatever changes in it or around it.
    """

    keep = BooleanProperty(False)

    def __init__(self, **facts: Any) -> None:
        super().__init__(**facts)
        self.spacing = facts.get("spacing", look.theme.space("gap"))
        self.fbind("keep", self._trigger_layout)

    def add_widget(self, widget: Any, *args: Any, **facts: Any) -> None:
        """Take in something to press, and measure again when its words change."""
        super().add_widget(widget, *args, **facts)
        if isinstance(widget, Press):
            for name in WIDE_BY:
                widget.fbind(name, self._trigger_layout)

    def remove_widget(self, widget: Any, *args: Any, **facts: Any) -> None:
        """Let something go, and hear of it no more."""
        super().remove_widget(widget, *args, **facts)
        if isinstance(widget, Press):
            for name in WIDE_BY:
                widget.funbind(name, self._trigger_layout)

    def do_layout(self, *args: Any) -> None:
        """Share the width, then stand in a row."""
        self._share()
        super().do_layout(*args)

    def _share(self) -> None:
        presses = [child for child in self.children if isinstance(child, Press)]
        others = [child for child in self.children if child not in presses]
        room = self.width - self.spacing * (len(self.children) - 1)
        room -= sum(other.width for other in others if other.size_hint_x is None)
        if not presses or room <= 0:
            return
        for press in presses:
            give_way = getattr(press, "give_way", None)
            if give_way and not fits(presses, room):
                give_way()
        needs = _needs(presses, room)
        over = 0 if self.keep else (room - sum(needs)) / len(presses)
        for press, need in zip(presses, needs, strict=True):
            press.size_hint_x, press.width = None, max(1, int(need + over))
        self.padding = [max(0, int(room - sum(needs))), 0, 0, 0] if self.keep else 0


def fits(presses: list[Press], room: float) -> bool:
    """Whether they stand beside each other with the tightest pads."""
    return sum(press.hugged_width(TIGHTEST) for press in presses) <= room


def _needs(presses: list[Press], room: float) -> list[float]:
    """Widths with the widest pads that fit; where none does, all give way alike."""
    needs: list[float] = []
    for tighter in range(TIGHTEST + 1):
        needs = [press.hugged_width(tighter) for press in presses]
        if sum(needs) <= room:
            return needs
    scale = room / sum(needs)
    return [need * scale for need in needs]
