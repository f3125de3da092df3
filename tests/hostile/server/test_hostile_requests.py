"""Whatever is sent: a clear no, no bug, little memory, and nothing of another hub."""

import gzip
import hashlib
import io
import os
import socket
import zlib
from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest
from PIL import Image

from sync.protocol import MAX_ASK_BYTES, SyncAsk, Word, encode
from tests.hostile.server.enemy import OURS, THEIRS

pytestmark = pytest.mark.slow
UNKNOWN = "0" * 40


def bomb(inflated_bytes):
    """Gzip that inflates to so many zeros, made without making them: one block, over and over."""
    packer = zlib.compressobj(9, wbits=31)
    block = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return block + again * (inflated_bytes // (1 << 20) - 1)


def ask(**parts):
    usual = {"protocol": 1, "cursor": "", "word": [1, "", "0" * 16], "push": []}
    return msgspec.json.encode(usual | parts)


@pytest.mark.parametrize(
    "token",
    [
        "",
        "x",
        f"{OURS}.{'0' * 16}.{UNKNOWN}",
        f"' OR 1=1 --.{'0' * 16}.{UNKNOWN}",
        f"{OURS}.{'0' * 16}.{UNKNOWN}' OR '1'='1",
        f"{OURS}.%.{UNKNOWN}",
        "a" * 30_000,
        "\x80\xff",
    ],
)
@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/v1/sync"), ("GET", "/v1/wait"), ("GET", f"/v1/files/{'0' * 64}")],
)
def test_without_a_token_nobody_gets_in(both, token, method, path):
    said = both.asked(method, path, Authorization=f"Bearer {token}".encode("latin-1"))
    assert said == (401, "unpaired")


def test_one_s_own_secret_does_not_open_another_hub(both, enemy):
    _hub, device, secret = enemy.token.split(".")
    forged = f"Bearer {THEIRS}.{device}.{secret}"
    assert both.asked("POST", "/v1/sync", ask(), Authorization=forged) == (401, "unpaired")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[" * 200_000,
        b'{"push":' + b"[" * 100_000,
        b'{"a":' * 50_000,
        gzip.compress(ask(), mtime=0)[:-5],
        gzip.compress(ask(), mtime=0) * 2,
        ask().replace(b'"0000', b'"\\ud800'),
        ask().replace(b'"0000', b'"\xff\xfe'),
        ask(protocol=2),
        ask(protocol=1 << 80),
        ask(cursor=None),
        ask(push={}),
        ask(push=[1, None, "x"]),
        ask(word=[1]),
        ask(word=[0, "", "a"]),
        ask(word=[-1, "", "a"]),
        ask(word=[1 << 53, "", "a"]),
        ask(word=[1 << 70, "", "a"]),
        ask(word=[1.5, "", "a"]),
        ask(word=[1, "", "a" * 65]),
        ask(word=[1, "", "\0"]),
        ask(word=[1, "\0", "a"]),
        ask(word=[1, "", "\u202e'; DROP TABLE device; --"]),
    ],
)
def test_what_is_no_ask_is_refused_plainly(enemy, body):
    status, why = enemy.sends(body)
    assert (status, why) in {(400, "bad_message"), (400, "protocol"), (413, "too_large")}


@pytest.mark.parametrize("size", [400 << 20, 10 << 30])
def test_a_bomb_of_ten_gigabytes_is_not_inflated(both, enemy, size):
    assert enemy.sends(bomb(size)) == (413, "too_large")


def test_a_million_records_in_one_body_are_too_many(enemy):
    many = b'{"protocol":1,"cursor":"","word":[1,"","a"],"push":[%s]}'
    plain = many % b",".join([b"{}"] * 1_000_000)
    assert enemy.sends(plain) == (413, "too_large")
    assert enemy.sends(gzip.compress(plain)) == (413, "too_large")
    assert enemy.sends(many % b",".join([b"{}"] * 170_000)) == (413, "too_large")


def test_a_body_without_an_end_is_cut_off(both, enemy):
    def endless():
        for _ in range(4 * MAX_ASK_BYTES // 65_536):
            yield os.urandom(65_536)

    assert enemy.sends(endless()) == (413, "too_large")


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Length: -1",
        b"Content-Length: 1e9",
        b"Content-Length: 5\r\nContent-Length: 9",
        b"Content-Length: 5\r\nTransfer-Encoding: chunked",
        b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffff",
        b"X: " + b"a" * 100_000,
        b"\0: \0",
    ],
)
def test_a_request_that_contradicts_itself_ends_with_a_no(served, enemy, head):
    with socket.create_connection((enemy.where.hostname, enemy.where.port), timeout=20) as wire:
        wire.sendall(b"POST /v1/sync HTTP/1.1\r\nHost: h\r\n" + head + b"\r\n\r\n")
        wire.shutdown(socket.SHUT_WR)
        said = wire.recv(100)
    assert not said or said.startswith(b"HTTP/1.1 4")


