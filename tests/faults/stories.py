"""What a story is, and how one compares what was told with what is found.

A story is a class: ``Story(folder)`` knows nothing yet; ``steps`` are done in order, the first opens;
``told()`` says what was acknowledged, flat, as JSON; ``found(folder)`` reads the same from what lies
there; ``warm()`` imports what would otherwise be imported while files fail.
"""


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


def _holds(folder, text):
    files = [path for path in folder.rglob("*") if path.is_file()]
    return any(text.encode() in path.read_bytes() for path in files)
