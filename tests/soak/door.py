"""The door as people of the soak use it: every touch is timed until its answer is on the screen."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from kiosk.hardware.simulated import tap
from tests.bench.door import frame
from tests.flows import seeing
from tests.flows.door import Door
from tests.flows.tongue import Tongue, plain
from tests.soak.watching import tidy

if TYPE_CHECKING:
    from tests.soak.life import Life

LONGEST_S = 20.0
ENGLISH = Tongue("en", ())


class SoakDoor(Door):
    """``paints``: seconds from each touch or card to the frame that showed its answer.

    unheard: the last touch that nothing seemed to hear; what was built anew in between may have.
    """

    def __init__(self, life: Life) -> None:
        self.life = life
        self.paints: list[float] = []
        self.unheard = ""
        super().__init__(life.app, life.frames, gl="x", form="soak")

    # What a person does --------------------------------------------------------------------

    def show_badge(self, number: str) -> SoakDoor:
        """Hold a badge to the reader, or a card to the simulated one where it is unplugged."""
        devices, seen, was = self.app.devices, [], self._seen()
        devices.read = lambda got: (seen.append(1), type(devices).read(devices, got))
        try:
            began = time.perf_counter()
            if self.life.has_reader:
                self.life.sockets.says("reader", frame(number))
            else:
                assert tap(self.app.place.data, number), "the reader refused the card"
            self.frames.until(lambda: seen, "the card to be read")
            self._until_answered(was, began)
        finally:
            del devices.read
        self.settle()
        return self

    def reader_is_found(self, number: str) -> bool:
        """Hold a badge that nobody has to a reader just plugged in, until it is read."""
        devices, seen = self.app.devices, []
        devices.read = seen.append
        deadline = time.monotonic() + LONGEST_S
        try:
            while not seen and time.monotonic() < deadline:
                self.life.sockets.says("reader", frame(number))
                self.frames.poll()
                self.life.a_moment.wait(0.05)  # the port's thread looks once a second
        finally:
            del devices.read
        self.life.passes(5)
        return bool(seen)

    def pass_(self, **spans: float) -> SoakDoor:
        """Let time go by, while nothing is under way that would tell a wrong one."""
        self.life.quiet()
        super().pass_(**spans)
        return self

    def _touch(self, widget: Any) -> None:
        place, was, words, heard = self._aim(widget), self._seen(), seeing.words_on(widget), []
        listening = widget.fbind("on_release", lambda *_: heard.append(1))
        how = self._how()
        self.finger.down(*place)
        began = time.perf_counter()
        self.finger.up()
        self._until_answered(was, began)
        widget.unbind_uid("on_release", listening)
        if not heard and self._seen() == was:
            self.unheard = f"{words!r} at {place}; before: {how}; then: {self._how()}"
        self.settle()

    def _how(self) -> str:
        """What may keep a touch from what it is on."""
        shell = self.shell
        told = [seeing.words_on(one) for one in seeing.wordy(shell.told)]
        guard_s = shell._guard_s - self.life.time.running_s
        return (
            f"{self.at}, dark {shell.dimmed}, {guard_s:.1f} s, moves {shell.stage.moving}, {told}"
        )

    def _until_answered(self, was: object, began: float) -> None:
        """Run frames until the screen is another one; a letter that was typed is no answer."""
        for _ in range(30):
            if self._seen() != was:
                if self.frames.draws_some:
                    self.paints.append(time.perf_counter() - began)
                return
            self._wait_for_the_hub()
            self.frames.one()

    def _seen(self) -> object:
        shell = self.shell
        return id(shell.screen), tuple(map(id, (*shell.over.children, *shell.told.children)))

    def _wait_for_the_hub(self) -> bool:
        asked, self._asked[:] = list(self._asked), []
        for future in asked:
            future.exception(timeout=LONGEST_S)
        return bool(asked)

    _waiting = _wait_for_the_hub

    # What a person sees --------------------------------------------------------------------

    @property
    def tongue(self) -> Tongue:
        """Everything is said in English here."""
        return ENGLISH

    def lines(self) -> list[str]:
        """Every text that is drawn, the words on what can be pressed too, from top to bottom."""
        layers = [self.shell.stage, self.shell.over, self.shell.told]
        found = [
            (-widget.to_window(widget.x, widget.y)[1], widget.to_window(widget.x, 0)[0], words)
            for layer in layers
            for widget in seeing.shown(layer)
            if hasattr(type(widget), "is_clipped") and (words := plain(widget.reads or ""))
        ]
        return [words for _, _, words in sorted(found)]

    def widgets(self, sort: str) -> list[Any]:
        """Everything of this class, or of one made of it, that is drawn."""
        drawn = seeing.shown(self.shell.stage)
        return [w for w in drawn if sort in (kind.__name__ for kind in type(w).__mro__)]


@contextmanager
def at_rest(door: SoakDoor) -> Any:
    """Begin at the rest screen and end there, whatever was found; then it is quiet for a moment."""
    goes_home(door)
    try:
        yield
    finally:
        goes_home(door)
        tidy()


def goes_home(door: SoakDoor) -> None:
    """Leave the page as people do: by *Done* or *Back*, or by walking away."""
    if door.shell.dimmed:
        door.touch_at(2, 2).pass_(seconds=1)
    for _ in range(8):
        if door.at == "rest" and not door.shell.over.children:
            return
        words = next((w for w in ("Done", "Back") if door.can(w)), None)
        if words is None:
            door.pass_(seconds=45)
        else:
            door.tap(words)
    raise AssertionError(f"{door.at} leads nowhere")
