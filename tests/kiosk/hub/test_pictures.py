"""Pictures of notices: which a device needs, what it fetches next, what it removes."""

import datetime as dt

from kiosk.hub.pictures import LONGEST_PAUSE_MIN, MOST, Tries, needed, plan
from tests.kiosk.hub.board import NOW
from tests.kiosk.hub.house import TODAY, notice

A, B, C = (letter * 64 for letter in "abc")


def test_a_picture_is_needed_while_its_notice_runs_and_two_days_before(hub):
    later = TODAY + dt.timedelta(days=2)
    hub.has(
        notice("Soon", picture=B, first_day=later, last_day=later),
        notice("Now", picture=A),
        notice("Far", picture=C, first_day=TODAY + dt.timedelta(days=3)),
    )
    assert needed(hub.snapshot, NOW) == (A, B)


def test_a_picture_is_needed_on_its_last_day_though_its_hours_are_over(hub):
    hub.has(notice("Breakfast", picture=A, to=dt.time(9)))
    assert needed(hub.snapshot, NOW) == (A,)


def test_what_is_no_hash_is_no_picture(hub):
    hub.has(notice("x", picture="../../etc/passwd"), notice("y", picture=A.upper()))
    assert needed(hub.snapshot, NOW) == ()


def test_a_board_of_many_pictures_keeps_a_bound(hub):
    hub.has(*(notice(str(n), picture=f"{n:064x}") for n in range(MOST + 3)))
    assert len(needed(hub.snapshot, NOW)) == MOST


def test_what_lacks_is_fetched_and_what_nobody_needs_goes():
    todo = plan([A, B], [B, C], {}, 0)
    assert (todo.fetch, todo.drop) == ((A,), (C,))


def test_a_picture_that_cannot_be_had_is_asked_for_ever_more_seldom():
    tried = Tries().after_failure(0)
    assert plan([A], [], {A: tried}, 59_999).fetch == ()
    assert plan([A], [], {A: tried}, 60_000).fetch == (A,)
    assert tried.after_failure(0) == Tries(2, 120_000)
    for _ in range(20):
        tried = tried.after_failure(0)
    assert tried.not_before_ms == LONGEST_PAUSE_MIN * 60_000
