"""Other sites, forged forms, wandering redirects: what the pages never do for them."""

import re
from urllib.parse import quote

import pytest

from sync.server.web.shield import own_path
from tests.sync.server.village import HUB
from tests.sync.server.web.browser import PASSWORD

ELSEWHERE = [
    {"Origin": "https://elsewhere.example"},
    {"Origin": "null"},
    {"Origin": "http://testserver.local.elsewhere.example"},
    {"Origin": "http://testserver.local", "Sec-Fetch-Site": "cross-site"},
    {"Origin": "http://testserver.local", "Sec-Fetch-Site": "same-site"},
    {"Origin": "http://["},
    {"Origin": ""},
]


@pytest.mark.parametrize("headers", ELSEWHERE, ids=str)
def test_a_form_of_another_site_changes_nothing(steward, headers):
    steward.get("/volunteers")
    token = steward.form("/volunteers/invite").said["token"]
    answer = steward.client.post("/volunteers/invite", data={"token": token}, headers=headers)
    assert answer.status_code == 403


@pytest.mark.parametrize("headers", ELSEWHERE, ids=str)
def test_another_site_signs_nobody_in(steward, another, headers):
    form = {"name": "Inés Vidal", "password": PASSWORD, "hub": HUB}
    answer = another().client.post("/sign-in", data=form, headers=headers)
    assert answer.status_code == 403


@pytest.mark.parametrize("token", ["", "0" * 56, "\u00e9" * 56])
def test_a_form_without_the_token_of_its_session_changes_nothing(steward, token):
    assert steward.post("/volunteers/invite", {"token": token}).status_code == 403


def test_a_token_of_another_session_is_none_here(steward, volunteer):
    volunteer.get("/you")
    token = volunteer.form("/you/password").said["token"]
    assert steward.post("/volunteers/invite", {"token": token}).status_code == 403


def test_a_token_is_another_one_on_every_page(steward):
    seen = set()
    for _ in range(3):
        steward.get("/you")
        seen.add(steward.form("/you/password").said["token"])
    assert len(seen) == 3


def test_pages_take_no_script_frame_or_style_but_our_own(steward):
    steward.get("/you")
    rules = dict(
        part.strip().split(" ", 1) for part in steward.headers["content-security-policy"].split(";")
    )
    assert rules["default-src"] == rules["frame-ancestors"] == rules["base-uri"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == "'self'"
    assert steward.headers["x-content-type-options"] == "nosniff"
    assert steward.headers["cache-control"] == "no-store"


def test_pages_hold_nothing_that_their_own_rules_forbid(steward):
    for path in ("/you", "/volunteers", "/sign-in"):
        steward.get(path)
        assert not re.search(
            r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=|javascript:", steward.page
        )


def test_what_people_write_is_shown_as_they_wrote_it_and_never_run(village, browser):
    browser.joins(name="<script>alert(1)</script>")
    browser.get("/you")
    assert "<script>alert" not in browser.page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in browser.page


@pytest.mark.parametrize(
    "path",
    [
        "https://elsewhere.example",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "\\\\elsewhere.example",
        "/\t/elsewhere.example",
        "/you\r\nSet-Cookie: a=b",
        "javascript:alert(1)",
        "//[x",
        "/☃",
        "",
    ],
)
def test_signing_in_leads_nowhere_else(path):
    assert own_path(path) == "/"


@pytest.mark.parametrize("path", ["//[x", "/☃"])
def test_a_link_that_leads_nowhere_still_signs_in(steward, another, path):
    again = another()
    assert again.get(f"/sign-in?next={quote(path)}").status_code == 200
    again.send("/sign-in", name="Inés Vidal", password=PASSWORD, next=path)
    assert (again.status, again.at) == (200, "/notices")


def test_signing_in_goes_on_to_the_page_that_was_wanted(steward, another):
    again = another()
    again.get("/volunteers")
    assert again.at == "/sign-in"
    again.send("/sign-in", name="Inés Vidal", password=PASSWORD)
    assert again.at == "/volunteers"


def test_cookies_are_for_this_server_and_no_script(steward, another):
    again = another()
    again.get("/sign-in")
    form = again.form("/sign-in").said | {"name": "Inés Vidal", "password": PASSWORD}
    answer = again.client.post(
        "/sign-in", data=form, headers={"Origin": "http://testserver.local"}, follow_redirects=False
    )
    cookies = answer.headers.get_list("set-cookie")
    assert len(cookies) == 3
    assert all("HttpOnly" in one and "SameSite=lax" in one for one in cookies)


def test_behind_tls_no_neighbour_can_set_the_session(village, steward, another):
    again = another()
    again.client.app.state.service.public_url = "https://hub.example"
    again.get("/sign-in")
    form = again.form("/sign-in").said | {"name": "Inés Vidal", "password": PASSWORD}
    answer = again.client.post(
        "/sign-in", data=form, headers={"Origin": "https://hub.example"}, follow_redirects=False
    )
    assert any(
        one.startswith("__Host-session=") and "Secure" in one
        for one in answer.headers.get_list("set-cookie")
    )


def test_a_form_of_too_many_fields_or_too_many_bytes_is_not_read(steward):
    steward.get("/you")
    token = steward.form("/you/password").said["token"]
    many = {"token": token} | {f"field{n}": "1" for n in range(500)}
    assert steward.post("/volunteers/invite", many).status_code == 403
    large = {"token": token, "name": "x" * 200_000}
    assert steward.post("/volunteers/invite", large).status_code == 413


def test_a_signed_cookie_of_nonsense_is_nobody(another):
    for cookie in ("x", f"{HUB}.{'0' * 16}.{'0' * 64}", "." * 200):
        browser = another()
        browser.client.headers["Cookie"] = f"session={cookie}"
        browser.get("/you")
        assert browser.at == "/sign-in"
