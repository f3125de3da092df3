"""One port: away, closed or open, and what to do about it next.

    away     -- it is listed ------------------------> closed
    closed   -- opened --> open; not opened --> closed, tried again later and later
    open     -- an error, no longer listed, another device --> away or closed
    open     -- silent for too long ------------------> closed, then opened in its next round

It calls nothing, waits for nothing and reads no clock; all times are monotonic seconds.
"""

from kiosk.hardware.facts import Answered, Fact
from kiosk.hardware.kinds import AUTO, Kind
from kiosk.hardware.news import Close, Effect, Open, PortNews, Send, Tell, What, Why
from kiosk.hardware.rounds import FOREVER_S, Round, Talk, rounds_at, rounds_of

FIRST_RETRY_S, LONGEST_RETRY_S = 0.5, 30.0
NOISE_BYTES = 64


class Watch:
    """What is known of the port ``path``, and of what hangs on it (a kind's name, or ``auto``)."""

    def __init__(self, path: str, kind: str) -> None:
        self.path, self._wanted = path, kind
        self._device = ""
        self._forget_device()

    def _forget_device(self) -> None:
        self._rounds, self._nth = rounds_of(self._wanted), 0
        self._talk: Talk | None = None
        self._opening, self._failures, self._retry_s = False, 0, float("-inf")
        self._kind, self._said_why, self._noise_bytes = self._wanted, "", 0
        self._heard_s = 0.0

    @property
    def _round(self) -> Round:
        return self._rounds[self._nth % len(self._rounds)]

    def listed(self, device: str, now_s: float) -> list[Effect]:
        """Take which device file the port is now, "" where it is not there."""
        if device == self._device:
            return self.tick(now_s)
        effects: list[Effect] = [Close(self.path)] if self._talk else []
        if self._device:
            effects += self._tell("gone")
        self._device = device
        self._forget_device()
        return effects + (self._tell("found") + self.tick(now_s) if device else [])

    def opened(self, now_s: float) -> list[Effect]:
        """Take that the port is open: say what it begins with."""
        news = [] if self._talk_before() else self._tell("open")
        self._opening, self._failures, self._said_why = False, 0, ""
        self._talk, self._heard_s, self._noise_bytes = Talk(self._round.kinds, now_s), now_s, 0
        return news + self.tick(now_s)

    def _talk_before(self) -> bool:
        """Say whether this opening only goes on with another round: nobody needs to know."""
        return self._nth > 0 and not self._said_why

    def not_opened(self, why: Why, now_s: float) -> list[Effect]:
        """Take that the port could not be opened; said once, tried again later and later."""
        self._opening = False
        wait_s = min(LONGEST_RETRY_S, FIRST_RETRY_S * 2 ** min(self._failures, 10))
        self._failures, self._retry_s = self._failures + 1, now_s + wait_s
        is_news, self._said_why = why != self._said_why, why
        return self._tell(why) if is_news else []

    def heard(self, data: bytes, now_s: float) -> list[Effect]:
        """Take bytes and tell what they say."""
        if self._talk is None:
            return []  # read before it was closed
        kind, facts = self._talk.hear(data, now_s)
        if kind is None:
            return self._noise(len(data)) + self.tick(now_s)
        self._heard_s, self._noise_bytes = now_s, 0
        effects = self._recognise(kind)
        effects += [Tell(self.path, fact) for fact in facts if _is_for_others(fact)]
        return effects + self.tick(now_s)

    def _recognise(self, kind: Kind) -> list[Effect]:
        if self._kind != AUTO and self._nth == 0:
            return []  # it was heard in this round before
        self._rounds, self._nth, self._kind = rounds_at(kind, self._round.baud), 0, kind.name
        return self._tell("recognised")

    def _noise(self, count: int) -> list[Effect]:
        was, self._noise_bytes = self._noise_bytes, self._noise_bytes + count
        is_news = was < NOISE_BYTES <= self._noise_bytes and self._kind != AUTO
        return self._tell("noise") if is_news else []

    def gone(self) -> list[Effect]:
        """Take that the port was lost while it was open; it is looked for at once."""
        news = self._tell("gone")
        self._device = ""
        self._forget_device()
        return news

    def tick(self, now_s: float) -> list[Effect]:
        """Do what the time has brought."""
        if self._talk is None:
            if self._opening or not self._device or now_s < self._retry_s:
                return []
            self._opening = True
            return [Open(self.path, self._round.baud)]
        if now_s - self._heard_s >= self._round.patience_s:
            return self._next_round()
        words = self._talk.say(now_s)
        return [Send(self.path, words)] if words else []

    def _next_round(self) -> list[Effect]:
        news = self._tell("silent") if self._kind != AUTO and self._nth == 0 else []
        self._talk, self._opening = None, True
        self._nth += 1
        return [*news, Close(self.path), Open(self.path, self._round.baud)]

    def due_s(self) -> float:
        """When ``tick`` may have something to do."""
        if self._talk is not None:
            return min(self._talk.due_s(), self._heard_s + self._round.patience_s)
        return self._retry_s if self._device and not self._opening else FOREVER_S

    def _tell(self, what: What) -> list[Effect]:
        return [Tell(self.path, PortNews(what, self._kind))]


def _is_for_others(fact: Fact) -> bool:
    """Answers are between us and the reader."""
    return not isinstance(fact, Answered)
