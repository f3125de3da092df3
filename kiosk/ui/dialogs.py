"""What may lie over a screen: *Still there?*, and a sentence that says why something cannot be."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from kivy.clock import Clock
from kivy.lang import Builder
from kivy.properties import NumericProperty, ObjectProperty, StringProperty
from kivy.uix.floatlayout import FloatLayout

from kiosk.ui import kit  # noqa: F401  # the widgets that the rules are made of
from kiosk.ui.idle import COUNTDOWN_S

Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class Over(FloatLayout):
    """The scrim and a sheet on it; nothing under it can be touched."""

    shell, theme, words = ObjectProperty(), ObjectProperty(), ObjectProperty()

    @property
    def place(self) -> dict[str, float]:
        """Where the sheet stands: in the middle, or low for who reaches low."""
        if not self.theme.low:
            return {"center_x": 0.5, "center_y": 0.5}
        return {"center_x": 0.5, "y": self.theme.space("margin") / self.theme.height_px}

    @property
    def number_role(self) -> str:
        """The size of the countdown: as large as there is room for."""
        return "display" if self.theme.large and not self.theme.roomy else "countdown"

    @property
    def title_role(self) -> str:
        """The size of the question: an upright screen of large words has room for one line."""
        return "title" if self.theme.large and self.theme.portrait else "display"

    @property
    def why(self) -> str:
        """The key of the sentence: shorter where words are large."""
        return "still.short" if self.theme.large else "still.why"

    def close(self) -> None:
        """Take this dialog away."""
        if self.shell.dialog is self:
            self.shell.close_dialog()


class Announcement(FloatLayout):
    """What just happened, said for a few seconds."""

    shell, theme = ObjectProperty(), ObjectProperty()
    text, kind = StringProperty(), StringProperty("saved")


class StillThere(Over):
    """Counts down before a page is wiped. Any touch means that somebody is there."""

    left_s = NumericProperty(COUNTDOWN_S)

    @property
    def share_of_more(self) -> float:
        """How wide *I need more time* is, *Start again* beside it being 1; upright it is below."""
        if self.theme.portrait:
            return 1
        return 1.8 if self.theme.roomy else 1.1 if self.theme.large else 1.2

    def on_touch_up(self, touch: Any) -> bool:
        """Close after what was touched has acted."""
        taken = bool(super().on_touch_up(touch))
        Clock.schedule_once(lambda _dt: self.close(), 0)
        return taken


class Sentence(Over):
    """One sentence, and *All right* or another answer. done: what is done once it was given."""

    text, answer = StringProperty(), StringProperty("act.all_right")
    done: Callable[[], None] | None = ObjectProperty(None, allownone=True)

    def agree(self) -> None:
        """Take the answer."""
        self.close()
        if self.done is not None:
            self.done()


def sayable(problem: Any, words: Any, local: Callable[[datetime], datetime]) -> dict[str, Any]:
    """Return the facts of a HubError as a person reads them: an instant is a time of day."""
    return {
        name: words.clock(local(fact)) if isinstance(fact, datetime) else fact
        for name, fact in problem.facts().items()
    }
