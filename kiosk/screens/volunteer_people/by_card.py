"""A card held on a page about people opens the page of whose it is."""

from __future__ import annotations

from typing import Any

from kiosk.hub.cards import UnknownCard, holder
from sync.errors import Refused


def person_of_card(screen: Any, uid: str) -> bool:
    """Open the page of the holder of a card, or ask whose a new one is; it is taken either way.

    Where something is being typed that comes first.
    """
    if screen.is_written_on:
        screen.shell.announce(screen.words.say("card.finish_first"))
        return True
    hashed = screen.shell.around.hashed(uid)
    try:
        person = holder(screen.hub, hashed)
    except UnknownCard:
        screen.go("whose_card", uid_hash=hashed)
    except Refused as why:
        screen.shell.asking.explain(why)
    else:
        screen.go("volunteer_person", person=person.id)
    return True
