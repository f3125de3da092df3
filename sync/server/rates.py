"""How often somebody may ask: a bucket of tokens that fills again with time."""

from __future__ import annotations

import math
from collections import OrderedDict
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address, ip_network
from threading import Lock


@dataclass
class Rates:
    """For each asker ``burst`` asks at once, then ``per_second``. most: askers that are remembered."""

    burst: int
    per_second: float
    most: int = 10_000
    _buckets: OrderedDict[str, tuple[float, int]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def wait_s(self, who: str, now_ms: int) -> int:
        """Take one ask and return 0, or the whole seconds after which the next is answered."""
        with self._lock:
            level, then_ms = self._buckets.pop(who, (float(self.burst), now_ms))
            level += max(now_ms - then_ms, 0) / 1000 * self.per_second
            level = min(level, float(self.burst))
            wait_s = 0 if level >= 1 else math.ceil((1 - level) / self.per_second)
            self._buckets[who] = (level if wait_s else level - 1, now_ms)
            while len(self._buckets) > self.most:
                self._buckets.popitem(last=False)
            return wait_s


def one_asker(address: str) -> str:
    """Return by what an address is counted: of IPv6 a house has 2 to the 64, and all of them are one."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return address
    return str(found.ipv4_mapped or ip_network((found.packed, 64), strict=False))
