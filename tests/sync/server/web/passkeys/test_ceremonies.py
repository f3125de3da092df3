"""For which addresses browsers make passkeys, and how long a challenge is one."""

import subprocess
import sys

import pytest

from sync.server.proofs import Notary
from sync.server.web.ceremonies import (
    LASTS_MS,
    NotConfirmed,
    Party,
    challenge_in,
    challenge_of,
    offered,
    party_of,
)

NOTARY, NOW = Notary({1: b"k" * 32}), 1_800_000_000_000


@pytest.mark.parametrize(
    ("address", "party"),
    [
        ("https://hub.example", Party("hub.example", "https://hub.example")),
        ("https://hub.example:8443/", Party("hub.example", "https://hub.example:8443")),
        ("https://Hub.Example:443", Party("hub.example", "https://hub.example")),
        (
            "https://b\u00fccher.example",
            Party("xn--bcher-kva.example", "https://xn--bcher-kva.example"),
        ),
        ("http://localhost:8321", Party("localhost", "http://localhost:8321")),
        ("http://hub.example", None),  # browsers make none without TLS
        ("https://192.0.2.7", None),
        ("https://[2001:db8::1]:8443", None),
        ("", None),
    ],
)
def test_a_passkey_is_made_for_a_name_with_tls(address, party):
    assert party_of(address) == party


def test_a_challenge_is_known_again_in_its_session_for_its_purpose_within_five_minutes():
    cookie = offered(NOTARY, "add", "session", NOW)
    known = (NOTARY, "add", "session", cookie)
    assert challenge_of(*known, NOW) == challenge_of(*known, NOW + LASTS_MS) == challenge_in(cookie)
    others = (
        (NOTARY, "add", "session", cookie, NOW + LASTS_MS + 1),
        (NOTARY, "add", "session", cookie, NOW - 1),
        (NOTARY, "add", "other", cookie, NOW),
        (NOTARY, "sign in", "session", cookie, NOW),
        (Notary({1: b"x" * 32}), "add", "session", cookie, NOW),
        (NOTARY, "add", "session", cookie[:-1], NOW),
        (NOTARY, "add", "session", "", NOW),
        (NOTARY, "add", "session", "é.x.y", NOW),
    )
    for one in others:
        with pytest.raises(NotConfirmed):
            challenge_of(*one)


def test_no_two_challenges_are_alike():
    cookies = {offered(NOTARY, "sign in", "", NOW) for _ in range(50)}
    assert len({challenge_in(one) for one in cookies}) == 50


def test_a_server_at_rest_has_not_loaded_what_checks_passkeys():
    asks = "import sys, sync.server.app; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", asks], capture_output=True, check=True, text=True
    ).stdout.split()
    assert "sync.server.web.routes.passkeys" in loaded
    assert not {"fido2", "cryptography", "PIL.ImageFont"} & set(loaded)
