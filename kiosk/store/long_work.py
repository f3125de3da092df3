"""Work of a store that takes seconds by its nature; whoever watches its thread knows that it lives."""

from __future__ import annotations


class LongWork:
    """Says whether a copy is being made, or every page written anew; asked from any thread."""

    def __init__(self) -> None:
        self._depth = 0

    def __enter__(self) -> None:
        """It begins; within another it goes on."""
        self._depth += 1

    def __exit__(self, *_why: object) -> None:
        """It is over, however it ended."""
        self._depth -= 1

    @property
    def is_on(self) -> bool:
        """Whether such work is under way."""
        return self._depth > 0
