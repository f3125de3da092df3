"""``POST /v1/device/code`` and ``POST /v1/device/token``: pairing by RFC 8628."""

from __future__ import annotations

import asyncio
from urllib.parse import parse_qsl

from litestar import Response, post

from sync.errors import BadMessage
from sync.server.pairing import GRANT, INTERVAL_S, LASTS_S, MAX_FORM_BYTES, NotYet
from sync.server.routes.answers import Asked, address_of, service_of

_NO_STORE = {"Cache-Control": "no-store"}


@post(
    "/v1/device/code",
    status_code=200,
    request_max_body_size=MAX_FORM_BYTES,
    summary="Ask for a code to be paired by",
)
async def code_route(request: Asked) -> Response[dict[str, str | int]]:
    """RFC 8628, section 3.1: a form with ``client_id``; ``name`` and ``node`` say which device."""
    service, form = service_of(request), await _form(request)
    name, node = form.get("name", "")[:120], form.get("node", "")[:8]
    try:
        codes = await asyncio.to_thread(service.code, name, node, address_of(request))
    except NotYet as why:
        return Response({"error": why.why}, status_code=503, headers=_NO_STORE)
    page = f"{service.public_url or str(request.base_url).rstrip('/')}/pair"
    answer: dict[str, str | int] = {
        "device_code": codes.device_code,
        "user_code": codes.user_code,
        "verification_uri": page,
        "verification_uri_complete": f"{page}?user_code={codes.user_code}",
        "expires_in": LASTS_S,
        "interval": INTERVAL_S,
    }
    return Response(answer, headers=_NO_STORE)


@post(
    "/v1/device/token",
    status_code=200,
    request_max_body_size=MAX_FORM_BYTES,
    summary="Ask whether a volunteer has said yes",
)
async def token_route(request: Asked) -> Response[dict[str, str]]:
    """RFC 8628, section 3.4: the token once approved, or ``error`` with status 400."""
    service, form = service_of(request), await _form(request)
    if form.get("grant_type") != GRANT:
        return Response({"error": "unsupported_grant_type"}, status_code=400, headers=_NO_STORE)
    try:
        given = await asyncio.to_thread(
            service.token, form.get("device_code", ""), address_of(request)
        )
    except NotYet as why:
        return Response({"error": why.why}, status_code=400, headers=_NO_STORE)
    answer = {
        "access_token": given.token,
        "token_type": "Bearer",
        "scope": given.role,
        "role": given.role,
        "hub": given.hub,
        "hub_name": given.hub_name,
        "name": given.name,
    }
    return Response(answer, headers=_NO_STORE)


async def _form(request: Asked) -> dict[str, str]:
    """Return a form's fields (RFC 6749: application/x-www-form-urlencoded). Raises BadMessage."""
    try:
        text = (await request.body()).decode("utf-8")
        form = dict(parse_qsl(text, max_num_fields=20, errors="strict"))
    except ValueError as why:
        raise BadMessage(expected="a form") from why
    # PostgreSQL keeps no NUL in a text, and nobody's name has one.
    return {key: value.replace("\0", "") for key, value in form.items()}
