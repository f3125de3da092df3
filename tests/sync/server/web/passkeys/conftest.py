"""A server that knows its own address, and a volunteer whose phone has a passkey."""

from __future__ import annotations

import pytest

from tests.sync.server.web.browser import browsers
from tests.sync.server.web.passkeys.asking import adds
from tests.sync.server.web.passkeys.authenticator import ORIGIN, Authenticator


@pytest.fixture
def another(village):
    """Open one more browser, at an address for which passkeys are made."""
    village.public_url = ORIGIN
    with browsers(village) as opens:
        yield opens


@pytest.fixture
def device():
    return Authenticator()


@pytest.fixture
def owner(volunteer, device):
    """A volunteer's browser; their phone has a passkey."""
    adds(volunteer, device)
    assert volunteer.status == 200, volunteer.page
    return volunteer
