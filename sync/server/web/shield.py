"""What keeps other sites out: headers on every page, and where a form that writes came from."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from hashlib import sha256
from urllib.parse import urlsplit

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
        "img-src 'self' blob:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    # Not "no-referrer": with it a browser says "null" for where its own forms come from.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
_SALT = 16


def comes_from_here(headers: Mapping[str, str], hosts: frozenset[str]) -> bool:
    """Whether a request that writes was made by one of our own pages; one that does not say, no.

    hosts: the names under which people know this server.
    """
    site = headers.get("sec-fetch-site", "")
    if site:
        return site == "same-origin"
    try:
        netloc = urlsplit(headers.get("origin", "")).netloc
    except ValueError:
        return False
    return bool(netloc) and netloc in hosts


def form_token(cookie: str) -> str:
    """Return what a form of this session must carry; another one each time (BREACH)."""
    salt = secrets.token_hex(_SALT // 2)
    return salt + _mac(cookie, salt)


def is_token(cookie: str, token: str) -> bool:
    """Whether a form carries what its session gave it."""
    said = token[:_SALT] + _mac(cookie, token[:_SALT])
    return bool(cookie) and hmac.compare_digest(said.encode(), token.encode())


def own_path(path: str) -> str:
    """Return a path of this server to go on to, "/" instead of anything that leads elsewhere."""
    # A header holds nothing but ASCII; what browsers drop on the way (tabs) is not printable.
    is_a_path = path.startswith("/") and path.isascii() and path.isprintable()
    return path if is_a_path and not path.startswith("//") and "\\" not in path else "/"


def _mac(cookie: str, salt: str) -> str:
    return hmac.new(cookie.encode(), b"form" + salt.encode(), sha256).hexdigest()[:40]
