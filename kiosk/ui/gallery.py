"""The sheet of all widgets in all states: ``python -m kiosk.ui.gallery --size 1280x800
--diagonal-mm 257`` opens a window with it.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from kiosk.ui import start

SHEET = """
#:import kit kiosk.ui.kit
BoxLayout:
    orientation: "vertical"
    padding: [look.theme.mm(5), look.theme.mm(6), look.theme.mm(5), look.theme.mm(2.4)]
    spacing: look.theme.mm(3.8)
    BoxLayout:
        size_hint_y: None
        height: look.theme.mm(27.5)
        orientation: "vertical"
        GridLayout:
            rows: 1
            spacing: look.theme.mm(3)
            Text:
                text: "normal"
                halign: "center"
                ink: "ink2"
            Text:
                text: "pressed"
                halign: "center"
                ink: "ink2"
            Text:
                text: "by keypad"
                halign: "center"
                ink: "ink2"
            Text:
                text: "disabled"
                halign: "center"
                ink: "ink2"
            Text:
                text: "saving"
                halign: "center"
                ink: "ink2"
            Text:
                text: "done"
                halign: "center"
                ink: "ink2"
        BoxLayout:
            size_hint_y: None
            height: look.theme.mm(20)
            spacing: look.theme.mm(3)
            Primary:
                say: "act.done"
                role: "body"
            Primary:
                say: "act.done"
                role: "body"
                state: "down"
            Primary:
                say: "act.done"
                role: "body"
                by_keypad: True
            Primary:
                say: "act.done"
                role: "body"
                disabled: True
            Primary:
                say: "act.done"
                role: "body"
                mode: "saving"
            Primary:
                say: "act.done"
                role: "body"
                mode: "done"
    BoxLayout:
        size_hint_y: None
        height: look.theme.mm(15)
        spacing: look.theme.mm(3)
        Secondary:
            say: "act.back"
        Secondary:
            say: "act.back"
            state: "down"
        Secondary:
            say: "act.back"
            by_keypad: True
        Secondary:
            say: "act.back"
            disabled: True
        Secondary:
            say: "act.back"
            mode: "saving"
        Secondary:
            say: "act.back"
            mode: "done"
    BoxLayout:
        size_hint_y: None
        height: look.theme.mm(15)
        spacing: look.theme.mm(3)
        Chip:
            text: "Chip"
            icon: "calendar-star"
        Chip:
            text: "Chosen"
            icon: "calendar-star"
            chosen: True
        StopAct:
            text: "Stop act"
            icon: "run-fast"
        GiveUp:
            text: "Give it up"
            icon: "close"
    BoxLayout:
        size_hint_y: None
        height: look.theme.mm(15)
        spacing: look.theme.mm(3)
        Key:
            text: "A"
        Key:
            text: "A"
            state: "down"
        Key:
            text: "A"
            by_keypad: True
        Key:
            text: "A"
            disabled: True
        KeyFunction:
            say: "act.erase"
            icon: "backspace-outline"
            width: look.theme.mm(34)
        Field:
            text: "Ma"
        Field:
            text: "Mar"
            typed: True
    BoxLayout:
        spacing: look.theme.mm(7)
        StatusBadge:
            hug: True
            status: "in_use"
        StatusBadge:
            hug: True
            status: "soon"
        StatusBadge:
            hug: True
            status: "free"
        StatusBadge:
            hug: True
            status: "shut"
        StatusBadge:
            hug: True
            status: "pencilled"
        StatusBadge:
            hug: True
            status: "confirmed"
    BoxLayout:
        spacing: look.theme.mm(3)
        DoorMark:
            hug: True
            door: "meet"
        DoorMark:
            hug: True
            door: "talk"
        DoorMark:
            hug: True
            door: "make"
        DoorMark:
            hug: True
            door: "share"
        StatusBadge:
            hug: True
            status: "all_sent"
            quiet: True
        StatusBadge:
            hug: True
            status: "waiting"
            n: 12
            quiet: True
    BoxLayout:
        size_hint_y: None
        height: look.theme.mm(15)
        spacing: look.theme.mm(3)
        Banner:
            kind: "urgent"
            text: "Urgent"
        Banner:
            kind: "wait"
            text: "Wait"
        Banner:
            kind: "saved"
            say: "saved.here"
        Stepper:
            value: 3
            least: 3
            size_hint_x: None
            width: look.theme.mm(64)
"""


def arguments() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(prog="kiosk.ui.gallery", description=__doc__)
    parser.add_argument("--size", default="1280x800", help="window in px, as 1280x800")
    parser.add_argument("--diagonal-mm", type=float, default=257.0, help="of the glass")
    parser.add_argument("--large", action="store_true", help="large text")
    parser.add_argument("--night", action="store_true", help="dark colours")
    parser.add_argument("--lang", default="en", help="language of the words")
    parser.add_argument("--kv", help="show this kv file instead")
    return parser.parse_args()


def main() -> int:
    """Show the sheet until the window is closed, or the picture is saved."""
    asked = arguments()
    width, height = map(int, asked.size.split("x"))
    home = Path(tempfile.mkdtemp(prefix="kivy-"))
    start.prepare(start.WindowSetup(width, height, asked.diagonal_mm, home, cursor=True))
    show(asked, width, height)
    return 0


def show(asked: argparse.Namespace, width: int, height: int) -> None:
    """Build the sheet and run it."""
    from kivy.app import App
    from kivy.core.window import Window
    from kivy.lang import Builder

    from kiosk.ui import kit  # noqa: F401  # makes the widgets known
    from kiosk.ui.look import look
    from kiosk.ui.theme import Theme
    from kiosk.ui.words import Words

    flags = {"large": asked.large, "night": asked.night}
    look.use(Theme(width, height, asked.diagonal_mm, **flags), Words(asked.lang))
    Window.clearcolor = look.theme.colour("paper")
    sheet = Path(asked.kv).read_text(encoding="utf-8") if asked.kv else SHEET
    app = App()
    app.root = Builder.load_string(sheet)
    app.run()


if __name__ == "__main__":
    sys.exit(main())
