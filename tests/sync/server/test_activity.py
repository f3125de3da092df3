"""What is remembered of changes: of which, how long, and that it is no memory of people."""

import pytest
from sqlalchemy import func, select

from sync.server.activity import Told
from sync.server.database import logbook
from sync.server.database.logbook import Logbook
from sync.server.database.models import Activity
from tests.sync.server.remembered import ANA, INES, LUIS, MARKED, entries, kept
from tests.sync.server.village import HUB, OTHER


@pytest.fixture
def k1(village):
    return village.door()


def told(village):
    return [(one.kind, one.act) for one in entries(village)]


def test_what_was_made_changed_taken_down_and_put_back_is_remembered(village, k1):
    k1.asks(k1.wrote("notice", "n1", title__en="Soup"))
    k1.asks(k1.wrote("notice", "n1", title__en="Soup on Friday"))
    k1.asks(k1.wrote("notice", "n1", withdrawn={"by": ANA, "at": "2026-11-23T10:00:00Z"}))
    k1.asks(k1.wrote("notice", "n1", withdrawn=None))
    assert [act for _kind, act in told(village)] == ["restored", "withdrawn", "changed", "made"]
    assert [one.person for one in entries(village)] == ["", ANA, "", ""]
    assert entries(village)[2].fields["title.en"].value == "Soup"


def test_what_changes_nothing_is_not_remembered(village, k1):
    notice = k1.wrote("notice", "n1", title__en="Soup")
    k1.asks(notice)
    k1.asks(notice)
    k1.asks(k1.wrote("notice", "n1", title__en="Soup"))
    assert told(village) == [("notice", "made")]


def test_visits_people_and_what_they_said_yes_to_are_not_remembered(village, k1):
    k1.asks(
        k1.wrote("visit", "v1", how="tile", person=ANA, came_at="2026-11-23T09:00:00Z"),
        k1.wrote("person", ANA, name=MARKED),
        k1.wrote("card", "c1", person=ANA),
        k1.wrote("roll", "r1", at="2026-11-23T09:00:00Z"),
        k1.wrote("roll_tick", "t1", roll="r1", visit="v1"),
        k1.wrote("acceptance", "a1", person=ANA, agreement="x"),
        k1.wrote("welcomer", "w1", person=ANA, date="2026-11-23", yes=True),
        k1.wrote("join", "j1", person=ANA, event="e", date="2026-11-23"),
        k1.wrote("hours", "h1", giver=ANA, receiver="b", date="2026-11-23", what=MARKED),
        k1.wrote("old_text", "o1", text=MARKED, by=ANA),
        k1.wrote("a_kind_of_tomorrow", "x1", name=MARKED),
    )
    k1.asks(k1.wrote("visit", "v1", left_at="2026-11-23T09:30:00Z"))
    with village.database.reading() as connection:
        assert connection.execute(select(func.count()).select_from(Activity)).scalar_one() == 0


def test_that_somebody_came_to_their_room_is_a_visit_and_not_remembered(village, k1):
    k1.asks(k1.wrote("booking_day", "d1", booking="b1", date="2026-11-23", used=1))
    assert told(village) == []
    k1.asks(k1.wrote("booking_day", "d1", given_back_min=30))
    k1.asks(k1.wrote("booking_day", "d2", booking="b1", date="2026-11-24", cancelled=1))
    assert told(village) == [("booking_day", "cancelled"), ("booking_day", "changed")]


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("notice", "contact"),
        ("event", "host"),
        ("booking", "note"),
        ("booking", "heads"),
        ("notice", "picture"),
    ],
)
def test_of_a_private_field_only_that_it_changed_is_remembered(village, k1, kind, field):
    before, after = (7, 8) if field == "heads" else (MARKED, "Another")
    k1.asks(k1.wrote(kind, "x1", **{field: before}))
    k1.asks(k1.wrote(kind, "x1", **{field: after}))
    last, _made = entries(village)
    assert list(last.fields) == [field]
    assert not last.fields[field].kept
    assert last.fields[field].value is None
    assert MARKED not in kept(village)


def test_what_nobody_here_knows_is_not_remembered(village, k1):
    k1.asks(k1.wrote("notice", "n1", title__en="Soup", phone_of_tomorrow=MARKED))
    k1.asks(k1.wrote("notice", "n1", phone_of_tomorrow="Another", by_name="Another"))
    assert told(village) == [("notice", "made")]
    assert MARKED not in kept(village)


def test_names_that_a_booking_or_a_notice_holds_are_not_remembered(village, k1):
    k1.asks(k1.wrote("booking", "b1", for_name=MARKED, room="r", starts="2026-11-24T10:00:00"))
    k1.asks(k1.wrote("notice", "n1", by_name=MARKED, contact=MARKED))
    k1.asks(k1.wrote("notice", "n1", contact=None))
    assert MARKED not in kept(village)


