"""What hangs on the door, joined with it: readers, scanners, sensors, the printer, the sounds.

All of it may be missing or be pulled at any moment; the door works by touch without any of it.
Whatever comes, comes on a thread of its own and is brought to the Kivy thread here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from kiosk.config import Config, Place
from kiosk.hardware.backlight import LIGHTS, Backlight
from kiosk.hardware.cards import Once
from kiosk.hardware.printers import Open
from kiosk.hardware.printing import Outcome, Printer
from kiosk.hardware.sound import Play, Sounds, aplay, is_quiet
from kiosk.hardware.sources import card_sources
from kiosk.hardware.stick_news import StickNews
from kiosk.hardware.wedge import WedgeSource
from kiosk.hardware.wifi import Run, Wifi, asks_here

SAID = {
    "printed": "paper.printed",
    "sent": "paper.sent",
    "out": "paper.no_paper",
    "tag printed": "paper.tag_printed",
    "tag sent": "paper.tag_sent",
    "tag out": "paper.tag_no_paper",
}
"""What is said of an outcome; of every other, that the printer is not ready."""


STICK_S = 60
"""So long it is said what became of a stick: whoever put it in may have looked elsewhere."""

TOLD_WITHIN = timedelta(seconds=20)
"""So long it is said what became of a guest's tag."""


