"""Texts of QR codes that people carry: a guest's tag to leave with, a member's card printed at home.

Capital letters and digits alone, so that a scanner that types sends the same on every keyboard
layout, and a code stays small. ``DOOROUT`` holds a visit: scanned, it ends that visit and no other,
whatever day it is. ``DOORCARD`` holds a person and a number of issue, signed with the hub's
``card_key`` by whoever makes it, the server's page for one; a door knows it without being online.
It is taken back as every card is: a ``card`` record of its ``card_hash`` that is lost.
"""

from __future__ import annotations

import hmac
from base64 import b32decode, b32encode
from dataclasses import dataclass, field
from hashlib import sha256
from uuid import UUID

LEAVE, CARD = "DOOROUT", "DOORCARD"
MAC_BYTES = 10
LONGEST = 64
HIGHEST_ISSUE = 0xFFFF


@dataclass(frozen=True, slots=True)
class Leaving:
    """The code of a guest's tag: the visit that it ends."""

    visit: str


@dataclass(frozen=True, slots=True)
class HomeCard:
    """A card printed at home whose signature is right."""

    person: str
    issue: int
    card_hash: str
    """What is stored of it, as ``card.uid_hash``."""
    text: str = field(repr=False, default="")


def leaving_code(visit_id: str) -> str:
    """Return the text of a guest tag's code. visit_id: a UUID, as records have it."""
    return LEAVE + _letters(UUID(visit_id).bytes)


def home_card(card_key: str, hub_id: str, person_id: str, issue: int) -> str:
    """Return the text of a person's card. issue: 1 for the first, counting up with each new one.

    card_key: the hub's, as its record has it. Raises ValueError where there is none, or where
    an id or the issue is none.
    """
    if not card_key:
        raise ValueError("a hub without a card_key makes no cards")
    if not 1 <= issue <= HIGHEST_ISSUE:
        raise ValueError(f"issue {issue}")
    body = UUID(person_id).bytes + issue.to_bytes(2, "big")
    return CARD + _letters(body + _mac(card_key, hub_id, body))


def read_leaving(text: str) -> Leaving | None:
    """Return what a scanned text says of leaving, None where it is no such code."""
    body = _bytes(text, LEAVE)
    return Leaving(str(UUID(bytes=body))) if body is not None and len(body) == 16 else None


def read_card(text: str, card_key: str, hub_id: str) -> HomeCard | None:
    """Return the card that a scanned text is, None where it is none or its signature is wrong."""
    whole = _bytes(text, CARD)
    if not card_key or whole is None or len(whole) != 18 + MAC_BYTES:
        return None
    body, mac = whole[:18], whole[18:]
    if not hmac.compare_digest(mac, _mac(card_key, hub_id, body)):
        return None
    person = str(UUID(bytes=body[:16]))
    return HomeCard(person, int.from_bytes(body[16:], "big"), card_hash(text), text)


def is_code(text: str) -> bool:
    """Say whether a scanned text means to be one of ours."""
    return _tidy(text).startswith((LEAVE, CARD))


def card_hash(text: str) -> str:
    """Return what is stored of a card printed at home.

    No key is needed: whoever could guess a text could forge its signature.
    """
    return sha256(f"home card:{_tidy(text)}".encode()).hexdigest()


def _mac(card_key: str, hub_id: str, body: bytes) -> bytes:
    message = b"home card:" + hub_id.encode() + b":" + body
    return hmac.new(card_key.encode(), message, sha256).digest()[:MAC_BYTES]


def _tidy(text: str) -> str:
    return text.strip().upper()


def _letters(body: bytes) -> str:
    return b32encode(body).decode().rstrip("=")


def _bytes(text: str, prefix: str) -> bytes | None:
    """Return the bytes of a code; None where it is another text, or written in another way."""
    said = _tidy(text)
    if not said.startswith(prefix) or len(said) > LONGEST:
        return None
    letters = said.removeprefix(prefix)
    try:
        body = b32decode(letters + "=" * (-len(letters) % 8))
    except ValueError:
        return None
    return body if _letters(body) == letters else None
