"""Figures for whoever watches over the server, in Prometheus's text format; no hub, no person."""

from __future__ import annotations

from collections import Counter
from threading import Lock

_HELP = {
    "hub_requests_total": "Requests answered, by path and status.",
    "hub_request_seconds_total": "Seconds spent answering, by path.",
    "hub_records_pushed_total": "Records that devices pushed.",
    "hub_records_pulled_total": "Records that devices were given.",
    "hub_refused_total": "Records refused, by reason.",
}
Label = tuple[str, ...]


class Metrics:
    """Counters that only rise; safe to use from any thread."""

    def __init__(self) -> None:
        self._lock, self._counts = Lock(), Counter[tuple[str, str]]()

    def add(self, name: str, count: float = 1, **labels: str | int) -> None:
        """Count something. name: one that has a help text."""
        assert name in _HELP, name  # noqa: S101  # names are ours
        said = ",".join(f'{key}="{value}"' for key, value in sorted(labels.items()))
        with self._lock:
            self._counts[name, said] += count  # type: ignore[assignment]  # seconds are floats

    def text(self, **gauges: float) -> str:
        """Return everything counted, and some present values."""
        with self._lock:
            counts = sorted(self._counts.items())
        lines = []
        for name, help_ in _HELP.items():
            lines += [f"# HELP {name} {help_}", f"# TYPE {name} counter"]
            lines += [
                f"{name}{{{said}}} {count:g}" if said else f"{name} {count:g}"
                for (known, said), count in counts
                if known == name
            ]
        for name, value in gauges.items():
            lines += [f"# TYPE {name} gauge", f"{name} {value:g}"]
        return "\n".join(lines) + "\n"
