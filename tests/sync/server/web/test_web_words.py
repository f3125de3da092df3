"""What the pages say in each language, and that they say everything in each."""

import ast
import datetime as dt
import re
from pathlib import Path

import pytest

from kiosk.ui.catalogues import compiled, keys, po_files, sorted_text
from sync.server.web.words import MONTHS, WEEKDAYS, Words, best_language

ROOM = Path(__file__).parents[4] / "sync" / "server" / "web"
KEY = re.compile(r"^[a-z_]+(\.[a-z_0-9]+)+$")
WEB = po_files("web")


def by_language(po):
    return po.parents[1].name


@pytest.mark.parametrize("po", WEB, ids=by_language)
def test_the_pages_compiled_catalogue_is_that_of_the_written_one(po):
    assert po.with_suffix(".mo").read_bytes() == compiled(po), "python -m kiosk.ui.catalogues"
    assert po.read_bytes() == sorted_text(po), "python -m kiosk.ui.catalogues"


def test_each_key_of_the_pages_is_said_in_every_language():
    said = {by_language(po): keys(po) for po in WEB}
    assert said["en"] == said["es"]
    assert len(said) == 2


def facts_of(text):
    return set(re.findall(r"\{(\w+)\}", text))


def test_every_language_names_the_same_facts():
    english, spanish = Words("en"), Words("es")
    differ = {
        key for key in keys(WEB[0]) if facts_of(english.say(key)) != facts_of(spanish.say(key))
    }
    assert not differ


def keys_asked_for():
    """Keys in templates and code: every text that looks like one and begins with a known word."""
    begins = {key.partition(".")[0] for key in keys(WEB[0])}
    for path in sorted(ROOM.rglob("*.html")):
        for text in re.findall(r'"([^"]*)"', path.read_text("utf-8")):
            if KEY.match(text) and text.partition(".")[0] in begins:
                yield text, path.name
    for path in sorted(ROOM.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            said = str(node.value) if isinstance(node, ast.Constant) else ""
            if KEY.match(said) and said.partition(".")[0] in begins:
                yield said, path.name


def test_every_key_that_a_page_asks_for_has_words():
    known = keys(WEB[0])
    named = {
        (key, where)
        for key, where in keys_asked_for()
        if not key.endswith((".css", ".js", ".html"))
    }
    # A key that ends in "_" or "." is the beginning of several.
    assert not {one for one in named if not any(key.startswith(one[0]) for key in known)}
    whole = {one for one in named if not one[0].endswith("_")}
    assert not {one for one in whole if one[0] not in known}


def test_a_day_is_said_in_each_language():
    day = dt.date(2026, 11, 25)
    assert (Words("en").day(day), Words("es").day(day)) == ("Wed 25 Nov", "mié 25 nov")
    assert len(WEEKDAYS) + len(MONTHS) == 19


@pytest.mark.parametrize(
    ("accepted", "lang"),
    [
        ("es-ES,es;q=0.9,en;q=0.8", "es"),
        ("ca,es;q=0.7,en;q=0.3", "es"),
        ("de", "en"),
        ("en;q=0.2,es;q=0.9", "es"),
        ("", "en"),
        ("*;q=x,,;q=", "en"),
    ],
)
def test_a_page_speaks_the_language_that_the_browser_asks_for(accepted, lang):
    assert best_language(accepted) == lang
