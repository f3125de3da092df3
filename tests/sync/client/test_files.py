"""Fetching a picture: whole and as it was sent, or not at all."""

from base64 import b64encode
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler

import pytest

from sync.client.files import MAX_FILE_BYTES, fetch_file
from tests.sync.client.answering import answering

DATA = b"a picture"


def digest(data):
    return f"sha-256=:{b64encode(sha256(data).digest()).decode()}:"


@contextmanager
def server(*, status=200, data=DATA, said=None):
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append((self.path, self.headers["Authorization"]))
            self.send_response(status)
            self.send_header("Repr-Digest", said if said is not None else digest(DATA))
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_):
            pass

    with answering(Handler) as url:
        yield f"{url}/", asked


def test_a_picture_comes_whole():
    with server() as (url, asked):
        assert fetch_file(url, "t0k", "ab") == DATA
    assert asked == [("/v1/files/ab", "Bearer t0k")]


@pytest.mark.parametrize(
    "fault",
    [{"status": 404}, {"status": 302}, {"data": DATA + b"!"}, {"said": ""}],
    ids=["not there", "sent elsewhere", "other bytes", "no digest"],
)
def test_anything_else_is_no_picture(fault):
    with server(**fault) as (url, _):
        assert fetch_file(url, "t", "ab") is None


def test_more_than_a_picture_may_have_is_not_read():
    large = b"x" * (MAX_FILE_BYTES + 1)
    with server(data=large, said=digest(large)) as (url, _):
        assert fetch_file(url, "t", "ab") is None


def test_a_server_that_is_away_has_no_picture():
    with server() as (url, _):
        pass
    assert fetch_file(url, "t", "ab") is None
