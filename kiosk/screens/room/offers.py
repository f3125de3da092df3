"""Two bookings for one room, and what is free instead: where the parts of that page stand."""

from __future__ import annotations

from typing import Any

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.screens.room.clash import clash_view, offered, offers, whole
from kiosk.screens.room.offer_cards import BookingCard, clash_line, offer_tile
from kiosk.screens.room.panels import primary
from kiosk.screens.room.pieces import Part, Stack, measure, pressed, tight, two_columns
from kiosk.screens.who import actor_of
from kiosk.ui.acts import Acts
from kiosk.ui.look import look
from kiosk.ui.theme import DOOR_7_LANDSCAPE
from kiosk.ui.widgets_press import Press
from kiosk.ui.widgets_text import Rich, Say, Text

CLASH_LEFT_MM, COLUMN_GAP_MM = 84, 7
SAID_SHARE = 0.42
"""Of the width of a small screen that lies: for what is said, beside what is offered."""


def lying(parts: list[Part], wide: float, tall: float) -> list[Widget]:
    """Return what is said left, what is offered right, and below both what may be done."""
    said = [part for part in parts if isinstance(part[0], Text)]
    offered = [part for part in parts if isinstance(part[0], Press)]
    if not said or not offered:
        return [two_columns(parts, wide, tall)]
    acts = [widget for widget, _ in parts if isinstance(widget, Acts)]
    for act in acts:
        act.width = wide
        tall -= act.height + look.theme.space("row_gap")
    columns, gap = BoxLayout(), look.theme.mm(4)
    columns.spacing = gap
    for some, share in ((said, SAID_SHARE), (offered, 1 - SAID_SHARE)):
        room = wide * share - gap / 2
        stack = Stack(size_hint_x=None, width=room)
        if some is said:
            stack.spacing = look.theme.mm(0.8)
        stack.fill([*some, (Widget(), 9)], room, tall)
        columns.add_widget(stack)
    return [columns, *acts]


class OffersLayout:
    """The steps *clash* and *offers* of RoomScreen. Any: Kivy has no types."""

    def _clash(self: Any, body: BoxLayout) -> None:
        viewer = actor_of(self.shell)
        view = clash_view(self.hub, self.moving, self.now, self.words, viewer)
        say = self.words.say
        make = BookingCard if look.theme.roomy and not look.theme.low else clash_line
        cards = [make("clashing", say("room.clash_kept"), view.other)]
        if view.first:
            cards.insert(0, make("confirmed", say("room.clash_first"), view.first))
        mine = self.moving.mine or viewer.level > 2
        self._page_of_offers(
            body, "room.clash_title", cards, view.offers if mine else (),
            free=view.free and mine, mine=mine,
        )  # fmt: skip

    def _offers(self: Any, body: BoxLayout) -> None:
        if self.taken is not None:
            found = offered(self.hub, (*self.taken.times, *self.taken.rooms), self.words)
            self._page_of_offers(body, "room.taken_title", [], found)
            return
        found = offers(self.hub, whole(self.hub, self.moving), self.now, self.words)
        self._page_of_offers(body, "room.others_title", [], found)

    def _page_of_offers(
        self: Any, body: BoxLayout, title: str, cards: list[Any], found: Any, *,
        free: bool = False, mine: bool | None = None,
    ) -> None:  # fmt: skip
        theme = look.theme
        small = theme.form == DOOR_7_LANDSCAPE
        # There large words leave a heading no line of its own: a short one stands beside *Back*.
        title = self.words.say(f"{title}_short" if small and theme.large else title)
        if theme.low:
            ranked = [(card, 1 + number) for number, card in enumerate(cards)]
            parts = self._offer_parts(found, free=free, mine=mine)
            self.low_offers(body, title, [*ranked, *parts])
            return
        above = self._headed(title)
        tall = self._tall(*above)
        wide, left = self._wide(), theme.mm(CLASH_LEFT_MM)
        for part in above:
            body.add_widget(part)
        if not cards or not theme.roomy:
            ranked = [(card, 1 + number) for number, card in enumerate(cards)]
            parts = [*ranked, *self._offer_parts(found, free=free, mine=mine)]
            if small and not theme.large:
                for part in lying(parts, wide, tall):
                    body.add_widget(part)
                return
            stack = Stack()
            stack.fill(parts, wide, tall)
            body.add_widget(stack)
            return
        columns = BoxLayout(spacing=theme.mm(COLUMN_GAP_MM))
        for parts, room in (
            ([(card, 2) for card in cards], left),
            (self._offer_parts(found, free=free, mine=mine), wide - left - columns.spacing),
        ):
            stack = Stack(size_hint_x=None, width=room)
            stack.spacing = theme.mm(4)
            stack.fill(parts, room, tall)
            columns.add_widget(stack)
        body.add_widget(columns)

    def _headed(self: Any, title: str) -> list[Widget]:
        """The top row, and the heading below it where it has no room in it."""
        theme = look.theme
        top = self._top("" if theme.roomy else title)
        if not theme.roomy and top.title_fits:
            return [top]
        heading = Text(text=title, role="display" if theme.roomy else "title", weight=700)
        measure(heading, self._wide())
        return [top, heading]

    def _offer_parts(self: Any, found: Any, *, free: bool, mine: bool | None) -> list[Part]:
        say = self.words.say
        if mine is False:
            return [(Say(say="room.yours_hold_card", weight=600), 2), (Widget(), 3)]
        told = say("room.free_instead") if found else say("room.nothing_free")
        parts: list[Part] = [
            (Rich(parts=[(say("room.nothing_lost") + " ", "strong"), (told, "text")]), 2)
        ]
        if free:
            parts = [(Text(text=say("room.free_now"), weight=600), 3)]
            parts.append((primary(say("room.take_it"), lambda _b: self.take()), 3))
        parts += [(offer_tile(self, offer), 9 - number) for number, offer in enumerate(found)]
        parts.append((Widget(), 3))
        acts = Acts()
        make = tight if look.theme.large and look.theme.portrait else pressed
        signs = ({}, {}) if look.theme.large else ({"icon": "timer-sand"}, {"icon": "close"})
        wait = make(say("room.wait_for_it"), self.back, **signs[0])
        if mine:
            drop = make(say("room.give_up"), self.give_up, kind="give_up", **signs[1])
            acts.show([wait], [drop])
        else:
            acts.show([pressed(say("room.keep_it"), self.back)])
        parts.append((acts, 9))
        return parts
