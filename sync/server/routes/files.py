"""``PUT`` and ``GET /v1/files/{sha256}``: pictures of notices."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from hashlib import sha256

from litestar import Response, get, put
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from sync.errors import BadMessage
from sync.server.files import CACHE, MAX_FILE_BYTES, NotAPicture
from sync.server.routes.answers import Asked, service_of, token_of


@put(
    "/v1/files/{name:str}",
    status_code=204,
    request_max_body_size=MAX_FILE_BYTES,
    summary="Keep a picture",
)
async def put_file_route(request: Asked, name: FromPath[str]) -> None:
    """The address is the SHA-256 of what is sent; it is drawn anew without metadata and kept."""
    service, data = service_of(request), await request.body()
    try:
        await asyncio.to_thread(service.put_file, token_of(request), name, data)
    except NotAPicture as why:
        raise BadMessage(expected="a picture under its hash") from why


@get("/v1/files/{name:str}", summary="Fetch a picture of one's own hub")
async def get_file_route(request: Asked, name: FromPath[str]) -> Response[bytes]:
    """What was kept under an address; ``Repr-Digest`` (RFC 9530) says what the bytes must be."""
    service = service_of(request)
    found = await asyncio.to_thread(service.get_file, token_of(request), name)
    if found is None:
        raise NotFoundException
    digest = b64encode(sha256(found.data).digest()).decode()
    headers = {"Cache-Control": CACHE, "Repr-Digest": f"sha-256=:{digest}:"}
    return Response(found.data, media_type=found.media, headers=headers)
