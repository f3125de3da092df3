"""What the ports have to tell, in words that a volunteer understands; never a card's number."""

from kiosk.hardware.cards import Once
from kiosk.hardware.facts import Answered, CardRead, CodeRead, Fact, PhoneHeld, Presence
from kiosk.hardware.kinds import AUTO
from kiosk.hardware.news import PortNews, Tell

CALLED = {
    "rdm6300": "a badge reader (RDM6300)",
    "id12": "a badge reader (ID-12LA or ID-20LA)",
    "pn532": "a card reader (PN532)",
    "ld2410": "a presence sensor (LD2410)",
    "scanner": "a scanner that sends lines (or a reader that prints lines: name it wiegand then)",
    "wiegand": "a reader that prints lines (Wiegand)",
}
_OF_PORTS = {
    "found": "Plugged in.",
    "gone": "Unplugged, or its cable is loose. It is used again as soon as it is back.",
    "busy": "Somebody else is using it. If the door is running, stop the door first.",
    "denied": "This account may not open it. Add the account to the group dialout, log in again.",
    "away": "It cannot be opened. Trying again.",
    "silent": "It says nothing. Does it have power? Opening it again.",
    "noise": "What arrives makes no sense. Is something else connected than was named?",
}


class Teller:
    """Makes sentences of news, and none of what was just said."""

    def __init__(self) -> None:
        self._once = Once()
        self._somebody: dict[str, bool] = {}

    def sentence(self, tell: Tell, now_s: float) -> str | None:
        """Return what to say; None where nothing is new. now_s: monotonic seconds."""
        news = tell.news
        if isinstance(news, PortNews):
            self._somebody.pop(tell.path, None)
            return _of_port(news)
        if isinstance(news, CardRead):
            return "A card was read." if self._once.new(tell.path + news.uid, now_s) else None
        if isinstance(news, Presence):
            if self._somebody.get(tell.path) == news.somebody:
                return None
            self._somebody[tell.path] = news.somebody
        return _of_fact(news)


def _of_port(news: PortNews) -> str:
    if news.what == "recognised":
        return f"This is {CALLED[news.kind]}."
    if news.what != "open":
        return _OF_PORTS[news.what]
    if news.kind == AUTO:
        return "Opened; finding out what it is. Hold a card to it."
    return f"Opened as {CALLED[news.kind]}."


def _of_fact(fact: Fact) -> str | None:
    match fact:
        case CodeRead(text):
            return f"A code of {len(text)} characters was read."
        case PhoneHeld():
            return "A phone was held to it. Its number changes each time, so it cannot be a card."
        case Presence() if fact.somebody:
            return f"Somebody is there, {fact.distance_cm / 100:.1f} m away."
        case Presence():
            return "Nobody is there."
        case CardRead() | Answered():
            return None
