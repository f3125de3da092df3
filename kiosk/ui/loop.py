"""The event loop: sleeps inside SDL until the next Clock event, a touch or another thread.

Kivy's own loop wakes 60 times a second to find nothing to do. Here ``SDL_WaitEventTimeout``
blocks until the nearest Clock event is due; ``call`` wakes it from any thread with an event of
our own. Where SDL cannot be reached this way (another window provider), Kivy's loop is used.
"""

import ctypes
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kivy.base import EventLoop, ExceptionManager
from kivy.cache import Cache
from kivy.clock import Clock

FRAME_S = 1 / 60
LONGEST_WAIT_S = 3600.0
PURGE_S = 60.0
_EVENT_BYTES = 56  # sizeof(SDL_Event) of SDL 2
_NO_EVENT_TYPE = 0xFFFFFFFF


def wait_s(now_s: float, frame_began_s: float, due_s: float) -> float:
    """Return how long to sleep, in seconds.

    due_s: when the nearest Clock event is due, on the same clock as ``now_s``; 0 is at once (what
    ``Clock.get_min_timeout`` gives, whatever its name says: checked on Kivy 2.3.1). Frames of an
    animation come no faster than 60 a second.
    """
    wake_s = min(max(due_s, frame_began_s + FRAME_S), frame_began_s + LONGEST_WAIT_S)
    return max(0.0, wake_s - now_s)


class _Sdl:
    """The two functions needed of the SDL that Kivy itself has loaded."""

    def __init__(self, path: str) -> None:
        library = ctypes.CDLL(path)
        self._wait = library.SDL_WaitEventTimeout
        self._wait.argtypes = [ctypes.c_void_p, ctypes.c_int]
        self._push = library.SDL_PushEvent
        self._push.argtypes = [ctypes.c_void_p]
        library.SDL_RegisterEvents.restype = ctypes.c_uint32
        self._type = library.SDL_RegisterEvents(1)
        if self._type == _NO_EVENT_TYPE:
            raise OSError("SDL has no event type left")

    def wait(self, seconds: float) -> None:
        """Sleep until an event is there (it stays in the queue) or the time is over."""
        self._wait(None, math.ceil(seconds * 1000))

    def wake(self) -> None:
        """End a ``wait`` from any thread."""
        event = (ctypes.c_byte * _EVENT_BYTES)()
        ctypes.c_uint32.from_buffer(event).value = self._type
        self._push(ctypes.byref(event))


def _loaded_sdl() -> str | None:
    """Return the path of the SDL2 library in this process: a second copy would have no window."""
    maps = Path("/proc/self/maps").read_text("utf-8", "replace").splitlines()
    paths = {line.split(maxsplit=5)[-1].strip() for line in maps}
    return next((p for p in sorted(paths) if "/libSDL2-2" in p), None)


def frame() -> None:
    """Take what the window has and run one frame: in this order a touch is drawn at once.

    And it is for what was drawn when the finger came down. Kivy's own order is the Clock first: what
    that builds anew has no place before it is drawn, and a touch on it in the same frame is lost.
    What a touch starts is dated by the Clock's last tick, which may be as old as we slept.
    """
    Clock._last_tick = Clock.time()  # noqa: SLF001  # Kivy has no other way
    EventLoop.window.mainloop()
    if not EventLoop.quit:
        EventLoop.dispatch_input()
    EventLoop.idle()


class Loop:
    """Runs frames when something is due; ``call`` brings work from other threads."""

    def __init__(self) -> None:
        self._sdl: _Sdl | None = None

    def call(self, act: Callable[[], Any]) -> None:
        """Run ``act`` on the Kivy thread in the next frame; from any thread."""
        Clock.schedule_once(lambda _dt: act(), 0)
        if self._sdl:
            self._sdl.wake()

    def run(self) -> None:
        """Run until Kivy is asked to stop. The window must be open."""
        self._sdl = self._open()
        if self._sdl is None:
            EventLoop.mainloop()
            return
        Clock._max_fps = 0  # noqa: SLF001  # Clock.tick would sleep as well, blind to touches
        Clock.unschedule(Cache._purge_by_timeout)  # noqa: SLF001  # it wakes us once a second
        Clock.schedule_interval(Cache._purge_by_timeout, PURGE_S)  # noqa: SLF001
        EventLoop.window.canvas.ask_update()
        while not EventLoop.quit and EventLoop.status == "started":
            self._turn(self._sdl)

    def _turn(self, sdl: _Sdl) -> None:
        """Wait, then run one frame."""
        try:
            frame_began_s = Clock._last_tick  # noqa: SLF001  # Kivy says it nowhere else
            sdl.wait(wait_s(Clock.time(), frame_began_s, Clock.get_min_timeout()))
            frame()
        except Exception as problem:
            if ExceptionManager.handle_exception(problem) == ExceptionManager.RAISE:
                raise

    @staticmethod
    def _open() -> _Sdl | None:
        try:
            path = _loaded_sdl()
            return _Sdl(path) if path else None
        except (OSError, AttributeError):
            return None
