"""The pages, path by path; ``needs`` says who may ask, and the doorkeeper sees to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from litestar import Router
from litestar.types import BeforeRequestHookHandler

from sync.server.web.doorkeeper import let_in, trouble
from sync.server.web.routes import (
    activity,
    bookings,
    calendars,
    feeds,
    front,
    here,
    hub,
    hub_agreement,
    hub_days,
    hub_rooms,
    notices,
    passkeys,
    persons,
    pictures,
    rooms,
    screens,
    volunteers,
    welcome,
    you,
)

LARGEST_FORM_BYTES = 128 * 1024
HANDLERS = (
    *front.HANDLERS,
    *welcome.HANDLERS,
    *you.HANDLERS,
    *passkeys.HANDLERS,
    *volunteers.HANDLERS,
    *screens.HANDLERS,
    *notices.HANDLERS,
    *pictures.HANDLERS,
    *here.HANDLERS,
    *persons.HANDLERS,
    *rooms.HANDLERS,
    *bookings.HANDLERS,
    *hub.HANDLERS,
    *hub_days.HANDLERS,
    *hub_rooms.HANDLERS,
    *calendars.HANDLERS,
    *hub_agreement.HANDLERS,
    *feeds.HANDLERS,
    *activity.HANDLERS,
)


def web_router() -> Router:
    """Return every page, behind its doorkeeper."""
    return Router(
        path="/",
        route_handlers=list(HANDLERS),
        before_request=cast("BeforeRequestHookHandler", let_in),
        exception_handlers={Exception: cast("Callable[..., object]", trouble)},  # type: ignore[dict-item]
        request_max_body_size=LARGEST_FORM_BYTES,
    )
