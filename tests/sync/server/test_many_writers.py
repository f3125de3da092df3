"""Eight devices write at once: no cursor misses a row. Counted."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import func, select

from sync.server.database.models import CommitTag, RecordRow
from tests.sync.server.village import HUB

WRITERS, PUSHES, EACH = 8, 6, 3


def write(door):
    """Push in small pieces and pull as one goes on, as a device does."""
    written = []
    for _ in range(PUSHES):
        some = [door.wrote("visit", how="count") for _ in range(EACH)]
        written += [body["id"] for body in some]
        door.asks(*some, limit=5)
    return written


def test_no_row_is_missed_by_any_cursor_while_eight_write_at_once(village):
    doors = [village.door(node=f"0000000{n}") for n in range(WRITERS)]
    with ThreadPoolExecutor(WRITERS) as pool:
        written = {one for some in pool.map(write, doors) for one in some}
    assert len(written) == WRITERS * PUSHES * EACH
    missed = [written - {key[1] for key in door.catches_up().holds} for door in doors]
    assert missed == [set()] * WRITERS


def test_every_commit_has_its_own_number_and_tag_and_none_is_left_out(village):
    doors = [village.door(node=f"0000000{n}") for n in range(WRITERS)]
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, doors))
    with village.database.reading() as connection:
        tags = select(func.count(func.distinct(CommitTag.tag))).where(CommitTag.hub_id == HUB)
        last = select(func.max(RecordRow.seq)).where(RecordRow.hub_id == HUB)
        assert connection.execute(tags).scalar() == WRITERS * PUSHES
        assert connection.execute(last).scalar() == WRITERS * PUSHES


def test_of_eight_who_want_one_room_at_once_exactly_one_has_it(village):
    village.door().house(willow="willow")
    doors = [village.door(node=f"0000000{n}").catches_up() for n in range(WRITERS)]
    wanted = [door.booked("willow", "2026-11-23T18:00:00") for door in doors]
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(lambda pair: pair[0].asks(pair[1]), zip(doors, wanted, strict=True)))
    seen = doors[0].catches_up()
    assert sum(bool(seen.field(one, "confirmed")) for one in wanted) == 1
    assert sorted(seen.field(one, "arrived") for one in wanted) == list(range(1, WRITERS + 1))
