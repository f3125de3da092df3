"""Guided noise for one codec: ``python -m tests.fuzz.codecs rdm6300 -max_total_time=600``.

libFuzzer looks for bytes that take another way through the codec; whatever it finds, the codec
keeps its promises: it never raises, holds at most 256 bytes, and says the same however the bytes
were cut. What a checked reader calls a card has its checksum, looked at anew here.
"""

import re
import sys
from functools import reduce
from operator import xor
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris

with atheris.instrument_imports(include=["kiosk.hardware"]):
    from kiosk.hardware.facts import CardRead
    from tests.kiosk.hardware.streams import TONGUES

HELD_MOST = 256
BADGE = {"rdm6300": rb"\x02([0-9A-Fa-f]{12})\x03", "id12": rb"\x02([0-9A-Fa-f]{12})\r\n\x03"}


def is_framed(name: str, stream: bytes, uid: str) -> bool:
    """Whether the bytes hold this badge with its right checksum, found the slow way."""
    for digits in re.findall(b"(?=" + BADGE[name] + b")", stream):
        number = bytes.fromhex(digits.decode())
        if digits[:10].decode().upper() == uid and not reduce(xor, number):
            return True
    return False


def promise(name: str, data: bytes) -> None:
    """Feed the bytes, whole and cut where their first byte says."""
    stream, step = data[1:], 1 + (data[0] if data else 0) % 31
    codec, whole = TONGUES[name].codec(), TONGUES[name].codec()
    cut = []
    for at in range(0, len(stream), step):
        cut += codec.feed(stream[at : at + step])
        assert codec.held_bytes <= HELD_MOST
    assert cut == whole.feed(stream)
    assert whole.held_bytes <= HELD_MOST
    if name in BADGE:
        assert all(is_framed(name, stream, f.uid) for f in cut if isinstance(f, CardRead))


def main() -> None:
    """Fuzz the codec named first, beginning with its good frames; other words are libFuzzer's."""
    name = sys.argv.pop(1)
    with TemporaryDirectory() as seeds:
        for nth, (frame, _) in enumerate(TONGUES[name].frames):
            Path(seeds, str(nth)).write_bytes(bytes((nth,)) + frame * 2)
        atheris.Setup([*sys.argv, seeds], lambda data: promise(name, data))
        atheris.Fuzz()


if __name__ == "__main__":
    main()
