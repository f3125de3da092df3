"""The real server, in a process of its own, for who asks a thousand times a second.

It answers any number of asks and holds nobody who waits; all else is as ``serve`` starts it.
"""

import logging
import sys
from pathlib import Path

import uvicorn

from sync.server.app import make_app
from sync.server.database.engine import Database
from sync.server.rates import Rates
from sync.server.service import Limits, Service
from sync.server.settings import open_settings

if __name__ == "__main__":
    url, settings, port = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s")
    without_end = Limits(*[Rates(1 << 30, 1e9)] * 3)
    service = Service(Database(url), open_settings(settings), limits=without_end, wait_s=0.05)
    uvicorn.run(make_app(service), port=port, access_log=False, log_level="warning")
