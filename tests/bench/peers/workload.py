"""The work that everybody is given: the same documents, said and heard in the same order."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from sync.clock import Reading
from sync.ids import new_id
from sync.merge import Version, WireRecord, record
from sync.records import rule_of
from tests.bench.commit import visit
from tests.bench.figures import now_ms, timed_s
from tests.bench.floor import Floor
from tests.bench.peers.relay import a_relay
from tests.bench.peers.servers import Serving
from tests.bench.peers.told import Told

PUSH, PULL, NOTHING, ONE = "first push", "first pull", "nothing new", "one record changed"
UP, DOWN = "bytes of the first push", "bytes of the first pull"
SERVER, DEVICE = "the server's memory", "a device's memory"
DICE = Random(7)


@dataclass
class Found:
    """What was measured of one subject: the values of each round by the row that they belong to."""

    rows: dict[str, list[float]] = field(default_factory=dict)

    def add(self, row: str, value: float) -> None:
        """Keep a figure."""
        self.rows.setdefault(row, []).append(value)


def documents(number: int) -> list[dict[str, Any]]:
    """Return visits that were made one after another until now."""
    began_ms = now_ms() - number
    return [{"id": new_id(began_ms + nth, DICE), **visit(nth)} for nth in range(number)]


def as_records(found: Sequence[dict[str, Any]]) -> list[WireRecord]:
    """Return documents as ours has them, stamps and all: what the floor carries too."""
    stamp = str(Reading(now_ms(), 0, "0000aaaa"))

    def one(document: dict[str, Any]) -> WireRecord:
        said = {name: value for name, value in document.items() if name != "id"}
        versions = {
            name: Version(rule_of("visit", name), stamp, value) for name, value in said.items()
        }
        return record("visit", document["id"], versions)

    return [one(document) for document in found]


def a_round(serving: Serving, folder: Path, number: int, small: int, found: Found) -> None:
    """Do the whole work on a server that has answered before, timed by the devices' own watches."""
    with serving(folder) as server:
        early = server.device("early", server.port)
        with ending(early):
            early.do("one", document=documents(1)[0])
        first = _filled(server.device("first", server.port), folder, number)
        second = server.device("second", server.port)
        with ending(first, second):
            found.add(PUSH, first.takes("push"))
            found.add(PULL, _pulled(second, number + 1))
            for _ in range(small):
                found.add(NOTHING, 1000 * first.takes("nothing"))
                found.add(ONE, 1000 * first.takes("one", document=documents(1)[0]))
            found.add(SERVER, server.memory_mb())
            found.add(DEVICE, max(first.memory_mb(), second.memory_mb()))


def counted(serving: Serving, folder: Path, number: int, found: Found) -> None:
    """Push and pull through a relay that counts the bytes; nothing is timed."""
    with serving(folder) as server:
        with a_relay(server.port) as relay:
            first = _filled(server.device("first", relay.port), folder, number)
            with ending(first):
                first.do("push")
            found.add(UP, (relay.up + relay.down) / 1e6)
        with a_relay(server.port) as relay:
            second = server.device("second", relay.port)
            with ending(second):
                _pulled(second, number)
            found.add(DOWN, (relay.up + relay.down) / 1e6)


def floor_round(floor: Floor, number: int, small: int, found: Found) -> None:
    """Do the same by bare POSTs of gzip into one transaction each."""
    bodies: Any = as_records(documents(number))
    full, empty = floor.holds(bodies), floor.holds(())
    with closing(full), closing(empty):
        floor.empties()
        found.add(PUSH, timed_s(lambda: found.add(UP, floor.push(full) / 1e6)))
        found.add(PULL, timed_s(lambda: floor.pull(empty)))
        for _ in range(small):
            found.add(NOTHING, 1000 * timed_s(lambda: floor.ask("GET", "/nothing")))
            one: Any = as_records(documents(1))[0]
            found.add(ONE, 1000 * timed_s(lambda one=one: floor.one(full, one)))


def _filled(device: Told, folder: Path, number: int) -> Told:
    path = folder / "documents.json"
    path.write_text(json.dumps(documents(number)), "utf-8")
    device.do("fill", path=str(path))
    return device


def _pulled(device: Told, number: int) -> float:
    said = device.do("pull")
    assert said["holds"] == number, said
    return float(said["s"])


@contextmanager
def ending(*devices: Told) -> Iterator[None]:
    """End devices, whatever happens."""
    try:
        yield
    finally:
        for one in devices:
            one.end()
