"""What must be settled before Kivy opens a window: environment, input, density, closing.

Kivy reads its settings at import, writes to the home folder, eats the command line and, on a
Raspberry Pi, reads every touch twice. ``prepare`` must run before any other import of Kivy.
"""

import os
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile, mkdtemp

MM_PER_INCH = 25.4
_IN_MEMORY = Path("/dev/shm")  # noqa: S108 (a folder of our own is made in it)
_TRIAL_BYTES = 65_536


@dataclass(frozen=True)
class WindowSetup:
    """The window of this device; ``diagonal_mm`` is that of the whole screen area."""

    width_px: int
    height_px: int
    diagonal_mm: float
    home: Path
    title: str = "Door"
    borderless: bool = True
    cursor: bool = False

    @property
    def dpi(self) -> float:
        """Pixels per inch of the real screen, so that a millimetre is a millimetre."""
        diagonal_px = float((self.width_px**2 + self.height_px**2) ** 0.5)
        return diagonal_px / self.diagonal_mm * MM_PER_INCH


def prepare(window: WindowSetup) -> None:
    """Set Kivy's environment and settings, before Kivy is imported; later calls change nothing."""
    if "kivy.core.window" in sys.modules:
        return
    home = _home(window.home)
    os.environ.update(
        KIVY_NO_ARGS="1",
        KIVY_LOG_MODE="PYTHON",  # else Kivy takes stderr, and a traceback is never seen
        KIVY_HOME=str(home),
        KIVY_WINDOW="sdl2",  # fails loudly where the wheel would fall back to an old provider
        KIVY_IMAGE="sdl2",  # it reads all that a notice may bring; Pillow beside it takes 3 MB
        KIVY_DPI=f"{window.dpi:.4f}",
    )
    _configure(window)


def _home(wanted: Path) -> Path:
    """Return a folder that Kivy can write to: it does not start without one."""
    try:
        wanted.mkdir(parents=True, exist_ok=True, mode=0o700)
        with TemporaryFile(dir=wanted) as trial:
            trial.write(bytes(_TRIAL_BYTES))
    except OSError:  # the disk is full or read-only
        return Path(mkdtemp(prefix="kivy-", dir=_IN_MEMORY if _IN_MEMORY.is_dir() else None))
    return wanted


def _configure(window: WindowSetup) -> None:
    from kivy.config import Config

    # One pointer only: on a Pi the default providers double every touch and die with the device.
    for name, _ in list(Config.items("input")):
        Config.remove_option("input", name)
    Config.set("input", "mouse", "mouse,disable_multitouch")
    # Modules (screenshot, inspector ...) hang on keys; a kiosk has no key that leads anywhere.
    for name, _ in list(Config.items("modules")):
        Config.remove_option("modules", name)
    settings: dict[str, dict[str, int | str]] = {
        "kivy": {
            "exit_on_escape": 0,
            "pause_on_minimize": 0,
            "keyboard_mode": "system",
            "log_level": "warning",
        },
        "graphics": {
            "width": window.width_px,
            "height": window.height_px,
            "borderless": int(window.borderless),
            "fullscreen": 0,  # the compositor makes it full-screen; asking twice kills the window
            "resizable": 1,
            "show_cursor": int(window.cursor),
            "multisamples": 2,
            "maxfps": 60,
        },
    }
    for section, values in settings.items():
        for key, value in values.items():
            Config.set(section, key, str(value))


def refuse_closing(may_close: Callable[[], bool]) -> Callable[[], None]:
    """Close the window only when ``may_close()``: no key and no gesture leads out of a kiosk.

    Return what takes this back, for a kiosk that is closed while its window stays (tests).
    """
    from kivy.core.window import Window

    def refuse(*_args: object, **_facts: object) -> bool:
        return not may_close()

    Window.bind(on_request_close=refuse)
    return lambda: Window.unbind(on_request_close=refuse)


def end_on_signals(stop: Callable[[], None]) -> None:
    """Call ``stop`` on SIGTERM or SIGINT, from a thread of its own.

    Blocked and waited for in a thread: a Python handler would run only once the main thread comes
    back from waiting inside SDL, which may be a minute later. Call before other threads start.
    """
    signals = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, signals)

    def wait() -> None:
        signal.sigwait(signals)
        stop()

    threading.Thread(target=wait, name="signals", daemon=True).start()
