"""The rest screen: what the house looks like from three steps away, and the way in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kivy.clock import Clock
from kivy.factory import Factory
from kivy.properties import ObjectProperty

from kiosk.hub.notices import running
from kiosk.hub.welcomers import ImComing, im_coming
from kiosk.screens.calling import CallLine
from kiosk.screens.light.now import light_now
from kiosk.screens.rest import in_a_line as _in_a_line  # noqa: F401  # widgets of the kv file
from kiosk.screens.rest import pieces as _pieces  # noqa: F401
from kiosk.screens.rest.view import RestView, rest_view
from kiosk.ui.screen import HubScreen


class RestScreen(HubScreen):
    """Nothing personal is ever on it; it may stay for ever."""

    view: RestView = ObjectProperty()
    warn_after_s, forgets_look = None, True

    def __init__(self, **facts: Any) -> None:
        super().__init__(**facts)
        self.page: Any = None
        self._turn = Clock.create_trigger(lambda _dt: self.on_snapshot(self.hub, self.now), 1)

    def on_snapshot(self, hub: Any, now: datetime) -> None:
        """Show the house as it is now."""
        notices = running(hub, now)
        light = light_now(self.shell, now)
        self.view = rest_view(hub, now, self.words, notices, light, bands(self.theme))
        if self.page is None:
            self.build(self.view)
        self.page.view = self.view
        self._turn.cancel()
        if self.view.turn_s:
            self._turn.timeout = self.view.turn_s
            self._turn()

    def build(self, view: RestView) -> None:
        """Lay out the page of this form; from then on it follows its view by itself."""
        self.clear_widgets()
        self.page = Factory.get(layout_name(self.theme))(screen=self, view=view)
        self.add_widget(self.page)

    def on_close(self) -> None:
        """Nobody looks: nothing takes turns."""
        self._turn.cancel()

    def take(self, line: Any) -> None:
        """A band was tapped: somebody goes to the door, or reads what is urgent in full."""
        if isinstance(line, CallLine):
            self.ask(im_coming, ImComing(line.visit))
        else:
            self.read(line.id)

    def read(self, notice: str) -> None:
        """Read a notice in full."""
        self.go("notice", notice=notice)


def bands(theme: Any) -> int:
    """Return how many of what is urgent this screen has room for at once."""
    return 2 if layout_name(theme) == "RestRoomy" else 1


def layout_name(theme: Any) -> str:
    """Return the kv class that lays this screen out."""
    size = "Large" if theme.large else ""
    reach = "Low" if theme.low else ""
    form = {"door_7_portrait": "Portrait", "door_7_landscape": "Landscape"}.get(theme.form, "Roomy")
    return f"Rest{size}{reach}{form}"
