"""``POST /v1/sync`` and ``GET /v1/wait``."""

from __future__ import annotations

import asyncio
import re
import time

from litestar import Response, get, post
from litestar.params import FromQuery

from sync.protocol import COLOUR_HEADER, SYNC_PATH, WAIT_PATH, WAIT_S, Woken
from sync.server.database.pages import Cursor
from sync.server.devices import Asker
from sync.server.errors import Answered
from sync.server.exchange import About
from sync.server.routes.answers import Asked, address_of, said, service_of, token_of
from sync.server.service import Service

NODE, WAITING = "kiosk-node", "kiosk-waiting"
"""Headers by which a device may say its node id, and how many records it has yet to send."""
_COLOUR = re.compile(r"[a-z]{1,12}")
_NODE = re.compile(r"[0-9a-f]{8}")
MOST_WAITERS = 10_000


@post(SYNC_PATH, status_code=200, summary="Push what is new here, pull what is new there")
async def sync_route(request: Asked) -> Response[bytes]:
    """One exchange: SyncAsk in, SyncAnswer out (sync/protocol.py), both JSON in gzip."""
    service, body = service_of(request), await request.body()
    answer = await asyncio.to_thread(
        service.sync, token_of(request), body, _about(request), address_of(request)
    )
    return said(answer)


@get(WAIT_PATH, summary="Wait for news of the hub")
async def wait_route(
    request: Asked, cursor: FromQuery[str] = "", all_sent: FromQuery[str] = ""
) -> Response[bytes]:
    """Answer when the hub has news or does not know the cursor, or after 25 s. No records."""
    service = service_of(request)
    # From here: a device gives up on an answer soon after, however long its turn was in coming.
    until_s = time.monotonic() + service.wait_s
    who = await asyncio.to_thread(service.who, token_of(request), address_of(request))
    has_told = all_sent == "1" and who.role == "door"
    news = await has_news(service, who, cursor, until_s, has_told=has_told)
    return said(Woken(service.now_ms(), news))


async def has_news(
    service: Service, who: Asker, said: str, until_s: float, *, has_told: bool
) -> bool:
    """Return whether a device should sync, as soon as that is known. until_s: the monotonic clock."""
    if service.waker.count >= MOST_WAITERS:
        raise Answered("busy", retry_s=WAIT_S)
    cursor = Cursor.parse(said) or Cursor()
    # Waiting begins before looking: what is announced in between is not missed.
    event = service.waker.enter(who.hub, cursor.seq)
    try:
        look = service.report if has_told else service.has_news
        if await asyncio.to_thread(look, who, said):
            return True
        await asyncio.wait_for(event.wait(), max(0.0, until_s - time.monotonic()))
        return not service.waker.is_stopped
    except TimeoutError:
        return False
    finally:
        service.waker.leave(who.hub, event)


def _about(request: Asked) -> About:
    node = request.headers.get(NODE, "")
    waiting = request.headers.get(WAITING, "")
    colour = request.headers.get(COLOUR_HEADER.lower(), "")
    return About(
        node=node if _NODE.fullmatch(node) else "",
        version=request.headers.get("user-agent", "")[:120],
        waiting=int(waiting)
        if waiting.isascii() and waiting.isdigit() and len(waiting) < 9
        else -1,
        colour=colour if _COLOUR.fullmatch(colour) else "",
    )
