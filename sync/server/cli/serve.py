"""``serve``: answer devices until it is stopped."""

from __future__ import annotations

import ctypes
import gc
import logging
import socket
import sys
from argparse import Namespace
from contextlib import suppress

from sync.errors import Lost
from sync.server.cli.opened import database
from sync.server.service import Service
from sync.server.settings import open_settings

_MOST_LEFT = 50_000
"""New objects until they are looked through for garbage."""
_M_ARENA_MAX = -8
"""Of mallopt(3)."""
_KEEPS_OPEN_S = 150
"""A connection that lies still; longer than a proxy keeps its own (Caddy: 120). Closed by the server just as
somebody writes on it, a push would come to nothing: they are closed by whoever asks."""
_GRACE_S = 3
"""Who waits for news is let go after so long when the server is stopped."""


def serve(asked: Namespace) -> int:
    """Run the server; returns when it was told to stop (SIGTERM, Ctrl-C)."""
    host, _, port = asked.listen.rpartition(":")
    if not (port.isascii() and port.isdigit() and int(port) < 65536):
        print(f"--listen says where, like 127.0.0.1:8321; not {asked.listen!r}.", file=sys.stderr)
        return 2
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    settings = open_settings(asked.settings)
    host, at = host.strip("[]") or "127.0.0.1", int(port)
    with database(asked) as found:
        must_be_free(host, at)
        print(f"Doors are answered at {asked.listen}; Ctrl-C or SIGTERM ends it.", flush=True)
        service = Service(found, settings, now_ms=asked.now_ms, public_url=asked.public_url)
        answer(service, host, at)
    return 0


class CannotListen(Lost):
    """The address is taken, or is not this machine's."""


def must_be_free(host: str, port: int) -> None:
    """Pass an address at which this process may listen. Raises CannotListen."""
    try:
        for family, sort, proto, _name, where in socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        ):
            with socket.socket(family, sort, proto) as one:
                one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                one.bind(where)
    except OSError as why:
        raise CannotListen(f"nobody can listen at {host}:{port} ({why.strerror})") from why


def answer(service: Service, host: str, port: int) -> None:
    """Answer devices until a signal says to stop."""
    import uvicorn

    from sync.server.app import make_app

    _share_one_heap()
    app = make_app(service)
    # What is here now stays, and a push makes 40,000 objects that do not: neither is looked through
    # for garbage several times a push.
    gc.collect()
    gc.freeze()
    gc.set_threshold(_MOST_LEFT, 10, 10)
    uvicorn.run(
        app,
        host=host,
        port=port,
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=_GRACE_S,
        timeout_keep_alive=_KEEPS_OPEN_S,
    )


def _share_one_heap() -> None:
    # The C library gives each thread a heap of its own, and each keeps what its largest push took:
    # 5 MB in all. Threads that hold Python's lock in turns do not get in each other's way at one.
    with suppress(AttributeError, OSError):  # another C library than GNU's
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)
