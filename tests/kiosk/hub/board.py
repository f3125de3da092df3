"""One notice, who wrote it, and who else may have a hand in it."""

from __future__ import annotations

from kiosk.hub.actor import Actor
from tests.kiosk.hub.house import at, id_of

LUIS, INES = "Luis Ortega", "Inés Valverde"
OWNER, VOLUNTEER = Actor(2, id_of(LUIS)), Actor(3, id_of(INES))
EVA = Actor(1, name="Eva Gil")
NOW = at("10:00")
SOUP = id_of("Soup on Friday")
