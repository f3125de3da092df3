"""The server over HTTP: what is said to whom, and what is never let in."""

import asyncio
import gzip
import time

import pytest
from litestar.testing import TestClient

from sync.protocol import MAX_ASK_BYTES, Problem, SyncAnswer, SyncAsk, Woken, Word, decode, encode
from sync.server.app import make_app
from sync.server.rates import Rates
from sync.server.routes.syncing import has_news
from sync.server.service import Limits
from tests.sync.server.village import HUB


@pytest.fixture
def service(village):
    return village.service


@pytest.fixture
def client(service):
    with TestClient(make_app(service)) as client:
        yield client


def ask(*push, cursor="", number=1, known=""):
    return encode(SyncAsk(1, cursor, Word(number, known, f"{number:016x}"), list(push)))


def bearer(door):
    return {"Authorization": f"Bearer {door.token}"}


def problem(response):
    return response.status_code, decode(response.content, Problem, largest=MAX_ASK_BYTES).error


def test_a_record_goes_in_and_out_over_http(village, client):
    k1, k2 = village.door(), village.door(node="0000bbbb")
    visit = k1.wrote("visit", how="count")
    assert client.post("/v1/sync", content=ask(visit), headers=bearer(k1)).status_code == 200
    said = client.post("/v1/sync", content=ask(), headers=bearer(k2))
    assert decode(said.content, SyncAnswer, largest=MAX_ASK_BYTES).records == [visit]


@pytest.mark.parametrize("token", ["", "nonsense", f"{HUB}.{'0' * 16}.{'0' * 40}"])
def test_a_token_that_nobody_knows_is_not_paired(client, token):
    said = client.post("/v1/sync", content=ask(), headers={"Authorization": f"Bearer {token}"})
    assert problem(said) == (401, "unpaired")


CUT_SHORT = gzip.compress(b"{}", mtime=0)[:-4]  # without the time a test has one name in all runs


@pytest.mark.parametrize("body", [b"", b"<html>", b"{}", b"[]", CUT_SHORT, b"\xff"])
def test_what_is_not_a_message_is_refused_plainly(village, client, body):
    said = client.post("/v1/sync", content=body, headers=bearer(village.door()))
    assert problem(said) == (400, "bad_message")


def test_a_bomb_is_not_inflated(village, client):
    bomb = gzip.compress(bytes(100 * MAX_ASK_BYTES))
    said = client.post("/v1/sync", content=bomb, headers=bearer(village.door()))
    assert problem(said) == (413, "too_large")


def test_a_body_beyond_the_limit_is_not_read(village, client):
    said = client.post(
        "/v1/sync", content=b" " * (MAX_ASK_BYTES + 1), headers=bearer(village.door())
    )
    assert problem(said) == (413, "too_large")


def test_a_device_that_asks_too_often_is_told_when_to_come_back(village, service, client):
    service.limits = Limits(Rates(1, 0.1), Rates(1, 0.1))
    door = village.door()
    client.post("/v1/sync", content=ask(), headers=bearer(door))
    said = client.post("/v1/sync", content=ask(), headers=bearer(door))
    assert (problem(said), said.headers["Retry-After"]) == ((429, "too_many"), "10")


def test_waiting_ends_with_what_another_door_says(village, client):
    k1, k2 = village.door(), village.door(node="0000bbbb")
    quiet = client.get("/v1/wait?cursor=", headers=bearer(k2))
    k1.asks(k1.wrote("visit", how="count"))
    news = client.get("/v1/wait?cursor=", headers=bearer(k2))
    assert [decode(one.content, Woken, largest=999).news for one in (quiet, news)] == [False, True]


def test_waiting_is_no_longer_for_who_was_long_in_having_a_turn(village, service):
    """A device counts from when it asked; it would give up on an answer that is counted from later."""
    service.wait_s, door = 3_600, village.door()
    door.asks()
    who, late_s = service.who(door.token), time.monotonic()
    news = has_news(service, who, door.cursor, late_s, has_told=False)
    assert asyncio.run(asyncio.wait_for(news, timeout=60)) is False


def test_a_path_that_is_not_ours_is_a_plain_404(client):
    assert client.get("/v1/../etc/passwd").status_code == 404
    assert client.put("/v1/sync").status_code == 405


def test_the_server_says_how_it_is(client):
    assert client.get("/v1/health").json()["ok"] is True
    assert 'hub_requests_total{path="/v1/health",status="200"} 1' in client.get("/v1/metrics").text


def test_the_interface_is_described(client):
    paths = client.get("/v1/openapi/openapi.json").json()["paths"]
    assert {"/v1/sync", "/v1/wait", "/v1/health", "/v1/device/code"} <= paths.keys()


def test_what_is_logged_names_nobody(village, client, caplog):
    caplog.set_level("INFO")
    door = village.door()
    visit = door.wrote("visit", how="visitor", name="Marked Name")
    client.post("/v1/sync", content=ask(visit), headers=bearer(door))
    logged = caplog.text
    assert "answered" in logged
    assert not any(one in logged for one in ("Marked", visit["id"], door.token, HUB))