def test_what_the_server_promises_is_nobody_s_change(village, k1):
    k1.house(willow="willow")
    before = len(told(village))
    k1.asks(k1.booked("willow", "2026-11-23T18:00:00"))
    assert told(village)[0] == ("booking", "made")
    assert len(told(village)) == before + 1
    assert "card_key" not in kept(village)
    assert "kiosks" not in kept(village)


def test_whose_hand_it_was_is_what_the_record_says(village, k1):
    k1.asks(k1.wrote("notice", "n1", title__en="Soup", owner=LUIS, entered_by=INES))
    k1.asks(k1.wrote("notice", "n2", title__en="Soup", owner=LUIS))
    k1.asks(k1.wrote("notice", "n2", **{"title__en": "Tea", "edited_by.title.en": ANA}))
    assert [one.person for one in entries(village)] == [ANA, LUIS, INES]
    assert {one.node for one in entries(village)} == {k1.node}


@pytest.mark.parametrize(
    "hand", [7, None, [ANA], MARKED, "Ana", f"{ANA}\0", f"{ANA}\n", {"by": {}}]
)
def test_whatever_a_device_says_whose_hand_it_was_breaks_nothing(village, k1, hand):
    k1.asks(k1.wrote("notice", "n1", title__en="Soup", owner=hand))
    k1.asks(k1.wrote("notice", "n1", withdrawn={"by": hand}))
    assert [one.person for one in entries(village)] == ["", ""]


def test_a_thousand_fields_are_one_short_line(village, k1):
    k1.asks(k1.wrote("notice", "n1", title__en="Soup"))
    many = {f"title__{'x' * 100}{nth}": "y" * 200 for nth in range(450)}
    k1.asks(k1.wrote("notice", "n1", **many))
    assert len(entries(village)[0].fields) <= 40
    assert len(kept(village)) < 10_000


def test_a_long_text_is_remembered_as_changed_and_not_kept(village, k1):
    k1.asks(k1.wrote("notice", "n1", body__en="y" * 50_000))
    k1.asks(k1.wrote("notice", "n1", body__en="short"))
    assert not entries(village)[0].fields["body.en"].kept
    assert len(kept(village)) < 1_000


def test_a_device_gone_wild_pushes_the_oldest_out_and_fills_no_disk(village, k1, monkeypatch):
    monkeypatch.setattr(logbook, "MOST", 5)
    for nth in range(8):
        k1.asks(k1.wrote("notice", "n1", title__en=f"N{nth}"))
    assert len(entries(village)) == 5
    assert entries(village)[0].fields["title.en"].value == "N6"


def test_it_goes_after_90_days_also_where_nobody_sweeps(village, k1):
    k1.asks(k1.wrote("notice", "n1", title__en="Soup"))
    village.pass_(days=90)
    village.service.sweep_all()
    assert told(village) == [("notice", "made")]
    village.pass_(seconds=1)
    assert told(village) == []
    village.service.sweep_all()
    assert kept(village) == "[]"


def test_what_was_written_long_ago_and_comes_late_is_not_remembered_as_of_today(village, k1):
    late = k1.wrote("notice", "n1", title__en="Soup")
    village.pass_(days=3)
    lately = village.ms - 3 * 24 * 3600 * 1000
    k1.asks(late)
    assert [one.at_ms for one in entries(village)] == [lately]
    old = k1.wrote("notice", "n2", title__en="Soup")
    village.pass_(days=91)
    k1.asks(old)
    assert told(village) == []


def test_no_time_of_a_device_lies_ahead_of_ours(village, k1):
    k1.ticks = 1
    village.ms += 60_000
    ahead = k1.wrote("notice", "n1", title__en="Soup")
    village.ms -= 60_000
    k1.asks(ahead)
    assert [one.at_ms for one in entries(village)] == [village.ms]


def test_another_hub_s_changes_are_its_own(village, k1):
    village.add(OTHER)
    theirs = village.door(OTHER, node="0000dddd")
    theirs.asks(theirs.wrote("notice", "n1", title__en="Theirs"))
    k1.asks(k1.wrote("notice", "n1", title__en="Ours"))
    assert [len(entries(village, hub)) for hub in (HUB, OTHER)] == [1, 1]
    k1.asks({"kind": "person", "id": ANA, "erased": str(k1.reading())})
    with village.database.reading() as connection:
        book = Logbook(connection, OTHER, village.ms)
        assert book.last_of("notice", "n1").node == "0000dddd"


def test_of_two_thousand_visits_nothing_is_told():
    asked = []
    told = Told(0, is_gone=asked.append)
    assert told.entry(("visit", "v1"), None, {"kind": "visit", "id": "v1", "fields": {}}) is None
    assert asked == []
