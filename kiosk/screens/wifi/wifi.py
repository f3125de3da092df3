"""Joining a Wi-Fi: the networks that are near, the password of one, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from kivy.factory import Factory
from kivy.uix.widget import Widget

from kiosk.screens.wifi import view
from kiosk.screens.wifi.view import JOINING, LOOKING, NETWORKS, PASSWORD, Network
from kiosk.ui import kit  # noqa: F401  # Secondary
from kiosk.ui.answers import Grid, Step, tile
from kiosk.ui.questions import QuestionsPage
from kiosk.ui.typing import Typing


class WifiScreen(QuestionsPage):
    """``shell.around.wifi`` does it (kiosk.hardware.wifi.Wifi); for the first day and for volunteers.

    first_day: facts with which the questions of the first day go on afterwards.
    """

    again = False

    def make_body(self) -> None:
        """Nothing yet but what can be done in any state."""
        self._state, self._network, self._password = LOOKING, "", ""
        self._first_day: Mapping[str, Any] = {}
        self._look_again = Factory.Secondary(say="wifi.look_again", hug=True, size_hint_x=None)
        self._look_again.icon = "refresh" if self.theme.roomy else ""
        self._look_again.bind(on_release=lambda *_: self._look())

    def on_open(
        self, first_day: Mapping[str, Any] | None = None, network: str = "", **_facts: Any
    ) -> None:
        """Look what is near; or go on with a password after the language has changed."""
        self._first_day, self._network, self._password = first_day or {}, network, ""
        if network:
            self._now(PASSWORD)
        else:
            self._look()

    def on_close(self) -> None:
        """Forget what was typed."""
        self._password = ""

    def kept(self) -> dict[str, Any]:
        """Whose password was being typed."""
        return {"network": self._network if self._state == PASSWORD else ""}

    def on_snapshot(self, hub: Any, now: datetime) -> None:
        """Once the first day is over this is for volunteers."""
        if not (self.shell.around.set_up or self.shell.volunteering.person):
            self.rest()

    def back(self) -> None:
        """From a password to the networks, from there to where one came from."""
        if self._state == PASSWORD:
            self._now(NETWORKS)
        else:
            self._leave()

    def _leave(self) -> None:
        if self._first_day:
            self.shell.go("setup", **self._first_day)
        else:
            super().back()

    # What is done ------------------------------------------------------------------------------

    def _look(self) -> None:
        self._now(LOOKING)
        self.shell.around.wifi.look(self._looked)

    def _looked(self) -> None:
        if self._state == LOOKING:
            self._now(NETWORKS)

    def _choose(self, network: Network) -> None:
        self._network, self._password = network.name, ""
        if network.is_secured:
            self._now(PASSWORD)
        else:
            self._join()

    def _join(self) -> None:
        self._now(JOINING)
        self.shell.around.wifi.join(self._network, self._password, self._joined)

    def _joined(self, problem: Any) -> None:
        if self.shell.screen is not self or self._state != JOINING:
            return
        if problem is None:
            self.shell.announce(self.words.say("wifi.joined", name=self._network), kind="saved")
            self._leave()
            return
        # What was typed stays to be mended: it was long.
        self._now(PASSWORD if self._password else NETWORKS)
        self.shell.sentence(problem.say)

    # Pages -------------------------------------------------------------------------------------

    def _now(self, state: str) -> None:
        self._state = state
        seen = self.shell.around.wifi.seen
        self.heading = view.heading(state, self._network, seen, self.words)
        self._look_again.disabled = state != NETWORKS
        if state == PASSWORD:
            self.ask_next(self._password_page())
            return
        near = seen.networks if seen and state == NETWORKS else ()
        self.ask_next(Grid([self._tile(one) for one in near], self.arrange) if near else Step([]))

    def _tile(self, network: Network) -> Any:
        sign = "check" if network.is_joined else "lock-outline" if network.is_secured else "wifi"
        below = view.below(network, self.words)
        return tile(network.name, lambda: self._choose(network), sub=below, icon=sign)

    def _password_page(self) -> Typing:
        say = self.words.say
        page = Typing(
            screen=self,
            kind="password",
            heading=say("wifi.password_title", name=self._network),
            label=say("wifi.password"),
            go_on="wifi.join",
            longest=view.LONGEST,
        )
        page.text = self._password
        page.may_go_on = view.may_be_password(self._password)

        def typed(_page: Any, text: str) -> None:
            self._password = text
            page.may_go_on = view.may_be_password(text)

        page.bind(text=typed, on_done=lambda *_: self._join())
        return page

    def acts(self) -> tuple[Sequence[Widget], Sequence[Widget]]:
        """Looking again, left."""
        return [self._look_again], []
