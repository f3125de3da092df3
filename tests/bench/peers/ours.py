"""A kiosk without its screen, told by lines what to do (tests/bench/peers/told.py).

TOKEN=... HUB=... python -m tests.bench.peers.ours STORE http://127.0.0.1:PORT
"""

from __future__ import annotations

import gc
import json
import logging
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.figures import timed_s
from tests.bench.kiosk import AS_A_KIOSK, Door


@dataclass(frozen=True)
class Elsewhere:
    """A server that another process started, and paired this device with."""

    address: str
    given: str

    def token(self, _hub: str) -> str:
        """Return the device's token."""
        return self.given


class Device:
    """One store; its first exchange of a boot is made with the first job, as a kiosk does."""

    def __init__(self, store: Path, server: str) -> None:
        self._door = Door(Elsewhere(server, os.environ["TOKEN"]), os.environ["HUB"], store)
        self._has_begun = False

    def fill(self, path: str) -> dict[str, Any]:
        """Write documents, as one act."""
        documents = json.loads(Path(path).read_text("utf-8"))
        self._door.writes(*map(_fields, documents), ids=[one["id"] for one in documents])
        return {}

    def insert(self, document: dict[str, Any]) -> dict[str, Any]:
        """Write one document."""
        return {"s": timed_s(lambda: self._door.writes(_fields(document), ids=[document["id"]]))}

    def push(self) -> dict[str, Any]:
        """Send what is here."""
        return {"s": timed_s(lambda: (self._begin(), self._door.syncs()))}

    def pull(self) -> dict[str, Any]:
        """Fetch what is there."""
        took_s = timed_s(lambda: (self._begin(), self._door.syncs(holds=1)))
        return {"s": took_s, "holds": len(self._door.store.tables()["visit"])}

    def nothing(self) -> dict[str, Any]:
        """Sync when there is nothing new: as after a boot, for a kiosk that listens asks nothing."""
        self._door.boots()
        return {"s": timed_s(lambda: (self._door.shell.start(), self._door.syncs()))}

    def one(self, document: dict[str, Any]) -> dict[str, Any]:
        """Write one document and send it."""

        self._begin()

        def job() -> None:
            self._door.writes(_fields(document), ids=[document["id"]])
            self._door.shell.changed()
            self._door.syncs()

        return {"s": timed_s(job)}

    def _begin(self) -> None:
        if not self._has_begun:
            self._has_begun = True
            self._door.shell.start()


def _fields(document: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name not in {"id", "hub"}}


def main() -> None:
    """Do what the lines say until there are no more."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*AS_A_KIOSK)
    logging.disable()  # a kiosk that is closed while it waits for news says so
    device = Device(Path(sys.argv[1]), sys.argv[2])
    print("{}", flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps(getattr(device, asked.pop("do"))(**asked)), flush=True)
    os._exit(0)  # it waits for news, which nobody waits for


if __name__ == "__main__":
    main()
