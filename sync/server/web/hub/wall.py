"""Which pages a hub's walls show. Pure."""

from __future__ import annotations

from sync.errors import Refused
from sync.records.hub import WALL_PAGES, Hub, wall_pages
from sync.server.web.hub.parts import Part, Typed
from sync.server.web.hub.sections import NoSuchChoice
from sync.server.web.words import Words


class NoPage(Refused):
    """A wall shows something."""

    say = "hub.no_page"


def pages(hub: Hub, words: Words) -> list[Part]:
    """Return the pages of the wall as one part: a box each, ticked where it is shown."""

    def read(typed: Typed) -> list[str] | None:
        chosen = typed.get("wall_pages", ())
        if any(one not in WALL_PAGES for one in chosen):
            raise NoSuchChoice
        kept = [one for one in WALL_PAGES if one in chosen]
        if not kept:
            raise NoPage
        return kept if len(kept) < len(WALL_PAGES) else None  # all: and what comes later as well

    return [
        Part(
            "wall_pages",
            words.say("hub.wall_pages"),
            # A form without a ticked box does not name them: this says that they were on it.
            {"wall_pages": wall_pages(hub), "wall_asked": ("yes",)},
            read,
            lambda kept: ", ".join(words.say(f"wall_page.{one}") for one in kept or WALL_PAGES),
        )
    ]
