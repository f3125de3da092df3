"""A story told in a process with failing files: ``python -m tests.faults.acting '{...}'``.

told     once, with a diary of every change and a mark after each step
failing  once for each nth change that fails, each in a fork of its own; a line of JSON tells
         what was said and what was lost, until no change is left to fail
"""

import errno
import gc
import json
import os
import shutil
import sys
import traceback
from importlib import import_module
from pathlib import Path

from sync.errors import HubError
from tests.faults.failing_files import CHANGES, GROWS, OPEN, Files
from tests.faults.stories import lost, outline, swallowed

FAULTS = {
    "disk full": dict(sorts=GROWS, error=errno.ENOSPC),
    "disk full half-way": dict(sorts=GROWS, error=errno.ENOSPC, halves=True),
    "read-only": dict(sorts=CHANGES | OPEN, error=errno.EROFS),
    "one error": dict(sorts=CHANGES, error=errno.EIO, once=True),
}


def tell(what):
    """Go through the story without a fault, and keep the diary."""
    files, story = Files(), story_of(what)
    files.under(what["folder"])
    files.keep_diary(what["diary"])
    hub = story(Path(what["folder"]))
    hub.marks = lambda: files.mark("a commit", hub.told())
    for step in hub.steps:
        step()
        files.mark(step.__name__, hub.told())
    hub.close()


def fail(what):
    """Go through it again and again, the nth change failing each time."""
    story, files = story_of(what), Files()
    story.warm()
    whole = apart(lambda: without_a_fault(story, what))
    nth = what["first"]
    while "bug" not in whole:
        found = apart(lambda nth=nth: one_fault(files, story, what, nth, whole))
        print(json.dumps({"nth": nth, **found}), flush=True)
        if "bug" in found or not found["failed"]:
            return
        nth += what["every"]
    print(json.dumps({"nth": 0, **whole}), flush=True)


def apart(work):
    """Do it in a fork; return what it returns as JSON, ``{"bug": ...}`` where it raises."""
    reading, writing = os.pipe()
    if not os.fork():
        try:
            os.close(reading)
            os.write(writing, json.dumps(work()).encode())
        except BaseException:
            os.write(writing, json.dumps({"bug": traceback.format_exc()}).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        found = json.loads(pipe.read())
    os.wait()
    return found


def without_a_fault(story, what):
    """Go through it once; return the outline of what was told by its end."""
    folder = Path(what["folder"]) / "whole"
    shutil.copytree(what["base"], folder)
    hub = story(folder)
    for step in hub.steps:
        step()
    told = outline(hub.told())
    hub.close()
    shutil.rmtree(folder)
    return told


def one_fault(files, story, what, nth, whole):
    """Let the nth change fail: what was told meanwhile, and what was lost of it.

    whole: the outline of the same story without a fault; what was refused was asked again.
    """
    folder = Path(what["folder"]) / f"{nth}"
    shutil.copytree(what["base"], folder)
    files.under(folder)
    how = dict(FAULTS[what["fault"]])
    last = nth if how.pop("once", False) else 0
    files.fail(how.pop("sorts"), nth, how.pop("error"), last=last, **how)
    hub, said, wrong, failed = story(folder), [], [], 0
    kept = {}
    hub.marks = lambda: kept.update(told=hub.told())  # a step may be several commits
    for step in hub.steps:
        for _twice in range(2):
            hub.marks()
            why = refusal(step)
            if why is None:
                break
            said.append([step.__name__, *why])
            wrong += [f"{step.__name__}: {one}" for one in hub.pretended(kept["told"])]
        else:
            failed += files.failed
            files.heal()
            # A connection that was opened to read only is found out, and let go of, at its next write.
            if refusal(step) is not None:
                gc.collect()
                step()
    failed += files.failed
    files.heal()
    told = hub.told()
    hub.close()
    wrong += swallowed(whole, outline(told))
    wrong += lost(folder, story, told, told)
    shutil.rmtree(folder)
    return {"failed": failed, "said": said, "wrong": wrong}


def refusal(step):
    """Do a step; return how it was refused: the error's name and the key of its sentence."""
    try:
        step()
    except HubError as why:
        return type(why).__name__, why.say
    return None


def story_of(what):
    """Return the class of a story: ``module:Class``."""
    module, _, name = what["story"].partition(":")
    return getattr(import_module(module), name)


if __name__ == "__main__":
    asked = json.loads(sys.argv[1])
    {"tell": tell, "fail": fail}[asked["do"]](asked)
