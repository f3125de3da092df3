"""HTTP with the server, by ``requests``: one session, answers read to a bound and to a deadline."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import requests
from requests.auth import AuthBase
from urllib3.exceptions import HTTPError

from sync.client.batch import Outgoing, pushed
from sync.client.bodies import body_of
from sync.client.effects import Listen, Send
from sync.client.events import Answer, Failed, Woken
from sync.errors import BadMessage
from sync.protocol import (
    COLOUR_HEADER,
    MAX_ANSWER_BYTES,
    NODE_HEADER,
    PROTOCOL,
    SYNC_PATH,
    WAIT_PATH,
    WAITING_HEADER,
    Problem,
    SyncAnswer,
    SyncAsk,
    decode,
    encode,
)
from sync.protocol import Woken as WokenAnswer

CONNECT_S, READ_S = 5, 30
LONGEST_MS = 300_000
"""A whole answer, however it drips: 64 kbit/s bring a full page in a fraction of it."""
_OUR_JSON = {"Content-Type": "application/json", "Accept-Encoding": "gzip"}
_WENT_WRONG = (requests.RequestException, HTTPError, OSError)


@dataclass(frozen=True, slots=True)
class Device:
    """Who asks: its token, and what it says of itself. colour: of its guest tags, as set up."""

    token: str = field(repr=False)
    node: str = ""
    version: str = ""
    colour: str = ""


class _Bearer(AuthBase):
    """Our token and no other: without it ``requests`` would look for one in ``~/.netrc``."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class Wire:
    """The server at one address. Every way of failing is returned as Failed, none is raised."""

    def __init__(
        self,
        server: str,
        now_ms: Callable[[], int],
        *,
        connect_s: float = CONNECT_S,
        read_s: float = READ_S,
    ) -> None:
        """server: ``https://hub.example``, with or without a path. now_ms: the monotonic clock."""
        self._server, self._now_ms = server.rstrip("/"), now_ms
        self._timeout = (connect_s, read_s)
        self._session = requests.Session()

    def ask(
        self, send: Send, batch: Sequence[Outgoing], device: Device, waiting: int
    ) -> Answer | Failed:
        """Push a batch and hear what is new."""
        asked_ms, names = self._now_ms(), tuple(pushed(one) for one in batch)
        ask = SyncAsk(PROTOCOL, send.cursor, send.word, [dict(one.body) for one in batch])
        said = {
            **_OUR_JSON,
            "Content-Encoding": "gzip",
            NODE_HEADER: device.node,
            "User-Agent": f"kiosk/{device.version}",
            WAITING_HEADER: str(waiting),
            COLOUR_HEADER: device.colour,
        }
        try:
            with self._session.post(
                self._server + SYNC_PATH,
                data=encode(ask),
                headers=said,
                auth=_Bearer(device.token),
                timeout=self._timeout,
                allow_redirects=False,
                stream=True,
            ) as response:
                body = self._read(response, asked_ms)
                if response.status_code != requests.codes.ok:
                    return failed(response, body, names, asked_ms)
            return Answer(decode(body, SyncAnswer, largest=MAX_ANSWER_BYTES), names, asked_ms)
        except BadMessage:
            return Failed("not_the_server", status=response.status_code, pushed=names)
        except _WENT_WRONG:
            return Failed("no_network", pushed=names)

    def wait(self, listen: Listen, device: Device) -> Woken | Failed:
        """Wait until the hub has news, or the server says that there are none."""
        asked_ms = self._now_ms()
        try:
            with self._session.get(
                self._server + WAIT_PATH,
                params={"cursor": listen.cursor, "all_sent": str(int(listen.is_all_sent))},
                headers=_OUR_JSON,
                auth=_Bearer(device.token),
                timeout=self._timeout,
                allow_redirects=False,
                stream=True,
            ) as response:
                body = self._read(response, asked_ms)
                if response.status_code != requests.codes.ok:
                    return failed(response, body, (), asked_ms, is_wait=True)
            answer = decode(body, WokenAnswer, largest=MAX_ANSWER_BYTES)
            return Woken(listen.cursor, answer.news, asked_ms)
        except BadMessage:
            return Failed("not_the_server", status=response.status_code, is_wait=True)
        except _WENT_WRONG:
            return Failed("no_network", is_wait=True)

    def close(self) -> None:
        """Let go of the connections that nobody is using."""
        self._session.close()

    def _read(self, response: requests.Response, asked_ms: int) -> bytes:
        """Return a body as it was sent, still in gzip. Raises BadMessage where it has no end."""
        return body_of(response, MAX_ANSWER_BYTES, lambda: self._now_ms() - asked_ms > LONGEST_MS)


def failed(
    response: requests.Response,
    body: bytes,
    pushed: tuple[tuple[str, str, int], ...],
    asked_ms: int,
    *,
    is_wait: bool = False,
) -> Failed:
    """Return what an answer other than 200 means; without our own words it may be anybody's."""
    try:
        problem = decode(body, Problem, largest=MAX_ANSWER_BYTES)
    except BadMessage:
        problem = Problem("")
    return Failed(
        status=response.status_code,
        error=problem.error,
        pushed=pushed,
        retry_after_s=_seconds(response.headers.get("Retry-After")),
        token=problem.token,
        now=problem.now,
        asked_ms=asked_ms,
        is_wait=is_wait,
    )


def _seconds(said: str | None) -> float | None:
    """Return a Retry-After in seconds (RFC 9110, 10.2.3); the form with a date is not used."""
    said = (said or "").strip()
    return float(said) if said.isascii() and said.isdecimal() and len(said) < 10 else None