@pytest.mark.parametrize(
    "path",
    [
        "/v1/files/..%2f..%2f..%2fetc%2fpasswd",
        "/v1/files/%2e%2e/%2e%2e/etc/passwd",
        "/v1/files/%00",
        "/v1/files/%ff%fe",
        "/v1/files/' OR '1'='1",
        "/v1/files/" + "%27%3B%20DROP%20TABLE%20file%3B--",
        "/v1/files/" + "a" * 20_000,
        "/v1/files/" + "0" * 64,
        "//etc/passwd",
        "/v1/../../server.toml",
        "/v1/openapi/../../../server.db",
        "/v1/sync/../metrics%00",
    ],
)
def test_no_path_leads_to_what_is_not_ours(both, enemy, path):
    said = both.asked("GET", path, Authorization=f"Bearer {enemy.token}")
    assert said in {(404, ""), (404, "bad_message"), (400, "bad_message")}


@pytest.mark.parametrize(
    "cursor",
    [
        "1.' OR '1'='1",
        "999999999999999999.a",
        "1" * 400 + ".a",
        "-1.a",
        "1.\0",
        "\0",
        "\u0661.a",
        "1." + "a" * 100_000,
        "w",
        "0.",
    ],
)
def test_a_cursor_that_nobody_gave_is_not_known(enemy, cursor):
    assert enemy.sends(ask(cursor=cursor)) == (409, "reset")
    path = "/v1/wait?all_sent=1"
    bearer = {"Authorization": f"Bearer {enemy.token}"}
    if len(cursor) < 1000:
        found = enemy.served.http.get(
            enemy.served.address + path, params={"cursor": cursor}, headers=bearer, timeout=20
        )
        assert found.json()["news"] is True


def test_a_replayed_word_gives_nothing_away(both, enemy):
    for _ in range(3):
        enemy.pushes()
    old = encode(SyncAsk(1, "", Word(1, "", "0" * 16), []))
    assert enemy.sends(old) == (409, "fork")
    forged = encode(SyncAsk(1, "", Word(enemy.word.number, enemy.word.known, "f" * 16), []))
    assert enemy.sends(forged) == (409, "fork")
    same = encode(SyncAsk(1, "", enemy.word, []))
    assert enemy.sends(same) == (200, "")
    assert enemy.pushes().refused == []


@pytest.mark.parametrize(
    "form",
    [
        b"",
        b"\xff\xfe%00",
        b"a=" + b"b" * 10_000,
        b"&" * 3_000,
        b"grant_type=urn:ietf:params:oauth:grant-type:device_code&device_code=%00' OR 1=1 --",
        b"name=%00%00&node=%00",
        b"name=" + "\U0001f350".encode() * 300,
        b"name=%ed%a0%80",
    ],
)
@pytest.mark.parametrize("path", ["/v1/device/code", "/v1/device/token"])
def test_no_form_breaks_the_pairing(both, path, form):
    kind = "application/x-www-form-urlencoded"
    status, why = both.asked("POST", path, form, Content_Type=kind)
    assert status in {200, 400, 413}
    assert (status == 200) == (not why)


def picture(form, size, mode="RGB"):
    out = io.BytesIO()
    Image.new(mode, size).save(out, form)
    return out.getvalue()


def put(enemy, data, name=""):
    name = name or hashlib.sha256(data).hexdigest()
    path = f"/v1/files/{name}"
    return enemy.served.asked("PUT", path, data, Authorization=f"Bearer {enemy.token}")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a" + bytes(100),
        b"<svg onload='alert(1)'/>",
        picture("PNG", (4, 4))[:-20],
        picture("JPEG", (64, 64))[:-300],
        b"\x89PNG\r\n\x1a\n" + bytes(1000),
        picture("BMP", (40, 40)),
        picture("PNG", (60_000, 700)),
        picture("PNG", (1, 60_000)),
        picture("JPEG", (1, 60_000)),
    ],
)
def test_what_is_no_picture_of_ours_is_not_kept(both, enemy, data):
    assert put(enemy, data) in {(400, "bad_message"), (204, "")}
    assert put(enemy, data, "0" * 64) == (400, "bad_message")


def test_many_huge_pictures_at_once_are_drawn_in_little_memory(served):
    doors = [served.device() for _ in range(8)]
    huge = [picture("PNG", (3000 - n, side), "RGBA") for n in range(2) for side in (2990, 9000)]
    huge += [picture("JPEG", (5000 - n, side)) for n in range(2) for side in (4990, 9000)]
    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(put, doors, huge))
    assert [status for status, _why in said] == [204, 400] * 4


def test_a_picture_of_another_hub_is_not_there(both, enemy):
    data = picture("PNG", (9, 9))
    assert put(enemy, data) == (204, "")
    name, theirs = hashlib.sha256(data).hexdigest(), both.theirs.token
    said = both.asked("GET", f"/v1/files/{name}", Authorization=f"Bearer {theirs}")
    assert said[0] == 404
