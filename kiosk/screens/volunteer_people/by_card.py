"""A card held on a page about people opens the page of whose it is."""

from __future__ import annotations

from typing import Any

from kiosk.hub.cards import UnknownCard
from kiosk.screens.who import holder_of
from sync.errors import Refused


def person_of_card(screen: Any, uid: str) -> bool:
    """Open the page of the holder of a card, or ask whose a new one is; it is taken either way.

    Where something is being typed that comes first.
    """
    if screen.is_written_on:
        screen.shell.announce(screen.words.say("card.finish_first"))
        return True
    try:
        person = holder_of(screen.shell, uid)
    except UnknownCard:
        screen.go("whose_card", uid_hash=screen.shell.around.hashed(uid))
    except Refused as why:
        screen.shell.asking.explain(why)
    else:
        screen.go("volunteer_person", person=person.id)
    return True
