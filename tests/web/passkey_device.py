"""A device with passkeys, as Chromium pretends one: it says yes whenever it is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.web.thumb import PASSWORD


def add_a_passkey(page: Any, address: str) -> None:
    """Add a passkey, from a device that says yes to everything; without scripts there is none."""
    if not page.is_visible("form[data-passkey]"):
        return
    has_a_passkey_device(page)
    page.fill("#passkey_name", "Phone")
    page.fill("#passkey_password", PASSWORD)
    page.click("form[data-passkey] button")
    page.wait_for_url("**/you?said=passkey_added")


def has_a_passkey_device(page: Any) -> Callable[[bool], None]:
    """Give a page a device that makes passkeys; return what says whether it knows its owner."""
    about = {"protocol": "ctap2", "transport": "internal", "isUserVerified": True}
    can = ("hasResidentKey", "hasUserVerification", "automaticPresenceSimulation")
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    device = devtools.send(
        "WebAuthn.addVirtualAuthenticator", {"options": about | dict.fromkeys(can, True)}
    )
    return lambda known: devtools.send(
        "WebAuthn.setUserVerified", device | {"isUserVerified": known}
    )
