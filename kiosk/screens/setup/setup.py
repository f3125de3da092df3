"""The first day of a kiosk: asked once, step by step, then it begins as what was chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from kivy.factory import Factory
from kivy.uix.widget import Widget

from kiosk.screens.setup import parts, view
from kiosk.screens.setup.view import Choices
from kiosk.ui import kit  # noqa: F401  # Primary, Secondary
from kiosk.ui.questions import QuestionsPage
from kiosk.ui.typing import Typing
from kiosk.ui.widgets_text import Text
from kiosk.ui.words import languages

ZONE, OWN_NAME = "zone", "kiosk_name"
"""Two things that are typed only by who wants something else than what was guessed."""


class SetupScreen(QuestionsPage):
    """``finish(choices, told)`` of ``shell.around.set_up`` keeps the choices and begins."""

    again, warn_after_s = False, None

    def make_body(self) -> None:
        """Nothing yet: every step has its own."""
        self._chosen = Choices()
        self._side = ""  # ZONE or OWN_NAME while one of them is typed
        self.first_pair = 0  # of what is attached or was chosen, what stands first
        self._zones: Sequence[str] = ()
        self._where = Text(ink="ink2", fit="width")
        self._go = Factory.Primary(say="act.go_on", icon_end="arrow-right", hug=True)
        self._go.size_hint_x = None
        self._go.bind(on_release=lambda *_: self.forward())
        self._begin = Factory.Primary(say="setup.begin", hug=True, size_hint_x=None)
        self._begin.bind(on_release=lambda *_: self.begin())

    def on_open(self, choices: Choices | None = None, side: str = "", **_facts: Any) -> None:
        """Begin with the first question, or go on after the language has changed."""
        desk = self.shell.around.set_up
        self._zones = desk.zones if desk else ()
        self._chosen = choices or Choices(
            timezone=desk.zone if desk else "UTC", hub=view.KEPT if desk and desk.has_hub else ""
        )
        self._side = side
        if self.shell.around.wifi is not None:
            self.shell.around.wifi.look(self._looked)
        self._ask()

    def _looked(self) -> None:
        """It is known how this device is connected: a network that is there is not asked for."""
        seen = self.shell.around.wifi.seen
        offline = seen.has_wifi and not seen.is_connected
        if self._chosen.step == "network" and not offline:
            self.forward()
        self._chosen = replace(self._chosen, offline=offline)

    def on_snapshot(self, hub: Any, now: datetime) -> None:
        """There is no hub yet, unless one has come from the server just now."""
        desk = self.shell.around.set_up
        if self._chosen.step == "attached":
            self._ask()
        if desk is None or self._chosen.hub:
            return
        if desk.has_hub:
            step = "mode" if self._chosen.step == "hub" else self._chosen.step
            self._chosen = replace(self._chosen, hub=view.KEPT, step=step)
            self._ask()
        elif self._chosen.step == "hub":
            self._ask()

    @property
    def found(self) -> Sequence[Any]:
        """What hangs on the ports of this device."""
        desk = self.shell.around.set_up
        return desk.found if desk is not None else ()

    def kept(self) -> dict[str, Any]:
        """What was chosen so far."""
        return {"choices": self._chosen, "side": self._side}

    def back(self) -> None:
        """One question back; what was chosen stays."""
        if self._side:
            self._side = ""
        else:
            self._chosen, self.first_pair = view.backward(self._chosen), 0
        self._ask()

    # Answers -------------------------------------------------------------------------------

    def forward(self) -> None:
        """The next question, where this one has its answer."""
        self._side = ""
        if self._chosen.step == "colour":
            self._chosen = replace(self._chosen, attached=bool(self.found))
        self._chosen, self.first_pair = view.forward(self._chosen), 0
        self._ask()

    def choose_language(self, lang: str) -> None:
        """Speak it from now on."""
        self._chosen = view.forward(view.with_language(self._chosen, lang))
        self.switch_language(lang)
        # Whoever comes next is spoken to in it as well.
        self.shell.own_look = (self.shell.own_look[0], self.shell.words)

    def open_wifi(self) -> None:
        """Choose a network; the questions go on from here afterwards."""
        self.go("wifi", first_day=self.kept())

    def join_hub(self) -> None:
        """Have this kiosk be taken in by a hub that is there already."""
        self.shell.around.set_up.keep_asking()
        self.go("pairing")

    def choose_hub(self, hub: str) -> None:
        """The sample hub, or one's own."""
        self._chosen = replace(self._chosen, hub=hub)
        self.forward()

    def choose_mode(self, mode: str) -> None:
        """A door or a wall; what was joined as a wall is joined again to be a door."""
        desk = self.shell.around.set_up
        if mode == view.DOOR and desk is not None and desk.only_shows:
            self.join_hub()
            self.shell.sentence("setup.joined_as_a_wall")
            return
        self._chosen = view.with_mode(self._chosen, mode, self.words)
        self.forward()

    def choose_name(self, name: str) -> None:
        """What this kiosk is called."""
        self._chosen = replace(self._chosen, kiosk_name=name)
        self.forward()

    def choose_colour(self, colour: str) -> None:
        """The colour of its guest tags."""
        self._chosen = replace(self._chosen, colour=colour)
        self.forward()

    def toggle(self, lang: str) -> None:
        """One language of the hub more, or less."""
        self.change(languages=view.toggled(self._chosen, lang).languages)

    def change(self, **facts: Any) -> None:
        """Take an answer and stay on the page."""
        self._chosen = replace(self._chosen, **facts)
        self._ask()

    def aside(self, side: str) -> None:
        """Type something else than what was guessed."""
        self._side = side
        self._ask()

    def choose_zone(self, zone: str) -> None:
        """A time zone that was found by its city."""
        self._side = ""
        self.change(timezone=zone)

    def turn_pairs(self, first: int) -> None:
        """Show more of what is attached, or of what was chosen."""
        self.first_pair = first
        self._ask()

    def begin(self) -> None:
        """Keep it all; the kiosk starts as what was chosen."""
        desk = self.shell.around.set_up
        if desk is not None and self._begin.mode != "saving":
            self._begin.mode = "saving"
            desk.finish(self._chosen, view.reasons(self._chosen.languages), self._told)

    def _told(self, problem: Any) -> None:
        """It could not be kept: say why, and ask again."""
        self._begin.mode = "normal"
        if problem is not None:
            key = getattr(problem, "say", "")
            if not key:
                raise problem  # a bug is not a sentence
            self.shell.sentence(key)

    # Pages ---------------------------------------------------------------------------------

    def _ask(self) -> None:
        chosen = self._chosen
        asked: Any = self._typed_page()
        if asked is None:
            asked = parts.body_of(self, chosen, languages())
            coming = chosen.step == "hub" and not asked.answers
            self.heading = self.words.say(
                "setup.hub_coming" if coming else parts.HEADINGS[chosen.step]
            )
        self.top_row.back = chosen.step != "language"
        self.ask_next(asked)

    def _typed_page(self) -> Typing | None:
        if self._side == ZONE:
            return self._zone_page()
        if self._side == OWN_NAME:
            return self._name_page("kiosk_name", "setup.kiosk_title", "setup.kiosk")
        if self._chosen.step == "name":
            return self._name_page("name", "setup.name_title", "setup.hub")
        return None

    def _name_page(self, field: str, heading: str, label: str) -> Typing:
        page = self._page(heading, label)
        page.text = getattr(self._chosen, field)
        page.may_go_on = bool(page.text.strip())

        def typed(_page: Any, text: str) -> None:
            said: dict[str, Any] = {field: text}
            self._chosen = replace(self._chosen, **said)
            page.may_go_on = bool(text.strip())

        page.bind(text=typed, on_done=lambda *_: self.forward())
        return page

    def _zone_page(self) -> Typing:
        page = self._page("setup.zone_title", "setup.zone", go_on="")
        page.note = self.words.say("setup.zone_none")

        def typed(_page: Any, text: str) -> None:
            found = view.zones_like(text, self._zones)
            page.hints = [(self._zone_words(z), lambda z=z: self.choose_zone(z)) for z in found]

        page.bind(text=typed)
        return page

    def _page(self, heading: str, label: str, **how: Any) -> Typing:
        said = self.words.say
        return Typing(screen=self, heading=said(heading), label=said(label), **how)

    def _zone_words(self, zone: str) -> str:
        return f"{view.zone_city(zone)} · {view.zone_clock(zone, self.now)}"

    def acts(self) -> tuple[Sequence[Widget], Sequence[Widget]]:
        """The way on, where the answer is not one tap."""
        number, steps = view.progress(self._chosen)
        self._where.text = self.words.say("setup.step", step=number, steps=steps)
        where = (self._where,) if self.theme.roomy else ()
        if self._chosen.step in ("about", "attached"):
            self._go.disabled = not view.may_go_on(self._chosen)
            return where, (self._go,)
        return where, (self._begin,) if self._chosen.step == "ready" else ()
