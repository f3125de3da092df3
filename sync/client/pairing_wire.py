"""What a device and the server say to each other while they are paired (RFC 8628, sections 3.1-3.5).

    POST /v1/device/code    client_id, scope, name, node -> 200 CodeAnswer
    POST /v1/device/token   grant_type, device_code, client_id -> 200 TokenAnswer, 400 {"error"}

``scope`` is the role: a door or a wall. Both as a form (``application/x-www-form-urlencoded``). Pure: facts in, forms out; bytes in, events
out. What is not ours (a portal's page, a cut answer) is ``Failed("not_the_server")``.
"""

from __future__ import annotations

from typing import Annotated, TypeVar

import msgspec

from sync.client.pairing import Code, CodeGiven, Failed, Paired, Said

CODE_PATH = "/v1/device/code"
TOKEN_PATH = "/v1/device/token"  # noqa: S105  # a path
GRANT = "urn:ietf:params:oauth:grant-type:device_code"
CLIENT_ID = "kiosk"
MAX_ANSWER_BYTES = 16 * 1024
LONGEST_S = 3_600
"""A code that is said to live longer is taken for one of an hour."""
DEFAULT_INTERVAL_S = 5  # RFC 8628 section 3.2: where the server gives none
LONGEST_INTERVAL_S = 60

Short = Annotated[str, msgspec.Meta(min_length=1, max_length=400)]


class CodeAnswer(msgspec.Struct, frozen=True):
    """The server's answer with a code (RFC 8628 section 3.2)."""

    device_code: Short
    user_code: Annotated[str, msgspec.Meta(min_length=1, max_length=12)]
    verification_uri: Short
    expires_in: Annotated[int, msgspec.Meta(ge=1)]
    verification_uri_complete: Annotated[str, msgspec.Meta(max_length=400)] = ""
    interval: Annotated[int, msgspec.Meta(ge=0)] = DEFAULT_INTERVAL_S


class TokenAnswer(msgspec.Struct, frozen=True):
    """The server's answer with a token (RFC 6749 section 5.1), and which hub it is for."""

    access_token: Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=r"^[!-~]+$")]
    hub: Short
    hub_name: Annotated[str, msgspec.Meta(max_length=400)] = ""
    scope: Annotated[str, msgspec.Meta(max_length=40)] = "door"


class ErrorAnswer(msgspec.Struct, frozen=True):
    """The server's answer with an error (RFC 6749 section 5.2, RFC 8628 section 3.5)."""

    error: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]


M = TypeVar("M", CodeAnswer, TokenAnswer, ErrorAnswer)


def code_form(*, name: str, node: str, role: str) -> dict[str, str]:
    """Return what is asked with, to get a code. role: what the device would like to be."""
    return {"client_id": CLIENT_ID, "scope": role, "name": name, "node": node}


def token_form(device_code: str) -> dict[str, str]:
    """Return what is asked with, to get a token for a code."""
    return {"grant_type": GRANT, "device_code": device_code, "client_id": CLIENT_ID}


def code_heard(status: int, body: bytes, retry_after_s: float | None = None) -> CodeGiven | Failed:
    """Return what an answer to ``code_form`` means."""
    if status == 200 and (found := _read(body, CodeAnswer)):
        return CodeGiven(_code(found))
    return _trouble(status, body, retry_after_s)


def token_heard(
    status: int, body: bytes, retry_after_s: float | None = None
) -> Paired | Said | Failed:
    """Return what an answer to ``token_form`` means."""
    if status == 200 and (found := _read(body, TokenAnswer)):
        return Paired(found.access_token, found.hub, found.hub_name, found.scope)
    if status in (400, 401, 403) and (said := _read(body, ErrorAnswer)):
        return Said(said.error)
    return _trouble(status, body, retry_after_s)


def _code(found: CodeAnswer) -> Code:
    return Code(
        device_code=found.device_code,
        user_code=found.user_code,
        uri=found.verification_uri,
        uri_complete=found.verification_uri_complete,
        expires_in_s=min(found.expires_in, LONGEST_S),
        interval_s=min(max(1, found.interval), LONGEST_INTERVAL_S),
    )


def _trouble(status: int, body: bytes, retry_after_s: float | None) -> Failed:
    if _read(body, ErrorAnswer) is None:
        return Failed("not_the_server", retry_after_s)
    busy = status in (429, 503) or status < 500
    return Failed("server_busy" if busy else "server_broken", retry_after_s)


def _read(body: bytes, cls: type[M]) -> M | None:
    try:
        message: M = msgspec.json.decode(body, type=cls)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return message
