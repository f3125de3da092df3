"""What a browser and this server say to each other about a passkey (W3C Web Authentication, level 2).

A challenge is a cookie that only this server can make, good for five minutes in the browser it was
given to; what was answered once is kept until then (``passkeys.use_up``). ``fido2`` checks what a
device signed: it and its cryptography are 14 MB, loaded when somebody first uses a passkey.
"""

from __future__ import annotations

import hmac
import ipaddress
import logging
import re
import secrets
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

import msgspec

from sync.errors import Refused
from sync.server.proofs import Notary
from sync.server.web.host_names import in_ascii

if TYPE_CHECKING:
    from fido2.server import Fido2Server

Purpose = Literal["add", "sign in"]
_USUAL_PORTS = {"https": 443, "http": 80}
LASTS_MS = 5 * 60 * 1000
MOST_ANSWER_SIGNS = 16 * 1024
_HANDLE = re.compile(rb"([0-9a-f-]{36})\.([0-9a-f]{16})")
_UNSOUND = (
    *(ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError),
    *(struct.error, NotImplementedError, OverflowError, RecursionError, msgspec.MsgspecError),
)
"""What ``fido2`` raises of an answer that no browser would send."""


class NotConfirmed(Refused):
    """An answer is not of this passkey, this server, this browser or these five minutes."""

    say = "passkeys.not_confirmed"


@dataclass(frozen=True, slots=True)
class Party:
    """This server as browsers know it. id: its name. origin: its address, without a path."""

    id: str
    origin: str


@dataclass(frozen=True, slots=True)
class Made:
    """A new passkey: of its public key and id all that is kept, and how often it was used."""

    data: bytes
    counter: int


@dataclass(frozen=True, slots=True)
class Claim:
    """Whose passkey an answer says it is of: nothing of it is believed yet."""

    hub: str
    account: str
    credential: bytes


def party_of(address: str) -> Party | None:
    """Return under what passkeys are made for a server; None where no browser makes them.

    address: the server's own, never the one that a request names. It takes TLS and a name.
    """
    parts = urlsplit(address)
    host = parts.hostname or ""
    if not (parts.scheme == "https" or (parts.scheme == "http" and host == "localhost")):
        return None
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return _party(parts.scheme, host, parts.port) if host else None
    return None


def _party(scheme: str, host: str, port: int | None) -> Party:
    """Return it as browsers write it: names in ASCII, no port that says nothing."""
    name = in_ascii(host)
    said = f":{port}" if port not in {None, _USUAL_PORTS[scheme]} else ""
    return Party(name, f"{scheme}://{name}{said}")


def offered(notary: Notary, purpose: Purpose, holder: str, now_ms: int) -> str:
    """Return a new challenge as the cookie that carries it. holder: a session, "" of nobody's."""
    said = f"{now_ms}.{secrets.token_hex(16)}"
    return f"{said}.{notary.derived('challenge', purpose, holder, said)}"


def challenge_of(notary: Notary, purpose: Purpose, holder: str, cookie: str, now_ms: int) -> bytes:
    """Return the challenge of a cookie. Raises NotConfirmed: not ours, not theirs, too old."""
    said, _, mac = cookie.rpartition(".")
    since, _, _dice = said.partition(".")
    ours = notary.derived("challenge", purpose, holder, said)
    if not hmac.compare_digest(mac.encode(), ours.encode()):
        raise NotConfirmed
    if not 0 <= now_ms - int(since) <= LASTS_MS:
        raise NotConfirmed
    return challenge_in(cookie)


def challenge_in(cookie: str) -> bytes:
    """Return the 32 bytes that a device signs."""
    return sha256(cookie.encode()).digest()


def handle_of(hub: str, account: str) -> bytes:
    """Return by what a device knows whose passkey it holds: ids of chance, no name."""
    return f"{hub}.{account}".encode()


def to_add(
    party: Party, cookie: str, handle: bytes, name: str, known: Sequence[bytes]
) -> Mapping[str, Any]:
    """Return what a browser is asked for a new passkey, as JSON. known: those it has already."""
    options, _state = _server(party).register_begin(
        _user(handle, name),
        credentials=[_credential(data) for data in known],
        resident_key_requirement=_required("ResidentKeyRequirement"),
        user_verification=_required("UserVerificationRequirement"),
        challenge=challenge_in(cookie),
    )
    return dict(options)


def added(party: Party, challenge: bytes, answer: str) -> Made:
    """Return the passkey that a device made. Raises NotConfirmed."""
    try:
        said = _answer("RegistrationResponse", answer)
        found = _server(party).register_complete(_state(challenge), said)
        return Made(bytes(found.credential_data or b""), found.counter)
    except _UNSOUND as why:
        raise NotConfirmed from why


def to_sign_in(party: Party, cookie: str) -> Mapping[str, Any]:
    """Return what a browser is asked for whichever passkey it has for this server, as JSON."""
    options, _state = _server(party).authenticate_begin(
        user_verification=_required("UserVerificationRequirement"), challenge=challenge_in(cookie)
    )
    return dict(options)


def claimed(answer: str) -> Claim:
    """Return whose passkey an answer says it is of. Raises NotConfirmed."""
    try:
        said = _answer("AuthenticationResponse", answer)
        found = _HANDLE.fullmatch(said.response.user_handle or b"")
    except _UNSOUND as why:
        raise NotConfirmed from why
    if not found:
        raise NotConfirmed
    hub, account = (part.decode() for part in found.groups())
    return Claim(hub, account, said.raw_id)


def signed(party: Party, challenge: bytes, data: bytes, answer: str) -> int:
    """Return how often a passkey was used, by its own count. data: as kept. Raises NotConfirmed."""
    try:
        said = _answer("AuthenticationResponse", answer)
        _server(party).authenticate_complete(_state(challenge), [_credential(data)], said)
        return int(said.response.authenticator_data.counter)
    except _UNSOUND as why:
        raise NotConfirmed from why


def credential_id(data: bytes) -> bytes:
    """Return the id by which a device finds a passkey."""
    return bytes(_credential(data).credential_id)


@cache
def _server(party: Party) -> Fido2Server:
    from fido2.server import Fido2Server
    from fido2.webauthn import PublicKeyCredentialRpEntity

    logging.getLogger("fido2").setLevel(logging.WARNING)  # below, it names credentials
    entity = PublicKeyCredentialRpEntity(id=party.id, name=party.id)
    return Fido2Server(entity, verify_origin=lambda origin: origin == party.origin)


def _state(challenge: bytes) -> dict[str, Any]:
    from fido2.utils import websafe_encode

    required = _required("UserVerificationRequirement")
    return {"challenge": websafe_encode(challenge), "user_verification": required}


def _required(name: str) -> Any:
    from fido2 import webauthn

    return getattr(webauthn, name).REQUIRED


def _user(handle: bytes, name: str) -> Any:
    from fido2.webauthn import PublicKeyCredentialUserEntity

    return PublicKeyCredentialUserEntity(id=handle, name=name, display_name=name)


def _credential(data: bytes) -> Any:
    from fido2.webauthn import AttestedCredentialData

    return AttestedCredentialData(data)


def _answer(kind: str, answer: str) -> Any:
    """Return what a browser said, read. Raises what _UNSOUND has."""
    from fido2 import webauthn

    if len(answer) > MOST_ANSWER_SIGNS:
        raise ValueError
    found = getattr(webauthn, kind).from_dict(msgspec.json.decode(answer, type=dict[str, Any]))
    if found.response.client_data.cross_origin:  # asked from within somebody else's page
        raise ValueError
    return found