class Devices:
    """``join(app)`` once the screens are there; ``start`` and ``stop``; each returns soon."""

    def __init__(
        self,
        config: Config,
        place: Place,
        *,
        play: Play = aplay,
        open_: Open | None = None,
        lights: Path = LIGHTS,
        nmcli: Callable[[], Run | None] = asks_here,
    ) -> None:
        """play, open_, lights, nmcli: how a tone is played, a printer opened, where the light behind
        the glass is, what asks about Wi-Fi (tests bring their own).
        """
        self._config, self._place = config, place
        self.wedge = WedgeSource()
        self.sources = card_sources(self.wedge, place.data, config.ports, self._near)
        self.sounds = Sounds(config.sound.volume, play)
        # A wall never dims; where both hang on one machine the light is the door's.
        self.backlight = Backlight(lights if config.mode == "door" else None)
        self.sticks = StickNews(place.data) if config.mode == "door" else None
        asks = nmcli()
        self.wifi = Wifi(self._call, asks) if asks else None
        self.printer: Printer | None = None
        self._printing: set[str] = set()
        if config.printer.at:
            self.printer = Printer(
                config.printer.at,
                open_ or self._open_printer,
                lambda _paper: self._call(self._show_paper),
                speaks=config.printer.speaks,
            )

    def join(self, app: Any) -> None:  # kiosk.app.KioskApp, which imports this module
        """Take the app whose door this is."""
        self._app = app

    def start(self) -> None:
        """Look for everything from now on."""
        for source in self.sources:
            source.start(self._card_from_thread(Once()))
        self.sounds.start()
        self.backlight.start()
        if self.sticks is not None:
            self.sticks.start(lambda news: self._call(lambda: self._stick(news)))
        if self.printer is not None:
            self.printer.start()

    def stop(self) -> None:
        """Give everything back."""
        for source in self.sources:
            source.stop()
        self.sounds.stop()
        self.backlight.stop()
        if self.sticks is not None:
            self.sticks.stop()
        if self.printer is not None:
            self.printer.stop()

    # Cards and codes ---------------------------------------------------------------------------

    def key(self, typed: str) -> bool:
        """Take a key; True where it is a reader's that types."""
        from kivy.clock import Clock

        return self.wedge.key(typed, Clock.time())

    def _card_from_thread(self, once: Once) -> Callable[[str], None]:
        from kivy.clock import Clock

        def on_card(read: str) -> None:
            if once.new(read, Clock.time()):
                self._call(lambda: self.read(read))

        return on_card

    def read(self, read: str) -> None:
        """Take what a reader or scanner read, on the Kivy thread."""
        from kiosk.screens.cards import leave_by_code
        from sync.qr_codes import read_leaving

        shell = self._app.shell
        if leaving := read_leaving(read):
            shell.touched()
            leave_by_code(shell, leaving)
        else:
            shell.card(read)

    # Presence ----------------------------------------------------------------------------------

    def _near(self, somebody: bool | None) -> None:  # noqa: FBT001  # as the sensors say it
        self._call(lambda: self._app.shell.attention.near(somebody=somebody))

    # Sticks ------------------------------------------------------------------------------------

    def _stick(self, news: str) -> None:
        """Say what becomes of a stick: whoever put it in stands there."""
        shell = self._app.shell
        shell.touched()
        kind = "saved" if news == "done" else "wait"
        shell.announce(shell.words.say(f"stick.{news}"), STICK_S, kind)

    # Sounds and tags ---------------------------------------------------------------------------

    def done(self, result: Any) -> None:
        """Somebody came or went: the tone of it, and their tag on paper."""
        from kiosk.hub.sign_in import SignedIn
        from kiosk.hub.sign_out import SignedOut

        match result:
            case SignedIn():
                self._sound("in")
                if result.tag and self.printer is not None and self._config.printer.tags:
                    self._print_tag(result.visit)
            case SignedOut():
                self._sound("out")

    def refused(self, why: Any) -> None:
        """A card or a code was not understood."""
        from kiosk.hub.cards import LostCard, UnknownCard

        if isinstance(why, LostCard | UnknownCard):
            self._sound("unsure")

    def _sound(self, name: str) -> None:
        app = self._app
        local = app.desk.snapshot.local(app.time.now())
        if not is_quiet(self._config.sound.quiet, local.time()):
            self.sounds.play(name)

    # Paper -------------------------------------------------------------------------------------

    @property
    def paper(self) -> Devices | None:
        """What prints for screens, None where there is no printer."""
        return self if self.printer is not None else None

    def _show_paper(self) -> None:
        """The paper changed: a page that shows it is told."""
        self._app.shell.refresh()

    @property
    def stands(self) -> str:
        """How the printer stands, as it was asked last; "" before that, "mute" where it never says."""
        assert self.printer is not None  # noqa: S101  # nobody is offered paper without one
        if self.printer.paper == "silent" and not self._config.printer.speaks:
            return "mute"
        return self.printer.paper or ""

    def print_rooms(self, then: Callable[[str], Any]) -> None:
        """Print today's rooms."""
        from kiosk.paper.documents import rooms_today

        self._print_once("rooms", rooms_today, then)

    def print_roll_call(self, then: Callable[[str], Any]) -> None:
        """Print everybody here; whoever asks has made sure that they may see the names."""
        from kiosk.paper.documents import roll_call

        self._print_once("roll call", roll_call, then)

    def _print_once(self, name: str, sheet_of: Any, then: Callable[[str], Any]) -> None:
        """Print a document; of whoever asks again before it came out, nobody gets a second one."""
        if name in self._printing:
            return
        sheet = sheet_of(*self._now())
        self._printing.add(name)

        def came(outcome: Outcome) -> None:
            self._printing.discard(name)
            then(_key(outcome))

        self._print(sheet, came)

    def _print_tag(self, visit_id: str) -> None:
        from kiosk.paper.documents import guest_tag
        from kiosk.screens.tags import tag_words, whole

        hub, _now, words = self._now()
        visit = hub.visit(visit_id)
        tag = tag_words(visit.tag, words) if visit else None
        if visit is None or tag is None:
            return
        said, asked = whole(tag, words), self._app.time.now()

        def came(outcome: Outcome) -> None:
            if self._app.time.now() - asked <= TOLD_WITHIN:  # else somebody else stands here
                self._app.shell.announce(words.say(_key(outcome, tag=True), tag=said))

        self._print(guest_tag(hub, visit, words), came)

    def _now(self) -> tuple[Any, Any, Any]:
        app = self._app
        return app.desk.snapshot, app.time.now(), app.shell.words

    def _print(self, sheet: Any, then: Callable[[Outcome], Any]) -> None:
        """Print, and say on the Kivy thread what came of it; drawing is the printer's thread's."""
        from kiosk.paper.job import Paper

        assert self.printer is not None  # noqa: S101  # nobody is offered paper without one
        facts = self._config.printer
        job = Paper(sheet, facts.width_mm, letters=facts.own_letters)
        if not self.printer.put(job, lambda outcome: self._call(lambda: then(outcome))):
            then("away")

    def _open_printer(self, at: str) -> Any:  # kiosk.hardware.printers.Opened
        from kiosk.hardware.printers import open_printer

        return open_printer(at, self._place.data)

    def _call(self, act: Callable[[], Any]) -> None:
        self._app.loop.call(act)


def _key(outcome: Outcome, *, tag: bool = False) -> str:
    if tag:
        return SAID.get(f"tag {outcome}", "paper.tag_not_printed")
    return SAID.get(outcome, "paper.not_printed")
