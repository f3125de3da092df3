"""Templates: every value is escaped, and a fact that is missing is a bug, not a gap."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sync.server.web.assets import address_of_asset
from sync.server.web.words import languages

if TYPE_CHECKING:
    from jinja2 import Environment

FOLDER = Path(__file__).parent / "templates"
MENU = (
    ("/notices", "news", "menu.notices", "volunteer"),
    ("/rooms", "rooms", "menu.rooms", "volunteer"),
    ("/here", "here", "menu.here", "volunteer"),
    ("/people", "people", "menu.people", "volunteer"),
    ("/devices", "screen", "menu.devices", "volunteer"),
    ("/activity", "history", "menu.activity", "volunteer"),
    ("/feeds", "feed", "menu.feeds", "volunteer"),
    ("/hub", "cog", "menu.hub", "volunteer"),
    ("/volunteers", "key", "menu.volunteers", "steward"),
    ("/you", "person", "menu.you", "volunteer"),
)
"""Where the menu leads: address, sign, key of the words, who sees it."""


class Templates:
    """The templates of the pages; Jinja is loaded when the first page is asked for."""

    def drawn(self, name: str, facts: Mapping[str, Any]) -> str:
        """Return a page as text. facts: what it says, strings of anybody's making included."""
        return self._environment.get_template(name).render(facts)

    @cached_property
    def _environment(self) -> Environment:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined

        made = Environment(
            loader=FileSystemLoader(FOLDER),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        made.globals |= {"asset": address_of_asset, "spoken": languages(), "menu": MENU}
        return made


@cache
def the_templates() -> Templates:
    """Return the templates of this process: they are compiled once, whatever asks for them."""
    return Templates()
