"""Tones: quiet when they should be, never waited for, nothing without a sound device."""

import threading
import wave
from array import array
from datetime import time
from io import BytesIO

import pytest

from kiosk.hardware import sound
from kiosk.hardware.sound import TONES, Sounds, aplay, is_quiet, toned


@pytest.mark.parametrize(
    ("quiet", "now", "is_so"),
    [
        ("", "03:00", False),
        ("21:00-08:00", "20:59", False),
        ("21:00-08:00", "21:00", True),
        ("21:00-08:00", "03:00", True),
        ("21:00-08:00", "08:00", False),
        ("13:00-15:00", "14:59", True),
        ("13:00-15:00", "15:00", False),
        ("08:00-08:00", "08:00", False),
    ],
)
def test_quiet_hours_may_go_over_midnight(quiet, now, is_so):
    assert is_quiet(quiet, time.fromisoformat(now)) is is_so


def swing(tone):
    with wave.open(BytesIO(tone)) as file:
        frames = file.readframes(file.getnframes())
        return file.getnframes() / file.getframerate(), max(frames[1::2])


@pytest.mark.parametrize("name", TONES)
def test_every_tone_is_short_and_as_loud_as_it_is_set(name):
    seconds, _ = swing(toned(name, 100))
    assert 0.1 < seconds < 0.6
    assert len(toned(name, 100)) == len(toned(name, 10))
    assert set(toned(name, 0)[44:]) == {0}


def test_who_asks_for_a_tone_never_waits_for_it():
    hangs, goes_on, played = threading.Event(), threading.Event(), []

    def play(tone):
        hangs.set()
        assert goes_on.wait(10)
        played.append(tone)

    sounds = Sounds(60, play)
    sounds.start()
    for _ in range(20):
        sounds.play("in")
    assert hangs.wait(5)
    goes_on.set()
    sounds.stop()
    sounds.stop()
    assert 1 <= len(played) <= 1 + sound.WAITING_MOST


def test_with_the_volume_at_nothing_there_is_no_thread():
    before, sounds = threading.active_count(), Sounds(0)
    sounds.start()
    sounds.play("in")
    assert threading.active_count() == before
    sounds.stop()


def test_what_breaks_in_playing_ends_no_other_tone():
    played, done = [], threading.Semaphore(0)

    def play(tone):
        played.append(tone)
        done.release()
        raise OSError("no card")

    sounds = Sounds(60, play)
    sounds.start()
    for _ in range(2):
        sounds.play("out")
        assert done.acquire(timeout=5)
    sounds.stop()
    assert len(played) == 2


def test_without_a_sound_device_nothing_is_started(monkeypatch, tmp_path):
    monkeypatch.setattr(sound, "DEVICES", tmp_path)
    monkeypatch.setattr("subprocess.run", lambda *_a, **_k: pytest.fail("played"))
    aplay(toned("in", 50))


def test_a_sound_device_that_hangs_is_given_up(monkeypatch, tmp_path):
    (tmp_path / "pcmC0D0p").touch()
    player = tmp_path / "aplay"
    player.write_text("#!/bin/sh\nexec cat /dev/zero >/dev/null\n")
    player.chmod(0o755)
    monkeypatch.setattr(sound, "DEVICES", tmp_path)
    monkeypatch.setattr(sound, "PLAY_S", 0.1)
    monkeypatch.setattr(sound, "which", lambda _name: str(player))
    aplay(toned("in", 50))


def test_the_tones_are_those_that_the_script_makes():
    import importlib.util

    path = sound.FOLDER / "make.py"
    spec = importlib.util.spec_from_file_location("make_tones", path)
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    for name in TONES:
        with wave.open(str(sound.FOLDER / f"{name}.wav")) as file:
            kept = array("h", file.readframes(file.getnframes()))
        # Sines may differ in their last bit from one processor to the next.
        new = made.tone(made.TONES[name])
        assert max(abs(a - b) for a, b in zip(kept, new, strict=True)) <= 1
