"""The ten seconds in which an act can be taken back, for every screen at once."""

import math
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from kivy.clock import Clock
from kivy.event import EventDispatcher
from kivy.properties import BooleanProperty, NumericProperty

UNDO_S = 10


class UndoOffer(EventDispatcher):
    """What can be undone now. ``seconds`` counts down to 0 and stands in the button."""

    seconds = NumericProperty(0)
    offered = BooleanProperty(False)

    def __init__(
        self,
        ask_undo: Callable[[Any], "Future[Any]"],
        call: Callable[..., Any],
        explain: Callable[[BaseException], Any],
    ) -> None:
        """explain: say why something could not be taken back."""
        super().__init__()
        self._ask_undo, self._call, self._explain = ask_undo, call, explain
        self._done: Any = None
        self._ends_s = 0.0
        self._tick = Clock.create_trigger(self._count)

    def offer(self, done: Any) -> None:
        """Offer to take ``done`` (a ``Done`` of the desk) back for ten seconds from now.

        Of what cannot be taken back nothing is offered, and not what came before it either:
        "Undo" says the last thing. A card read twice did nothing, so its own act still counts.
        """
        if getattr(done, "undo", None) is None:
            if not self._is_of(done):
                self.close()
            return
        self._done, self._ends_s = done, Clock.time() + UNDO_S
        self.seconds, self.offered = UNDO_S, True
        self._next()

    def close(self) -> None:
        """Offer nothing more; what was done stays."""
        self._tick.cancel()
        self._done, self.seconds, self.offered = None, 0, False

    def undo(self, then: Callable[[Any], Any] | None = None) -> None:
        """Take back what is offered; ``then(receipt)`` on the Kivy thread once it is on disk."""
        if self._done is None:
            return
        future = self._ask_undo(self._done)
        self.close()
        future.add_done_callback(lambda told: self._call(lambda: self._told(told, then)))

    def _is_of(self, done: Any) -> bool:
        """Whether ``done`` speaks of the visit whose act is offered."""
        visit = getattr(done.result, "visit", "")
        offered = getattr(self._done, "result", None)
        visits = (getattr(offered, "visit", ""), *getattr(offered, "visits", ()))
        return bool(visit) and visit in visits

    def _told(self, told: "Future[Any]", then: Callable[[Any], Any] | None) -> None:
        problem = told.exception()
        if problem is not None:
            self._explain(problem)
        elif then is not None:
            then(told.result())

    def _count(self, _dt: float) -> None:
        left_s = self._ends_s - Clock.time()
        if left_s <= 0:
            self.close()
            return
        self.seconds = math.ceil(left_s)
        self._next()

    def _next(self) -> None:
        left_s = self._ends_s - Clock.time()
        self._tick.cancel()
        self._tick.timeout = max(0.0, left_s - math.ceil(left_s) + 1)
        self._tick()
