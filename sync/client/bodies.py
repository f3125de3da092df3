"""Bodies of answers, read as they come: bounded in bytes and in time."""

from __future__ import annotations

from collections.abc import Callable

import requests

from sync.errors import BadMessage

_CHUNK_BYTES = 65_536


def body_of(response: requests.Response, largest: int, is_late: Callable[[], bool]) -> bytes:
    """Return a body as it was sent, in whatever encoding. Raises BadMessage, and what urllib3 does.

    Each time as much is taken as is there: whoever waits for a whole piece of an answer that drips
    looks at no clock meanwhile.
    """
    found, size = [], 0
    while chunk := response.raw.read1(_CHUNK_BYTES, decode_content=False):
        found.append(chunk)
        size += len(chunk)
        if size > largest:
            raise BadMessage(expected=f"at most {largest} bytes")
        if is_late():
            raise BadMessage(expected="an answer that comes to its end")
    return b"".join(found)
