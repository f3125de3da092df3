"""Wrong passwords slow down who guesses, and nobody else.

A browser that was signed in before is known by a cookie that only this server can make, and has
tries of its own. Strangers share those of the account they guess at: however long somebody keeps
guessing, the volunteer's own phone is let in. A new browser can always come in by a link from a
steward.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sync.errors import Refused
from sync.server.proofs import Notary
from sync.server.rates import Rates


class TooManyTries(Refused):
    """Somebody has to wait before the next try."""

    say = "sign_in.too_many"

    def __init__(self, *, wait_s: int) -> None:
        super().__init__(f"wait {wait_s} s")
        self.minutes = max(1, -(-wait_s // 60))


@dataclass(frozen=True)
class Tries:
    """Asks at once and a second after: of an address, of strangers at one name, of a known browser."""

    address: Rates = field(default_factory=lambda: Rates(burst=30, per_second=1 / 6))
    strangers: Rates = field(default_factory=lambda: Rates(burst=5, per_second=1 / 60))
    known: Rates = field(default_factory=lambda: Rates(burst=10, per_second=1 / 30))

    def count(self, address: str, account: str, browser: str, now_ms: int) -> None:
        """Count a try. account: the hub and name that are tried. browser: of a known one, its id.

        Raises TooManyTries.
        """
        self.count_address(address, now_ms)
        rates, who = (self.known, f"{account} {browser}") if browser else (self.strangers, account)
        _take(rates, who, now_ms)

    def count_address(self, address: str, now_ms: int) -> None:
        """Count a try of nobody known at nobody's name. Raises TooManyTries."""
        _take(self.address, address, now_ms)


def _take(rates: Rates, who: str, now_ms: int) -> None:
    if wait_s := rates.wait_s(who, now_ms):
        raise TooManyTries(wait_s=wait_s)


def known_browser(notary: Notary, account: str, browser: str) -> str:
    """Return the cookie by which a browser is known again. browser: an id of chance."""
    return f"{browser}.{notary.derived('known browser', account, browser)}"


def browser_of(notary: Notary, account: str, cookie: str) -> str:
    """Return the id of a browser that was signed in to this account before, "" of any other."""
    import hmac

    browser, _, _mac = cookie.partition(".")
    said = known_browser(notary, account, browser)
    return browser if browser and hmac.compare_digest(said.encode(), cookie.encode()) else ""
