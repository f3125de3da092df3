"""The 1st, 2nd, 3rd ... change to the disk fails, until none is left to fail: full, read-only, broken.

Whoever asked is told so by a sentence that is true; nothing is pretended; once the disk takes it
again the same is asked again and goes through, and all that was ever told is there after a start.
"""

from zlib import crc32

import pytest

from kiosk.ui.words import Words
from sync.protocol import STATUS
from tests.faults.a_day_at_the_door import FirstDay, Forgetting, WrongClock
from tests.faults.a_day_at_the_server import FirstStart, ServerDay
from tests.faults.acting import FAULTS
from tests.faults.failing_files import acted

DOORS, SERVERS = (FirstDay, Forgetting, WrongClock), (FirstStart, ServerDay)
FULL, AWAY = "sorry.store_full", "sorry.store_away"
TRUE_OF = {
    "disk full": {FULL, AWAY},
    "disk full half-way": {FULL, AWAY},
    "read-only": {AWAY},
    "one error": {AWAY},
}
"""What a door may say. SQLite tells a file that cannot be made for want of room as one that is away."""
ANSWERS = {
    "disk full": {"full", "busy"},
    "disk full half-way": {"full", "busy"},
    "read-only": {"busy"},
    "one error": {"busy"},
}
"""What a server may answer: all of them 503, which holds nothing up and is asked again."""


def faults(library, story, base, fault, every, tmp_path):
    """Return what was told and lost for each nth change that failed; the last one met no fault."""
    (tmp_path / "runs").mkdir()
    first = 1 + crc32(f"{story.__name__} {fault}".encode()) % every
    what = {
        "do": "fail",
        "story": f"{story.__module__}:{story.__name__}",
        "folder": str(tmp_path / "runs"),
        "base": str(base),
        "fault": fault,
        "first": first,
        "every": every,
    }
    return list(acted(library, what))


def were_met(found, every):
    """Whether the last run met no fault, and those before it one each."""
    return found[-1]["failed"] == 0 and (len(found) > 1 or every > 1)


def bugs_and_losses(found):
    return [
        (one["nth"], one.get("bug"), one.get("wrong"))
        for one in found
        if one.get("bug") or one.get("wrong")
    ]


def sentences(found):
    return {say for one in found for _step, _why, say in one["said"]}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("story", DOORS, ids=lambda story: story.__name__)
def test_a_door_says_what_is_true_and_loses_nothing_that_it_told(
    library, bases, tally, every, story, fault, tmp_path
):
    found = faults(library, story, bases(story), fault, every, tmp_path)
    tally(f"{fault}, {story.__name__}", len(found) - 1)
    assert bugs_and_losses(found) == []
    assert sentences(found) <= TRUE_OF[fault]
    assert were_met(found, every)


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("story", SERVERS, ids=lambda story: story.__name__)
def test_a_server_answers_503_and_holds_what_it_answered(
    library, bases, tally, every, story, fault, tmp_path
):
    found = faults(library, story, bases(story), fault, every, tmp_path)
    tally(f"{fault}, {story.__name__}", len(found) - 1)
    assert bugs_and_losses(found) == []
    assert sentences(found) <= ANSWERS[fault]
    assert {STATUS[one] for one in sentences(found)} <= {503}
    assert were_met(found, every)


@pytest.mark.parametrize("key", [FULL, AWAY])
@pytest.mark.parametrize("lang", ["en", "es"])
def test_both_sentences_are_there_in_every_language(key, lang):
    assert Words(lang).say(key) != key
