"""What one room's page says and offers, to whom."""

from datetime import timedelta

import msgspec
import pytest

from kiosk.hub.actor import ANYBODY, KNOWN, VOLUNTEER, Actor
from kiosk.screens.room.clash import (
    clash_view,
    offered,
    offers,
    one_day,
    room_name,
    taken_on,
    whole,
)
from kiosk.screens.room.view import (
    bar_view,
    book_view,
    first_choice,
    length,
    longer,
    room_page,
)
from kiosk.ui.words import Words
from sync.records.booking import Clash
from sync.records.booking_time import Span
from tests.kiosk.hub.house import TODAY, House, at, booking, day, id_of, person, room

NOW = at("10:42")
EN, ES = Words("en"), Words("es")
ANA = Actor(level=KNOWN, person=id_of("Ana García"))
LUIS = Actor(level=KNOWN, person=id_of("Luis"))
INES = Actor(level=VOLUNTEER, person=id_of("Inés"))


@pytest.fixture
def hub() -> House:
    return House().has(
        person("Ana García"),
        person("Luis"),
        room("Quiet", order=1, capacity=8, buffer_min=10, features={"en": "carpet"}),
        room("Garden", order=2, capacity=60),
    )


def the_room(hub, name="Quiet"):
    return hub.snapshot.room(id_of(name))


def page(hub, on=0, now=NOW, words=EN, viewer=ANYBODY):
    return room_page(hub.snapshot, the_room(hub), day(on), now, words, viewer)


def booking_of(hub, viewer=ANA, now=NOW, words=EN, **how):
    free = next(row for row in page(hub, now=now).rows if row.bar is None)
    span = how.pop("free", free.span)
    return book_view(hub.snapshot, the_room(hub), span, now, words, viewer, **how)


def bar_of(hub, viewer=ANA, now=NOW, words=EN, at_row=0):
    bar = [row.bar for row in page(hub, now=now, viewer=viewer).rows if row.bar][at_row]
    return bar_view(hub.snapshot, bar, now, words, viewer)


def acts(hub, **how):
    return [act.name for act in bar_of(hub, **how).acts]


def test_a_room_s_page_says_how_it_is_and_how_many_it_holds(hub):
    found = page(hub)
    assert (found.title, found.word, found.about) == ("Quiet", "Free", "all day · 8 people")
    assert (found.badge, found.info) == ("free", "carpet")


def test_another_day_is_named_and_has_no_state(hub):
    found = page(hub, 1)
    assert (found.title, found.badge, found.word) == ("Quiet, tomorrow", "", "")
    assert found.about == "Tuesday 24 November · 8 people"


def test_the_day_is_told_in_rows_of_free_and_taken(hub):
    hub.has(booking("Quiet", "16:00", confirmed=1, title={"en": "Silence"}))
    rows = [(row.times, row.status, row.word, row.detail) for row in page(hub).rows]
    assert rows == [
        ("10:42–15:50", "free", "Free", ""),
        ("16:00–17:00", "in_use", "Taken", "Silence"),
        ("17:10–22:00", "free", "Free", ""),
    ]


def test_a_pencilled_booking_says_so_and_whose_it_is(hub):
    hub.has(booking("Quiet", "16:00", who="Ana García", title={}))
    row = page(hub).rows[1]
    assert (row.status, row.word, row.detail) == ("pencilled", "Pencilled in", "Ana G.")
    assert page(hub, viewer=ANA).rows[1].detail == "yours"


def test_that_nobody_came_yet_is_said_in_the_row(hub):
    hub.has(booking("Quiet", "10:00", confirmed=1))
    assert page(hub).rows[0].detail == "nobody seen here yet"


def test_a_time_of_others_is_told_as_theirs_and_nothing_is_offered_for_it(hub):
    theirs = {"confirmed": 1, "outside": "cal", "title": {"en": "Parish choir"}}
    hub.has(booking("Quiet", "10:00", **theirs))
    row = page(hub).rows[0]
    assert (row.status, row.word, row.detail) == ("in_use", "Taken", "Parish choir")
    for viewer in (ANYBODY, ANA, INES):
        shown = bar_of(hub, viewer=viewer)
        assert (shown.about, shown.acts, shown.needs_card) == (
            ("It comes from a calendar of others.",), (), False,
        )  # fmt: skip
    assert bar_of(hub, words=ES).about == ("Viene de un calendario ajeno.",)


