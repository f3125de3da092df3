"""PostgreSQL on several machines: the one that a connection is of may have ceased to lead."""

import asyncio
import sqlite3
from contextlib import ExitStack

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError, OperationalError

from sync.server import app
from sync.server.exchange import About
from sync.server.routes import answers
from tests.sync.server.test_app import ask


def follows_now(database):
    """Have every connection that there is be of a machine that only follows: it takes no writes."""
    with ExitStack() as stack:
        for _ in range(database.engine.pool.checkedin()):
            one = stack.enter_context(database.engine.connect())
            one.exec_driver_sql("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY")
            one.commit()


def test_a_push_to_a_machine_that_follows_is_tried_again_and_finds_the_one_that_leads(village):
    if village.database.is_sqlite:
        return
    k1 = village.door()
    body = ask(k1.wrote("visit", how="count"))
    follows_now(village.database)
    with pytest.raises(DBAPIError) as why:
        village.service.sync(k1.token, body, About())
    assert answers._named(why.value)[0] == "busy"
    assert not village.service.sync(k1.token, body, About()).refused


@pytest.mark.parametrize(
    ("why", "said"),
    [
        (OperationalError("", {}, psycopg.OperationalError()), "tick.put_off"),
        (KeyError(), "tick.broke"),
    ],
    ids=["nobody leads yet", "a bug"],
)
def test_what_is_done_beside_waits_for_a_leader_and_only_a_bug_is_called_one(why, said, caplog):
    def work():
        raise why

    def the_end():
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(app._tick({work: 0.0, the_end: 0.0}))
    ours = [one for one in caplog.records if one.name == "server"]
    assert [one.getMessage().split()[0] for one in ours] == [said]


@pytest.mark.parametrize("code", [sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_READONLY_DIRECTORY])
def test_a_disk_that_has_become_read_only_is_away_and_nothing_is_broken(code):
    why = sqlite3.OperationalError("locking protocol")
    why.sqlite_errorcode = code
    assert answers.is_busy(OperationalError("", {}, why))
