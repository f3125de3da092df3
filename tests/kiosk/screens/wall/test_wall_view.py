"""What the wall says, and which page has its turn."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.screens.wall import view as wall
from kiosk.screens.wall.view import (
    KINDS,
    MOST_IN_A_ROW,
    Turn,
    after,
    each,
    notice_card,
    parts_of,
    settled,
    share,
    wall_view,
)
from kiosk.ui.words import Words
from sync.records.event import Event
from sync.records.notice import Notice
from sync.records.welcomer import Welcomer
from tests.kiosk.hub.house import TODAY, House, at, id_of, notice, person, room, the_hub, visit

EN, NOW = Words("en"), at("10:42")
A_PAGE = {"rooms": 6, "notices": 3, "events": 6, "who": 6}


@pytest.fixture
def hub() -> House:
    """A house with nothing in it."""
    return House()


def seen(hub, now=NOW, words=EN):
    return wall_view(hub.snapshot, now, words)


def event(title, starts="11:00", **fields):
    usual = {
        "id": id_of(title),
        "title": {"en": title},
        "starts": datetime.fromisoformat(f"{TODAY.isoformat()}T{starts}"),
        "minutes": 60,
    }
    return Event(**(usual | fields))


def duty(who):
    return Welcomer(id="w", date=TODAY, slot=("09:00", "14:00"), person=id_of(who), yes=True)


# What it says


def test_what_is_urgent_says_since_when_nobody_knows_better(hub):
    hub.has(notice("Lock", kind="urgent"))
    assert wall_view(hub.snapshot, NOW, EN, "as of 09:40").urgent == ("Lock. (as of 09:40)",)
    assert seen(hub).urgent == ("Lock.",)


def test_nobody_is_named_without_having_said_yes(hub):
    hub.has(person("Ana Guerra"), visit("Ana Guerra", wall_ok=True))
    hub.has(person("Luis Ortega"), visit("Luis Ortega"), visit("", "10:10"))
    assert [face.name for face in seen(hub).faces] == ["Ana G."]
    assert seen(hub).heads == 3


def test_the_welcomer_comes_first_and_says_what_to_ask(hub):
    hub.has(person("Luis Ortega"), visit("Luis Ortega", "09:00", wall_ok=True))
    hub.has(person("Ana Guerra", ask_me_about={"1": {"en": "pruning"}}), duty("Ana Guerra"))
    hub.has(visit("Ana Guerra", wall_ok=True))
    first = seen(hub).faces[0]
    assert (first.name, first.line) == ("Ana G.", "Welcomes today. Ask: pruning")


def test_who_is_new_is_never_said_so_on_the_wall(hub):
    hub.has(person("Eva Molina"), visit("Eva Molina", wall_ok=True, open_to=("new_here", "chat")))
    assert [face.line for face in seen(hub).faces] == ["Open to a chat"]


def test_a_first_timer_calls_the_welcomer_by_a_masked_name(hub):
    hub.has(person("Ana Guerra"), duty("Ana Guerra"), visit("Ana Guerra", "09:00"))
    hub.has(visit("", "10:42", first_time=True))
    assert seen(hub).call == "Ana G., somebody new is at the door"
    assert seen(hub, at("10:44")).call == ""


def test_a_call_that_nobody_can_answer_is_not_shown_to_the_room(hub):
    hub.has(visit("", "10:42", first_time=True))
    assert seen(hub).call == ""


def test_an_urgent_notice_is_a_band_and_no_card(hub):
    hub.has(notice("Water off", kind="urgent", body={"en": "Until six."}), notice("Soup"))
    assert seen(hub).urgent == ("Water off. Until six.",)
    assert [card.title for card in seen(hub).notices] == ["Soup"]


def test_an_urgent_notice_that_has_more_to_say_has_a_card_as_well(hub):
    hub.has(notice("Water off", kind="urgent", body={"en": "Until six. Fill a jug."}))
    assert [card.title for card in seen(hub).notices] == ["Water off"]


def test_another_language_is_said_on_the_card():
    card = notice_card(Notice(title={"es": "Peras"}, first_lang="es"), EN)
    assert (card.title, card.foreign) == ("Peras", "(in Spanish)")


def test_a_notice_without_a_title_begins_with_its_first_sentence():
    card = notice_card(Notice(body={"en": "Soup. At one."}), EN)
    assert (card.title, card.body) == ("Soup.", "At one.")


def test_what_is_over_is_not_on_and_what_runs_says_until_when(hub):
    hub.has(room("Hall"), event("Babies", "10:00", room=id_of("Hall")), event("Early", "09:00"))
    (line,) = seen(hub).events
    assert (line.title, line.where, line.until, line.soon) == ("Babies", "Hall", "until 11:00", "")


def test_what_begins_within_the_hour_says_in_how_many_minutes(hub):
    hub.has(event("Spanish"), event("Film", "18:30"))
    assert [line.soon for line in seen(hub).events] == ["in 18 min", ""]


def test_what_passes_midnight_is_on_the_wall_until_its_end(hub):
    hub.has(event("Film", "22:00", minutes=180))
    assert [line.title for line in seen(hub, now=at("00:30", 1)).events] == ["Film"]
    assert not seen(hub, now=at("01:00", 1)).events


def test_a_cancelled_event_stays_until_its_end_and_says_so(hub):
    hub.has(event("Spanish", cancelled=1))
    (line,) = seen(hub).events
    assert line.cancelled and not line.soon


def test_the_coming_days_are_named_and_next_week_is_not_yet_there(hub):
    hub.has(event("Swap", starts="11:00", rule="FREQ=DAILY;COUNT=20"))
    days = [line.day for line in seen(hub).events]
    assert days[:3] == ["today", "tomorrow", "Wednesday"] and len(days) == 8


# What is broken


def test_what_cannot_be_shown_loses_its_own_tile(monkeypatch, hub):
    hub.has(event("Spanish"), event("Broken"))
    real = wall.days_of
    monkeypatch.setattr(
        wall, "days_of", lambda hub, one: 1 / 0 if "Broken" in one.title["en"] else real(hub, one)
    )
    assert [line.title for line in seen(hub).events] == ["Spanish"]


@pytest.mark.parametrize("part", ["urgent_now", "running", "who_is_here", "heads_at", "call_words"])
def test_whatever_breaks_the_wall_still_has_the_rest(monkeypatch, hub, part):
    hub.has(room("Kitchen"), event("Spanish"))
    monkeypatch.setattr(wall, part, lambda *_: 1 / 0)
    assert seen(hub).rooms and seen(hub).events


def test_each_leaves_out_what_breaks_and_keeps_the_order():
    assert list(each(lambda n: 12 // n, [1, 0, 2])) == [12, 6]


# Turns


def test_kinds_without_anything_have_no_page_but_people_do(hub):
    assert parts_of(seen(hub), A_PAGE) == {"who": 1}


def test_seven_notices_are_three_pages(hub):
    hub.has(*(notice(f"Notice {n}") for n in range(7)))
    assert parts_of(seen(hub), A_PAGE)["notices"] == 3


def test_a_wall_shows_the_pages_that_its_hub_wants_in_their_order(hub):
    hub.has(room("Willow"), *(notice(f"Nr. {n}") for n in range(4)))
    assert parts_of(seen(hub), A_PAGE) == {"rooms": 1, "notices": 2, "who": 1}
    hub.has(the_hub(wall_pages=("who", "notices", "poems")))
    assert list(parts_of(seen(hub), A_PAGE).items()) == [("notices", 2), ("who", 1)]


def test_what_a_hub_does_not_want_on_its_walls_is_not_there_for_want_of_anything_else(hub):
    hub.has(the_hub(wall_pages=("notices", "events")))
    assert parts_of(seen(hub), A_PAGE) == {"notices": 1}
    assert after(Turn("notices"), {"notices": 1}).kind == "notices"


def test_pages_of_a_later_version_alone_leave_all_that_are_known(hub):
    hub.has(room("Willow"), the_hub(wall_pages=("poems",)))
    assert parts_of(seen(hub), A_PAGE) == {"rooms": 1, "who": 1}


def test_many_notices_do_not_keep_the_rooms_waiting():
    parts = {"rooms": 1, "notices": 8, "who": 1}
    turn, shown = Turn(), []
    for _ in range(8):
        shown.append((turn.kind, turn.part))
        turn = after(turn, parts)
    assert shown == [
        ("rooms", 0), ("notices", 0), ("notices", 1), ("who", 0),
        ("rooms", 0), ("notices", 2), ("notices", 3), ("who", 0),
    ]  # fmt: skip


@given(st.dictionaries(st.sampled_from(KINDS), st.integers(1, 9), min_size=1))
def test_every_page_has_its_turn(parts):
    turn, seen_pages = settled(Turn(), parts), set()
    for _ in range(4 * MOST_IN_A_ROW * 10):
        seen_pages.add((turn.kind, turn.part))
        turn = after(turn, parts)
    assert seen_pages == {(kind, part) for kind, total in parts.items() for part in range(total)}


def test_a_page_that_is_gone_gives_way_to_the_nearest():
    assert settled(Turn("notices", part=4), {"notices": 2}).part == 1
    assert settled(Turn("events"), {"who": 1}).kind == "who"


@given(st.lists(st.integers(), max_size=40), st.integers(1, 7))
def test_everything_stands_on_one_page_in_its_order(items, each_page):
    parts = max(1, -(-len(items) // each_page))
    pages = [share(items, part, parts, each_page) for part in range(parts)]
    assert [item for page in pages for item in page] == items
    assert all(len(page) <= each_page for page in pages)
