"""One request for a page, as the pages see it: who asks, in which language, with which form."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from litestar import Request, Response
from litestar.datastructures import Cookie, State
from sqlalchemy import Connection

from sync.errors import HubError
from sync.server.database.engine import Database
from sync.server.database.ledger import Ledger
from sync.server.database.logbook import Logbook
from sync.server.hubs import hubs
from sync.server.service import Service
from sync.server.web.accounts import sweep_invitations
from sync.server.web.feeds.shelf import Shelf
from sync.server.web.reading import House, house
from sync.server.web.sessions import IDLE_MS, Who, sweep_sessions
from sync.server.web.shield import HEADERS, form_token
from sync.server.web.templating import Templates, the_templates
from sync.server.web.tries import Tries
from sync.server.web.words import Words
from sync.server.web.writing import Erase, Write, note, write

Asked = Request[object, object, State]
Page = Response[bytes]
LANG_COOKIE, BROWSER_COOKIE, HUB_COOKIE = "lang", "browser", "hub"
_YEAR_S = 365 * 24 * 3600


@dataclass(frozen=True)
class Pages:
    """What every page is made with; one for an app."""

    service: Service
    templates: Templates = field(default_factory=the_templates)
    tries: Tries = field(default_factory=Tries)
    shelf: Shelf = field(default_factory=Shelf)

    def sweep(self) -> None:
        """Let go of ended sessions and invitations."""
        database = self.service.database
        with database.reading() as connection:
            lines = hubs(connection)
        for line in lines:
            with database.writing() as connection:
                sweep_sessions(connection, line.hub, self.service.now_ms())
                sweep_invitations(connection, line.hub, self.service.now_ms())


@dataclass
class Visit:
    """A request that was let in. form: fields as they were sent. cookie: the session's."""

    request: Asked
    pages: Pages
    words: Words
    who: Who | None = None
    cookie: str = ""
    form: Mapping[str, Sequence[str]] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)
    cookies: list[Cookie] = field(default_factory=list)

    @property
    def service(self) -> Service:
        """The server behind the pages."""
        return self.pages.service

    @property
    def database(self) -> Database:
        """Where everything is kept."""
        return self.service.database

    @property
    def now_ms(self) -> int:
        """The server's time."""
        return self.service.now_ms()

    @property
    def me(self) -> Who:
        """Who is signed in; pages that need nobody do not ask."""
        assert self.who is not None  # noqa: S101
        return self.who

    @cached_property
    def house(self) -> House:
        """The hub of who is signed in."""
        with self.database.reading() as connection:
            return house(connection, self.me.hub, self.now_ms)

    @property
    def is_secure(self) -> bool:
        """Whether the page travels by TLS, here or at the proxy."""
        return self.service.public_url.startswith("https:") or self.request.url.scheme == "https"

    @property
    def address(self) -> str:
        """The address of this server as people know it."""
        return self.service.public_url or str(self.request.base_url).rstrip("/")

    def said(self, name: str) -> str:
        """Return a field of the form, without what no text of ours holds."""
        return next(iter(self.form.get(name, ())), "").replace("\0", "")

    def asked(self, name: str) -> str:
        """Return a part of the address's query."""
        return str(self.request.query_params.get(name, "")).replace("\0", "")

    def logbook(self, connection: Connection) -> Logbook:
        """Return the activity of who is signed in's hub."""
        return Logbook(connection, self.me.hub, self.now_ms)

    def note(self, connection: Connection, kind: str, record: str, act: str) -> None:
        """Remember what is no change of a record: first thing in a transaction, it takes the lock."""
        note(connection, self.me, self.now_ms, (kind, record), act)

    def write(self, *writes: Write | Erase) -> None:
        """Write records and wake who waits for them. Raises what ``writing.write`` raises."""
        self.within(lambda _connection: writes)

    def within(
        self,
        decide: Callable[[Connection], Sequence[Write | Erase]],
        sure: Callable[[Connection], None] = lambda _connection: None,
    ) -> None:
        """Decide by what is there, and write it, in one transaction; then wake who waits.

        sure: looks at what was written before it stands; if it raises, nothing was.
        """
        commits = self.service.commits
        with self.database.writing() as connection:
            # What is decided here is decided about the hub as it is when this is written.
            Ledger(connection, self.me.hub).lock()
            writes = decide(connection)
            done = write(commits, connection, self.me, *writes) if writes else None
            sure(connection)
        if done:
            commits.announce(self.me.hub, done)

    def sorry(self, why: HubError) -> str:
        """Return the sentence that says why something cannot be."""
        return self.words.say(why.say, **why.facts())

    def page(self, template: str, status: int = 200, /, **facts: Any) -> Page:
        """Return a page. facts: what its template says."""
        shared = {
            "words": self.words,
            "say": self.words.say,
            "who": self.who,
            "house": self.house if self.who else None,
            "token": form_token(self.cookie) if self.cookie else "",
            "said": self._said(),
            "path": self.request.url.path,
        }
        text = self.pages.templates.drawn(template, shared | facts)
        return self._answer(text.encode(), "text/html; charset=utf-8", status)

    def plain(self, data: bytes, media: str, headers: Mapping[str, str] | None = None) -> Page:
        """Return what is no page: a picture, a calendar, a table."""
        return self._answer(data, media, 200, headers)

    def go(self, path: str, *, said: str = "") -> Page:
        """Send the browser on to another page, which opens with a sentence."""
        query = f"{'&' if '?' in path else '?'}said={said}" if said else ""
        headers = HEADERS | {"Location": path.partition("#")[0] + query}
        return Response(b"", status_code=303, headers=headers, cookies=self.cookies)

    def keep(self, name: str, value: str, seconds: int = IDLE_MS // 1000) -> None:
        """Have the browser keep a cookie that no script and no other site sees."""
        self.cookies.append(
            Cookie(
                key=name,
                value=value,
                path="/",
                max_age=seconds,
                httponly=True,
                samesite="lax",
                secure=self.is_secure,
            )
        )

    def keep_long(self, name: str, value: str) -> None:
        """The same for a year."""
        self.keep(name, value, _YEAR_S)

    def _said(self) -> str:
        key = f"said.{self.asked('said')}"
        return self.words.say(key) if self.words.has(key) else ""

    def _answer(
        self, data: bytes, media: str, status: int, more: Mapping[str, str] | None = None
    ) -> Page:
        headers = HEADERS | {"Vary": "Accept-Encoding, Cookie"} | dict(more or {})
        if "gzip" in self.request.headers.get("accept-encoding", "") and "image/" not in media:
            data, headers["Content-Encoding"] = gzip.compress(data, 6, mtime=0), "gzip"
        return Response(
            data, status_code=status, headers=headers, media_type=media, cookies=self.cookies
        )


def session_cookie(visit: Visit) -> str:
    """Return what the session's cookie is called: by TLS, no neighbour can set one of this name."""
    return "__Host-session" if visit.is_secure else "session"


def visit_of(request: Asked) -> Visit:
    """Return the visit of a request that was let in."""
    found = request.state["visit"]
    assert isinstance(found, Visit)  # noqa: S101
    return found
