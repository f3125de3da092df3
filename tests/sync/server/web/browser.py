"""A volunteer's browser without a screen: it keeps cookies, and sends the forms it was shown."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from unittest.mock import patch

from litestar.testing import TestClient

from sync.server.app import make_app
from sync.server.web.accounts import invite
from tests.sync.server.village import HUB, Village

HERE = {"Origin": "http://testserver.local", "Accept-Language": "en"}
PASSWORD = "a kettle and a chair"


@dataclass
class Form:
    """A form as a browser would send it; ``with_`` types into it."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    @property
    def said(self) -> dict[str, str]:
        return dict(self.fields)


class Forms(HTMLParser):
    """Every form of a page, with what its fields hold."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self._text = self._select = ""
        self._words: list[str] | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.links.append(has.get("href", ""))
        if tag == "form":
            self.forms.append(Form(has.get("action", "")))
        elif self.forms and has.get("name"):
            self._field(tag, has)
        elif self.forms and tag == "option" and self._select and "selected" in has:
            self.forms[-1].fields.append((self._select, has.get("value", "")))

    def _field(self, tag: str, has: dict[str, str]) -> None:
        if tag == "textarea":
            self._text, self._words = has["name"], []
        elif tag == "select":
            self._select = has["name"]
        elif tag == "button":
            self.forms[-1].buttons.append((has["name"], has.get("value", "")))
        elif has.get("type") not in {"checkbox", "radio", "file"} or "checked" in has:
            self.forms[-1].fields.append((has["name"], has.get("value", "")))

    def handle_data(self, data: str) -> None:
        if self._words is not None:
            self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._words is not None:
            # A browser drops the first line break of a text area.
            self.forms[-1].fields.append((self._text, "".join(self._words).removeprefix("\n")))
            self._words = None


class Browser:
    """One browser; ``village`` is the server it talks to."""

    def __init__(self, client: TestClient, village: Village) -> None:
        self.client, self.village = client, village
        self.page = ""
        self.status = 0
        self.headers: Any = {}

    def get(self, path: str, **headers: str):
        return self._took(self.client.get(path, headers=HERE | headers))

    def post(self, path: str, fields: Any = None, **more: Any):
        headers = HERE | more.pop("headers", {})
        return self._took(self.client.post(path, data=fields or {}, headers=headers, **more))

    def forms(self) -> list[Form]:
        return Forms(self.page).forms

    def form(self, action: str) -> Form:
        found = [one for one in self.forms() if one.action == action]
        found.sort(key=lambda one: "token" not in one.said)  # a search form writes nothing
        assert found, f"no form {action!r} among {[one.action for one in self.forms()]}"
        return found[0]

    def send(self, action: str, files: Any = None, **typed: Any):
        """Send a form of the page that is open. ``title__en`` is ``title.en``."""
        form = self.form(action)
        said: dict[str, Any] = {}
        for name, value in form.fields:
            said.setdefault(name, []).append(value)
        said |= {name.replace("__", "."): value for name, value in typed.items()}
        return self.post(action, said, **({"files": files} if files else {}))

    def joins(self, role: str = "steward", hub: str = HUB, name: str = "Inés Vidal") -> Browser:
        """Come in by an invitation."""
        with self.village.database.writing() as connection:
            code = invite(connection, hub, role, self.village.ms)
        self.get(f"/welcome/{code}")
        self.send(f"/welcome/{code}", name=name, password=PASSWORD)
        assert self.status == 200, self.page
        return self

    def signs_in(self, name: str = "Inés Vidal", password: str = PASSWORD):
        self.get("/sign-in")
        return self.send("/sign-in", name=name, password=password)

    def _took(self, response):
        self.page, self.status, self.headers = response.text, response.status_code, response.headers
        self.at = response.url.path
        return response


class NobodyReads:
    """A test reads calendars of others itself, at its own time: nothing reads them behind its back."""

    def __init__(self, _service: Any) -> None:
        pass

    def read_due(self) -> None:
        pass

    def stop(self) -> None:
        pass


@contextmanager
def browsers(village: Village, reader: type = NobodyReads):
    """Give a function that opens another browser on the same server.

    reader: what reads the calendars of others while the server runs.
    """
    app = make_app(village.service)
    with patch("sync.server.app.Reader", reader), TestClient(app) as first:

        def another() -> Browser:
            client = TestClient(app)
            client.blocking_portal = first.blocking_portal
            return Browser(client, village)

        yield another
