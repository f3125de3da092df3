"""The calls: what each takes, what it answers, and what stands in its way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from sync import protocol
from sync.server.description.schemas import CURSOR, SCHEMAS, Schema
from sync.server.files import LONGEST_SIDE_PX, MAX_FILE_BYTES, MAX_PHOTO_PIXELS, MAX_PIXELS
from sync.server.pairing import GRANT, LASTS_S, MAX_FORM_BYTES

_KIB, _MIB = 1 << 10, 1 << 20
_PROBLEMS: Mapping[int, str] = {
    400: "bad_message: not JSON, not this message. protocol: a version that it does not speak.",
    401: "unpaired: no token, or one that nobody knows. Keep everything, ask to be paired.",
    403: "forbidden: a token that was taken back, or whose role may not do this.",
    404: "There is no such thing here.",
    409: (
        "fork: a copy of this device goes on with its word; take the new token and another node"
        " id, begin at word 1, send what waits. reset: the cursor or the word is of another life of"
        " the database; offer every record again, hear from the empty cursor, repeat the word."
        " expired: away for more than 400 days; drop what any server ever accepted, hear from the"
        " empty cursor. future: all that was pushed is stamped later than now allows."
    ),
    413: "too_large: send half; one record that is too large alone stays on the device.",
    429: "too_many: wait for Retry-After.",
    500: "broken: a bug; nothing was merged. Send half, to find the record that breaks it.",
    503: "busy, full (its disk), clock (an operator has to look): wait for Retry-After.",
}
_RETRY = {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds."}}


def document() -> Schema:
    """Return the document that the server serves."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Door of the commons: server",
            "version": "1",
            "description": _ABOUT,
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "servers": [{"url": "/"}],
        "paths": _paths(),
        "components": {
            "schemas": SCHEMAS,
            "securitySchemes": {
                "device": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "hub.device.secret, from POST /v1/device/token.",
                }
            },
        },
    }


def as_text() -> str:
    """Return the document as a file keeps it."""
    return msgspec.json.format(msgspec.json.encode(document()), indent=1).decode() + "\n"


_ABOUT = f"""\
What a kiosk and its server say to each other (docs/sync.md says why).

Limits. A whole ask: {protocol.MAX_ASK_BYTES // _KIB} KiB, before and after inflating; of it the records of a\
 push {protocol.MAX_PUSH_BYTES // _KIB} KiB by custom. A device: 200 asks at once, then 20 a second; an\
 address without a token: 30, then 1 a second. A form: {MAX_FORM_BYTES // _KIB} KiB. A picture:\
 {MAX_FILE_BYTES // _MIB} MiB.

Every answer of /v1/sync and /v1/wait, and every Problem, is JSON in gzip, whatever Accept-Encoding\
 says. An ask may be in gzip; it is known by its first bytes. Fields that are not known are ignored\
 on both sides.
"""


def _paths() -> Schema:
    return {
        "/v1/sync": {"post": _sync()},
        "/v1/wait": {"get": _wait()},
        "/v1/device/code": {"post": _code()},
        "/v1/device/token": {"post": _token()},
        "/v1/files/{name}": {"put": _put_file(), "get": _get_file()},
        "/v1/health": {"get": _health()},
        "/v1/metrics": {"get": _metrics()},
        "/v1/openapi/openapi.json": {"get": _description()},
    }


def _operation(
    name: str, summary: str, about: str, answers: Schema, *problems: int, **more: Any
) -> Schema:
    # Any: the further parts of an operation, as OpenAPI has them.
    refused = {str(status): _problem(status) for status in problems}
    return {
        "operationId": name,
        "summary": summary,
        "description": about,
        **more,
        "responses": answers | refused,
    }


def _json(name: str, about: str) -> Schema:
    schema = {"$ref": f"#/components/schemas/{name}"}
    return {"description": about, "content": {"application/json": {"schema": schema}}}


def _problem(status: int) -> Schema:
    headers = {"headers": _RETRY} if status in {429, 503} else {}
    return _json("Problem", _PROBLEMS[status]) | headers


_DEVICE: Schema = {"security": [{"device": []}]}
_ANYBODY: Schema = {"security": []}
_JUDGED = (400, 401, 403, 429, 500, 503)


def _sync() -> Schema:
    schema = {"$ref": "#/components/schemas/SyncAsk"}
    headers = [
        _header(protocol.NODE_HEADER, "^[0-9a-f]{8}$", "The device's node id."),
        _header(protocol.WAITING_HEADER, "^[0-9]{1,8}$", "How many records it has yet to send."),
        _header(
            protocol.COLOUR_HEADER, "^[a-z]{1,12}$", "The colour that its guest tags were to have."
        ),
    ]
    return _operation(
        "sync",
        "Push what is new here, pull what is new there",
        "Ask until more is false. The first exchange of a boot pushes nothing: it learns now.",
        {"200": _json("SyncAnswer", "What was pushed is durable.")},
        *_JUDGED,
        409,
        413,
        parameters=headers,
        requestBody={"required": True, "content": {"application/json": {"schema": schema}}},
        **_DEVICE,
    )


