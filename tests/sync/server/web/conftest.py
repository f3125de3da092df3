"""The server's pages, in process; passwords cost little here, argon2 is tried in one test."""

from __future__ import annotations

import shutil

import pytest

from sync.server.web import passwords
from tests.sync.server.web.browser import browsers


@pytest.fixture(autouse=True)
def _cheap_passwords(monkeypatch):
    from argon2 import PasswordHasher

    made = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_argon2", lambda: made)


@pytest.fixture
def another(village):
    """Open one more browser."""
    with browsers(village) as opens:
        yield opens


@pytest.fixture
def browser(another):
    return another()


@pytest.fixture
def steward(another):
    return another().joins("steward")


@pytest.fixture
def volunteer(another, steward):
    return another().joins("volunteer", name="Tomás Herrero")


@pytest.fixture
def door(village):
    """The door of a house in Madrid that writes in two languages; its record: ``village.house``."""
    door = village.door()
    village.house = door.wrote(
        "hub", door.who.hub, timezone="Europe/Madrid", languages=["en", "es"], name__en="La Ronda"
    )
    door.asks(village.house)
    return door


@pytest.fixture
def url(blank, tmp_path):
    """SQLite: pages add nothing to the tables' ways; the table of rights runs on both."""
    shutil.copy(blank, tmp_path / "server.db")
    return f"sqlite:///{tmp_path / 'server.db'}"
