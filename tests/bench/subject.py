"""What a bench measures, from outside: a running kiosk or bare window, and a finger on it."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PATIENCE_S = 10.0


@contextmanager
def display(size: str) -> Iterator[str]:
    """An X server without a screen; yields its name."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{size}x24", "-nolisten", "tcp",
         "-noreset"],
        pass_fds=[writing], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writing)
    with os.fdopen(reading) as told:
        name = f":{told.readline().strip()}"
    try:
        yield name
    finally:
        server.terminate()
        server.wait()


class Watched:
    """A running subject: what it paints comes as lines."""

    def __init__(self, screen: str, *args: str, before: Sequence[str] = ()) -> None:
        """before: words before the command."""
        env = {
            **os.environ,
            "DISPLAY": screen,
            "SDL_VIDEODRIVER": "x11",
            "LIBGL_ALWAYS_SOFTWARE": "1",
        }
        self.began_ns = time.monotonic_ns()
        self.process = subprocess.Popen(
            [*before, sys.executable, "-m", "tests.bench.watched", *args],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=None if os.environ.get("BENCH_LOUD") else subprocess.DEVNULL,
            text=True, env=env, bufsize=1,
        )  # fmt: skip
        self._moving = False
        self._lines: queue.Queue[dict[str, Any]] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            if line.startswith("{"):
                self._lines.put(json.loads(line))

    def ask(self, line: str) -> None:
        """Tell it something."""
        assert self.process.stdin
        self.process.stdin.write(line + "\n")

    def until(
        self, holds: Any, patience_s: float = PATIENCE_S, *, what: str = "a line"
    ) -> dict[str, Any]:
        """Return the first line for which ``holds``."""
        while True:
            try:
                line = self._lines.get(timeout=patience_s)
            except queue.Empty:
                raise AssertionError(f"waited for {what}") from None
            self._moving = line.get("moving", self._moving)
            if holds(line):
                return line

    def settle(self, quiet_s: float = 0.25) -> None:
        """Wait until nothing is painted any more and no screen is moving in."""
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            try:
                line = self._lines.get(timeout=quiet_s)
                self._moving = line.get("moving", self._moving)
            except queue.Empty:
                if not self._moving:
                    return

    def cpu_s(self) -> float:
        """Seconds of processor time so far, of the process and its threads."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory_mb(self) -> float:
        """Memory that is its own, and its share of what others use too (PSS)."""
        for line in Path(f"/proc/{self.process.pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
        raise AssertionError("no Pss")

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Finger:
    """Touches a display from outside, by XTEST."""

    def __init__(self, screen: str) -> None:
        from Xlib import X
        from Xlib import display as xdisplay
        from Xlib.ext import xtest

        self._display, self._x, self._xtest = xdisplay.Display(screen), X, xtest

    def down(self, x: float, y: float) -> int:
        """Press; returns when, in ns."""
        self._xtest.fake_input(self._display, self._x.MotionNotify, x=int(x), y=int(y))
        return self._send(self._x.ButtonPress)

    def up(self) -> int:
        """Let go; returns when, in ns."""
        return self._send(self._x.ButtonRelease)

    def _send(self, what: int) -> int:
        at_ns = time.monotonic_ns()
        self._xtest.fake_input(self._display, what, detail=1)
        self._display.flush()
        return at_ns
