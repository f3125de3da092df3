"""What a story is, and how one compares what was told with what is found.

A story is a class: ``Story(folder)`` knows nothing yet; ``steps`` are done in order, the first opens;
``told()`` says what was acknowledged, flat, as JSON; ``found(folder)`` reads the same from what lies
there; ``warm()`` imports what would otherwise be imported while files fail.
"""

import json
from collections import Counter


def lost(folder, story, before, after):
    """Return what is wrong in a folder: each fact has to be as it was told, or as it was about to be.

    before: what was told by the last step that was done; after: by the one under way.
    """
    try:
        found = story.found(folder)
    except Exception as why:
        return [f"does not open: {type(why).__name__} {why}"]
    wrong = list(found.pop("wrong", ()))
    wrong += [
        f"{key}: {found.get(key)!r:.200} for {before.get(key)!r:.200}"
        for key in sorted({*before, *after, *found} - {"erased", "wrong"})
        if found.get(key) not in (before.get(key), after.get(key))
    ]
    gone = set(before.get("erased", ())) & set(after.get("erased", ()))
    return [*wrong, *(f"{one} is remembered" for one in gone if _holds(folder, one))]


def outline(told):
    """Return what a story leaves whatever ids and dates it met: of what is many, how many it are."""
    counted = Counter(key.rpartition(" ")[0] for key in told if told[key] and _is_many(key))
    single = {key: told[key] for key in told if not _is_many(key)}
    single["key"] = bool(told["key"])  # each is made by dice
    erased = sorted(set(told.get("erased", ())))
    return json.loads(json.dumps({**counted, **single, "erased": erased}))


def _is_many(key):
    return key.startswith(("record ", "waits ", "gone ", "backup "))


def swallowed(whole, told):
    """Return what a story with a fault lacks, or has too much of, beside the same without one.

    What was refused was asked again: whoever was answered that it is done has to find it done. A
    backup whose last step was refused may be there all the same, beside the one made instead.
    """
    told = told | {"backup": min(told.get("backup", 0), whole.get("backup", 0))}
    return [
        f"in the end {key}: {told.get(key)!r:.200} for {whole.get(key)!r:.200}"
        for key in sorted({*whole, *told})
        if (told.get(key) or 0) != (whole.get(key) or 0)
    ]


def _holds(folder, text):
    files = [path for path in folder.rglob("*") if path.is_file()]
    return any(text.encode() in path.read_bytes() for path in files)
