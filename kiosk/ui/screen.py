"""``HubScreen``: what every screen of the kiosk has: theme, words, hub, asking and going.

A screen is built once per look (language, text size, reach) and shown many times. Its life:
``on_open(**facts)`` when it comes to the front, ``on_snapshot(hub, now)`` then and after every
change of records, ``on_minute(hub, now)`` when the clock steps, ``on_close()`` when it leaves: there
everything typed or personal is wiped.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from kivy.properties import ObjectProperty, StringProperty
from kivy.uix.floatlayout import FloatLayout

from kiosk.ui.idle import WARN_AFTER_S

if TYPE_CHECKING:
    from kiosk.ui.shell import Shell
    from kiosk.ui.theme import Theme
    from kiosk.ui.words import Words


class HubScreen(FloatLayout):
    """Base of all screens. ``shell`` is given when it is built, before its kv rule runs."""

    shell: "Shell" = ObjectProperty()
    theme: "Theme" = ObjectProperty()
    words: "Words" = ObjectProperty()
    name = StringProperty()

    #: Seconds without a touch before *Still there?* is asked; None: this screen may stay.
    warn_after_s: float | None = WARN_AFTER_S
    #: Whether, left alone, it speaks the hub's own language again, in its own text size.
    forgets_look = False

    # What a screen says about itself -------------------------------------------------------

    def on_open(self, **facts: Any) -> None:
        """Come to the front; ``facts`` are those of ``go``."""

    def on_snapshot(self, hub: Any, now: datetime) -> None:
        """Show ``hub`` (a Snapshot), as of ``now`` (UTC, with a zone)."""

    def on_minute(self, hub: Any, now: datetime) -> None:
        """Show the time; by default the same as after a change of records."""
        self.on_snapshot(hub, now)

    def on_close(self) -> None:
        """Leave the front: wipe what was typed and whatever is personal."""

    def kept(self) -> dict[str, Any]:
        """Facts to be opened with again after the language or text size changed under it."""
        return {}

    @property
    def is_written_on(self) -> bool:
        """Whether somebody's words stand here that are kept nowhere yet: cards leave the page alone."""
        return False

    def on_card(self, uid: str) -> bool:
        """Take a card for something of this screen; True: the door must not sign anybody in."""
        return False

    def on_refused(self, why: Any) -> bool:
        """Say a refusal in this screen's own way; False: the usual dialog says it."""
        return False

    # What it can do ------------------------------------------------------------------------

    @property
    def hub(self) -> Any:
        """The newest Snapshot."""
        return self.shell.hub

    @property
    def now(self) -> datetime:
        """This moment, in UTC, with a zone."""
        return self.shell.now()

    def ask(
        self,
        use_case: Callable[..., Any],
        ask: Any,
        then: Callable[[Any], Any] | None = None,
        *,
        button: Any = None,
    ) -> None:
        """Have the hub do it; ``then(done)`` once it is on disk, a calm sentence where it is not.

        ``button`` says *Saving*, then what it said before; while it does, it takes no touch.
        """
        self.shell.ask(use_case, ask, then, button=button, screen=self)

    def go(self, name: str, **facts: Any) -> None:
        """Open another screen."""
        self.shell.go(name, **facts)

    def back(self) -> None:
        """One screen back."""
        self.shell.back()

    def start_again(self) -> None:
        """Forget what was chosen and begin anew at the rest screen."""
        self.shell.rest()

    def rest(self) -> None:
        """Go to the rest screen; nothing of this person stays."""
        self.shell.rest()

    def undo(self, then: Callable[[Any], Any] | None = None) -> None:
        """Take back the last act (``shell.undo.seconds`` says how long that is possible)."""
        self.shell.undo.undo(then)

    def switch_language(self, lang: str = "") -> None:
        """Speak ``lang``, or the next of the hub's languages."""
        self.shell.switch_language(lang)

    def toggle_large(self) -> None:
        """Text twice as tall, or back."""
        self.shell.look(large=not self.theme.large)

    def toggle_low(self) -> None:
        """Controls in the lower half, or back."""
        self.shell.look(low=not self.theme.low)


class Screens:
    """The screens of one look, each built when it is first opened, and then kept."""

    def __init__(self, build: Callable[..., HubScreen]) -> None:
        self._build = build
        self._built: dict[str, HubScreen] = {}

    def named(self, name: str, shell: "Shell") -> HubScreen:
        """Return a screen in the look that the shell has now."""
        if name not in self._built:
            self._built[name] = self._build(name, shell=shell, theme=shell.theme, words=shell.words)
        return self._built[name]

    def let_go(self, but: HubScreen | None = None) -> None:
        """Keep none of them, or only the one in front; what is opened next is built anew."""
        self._built = {name: one for name, one in self._built.items() if one is but}
