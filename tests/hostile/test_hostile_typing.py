"""What is typed is kept clean, or refused with a sentence that somebody wrote."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.hub.actor import NAMED, Actor
from kiosk.hub.notices import Publish, publish
from kiosk.hub.set_up import SetUp, set_up
from kiosk.hub.sign_in import ComeVisiting, come_visiting
from kiosk.ui.fonts import font_for
from kiosk.ui.words import Words
from sync.errors import HubError
from tests.hostile.texts import TEXTS
from tests.kiosk.hub.house import House, at

ANY_TEXT = st.text(st.characters(codec=None), max_size=60) | st.sampled_from(sorted(TEXTS.values()))


def asked(hub, use_case, ask):
    """Run a use case; a refusal has its sentence in both languages."""
    try:
        return hub.do(use_case, ask, at("10:42"))
    except HubError as why:
        assert all(Words(lang).has(why.say) for lang in ("en", "es")), why.say
        return None


def is_clean(text):
    return not any(unicodedata.category(sign) in ("Cc", "Cs", "Co", "Cn") for sign in text)


@given(ANY_TEXT)
def test_a_typed_name_is_kept_clean_or_refused(text):
    hub = House()
    asked(hub, come_visiting, ComeVisiting(reason="looking", name=text))
    assert all(is_clean(visit.name) for visit in hub.snapshot.visits_open)


@given(ANY_TEXT)
def test_a_typed_notice_is_kept_clean_or_refused(text):
    hub = House()
    by = Actor(NAMED, name=text)
    asked(hub, publish, Publish(title={"en": text}, kind="offer", by=by))
    for notice in hub.snapshot.notices:
        assert is_clean(notice.title["en"])
        assert is_clean(notice.by_name)


@given(ANY_TEXT)
def test_a_house_is_named_or_asked_again(text):
    hub = House()
    hub.tables["hub"].clear()
    if asked(hub, set_up, SetUp(text)):
        assert is_clean(hub.snapshot.hub.name["en"])


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_every_text_finds_a_font_that_has_its_letters(text):
    written = font_for(text)
    assert written.font
    assert "\0" not in written.text
