"""The board: what runs, who may write what, whose words are kept, what never hangs there."""

from __future__ import annotations

import pytest

from kiosk.hub.actor import ANYBODY, Actor
from kiosk.hub.errors import NotKnown, TooLow
from kiosk.hub.notice_words import PhoneOnWall, PutBack, put_back
from kiosk.hub.notices import (
    EditNotice,
    EndsBeforeItBegins,
    Publish,
    RestoreNotice,
    TooManyDays,
    WithdrawNotice,
    by_line,
    edit_notice,
    is_stale,
    publish,
    restore_notice,
    running,
    urgent_now,
    withdraw_notice,
)
from kiosk.hub.typed import TextMissing, TextTooLong
from sync.records.notice import Notice
from sync.records.notice_rules import has_phone
from tests.kiosk.hub.board import EVA, INES, LUIS, NOW, OWNER, SOUP, VOLUNTEER
from tests.kiosk.hub.house import TODAY, at, day, id_of, notice, person


def titles(hub, now=NOW):
    return [one.title["en"] for one in running(hub.snapshot, now)]


def the_soup(hub) -> Notice:
    return hub.snapshot.get(Notice, SOUP)


def edits(hub, now=NOW, by=OWNER, **fields):
    return hub.do(edit_notice, EditNotice(SOUP, fields, by), now)


def test_an_offer_takes_no_more_than_a_name(hub):
    made = hub.do(publish, Publish({"en": " Pears "}, "offer", by=EVA), NOW)
    kept = hub.snapshot.get(Notice, made)
    assert (kept.title, kept.by_name, kept.owner, kept.first_lang) == (
        {"en": "Pears"}, "Eva Gil", "", "en",
    )  # fmt: skip
    assert by_line(hub.snapshot, kept, NOW) == "Eva G."
    assert titles(hub) == ["Pears"]


def test_a_notice_without_a_title_in_any_language_is_none(hub):
    for title in ({}, {"en": " "}):
        with pytest.raises(TextMissing):
            hub.do(publish, Publish(title, "offer", by=EVA), NOW)


def test_a_notice_put_up_after_midnight_is_of_the_day_that_began(hub):
    made = hub.do(publish, Publish({"en": "Pears"}, "offer", by=EVA), at("00:30", 1))
    assert hub.snapshot.get(Notice, made).first_day == day(1)


@pytest.mark.parametrize("kind", ["urgent", "news", "decision", "lost_found"])
def test_other_kinds_take_a_volunteer(hub, kind):
    with pytest.raises(TooLow):
        hub.do(publish, Publish({"en": "x"}, kind, by=OWNER), NOW)
    hub.do(publish, Publish({"en": "x"}, kind, by=VOLUNTEER), NOW)
    assert titles(hub) == ["x"]


@pytest.mark.parametrize(("pin", "by"), [(1, OWNER), (0, ANYBODY)])
def test_a_pin_takes_a_volunteer_and_an_offer_a_name(hub, pin, by):
    with pytest.raises(TooLow):
        hub.do(publish, Publish({"en": "x"}, "offer", pin=pin, by=by), NOW)


@pytest.mark.acceptance(11)
def test_a_helper_puts_up_for_another_and_both_are_kept(hub):
    hub.has(person(LUIS))
    by = Actor(2, id_of(LUIS), entered_by=id_of(INES))
    made = hub.do(publish, Publish({"en": "Pears"}, "offer", by=by), NOW)
    kept = hub.snapshot.get(Notice, made)
    assert (kept.owner, kept.entered_by) == (id_of(LUIS), id_of(INES))
    assert by_line(hub.snapshot, kept, NOW) == "Luis O."


@pytest.mark.parametrize(
    ("kind", "last", "sound"),
    [("news", 60, True), ("news", 61, False), ("urgent", 7, True), ("urgent", 8, False)],
)
def test_a_notice_ends_by_itself(hub, kind, last, sound):
    ask = Publish({"en": "x"}, kind, last_day=day(last), by=VOLUNTEER)
    if sound:
        hub.do(publish, ask, NOW)
        assert titles(hub, at("10:00", last)) == ["x"]
    else:
        with pytest.raises(TooManyDays):
            hub.do(publish, ask, NOW)


@pytest.mark.parametrize(("first", "last"), [(3, 2), (-5, -1)])
def test_a_notice_does_not_end_before_it_begins(hub, first, last):
    ask = Publish({"en": "x"}, "news", first_day=day(first), last_day=day(last), by=VOLUNTEER)
    with pytest.raises(EndsBeforeItBegins):
        hub.do(publish, ask, NOW)


