"""From what happened to what is said over HTTP: every answer that is not one has a reason."""

from __future__ import annotations

import errno
import random
import sqlite3

from litestar import Request, Response
from litestar.datastructures import State
from litestar.exceptions import HTTPException
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection

from sync.errors import BadMessage, TooLarge
from sync.log import Log
from sync.protocol import STATUS, Message, Problem, encode
from sync.server.errors import Answered
from sync.server.rates import one_asker
from sync.server.service import Service

Asked = Request[object, object, State]
BUSY_S = 5
_AWAY = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PROTOCOL,  # a write-ahead log that cannot be taken up: its disk is read-only
}
"""What SQLite says of a database that somebody holds, or of a disk that does not answer."""
_FULL = ("database or disk is full", "No space left", "could not extend file")
log = Log("server")


def service_of(request: Asked) -> Service:
    """Return the service that an app was made with."""
    found = request.app.state.service
    assert isinstance(found, Service)  # noqa: S101
    return found


def said(message: Message, status: int = 200, retry_s: int = 0) -> Response[bytes]:
    """Return a message as an answer."""
    headers = {"Content-Encoding": "gzip", "Cache-Control": "no-store"}
    if retry_s:
        headers["Retry-After"] = str(retry_s)
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return Response(
        encode(message), status_code=status, headers=headers, media_type="application/json"
    )


def trouble(request: Asked, why: Exception) -> Response[bytes]:
    """Return what is said of an exception, whatever it is; a bug is logged without its values."""
    name, retry_s, token = _named(why)
    if name == "broken":
        log.bug("request.broke", why)
    status = why.status_code if isinstance(why, HTTPException) else STATUS[name]
    problem = Problem(name, now=service_of(request).now_ms(), token=token)
    request.state["status"] = status
    return said(problem, status, retry_s)


def _named(why: Exception) -> tuple[str, int, str]:
    if isinstance(why, Answered):
        return why.problem, why.retry_s, why.token
    if isinstance(why, TooLarge):
        return "too_large", 0, ""
    if isinstance(why, BadMessage):
        return "bad_message", 0, ""
    if isinstance(why, HTTPException):
        return "too_large" if why.status_code == 413 else "bad_message", 0, ""
    if _is_full(why):
        return "full", BUSY_S * 12, ""
    if is_busy(why):
        return "busy", BUSY_S + random.randrange(BUSY_S), ""
    return "broken", 0, ""


def _is_full(why: Exception) -> bool:
    if isinstance(why, OSError):  # the list of what was erased lies beside the database
        return why.errno in {errno.ENOSPC, errno.EDQUOT}
    return isinstance(why, DBAPIError) and any(words in str(why.orig) for words in _FULL)


def is_busy(why: Exception) -> bool:
    """Whether the database is away or somebody holds it: asking again later helps."""
    if isinstance(why, NoConnection):
        return True
    if isinstance(why, OSError):
        return why.errno in {errno.EIO, errno.EROFS}
    if not isinstance(why, DBAPIError):
        return False
    if isinstance(why.orig, sqlite3.OperationalError):
        code = getattr(why.orig, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
        return code & 0xFF in _AWAY  # the low byte of an extended one
    return why.connection_invalidated or type(why).__name__ == "OperationalError"


def token_of(request: Asked) -> str:
    """Return the bearer token of a request, "" without one (RFC 6750)."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def address_of(request: Asked) -> str:
    """Return where a request comes from: only for counting, it is never kept or logged."""
    return one_asker(request.client.host) if request.client else ""
