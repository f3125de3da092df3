"""Notices in their lists: what shows, what will, what has, and on which days."""

import datetime as dt

from sync.records.base import Withdrawn
from sync.records.notice import Notice
from sync.server.web.notice_lists import list_of, lists, missing_in, weeks


def a_notice(**more):
    usual = {
        "title": {"en": "Soup"},
        "first_day": dt.date(2026, 11, 23),
        "last_day": dt.date(2026, 11, 29),
    }
    return Notice(**(usual | more))


MONDAY = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


def test_a_notice_is_in_one_list_by_its_days():
    days = [dt.date(2026, 11, day) for day in (22, 23, 29, 30)]
    assert [list_of(a_notice(), day) for day in days] == ["later", "showing", "showing", "ended"]
    gone = {"by": "", "at": MONDAY}
    assert list_of(a_notice(withdrawn=Withdrawn(**gone)), days[1]) == "ended"


def test_the_list_hangs_as_the_boards_do_and_what_is_not_now_comes_last():
    evening = a_notice(id="1", kind="urgent", from_="18:00")
    news, urgent = a_notice(id="2"), a_notice(id="3", kind="urgent")
    shown = lists([news, evening, urgent], MONDAY, ["en"])["showing"]
    assert [line.notice.id for line in shown] == ["3", "2", "1"]


def test_a_language_is_missing_where_a_title_or_a_text_is():
    notice = a_notice(title={"en": "Soup", "es": "Sopa"}, body={"en": "At one"})
    assert missing_in(notice, ["en", "es", "uk"]) == ("es", "uk")


def test_the_small_calendar_marks_the_days_on_which_it_shows():
    notice = a_notice(weekdays=("tue",), last_day=dt.date(2026, 12, 2))
    found = weeks(notice, dt.date(2026, 11, 23))
    assert [day.isoformat() for week in found for day, shows in week if shows] == [
        "2026-11-24",
        "2026-12-01",
    ]


def test_the_small_calendar_of_the_last_days_there_are_ends_with_them():
    first, last = dt.date(9999, 12, 30), dt.date(9999, 12, 31)
    for today in (dt.date(2026, 11, 23), last):
        found = weeks(a_notice(first_day=first, last_day=last), today)
        assert [day for week in found for day, shows in week if shows] == [first, last]
