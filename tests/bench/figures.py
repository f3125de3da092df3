"""Measuring and printing: each figure is one line of JSON, so that runs can be compared."""

from __future__ import annotations

import json
from collections.abc import Sequence
from statistics import median


def figure(
    bench: str, subject: str, name: str, unit: str, values: Sequence[float], **more: float
) -> None:
    """Print one figure: what was measured on whom, how often, and its least, middle and most.

    more: what else there is to say of it, such as what it was judged by.
    """
    line = {"bench": bench, "subject": subject, "figure": name, "unit": unit, "n": len(values)}
    ends = {"min": min(values), "median": median(values), "max": max(values)}
    said = line | {key: round(value, 4) for key, value in (ends | more).items()}
    print(json.dumps(said), flush=True)


def ratios(a: Sequence[float], b: Sequence[float], *, runs: int = 5) -> list[float]:
    """Return how many times ``a`` is of ``b``, by the medians of as many stretches of the run.

    Both were measured in turns, so a stretch in which the machine was busy slowed both.
    """
    size = max(1, min(len(a), len(b)) // runs)
    starts = range(0, size * runs, size)
    return [median(a[i : i + size]) / median(b[i : i + size]) for i in starts if a[i:] and b[i:]]
