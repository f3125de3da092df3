"""Names of machines as browsers and certificates have them."""

from __future__ import annotations

import idna


def in_ascii(host: str) -> str:
    """Return a name in ASCII, by UTS 46. Raises UnicodeError where it is none.

    The standard library's older way would lead from faß.de to somebody else's fass.de.
    """
    encoded = host.encode("idna") if host.isascii() else idna.encode(host, uts46=True)
    return encoded.decode()
