"""Which addresses may be asked for a calendar: of the public internet, never of a network nearby. Pure.

A steward types the address, and an answer may send us on to another one: neither may reach what
only this machine reaches. Every IP address of a name is looked at, and the connection goes to one
that was looked at, so that no second look-up can lead elsewhere (DNS rebinding).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Network, ip_address
from urllib.parse import quote, urljoin, urlsplit

from sync.server.web.calendars.trouble import NotAnAddress, OffLimits
from sync.server.web.host_names import in_ascii

LONGEST = 2000
_PORTS = {"https": 443, "http": 80}
_UNICAST = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")
"""How machines without IPv4 see the rest of the internet (RFC 6052): the IPv4 address is inside."""
_WRAPPED = tuple(map(IPv6Network, ("2001::/32", "2002::/16", "2001:db8::/32", "3fff::/20")))
"""IPv4 addresses wrapped by means that are out of use (Teredo, 6to4), and what is for documentation."""
_TABS = frozenset("\t\r\n")


@dataclass(frozen=True, slots=True)
class Target:
    """An address that may be asked. path: with its query."""

    scheme: str
    host: str
    path: str

    @property
    def port(self) -> int:
        """Each scheme's own one: nobody publishes calendars at the port of a mail server."""
        return _PORTS[self.scheme]

    @property
    def address(self) -> str:
        """The address as it is asked."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}{self.path}"


def target(address: str) -> Target:
    """Return what an address asks for. Raises NotAnAddress."""
    if len(address) > LONGEST or not _TABS.isdisjoint(address):
        raise NotAnAddress
    try:
        said = urlsplit(address.strip())
        scheme = {"webcal": "https", "webcals": "https"}.get(said.scheme, said.scheme)
        host = in_ascii((said.hostname or "").rstrip("."))
        usual = said.port in {None, _PORTS.get(scheme)}
    except (ValueError, UnicodeError):
        raise NotAnAddress from None
    named = said.username is not None or said.password is not None
    if scheme not in _PORTS or not host or not usual or named or not host.isprintable():
        raise NotAnAddress
    if " " in host:
        raise NotAnAddress
    path = f"{said.path or '/'}{'?' if said.query else ''}{said.query}"
    found = Target(scheme, host, quote(path, safe="%/?#[]@!$&'()*+,;=:~-._"))
    if len(found.address) > LONGEST:
        raise NotAnAddress
    return found


def sent_on(here: Target, location: str) -> Target:
    """Return where an answer sends us on to; from https only to https. Raises NotAnAddress."""
    try:
        there = target(urljoin(here.address, location))
    except ValueError:
        raise NotAnAddress from None
    if here.scheme == "https" and there.scheme != "https":
        raise NotAnAddress
    return there


def allowed(addresses: Sequence[str]) -> Sequence[str]:
    """Return the IP addresses of a name where each of them is public. Raises OffLimits."""
    if not addresses or not all(map(is_public, addresses)):
        raise OffLimits
    return addresses


def is_public(address: str) -> bool:
    """Whether an IP address is one machine of the public internet."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv4Address):
        return _is_public_4(found)
    if found in _NAT64:
        return _is_public_4(IPv4Address(int(found) & 0xFFFF_FFFF))
    inside = found in _UNICAST and not any(found in network for network in _WRAPPED)
    return inside and found.is_global and found.scope_id is None


def _is_public_4(address: IPv4Address) -> bool:
    return address.is_global and not (address.is_multicast or address.is_reserved)
