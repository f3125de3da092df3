"""A feed as an answer: kept by whoever asks often, unchanged said in few bytes, no cookie."""

from __future__ import annotations

from hashlib import sha256

from litestar import Response

from sync.server.web.shield import HEADERS
from sync.server.web.visit import Page, Visit

ICS, ATOM, JSON = "text/calendar", "application/atom+xml", "application/json"
# Litestar itself says the charset of texts; XML and JSON are UTF-8 by their own rules.
_VARY = "Accept-Encoding, Accept-Language"


def feed_page(visit: Visit, body: bytes, media: str, *, kept: str, is_open: bool = False) -> Page:
    """Return a feed, or 304 where the reader has it already (RFC 9110, section 13.1.2).

    kept: who may keep it and for how long. is_open: scripts of other web sites may read it.
    """
    # Weak: the same feed packed has other bytes.
    etag = f'W/"{sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": kept, "Vary": _VARY}
    headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if is_open:
        headers["Access-Control-Allow-Origin"] = "*"
    if not kept.startswith("public"):
        headers["X-Robots-Tag"] = "noindex"
    if _has(visit.request.headers.get("if-none-match", ""), etag):
        return Response(b"", status_code=304, headers=HEADERS | headers, media_type=media)
    return visit.plain(body, media, headers)


def sentence_page(sentence: str, status: int) -> Page:
    """Return why there is no feed, for the person who reads a calendar's complaint."""
    return Response(sentence.encode(), status_code=status, headers=HEADERS, media_type="text/plain")


def _has(said: str, etag: str) -> bool:
    tags = {part.strip().removeprefix("W/") for part in said.split(",")}
    return "*" in tags or etag.removeprefix("W/") in tags
