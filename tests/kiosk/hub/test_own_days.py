"""A day is the hub's own at both its ends, wherever this machine thinks that it stands."""

from datetime import datetime

import pytest

from kiosk.hub.book import Book, book
from kiosk.hub.notices import EditNotice, EndsBeforeItBegins, Publish, edit_notice, publish
from kiosk.hub.people import Remember, remember
from kiosk.hub.presence import names_are_gone
from kiosk.hub.sign_in import ComeByTile, come_by_tile
from sync.records.notice import Notice
from tests.kiosk.hub.board import EVA, VOLUNTEER
from tests.kiosk.hub.house import TODAY, at, day, id_of, notice, person, room, visit

pytestmark = pytest.mark.parametrize("clock", ["00:10", "23:50"])


def test_a_notice_hangs_from_the_day_it_was_put_up(hub, clock):
    made = hub.do(publish, Publish({"en": "Pears"}, "offer", by=EVA), at(clock))
    assert hub.snapshot.get(Notice, made).first_day == TODAY


def test_a_notice_may_be_made_to_end_today_and_not_yesterday(hub, clock):
    hub.has(notice("Soup", first_day=day(-3), last_day=day(3)))
    with pytest.raises(EndsBeforeItBegins):
        edit = EditNotice(id_of("Soup"), {"last_day": day(-1)}, VOLUNTEER)
        hub.do(edit_notice, edit, at(clock))
    hub.do(edit_notice, EditNotice(id_of("Soup"), {"last_day": TODAY}, VOLUNTEER), at(clock))
    assert hub.snapshot.get(Notice, id_of("Soup")).last_day == TODAY


def test_who_is_remembered_was_active_today(hub, clock):
    made = hub.do(remember, Remember("Eva Gil"), at(clock))
    assert hub.snapshot.person(made).active_on == TODAY


def test_who_comes_is_active_today(hub, clock):
    hub.has(person("Ana"))
    hub.do(come_by_tile, ComeByTile(id_of("Ana")), at(clock))
    assert hub.snapshot.person(id_of("Ana")).active_on == TODAY


@pytest.mark.parametrize(("days", "is_gone"), [(20, False), (21, True)])
def test_a_name_goes_as_its_day_begins_and_not_before(hub, clock, days, is_gone):
    came = visit("Ana", clock)
    assert names_are_gone(hub.has(came).snapshot, came, at(clock, days)) is is_gone


def test_a_series_may_end_by_the_clock_of_greenwich(hub, clock):
    """18:00 here is 17:00 there: the only day of it is before its end."""
    hub.has(room("Quiet"))
    starts = datetime.fromisoformat(f"{day(1).isoformat()}T18:00")
    rule = f"FREQ=WEEKLY;UNTIL={day(1):%Y%m%d}T173000Z"
    assert hub.ask(book, Book(id_of("Quiet"), starts, 60, rule=rule, by=VOLUNTEER), at(clock)).acts
