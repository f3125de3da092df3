"""The tables: made by migrations, the same everywhere, safe when two begin at once."""

import re
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from sqlalchemy import text

from sync.server.database import bulk, engine
from sync.server.database.engine import Database
from sync.server.database.ledger import Ledger
from sync.server.database.migrate import differences, migrate, newest, version_of


def test_migrations_make_the_tables_that_the_code_expects(database):
    migrate(database)
    assert differences(database) == []
    assert version_of(database) == newest()


def test_migrating_again_changes_nothing(database):
    migrate(database)
    assert differences(database) == []


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def empty(request, tmp_path):
    """The URL of a database without a table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'new.db'}"
        return
    boss = Database(request.getfixturevalue("cluster"))
    with boss.at_once() as connection:
        connection.exec_driver_sql("CREATE DATABASE empty")
    yield boss.url.set(database="empty").render_as_string(hide_password=False)
    with boss.at_once() as connection:
        connection.exec_driver_sql("DROP DATABASE empty WITH (FORCE)")
    boss.close()


def test_processes_that_begin_at_once_make_the_tables_once(empty):
    databases = [Database(empty) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(migrate, databases))
    assert differences(databases[0]) == []
    for one in databases:
        one.close()


def test_tables_of_a_later_version_are_left_as_they_are_by_one_that_went_back(empty):
    database = Database(empty)
    migrate(database)
    later = f"{int(newest()) + 1:04}"
    with database.writing() as connection:
        connection.execute(text(f"UPDATE alembic_version SET version_num = '{later}'"))
    migrate(database)
    assert version_of(database) == later
    database.close()


def test_a_commit_of_sqlite_is_on_the_disk_when_it_is_done(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'server.db'}")
    with database.reading() as connection:
        said = [
            connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        ]
    database.close()
    assert said == ["wal", 2, 1, 1]


def test_sqlite_waits_for_the_disk_but_where_a_power_cut_may_take_it_back(tmp_path):
    """The same connection does both in turns; 2 is FULL, 1 is NORMAL."""
    database, said = Database(f"sqlite:///{tmp_path / 'server.db'}"), []
    for may_be_lost in (False, True, False):
        with database.writing(may_be_lost=may_be_lost) as connection:
            said.append(connection.execute(text("PRAGMA synchronous")).scalar())
    database.close()
    assert said == [2, 1, 2]


def test_a_reader_sees_one_snapshot_to_its_end(village):
    k1 = village.door()
    with village.database.reading() as connection:
        count = text("SELECT count(*) FROM record")
        before = connection.execute(count).scalar()
        k1.asks(k1.wrote("visit", how="count"))
        assert connection.execute(count).scalar() == before


def test_what_broke_half_way_leaves_nothing(village):
    k1 = village.door()
    with pytest.raises(RuntimeError), village.database.writing() as connection:
        village.commits.commit(connection, village.hub, [k1.wrote("visit", how="count")])
        raise RuntimeError
    assert village.seq() == 0
    assert village.door(node="0000bbbb").asks().records == []


def test_postgresql_plans_a_question_for_the_table_as_it_is_and_not_as_it_was(village):
    if village.database.is_sqlite:
        return
    k1 = village.door()
    for _ in range(20):
        k1.asks(k1.wrote("room", name__en="Willow"))
    plans = "SELECT sum(generic_plans), sum(custom_plans) FROM pg_prepared_statements"
    with village.database.reading() as connection:
        generic, custom = connection.exec_driver_sql(plans).one()
    assert custom > 0
    assert generic == 0


def test_what_names_many_is_found_as_what_names_one(village):
    k1 = village.door()
    people = [k1.wrote("person", name=f"Nr. {nth}")["id"] for nth in range(30)]
    k1.asks(*(k1.wrote("visit", how="tile", person=one) for one in people[:25]))
    # A text in quotation marks, with an id beside it, an id at the end, and one that is only said.
    said = f'She said "{people[26]}"\n and left'
    k1.asks(k1.wrote("notice", text__en=said, by=people[27]))
    with village.database.reading() as connection:
        ledger = Ledger(connection, village.hub)
        assert "notice" in {kind for kind, _id in ledger.naming(people)}
        for kinds in ((), ("visit",)):
            each = [ledger.naming([one], kinds) for one in people]
            assert ledger.naming(people, kinds) == {k: v for one in each for k, v in one.items()}
        assert [len(one) for one in each] == [1] * 25 + [0] * 5


def test_a_connection_that_died_while_it_lay_still_is_nobodys_error(database, monkeypatch):
    if database.is_sqlite:
        return
    pids = []
    with database.reading() as one, database.reading() as other:
        pids += [each.exec_driver_sql("SELECT pg_backend_pid()").scalar() for each in (one, other)]
    with psycopg.connect(database.url.set(drivername="postgresql").render_as_string(False)) as boss:
        boss.execute("SELECT pg_terminate_backend(pid, 5000) FROM unnest(%s) AS pid", (pids,))
    monkeypatch.setattr(engine, "RESTED_S", -1)
    with database.writing() as connection:
        assert connection.exec_driver_sql("SELECT pg_backend_pid()").scalar() not in pids


@pytest.mark.parametrize("is_known", [False, True], ids=["never analysed", "before the hub came"])
def test_postgresql_finds_a_record_by_its_key_whatever_it_knows_of_the_table(village, is_known):
    """It takes a hub that it does not know for one with a row: then every index looks as good."""
    if village.database.is_sqlite:
        return
    others = village.door(village.add())
    others.asks(*_visits(others, 600))
    if is_known:
        with village.database.at_once() as connection:
            connection.exec_driver_sql("ANALYZE record")
    k1 = village.door()
    visits = _visits(k1, 600)
    k1.asks(*visits)
    asked = (["visit"] * len(visits), [one["id"] for one in visits], village.hub)
    with village.database.reading() as connection:
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        plan = connection.exec_driver_sql(f"EXPLAIN {bulk._FIND_POSTGRESQL}", asked).scalars()
        indexes = re.findall(r"using (\w+)", "\n".join(plan))
    assert indexes == ["pk_record"]


def _visits(door, number):
    day = {"how": "count", "came_at": "2026-11-23T09:00:00Z"}
    return [door.wrote("visit", **day) for _ in range(number)]
