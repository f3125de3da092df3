"""``Page``: a screen of a flow: the way back above, a heading, a body, acts at the foot.

In low reach everything to press is in the lower half: the way back joins the acts, and the upper
half is only read. A subclass makes its body in ``make_body`` and places it in ``place_body``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kivy.clock import Clock
from kivy.properties import StringProperty
from kivy.uix.widget import Widget

from kiosk.ui.acts import Acts
from kiosk.ui.look import look
from kiosk.ui.screen import HubScreen
from kiosk.ui.top_row import TopRow, again_act, back_act, language_tool
from kiosk.ui.widgets_text import Text


@dataclass(frozen=True)
class Box:
    """A place on the screen in px, from the bottom left."""

    x: float
    y: float
    width: float
    height: float

    def lay(self, widget: Any) -> None:
        """Put a widget exactly here."""
        widget.size_hint = (None, None)
        widget.size = round(self.width), round(self.height)
        widget.pos = round(self.x), round(self.y)

    def right_part(self, wide: float, gap: float) -> tuple["Box", "Box"]:
        """Cut a column of ``wide`` off at the right: what is left over, and the column."""
        left = Box(self.x, self.y, self.width - wide - gap, self.height)
        return left, Box(self.x + self.width - wide, self.y, wide, self.height)

    def lower_part(self, tall: float, gap: float) -> tuple["Box", "Box"]:
        """Cut a row of ``tall`` off at the foot: what is left over, and the row."""
        upper = Box(self.x, self.y + tall + gap, self.width, self.height - tall - gap)
        return upper, Box(self.x, self.y, self.width, tall)

    def upper_part(self, tall: float, gap: float) -> tuple["Box", "Box"]:
        """Cut a row of ``tall`` off at the top: what is left over, and the row."""
        lower = Box(self.x, self.y, self.width, self.height - tall - gap)
        return lower, Box(self.x, self.y + self.height - tall, self.width, tall)


class Page(HubScreen):
    """A screen with a heading. first: with language and text size; again: with Start again;
    typing: what is typed stands beside *Back* where the screen is small.
    """

    heading, clock = StringProperty(), StringProperty()
    first, again, typing = False, True, False
    #: Letters take more than half a screen: there the lower half gives way.
    tall_body = False
    heading_role = "display"

    def __init__(self, **facts: Any) -> None:
        super().__init__(**facts)
        theme = self.theme
        # On a first page Start again is Back: where a row is short, language comes before it.
        again = self.again and (theme.roomy or not (self.first or self.typing))
        self.top_row = TopRow(screen=self, first=self.first, again=again)
        self.title_text = Text(role=self.heading_role if theme.roomy else "title", weight=700)
        self.foot = Acts()
        self._ways_back = [back_act(self), *([again_act(self)] if self.again else [])]
        if self.first:
            self._ways_back.append(language_tool(self))
        self.arrange_soon = Clock.create_trigger(self.arrange, -1)
        self.make_body()
        for name in ("size", "heading", "clock"):
            self.fbind(name, self.arrange_soon)
        self.arrange()

    # What a subclass says ------------------------------------------------------------------

    def make_body(self) -> None:
        """Make the widgets of the body."""

    def place_body(self, box: Box) -> Sequence[Widget]:
        """Put the body into its box; return the widgets that are shown."""
        return ()

    def acts(self) -> tuple[Sequence[Widget], Sequence[Widget]]:
        """What stands at the foot: left, right."""
        return (), ()

    def settle_title(self, _box: Box) -> None:
        """Measure the heading over a body; one that anybody may write is cut to leave room."""
        self.title_text.settle()

    # Where things stand --------------------------------------------------------------------

    @property
    def under_heading(self) -> float:
        """In low reach: the y under the heading, from which on down may be read."""
        title = self.title_text
        wide = Text(text=title.text, role=title.role, weight=700, size_hint=(None, None))
        wide.width, wide.fit = title.width, "height"
        wide.settle()
        return float(title.y + title.height - wide.text_height - look.theme.mm(3))

    def arrange(self, *_: Any) -> None:
        """Place everything anew."""
        theme = self.theme
        margin = theme.space("margin")
        whole = Box(margin, margin, theme.width_px - 2 * margin, theme.height_px - 2 * margin)
        low = theme.low and not self.tall_body
        shown = self._low(whole) if low else self._usual(whole)
        for gone in [child for child in self.children if child not in shown]:
            self.remove_widget(gone)
        for widget in shown:
            if widget.parent is None:
                self.add_widget(widget)

    def _usual(self, whole: Box) -> list[Widget]:
        theme, gap = self.theme, self.theme.space("row_gap")
        row = self.top_row
        row.size_hint, row.width = (None, None), round(whole.width)
        row.clock = self.clock
        row.title = "" if theme.roomy and not theme.large else self.heading
        rest, top = whole.upper_part(row.height, gap)
        row.pos = round(top.x), round(top.y)
        shown: list[Widget] = [row]
        if self.heading and (theme.roomy or not row.title_fits):
            rest = self._head(rest)
            shown.append(self.title_text)
        return [*shown, *self._with_foot(rest, *self.acts())]

    def _low(self, whole: Box) -> list[Widget]:
        """Read above the middle, touch below it."""
        half = self.theme.height_px / 2 - whole.y
        lower, upper = whole.upper_part(whole.height - half, 0)
        self.title_text.text = self.heading
        self.title_text.valign = "top"
        upper.lay(self.title_text)
        left, right = self.acts()
        return [self.title_text, *self._with_foot(lower, [*self._ways_back, *left], right)]

    def _head(self, box: Box) -> Box:
        theme, title = self.theme, self.title_text
        title.text = self.heading
        title.size_hint, title.width = (None, None), round(box.width)
        self.settle_title(box)
        tall = max(theme.size(title.role) * 1.25, title.text_height)
        rest, place = box.upper_part(tall, theme.mm(2))
        place.lay(title)
        return rest

    def _with_foot(self, box: Box, left: Sequence[Widget], right: Sequence[Widget]) -> list[Widget]:
        if not left and not right:
            return list(self.place_body(box))
        self.foot.size_hint, self.foot.width = (None, None), round(box.width)
        self.foot.show(left, right)
        rest, place = box.lower_part(self.foot.height, self.theme.space("row_gap"))
        self.foot.pos = round(place.x), round(place.y)
        return [self.foot, *self.place_body(rest)]


def even_row(box: Box, widgets: Sequence[Any]) -> None:
    """Place widgets beside each other in equal parts of a box."""
    gap = look.theme.space("gap")
    wide = (box.width - gap * (len(widgets) - 1)) / max(1, len(widgets))
    for nth, widget in enumerate(widgets):
        Box(box.x + nth * (wide + gap), box.y, wide, box.height).lay(widget)


def even_column(box: Box, widgets: Sequence[Any], tallest_px: float = 0) -> None:
    """Place widgets under each other in equal parts of a box, none higher than ``tallest_px``."""
    gap = look.theme.space("row_gap")
    tall = (box.height - gap * (len(widgets) - 1)) / max(1, len(widgets))
    tall = min(tall, tallest_px) if tallest_px else tall
    top = box.y + box.height
    for nth, widget in enumerate(widgets):
        Box(box.x, top - (nth + 1) * tall - nth * gap, box.width, tall).lay(widget)