@pytest.mark.acceptance(43)
def test_a_private_booking_keeps_its_title_and_its_holder_from_others(hub):
    hub.has(booking("Quiet", "16:00", who="Ana García", private=True, title={"en": "Talk"}))
    assert page(hub, viewer=LUIS).rows[1].detail == "Private"
    shown = bar_of(hub, viewer=LUIS)
    assert (shown.title, shown.who) == ("Private", "")
    assert bar_of(hub, viewer=ANA).title == "Talk"


def test_booking_now_begins_at_the_next_five_minutes_and_says_when_it_ends(hub):
    found = booking_of(hub)
    assert (found.title, found.from_to) == ("Book now", "10:45 to 11:45")
    assert found.again == "Free again at 11:00 if nobody comes."
    assert (found.chosen, found.who, found.needs_card) == (60, "Ana G.", False)


def test_who_is_not_known_is_asked_for_a_card(hub):
    found = booking_of(hub, viewer=ANYBODY)
    assert (found.needs_card, found.who) == (True, "")


def test_lengths_that_do_not_fit_cannot_be_chosen(hub):
    hub.has(booking("Quiet", "12:30"))
    found = booking_of(hub, minutes=240)
    assert [one.fits for one in found.lengths] == [True, True, False, False]
    assert found.chosen == 60


def test_a_gap_too_short_for_half_an_hour_offers_a_quarter(hub):
    hub.has(booking("Quiet", "11:15"))
    found = booking_of(hub)
    assert [(one.text, one.fits) for one in found.lengths] == [("15 min", True)]
    assert found.chosen == 15


def test_where_nothing_fits_nothing_is_chosen(hub):
    span = Span(at("10:42"), at("10:50"))
    hub.has(booking("Quiet", "11:00"))
    found = booking_of(hub, free=span)
    assert (found.chosen, found.from_to, found.again) == (0, "", "")


def test_the_start_moves_by_quarters_within_what_is_free(hub):
    first = booking_of(hub)
    later = booking_of(hub, start=first.start + timedelta(minutes=15))
    assert (first.earlier, first.later, later.earlier) == (False, True, True)
    assert (later.title, later.from_to) == ("Book", "11:00 to 12:00")
    assert booking_of(hub, start=at("23:00")).start == at("21:45")


@pytest.mark.parametrize(
    ("minutes", "text"), [(15, "15 min"), (30, "½ h"), (60, "1 h"), (240, "4 h"), (45, "45 min")]
)
def test_a_length_is_written_short(minutes, text):
    assert length(minutes, EN) == text


def test_a_holder_may_go_on_leave_or_give_up_while_it_runs(hub):
    hub.has(booking("Quiet", "10:00", who="Ana García", confirmed=1))
    assert acts(hub) == ["here", "extend", "extend", "end", "cancel_day"]


def test_a_holder_may_move_or_give_up_what_is_ahead(hub):
    hub.has(booking("Quiet", "16:00", who="Ana García", confirmed=1))
    assert acts(hub) == ["extend", "extend", "other", "cancel_day"]


def test_a_series_is_given_up_for_a_day_or_as_a_whole(hub):
    hub.has(booking("Quiet", "16:00", who="Ana García", rule="FREQ=WEEKLY;COUNT=3"))
    assert acts(hub)[-2:] == ["cancel_day", "cancel"]


def test_anybody_may_say_that_they_are_there_and_no_more(hub):
    hub.has(booking("Quiet", "11:00", who="Ana García"))
    assert acts(hub, viewer=ANYBODY) == ["here"]
    assert bar_of(hub, viewer=ANYBODY).needs_card
    assert not bar_of(hub, viewer=LUIS).needs_card


def test_a_volunteer_may_do_what_a_holder_may(hub):
    hub.has(booking("Quiet", "16:00", who="Ana García", heads=4, note="keys"))
    shown = bar_of(hub, viewer=INES)
    assert "cancel_day" in [act.name for act in shown.acts]
    assert "keys" in shown.about
    assert "4 people" in shown.about


