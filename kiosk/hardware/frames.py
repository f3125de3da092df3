"""Frames found by their last byte.

A codec that looks for the start of a frame can be led astray: noise that looks like a start
swallows the good frame behind it. So we look at each place where a frame may *end*, and ask whether
the bytes before it are one. A good frame is then found whatever came before it, at its last byte,
however the stream was cut into pieces.
"""

from collections.abc import Callable

from kiosk.hardware.facts import Fact

Read = Callable[[bytes], Fact | None]
"""Return the fact of the frame that ends these bytes, None where none does."""


class Frames:
    """A ``Codec`` of frames of at most ``longest`` bytes which all end in ``end``."""

    def __init__(self, end: bytes, longest: int, read: Read) -> None:
        self._end, self._longest, self._read = end, longest, read
        self._held = b""

    @property
    def held_bytes(self) -> int:
        """How many bytes wait for what may follow them: fewer than ``longest``."""
        return len(self._held)

    def feed(self, data: bytes) -> list[Fact]:
        """Take what came and return the facts of the frames that end in it."""
        stream, facts, begin = self._held + data, [], 0
        at = stream.find(self._end, max(0, len(self._held) - len(self._end) + 1))
        while at >= 0:
            stop = at + len(self._end)
            fact = self._read(stream[max(begin, stop - self._longest) : stop])
            if fact is not None:
                facts.append(fact)
                begin = stop  # a card's number is not kept
            at = stream.find(self._end, at + 1)
        self._held = stream[max(begin, len(stream) - self._longest + 1) :]
        return facts
