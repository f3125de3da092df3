"""What the messages hold (sync/protocol.py), as JSON Schema. A test keeps the two the same."""

from __future__ import annotations

from typing import Any, get_args

from sync.protocol import (
    MAX_ANSWER_BYTES,
    MAX_PUSH_BYTES,
    MAX_RECORDS,
    PROTOCOL,
    STATUS,
    RefusalReason,
)
from sync.server.admission import AHEAD_MS, DEEPEST, LONGEST_FIELD, MOST_FIELDS
from sync.server.exchange import LONGEST_WORD
from sync.server.pairing import INTERVAL_S, LASTS_S, WHYS

Schema = dict[str, Any]
"""A JSON Schema; it may hold anything that JSON can."""

KIND = {"type": "string", "pattern": "^[a-z][a-z0-9_]{0,59}$", "examples": ["visit"]}
ID = {
    "type": "string",
    "pattern": "^[A-Za-z0-9][A-Za-z0-9._:-]{0,79}$",
    "description": "UUIDv7; UUIDv5 where two devices that do the same must make one record.",
    "examples": ["0199c7a1-b2c3-7000-8000-9f3a61c20001"],
}
NOW = {"type": "integer", "description": "The server's time, milliseconds since 1970 (UTC)."}
_READING = "[0-9a-f]{12}-[0-9a-f]{4}-[0-9a-f]{8}"
STAMP = {
    "type": "string",
    "pattern": f"^(x|[loh]{_READING}|[LOH]{_READING}~[0-9]{{1,9}}:[0-9a-f]{{16}})$",
    "description": (
        "The letter of the field's rule and a reading of a hybrid logical clock: 12 hex digits of"
        " milliseconds since 1970, 4 of a counter, 8 of the node that wrote it. l: the latest"
        " wins; o: the first; h: the highest integer; L, O, H: the same, written by the server"
        " only, with ~ the number of its key and 16 hex digits of its signature; x: erased for"
        " good, the letter alone, the value null."
    ),
    "examples": ["o0199c7a1b2c3-0000-9f3a61c2"],
}
RECORD: Schema = {
    "description": (
        "One stored thing. A device sends back unharmed what it does not know, kinds and fields"
        " too. Numbers lie within 2^53 (RFC 7493)."
    ),
    "oneOf": [
        {
            "title": "as it stands",
            "type": "object",
            "required": ["kind", "id", "fields", "stamps"],
            "properties": {
                "kind": KIND,
                "id": ID,
                "fields": {
                    "type": "object",
                    "maxProperties": MOST_FIELDS,
                    "propertyNames": {"minLength": 1, "maxLength": LONGEST_FIELD},
                    "additionalProperties": True,
                    "description": (
                        "Field to value. A map is flat: title.en. A field is emptied by null. At"
                        f" most {DEEPEST} levels deep. What each kind has: docs/records.md."
                    ),
                },
                "stamps": {
                    "type": "object",
                    "additionalProperties": STAMP,
                    "description": "Field to stamp; * stands for every field not listed.",
                },
            },
        },
        {
            "title": "erased as a whole",
            "type": "object",
            "required": ["kind", "id", "erased"],
            "properties": {
                "kind": KIND,
                "id": ID,
                "erased": {
                    "type": "string",
                    "pattern": f"^{_READING}$",
                    "description": "When, by the clock above, without a letter.",
                },
            },
        },
    ],
    "examples": [
        {
            "kind": "visit",
            "id": "0199c7a1-b2c3-7000-8000-9f3a61c20001",
            "fields": {"how": "count", "grown_ups": 2},
            "stamps": {"*": "l0199c7a1b2c3-0000-9f3a61c2", "how": "o0199c7a1b2c3-0000-9f3a61c2"},
        }
    ],
}
WORD = {
    "type": "array",
    "prefixItems": [
        {
            "type": "integer",
            "minimum": 1,
            "exclusiveMaximum": 1 << 53,
            "description": "number: 1 for the first ask ever, one more after each answer (200).",
        },
        {
            "type": "string",
            "maxLength": LONGEST_WORD,
            "description": "known: the next of the last answered ask; empty at first.",
        },
        {
            "type": "string",
            "maxLength": LONGEST_WORD,
            "description": (
                "next: 16 random hex digits, on the device's disk before they are sent. Repeated"
                " unchanged until an ask is answered with 200."
            ),
        },
    ],
    "items": False,
    "minItems": 3,
    "description": "By it a device is told from a copy of its card: printable ASCII.",
    "examples": [[1, "", "9c1e5be1c2a97d0e"]],
}
CURSOR = {
    "type": "string",
    "description": (
        "How far the device has heard, as the last answer gave it; empty: from the beginning."
    ),
    "examples": ["812.c41f77a20b9e6d13"],
}
SYNC_ASK = {
    "type": "object",
    "required": ["protocol", "cursor", "word"],
    "properties": {
        "protocol": {"const": PROTOCOL},
        "cursor": CURSOR,
        "word": {"$ref": "#/components/schemas/Word"},
        "push": {
            "type": "array",
            "maxItems": MAX_RECORDS,
            "default": [],
            "items": {"$ref": "#/components/schemas/Record"},
            "description": (
                "What the server lacks. A thing that is no record does not spoil the ask: it comes"
                " back in refused."
            ),
        },
        "limit": {
            "type": "integer",
            "default": MAX_RECORDS,
            "description": (
                f"About how many records to send back, 1 to {MAX_RECORDS}; taken into these bounds."
                " A page ends where a commit ends, so there may be more."
            ),
        },
    },
}
REFUSAL = {
    "type": "object",
    "required": ["kind", "id", "reason"],
    "properties": {
        "kind": {"type": "string", "description": "As it was pushed; empty where it was no text."},
        "id": {"type": "string", "description": "The same."},
        "reason": {
            "type": "string",
            "examples": list(get_args(RefusalReason)),
            "description": (
                "proof: server-only fields without their signature; drop them, the rest was merged."
                f" future: a stamp more than {AHEAD_MS // 60_000} minutes ahead of now and of all"
                " that the hub holds. decided: a field on which a promise stands. letter: a known"
                " field under another rule. scope: not for this token's hub or role. not_a_record:"
                f" not the shape of one. too_large: more than {MAX_PUSH_BYTES >> 10} KiB of fields."
                " not_erasable: an erasure that its kind does not allow."
                " A later server may have more."
            ),
        },
        "say": {"type": "string", "description": "The key of a sentence for people."},
        "fields": {
            "type": "array",
            "items": {"type": "string"},
            "description": "Which fields it is about; any reason but proof refuses the whole.",
        },
    },
}
SYNC_ANSWER = {
    "type": "object",
    "required": ["now", "cursor"],
    "description": f"Up to {MAX_ANSWER_BYTES >> 20} MiB after inflating: a commit is never cut.",
    "properties": {
        "now": NOW,
        "cursor": {
            "type": "string",
            "description": "How far these records reach; to be kept with them, in one transaction.",
        },
        "more": {"type": "boolean", "description": "Ask again at once: there is another page."},
        "records": {
            "type": "array",
            "items": {"$ref": "#/components/schemas/Record"},
            "description": (
                "What is new. A pushed record is among them only if a merge or a decision changed"
                " it. To a wall: its whole copy, which replaces what it has."
            ),
        },
        "refused": {
            "type": "array",
            "items": {"$ref": "#/components/schemas/Refusal"},
            "description": "Everything pushed that is not here is merged and durable.",
        },
    },
}
WOKEN = {
    "type": "object",
    "required": ["now", "news"],
    "properties": {
        "now": NOW,
        "news": {"type": "boolean", "description": "Whether a sync is worth while."},
    },
}
PROBLEM = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "string",
            "examples": list(STATUS),
            "description": "The name of what is in the way; a later server may have more.",
        },
        "say": {"type": "string", "description": "The key of a sentence for people."},
        "now": NOW,
        "token": {"type": "string", "description": "With fork only: this copy's own new token."},
    },
}
CODES = {
    "type": "object",
    "required": ["device_code", "user_code", "verification_uri", "expires_in", "interval"],
    "properties": {
        "device_code": {"type": "string", "description": "To ask for the token with; a secret."},
        "user_code": {
            "type": "string",
            "pattern": "^[B-DF-HJ-NP-TV-XZ]{4}-[B-DF-HJ-NP-TV-XZ]{4}$",
            "description": "To be shown to people.",
        },
        "verification_uri": {"type": "string", "description": "Where people type it."},
        "verification_uri_complete": {"type": "string", "description": "For a QR code."},
        "expires_in": {"const": LASTS_S, "description": "Seconds."},
        "interval": {"const": INTERVAL_S, "description": "Seconds between two asks."},
    },
}
TOKEN = {
    "type": "object",
    "required": ["access_token", "token_type", "scope", "role", "hub", "hub_name", "name"],
    "properties": {
        "access_token": {"type": "string", "description": "hub.device.secret; kept for good."},
        "token_type": {"const": "Bearer"},
        "scope": {"enum": ["door", "wall"]},
        "role": {"enum": ["door", "wall"], "description": "What the device may do; as scope."},
        "hub": {"type": "string", "description": "The id of its hub, a UUID."},
        "hub_name": {"type": "string", "description": "What people call the hub."},
        "name": {"type": "string", "description": "What people call the device."},
    },
}
PAIRING_ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "enum": ["unsupported_grant_type", *WHYS],
            "description": "RFC 8628, section 3.5: ask on after authorization_pending; slower"
            " after slow_down; begin anew after expired_token.",
        }
    },
}
HEALTH = {
    "type": "object",
    "required": ["ok", "now"],
    "properties": {
        "ok": {"type": "boolean", "description": "false only with status 503."},
        "now": NOW,
        "protocol": {"type": "integer", "description": "The version that it speaks."},
    },
}
SCHEMAS: Schema = {
    "Record": RECORD,
    "Word": WORD,
    "SyncAsk": SYNC_ASK,
    "SyncAnswer": SYNC_ANSWER,
    "Refusal": REFUSAL,
    "Woken": WOKEN,
    "Problem": PROBLEM,
    "Codes": CODES,
    "Token": TOKEN,
    "PairingError": PAIRING_ERROR,
    "Health": HEALTH,
}
