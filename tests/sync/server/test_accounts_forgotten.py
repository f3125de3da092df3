"""Whoever was erased can sign in no more, and their account is in no table, file or backup."""

import gzip
from pathlib import Path

import pytest
from sqlalchemy import event, insert, select

from sync.server.database.backup import back_up
from sync.server.database.models import Account, Invitation, Session
from sync.server.database.passkey_tables import Passkey
from sync.server.restoring import restore
from sync.server.web.accounts import add_account
from tests.sync.server.remembered import ANA, LUIS, MARKED
from tests.sync.server.test_activity_forgets import holding
from tests.sync.server.village import HUB

TABLES = (Account, Session, Invitation, Passkey)


@pytest.fixture
def k1(village):
    door = village.door()
    door.asks(door.wrote("person", ANA, name=MARKED), door.wrote("person", LUIS, name="Luis"))
    return door


def signs_in(village, person, name, role="volunteer"):
    """Have a person look after the hub, with all that is kept of it."""
    more = {"person": person, "password_hash": "x", "lang": "en", "now_ms": village.ms}
    with village.database.writing() as connection:
        account = add_account(connection, HUB, name, role, **more)
        row = {"hub_id": HUB, "account_id": account}
        secret = {"secret_hash": "x"}
        connection.execute(insert(Session), [row | secret | {"session_id": account, "about": name}])
        link = {"invitation_id": account, "made_ms": village.ms, "name": name}
        connection.execute(insert(Invitation), [row | secret | link])
        key = {"passkey_id": account, "name": name, "data": b"x"}
        connection.execute(insert(Passkey), [row | key])


def left(village):
    """Return how many rows there are of every table of accounts."""
    with village.database.reading() as connection:
        return [len(connection.execute(select(table.hub_id)).all()) for table in TABLES]


def erased(door):
    door.asks({"kind": "person", "id": ANA, "erased": str(door.reading())})


def test_who_is_erased_at_a_door_is_in_no_account_of_the_next_backup(village, k1, tmp_path):
    signs_in(village, LUIS, "Luis", "steward")
    signs_in(village, ANA, MARKED)
    assert left(village) == [2, 2, 2, 2]
    erased(k1)
    assert left(village) == [1, 1, 1, 1]
    back_up(village.database, tmp_path / "tonight.gz")
    assert MARKED.encode() not in gzip.decompress((tmp_path / "tonight.gz").read_bytes())


def test_a_wash_leaves_no_byte_of_an_account_that_was_erased(village, k1):
    folder = village.erased.parent
    if not village.database.is_sqlite:
        with village.database.reading() as connection:
            folder = Path(connection.exec_driver_sql("SHOW data_directory").scalar()) / "base"
    signs_in(village, ANA, MARKED)
    assert holding(village, folder)
    erased(k1)
    village.database.wash()
    assert holding(village, folder) == []


def test_a_restored_backup_brings_no_account_back_of_who_was_erased_since(village, k1, tmp_path):
    signs_in(village, LUIS, "Luis", "steward")
    signs_in(village, ANA, MARKED)
    back_up(village.database, tmp_path / "yesterday.gz")
    erased(k1)
    restore(village.service.commits, tmp_path / "yesterday.gz", village.erased)
    with village.database.reading() as connection:
        assert connection.execute(select(Account.name)).scalars().all() == ["Luis"]


def test_an_account_that_came_in_while_its_person_was_erased_goes_and_is_washed_out(village, k1):
    """A welcome that was under way then; its row stands in SQLite's log until that is cut."""
    service = village.service
    erased(k1)
    service.wash()
    signs_in(village, ANA, MARKED)
    service.sweep_all()
    assert left(village) == [0, 0, 0, 0]
    service.wash()
    if village.database.is_sqlite:
        assert holding(village, village.erased.parent) == []


@pytest.mark.parametrize(("role", "said"), [("steward", 1), ("volunteer", 0)])
def test_it_is_logged_where_nobody_is_left_who_could_invite(village, k1, caplog, role, said):
    signs_in(village, ANA, MARKED, role)
    erased(k1)
    assert [one.name for one in caplog.records if "stewards.none_left" in one.message] == [
        "accounts"
    ] * said
    assert MARKED not in caplog.text


def test_what_erases_nobody_asks_for_no_accounts(village, k1):
    asked = []

    def note(_connection, _cursor, statement, *_more):
        asked.append(statement)

    event.listen(village.database.engine, "before_cursor_execute", note)
    yes = k1.wrote("acceptance", person=LUIS)
    k1.asks(k1.wrote("visit", how="count"), yes)
    k1.asks({"kind": "acceptance", "id": yes["id"], "erased": str(k1.reading())})
    assert [one for one in asked if "INTO erased" in one]
    assert [one for one in asked if "account" in one] == []
