"""Where the words of pairing, its code and its QR code stand; what matters most has its room first."""

from __future__ import annotations

from collections.abc import Sequence

from kivy.uix.widget import Widget

from kiosk.screens.pairing.view import PairingView, broken_after
from kiosk.ui.look import look
from kiosk.ui.page import Box
from kiosk.ui.qr import Qr
from kiosk.ui.widgets_box import Card, sign
from kiosk.ui.widgets_text import Say, Text

QR_MM, LEAST_QR_MM = 72, 34
CODE_ROLES = ("pairing_code", "pairing_code_small", "display", "title", "body")


class Parts:
    """The widgets of one page."""

    def __init__(self, view: PairingView) -> None:
        role = "title" if look.theme.roomy else "body"
        self._before = [Text(text=said, role=role) for said in view.before]
        self._code = Text(text=view.code, weight=700)
        self._after = Text(text=view.after)
        self._good = Text(text=view.good)
        self._waiting = Text(text=view.waiting)
        self._note = Text(text=view.note, weight=600)
        self._signs = {self._good: "timer-sand", self._waiting: "cloud-clock-outline"}
        self._qr = Qr(text=view.scan)
        self._sheet = Card(bare=True)
        self._scan = Say(say="pairing.or_scan", halign="center")

    def count_down(self, good: str) -> None:
        """Say how long the code counts now."""
        self._good.text = good

    def place(self, box: Box) -> list[Widget]:
        """Put all that has room into a box; return what is shown."""
        if not self._qr.text:
            return list(self._texts(box, self._reading()))
        if look.theme.portrait:
            return self._upright(box)
        theme = look.theme
        side = min(theme.mm(QR_MM), box.height, box.width * 0.42)
        left, right = box.right_part(side, theme.space("gap_columns"))
        return [*self._texts(left, self._reading()), *self._scanned(right)]

    def _upright(self, box: Box) -> list[Widget]:
        theme = look.theme
        least = min(theme.mm(LEAST_QR_MM), box.height / 2)
        shown = self._texts(
            Box(box.x, box.y + least, box.width, box.height - least), self._reading()
        )
        low = min((part.y for part in shown), default=box.y + box.height)
        side = min(low - box.y - theme.mm(1), box.width)
        square = Box(box.x + (box.width - side) / 2, box.y, side, side)
        return [*shown, *self._scanned(square)]

    def _scanned(self, box: Box) -> list[Widget]:
        """The code for a camera, and under it what it is for where that has room."""
        theme = look.theme
        line = round(theme.size("body") * 1.3)
        side = min(box.width, box.height)
        worded = box.height >= side + line and not theme.large
        top = box.y + box.height
        Box(box.x, top - side, side, side).lay(self._sheet)
        Box(box.x, top - side, side, side).lay(self._qr)
        if not worded:
            return [self._sheet, self._qr]
        Box(box.x, top - side - line, side, line).lay(self._scan)
        return [self._sheet, self._qr, self._scan]

    def _reading(self) -> list[Text]:
        """All texts in the order of reading."""
        every = [*self._before, self._code, self._after, self._note, self._good, self._waiting]
        return [text for text in every if text.text]

    def _texts(self, box: Box, texts: Sequence[Text]) -> list[Widget]:
        """Give room to what matters most, then put it in the order of reading."""
        must = [self._code, *self._before, self._note, self._good]
        self._size_code(box, [text for text in must if text in texts])
        first = [self._code, *self._before[:1], self._note, self._good, *self._before[1:]]
        chosen, left = set[Text](), box.height
        for text in [*first, self._waiting, self._after]:
            if text in texts and (tall := self._measured(text, box.width)) <= left:
                chosen.add(text)
                left -= tall
        top, shown = box.y + box.height, list[Widget]()
        for text in (one for one in texts if one in chosen):
            top -= text.height
            shown += self._laid(text, box.x, top)
            top -= self._gap(text)
        return shown

    def _size_code(self, box: Box, must: Sequence[Text]) -> None:
        """Make the code as large as its line and what must stand beside it allow."""
        for role in CODE_ROLES:
            self._code.role = role
            fits = self._code.natural_width() <= box.width
            if fits and sum(self._measured(text, box.width) for text in must) <= box.height:
                return

    def _measured(self, text: Text, wide: float) -> float:
        """Give a text its size; return the height it takes, with the air under it."""
        text.size_hint = (None, None)
        text.width = round(wide - (self._sign_px if text in self._signs else 0))
        if text in self._before:
            self._break_long_words(text)
        text.settle()
        text.height = text.text_height
        return text.height + self._gap(text)

    def _break_long_words(self, text: Text) -> None:
        """An address may be longer than its line: smaller letters, then a line after a dot."""
        if text.widest_word() > text.width:
            text.role = "body"
        if text.widest_word() > text.width:
            probe = Text(role="body")

            def fits(part: str) -> bool:
                probe.text = part
                return probe.natural_width() <= text.width

            text.text = " ".join(broken_after(word, fits) for word in text.text.split())

    def _laid(self, text: Text, x: float, y: float) -> list[Widget]:
        icon = self._signs.get(text, "")
        text.pos = round(x + (self._sign_px if icon else 0)), round(y)
        if not icon:
            return [text]
        mark = sign(icon, "soon")
        mark.pos = round(x), round(text.y + text.height - (text.height + mark.height) / 2)
        return [mark, text]

    def _gap(self, text: Text) -> int:
        wide = text is self._code or (self._before and text is self._before[-1])
        return look.theme.mm(3 if wide and look.theme.roomy else 1)

    @property
    def _sign_px(self) -> int:
        return int(look.theme.icon("beside_body") + look.theme.mm(2.8))
