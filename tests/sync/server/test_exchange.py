"""One exchange: what is pushed is kept, what is new comes back, and nothing twice."""

from dataclasses import replace

import pytest
from sqlalchemy import update

from sync.merge import Version, versions
from sync.server.database.models import HubRow
from sync.server.database.pages import Cursor, knows

GONE = Version("x", "", None)


def test_what_one_door_pushes_another_door_pulls(village):
    k1, k2 = village.door(), village.door(node="0000bbbb")
    visit = k1.wrote("visit", how="count", grown_ups=2)
    k1.asks(visit)
    assert k2.asks().records == [visit]


def test_a_record_comes_back_in_the_same_exchange_only_if_the_merge_changed_it(village):
    k1, k2 = village.door(), village.door(node="0000bbbb")
    notice = k1.wrote("notice", title__en="Soup", title__es="Sopa")
    assert k1.asks(notice).records == []
    assert k2.asks(k2.wrote("notice", notice["id"], title__en="Bread")).records != []


def test_pushing_the_same_twice_makes_one_commit(village):
    k1 = village.door()
    visit = k1.wrote("visit", how="count")
    k1.asks(visit)
    k1.asks(visit)
    assert village.seq() == 1


@pytest.mark.parametrize("odd", [{}, {"kind": "hub"}, {"stamps": {"*": "l9"}}, {"kind": "Visit"}])
def test_a_refused_record_holds_up_none_before_or_after_it(village, odd):
    k1 = village.door()
    notices = [k1.wrote("notice", name, title__en="Soup") for name in ("n1", "n2")]
    answer = k1.asks(notices[0], odd and k1.wrote("notice", "odd", pin=1) | odd, notices[1])
    assert len(answer.refused) == 1
    there = village.door(node="0000bbbb").catches_up().holds
    assert there.keys() == {("notice", "n1"), ("notice", "n2")}


def test_a_push_that_lies_in_the_future_as_a_whole_is_an_exchange_like_any_other(village):
    k1 = village.door()
    village.ms += 3_600_000
    late = k1.wrote("visit", how="count")
    village.ms -= 3_600_000
    answer = k1.asks(late)
    assert [(one.reason, one.fields) for one in answer.refused] == [("future", ("how",))]
    assert k1.asks(k1.wrote("visit", how="count")).refused == []


def test_a_page_ends_only_at_the_end_of_a_commit(village):
    k1, k2 = village.door(), village.door(node="0000bbbb")
    for _ in range(2):
        k1.asks(*(k1.wrote("visit", how="count") for _ in range(5)))
    answer = k2.asks(limit=3)
    assert (len(answer.records), answer.more) == (5, True)
    assert not k2.asks(limit=5).more


def test_a_page_of_large_records_ends_at_the_first_end_of_a_commit_after_eight_mebibytes(village):
    """Whatever one device writes, another must be able to inflate what is new to it."""
    k1, k2 = village.door(), village.door(node="0000bbbb")
    for nth in range(6):
        half = "x" * 500_000
        k1.asks(*(k1.wrote("notice", f"n{nth}{part}", text__en=half) for part in "abcd"))
    answer = k2.asks()
    assert ([one["id"] for one in answer.records][-1][:2], answer.more) == ("n4", True)
    assert len(k2.catches_up().holds) == 24


def test_a_device_that_holds_nothing_pulls_no_tombstones(village):
    k1 = village.door()
    ana = k1.wrote("person", name="Ana")
    k1.asks(ana)
    k1.asks({"kind": "person", "id": ana["id"], "erased": str(k1.reading())})
    assert village.door(node="0000bbbb").asks().records == []


def test_what_is_erased_while_a_device_begins_anew_reaches_it(village):
    """It holds what it has offered: of what follows the moment of its ask it has to hear."""
    k1, k2 = village.door(), village.door(node="0000bbbb")
    k1.asks(k1.wrote("person", "ana", name="Ana"))
    k2.catches_up()
    usual, wishes = village.commits, [{"kind": "person", "id": "ana", "erased": str(k2.reading())}]

    def meanwhile(_hub, _done):
        if wishes:
            k2.asks(wishes.pop())

    village.commits = replace(usual, announce=meanwhile)
    k1.cursor = ""
    k1.catches_up()
    assert "erased" in k1.holds["person", "ana"]


