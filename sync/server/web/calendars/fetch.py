"""Fetching a calendar: only what changed, only from the public internet, in bounded time and size.

httpcore does what a request needs and nothing else: no cookies, no redirects, no proxies of the
environment; and it lets us open the connection, where the guard belongs.
"""

from __future__ import annotations

import socket
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import httpcore

from sync.server.web.calendars.events import LARGEST_BYTES
from sync.server.web.calendars.guard import Target, allowed, sent_on, target
from sync.server.web.calendars.trouble import (
    Gone,
    NoAnswer,
    NotACalendar,
    NotForUs,
    TooMuch,
    Trouble,
)

AGENT = "DoorOfTheCommons/1 (community hub; reads this calendar every half hour at most)"
MOST_HOPS = 3
EACH_S = 10.0
"""For connecting, and for each piece of an answer."""
WHOLE_S = 30.0
"""For all of it: an answer of a byte a second ends, too."""
_SENT_ON = frozenset({301, 302, 303, 307, 308})
_LATER = frozenset({429, 503})
_LONGEST_MARK = 200
Resolve = Callable[[str, int], Sequence[str]]
Dial = Callable[[str, int, float | None], httpcore.NetworkStream]


@dataclass(frozen=True, slots=True)
class Marks:
    """By what a server tells that nothing changed: ETag and Last-Modified, as it said them."""

    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came: the file, or None where it is as it was."""

    data: bytes | None
    marks: Marks


def resolve(host: str, port: int) -> Sequence[str]:
    """Return every IP address of a name. Raises OSError, UnicodeError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(where[0]) for *_rest, where in found))


def dial(address: str, port: int, timeout_s: float | None) -> httpcore.NetworkStream:
    """Connect to an IP address. Raises httpcore's errors."""
    return httpcore.SyncBackend().connect_tcp(address, port, timeout_s)


@dataclass(frozen=True)
class Network:
    """How names and machines are reached. now_s: a clock that never goes back."""

    resolve: Resolve = resolve
    dial: Dial = dial
    now_s: Callable[[], float] = time.monotonic


INTERNET = Network()


class _Guarded(httpcore.NetworkBackend):
    """Connects only to what was looked at; TLS is still asked for the name."""

    def __init__(self, network: Network) -> None:
        self._network = network

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,  # noqa: ARG002  # httpcore's own signature
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002  # Any: as httpcore has them
    ) -> httpcore.NetworkStream:
        """Open a connection to the first IP address that answers. Raises OffLimits, NoAnswer."""
        try:
            addresses = allowed(self._network.resolve(host, port))
        except (OSError, UnicodeError) as why:
            raise NoAnswer from why
        for address in addresses[:-1]:
            try:
                return self._network.dial(address, port, timeout)
            except (httpcore.NetworkError, httpcore.TimeoutException):
                continue
        return self._network.dial(addresses[-1], port, timeout)


def fetch(address: str, known: Marks = Marks(), network: Network = INTERNET) -> Fetched:  # frozen
    """Return what is at an address, unless it is as it was. Raises Trouble."""
    there, until_s = target(address), network.now_s() + WHOLE_S
    errors = (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError)
    try:
        with httpcore.ConnectionPool(network_backend=_Guarded(network)) as pool:
            for _hop in range(MOST_HOPS + 1):
                if network.now_s() > until_s:
                    raise NoAnswer
                found = _ask(pool, there, known, until_s, network)
                if isinstance(found, Fetched):
                    return found
                there = found
    except (*errors, httpcore.UnsupportedProtocol) as why:
        raise NoAnswer from why
    raise NoAnswer


def _ask(
    pool: httpcore.ConnectionPool, there: Target, known: Marks, until_s: float, network: Network
) -> Fetched | Target:
    """Return what a server answers, or where it sends us on to. Raises Trouble, httpcore's errors."""
    times = dict.fromkeys(("connect", "read", "write", "pool"), EACH_S)
    with pool.stream(
        "GET", there.address, headers=_headers(there, known), extensions={"timeout": times}
    ) as answer:
        said = {name.lower().decode(): value.decode("latin-1") for name, value in answer.headers}
        if answer.status in _SENT_ON and "location" in said:
            return sent_on(there, said["location"].encode("latin-1").decode("utf-8", "replace"))
        if answer.status == 304:
            return Fetched(None, known)
        if answer.status != 200:
            raise _trouble(answer.status, said)
        body = _in_time(answer.iter_stream(), until_s, network.now_s)
        data = b"".join(_bounded(_inflated(body, said.get("content-encoding", "identity"))))
    marks = (said.get(name, "") for name in ("etag", "last-modified"))
    return Fetched(data, Marks(*(one if _can_be_sent(one) else "" for one in marks)))


def _can_be_sent(mark: str) -> bool:
    return len(mark) <= _LONGEST_MARK and mark.isascii() and mark.isprintable()


def _headers(there: Target, known: Marks) -> list[tuple[str, str]]:
    wanted = {
        "Host": there.address.split("/")[2],
        "User-Agent": AGENT,
        "Accept": "text/calendar, */*;q=0.1",
        "Accept-Encoding": "gzip",
        "If-None-Match": known.etag,
        "If-Modified-Since": known.modified,
    }
    return [(name, value) for name, value in wanted.items() if value]


def _trouble(status: int, said: Mapping[str, str]) -> Trouble:
    if status in {401, 403, 407}:
        return NotForUs()
    if status in {404, 410}:
        return Gone()
    later = said.get("retry-after", "") if status in _LATER else ""
    return NoAnswer(retry_s=int(later[:9]) if later.isascii() and later.isdigit() else 0)


def _in_time(
    pieces: Iterable[bytes], until_s: float, now_s: Callable[[], float]
) -> Iterator[bytes]:
    for piece in pieces:
        if now_s() > until_s:
            raise NoAnswer
        yield piece


def _inflated(pieces: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """Yield what was packed by gzip, each time as much as a whole file may be and no more."""
    if encoding.strip().lower() == "identity":
        yield from pieces
        return
    if encoding.strip().lower() not in {"gzip", "x-gzip"}:
        raise NotACalendar
    unpack = zlib.decompressobj(wbits=31)
    try:
        for piece in pieces:
            yield unpack.decompress(piece, LARGEST_BYTES + 1)  # whoever measures it stops there
    except zlib.error as why:
        raise NotACalendar from why
    if not unpack.eof:
        raise NoAnswer  # cut short


def _bounded(pieces: Iterable[bytes]) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > LARGEST_BYTES:
            raise TooMuch
        yield piece
