"""The look in force while widgets are built: ``look.theme`` and ``look.words``.

A screen is built once for one look and built anew for another, so a widget reads this once and
binds to nothing: ``height: look.theme.mm(15)`` in kv is a plain number. Whoever builds screens
calls ``look.use(theme, words)`` first. Fonts are registered with the first import.
"""

from kivy.core.text import LabelBase
from kivy.lang.parser import global_idmap

from kiosk.ui.fonts import font_files
from kiosk.ui.theme import DOOR_10, Theme, theme_for
from kiosk.ui.words import SOURCE, Words


class Look:
    """One theme and one language; ``use`` changes both for what is built from now on."""

    def __init__(self) -> None:
        """Begin with a 10" door in the source language: a demo or a test may go on from here."""
        self.theme: Theme = theme_for(DOOR_10)
        self.words: Words = Words(SOURCE)

    def use(self, theme: Theme, words: Words) -> None:
        """Build what follows for this reader."""
        self.theme, self.words = theme, words


look = Look()
global_idmap["look"] = look
for _name, _path in font_files().items():
    LabelBase.register(_name, _path)
