"""Volunteer mode: five minutes for one volunteer, then it ends by itself.

It begins only where a PIN was right, and ends with the rest screen, whoever goes there. Whoever is
writing may have five minutes more.
"""

from math import ceil
from typing import TYPE_CHECKING, Any

from kivy.clock import Clock

from kiosk.ui.around import Session
from kiosk.ui.navigation import Place, Trail

if TYPE_CHECKING:
    from kiosk.ui.shell import Shell

FOR_S = 300.0
SOON_S = 30.0
HOME = "volunteer"


class Volunteering:
    """Who is at work, and for how long yet."""

    def __init__(self, shell: "Shell") -> None:
        self._shell = shell
        self._soon = Clock.create_trigger(self._say_soon, FOR_S - SOON_S)
        self._over = Clock.create_trigger(self._end, FOR_S)

    @property
    def person(self) -> str:
        """The id of the volunteer at work, "" of none."""
        return self._shell.session.volunteer

    @property
    def minutes(self) -> int:
        """Minutes left, the one that runs included."""
        return max(0, ceil((self._shell.session.until_s - Clock.time()) / 60))

    def begin(self, person: str, then: str = HOME, /, **facts: Any) -> None:
        """Somebody gave their PIN: open what they wanted, volunteer home behind it."""
        shell = self._shell
        shell.session = Session(volunteer=person)
        self._goes_on()
        home = Place(HOME)
        shell.trail = Trail((*shell.trail.home().places, home))
        shell.go(then, **facts)

    def stop(self) -> None:
        """Wait for nothing any more."""
        self._soon.cancel()
        self._over.cancel()

    def _goes_on(self) -> None:
        self._shell.session.until_s = Clock.time() + FOR_S
        for trigger in (self._soon, self._over):
            trigger.cancel()
            trigger()

    def _say_soon(self, _dt: float) -> None:
        """Say it; whoever is writing is asked, since with the page their words would go."""
        if not self.person:
            return
        shell, said = self._shell, self._shell.words.say("volunteer.soon_over")
        if shell.screen is None or not shell.screen.is_written_on:
            shell.announce(said)
            return
        shell.touched()  # *Still there?* would lie over the question, and take its answer
        from kiosk.ui.dialogs import Sentence  # its kv needs the kit, which needs a window

        shell.open_dialog(
            Sentence(
                shell=shell, theme=shell.theme, words=shell.words, text=said,
                answer="act.more_time", done=self._goes_on,
            )
        )  # fmt: skip

    def _end(self, _dt: float) -> None:
        if self.person:
            self._shell.leave_page()
