"""Measuring and printing: each figure is one line of JSON, so that runs can be compared."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from statistics import median


def now_ms() -> int:
    """Return the time, milliseconds since 1970."""
    return time.time_ns() // 1_000_000


def timed_s(job: Callable[[], object]) -> float:
    """Return how long a job takes."""
    began = time.perf_counter()
    job()
    return time.perf_counter() - began


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
