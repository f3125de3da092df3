"""Many devices that write to many hubs at once: is a row missed by any cursor, how fast it goes."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from http.client import HTTPConnection
from random import Random
from typing import Any
from urllib.parse import urlsplit

from sync.clock import Reading
from sync.ids import new_id
from sync.merge import Version, record
from sync.protocol import MAX_ANSWER_BYTES, SyncAnswer, SyncAsk, Word, decode, encode
from sync.records import rule_of
from tests.bench.commit import visit
from tests.bench.figures import now_ms
from tests.bench.served import Served

PAGE = 50
"""What a device wants back at a time: less than what is written meanwhile, so that pages meet."""


class Writer:
    """A device that keeps only which ids it has: its own, and those that it heard of."""

    def __init__(self, served: Served, hub: str, node: str) -> None:
        self.hub, self.node, self._dice = hub, node, Random(node)
        self._token = served.token(hub, node)
        self._http = HTTPConnection(urlsplit(served.address).netloc)
        self._cursor, self._number, self._known = "", 0, ""
        self.wrote: set[str] = set()
        self.has: set[str] = set()

    def writes(self, pushes: int, each: int) -> None:
        """Push so often so many visits, and pull as one goes on."""
        for push in range(pushes):
            self.asks([self._visit(push * each + nth) for nth in range(each)])

    def catches_up(self) -> None:
        """Pull to the end."""
        while self.asks([]).more:
            pass

    def asks(self, push: Sequence[dict[str, Any]]) -> SyncAnswer:
        """Make one exchange."""
        word = Word(self._number + 1, self._known, f"{self._dice.getrandbits(64):016x}")
        body = encode(SyncAsk(1, self._cursor, word, list(push), PAGE))
        head = {"Authorization": f"Bearer {self._token}", "Kiosk-Node": self.node}
        self._http.request("POST", "/v1/sync", body, head)
        said = self._http.getresponse().read()
        answer = decode(said, SyncAnswer, largest=MAX_ANSWER_BYTES)
        assert not answer.refused, answer.refused
        self._number, self._known, self._cursor = word.number, word.next, answer.cursor
        self.wrote |= {one["id"] for one in push}
        self.has |= {one["id"] for one in (*push, *answer.records)}
        return answer

    def _visit(self, number: int) -> dict[str, Any]:
        at_ms = now_ms()
        stamp = str(Reading(at_ms, number & 0xFFFF, self.node))
        fields = visit(number) | {"hub": self.hub}
        said = {
            name: Version(rule_of("visit", name), stamp, value) for name, value in fields.items()
        }
        return record("visit", new_id(at_ms, self._dice), said)


def at_once(jobs: Sequence[Any]) -> float:
    """Run jobs, a thread each, begun together; return the seconds until the last has ended."""
    ready, broken = threading.Barrier(len(jobs) + 1), []

    def run(job: Any) -> None:
        ready.wait()
        try:
            job()
        except Exception as why:
            broken.append(why)

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    ready.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    took_s = time.perf_counter() - began
    if broken:
        raise broken[0]
    return took_s


def missed(writers: Sequence[Writer]) -> int:
    """Return how many rows were missed, over every cursor."""
    written: dict[str, set[str]] = {}
    for one in writers:
        written.setdefault(one.hub, set()).update(one.wrote)
    return sum(len(written[one.hub] - one.has) for one in writers)