def test_a_notice_says_something_and_not_too_much(hub):
    with pytest.raises(TextMissing):
        hub.do(publish, Publish({"en": "\u200f "}, "offer", by=EVA), NOW)
    with pytest.raises(TextTooLong):
        hub.do(publish, Publish({"en": "x" * 121}, "offer", by=EVA), NOW)


@pytest.mark.acceptance(50)
@pytest.mark.parametrize("where", ["title", "body"])
def test_a_phone_number_does_not_go_on_the_wall(hub, where):
    texts = {"title": {"en": "Pears"}, where: {"en": "call 612 345 678"}}
    with pytest.raises(PhoneOnWall) as refused:
        hub.do(publish, Publish(kind="offer", by=EVA, **texts), NOW)
    assert refused.value.field == f"{where}.en"


@pytest.mark.acceptance(50)
def test_a_phone_number_may_be_left_as_contact(hub):
    ask = Publish({"en": "Pears"}, "offer", contact="612 345 678", by=EVA)
    made = hub.do(publish, ask, NOW)
    assert hub.snapshot.get(Notice, made).contact == "612 345 678"


@pytest.mark.acceptance(50)
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1234567", True),
        ("123456", False),
        ("+34 612-34.56.78", True),
        ("(948) 12 34 56", True),
        ("٠١٢٣٤٥٦٧", True),
        ("61.23.45.67.89", True),
        ("call 6\u00a012\u00a034\u00a056 now", True),
        ("on 23.11.2026", False),
        ("2026-11-23 at 18:00", False),
        ("1/2/2026 and 3/4/2026", False),
        ("18.00-20.00", False),
        ("from 09:00 to 14:00, 16:00 to 20:00", False),
        ("3 cups, 2 spoons, 100 g, 250 ml, 5 eggs", False),
        ("", False),
    ],
)
def test_seven_digits_in_a_row_are_a_phone_number_and_dates_are_not(text, found):
    assert has_phone(text) is found


@pytest.mark.acceptance(48)
def test_title_by_one_and_body_by_another_both_stay(soup, elsewhere):
    soup.meets(elsewhere)
    edits(soup, title={"en": "Soup on Saturday"})
    elsewhere.do(edit_notice, EditNotice(SOUP, {"body": {"en": "Bring bread."}}, VOLUNTEER), NOW)
    soup.meets(elsewhere)
    assert the_soup(soup).title == {"en": "Soup on Saturday"}
    assert the_soup(elsewhere).body == {"en": "Bring bread."}


@pytest.mark.acceptance(48)
def test_two_languages_of_a_title_both_stay(soup, elsewhere):
    soup.meets(elsewhere)
    edits(soup, title={"en": "Soup on Saturday"})
    elsewhere.do(edit_notice, EditNotice(SOUP, {"title": {"es": "Sopa"}}, VOLUNTEER), NOW)
    soup.meets(elsewhere)
    assert the_soup(soup).title == {"en": "Soup on Saturday", "es": "Sopa"}


def test_a_translation_is_anybodys_to_add_who_is_known(soup):
    hana = Actor(2, id_of("Hana"))
    edits(soup, by=hana, title={"es": "Sopa el viernes"})
    assert the_soup(soup).title == {"en": "Soup on Friday", "es": "Sopa el viernes"}
    assert the_soup(soup).edited_by == {"title.es": id_of("Hana")}
    edits(soup, by=hana, title={"fr": "Soupe"}, body={"fr": "Venez."})
    assert the_soup(soup).body == {"en": "Come.", "fr": "Venez."}
    with pytest.raises(TooLow):
        edits(soup, by=hana, title={"en": "Mine now"})
    with pytest.raises(TooLow):
        edits(soup, by=hana, body={"en": "Go."})
    with pytest.raises(TooLow):
        edits(soup, by=EVA, title={"fr": "Soupe"})


def test_who_changes_no_word_or_has_no_name_is_nobodys_author(soup):
    changes = soup.ask(edit_notice, EditNotice(SOUP, {"pin": 2}, VOLUNTEER), NOW)
    assert [set(one.fields) for one in changes.acts] == [{"pin"}]
    edits(soup, by=Actor(3), title={"en": "Soup on Saturday"})
    assert the_soup(soup).edited_by == {}


@pytest.mark.parametrize("fields", [{"pin": 2}, {"kind": "urgent"}])
def test_only_a_volunteer_pins_or_makes_urgent(soup, fields):
    with pytest.raises(TooLow):
        edits(soup, **fields)
    edits(soup, by=VOLUNTEER, **fields)
    assert the_soup(soup).pin + (the_soup(soup).kind == "urgent")


