"""The server as ``serve`` runs it, but that the time is passed in, and so is each beat of its day.

A line ``{"do": "beat"}`` on stdin is what the server does by itself every few minutes or hours:
it keeps the time, asks its timers, washes what is over.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from threading import Thread
from typing import Any

import litestar.middleware.exceptions  # noqa: F401  # imported late otherwise, after the fork
import uvicorn.protocols.http.auto  # noqa: F401

from sync.server import app as _app  # noqa: F401
from sync.server.cli.opened import database
from sync.server.cli.serve import answer
from sync.server.cli.words import parser
from sync.server.service import Service
from sync.server.settings import open_settings
from tests.peers.time_told import TimeTold


def main(facts: dict[str, Any]) -> None:
    """facts: ``time``, the file that tells it; ``words``, those of the command ``serve``."""
    time = TimeTold(Path(facts["time"]))
    asked = parser().parse_args(facts["words"])
    os.umask(0o077)
    settings = open_settings(asked.settings)
    with database(asked) as found:
        service = Service(found, settings, now_ms=time.now_ms)
        Thread(target=_listen, args=(service,), daemon=True).start()
        host, _, port = asked.listen.rpartition(":")
        answer(service, host, int(port))


def _listen(service: Service) -> None:
    for line in sys.stdin.buffer:
        asked = json.loads(line)["do"]
        if asked == "beat":
            service.keep_time()
            service.tick_all()
            service.sweep_all()
        print(json.dumps({"done": asked}), flush=True)
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
