"""The pages in Debian's Chromium, from a real server on a port of its own: ``deploy/test web``."""

from __future__ import annotations

import datetime as dt
import shutil
import socket
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.web.house import ANA, CHOIR, move_in
from tests.web.thumb import PASSWORD

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright: deploy/test web")
CHROMIUM = shutil.which("chromium")
HERE = Path(__file__).parent
PICTURES = Path("build/look")


@pytest.fixture(scope="session")
def chromium():
    if CHROMIUM is None:
        pytest.skip("Debian's chromium is not installed: deploy/test web")
    with sync_api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def village(tmp_path_factory):
    from sync.server.database.engine import Database
    from sync.server.database.migrate import migrate
    from tests.sync.server.village import Village

    folder = tmp_path_factory.mktemp("web")
    database = Database(f"sqlite:///{folder / 'server.db'}")
    migrate(database)
    village = Village(database, folder / "erased.txt")
    village.ms = int(dt.datetime(2026, 11, 23, 9, 41, tzinfo=dt.UTC).timestamp() * 1000)
    yield village
    database.close()


@pytest.fixture(scope="session")
def door(village):
    """A hub that is lived in: rooms, notices, people, visits, all by its door."""
    return move_in(village)


@pytest.fixture(scope="session")
def address(village, door):
    with served(village) as url:
        yield url  # by its name: browsers make no passkeys for a number


@contextmanager
def served(village):
    import uvicorn

    from sync.server.app import make_app
    from sync.server.service import Service
    from sync.server.settings import Settings

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    url = f"http://localhost:{port}"
    settings = Settings(village.notary, village.erased)
    service = Service(village.database, settings, now_ms=village.now_ms, public_url=url)
    config = uvicorn.Config(make_app(service), port=port, log_level="error")
    server = uvicorn.Server(config)
    running = threading.Thread(target=server.run, daemon=True)
    running.start()
    while not server.started:
        running.join(0.05)
        assert running.is_alive()
    yield url
    server.should_exit = True
    running.join(10)


def invitation(village, address, role="steward", name=""):
    from sync.server.web.accounts import invite
    from tests.sync.server.village import HUB

    with village.database.writing() as connection:
        return f"{address}/welcome/{invite(connection, HUB, role, village.ms, name=name)}"


@pytest.fixture(scope="session")
def signed_in(chromium, village, address):
    """Cookies of a steward."""
    return _session(chromium, invitation(village, address, name="Inés"))


@pytest.fixture(scope="session")
def sessions(chromium, village, address, signed_in):
    """Cookies of each sort of visitor; of nobody, none."""
    tomas = invitation(village, address, role="volunteer", name="Tomás")
    return {"steward": signed_in, "volunteer": _session(chromium, tomas), "": None}


def _session(chromium, link):
    context = chromium.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(link)
    page.fill("#password", PASSWORD)
    page.click("button.primary")
    page.wait_for_url("**/notices*")
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture(scope="session")
def things(chromium, village, address, signed_in):
    """What stands for ``{notice}`` and the like in the path of a page."""
    from sync.server.pairing import ask_for_code
    from sync.server.web.feeds.secret import renew
    from tests.sync.server.village import HUB

    with village.database.writing() as connection:
        codes = ask_for_code(connection, name="Back door", node="0000aa44", now_ms=village.ms)
        renew(connection, HUB, village.ms)
    _make_home_card(chromium, address, signed_in)
    return {
        "code": invitation(village, address, role="volunteer").rpartition("/")[2],
        "user_code": codes.user_code,
        "notice": "notice-rest",
        "change": "1",
        "day": "closed-rest",
        "person": ANA,
        "room": "room-willow",
        "booking": CHOIR,
    }


def _make_home_card(chromium, address, signed_in):
    context = chromium.new_context(storage_state=signed_in)
    page = context.new_page()
    page.goto(f"{address}/people/{ANA}")
    page.click("form[action$='/home-card'] button")
    page.wait_for_selector(".home-card")
    context.close()
