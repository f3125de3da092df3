"""A thumb on a phone: it taps what it sees, types, and every tap counts."""

from __future__ import annotations

from typing import Any

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "locale": "en-GB",
    "has_touch": True,
    "is_mobile": True,
}
"""Any: what Playwright opens a window with."""
PASSWORD = "a kettle and a chair"


class Thumb:
    """taps: how often the glass was touched; a field is touched before it is typed into."""

    def __init__(self, page: Any) -> None:
        """page: Playwright's own, without types."""
        self.page, self.taps = page, 0

    def opens(self, link: str) -> None:
        """Tap a link that somebody sent."""
        self.taps += 1
        self.page.goto(link)

    def taps_on(self, what: str) -> None:
        """Tap something."""
        self.taps += 1
        self.page.tap(what)

    def types(self, field: str, text: str) -> None:
        """Tap a field and type."""
        self.taps_on(field)
        self.page.keyboard.type(text)

    def comes_in(self, link: str, name: str) -> None:
        """Come in by an invitation."""
        self.opens(link)
        self.types("#name", name)
        self.types("#password", PASSWORD)
        self.taps_on("button.primary")
        self.page.wait_for_url("**/notices?said=welcome")

    def writes(self, title: str) -> None:
        """Write a notice, and leave it at the button that publishes it."""
        self.taps_on("a.primary")
        self.page.wait_for_url("**/notices/new")
        self.types("#title-en", title)

    def publishes(self) -> None:
        """Publish it."""
        self.taps_on(".foot button.primary")
        self.page.wait_for_url("**/notices?said=published")


class Wire:
    """What pages cost on the wire: bytes by page, as the browser counts them, heads included.

    A page's own file and what it is drawn with count for the page that asked for them.
    """

    def __init__(self, page: Any) -> None:
        """page: Playwright's own, without types."""
        self.pages: list[tuple[str, float]] = []
        self._network = page.context.new_cdp_session(page)
        self._network.send("Network.enable")
        self._network.on("Network.requestWillBeSent", self._asked)
        self._network.on("Network.loadingFinished", self._came)

    def is_slow(self, *, latency_ms: float, bytes_a_second: float) -> None:
        """Have the network be slow, as the browser emulates it."""
        both = {"downloadThroughput": bytes_a_second, "uploadThroughput": bytes_a_second}
        self._network.send(
            "Network.emulateNetworkConditions", {"offline": False, "latency": latency_ms, **both}
        )

    def _asked(self, one: dict[str, Any]) -> None:
        # A form that leads on to another page is one page; htmx asks by XHR.
        if one.get("type") in {"Document", "XHR"} and "redirectResponse" not in one:
            self.pages.append((one["request"]["url"], 0.0))

    def _came(self, one: dict[str, Any]) -> None:
        if self.pages:
            url, size = self.pages[-1]
            self.pages[-1] = (url, size + one["encodedDataLength"])
