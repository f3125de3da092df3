"""Promises, over random histories: whatever reaches the server, in whatever order."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.records.booking_diary import meets
from tests.sync.records.referee import Referee, a_booking, at

NAMES = [f"b{n}" for n in range(7)]
RULES = ["", "", "FREQ=WEEKLY;COUNT=3", "FREQ=DAILY;COUNT=9"]


@st.composite
def bookings(draw):
    """Seven bookings of two rooms within two days of each other; some move or extend others."""
    made = []
    for name in NAMES:
        quarter = draw(st.integers(36, 60))
        link = draw(st.sampled_from(["", "", "moves", "extends"]))
        other = draw(st.sampled_from(NAMES))
        made.append(
            a_booking(
                name,
                f"{quarter // 4:02}:{quarter % 4 * 15:02}",
                draw(st.sampled_from([30, 60, 120, 1500])),
                on=draw(st.integers(0, 2)),
                room=draw(st.sampled_from(["willow", "quiet"])),
                rule=draw(st.sampled_from(RULES)),
                made_at=at("10:00", draw(st.integers(-1, 3))),
                **({link: other} if link else {}),
            )
        )
    return made


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("cancel"), st.sampled_from(NAMES), st.integers(0, 3)),
        st.tuples(st.just("ask"), st.sampled_from(NAMES), st.integers(1, 3)),
        st.tuples(st.just("back"), st.sampled_from(NAMES), st.integers(0, 3)),
        st.tuples(st.just("release"), st.sampled_from(NAMES), st.integers(0, 3)),
        st.tuples(st.just("day off"), st.sampled_from(NAMES), st.integers(0, 3)),
    ),
    max_size=12,
)


def act(server, what, name, number):
    if name not in server.bookings:
        return
    if what == "cancel" and not server.bookings[name].cancelled:
        server.changes(name, cancelled=1, cancelled_on=at("00:00", number).date())
    elif what == "ask":
        server.changes(name, asked=max(number, server.bookings[name].asked))
    elif what == "back":
        server.day(name, number, given_back_min=15)
    elif what == "release":
        server.day(name, number, released=1)
    elif what == "day off":
        server.day(name, number, cancelled=1)


def yeses(server):
    whole = {name for name, one in server.bookings.items() if one.confirmed}
    return whole | {key for key, one in server.days.items() if one.confirmed}


def overlapping(server):
    return [
        (one.booking.id, other.booking.id, one.day)
        for room in ("willow", "quiet")
        for one in server.promised(room)
        for other in server.promised(room)
        if one.booking.id != other.booking.id
        and one.span.overlaps(other.span)
        and meets(server.diary, one.booking, one.span, other.booking, other.span)
    ]


@pytest.mark.acceptance(5)
@settings(max_examples=120)
@given(bookings(), st.permutations(NAMES), ACTS)
def test_promise_no_two_confirmed_overlap_and_no_yes_is_taken_back(made, order, acts):
    server = Referee(now=at("08:00", -1))
    by_name = {one.id: one for one in made}
    steps = [("take", name, 0) for name in order]
    for place, one in enumerate(acts):
        steps.insert(min(2 * place + 1, len(steps)), one)
    before: set = set()
    for what, name, number in steps:
        if what == "take":
            server.takes(by_name[name])
        else:
            act(server, what, name, number)
        assert before <= yeses(server)
        assert not overlapping(server)
        before = yeses(server)
