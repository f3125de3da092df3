"""The server as an ASGI app: routes, limits, and what runs beside them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import cast

from litestar import Litestar
from litestar.datastructures import State
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from sync.log import Log
from sync.protocol import MAX_ASK_BYTES
from sync.server.routes.answers import is_busy, trouble
from sync.server.routes.description import description_route
from sync.server.routes.devices import code_route, token_route
from sync.server.routes.files import get_file_route, put_file_route
from sync.server.routes.health import health_route, metrics_route
from sync.server.routes.syncing import sync_route, wait_route
from sync.server.service import Service
from sync.server.web.calendars.reader import Reader
from sync.server.web.routes import HANDLERS, web_router
from sync.server.web.visit import Pages

TICK_S = 15
KEEP_TIME_S = 300
SWEEP_S = 6 * 3600
"""Names go by the hub's own day, whatever its zone: some hours late is soon enough."""
ROUTES = (
    sync_route,
    wait_route,
    health_route,
    metrics_route,
    code_route,
    token_route,
    put_file_route,
    get_file_route,
    description_route,
)
log = Log("server")


def make_app(service: Service) -> Litestar:
    """Return the app of a service; it starts and stops what the service runs beside it."""
    pages = Pages(service)
    return Litestar(
        route_handlers=[*ROUTES, web_router()],
        state=State({"service": service, "pages": pages}),
        exception_handlers={Exception: cast("Callable[..., object]", trouble)},  # type: ignore[dict-item]
        request_max_body_size=MAX_ASK_BYTES,
        middleware=[_counted(service)],
        lifespan=[lambda _app: _beside(service, pages)],
        logging_config=None,
        openapi_config=None,
    )


@asynccontextmanager
async def _beside(service: Service, pages: Pages) -> AsyncIterator[None]:
    service.waker.start()
    reader = Reader(service)
    every = {
        service.keep_time: KEEP_TIME_S,
        service.tick_all: TICK_S,
        service.sweep_all: SWEEP_S,
        pages.sweep: SWEEP_S,
    }
    # Others may be slow to answer: what is ours does not wait for them.
    ticking = [asyncio.create_task(_tick(some)) for some in (every, {reader.read_due: TICK_S})]
    try:
        yield
    finally:
        for task in ticking:
            task.cancel()
        reader.stop()
        service.waker.stop()


async def _tick(every: Mapping[Callable[[], None], float]) -> None:
    next_at = dict.fromkeys(every, 0.0)
    while True:
        for work, pause_s in every.items():
            if time.monotonic() < next_at[work]:
                continue
            next_at[work] = time.monotonic() + pause_s
            try:
                await asyncio.to_thread(work)
            except Exception as why:  # noqa: BLE001  # the one of this task: it tries again
                if is_busy(why):
                    log.warning("tick.put_off", why=type(why).__name__)
                else:
                    log.bug("tick.broke", why)
        await asyncio.sleep(TICK_S)


def _counted(service: Service) -> Callable[[ASGIApp], ASGIApp]:
    """Return a middleware that counts and logs every answer: path, status, time; never who."""

    def around(app: ASGIApp) -> ASGIApp:
        async def count(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != ScopeType.HTTP:
                await app(scope, receive, send)
                return
            began, path = time.perf_counter(), _path(scope)

            async def note(message: Message) -> None:
                if message["type"] == "http.response.start":
                    took_s = time.perf_counter() - began
                    service.metrics.add("hub_requests_total", path=path, status=message["status"])
                    service.metrics.add("hub_request_seconds_total", took_s, path=path)
                    log.info("answered", path=path, status=message["status"], ms=int(took_s * 1e3))
                await send(message)

            await app(scope, receive, note)

        return count

    return around


def _path(scope: Scope) -> str:
    # A path that is not ours could hold anything, and would be a label of its own for ever.
    known = {path for route in (*ROUTES, *HANDLERS) for path in route.paths}
    path = scope.get("path_template", scope["path"])
    return path if path in known else "/v1/files" if path.startswith("/v1/files/") else "other"
