"""Short tones for in, out and not understood, from a thread of its own; without a device, silence.

``aplay`` (alsa-utils) plays them: it comes with every Pi, and a sound card that hangs holds up
nobody but this thread, and that for two seconds.
"""

import array
import io
import queue
import subprocess
import sys
import threading
import wave
from collections.abc import Callable
from datetime import time
from pathlib import Path
from shutil import which

from kiosk.shipped import ASSETS
from sync.log import Log

log = Log("sound")
FOLDER = ASSETS / "sounds"
TONES = ("in", "out", "unsure")
DEVICES = Path("/dev/snd")
WAITING_MOST = 2
PLAY_S = 2.0
FULL = 100
Play = Callable[[bytes], object]


def is_quiet(quiet: str, now: time) -> bool:
    """Say whether now is within the quiet hours: ``"21:00-08:00"``, over midnight too; "" never."""
    if not quiet:
        return False
    since, until = (time.fromisoformat(part) for part in quiet.split("-"))
    if since <= until:
        return since <= now < until
    return now >= since or now < until


def toned(name: str, volume: int) -> bytes:
    """Return a tone as a WAV file, at 0 to 100 of its full loudness."""
    with wave.open(str(FOLDER / f"{name}.wav")) as file:
        facts, frames = file.getparams(), file.readframes(file.getnframes())
    samples = array.array("h", frames)
    if sys.byteorder == "big":
        samples.byteswap()
    # Ears hear ratios: half of the scale sounds half as loud when it is a quarter of the swing.
    share = (volume / FULL) ** 2
    quieter = array.array("h", (round(one * share) for one in samples))
    if sys.byteorder == "big":
        quieter.byteswap()
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setparams(facts)
        file.writeframes(quieter.tobytes())
    return out.getvalue()


def aplay(tone: bytes) -> None:
    """Play a WAV file; where there is nothing to play it on, nothing happens."""
    program = which("aplay")
    if program is None or not any(DEVICES.glob("pcm*p")):
        return
    try:
        subprocess.run(  # noqa: S603
            [program, "-q", "-"], input=tone, timeout=PLAY_S, check=False, capture_output=True
        )
    except (OSError, subprocess.TimeoutExpired) as why:
        log.info("sound.not_played", why=type(why).__name__)


class Sounds:
    """The tones of a door. volume: 0 to 100, 0 is off."""

    def __init__(self, volume: int, play: Play = aplay) -> None:
        self._volume, self._play_it = volume, play
        self._asked: queue.Queue[str] = queue.Queue(WAITING_MOST)
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin; returns at once. With the volume at 0 there is no thread."""
        if self._volume > 0:
            self._thread = threading.Thread(target=self._serve, name="sound", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End; a tone that is playing plays on. May be called twice."""
        thread, self._thread = self._thread, None
        if thread is None:
            return
        while thread.is_alive():
            try:
                self._asked.put("", timeout=PLAY_S)
            except queue.Full:
                continue
            thread.join(PLAY_S * 2)
            return

    def play(self, name: str) -> None:
        """Play a tone soon, or not at all where others wait already; returns at once."""
        if self._thread is None:
            return
        try:
            self._asked.put_nowait(name)
        except queue.Full:
            return

    def _serve(self) -> None:
        while name := self._asked.get():
            try:
                self._play_it(toned(name, self._volume))
            except Exception as why:  # noqa: BLE001  # the one handler of this thread
                log.bug("sound.broke", why)
