"""Whether somebody stands at the screen, where a sensor says so: wake for them, wipe after them.

Without a sensor, or with one that fell silent, nothing here happens: touches alone count.
"""

from typing import TYPE_CHECKING

from kivy.clock import Clock

if TYPE_CHECKING:
    from kiosk.ui.shell import Shell

GONE_S = 10.0
"""A step aside, a bag put down: after that somebody is gone."""


class Attention:
    """``somebody`` is what the sensors say: True, False, or None where there are none."""

    def __init__(self, shell: "Shell") -> None:
        self._shell = shell
        self.somebody: bool | None = None
        self._gone = Clock.create_trigger(self._leave, GONE_S)

    def near(self, *, somebody: bool | None) -> None:
        """Take what the sensors say now."""
        self.somebody = somebody
        self._gone.cancel()
        if somebody:
            if self._shell.dimmed:
                self._shell.wake()
        elif somebody is False:
            self._gone()

    def dims(self, *, night: bool, alone: bool, dimmed: bool) -> bool:
        """Say whether the screen is dark now. alone: at rest, and not touched for a minute."""
        if self.somebody is None:
            return night and (alone or dimmed)
        return not self.somebody and alone

    def close(self) -> None:
        """End: nothing waits for the clock any more."""
        self._gone.cancel()

    def _leave(self, _dt: float) -> None:
        shell = self._shell
        if shell.idle.quiet_s < GONE_S:  # a hand reaches in from the side
            self._gone()
        elif shell.screen is not None and shell.screen.warn_after_s is not None:
            shell.leave_page()
