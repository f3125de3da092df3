"""What the server answers instead of an answer: one of the protocol's problems."""

from __future__ import annotations

from sync.errors import Refused
from sync.protocol import STATUS


class Answered(Refused):
    """The ask is not done; ``problem`` is the protocol's name for why.

    retry_s: after how many seconds to ask again. token: with ``fork``, the copy's own token.
    """

    say = "sorry.not_now"

    def __init__(self, problem: str, *, retry_s: int = 0, token: str = "") -> None:
        super().__init__(problem)
        self.problem, self.retry_s, self.token = problem, retry_s, token

    @property
    def status(self) -> int:
        """The HTTP status of the problem."""
        return STATUS[self.problem]