def test_a_running_notice_may_be_edited_though_it_began_long_ago(soup):
    edits(soup, now=at("10:00", 4), body={"en": "Bring a bowl."})
    with pytest.raises(EndsBeforeItBegins):
        edits(soup, now=at("10:00", 4), last_day=day(3))


def test_nobody_edits_what_is_not_there(hub):
    for use_case, ask in (
        (edit_notice, EditNotice(SOUP, {}, VOLUNTEER)),
        (withdraw_notice, WithdrawNotice(SOUP, VOLUNTEER)),
        (restore_notice, RestoreNotice(SOUP, VOLUNTEER)),
        (put_back, PutBack(id_of("old"), VOLUNTEER)),
    ):
        with pytest.raises(NotKnown):
            hub.do(use_case, ask, NOW)


@pytest.mark.acceptance(7)
def test_a_withdrawn_notice_comes_back_as_it_was(soup):
    before = the_soup(soup)
    soup.do(withdraw_notice, WithdrawNotice(SOUP, OWNER), NOW)
    assert titles(soup) == []
    assert the_soup(soup).withdrawn.by == id_of(LUIS)
    soup.do(restore_notice, RestoreNotice(SOUP, VOLUNTEER), NOW)
    assert the_soup(soup) == before


@pytest.mark.acceptance(7)
def test_what_was_withdrawn_at_one_kiosk_is_restored_at_the_other(soup, elsewhere):
    soup.do(withdraw_notice, WithdrawNotice(SOUP, OWNER), NOW)
    soup.meets(elsewhere)
    elsewhere.do(restore_notice, RestoreNotice(SOUP, VOLUNTEER), at("11:00"))
    elsewhere.meets(soup)
    assert titles(soup, at("11:00")) == ["Soup on Friday"]


def test_only_its_owner_or_a_volunteer_withdraws(soup):
    for by in (EVA, Actor(2, id_of("Hana")), Actor(1, id_of(LUIS))):
        with pytest.raises(TooLow):
            soup.do(withdraw_notice, WithdrawNotice(SOUP, by), NOW)
        with pytest.raises(TooLow):
            soup.do(restore_notice, RestoreNotice(SOUP, by), NOW)


@pytest.mark.acceptance(49)
def test_an_edit_made_elsewhere_does_not_bring_it_back(soup, elsewhere):
    soup.meets(elsewhere)
    soup.do(withdraw_notice, WithdrawNotice(SOUP, OWNER), NOW)
    edit = EditNotice(SOUP, {"title": {"en": "Soup on Saturday"}}, VOLUNTEER)
    elsewhere.do(edit_notice, edit, at("10:30"))
    soup.meets(elsewhere)
    assert titles(soup, at("10:31")) == titles(elsewhere, at("10:31")) == []
    assert the_soup(soup).title == {"en": "Soup on Saturday"}


@pytest.mark.acceptance(46)
def test_of_three_urgent_notices_two_are_at_the_top_and_each_is_seen(hub):
    hub.has(*(notice(name, kind="urgent") for name in ("one", "two", "three")))
    seen = [urgent_now(hub.snapshot, at(f"10:00:{second:02}")) for second in range(24)]
    assert {len(top) for top in seen} == {2}
    assert {one.id for top in seen for one in top} == {id_of(n) for n in ("one", "two", "three")}


def test_what_is_not_urgent_is_never_at_the_top(hub):
    hub.has(notice("news"), notice("one", kind="urgent"))
    assert [one.id for one in urgent_now(hub.snapshot, NOW)] == [id_of("one")]


@pytest.mark.parametrize(
    ("last", "stale"), [(None, True), (at("09:00"), True), (at("09:00:01"), False)]
)
def test_after_an_hour_without_contact_an_urgent_notice_says_as_of(last, stale):
    assert is_stale(last, NOW) is stale


def test_a_name_typed_at_the_door_goes_with_its_days(hub):
    pears = notice("Pears", kind="offer", by_name="Eva Gil", last_day=TODAY)
    hub.has(pears)
    assert by_line(hub.snapshot, pears, at("10:00", 20)) == "Eva G."
    assert by_line(hub.snapshot, pears, at("10:00", 21)) == ""


@pytest.mark.parametrize("days", [{}, {"first_day": TODAY}, {"last_day": TODAY}])
def test_a_notice_that_another_node_left_without_days_may_be_edited(soup, days):
    soup.has(Notice(id=id_of("odd"), title={"en": "Odd"}, owner=id_of(LUIS), **days))
    soup.do(edit_notice, EditNotice(id_of("odd"), {"title": {"en": "Even"}}, OWNER), NOW)
    assert soup.snapshot.get(Notice, id_of("odd")).title == {"en": "Even"}