def test_what_is_not_confirmed_and_that_nobody_came_is_explained(hub):
    hub.has(booking("Quiet", "10:00", who="Ana García"))
    assert len(bar_of(hub, viewer=LUIS).about) == 2


def test_a_booking_goes_on_no_further_than_the_next(hub):
    hub.has(booking("Quiet", "10:00", who="Ana García"), booking("Quiet", "11:40"))
    bar = page(hub, viewer=ANA).rows[0].bar
    assert longer(hub.snapshot, bar) == (15, 30)


def test_one_s_own_booking_is_chosen_first_else_what_is_free_now(hub):
    hub.has(booking("Quiet", "16:00", who="Ana García"))
    assert first_choice(page(hub, viewer=ANA).rows, NOW) == 1
    assert first_choice(page(hub).rows, NOW) == 0


def test_where_the_room_is_taken_now_the_next_free_span_is_chosen(hub):
    hub.has(booking("Quiet", "10:00"))
    assert first_choice(page(hub).rows, NOW) == 1
    assert first_choice((), NOW) is None


@pytest.fixture
def clashing(hub):
    standing = booking("Quiet", "18:00", who="Luis", confirmed=1, title={"en": "Advice"})
    other = booking("Quiet", "18:00", who="Ana García", id=id_of("B1"), title={"en": "Reading"})
    lost = msgspec.structs.replace(other, clash_now=(Clash(TODAY, standing.id),))
    return hub.has(standing, lost)


def the_clash(hub, viewer=ANA):
    bar = next(row.bar for row in page(hub, viewer=viewer).rows if row.status == "clashing")
    return clash_view(hub.snapshot, bar, NOW, EN, viewer)


@pytest.mark.acceptance(34)
def test_two_bookings_for_one_room_are_both_shown_with_what_is_free_instead(clashing):
    found = the_clash(clashing)
    assert (found.first.title, found.other.title) == ("Advice", "Reading")
    assert found.other.where == "Quiet, 18:00–19:00"
    assert [(one.name, one.times) for one in found.offers] == [
        ("Quiet", "19:10–20:10"),
        ("Quiet", "16:50–17:50"),
        ("Garden", "18:00–19:00"),
    ]


@pytest.mark.acceptance(35)
def test_when_the_other_gave_up_it_can_be_taken(clashing):
    clashing.has(booking("Quiet", "18:00", who="Luis", cancelled=1))
    found = the_clash(clashing)
    assert (found.first, found.free) == (None, True)


def test_a_day_of_a_series_is_looked_for_as_a_day_of_its_own(hub):
    weekly = booking("Quiet", "16:00", who="Ana García", rule="FREQ=WEEKLY;COUNT=3")
    hub.has(weekly)
    one = taken_on(hub.snapshot, weekly.id, day(7))
    alone = one_day(hub.snapshot, one)
    assert (alone.rule, alone.starts.date()) == ("", day(7))
    assert len(offers(hub.snapshot, alone, NOW, EN)) == 3
    assert taken_on(hub.snapshot, "nothing", TODAY) is None


def test_what_is_offered_instead_is_as_long_as_the_booking_with_what_extends_it(hub):
    first = booking("Quiet", "16:00", who="Ana García", rule="FREQ=WEEKLY;COUNT=3")
    more = booking("Quiet", "17:00", hours=0.75, on=7, who="Ana García", extends=first.id)
    hub.has(first, more)
    bar = next(row.bar for row in page(hub, on=7).rows if row.bar)
    wanted = whole(hub.snapshot, bar)
    assert (wanted.starts.date(), wanted.rule, wanted.minutes) == (day(7), "", 105)
    assert {one.free.span.minutes for one in offers(hub.snapshot, wanted, NOW, EN)} == {105}


def test_no_more_than_three_are_offered_and_an_unknown_room_has_no_name(hub):
    assert offered(hub.snapshot, (), EN) == ()
    assert room_name(hub.snapshot, "nowhere", EN) == ""
