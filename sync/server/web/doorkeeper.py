"""Who is let in to which page: asked before every handler; a handler that does not say, to nobody."""

from __future__ import annotations

import asyncio
from urllib.parse import parse_qsl, quote, urlsplit

from litestar.exceptions import HTTPException
from sqlalchemy.exc import DBAPIError

from sync.errors import HubError, Refused
from sync.log import Log
from sync.server.errors import Answered
from sync.server.web.sessions import Who, find_session, is_due, note
from sync.server.web.shield import comes_from_here, is_token
from sync.server.web.visit import LANG_COOKIE, Asked, Page, Pages, Visit, session_cookie, visit_of
from sync.server.web.words import Words, best_language, languages

NEEDS = ("anybody", "volunteer", "steward")
"""What a handler may say in ``needs``: the last two take a session."""
MOST_FIELDS = 400
_SAFE = ("GET", "HEAD")
log = Log("web")


class FromElsewhere(Refused):
    """A form that writes did not come from a page of ours, or its page is from another session."""

    say = "sorry.from_elsewhere"


class NotYours(Refused):
    """This takes a steward."""

    say = "sorry.stewards_only"


class NotThere(Refused):
    """There is no such thing in this hub."""

    say = "sorry.not_there"


async def let_in(request: Asked) -> Page | None:
    """Make the visit of a request, or answer instead of its page. Raises FromElsewhere, NotYours."""
    visit = _visit(request)
    request.state["visit"] = visit
    needs = request.route_handler.opt.get("needs")
    visit.cookie = request.cookies.get(session_cookie(visit), "")
    visit.who = await asyncio.to_thread(_who, visit)
    if visit.who is None:
        visit.cookie = ""
    elif visit.who.lang in languages() and LANG_COOKIE not in request.cookies:
        visit.words = Words(visit.who.lang)
    if needs not in NEEDS:
        raise NotYours
    if needs != "anybody" and visit.who is None:
        back = request.url.path if request.method in _SAFE else "/"
        query = f"?{request.url.query}" if request.method in _SAFE and request.url.query else ""
        return visit.go(f"/sign-in?next={quote(back + query, safe='')}")
    if needs == "steward" and visit.me.role != "steward":
        raise NotYours
    if request.method not in _SAFE:
        await _take_form(request, visit)
    return None


def _visit(request: Asked) -> Visit:
    pages = request.app.state.pages
    assert isinstance(pages, Pages)  # noqa: S101
    chosen = request.cookies.get(LANG_COOKIE, "")
    accepted = request.headers.get("accept-language", "")
    return Visit(request, pages, Words(chosen or best_language(accepted)))


def _who(visit: Visit) -> Who | None:
    if not visit.cookie:
        return None
    with visit.database.reading() as connection:
        found = find_session(connection, visit.cookie, visit.now_ms)
        due = found is not None and is_due(connection, found, visit.now_ms)
    if found and due:
        with visit.database.writing() as connection:
            note(connection, found, visit.now_ms)
    return found


async def _take_form(request: Asked, visit: Visit) -> None:
    hosts = {request.headers.get("host", ""), urlsplit(visit.service.public_url).netloc}
    if not comes_from_here(request.headers, frozenset(hosts - {""})):
        raise FromElsewhere
    media = request.headers.get("content-type", "").partition(";")[0]
    if media == "multipart/form-data":
        await _take_parts(request, visit)
    else:
        visit.form = _fields((await request.body()).decode("utf-8", "replace"))
    if visit.who and not is_token(visit.cookie, visit.said("token")):
        raise FromElsewhere


def _fields(text: str) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    try:
        for name, value in parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS):
            fields.setdefault(name, []).append(value)
    except ValueError:
        raise FromElsewhere from None
    return fields


async def _take_parts(request: Asked, visit: Visit) -> None:
    fields: dict[str, list[str]] = {}
    files: dict[str, bytes] = {}
    for name, value in (await request.form()).multi_items():
        if isinstance(value, str):
            fields.setdefault(name, []).append(value)
        else:
            files[name] = await value.read()
    visit.form, visit.files = fields, files


def trouble(request: Asked, why: Exception) -> Page:
    """Return the page that says why there is no other, whatever it was."""
    visit = request.state.get("visit") or _visit(request)
    request.state["visit"] = visit
    status, sentence = _said_of(visit_of(request), why)
    return visit_of(request).page("sorry.html", status, sentence=sentence)


def _said_of(visit: Visit, why: Exception) -> tuple[int, str]:
    say = visit.words.say
    if isinstance(why, FromElsewhere | NotYours):
        return 403, say(why.say)
    if isinstance(why, NotThere) or (isinstance(why, HTTPException) and why.status_code == 404):
        return 404, say(NotThere.say)
    if isinstance(why, HTTPException):
        key = "sorry.too_large" if why.status_code == 413 else "sorry.not_there"
        return why.status_code, say(key)
    if isinstance(why, Answered):
        return why.status, say("sorry.later")
    if isinstance(why, HubError) and visit.words.has(why.say):
        return 400, visit.sorry(why)
    if isinstance(why, DBAPIError):
        log.warning("web.database", why=type(why).__name__)
        return 503, say("sorry.later")
    log.bug("web.broke", why)
    return 500, say("sorry.broken")
