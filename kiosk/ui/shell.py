"""The window's only child: the screen in front, what lies over it, and who may be touched now.

Every touch comes through here first, so that three promises hold on all screens alike: the touch
that wakes a dimmed screen presses nothing, nothing is pressed while a screen moves in, and nobody's
page stays for the next person.
"""

from datetime import datetime
from typing import Any

from kivy.clock import Clock
from kivy.graphics import Color, Rectangle
from kivy.properties import BooleanProperty, ObjectProperty
from kivy.uix.floatlayout import FloatLayout

from kiosk.ui.around import Session, Surroundings
from kiosk.ui.asking import Asking
from kiosk.ui.attention import Attention
from kiosk.ui.focus import Focus
from kiosk.ui.idle import Idle
from kiosk.ui.look import look
from kiosk.ui.navigation import SLIDE_MM, Place, Stage, Trail
from kiosk.ui.night import DIM_TO, drift_px
from kiosk.ui.screen import HubScreen, Screens
from kiosk.ui.theme import Theme
from kiosk.ui.undo import UndoOffer
from kiosk.ui.volunteering import Volunteering
from kiosk.ui.words import Words

READ_FIRST_S = 0.7  # after waking: time to see what is there before a touch presses it
DIM_AFTER_S = 60.0
ANNOUNCED_S, ON_A_WALL_S = 4.0, 60.0
FORGET_LOOK_S = 60.0  # language and text size go back to the hub's own at a rest screen left alone


