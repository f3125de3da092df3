"""What a flow runs in: a display, a clock that only moves when told, frames when asked for."""

import atexit
import datetime as dt
import os
import subprocess
import time

FRAME_S = 1 / 60
PATIENCE_S = 10.0  # of the real clock, for threads and the X server; a flow never waits so long


class FakeTime:
    """The device's time and Kivy's, moved together by ``pass_``."""

    sure = date_ok = True
    _latest_s = 1e7  # one clock a process, later than any uptime: events never wait for the past

    def __init__(self, at: dt.datetime) -> None:
        self._at, self.running_s = at, FakeTime._latest_s
        self._began_s = self.running_s

    def now(self) -> dt.datetime:
        """The pretended moment, UTC."""
        return self._at + dt.timedelta(seconds=self.running_s - self._began_s)

    def look(self) -> None:
        """Nobody tells this clock the time but the test."""

    def monotonic(self) -> float:
        """Pretended seconds since some beginning, for Kivy's clock."""
        return self.running_s

    def pass_(self, seconds: float) -> None:
        """Let time go by; nothing is run here."""
        self.running_s += seconds
        FakeTime._latest_s = max(FakeTime._latest_s, self.running_s)


def start_display(gl: str, width: int, height: int) -> None:
    """Set the environment before Kivy is imported; with ``x`` a private Xvfb is started."""
    if gl == "mock":
        os.environ.update(SDL_VIDEODRIVER="offscreen", KIVY_GL_BACKEND="mock")
        os.environ.pop("DISPLAY", None)
        return
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{width}x{height}x24",
         "-nolisten", "tcp", "-noreset"],
        pass_fds=[writing], stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    os.close(writing)
    atexit.register(server.terminate)
    with os.fdopen(reading) as told:
        number = told.readline().strip()
    os.environ.update(DISPLAY=f":{number}", SDL_VIDEODRIVER="x11", LIBGL_ALWAYS_SOFTWARE="1")


class Frames:
    """Runs Kivy's frames by hand, against the pretended clock."""

    def __init__(self, clock: FakeTime) -> None:
        from kivy.cache import Cache
        from kivy.clock import Clock

        from kiosk.ui.loop import frame

        self._frame, self._clock_events, self.clock = frame, Clock, clock
        Clock.time = clock.monotonic
        Clock._max_fps = 0
        Clock.unschedule(Cache._purge_by_timeout)  # once a second: half an hour would be long
        Clock._last_tick = clock.monotonic()

    def one(self, seconds: float = FRAME_S) -> None:
        """Let ``seconds`` go by and draw."""
        self.clock.pass_(seconds)
        self.poll()

    def poll(self) -> None:
        """Take what the window has and draw, while no time goes by."""
        self._frame()

    def due_in_s(self) -> float:
        """Seconds until the nearest event of Kivy's clock."""
        due_s = self._clock_events.get_min_timeout()  # on its own clock, 0 for at once
        return max(0.0, due_s - self._clock_events.time()) if due_s else 0.0

    def until(self, condition, what: str) -> None:
        """Poll until something that comes from another thread or the X server is there."""
        deadline = time.monotonic() + PATIENCE_S
        while not condition():
            self.poll()
            assert time.monotonic() < deadline, f"waited in vain for {what}"

    def settle(self, busy) -> None:
        """Run frames until nothing moves any more and ``busy()`` is over."""
        calm = 0
        for _ in range(600):
            self.one()
            calm = 0 if busy() or self.due_in_s() <= FRAME_S else calm + 1
            if calm >= 2:
                return
        raise AssertionError("the screen never comes to rest")

    def pass_(self, seconds: float) -> None:
        """Let time go by, with everything that is due on the way."""
        end_s = self.clock.running_s + seconds
        while (left_s := end_s - self.clock.running_s) > 1e-6:
            self.one(min(left_s, max(FRAME_S, self.due_in_s())))