def test_what_was_erased_takes_no_room_in_the_pages_of_a_device_that_holds_nothing(village):
    k1 = village.door()
    for person in map(str, range(20)):
        k1.asks(k1.wrote("person", person, name="Ana"))
    for person in map(str, range(18)):
        k1.asks({"kind": "person", "id": person, "erased": str(k1.reading())})
    k1.asks(k1.wrote("person", "20", name="Ana"))
    k2 = village.door(node="0000bbbb")
    found = k2.asks(limit=2)
    assert [one["id"] for one in found.records] == ["18", "19"]
    found = k2.asks(limit=2)
    assert ([one["id"] for one in found.records], found.more) == (["20"], False)
    assert k2.cursor == k1.cursor


def test_a_device_that_held_it_pulls_the_tombstone(village):
    k1, k2 = village.door(), village.door(node="0000bbbb")
    ana = k1.wrote("person", name="Ana")
    k1.asks(ana)
    k2.asks()
    k1.asks({"kind": "person", "id": ana["id"], "erased": str(k1.reading())})
    assert "erased" in k2.asks().records[0]


def test_an_erased_person_is_washed_out_of_what_points_at_them(village):
    k1, k2 = village.door(), village.door(node="0000bbbb")
    ana = k1.wrote("person", name="Ana")
    visit = k1.wrote("visit", how="tile", person=ana["id"], name="Ana")
    k1.asks(ana, visit)
    k1.asks({"kind": "person", "id": ana["id"], "erased": str(k1.reading())})
    k2.asks()
    assert k2.field(visit, "name") is None
    late = k2.wrote("visit", how="tile", person=ana["id"])
    assert [versions(one)["person"] for one in k2.asks(late).records] == [GONE]


def test_what_comes_for_an_erased_id_is_answered_with_the_erasure(village):
    k1, k2 = village.door(), village.door(node="0000bbbb")
    ana = k1.wrote("person", name="Ana")
    k1.asks(ana, {"kind": "person", "id": ana["id"], "erased": str(k1.reading())})
    assert "erased" in k2.asks(k2.wrote("person", ana["id"], name="Ana again")).records[0]


def test_a_name_past_its_days_arrives_without_it(village):
    k1 = village.door()
    visit = k1.wrote("visit", how="visitor", name="Eva", came_at="2026-10-01T09:00:00Z")
    [back] = k1.asks(visit).records
    assert versions(back)["name"] == GONE


def test_fields_that_nobody_here_knows_pass_through_whole(village):
    k1, k2 = village.door(), village.door(node="0000bbbb")
    newer = k1.wrote("visit", how="count", from_tomorrow={"a": [1, "ü", None]})
    k1.asks(newer, k1.wrote("kind_of_tomorrow", colour="blue"))
    assert newer in k2.asks().records


def test_what_is_older_than_the_server_s_comes_back_as_it_stands(village):
    k1, k2 = village.door(), village.door(node="0000bbbb")
    old = k2.wrote("notice", title__en="Soup")
    k2.asks(old)
    village.ms += 1000
    k1.asks(k1.wrote("notice", old["id"], title__en="Bread"))
    k2.asks()
    [back] = k2.asks(old).records
    assert back["fields"]["title.en"] == "Bread"


def test_a_hub_that_a_server_of_the_version_before_wrote_says_its_cursor_all_the_same(village):
    k1 = village.door().catches_up()
    before = k1.cursor
    k1.asks(k1.wrote("notice", "n1", title__en="Soup"))
    with village.database.writing() as connection:  # it knows of no such column
        connection.execute(update(HubRow).values(cursor=before))
    assert k1.asks().cursor == k1.cursor
    k1.asks(k1.wrote("notice", "n2", title__en="Bread"))
    with village.database.reading() as connection:
        assert knows(connection, village.hub, Cursor.parse(k1.cursor))