class Shell(FloatLayout):
    """Holds the screens; ``theme`` and ``words`` are those of the person in front."""

    theme: Theme = ObjectProperty()
    words: Words = ObjectProperty()
    dimmed = BooleanProperty(False)

    def __init__(self, around: Surroundings, theme: Theme, words: Words) -> None:
        self.around, self.own_look = around, (theme, words)
        look.use(theme, words)
        super().__init__(theme=theme, words=words)
        self.session = Session()
        self.asking = Asking(self)
        self.undo = UndoOffer(around.desk.undo, around.call, self.asking.explain)
        self.focus, self.volunteering = Focus(), Volunteering(self)
        self.idle = Idle(self._warn, self.leave_page)
        self.attention = Attention(self)
        self._screens = Screens(around.build)
        self.trail = Trail((Place(around.first),))
        self._guard_s, self._touch_x = 0.0, 0.0
        self.stage, self.over = Stage(theme.colour("paper")), FloatLayout()
        self.add_widget(self.stage)
        self.told = FloatLayout()
        for layer in (self.over, self.told):
            self.add_widget(layer)
        self._hush = Clock.create_trigger(lambda _dt: self.told.clear_widgets(), ANNOUNCED_S)
        with self.canvas.after:
            self._dark = Color(0, 0, 0, 0)
            self._night = Rectangle()
        self.bind(size=self._cover, dimmed=self._cover)

    # What screens ask for ------------------------------------------------------------------

    @property
    def hub(self) -> Any:
        """The newest Snapshot."""
        return self.around.desk.snapshot

    def now(self) -> datetime:
        """This moment, with a zone."""
        return self.around.now()

    @property
    def screen(self) -> HubScreen | None:
        """The screen in front."""
        return self.stage.children[0] if self.stage.children else None

    def ask(self, *args: Any, **facts: Any) -> None:
        """See ``HubScreen.ask``."""
        self.asking.ask(*args, **facts)

    def go(self, name: str, **facts: Any) -> None:
        """Open a screen; it slides in from the side that was touched."""
        self._follow(self.trail.to(Place(name, facts)), self._side())

    def back(self) -> None:
        """Go one screen back; at the rest screen, who was here is forgotten."""
        trail = self.trail.back()
        if len(trail.places) == 1:
            self.session = Session()
        self._follow(trail, -1)

    def rest(self) -> None:
        """Go home; what was typed and who was here is forgotten."""
        self.session = Session()
        self._follow(self.trail.home(), -1)

    def leave_page(self) -> None:
        """Nobody is there: forget the person and how they liked it."""
        self.undo.close()
        if (self.theme, self.words) != self.own_look:
            self._dress(*self.own_look)
        self.rest()

    def switch_language(self, lang: str = "") -> None:
        """Speak ``lang``, or the next of the hub's languages."""
        known = list(self.around.languages()) or [self.words.lang]
        at = known.index(self.words.lang) if self.words.lang in known else -1
        self._dress(self.theme, Words(lang or known[(at + 1) % len(known)]))
        self._rebuild()

    def look(self, **changes: bool) -> None:
        """Change the theme: ``large``, ``low``, ``night``."""
        self._dress(self.theme.but(**changes), self.words)
        self._rebuild()

    def refresh(self) -> None:
        """Records changed: show them."""
        if self.screen is not None:
            self.screen.on_snapshot(self.hub, self.now())

    def minute(self) -> None:
        """The clock stepped to another minute: the time, the drift, and whether it is night."""
        if self.screen is None:
            return
        self.screen.on_minute(self.hub, self.now())
        alone = self.screen.warn_after_s is None and self.idle.quiet_s >= DIM_AFTER_S
        self.stage.drift = drift_px(int(self.now().timestamp() // 60)) if alone else (0, 0)
        night = self.around.is_night()
        if self.theme.wall and self.theme.night != night:
            self.own_look = (self.theme.but(night=night), self.words)
            self.look(night=night)
        dims = self.attention.dims(night=night, alone=alone, dimmed=self.dimmed)
        self.dimmed = not self.theme.wall and dims
        if self.dimmed and night:
            # What is built anew each day lies together, and not between what a month left.
            self._screens.let_go(but=self.screen)

    def sentence(self, key: str, **facts: Any) -> None:
        """Say one sentence in a dialog, with *All right* under it; a wall has nobody to tap it."""
        from kiosk.ui.dialogs import Sentence  # its kv needs the kit, which needs a window

        text = self.words.say(key, **facts)
        if self.theme.wall:
            self.announce(text, ON_A_WALL_S, "wait")
            return
        self.open_dialog(Sentence(shell=self, theme=self.theme, words=self.words, text=text))

    def announce(self, text: str, seconds: float = ANNOUNCED_S, kind: str = "saved") -> None:
        """Say something at the lower edge for a while, or until the next touch; kind: a Banner's."""
        from kiosk.ui.dialogs import Announcement  # its kv needs the kit, which needs a window

        self.told.clear_widgets()
        self.told.add_widget(Announcement(shell=self, theme=self.theme, text=text, kind=kind))
        self._hush.cancel()
        self._hush.timeout = seconds
        self._hush()

    # Over the screen -----------------------------------------------------------------------

    def open_dialog(self, dialog: Any) -> None:
        """Lay a dialog over the screen; another one gives way."""
        self.close_dialog()
        self.over.add_widget(dialog)

    def close_dialog(self) -> None:
        """Nothing lies over the screen any more."""
        self.over.clear_widgets()

    @property
    def dialog(self) -> Any:
        """What lies over the screen, or None."""
        return self.over.children[0] if self.over.children else None

    # What comes in -------------------------------------------------------------------------

    def card(self, uid: str) -> None:
        """A card was held to the reader: the screen in front may want it, else the door does."""
        self.touched()
        if self.screen is None or not self.screen.on_card(uid):
            self.around.on_card(self, uid)

    def key(self, key: int) -> bool:
        """A key of a keypad was pressed; True where it did something."""
        self.idle.touched()
        if self.dimmed:
            self.wake()
            return True
        return self.focus.key(key, self.over if self.over.children else self.stage)

    def on_touch_down(self, touch: Any) -> bool:
        """Let a touch through to what may be pressed now."""
        self.idle.touched()
        self.focus.clear()
        self._touch_x = touch.x
        if self.dimmed:
            self.wake()
            return True
        if Clock.time() < self._guard_s or self.stage.moving or self._uncovers(touch):
            return True
        (self.over if self.over.children else self.stage).dispatch("on_touch_down", touch)
        return True

    def touched(self) -> None:
        """Somebody is there, as a card or a code says: *Still there?* has its answer."""
        self.idle.touched()
        if hasattr(self.dialog, "left_s"):
            self.close_dialog()
        if self.dimmed:
            self.wake()

    def wake(self) -> None:
        """Light the screen; for a moment nothing can be pressed."""
        self.dimmed = False
        self._guard_s = Clock.time() + READ_FIRST_S

    def close(self) -> None:
        """End: nothing of this shell waits for the clock any more."""
        if self.screen is not None:
            self.screen.on_close()
            self.stage.clear_widgets()  # what is still on its way to this screen comes too late
        self.idle.watch(None)
        self.volunteering.stop()
        self.attention.close()
        self.undo.close()
        self._hush.cancel()

    # Inside --------------------------------------------------------------------------------

    def _uncovers(self, touch: Any) -> bool:
        """Take away what was announced; a touch on it presses nothing that it hid."""
        banners = [banner for told in self.told.children for banner in told.children]
        self.told.clear_widgets()
        return any(banner.collide_point(*touch.pos) for banner in banners)

    def _follow(self, trail: Trail, side: int) -> None:
        left = self.screen
        if left is not None:
            left.on_close()
        self.close_dialog()
        self.trail = trail
        screen = self._screens.named(trail.here.name, self)
        seconds = 0.0 if self.around.reduced else self.theme.motion_s()
        from_px = side * self.theme.mm(SLIDE_MM) if left is not None else 0
        self.stage.show(screen, from_px=from_px, seconds=seconds)
        self._open(screen, trail.here.facts)

    def _open(self, screen: HubScreen, facts: Any) -> None:
        screen.on_open(**facts)
        screen.on_snapshot(self.hub, self.now())
        self.idle.watch(self._patience_s(screen))

    def _patience_s(self, screen: HubScreen) -> float | None:
        if screen.forgets_look and (self.theme, self.words) != self.own_look:
            return FORGET_LOOK_S
        return screen.warn_after_s

    def _dress(self, theme: Theme, words: Words) -> None:
        """Take another look; screens are built anew when they are opened."""
        self.theme, self.words = theme, words
        look.use(theme, words)
        self._screens.let_go()
        self.stage.paint(theme.colour("paper"))

    def _rebuild(self) -> None:
        """Build what is in front anew in another look."""
        old = self.screen
        if old is None:
            return
        facts = {**self.trail.here.facts, **old.kept()}
        old.on_close()
        screen = self._screens.named(self.trail.here.name, self)
        self.stage.show(screen, from_px=0, seconds=0)
        self._open(screen, facts)

    def _side(self) -> int:
        return -1 if self._touch_x < self.width / 2 else 1

    def _warn(self, left_s: int) -> None:
        screen = self.screen
        if screen is None or screen.warn_after_s is None:
            return  # only the look is forgotten here: nobody's page closes
        from kiosk.ui.dialogs import StillThere  # its kv needs the kit, which needs a window

        if not isinstance(self.dialog, StillThere):
            self.open_dialog(StillThere(shell=self, theme=self.theme, words=self.words))
        self.dialog.left_s = left_s

    def _cover(self, *_: Any) -> None:
        drawn = not self.around.dims(bool(self.dimmed)) and self.dimmed
        self._night.size = self.size if drawn else (0, 0)
        self._dark.a = 1 - DIM_TO if drawn else 0
