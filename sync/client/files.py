"""Fetch a picture of a notice: ``GET /v1/files/{sha256}``, bounded in bytes and in time."""

from __future__ import annotations

import time
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256

import requests
from requests.auth import AuthBase
from urllib3.exceptions import HTTPError

from sync.client.bodies import body_of
from sync.errors import BadMessage

MAX_FILE_BYTES = 2 * 1024 * 1024
CONNECT_S, READ_S, WHOLE_S = 5, 30, 300


class _Bearer(AuthBase):
    """Our token and no other: without it ``requests`` would look for one in ``~/.netrc``."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


def fetch_file(
    server: str, token: str, name: str, *, now_s: Callable[[], float] = time.monotonic
) -> bytes | None:
    """Return the bytes kept under a name; None where they cannot be had whole just now.

    The server draws a picture anew, so its bytes are not those that the name is the hash of:
    ``Repr-Digest`` (RFC 9530) says what they must be.
    """
    until_s = now_s() + WHOLE_S
    try:
        with requests.get(
            f"{server.rstrip('/')}/v1/files/{name}",
            headers={"Accept-Encoding": "identity"},
            auth=_Bearer(token),
            timeout=(CONNECT_S, READ_S),
            allow_redirects=False,
            stream=True,
        ) as response:
            if response.status_code != requests.codes.ok:
                return None
            data = body_of(response, MAX_FILE_BYTES, lambda: now_s() > until_s)
    except (requests.RequestException, HTTPError, OSError, BadMessage):
        return None
    return data if response.headers.get("Repr-Digest", "") == _digest(data) else None


def _digest(data: bytes) -> str:
    return f"sha-256=:{b64encode(sha256(data).digest()).decode()}:"
