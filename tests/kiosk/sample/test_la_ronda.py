"""Our own sample: every day it is loaded, today looks alive."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from kiosk.hub.cards import uid_hash
from kiosk.hub.hours import books_of
from kiosk.hub.moment import Moment
from kiosk.hub.retention import let_go
from kiosk.store.changes import Note
from sync.merge import merge
from sync.records import check
from sync.records.booking import Booking
from sync.records.hours_decide import state_of
from tests.kiosk.sample.house import A_MONDAY, KEY, WHOLE, loaded, snapshot, without_pins

DAYS = [
    A_MONDAY,
    datetime(2024, 2, 29, 17, 0, tzinfo=UTC),  # a leap day
    datetime(2026, 3, 29, 1, 30, tzinfo=UTC),  # the clocks go forward in Madrid
    datetime(2026, 10, 25, 0, 30, tzinfo=UTC),  # and back
    datetime(2026, 12, 31, 23, 30, tzinfo=UTC),  # already next year in Madrid
    datetime(2031, 1, 31, 8, 0, tzinfo=UTC),
]


@pytest.fixture(scope="module")
def hub():
    return snapshot(loaded())


@pytest.mark.parametrize("now", DAYS, ids=str)
def test_the_sample_loads_without_a_word_on_any_day(now):
    assert loaded(without_pins(), now).problems == []


@pytest.mark.parametrize("now", DAYS, ids=str)
def test_nothing_was_made_and_nobody_came_after_now(now):
    hub = snapshot(loaded(without_pins(), now))
    latest = [
        v.left_at or v.came_at for day in range(3) for v in hub.visits_on(_days_ago(hub, now, day))
    ]
    assert max(latest) <= now
    assert max(record.made_at for record in hub.all(Booking)) <= now


def _days_ago(hub, now, days):
    return hub.today(now) - timedelta(days=days)


def test_every_field_is_what_its_kind_says():
    for record in loaded(without_pins()).records:
        check(record["kind"], record["fields"])


def test_loading_twice_on_a_day_writes_the_same_records():
    assert loaded(without_pins()).records == loaded(without_pins()).records


def test_every_record_merges_with_itself_into_itself():
    for record in loaded(without_pins()).records:
        assert merge(record, record) == record


def test_the_house_is_there(hub):
    assert hub.hub.name["es"] == "La Ronda, casa común"
    assert hub.zone.key == "Europe/Madrid"
    assert [room.name["en"] for room in hub.rooms][:2] == ["Common Hall", "Kitchen"]


def test_everybody_is_there_and_has_accepted_the_agreement_in_force(hub):
    people = list(hub.people)
    newest = max(hub.agreements, key=lambda one: one.version)
    assert len(people) == 60
    assert all([a.agreement for a in hub.acceptances_of(p.id)] == [newest.id] for p in people)


def test_a_card_is_known_by_its_number_and_the_number_is_not_kept(hub):
    ana = next(person for person in hub.people if person.name == "Ana Guerra")
    (card,) = hub.cards(uid_hash(KEY, "04B39E62072BD4"))
    assert card.person == ana.id
    assert "04B39E62072BD4" not in str(loaded(without_pins()).records)


def test_the_card_of_the_sample_that_was_lost_is_lost(hub):
    rosa = next(row for row in WHOLE["people"] if row.get("card_lost"))
    (card,) = hub.cards(uid_hash(KEY, rosa["card_uid"]))
    assert card.lost == 1


def test_a_volunteer_s_pin_is_kept_as_argon2id(hub):
    volunteers = [person for person in hub.people if person.kind == "volunteer"]
    assert len(volunteers) == 8
    assert all(person.pin_hash.startswith("$argon2id$") for person in volunteers)


def test_names_are_gone_from_visits_older_than_the_hub_keeps_them(hub):
    today = hub.today(A_MONDAY)
    old = [v for n in range(21, 30) for v in hub.visits_on(today - timedelta(days=n))]
    assert len(old) > 250
    assert not [visit for visit in old if visit.person or visit.name]


def test_nothing_is_left_for_the_hub_to_let_go_of(hub):
    changes = let_go(hub, Moment.at(A_MONDAY, Random(1)))
    assert [act for act in changes.acts if not isinstance(act, Note)] == []


def test_a_visit_whose_name_is_gone_never_takes_one_again():
    old = next(
        record
        for record in loaded(without_pins()).records
        if record["kind"] == "visit" and record["stamps"].get("person") == "x"
    )
    named = {
        **old,
        "fields": {"person": "somebody"},
        "stamps": {"*": "o0fffffffffff-0000-00000009"},
    }
    assert merge(old, named)["fields"]["person"] is None


def test_of_today_only_those_are_there_who_have_come(hub):
    here = hub.visits_on(hub.today(A_MONDAY))
    assert 5 < len(here) < 15
    assert all(visit.left_at is None or visit.left_at <= A_MONDAY for visit in here)


def test_who_forgot_to_leave_yesterday_is_assumed_to_have_left_by_closing_time(hub):
    yesterday = hub.visits_on(hub.today(A_MONDAY) - timedelta(days=1))
    forgot = [visit for visit in yesterday if visit.left_at is None]
    assert forgot
    assert all(hub.local(v.assumed_at).hour <= 22 and v.assumed_at > v.came_at for v in forgot)


def test_the_willow_room_is_wanted_twice_this_evening_and_promised_once(hub):
    willow = next(room for room in hub.rooms if room.name["en"] == "Willow Room")
    six = datetime(2026, 11, 23, 18, 0)
    wanted = [b for b in hub.bookings_of(willow.id) if b.starts == six]
    standing = next(b for b in wanted if b.confirmed)
    clashing = next(b for b in wanted if not b.confirmed)
    assert [(c.date, c.with_) for c in clashing.clash_now] == [(date(2026, 11, 23), standing.id)]


def test_the_days_taken_out_of_a_series_are_cancelled(hub):
    babies = next(b for b in hub.all(Booking) if b.title.get("en") == "Babies and crawlers")
    assert [(d.date, d.cancelled) for d in hub.booking_days(babies.id)] == [(date(2026, 11, 9), 1)]


def test_the_notice_that_was_withdrawn_says_since_when(hub):
    withdrawn = [notice for notice in hub.notices if notice.withdrawn]
    assert [hub.local(n.withdrawn.at).date() for n in withdrawn] == [date(2026, 11, 22)]


def test_offers_and_needs_hang_on_the_board(hub):
    kinds = [notice.kind for notice in hub.notices]
    assert len(kinds) == 26
    assert (kinds.count("offer"), kinds.count("need")) == (9, 7)


def test_who_comes_to_an_event_is_counted_once(hub):
    events = {event.title["en"]: event for event in hub.events}
    assert len(events) == 8
    assert len(hub.joins_of(events["Babies and crawlers"].id)) == 6


def test_what_later_versions_will_read_is_kept_as_it_was_given():
    kept = [record for record in loaded(without_pins()).records if record["kind"] == "circles"]
    assert len(kept) == len(WHOLE["circles"])
    assert kept[0]["fields"] == WHOLE["circles"][0]


@pytest.mark.acceptance(62)
def test_its_hours_are_in_balance_and_some_wait(hub):
    books = books_of(hub)
    assert len(books.every) == len(WHOLE["hours"])
    assert sum(books.balances.values()) == 0
    assert all(books.balance(one) >= books.floor(one) for one in books.balances)
    assert {state_of(one, books) for one in books.every.values()} == {"settled", "waiting", "open"}


def test_a_field_that_no_kind_knows_yet_stays_with_its_record():
    (hub_record,) = [r for r in loaded(without_pins()).records if r["kind"] == "hub"]
    assert hub_record["fields"]["tag_animals"] == WHOLE["hub"]["tag_animals"]
