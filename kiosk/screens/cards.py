"""A card at the door: in, out, or just now; no tap is needed and no other screen is asked."""

from __future__ import annotations

from typing import Any

from kiosk.hub.cards import UnknownCard
from kiosk.hub.names import name_of
from kiosk.hub.sign_in import AgreementDue, JustNow, SignedIn, TapCard, tap_card
from kiosk.hub.sign_out import LeaveVisit, SignedOut, leave_visit
from kiosk.screens.saved.view import after_leaving
from kiosk.screens.tags import tag_words, whole
from kiosk.screens.who import vouched_by
from sync.qr_codes import Leaving

KEYS = {
    SignedIn: "volunteer.card_in",
    SignedOut: "volunteer.card_out",
    JustNow: "volunteer.card_just_now",
}
"""What is said beside the page of a volunteer."""


def card_at_the_door(shell: Any, uid_hash: str, read: str) -> None:
    """Sign the holder of a card in or out and show what came of it; a new card has a page.

    While a volunteer is at work, or somebody is writing, their page stays, and it is only said. read:
    what the reader read; a card that was printed at home says itself whose it is. On the first day
    nobody comes in: what was answered so far stays, and it is said that the reader works.
    """
    if shell.around.set_up:
        shell.announce(shell.words.say("setup.card_read"))
        return
    told = tell if stays(shell) else show
    shell.ask(
        tap_card,
        TapCard(uid_hash, vouched=vouched_by(shell.hub, read)),
        lambda done: told(shell, done.result, uid_hash),
        refused=lambda why: isinstance(why, UnknownCard) and new_card(shell, uid_hash),
        offers_undo=told is show,
    )


def stays(shell: Any) -> bool:
    """Whether what a card did is only said, and the page that is in front stays."""
    return bool(shell.session.volunteer) or shell.screen.is_written_on


def new_card(shell: Any, uid_hash: str) -> bool:
    """Ask a volunteer whose card it is, and anybody else who they are; True: that is said."""
    if shell.screen.is_written_on:
        shell.announce(shell.words.say("card.finish_first"))
        return True
    shell.go("whose_card" if shell.session.volunteer else "new_card", uid_hash=uid_hash)
    return True


def leave_by_code(shell: Any, code: Leaving) -> None:
    """Sign out whoever carries the tag with this code; only its own visit ends by it."""
    told = tell if stays(shell) else show
    shell.ask(
        leave_visit,
        LeaveVisit(code.visit),
        lambda done: told(shell, done.result, ""),
        offers_undo=told is show,
    )


def tell(shell: Any, result: Any, _uid_hash: str) -> None:
    """Say in one line what a card did."""
    key = KEYS.get(type(result), "volunteer.card_agreement")
    person = getattr(result, "person", "")
    name = name_of(shell.hub, person) if person else _tag_of(shell, result)
    shell.announce(shell.words.say(key, name=name))


def _tag_of(shell: Any, result: Any) -> str:
    """Return the tag of a guest who left by its code."""
    visit = shell.hub.visit(result.visits[0]) if isinstance(result, SignedOut) else None
    tag = tag_words(visit.tag, shell.words) if visit else None
    return whole(tag, shell.words) if tag else ""


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
