"""A device that makes passkeys and signs with them, in software; and how it can be wrong."""

from __future__ import annotations

import json
import secrets
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

FLAG = AuthenticatorData.FLAG
ORIGIN, RP = "http://localhost", "localhost"


class Authenticator:
    """One device with one passkey, which counts its uses where ``counts`` is not 0."""

    def __init__(self, counts: int = 1) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.credential = secrets.token_bytes(32)
        self.counter, self.counts = 0, counts
        self.handle = b""

    @property
    def data(self) -> bytes:
        """Its credential's id and public key."""
        public = ES256.from_cryptography_key(self.key.public_key())
        return bytes(AttestedCredentialData.create(bytes(16), self.credential, public))

    def makes(self, options: dict[str, Any], **wrong: Any) -> str:
        """Answer what a page asked for a new passkey."""
        said = options["publicKey"]
        self.handle = websafe_decode(said["user"]["id"])
        client = self._client("webauthn.create", said, wrong)
        data = self._data(FLAG.AT, self.data, wrong)
        told = {"attestationObject": bytes(AttestationObject.create("none", data, {}))}
        return self._answer(client, told)

    def signs(self, options: dict[str, Any], **wrong: Any) -> str:
        """Answer what a page asked to sign in. wrong: origin, rp, flags, type, handle, challenge."""
        client = self._client("webauthn.get", options["publicKey"], wrong)
        data = self._data(FLAG(0), b"", wrong)
        signature = self.key.sign(bytes(data) + client.hash, ec.ECDSA(hashes.SHA256()))
        handle = wrong.get("handle", self.handle)
        told = {"authenticatorData": bytes(data), "signature": signature, "userHandle": handle}
        return self._answer(client, told)

    def _client(
        self, kind: str, said: dict[str, Any], wrong: dict[str, Any]
    ) -> CollectedClientData:
        challenge = wrong.get("challenge", websafe_decode(said["challenge"]))
        crossed = wrong.get("cross_origin", False)
        origin = wrong.get("origin", ORIGIN)
        return CollectedClientData.create(wrong.get("type", kind), challenge, origin, crossed)

    def _data(self, more: FLAG, made: bytes, wrong: dict[str, Any]) -> AuthenticatorData:
        self.counter += self.counts
        flags = wrong.get("flags", FLAG.UP | FLAG.UV) | more
        rp_hash = sha256(wrong.get("rp", RP).encode()).digest()
        return AuthenticatorData.create(rp_hash, flags, self.counter, made)

    def _answer(self, client: CollectedClientData, told: dict[str, bytes]) -> str:
        response = {name: websafe_encode(value) for name, value in told.items()}
        response["clientDataJSON"] = websafe_encode(bytes(client))
        name = websafe_encode(self.credential)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})
