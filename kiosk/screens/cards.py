"""A card at the door: in, out, or just now; no tap is needed and no other screen is asked."""

from __future__ import annotations

from typing import Any

from kiosk.hub.sign_in import AgreementDue, JustNow, SignedIn, TapCard, tap_card
from kiosk.hub.sign_out import SignedOut
from kiosk.screens.saved.view import after_leaving


def card_at_the_door(shell: Any, uid_hash: str) -> None:
    """Sign the holder of a card in or out and show what came of it."""
    shell.ask(tap_card, TapCard(uid_hash), lambda done: show(shell, done.result, uid_hash))


def show(shell: Any, result: Any, uid_hash: str) -> None:
    """Open the screen that belongs to what a card did."""
    match result:
        case SignedIn():
            shell.session.person, shell.session.by_card = result.person, True
            shell.go("welcome", result=result)
        case JustNow(is_in=True):
            shell.session.person, shell.session.by_card = result.person, True
            shell.go("welcome", result=result)
        case SignedOut():
            facts = after_leaving(result, shell.hub, shell.now(), shell.words)
            shell.go("saved", **facts)
        case JustNow():
            shell.go("saved", **just_left(shell))
        case AgreementDue():
            shell.go("agreement", due=result, uid_hash=uid_hash)


def just_left(shell: Any) -> dict[str, Any]:
    """Say to a card held twice that its holder is out already."""
    words = shell.words
    return {"title": words.say("leaving.goodbye"), "text": words.say("leaving.just_left")}
