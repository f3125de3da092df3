"""``GET /v1/openapi/openapi.json``: the interface, described."""

from __future__ import annotations

from litestar import Response, get

from sync.server.description import as_text


@get("/v1/openapi/openapi.json", sync_to_thread=False)
def description_route() -> Response[bytes]:
    """The same for everybody; docs/openapi.json is a copy."""
    return Response(as_text().encode(), media_type="application/json")
