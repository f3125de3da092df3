"""Screens: how each is doing, and a new one that is let in by its code."""

import pytest

from sync.records import KINDS
from sync.server import pairing
from sync.server.activity import FIELDS
from sync.server.devices import asker, listed
from sync.server.web.screens import Screens, counted, screens_of
from sync.server.web.words import Words
from tests.sync.server.village import HUB

REASONS = ("decided", "future", "letter", "not_a_record", "not_erasable", "proof", "scope", "other")


@pytest.fixture
def codes(village):
    with village.database.writing() as connection:
        return pairing.ask_for_code(connection, name="Hall", node="0000aaaa", now_ms=village.ms)


def token(village, codes):
    return village.service.token(codes.device_code, "")


def test_a_screen_is_let_in_by_the_code_it_shows(village, steward, codes):
    steward.get(f"/pair?user_code={codes.user_code}")
    steward.send("/pair", name="Front  door", role="door", answer="yes")
    given = token(village, codes)
    assert (given.hub, given.role, given.name) == (HUB, "door", "Front door")
    with village.database.reading() as connection:
        assert asker(connection, given.token).hub == HUB


def test_the_code_may_be_typed_in_any_way(steward, codes):
    steward.get(f"/pair?user_code={codes.user_code.lower().replace('-', ' ')}")
    assert codes.user_code in steward.page


def test_a_code_leads_through_signing_in_and_on(steward, another, codes):
    again = another()
    again.get(f"/pair?user_code={codes.user_code}")
    again.send("/sign-in", name="Inés Vidal", password="a kettle and a chair")
    assert codes.user_code in again.page


def test_a_no_is_told_to_the_screen(village, steward, codes):
    steward.get(f"/pair?user_code={codes.user_code}")
    steward.send("/pair", answer="no")
    with pytest.raises(pairing.NotYet) as said:
        token(village, codes)
    assert said.value.why == "access_denied"


def test_letters_that_no_screen_shows_are_said_to_be_so(steward):
    assert steward.get("/pair?user_code=BCDF-GHJK").status_code == 404
    assert "No screen shows these letters" in steward.page


def test_screens_that_wait_are_not_listed_for_who_does_not_know_the_code(steward, codes):
    for path in ("/pair", "/devices", "/pair?user_code=BCDF-GHJK"):
        steward.get(path)
        assert codes.user_code not in steward.page


def test_a_screen_that_is_shut_out_is_out_at_once(village, steward):
    door = village.door().catches_up()
    steward.get("/devices")
    steward.send(f"/devices/{door.who.device}/revoke")
    assert "Shut out" in steward.page
    with pytest.raises(Exception, match="forbidden"):
        door.asks()


def test_how_a_screen_is_doing_is_said(village, volunteer):
    village.door().catches_up()
    volunteer.get("/devices")
    assert "Up to date" in volunteer.page
    village.pass_(minutes=4)
    volunteer.get("/devices")
    assert "Not heard" in volunteer.page


def states(village):
    with village.database.reading() as connection:
        return screens_of(listed(connection, HUB), village.ms)


def test_only_screens_in_use_are_counted(village):
    village.door().catches_up()
    village.door(node="0000bbbb")
    assert counted(states(village)) == Screens(count=2, here=1)
    assert not counted(states(village)).all_here


def test_a_wall_may_be_silent_for_a_day(village):
    village.door(role="wall").catches_up()
    village.pass_(hours=23)
    assert [one.state for one in states(village)] == ["here"]
    village.pass_(hours=2)
    assert [one.state for one in states(village)] == ["away"]


def test_what_a_screen_offered_in_vain_is_said_with_what_to_do(village, volunteer):
    door = village.door()
    good = door.wrote("notice", "n1", title__en="Soup")
    door.asks(good | {"stamps": {"*": "h" + good["stamps"]["*"][1:]}})
    volunteer.get("/devices")
    assert "1 record was not taken" in volunteer.page
    assert "It was written by another version. Bring the screen to the server" in volunteer.page
    assert "Soup" not in volunteer.page
    door.asks(good)
    volunteer.get("/devices")
    assert "not taken" not in volunteer.page


def test_a_refused_record_that_nobody_could_name_is_something(village, volunteer):
    door = village.door()
    door.asks({"kind": "<script>", "id": "<b>"}, {"kind": "of_tomorrow", "id": "x", "fields": {}})
    volunteer.get("/devices")
    assert "Something that is no record" in volunteer.page
    assert "Something of a newer version" in volunteer.page
    assert "<b>" not in volunteer.page


@pytest.mark.parametrize("lang", ["en", "es"])
def test_every_reason_and_every_kind_has_its_words(lang):
    words = Words(lang)
    for reason in REASONS:
        assert words.has(f"refused.why_{reason}")
        assert words.has(f"refused.do_{reason}")
    assert {kind for kind in KINDS if not words.has(f"refused.kind_{kind}")} == set()
    for kind, names in FIELDS.items():
        assert words.has(f"activity.kind_{kind}")
        assert {name for name in names if not words.has(f"field.{name}")} == set()
