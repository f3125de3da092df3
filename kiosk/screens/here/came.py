"""What happens after somebody said that they are here."""

from __future__ import annotations

from typing import Any

from kiosk.hub.sign_in import AgreementDue, ComeByTile, JustNow, SignedIn


def show(shell: Any, result: Any, *, by_card: bool = False) -> None:
    """Open what belongs to it: the welcome, or the house agreement first.

    by_card: they held their card, so the welcome may speak of what is theirs.
    """
    match result:
        case AgreementDue():
            shell.go("agreement", due=result)
        case SignedIn() | JustNow():
            shell.session.person, shell.session.by_card = result.person, by_card
            shell.go("welcome", result=result)


def said(person: str, answer: str) -> ComeByTile:
    """Return the same coming in, with an answer to the agreement: "yes" or "not_now"."""
    return ComeByTile(person, said=answer)  # type: ignore[arg-type]  # one of its two answers
