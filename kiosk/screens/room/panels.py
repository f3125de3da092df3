"""What stands beside (or after) a room's day: booking, a booking's own acts, what came of it."""

from __future__ import annotations

from typing import Any

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.gridlayout import GridLayout
from kivy.uix.widget import Widget

from kiosk.screens.room.pieces import Part, Told, tight
from kiosk.screens.room.view import ActView, BarView, BookView
from kiosk.ui.acts import Acts, wide
from kiosk.ui.look import look
from kiosk.ui.widgets_box import STATUS, sign
from kiosk.ui.widgets_flow import Undo
from kiosk.ui.widgets_press import Press
from kiosk.ui.widgets_text import Icon, Rich, Say, Text

NEEDED, WANTED, NICE = 3, 2, 1
LEAST_WANTED = ("here", "end", "cancel_day", "extend", "other", "cancel")


def title(text: str) -> Text:
    """Return a title of a panel."""
    return Text(text=text, role="title", weight=700)


def primary(text: str, act: Any) -> Press:
    """Return the one green act."""
    made = Press(kind="primary", text=text, role="title", size_hint_y=None)
    made.height = look.theme.target("primary")
    made.bind(on_release=lambda *_: act(made))
    return made


def booking_parts(screen: Any, view: BookView, wide_px: float) -> list[Part]:
    """Return the parts of *Book now*, for a panel of that width."""
    words, theme = look.words, look.theme
    shifts = screen.shifts and (view.earlier or view.later)
    tight_room = theme.form == "door_7_landscape" and theme.large
    said = [(f"{view.from_to}. ", "strong"), (view.again, "text")]
    told: list[Part] = []
    if view.from_to:
        told = [(Rich(parts=said if not theme.large else said[:1]), WANTED)]
    chips: Part = (_lengths(screen, view), NEEDED + 1)
    # Between two rows of things to press stands something to read.
    parts = [_shift_row(screen, view, wide_px), *told, chips] if shifts else [
        (_titled(view), NICE if theme.large else WANTED), chips, *told
    ]  # fmt: skip
    parts.append((Widget(), NEEDED))
    if view.needs_card:
        short = theme.large or theme.form == "door_7_landscape"
        say = "room.hold_card_short" if short else "room.hold_card"
        parts.append((Hint("card-account-details-outline", say), NEEDED))
        return parts
    why = [(words.say("room.away") + " ", "text"), (words.say("room.pencilled_note"), "strong")]
    if theme.form == "door_7_landscape" or theme.large or theme.low or shifts:
        why = [(words.say("room.pencilled_short"), "strong")]
    if not tight_room:
        parts.append((Told(why), NEEDED))
    whose = [view.who] if view.who and (theme.large or shifts) else []
    note = [words.say("room.not_yet")] if tight_room else []
    parts.append((_book_act(screen, view, wide_px, [*whose, *note]), NEEDED + 1))
    return parts


def _book_act(screen: Any, view: BookView, wide_px: float, notes: list[str]) -> Press:
    """Return what books. notes: what stands nowhere else, whose it will be the first."""
    words, theme = look.words, look.theme
    act = primary(words.say("room.pencil_it_in"), screen.book)
    act.disabled = not view.chosen
    act.sub = " · ".join(notes)
    lines = 1 + bool(notes) + (act.hugged_width(2) > wide_px)
    if lines > 1:
        act.height = round(theme.size("title") * 1.25 * lines)
    return act


def _titled(view: BookView) -> BoxLayout:
    """Return what is booked and by whom."""
    theme = look.theme
    row: Any = BoxLayout(size_hint_y=None, height=round(theme.size("title") * 1.16))
    row.spacing = theme.mm(2)
    row.add_widget(Text(text=view.title, role="title", weight=700, max_lines=1, may_shorten=True))
    if view.who and not theme.large:
        row.add_widget(Icon(icon="account-circle-outline", pos_hint={"center_y": 0.5}))
        who = Text(text=view.who, weight=600, fit="width", max_lines=1)
        who.settle()
        row.add_widget(who)
    return row


def _shift_row(screen: Any, view: BookView, wide_px: float) -> Part:
    """Return moving the start by a quarter of an hour, beside the title where it fits."""
    name = Text(text=view.title, role="title", weight=700, fit="width", max_lines=1)
    name.settle()
    shifts = ((-1, "room.start_earlier", view.earlier), (1, "room.start_later", view.later))
    steps = [
        tight(look.words.say(key), lambda by=by: screen.shift(by)) for by, key, may in shifts if may
    ]
    row = Acts()
    fits = wide([name, *steps], look.theme.space("gap")) <= wide_px
    row.show([name] if fits else [], steps)
    return row, WANTED


