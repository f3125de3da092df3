"""Make the door's three tones: ``python assets/sounds/make.py`` writes in.wav, out.wav, unsure.wav.

Soft sine tones with a little of their octave, half a second or less: up for in, down for out, one
low one for what was not understood. They are computed here, from nothing else.
"""

import math
import wave
from array import array
from pathlib import Path

RATE, LOUDEST = 22_050, 0.6
HERE = Path(__file__).parent
Notes = tuple[tuple[float, float, float], ...]
TONES: dict[str, Notes] = {  # Hz, begins at, seconds
    "in": ((523.25, 0.0, 0.22), (783.99, 0.11, 0.32)),
    "out": ((783.99, 0.0, 0.22), (523.25, 0.11, 0.32)),
    "unsure": ((311.13, 0.0, 0.16), (311.13, 0.2, 0.2)),
}


def note(hertz: float, seconds: float) -> list[float]:
    """Return one note: a soft beginning, then it fades."""
    found = []
    for nth in range(round(seconds * RATE)):
        t = nth / RATE
        swing = math.sin(math.tau * hertz * t) + 0.2 * math.sin(math.tau * 2 * hertz * t)
        end = min(1.0, (seconds - t) / 0.03)
        found.append(swing * min(1.0, t / 0.012) * math.exp(-5 * t / seconds) * end)
    return found


def tone(notes: Notes) -> array:
    """Return the samples of a tone, 16 bits each."""
    whole = [0.0] * round(max(at + seconds for _, at, seconds in notes) * RATE)
    for hertz, at, seconds in notes:
        for nth, swing in enumerate(note(hertz, seconds), round(at * RATE)):
            if nth < len(whole):
                whole[nth] += swing
    peak = max(map(abs, whole))
    return array("h", (round(one / peak * LOUDEST * 32767) for one in whole))


def main() -> None:
    """Write the three files."""
    for name, notes in TONES.items():
        with wave.open(str(HERE / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(tone(notes).tobytes())


if __name__ == "__main__":
    main()