def _header(name: str, pattern: str, about: str) -> Schema:
    schema = {"type": "string", "pattern": pattern}
    return {"name": name, "in": "header", "schema": schema, "description": about}


def _wait() -> Schema:
    said = {
        "name": "all_sent",
        "in": "query",
        "schema": {"enum": ["", "0", "1"], "default": ""},
        "description": "1: nothing waits to be sent, as of the start of this call.",
    }
    return _operation(
        "wait",
        "Wait for news of the hub",
        f"Answers when the hub has news or does not know the cursor, or after {protocol.WAIT_S} s. No"
        " records: sync when news is true.",
        {"200": _json("Woken", "Whether there is news.")},
        *_JUDGED,
        parameters=[{"name": "cursor", "in": "query", "schema": CURSOR}, said],
        **_DEVICE,
    )


def _form(required: list[str], **fields: Schema) -> Schema:
    schema = {"type": "object", "required": required, "properties": fields}
    kind = "application/x-www-form-urlencoded"
    return {"required": True, "content": {kind: {"schema": schema}}}


def _code() -> Schema:
    away = _json("PairingError", "temporarily_unavailable: too many codes are open.")
    return _operation(
        "askForCode",
        "Ask for a code to be paired by",
        f"RFC 8628, section 3.1. The code ends after {LASTS_S // 60} minutes.",
        {
            "200": _json("Codes", "Show user_code and ask for the token."),
            "503": _either(away, _problem(503)),
        },
        400,
        413,
        429,
        500,
        requestBody=_form(
            [],
            client_id={"type": "string", "description": "Not looked at."},
            name={"type": "string", "description": "Of the device; its first 120 signs."},
            node={"type": "string", "description": "Its node id; its first 8 signs."},
        ),
        **_ANYBODY,
    )


def _token() -> Schema:
    why = _json("PairingError", "Not yet, or not any more; see error.")
    return _operation(
        "askForToken",
        "Ask whether a volunteer has said yes",
        "RFC 8628, section 3.4. Asked again until the code ends, the same token is given.",
        {
            "200": _json("Token", "The device is paired."),
            "400": _either(why, _problem(400)),
        },
        413,
        429,
        500,
        503,
        requestBody=_form(
            ["grant_type", "device_code"],
            grant_type={"const": GRANT},
            device_code={"type": "string"},
        ),
        **_ANYBODY,
    )


def _either(one: Schema, other: Schema) -> Schema:
    schemas = [part["content"]["application/json"]["schema"] for part in (one, other)]
    both = {"application/json": {"schema": {"anyOf": schemas}}}
    about = f"{one['description']} Or: {other['description']}"
    headers = {"headers": _RETRY} if "headers" in other else {}
    return {"description": about, "content": both, **headers}


_NAME: Schema = {
    "name": "name",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    "description": "The SHA-256 of what is sent, 64 hex digits.",
}
_BYTES: Schema = {"schema": {"type": "string", "format": "binary"}}


def _put_file() -> Schema:
    return _operation(
        "putFile",
        "Keep a picture of a notice",
        f"At most {MAX_FILE_BYTES // _MIB} MiB: JPEG of {MAX_PHOTO_PIXELS // 10**6} million pixels,"
        f" PNG or WebP of {MAX_PIXELS // 10**6}. It is drawn anew without"
        f" metadata, at most {LONGEST_SIDE_PX} px a side. Doors only.",
        {"204": {"description": "It is kept, or was."}},
        *_JUDGED,
        404,
        413,
        parameters=[_NAME],
        requestBody={"required": True, "content": {"application/octet-stream": _BYTES}},
        **_DEVICE,
    )


def _get_file() -> Schema:
    digest = {"schema": {"type": "string"}, "description": "Of these bytes (RFC 9530)."}
    return _operation(
        "getFile",
        "Fetch a picture of one's own hub",
        "Never another one under the same address; it may be kept for good.",
        {
            "200": {
                "description": "The picture as it was drawn anew: not the bytes that were sent.",
                "headers": {"Repr-Digest": digest},
                "content": {"image/jpeg": _BYTES, "image/png": _BYTES},
            }
        },
        *_JUDGED,
        404,
        parameters=[_NAME],
        **_DEVICE,
    )


def _health() -> Schema:
    answers = {
        "200": _json("Health", "Both answer."),
        "503": _json("Health", "The database does not."),
    }
    about = "For the proxy and for people; looks at nothing of any hub."
    summary = "Whether the server and its database answer"
    return _operation("health", summary, about, answers, 500, **_ANYBODY)


def _metrics() -> Schema:
    text = {"content": {"text/plain": {"schema": {"type": "string"}}}}
    answers = {"200": {"description": "Prometheus's text format, version 0.0.4.", **text}}
    about = "Requests, records, refusals, who waits; nothing about hubs or people."
    return _operation("metrics", "Figures of this process", about, answers, 500, **_ANYBODY)


def _description() -> Schema:
    shape = {"content": {"application/json": {"schema": {"type": "object"}}}}
    answers = {"200": {"description": "OpenAPI 3.1.", **shape}}
    return _operation("describe", "This document", "", answers, 500, **_ANYBODY)
