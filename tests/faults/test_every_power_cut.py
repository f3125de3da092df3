"""The power goes after every change that a door or a server makes to its disk, whatever file it is.

A story is told once with a diary of its changes; from it every state is built that a power cut could
leave, and opened. What was told by then is there, what was forgotten is nowhere, all of it opens.
"""

import json
import shutil
from itertools import count
from pathlib import PurePosixPath

import pytest

from tests.faults.a_day_at_the_door import FirstDay, Forgetting, WrongClock
from tests.faults.a_day_at_the_server import FirstStart, ServerDay
from tests.faults.failing_files import MARK, SYNC, SYNC_FOLDER, acted, read_diary
from tests.faults.stories import lost
from tests.faults.what_is_left import Folder

STORIES = (FirstDay, Forgetting, WrongClock, FirstStart, ServerDay)


def told(library, story, base, tmp_path):
    """Tell a story once; return its diary, and the folder in which it was told."""
    folder, diary = tmp_path / "told", tmp_path / "diary"
    shutil.copytree(base, folder)
    name = f"{story.__module__}:{story.__name__}"
    list(acted(library, {"do": "tell", "story": name, "folder": str(folder), "diary": str(diary)}))
    return read_diary(diary), str(folder)


def cuts(diary, disk, first):
    """Yield after each change: which it was, what was told before it, what may be told after."""
    marks = [(at, json.loads(one.data)) for at, one in enumerate(diary) if one.sort == MARK]
    before = first
    for at, change in enumerate(diary):
        if change.sort == MARK:
            before = marks.pop(0)[1]
        else:
            disk.take(change)
            yield (
                f"{at} {PurePosixPath(change.path).name}",
                before,
                marks[0][1] if marks else before,
            )


def files_in(folder, as_if_in):
    found = (path for path in folder.rglob("*") if path.is_file())
    return {f"{as_if_in}/{path.relative_to(folder)}": path.read_bytes() for path in found}


def put(files, told_in, folder):
    """Write what is left of a disk into a folder of its own."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for path, content in files.items():
        target = folder / path.removeprefix(f"{told_in}/")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def cut_everywhere(story, diary, told_in, base, tmp_path, every=1):
    """Yield what is wrong after each cut, "" for one after which nothing is."""
    put(files_in(base, told_in), told_in, tmp_path / "first")
    first = story.found(tmp_path / "first")
    disk, seen, turn = Folder(files_in(base, told_in)), set(), count(1)
    for where, before, after in cuts(diary, disk, first):
        for kept, made in disk.left():
            if next(turn) % every:
                continue
            files = made()
            state = hash((*sorted(files.items()), id(before), id(after)))
            if state in seen:
                continue
            seen.add(state)
            put(files, told_in, tmp_path / "left")
            wrong = lost(tmp_path / "left", story, before, after)
            yield "; ".join(f"{where}, {kept}: {one}" for one in wrong)


@pytest.mark.acceptance(1)
@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_what_was_told_is_there_wherever_the_power_goes(
    library, bases, tally, every, story, tmp_path
):
    diary, told_in = told(library, story, bases(story), tmp_path)
    found = list(cut_everywhere(story, diary, told_in, bases(story), tmp_path, every))
    tally(f"power cut, {story.__name__}", len(found))
    assert [one for one in found if one] == []
    assert len(diary) > 25, "the story is too short to say anything"


@pytest.mark.parametrize("forgets", [SYNC, SYNC_FOLDER], ids=["files", "names"])
def test_these_cuts_find_a_door_that_does_not_wait_for_the_disk(library, bases, forgets, tmp_path):
    """Shown red: of the same diary, without what was synced, things are lost that were told."""
    diary, told_in = told(library, FirstDay, bases(FirstDay), tmp_path)
    never_synced = [one for one in diary if one.sort != forgets]
    found = cut_everywhere(FirstDay, never_synced, told_in, bases(FirstDay), tmp_path)
    assert next((one for one in found if one), None)
