"""Fetch a picture of a notice: ``GET /v1/files/{sha256}``, bounded in bytes and in time."""

from __future__ import annotations

import time
from base64 import b64encode
from hashlib import sha256

import requests
from requests.auth import AuthBase
from urllib3.exceptions import HTTPError

MAX_FILE_BYTES = 2 * 1024 * 1024
CONNECT_S, READ_S, WHOLE_S = 5, 30, 300
_CHUNK_BYTES = 65_536


class _Bearer(AuthBase):
    """Our token and no other: without it ``requests`` would look for one in ``~/.netrc``."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


def fetch_file(server: str, token: str, name: str) -> bytes | None:
    """Return the bytes kept under a name; None where they cannot be had whole just now.

    The server draws a picture anew, so its bytes are not those that the name is the hash of:
    ``Repr-Digest`` (RFC 9530) says what they must be.
    """
    try:
        with requests.get(
            f"{server.rstrip('/')}/v1/files/{name}",
            auth=_Bearer(token),
            timeout=(CONNECT_S, READ_S),
            allow_redirects=False,
            stream=True,
        ) as response:
            if response.status_code != requests.codes.ok:
                return None
            data = _read(response)
    except (requests.RequestException, HTTPError, OSError):
        return None
    said = response.headers.get("Repr-Digest", "")
    return data if data is not None and said == _digest(data) else None


def _digest(data: bytes) -> str:
    return f"sha-256=:{b64encode(sha256(data).digest()).decode()}:"


def _read(response: requests.Response) -> bytes | None:
    found, size, until_s = [], 0, time.monotonic() + WHOLE_S
    for chunk in response.iter_content(_CHUNK_BYTES):
        found.append(chunk)
        size += len(chunk)
        if size > MAX_FILE_BYTES or time.monotonic() > until_s:
            return None
    return b"".join(found)