def _lengths(screen: Any, view: BookView) -> GridLayout:
    theme = look.theme
    columns = 2 if theme.large and theme.portrait else max(1, len(view.lengths))
    rows = -(-len(view.lengths) // columns)
    gap = theme.mm(3.2 if rows == 1 else 4)
    grid = GridLayout(cols=columns, size_hint_y=None, spacing=gap)
    grid.height = rows * theme.target("secondary") + (rows - 1) * gap
    for one in view.lengths:
        chip = Press(text=one.text, size_hint_y=None, height=theme.target("secondary"))
        chip.chosen, chip.disabled = one.minutes == view.chosen, not one.fits
        chip.bind(on_release=lambda _chip, minutes=one.minutes: screen.choose_length(minutes))
        grid.add_widget(chip)
    return grid


class Hint(BoxLayout):
    """A sign and a sentence. Its height follows its words."""

    def __init__(self, icon: str, say: str, **facts: Any) -> None:
        super().__init__(size_hint_y=None, spacing=look.theme.mm(3), **facts)
        self._mark = Icon(icon=icon, slot="beside_title", pos_hint={"center_y": 0.5})
        self._words = Say(say=say, weight=600)
        self.add_widget(self._mark)
        self.add_widget(self._words)

    def measured(self, wide_px: float) -> None:
        """Take the height that the words need at this width."""
        self._words.width = wide_px - self._mark.width - self.spacing
        self._words.settle()
        self.height = max(self._mark.height, self._words.text_height)


class StatusTitle(BoxLayout):
    """A title with its sign, in the colour of its state. Its height follows its words."""

    def __init__(self, status: str, text: str, **facts: Any) -> None:
        super().__init__(size_hint_y=None, spacing=look.theme.mm(2.4), **facts)
        shape, ink, _key = STATUS[status]
        self._mark = sign(shape, ink)
        if hasattr(self._mark, "px"):
            self._mark.px = round(look.theme.size("title") * 0.8)
        self._mark.pos_hint = {"center_y": 0.5}
        self._words = Text(text=text, role="title", weight=700, ink=ink)
        self.add_widget(self._mark)
        self.add_widget(self._words)

    def measured(self, wide_px: float) -> None:
        """Take the height that the words need at this width."""
        self._words.width = wide_px - self._mark.width - self.spacing
        self._words.settle()
        self.height = self._words.text_height


def bar_parts(screen: Any, view: BarView, wide_px: float, room_px: float) -> list[Part]:
    """Return the parts of a chosen booking: what it is, and what may be done."""
    word = look.words.say(STATUS[view.status][2])
    shape_ink = STATUS[view.status][1]
    facts = " · ".join(part for part in (view.times, view.who) if part)
    parts: list[Part] = [
        (title(view.title), WANTED),
        (Rich(parts=[(word, "strong", shape_ink)]), NICE),
        (Text(text=facts, weight=600), WANTED),
    ]
    parts += [(Text(text=line), NICE) for line in view.about]
    parts.append((Widget(), NEEDED))
    if view.needs_card:
        parts.append((Hint("card-account-details-outline", "room.yours_hold_card"), WANTED))
    if view.acts:
        theme = look.theme
        if (theme.portrait or theme.roomy) and not theme.low:
            room_px -= 2.4 * theme.size("title") + 2 * theme.size("body")
        parts.append((_bar_acts(screen, view, wide_px, room_px), NEEDED))
    return parts


def _bar_acts(screen: Any, view: BarView, wide_px: float, room_px: float) -> Acts:
    """Return what may be done, in rows that fit: what is least often wanted is left out first."""
    kept = list(view.acts)
    while True:
        row = Acts(width=wide_px)
        row.show([_bar_act(screen, one, wide_px) for one in kept])
        if row.height <= room_px or len(kept) == 1:
            return row
        kept.remove(max(reversed(kept), key=lambda one: LEAST_WANTED.index(one.name)))


def _bar_act(screen: Any, one: ActView, wide_px: float) -> Press:
    kind = "give_up" if one.name.startswith("cancel") else "secondary"
    made = tight(one.text, lambda: screen.do(one), kind=kind)
    if made.width > wide_px:
        made.width, made.height = wide_px, round(look.theme.size("body") * 2.7)
    return made


def done_parts(screen: Any, status: str, said: str, lines: list[str]) -> list[Part]:
    """Return the parts of what came of an act, with *Undo* while that is possible."""
    if status == "pencilled" and look.theme.large:
        said = look.words.say("status.pencilled")
    parts: list[Part] = [(StatusTitle(status, said), NEEDED)]
    for number, line in enumerate(lines):
        parts.append((Text(text=line, weight=600 if number == 0 else 400), 2 if number == 0 else 1))
    parts.append((Widget(), NEEDED))
    parts.append((UndoRow(screen), NEEDED))
    return parts


class UndoRow(BoxLayout):
    """*Undo · 9* and *Done*: beside each other, or one over the other where it is narrow."""

    def __init__(self, screen: Any, **facts: Any) -> None:
        super().__init__(size_hint_y=None, spacing=look.theme.mm(4), **facts)
        self._undo = Undo(pos_hint={"center_y": 0.5})
        self._undo.follow(screen.shell.undo)
        if look.theme.large:
            self._undo.icon = ""
        self._undo.bind(on_release=lambda *_: screen.undo_act())
        self._done = Press(kind="primary", say="act.done", role="title", size_hint_y=None)
        self._done.height = look.theme.target("primary")
        self._done.bind(on_release=lambda *_: screen.finish())
        for button in (self._undo, self._done):
            self.add_widget(button)

    def measured(self, wide_px: float) -> None:
        """Stand beside each other if both fit."""
        undo, done = self._undo.hugged_width(1), self._done.hugged_width(1)
        beside = undo + done + self.spacing <= wide_px
        self.orientation = "horizontal" if beside else "vertical"
        if beside:
            self._undo.size_hint_x, self._undo.width = None, undo
        else:
            self._undo.size_hint_x = 1
        over = 0 if beside else self._undo.height + self.spacing
        self.height = look.theme.target("primary") + over
