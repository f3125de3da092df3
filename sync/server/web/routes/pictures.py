"""Pictures of notices: sent from a phone, described for those who do not see them, looked at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from litestar import get, post
from litestar.params import FromPath
from sqlalchemy import Connection

from sync.errors import Refused
from sync.server.files import (
    CACHE,
    MAX_PHOTO_BYTES,
    PARTS,
    NotAPicture,
    Picture,
    drawn,
    find,
    keep,
)
from sync.server.web import notice_pictures, notices
from sync.server.web.doorkeeper import NotThere
from sync.server.web.visit import Asked, Page, Visit, visit_of
from sync.server.web.writing import Write

_ROOM_FOR_WORDS = 64 * 1024


@get("/notices/{notice:str}/picture", needs="volunteer", sync_to_thread=True)
def picture_page(request: Asked, notice: FromPath[str]) -> Page:
    """The picture that hangs with a notice, to change it."""
    return _page(visit_of(request), notice)


def _page(visit: Visit, notice_id: str, status: int = 200, sentence: str = "") -> Page:
    with visit.database.reading() as connection:
        notice, body = notices.the_notice(connection, visit.me.hub, notice_id)
    languages = notices.languages_of(body, visit.house)
    typed = {name: next(iter(values), "") for name, values in visit.form.items()}
    return visit.page(
        "picture.html",
        status,
        notice=notice,
        languages=languages,
        words_of=defaultdict(str, body["fields"] | typed),
        parts=PARTS,
        sentence=sentence,
    )


@post(
    "/notices/{notice:str}/picture",
    status_code=200,
    needs="volunteer",
    sync_to_thread=True,
    request_max_body_size=MAX_PHOTO_BYTES + _ROOM_FOR_WORDS,
)
def put_picture(request: Asked, notice: FromPath[str]) -> Page:
    """Hang a picture with a notice, or change its words."""
    visit = visit_of(request)
    try:
        made = _drawn(visit)
        visit.within(lambda connection: _put(connection, visit, notice, made))
    except NotThere:
        raise
    except Refused as why:
        return _page(visit, notice, 400, visit.sorry(why))
    return visit.go(f"/notices/{notice}", said="saved")


def _drawn(visit: Visit) -> tuple[str, Picture] | None:
    """Return the picture that was sent, and its name. Raises NotShown."""
    data = visit.files.get("file", b"")
    part = visit.said("part")
    try:
        return drawn(data, part if part in PARTS else "whole") if data else None
    except NotAPicture as why:
        raise notice_pictures.NotShown from why


def _put(
    connection: Connection, visit: Visit, notice: str, made: tuple[str, Picture] | None
) -> Sequence[Write]:
    _notice, body = notices.the_notice(connection, visit.me.hub, notice)
    words = notice_pictures.in_words(visit.form, notices.languages_of(body, visit.house))
    writes = notice_pictures.put(body, made[0] if made else "", words)
    if made:
        keep(connection, visit.me.hub, *made, visit.now_ms)
    return writes


@post(
    "/notices/{notice:str}/picture/remove", status_code=200, needs="volunteer", sync_to_thread=True
)
def take_off(request: Asked, notice: FromPath[str]) -> Page:
    """Have a notice hang without a picture."""
    visit = visit_of(request)

    def decide(connection: Connection) -> Sequence[Write]:
        _notice, body = notices.the_notice(connection, visit.me.hub, notice)
        return notice_pictures.take_off(body)

    visit.within(decide)
    return visit.go(f"/notices/{notice}", said="saved")


@get("/pictures/{name:str}", needs="volunteer", sync_to_thread=True)
def picture(request: Asked, name: FromPath[str]) -> Page:
    """A picture of one's own hub."""
    visit = visit_of(request)
    with visit.database.reading() as connection:
        found = find(connection, visit.me.hub, name)
    if found is None:
        raise NotThere
    return visit.plain(found.data, found.media, {"Cache-Control": CACHE})


HANDLERS = (picture_page, put_picture, take_off, picture)
