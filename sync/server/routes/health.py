"""``GET /v1/health`` and ``GET /v1/metrics``: for the proxy, and for whoever watches."""

from __future__ import annotations

import asyncio

from litestar import Response, get
from sqlalchemy.exc import SQLAlchemyError

from sync.protocol import PROTOCOL
from sync.server.routes.answers import Asked, service_of


@get("/v1/health", summary="Whether the server and its database answer")
async def health_route(request: Asked) -> Response[dict[str, object]]:
    """``{"ok": true, ...}`` with 200, or ``{"ok": false}`` with 503."""
    service = service_of(request)
    try:
        await asyncio.to_thread(service.ping)
    except SQLAlchemyError:
        return Response({"ok": False, "now": service.now_ms()}, status_code=503)
    return Response({"ok": True, "now": service.now_ms(), "protocol": PROTOCOL})


@get("/v1/metrics", summary="Figures in Prometheus's text format")
async def metrics_route(request: Asked) -> Response[str]:
    """Requests, records, refusals, who waits; nothing about hubs or people."""
    service = service_of(request)
    text = service.metrics.text(hub_waiting=service.waker.count)
    return Response(text, media_type="text/plain; version=0.0.4")
