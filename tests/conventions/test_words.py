"""The sentences that people read: they say what happened, what is safe, what to do; no blame."""

import re

import polib
import pytest

from tests.conventions.tree import ROOT

CATALOGUES = sorted((ROOT / "assets" / "translations").glob("*/LC_MESSAGES/*.po"))
NEVER_SAID = {
    "en": r"\b(error|invalid|failed|failure|illegal|forbidden|users?|sync(hroni[sz]ed?)?)\b",
    "es": r"\b(error|inválid[oa]s?|fall[oó]|ilegal|prohibid[oa]|usuari[oa]s?)\b",
}


def lang(path):
    return path.parents[1].name


@pytest.mark.parametrize("path", CATALOGUES, ids=lang)
def test_no_sentence_blames_or_speaks_of_errors(path):
    never = re.compile(NEVER_SAID[lang(path)], re.IGNORECASE)
    said = {
        entry.msgid: text
        for entry in polib.pofile(str(path))
        for text in (entry.msgstr, *entry.msgstr_plural.values())
        if never.search(text)
    }
    assert not said


DOORS = [path for path in CATALOGUES if path.stem == "door"]
NOT_OF_PEOPLE = {"wifi.joined"}


@pytest.mark.parametrize("path", DOORS, ids=lang)
def test_no_sentence_ends_with_a_name_that_ends_with_a_full_stop(path):
    """A door shows "Hugo S.", so that would be two of them."""
    said = {
        entry.msgid: text
        for entry in polib.pofile(str(path))
        for text in (entry.msgstr, *entry.msgstr_plural.values())
        if re.search(r"\{(name|who)\}\.", text) and entry.msgid not in NOT_OF_PEOPLE
    }
    assert not said
