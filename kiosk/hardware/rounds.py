"""At which speed a port is opened, whom we expect there, and how long we wait for them.

A port of a known kind has one round for each of its speeds. One that is to find out by itself first
listens for those who speak by themselves or answer when asked, then waits for a card or a code.
"""

from dataclasses import dataclass

from kiosk.hardware.facts import Fact
from kiosk.hardware.kinds import AUTO, KINDS, Kind

SPEAKERS_S = 1.5  # a sensor reports each 0.1 s, a PN532 is asked each 0.5 s
LISTENING_S = 30.0
FOREVER_S = float("inf")


@dataclass(frozen=True)
class Round:
    """One way to open a port; without a word for ``patience_s`` the next way is tried."""

    baud: int
    kinds: tuple[Kind, ...]
    patience_s: float


GUESSES = (
    Round(256000, (KINDS["ld2410"],), SPEAKERS_S),
    Round(115200, (KINDS["pn532"], KINDS["ld2410"]), SPEAKERS_S),
    Round(9600, (KINDS["rdm6300"], KINDS["id12"], KINDS["scanner"]), LISTENING_S),
)


def rounds_of(kind: str) -> tuple[Round, ...]:
    """Return the rounds of a kind by its name in the table, or of ``auto``."""
    return GUESSES if kind == AUTO else rounds_at(KINDS[kind], KINDS[kind].bauds[0])


def rounds_at(kind: Kind, baud: int) -> tuple[Round, ...]:
    """Return the rounds of a kind that is heard at this speed: that one first."""
    bauds = sorted(kind.bauds, key=lambda other: other != baud)
    return tuple(Round(b, (kind,), kind.speaks_each_s or FOREVER_S) for b in bauds)


class Talk:
    """What passes over a port that is open, from one opening to its close."""

    def __init__(self, expected: tuple[Kind, ...], now_s: float) -> None:
        self._codecs = {kind: kind.codec() for kind in expected}
        self._askers = {kind: kind.asker(now_s) for kind in expected if kind.asker}

    def hear(self, data: bytes, now_s: float) -> tuple[Kind | None, list[Fact]]:
        """Return who spoke and what they said; the first who understands is the only one left."""
        for kind, codec in list(self._codecs.items()):
            if facts := codec.feed(data):
                self._codecs = {kind: codec}
                self._askers = {k: asker for k, asker in self._askers.items() if k is kind}
                for fact in facts:
                    self._heard(fact, now_s)
                return kind, facts
        return None, []

    def _heard(self, fact: Fact, now_s: float) -> None:
        for asker in self._askers.values():
            asker.hear(fact, now_s)

    def say(self, now_s: float) -> bytes:
        """Return what is to be sent now."""
        return b"".join(asker.say(now_s) for asker in self._askers.values())

    def due_s(self) -> float:
        """When there may be something to send again."""
        return min((asker.due_s() for asker in self._askers.values()), default=FOREVER_S)
