"""The widget kit: ``from kiosk.ui import kit`` makes every widget known to kv.

Words     Say (say: key), Text (text:), Rich (parts: [(text, "strong"|"text"|"title", colour?)])
Signs     Icon (icon:), Shape (shape:), StatusBadge (status:), DoorMark (door:)
Pressed   Primary, Hero, Secondary, StopAct, GiveUp, HoldStop (on_held), Tool, Chip, Tile, TagTile,
          Key, KeyFunction, StepButton, Undo (seconds:): see kit_press.kv
Boxes     Card (fill, edge, dashed, top, bare), Rule, Banner (kind:), Field (text, typed, label),
          Scrim, DialogSheet: see kit_box.kv
Moving    ListRow, Stepper (value),
          Strip (a row of things to press: each as wide as it needs)

Build screens only after ``look.use(theme, words)`` (kiosk/ui/look.py): a widget reads the look once.
Colours are names of assets/tokens.json; sizes come from ``look.theme``: ``look.theme.mm(15)``,
``look.theme.space("margin")``, ``look.theme.target("secondary")``. In kv ``look`` is always there.

What a test asks: ``widget.reads`` (the words a person sees on it), ``widget.is_clipped``,
``widget.touch_box`` (x, y, width, height of what a finger may touch).
"""

from pathlib import Path

from kivy.factory import Factory
from kivy.lang import Builder

from kiosk.ui import (
    shapes,
    widgets_box,
    widgets_field,
    widgets_flow,
    widgets_hold,
    widgets_press,
    widgets_strip,
    widgets_text,
)

_CLASSES = (
    *(widgets_text.Text, widgets_text.Say, widgets_text.Rich, widgets_text.Icon),
    *(shapes.Shape, widgets_press.Press, widgets_hold.HoldPress),
    *(widgets_box.Card, widgets_box.Rule, widgets_box.StatusBadge, widgets_box.DoorMark),
    *(widgets_box.Banner, widgets_field.Field, widgets_box.Scrim, widgets_box.DialogSheet),
    *(widgets_flow.ListRow, widgets_flow.Stepper),
    *(widgets_flow.Undo, widgets_strip.Strip),
)
for _class in _CLASSES:
    Factory.unregister(_class.__name__)  # Kivy has a Shape of its own, of a touch
    Factory.register(_class.__name__, cls=_class)

FILES = tuple(sorted(Path(__file__).parent.glob("kit*.kv")))
for _file in FILES:
    if str(_file) not in Builder.files:
        Builder.load_file(str(_file))
