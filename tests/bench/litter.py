"""What is left of the erased: a new device pulls the living, whatever else there once was."""

from __future__ import annotations

import gc
import time
from pathlib import Path
from random import Random
from typing import NamedTuple

from kiosk.store import Changes, Erase
from sync.ids import new_id
from tests.bench.figures import now_ms
from tests.bench.kiosk import Door
from tests.bench.served import Served

DICE = Random(7)


class Pulled(NamedTuple):
    """How long a first pull took, and its size on the wire."""

    s: float
    mb: float


def new_device(served: Served, path: Path, living: int, gone: int) -> Pulled:
    """Have people written and some of them erased; return how a new device pulls the others."""
    hub = served.hub()
    names = [new_id(now_ms() + nth, DICE) for nth in range(gone + living)]
    first = Door(served, hub, path.with_suffix(".first.db"))
    first.meets(*names)
    first.shell.start()
    first.syncs()
    if gone:
        erased = tuple(Erase("person", one) for one in names[:gone])
        first.store.commit(Changes(erased), now_ms=now_ms())
        first.shell.changed()
        first.syncs()
    first.close()
    second = Door(served, hub, path.with_suffix(".second.db"))
    gc.collect()
    began = time.perf_counter()
    second.shell.start()
    second.syncs(holds=living, kind="person")
    took_s = time.perf_counter() - began
    second.close()
    return Pulled(took_s, second.wire.down / 1e6)
