"""No token reads or changes what is another hub's, or more than its role may."""

import re
from contextlib import contextmanager

import pytest
from litestar.testing import TestClient
from sqlalchemy import event, select

from sync.server.app import make_app
from sync.server.database.models import NO_HUB, RecordRow
from sync.server.database.tables import METADATA
from sync.server.housekeeping import sweep
from tests.sync.server.village import HUB, OTHER

NAMES_THE_HUB = re.compile(r"INSERT INTO \w+ \(hub_id,|WHERE .*hub_id", re.DOTALL)


@contextmanager
def statements(village):
    """Everything that is said to the database meanwhile."""
    said = []

    def hears(_connection, _cursor, statement, *_more):
        if not statement.startswith("BEGIN"):
            said.append(statement)

    event.listen(village.database.engine, "before_cursor_execute", hears)
    yield said
    event.remove(village.database.engine, "before_cursor_execute", hears)


def rows(village, hub):
    with village.database.reading() as connection:
        wanted = select(RecordRow).where(RecordRow.hub_id == hub).order_by(RecordRow.id)
        return [tuple(row) for row in connection.execute(wanted)]


@pytest.fixture
def theirs(village):
    village.add(OTHER)
    door = village.door(OTHER, node="0000dddd")
    door.house(willow="willow")
    return door


def test_the_ids_of_another_hub_reach_only_one_s_own_rows(village, theirs):
    before = rows(village, OTHER)
    ours = village.door()
    for body in list(theirs.holds.values()):
        ours.asks({**body, "fields": {"name.en": "Mine"}})
    assert rows(village, OTHER) == before


def test_nothing_of_another_hub_is_pulled_by_either_side(village, theirs):
    ours = village.door()
    for _ in range(5):
        ours.asks(ours.wrote("visit", how="count", reason="ours"))
    fresh = village.door(node="0000bbbb").catches_up()
    assert {kind for kind, _id in fresh.holds} == {"visit"}
    assert "ours" not in str(theirs.catches_up().holds)


def test_whoever_guesses_an_id_of_another_hub_is_told_nothing_of_it(village, theirs):
    secret = theirs.wrote("notice", "n1", title__en="Theirs", contact="600")
    theirs.asks(secret)
    ours = village.door()
    ours.asks(ours.wrote("notice", "n1", body__en="Ours"))
    ours.asks(secret | {"fields": {"pin": 1}, "stamps": {"*": secret["stamps"]["*"]}})
    fresh = village.door(node="0000bbbb").catches_up()
    assert "Theirs" not in f"{ours.holds} {fresh.holds}"


def test_another_hub_s_cursor_is_not_known(village, theirs):
    ours = village.door()
    with TestClient(make_app(village.service)) as client:
        said = client.get(
            f"/v1/wait?cursor={theirs.cursor}", headers={"Authorization": f"Bearer {ours.token}"}
        )
    assert said.json()["news"] is True
    assert said.json().keys() == {"now", "news"}


def test_a_promise_of_another_hub_is_no_promise_here(village, theirs):
    booking = theirs.booked("willow", "2026-11-23T18:00:00")
    theirs.asks(booking)
    ours = village.door().house(willow="willow")
    [refusal] = ours.asks(theirs.holds["booking", booking["id"]]).refused
    assert refusal.reason == "proof"


def test_erasing_here_erases_nothing_there(village, theirs):
    ana = theirs.wrote("person", name="Ana")
    theirs.asks(ana)
    before = rows(village, OTHER)
    ours = village.door()
    ours.asks({"kind": "person", "id": ana["id"], "erased": str(ours.reading())})
    assert rows(village, OTHER) == before


def test_every_statement_of_a_hub_s_work_names_the_hub(village, theirs):
    """Ids are what devices say they are: only the hub keeps two rows of one id apart."""
    ours = village.door().house(willow="willow")
    ana, booking = ours.wrote("person", name="Ana"), ours.booked("willow", "2026-11-23T18:00:00")
    with statements(village) as said:
        ours.asks(ana, booking, ours.wrote("visit", how="tile", person=ana["id"]))
        ours.asks({"kind": "person", "id": ana["id"], "erased": str(ours.reading())})
        ours.asks(ours.wrote("hours", "h1", giver="a", receiver="b", date="2026-11-23"))
        village.report(ours)
    village.until("2030-01-01T00:00:00+00:00")
    with statements(village) as much_later, village.database.writing() as connection:
        sweep(village.commits, connection, HUB)
        village.commits.look_after(connection, HUB)
    assert (len(said) > 40, len(much_later) > 10) == (True, True)
    nameless = {one for one in said + much_later if not NAMES_THE_HUB.search(one)}
    assert nameless <= {"SET LOCAL synchronous_commit = off"}


def test_a_token_with_another_hub_written_into_it_is_nobody_s(village, theirs):
    forged = OTHER + village.door().token.removeprefix(HUB)
    with TestClient(make_app(village.service)) as client:
        said = client.post("/v1/sync", headers={"Authorization": f"Bearer {forged}"})
    assert said.status_code == 401


def test_a_wall_changes_nothing(village):
    k1, wall = village.door(), village.door(node="0000eeee", role="wall")
    visit = k1.wrote("visit", how="count")
    k1.asks(visit)
    before = rows(village, HUB)
    [refusal] = wall.asks(wall.wrote("visit", visit["id"], mistake=1)).refused
    assert refusal.reason == "scope"
    assert rows(village, HUB) == before


@pytest.mark.parametrize("id_", ["v" * 5000, 7, None, ["v"]])
def test_what_a_wall_offers_is_refused_by_its_whole_name_whatever_that_is(village, id_):
    wall = village.door(node="0000eeee", role="wall")
    [refusal] = wall.asks({"kind": "visit", "id": id_, "fields": {}, "stamps": {}}).refused
    assert refusal.id == (id_ if isinstance(id_, str) else "")


def test_the_hub_s_id_opens_every_key_and_index():
    for table in METADATA.sorted_tables:
        assert next(iter(table.primary_key.columns)).name == "hub_id"
        assert all(next(iter(index.columns)).name == "hub_id" for index in table.indexes)
        assert table.name in {"hub", "pairing"} or table.foreign_keys
    assert not NO_HUB
