"""The forms and answers of pairing: what is ours is understood, everything else is a portal's."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.client.pairing import CodeGiven, Failed, Paired, Said
from sync.client.pairing_wire import code_form, code_heard, token_form, token_heard

CODE = {
    "device_code": "GmRhm",
    "user_code": "741906",
    "verification_uri": "https://hub.example/screens",
    "verification_uri_complete": "https://hub.example/screens?code=741906",
    "expires_in": 600,
    "interval": 5,
}
TOKEN = {
    "access_token": "h.d.s",
    "token_type": "Bearer",
    "hub": "h",
    "hub_name": "La Ronda",
    "scope": "wall",
}


def heard(read, answer, status=200, **facts):
    return read(status, json.dumps(answer).encode(), **facts)


def test_the_forms_are_those_of_the_standard():
    asked = code_form(name="Front door", node="9f3a61c2", role="door")
    assert (asked["client_id"], asked["scope"], asked["name"]) == ("kiosk", "door", "Front door")
    assert token_form("GmRhm") == {
        "grant_type": "urn:ietf:params:oauth:grant-type:device_code",
        "device_code": "GmRhm",
        "client_id": "kiosk",
    }


def test_a_code_is_read_with_all_that_a_screen_shows():
    code = heard(code_heard, CODE).code
    assert (code.user_code, code.expires_in_s, code.interval_s) == ("741906", 600, 5)
    assert code.uri_complete.endswith("code=741906")


def test_a_server_that_gives_no_interval_is_asked_every_five_seconds():
    bare = {name: CODE[name] for name in CODE if "complete" not in name and name != "interval"}
    assert heard(code_heard, bare).code.interval_s == 5
    assert heard(code_heard, bare).code.uri_complete == ""


@pytest.mark.parametrize(("said", "taken"), [(0, 1), (3, 3), (86_400, 60)])
def test_the_interval_is_kept_within_reason(said, taken):
    assert heard(code_heard, {**CODE, "interval": said}).code.interval_s == taken


def test_a_code_of_a_year_is_taken_for_one_of_an_hour():
    assert heard(code_heard, {**CODE, "expires_in": 31_536_000}).code.expires_in_s == 3_600


def test_a_token_says_for_which_house():
    assert heard(token_heard, TOKEN) == Paired("h.d.s", "h", "La Ronda", "wall")


@pytest.mark.parametrize("error", ["authorization_pending", "slow_down", "access_denied"])
def test_the_words_of_the_standard_come_with_400(error):
    assert heard(token_heard, {"error": error}, status=400) == Said(error)


@pytest.mark.parametrize(
    ("status", "trouble"),
    [(429, "server_busy"), (503, "server_busy"), (500, "server_broken"), (404, "server_busy")],
)
def test_a_server_that_cannot_now_is_told_from_one_that_is_broken(status, trouble):
    answered = heard(token_heard, {"error": "busy"}, status=status, retry_after_s=7.0)
    assert answered == Failed(trouble, 7.0)


@pytest.mark.parametrize("read", [code_heard, token_heard])
@pytest.mark.parametrize("status", [200, 302, 400, 404, 511])
@pytest.mark.parametrize(
    "page", [b"", b"<html>Accept our terms</html>", b"{}", b"[]", b"null", b'{"device_code": "x"']
)
def test_the_page_of_a_portal_is_not_the_server(read, status, page):
    assert read(status, page) == Failed("not_the_server")


@pytest.mark.parametrize("token", ["", "a b", "a\nb", "ä", "x" * 201])
def test_a_token_that_could_not_stand_in_a_header_is_none_of_ours(token):
    assert heard(token_heard, {**TOKEN, "access_token": token}) == Failed("not_the_server")


@given(st.integers(100, 599), st.binary(max_size=200))
def test_no_answer_whatever_breaks_the_reading(status, body):
    assert isinstance(code_heard(status, body), CodeGiven | Failed)
    assert isinstance(token_heard(status, body), Paired | Said | Failed)
