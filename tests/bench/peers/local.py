"""Writing one document on a device that holds 20,000 already, a commit each: the same for everybody."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from tests.bench.commit import bare, timed_ms, tinydb_json
from tests.bench.peers.servers import (
    a_morango,
    free_port,
    morango_device,
    our_device,
    pouchdb_device,
)
from tests.bench.peers.told import Told
from tests.bench.peers.workload import DICE, Found, documents, ending

INSERT = "one document written here"
SELDOM = 20
"""Of TinyDB's JSON one for so many of the others: it writes its whole file anew."""
HUB, TOKEN = "0199b1aa-0000-7000-8000-000000000001", "none: it only writes"
Job = Callable[[], float]


def inserts(folder: Path, number: int, rounds: int, found: dict[str, Found]) -> None:
    """Write document after document, in turns; milliseconds by each one's own watch."""
    devices = {
        "ours": _ours(folder),
        "PouchDB": pouchdb_device(folder / "pouchdb", ""),
        "Morango": _morango(folder),
    }
    with ending(*devices.values()):
        path = folder / "documents.json"
        path.write_text(json.dumps(documents(number)), "utf-8")
        for device in devices.values():
            device.do("fill", path=str(path))
        often = {name: _insert(device) for name, device in devices.items()}
        bare_commit, tiny = bare(folder, number), tinydb_json(folder, number)
        often["bare sqlite3"] = lambda: timed_ms(bare_commit)
        seldom = {"TinyDB JSON": lambda: timed_ms(tiny)}
        for nth in range(rounds):
            turn = often if nth % SELDOM else often | seldom
            for name, job in DICE.sample(sorted(turn.items()), len(turn)):
                found.setdefault(name, Found()).add(INSERT, job())


def _insert(device: Told) -> Job:
    return lambda: 1000 * device.takes("insert", document=documents(1)[0])


def _ours(folder: Path) -> Told:
    return our_device(folder / "ours.db", "http://127.0.0.1:9", {"HUB": HUB, "TOKEN": TOKEN})


def _morango(folder: Path) -> Told:
    home = folder / "morango"
    home.mkdir()
    with a_morango(home, free_port()) as (
        _server,
        certificate,
    ):  # it founds the hub that the device writes in
        return morango_device(folder / "morango.db", "", certificate)
