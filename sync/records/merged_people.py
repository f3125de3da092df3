"""Two records that turned out to be of one person: which of them counts."""

from __future__ import annotations

from collections.abc import Mapping


def root_of(merged: Mapping[str, str], person: str) -> str:
    """Return the id that a person's id counts as; in a ring of pointers it is the lowest.

    merged: from the id of each record that was merged to the one it points at.
    """
    seen = [person]
    while there := merged.get(seen[-1], ""):
        if there in seen:
            return min(seen[seen.index(there) :])
        seen.append(there)
    return seen[-1]
