"""A door to use in a test as a person would: look for words, touch them, hold up a card.

Touches go through Kivy's event loop (mock GL) or through a real X server; time passes only when a
test says so. Every finder fails loudly where a person would be lost.
"""

import shutil

import msgspec

from tests.flows import audit, seeing
from tests.flows.fingers import WindowFinger, XFinger
from tests.flows.pictures import keep_picture
from tests.flows.tongue import Tongue, plain


class Door:
    """The running kiosk; made by the ``door`` fixture."""

    def __init__(self, app, frames, *, gl: str, form: str) -> None:
        self.app, self.frames, self.gl, self.form = app, frames, gl, form
        self.finger = (XFinger if gl == "x" else WindowFinger)(frames)
        self.taps = self.letters = 0
        self._asked, self.tones = [], []
        self._listen_to(app.desk)
        self.settle()

    # What a person does --------------------------------------------------------------------

    def tap(self, words: str) -> "Door":
        """Touch what says ``words`` (English, whatever the door speaks) at its middle."""
        self._touch(self.find(words))
        self.taps += 1
        return self

    def tap_any(self, *ways: str) -> "Door":
        """Touch the first of several wordings that is there: screens differ in how they say it."""
        for words in ways:
            if seeing.find(self._pressed(), self.tongue.of(words)):
                return self.tap(words)
        raise AssertionError(f"none of {ways} among {self.offers()}")

    def tap_text(self, words: str) -> "Door":
        """Touch what says exactly this, in whatever language (a name, a language)."""
        found = [w for w in self._pressed() if plain(words) in seeing.words_on(w)]
        assert len(found) == 1, f"{len(found)} things say {words!r}: {self.offers()}"
        self._touch(found[0])
        self.taps += 1
        return self

    def tap_icon(self, icon: str) -> "Door":
        """Touch the one thing with this sign (a stepper's plus)."""
        found = [w for w in self._pressed() if getattr(w, "icon", "") == icon]
        assert len(found) == 1, f"{len(found)} things show {icon!r}"
        self._touch(found[0])
        self.taps += 1
        return self

    def turn_to(self, words: str) -> "Door":
        """Turn pages until something says this; not counted as taps."""
        for _ in range(12):
            if seeing.find(self._pressed(), self.tongue.of(words)):
                return self
            self._touch(self.find("More"))
        raise AssertionError(f"{words!r} is on no page")

    def type(self, letters: str) -> "Door":
        """Touch one key after another."""
        for letter in letters:
            keys = [w for w in self._pressed() if plain(w.reads).casefold() == letter.casefold()]
            assert keys, f"no key {letter!r} among {self.offers()}"
            self._touch(keys[0])
            self.letters += 1
        return self

    def hold(self, words: str, seconds: float) -> "Door":
        """Keep a finger on something."""
        self.finger.down(*self._aim(self.find(words)))
        self.frames.pass_(seconds)
        self.finger.up()
        self.taps += 1
        return self.settle()

    def touch_at(self, x: float, y: float) -> "Door":
        """Touch a place, whatever is there."""
        self.finger.down(x, y)
        self.finger.up()
        return self.settle()

    def tap_card(self, uid: str) -> "Door":
        """Hold a card to the simulated reader, from outside as ``tap-card`` does."""
        from kiosk.hardware.simulated import tap

        devices, seen = self.app.devices, []
        devices.read = lambda got: (seen.append(1), type(devices).read(devices, got))
        try:
            assert tap(self.app.place.data, uid), "the reader refused the card"
            self.frames.until(lambda: seen, "the card to be read")
        finally:
            del devices.read
        return self.settle()

    def type_key(self, letter: str) -> None:
        """Have a reader that types send one key, as fast as readers do."""
        from kivy.core.window import Window

        self.frames.clock.pass_(0.01)
        code = 13 if letter == "\r" else ord(letter)
        Window.dispatch("on_key_down", code, 0, letter, [])
        Window.dispatch("on_key_up", code, 0)

    def press_key(self, key: int, text: str = "") -> "Door":
        """Press a key of a keypad or a reader that types."""
        from kivy.core.window import Window

        Window.dispatch("on_key_down", key, 0, text, [])
        Window.dispatch("on_key_up", key, 0)
        return self.settle()

    def pass_(self, *, seconds: float = 0, minutes: float = 0, hours: float = 0) -> "Door":
        """Let time go by: the clock on the wall, and everything that waits for it."""
        self.frames.pass_(seconds + 60 * minutes + 3600 * hours)
        return self.settle()

    # What a person sees --------------------------------------------------------------------

    @property
    def shell(self):
        """What lies in the window."""
        return self.app.shell

    @property
    def at(self) -> str:
        """The name of the screen in front."""
        return self.shell.screen.name

    @property
    def hub(self):
        """The records as they are now."""
        return self.app.desk.snapshot

    def reads(self, words: str) -> bool:
        """Whether ``words`` (English) stand on the screen, as part of a text at least."""
        wanted = {w.casefold() for w in self.tongue.of(words)}
        return any(w in text.casefold() for w in wanted for text in self.texts())

    def texts(self) -> list[str]:
        """Everything readable now, dialogs included."""
        layers = [self.shell.over, self.shell.stage]
        return [
            words for layer in layers for w in seeing.wordy(layer) if (words := seeing.words_on(w))
        ]

    def offers(self) -> list[str]:
        """The words of everything that can be pressed now."""
        return [seeing.words_on(w) for w in self._pressed() if not w.disabled]

    def can(self, words: str) -> bool:
        """Whether something to press says this and may be pressed."""
        found = seeing.find(self._pressed(), self.tongue.of(words))
        return any(not w.disabled for w in found)

    def has_letters(self) -> bool:
        """Whether there are letters to type a name with."""
        return any(getattr(w, "kind", "") == "key" for w in self._pressed())

    def offers_only_letters(self, letters: str) -> bool:
        """Whether of all letters only these can be pressed."""
        keys = [w for w in self._pressed() if getattr(w, "kind", "") == "key"]
        return {w.text for w in keys if not w.disabled and len(w.text) == 1} == set(letters)

    def highest_touch(self) -> float:
        """The upper edge in px of the highest thing that can be pressed."""
        return max(box[1] + box[3] for box in map(seeing.box_of, self._pressed()))

    def find(self, words: str):
        """Return the one thing to press that says ``words``."""
        found = seeing.find(self._pressed(), self.tongue.of(words))
        assert found, f"nothing to press says {words!r}; there is {self.offers()}"
        assert len(found) == 1, f"{len(found)} things say {words!r}: {self.offers()}"
        return found[0]

    def audit(self, *, but=()) -> "Door":
        """Fail where what is on screen cannot be read or touched; ``but``: parts of sentences."""
        found = [p for p in audit.problems(self.shell) if not any(b in p for b in but)]
        assert not found, f"{self.at} at {self.form}:\n  " + "\n  ".join(found)
        return self

    def picture(self, name: str) -> "Door":
        """Leave ``build/look/<name>-<form>.png`` (real GL), beside the design's where it is known."""
        if self.gl != "x":
            return self
        self.frames.one()
        keep_picture(f"{name}-{self.form}.png")
        return self

    def after_power_cut(self):
        """Open what is on the disk now elsewhere, as after a power cut; a Snapshot."""
        from kiosk.hub.snapshot import Snapshot
        from kiosk.store import open_store

        elsewhere = self.app.place.data.parent / "after-power-cut"
        shutil.rmtree(elsewhere, ignore_errors=True)
        here, ignored = self.app.place, shutil.ignore_patterns("taps", "sticks", "kivy")
        shutil.copytree(here.data, elsewhere, ignore=ignored)
        with open_store(elsewhere / here.store.name) as store:
            return Snapshot.of(store.tables(), self.hub.device)

    # Inside --------------------------------------------------------------------------------

    @property
    def tongue(self) -> Tongue:
        """Translates what a test says into what the door says."""
        return Tongue(self.shell.words.lang, list(_texts_of(self.hub)))

    def settle(self) -> "Door":
        """Run until nothing moves and every question has its answer on screen."""
        self.frames.settle(lambda: self.shell.stage.moving or self._waiting())
        return self

    def _listen_to(self, desk) -> None:
        """Know of everything the hub's thread is asked, to wait for it."""
        submit = desk._thread.submit

        def noted(*args, **facts):
            future = submit(*args, **facts)
            self._asked.append(future)
            return future

        desk._thread.submit = noted

    def _waiting(self) -> bool:
        """Wait for the hub's thread, as long as it takes; then frames bring the answer."""
        if not self._asked:
            return False
        self._asked.pop(0).exception(timeout=10)
        return True

    def _pressed(self) -> list:
        layer = self.shell.over if self.shell.over.children else self.shell.stage
        return [w for w in seeing.shown(layer) if seeing.is_pressed(w)]

    def _touch(self, widget) -> None:
        self.finger.down(*self._aim(widget))
        self.finger.up()
        self.settle()

    def _aim(self, widget) -> tuple[float, float]:
        """Return the middle of what is touched, once it is sure that a finger would get it."""
        name, theme, least = seeing.words_on(widget), self.shell.theme, audit.LEAST_MM
        x, y, width, height = seeing.box_of(widget)
        assert not widget.disabled, f"{name!r} is disabled"
        assert min(width, height) / theme.px_per_mm >= least - audit.ROUNDING_MM, (
            f"{name!r} is too small to touch"
        )
        middle = x + width / 2, y + height / 2
        assert 0 < middle[0] < self.shell.width, f"{name!r} is off screen"
        assert 0 < middle[1] < self.shell.height, f"{name!r} is off screen"
        layer = self.shell.over if self.shell.over.children else self.shell.stage
        taker = seeing.taker(layer, *middle)
        assert taker is widget, (
            f"{name!r} is covered by {seeing.words_on(taker) if taker else None!r}"
        )
        return middle


def _texts_of(hub):
    """Every map of texts in the hub's records."""
    from sync.records import KINDS

    for cls in KINDS.values():
        for record in hub.all(cls):
            yield from _maps(msgspec.to_builtins(record))


def _maps(value):
    if isinstance(value, dict):
        if value and all(isinstance(v, str) for v in value.values()):
            yield value
        for inner in value.values():
            yield from _maps(inner)
