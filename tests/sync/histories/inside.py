"""What is inside a simulated kiosk beside its store and its engine: a desk and a pocket."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sync.errors import HubError

if TYPE_CHECKING:
    from tests.sync.histories.kiosk import Kiosk


@dataclass
class InlineDesk:
    """The hub's thread, without one: a job is done here and now, before a merge what is undated."""

    kiosk: Kiosk

    def do(self, job: Callable[[], Any]) -> Future[Any]:
        self.kiosk.dates()
        return self.aside(job)

    def aside(self, job: Callable[[], Any]) -> Future[Any]:
        done: Future[Any] = Future()
        try:
            done.set_result(job())
        except HubError as why:
            done.set_exception(why)
        return done


@dataclass
class Pocket:
    """Where a device keeps its token."""

    token: str

    def read(self) -> str:
        return self.token

    def keep(self, token: str) -> None:
        self.token = token
