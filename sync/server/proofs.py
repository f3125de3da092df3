"""Proofs: what the server promised carries its signature, so that it knows its own word again.

``H0199c7a1b9f0-0001-00000001~2:5be1c2a97d0e43f1`` ends in the number of a key and 64 bits of an
HMAC over hub, kind, id, field, value and stamp. The keys lie in the server's settings, not in its
database: a restored server recognises its promises when devices offer them back, and nobody can
forge one. Old keys are kept.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from sync.merge import Json, Version, canonical

SERVER_RULES = "OLH"
_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Notary:
    """Signs with the newest of its keys (by number), and knows all of them."""

    keys: Mapping[int, bytes]

    def signed(self, hub: str, key: tuple[str, str], field: str, version: Version) -> Version:
        """Return a server-only version with its proof. key: kind and id of the record."""
        number = max(self.keys)
        mac = self._mac(number, hub, key, field, version)
        return Version(version.rule, f"{version.stamp}~{number}:{mac}", version.value)

    def holds(self, hub: str, key: tuple[str, str], field: str, version: Version) -> bool:
        """Whether a version carries a proof made here, over exactly this."""
        stamp, _, proof = version.stamp.partition("~")
        number, _, mac = proof.partition(":")
        # isdecimal alone would let other scripts' digits through, which int() reads as well.
        if not (number.isascii() and number.isdecimal() and mac.isascii()) or len(number) > 9:
            return False
        if int(number) not in self.keys or str(int(number)) != number:
            return False
        said = Version(version.rule, stamp, version.value)
        return hmac.compare_digest(mac, self._mac(int(number), hub, key, field, said))

    def derived(self, *parts: str) -> str:
        """Return 40 hex digits that only this server can compute from these parts."""
        return hmac.new(self.keys[min(self.keys)], _joined(parts), sha256).hexdigest()[:40]

    def _mac(
        self, number: int, hub: str, key: tuple[str, str], field: str, version: Version
    ) -> str:
        value: Json = version.value
        parts = (hub, *key, field, version.rule + version.stamp)
        message = _joined(parts) + canonical(value)
        return hmac.new(self.keys[number], message, sha256).hexdigest()[:_DIGITS]


def _joined(parts: tuple[str, ...]) -> bytes:
    # Each with its length before it: "a" + "bc" is not "ab" + "c".
    encoded = [part.encode("utf-8", "surrogatepass") for part in parts]
    return b"".join(len(part).to_bytes(4, "big") + part for part in encoded)
