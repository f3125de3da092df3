"""What the rest screen says: the day, the rooms, the notices, in the reader's language."""

from datetime import datetime

import pytest
from msgspec.structs import replace

from kiosk.screens.light.view import CLOCK_NOT_SURE, NOT_PAIRED, Light
from kiosk.screens.rest.view import (
    RoomLine,
    greeting,
    is_shut,
    notice_line,
    rest_view,
    room_lines,
    shown_rooms,
)
from kiosk.ui.words import Words
from sync.records.booking_day import BookingDay
from sync.records.event import Event
from sync.records.hub import WEEKDAYS
from sync.records.welcomer import Welcomer
from tests.kiosk.hub.house import (
    House,
    at,
    booking,
    day,
    id_of,
    notice,
    person,
    room,
    the_hub,
    visit,
)

NOW = at("10:42")
EN, ES = Words("en"), Words("es")
SENT = Light()
NEVER = dict.fromkeys(WEEKDAYS, ())


@pytest.fixture
def hub() -> House:
    house = House()
    return house.has(room("Kitchen", order=1), room("Workshop", order=2))


def view(hub, now=NOW, words=EN, notices=(), light=SENT, bands=2):
    return rest_view(hub.snapshot, now, words, notices, light, bands)


def event(title, starts, **fields):
    local = datetime.fromisoformat(f"{day().isoformat()}T{starts}")
    usual = {"id": id_of(title), "title": {"en": title}, "starts": local, "minutes": 60}
    return Event(**(usual | fields))


def test_the_day_is_said_in_full_short_and_shortest(hub):
    shown = view(hub)
    assert shown.dates == ("Monday 23 November", "Mon 23 Nov", "23 Nov")
    assert shown.clock == "10:42"


def test_a_line_in_spanish_begins_with_a_capital(hub):
    assert view(hub, words=ES).dates[0].startswith("Lunes")


def test_a_hub_without_a_short_name_shows_its_whole_one(hub):
    assert view(hub).short_name == "La Ronda Commons"
    hub.has(the_hub(short={"en": "La Ronda"}))
    assert view(hub).short_name == "La Ronda"


@pytest.mark.parametrize(
    ("hour", "english", "spanish"),
    [
        (5, "Good morning", "Buenos días"),
        (12, "Good afternoon", "Buenos días"),
        (14, "Good afternoon", "Buenas tardes"),
        (18, "Good evening", "Buenas tardes"),
        (21, "Good evening", "Buenas noches"),
        (4, "Good evening", "Buenas noches"),
    ],
)
def test_each_language_parts_the_day_in_its_own_way(hour, english, spanish):
    assert greeting(hour, EN) == english and greeting(hour, ES) == spanish


def test_who_reads_another_language_finds_the_way_in_too(hub):
    assert view(hub).other_here == "Estoy aquí" and view(hub, words=ES).other_here == "I’m here"


def test_a_hub_of_one_language_says_it_once(hub):
    hub.has(the_hub(languages=("en",)))
    assert view(hub).other_here == ""


def test_a_room_that_nobody_booked_is_free_all_day_until_closing(hub):
    kitchen = view(hub).rooms[0]
    assert (kitchen.status, kitchen.until, kitchen.clock) == ("free", "all day", "22:00")


def test_a_room_in_use_says_until_when(hub):
    hub.has(booking("Kitchen", "10:00", hours=2))
    assert (view(hub).rooms[0].status, view(hub).rooms[0].until) == ("in_use", "12:00")


def test_a_room_somebody_comes_to_in_half_an_hour_is_soon_in_use(hub):
    hub.has(booking("Kitchen", "11:00"))
    assert (view(hub).rooms[0].status, view(hub).rooms[0].until) == ("soon", "11:00")


def test_a_shut_room_says_when_it_opens(hub):
    shut = view(hub, now=at("23:00")).rooms[0]
    assert (shut.status, shut.until) == ("shut", "09:00")


def test_a_room_that_opens_on_another_day_says_which(hub):
    hub.has(the_hub(open=NEVER | {"fri": (("09:00", "22:00"),)}))
    assert view(hub).rooms[0].until == "Fri"


def test_a_room_that_never_opens_says_nothing(hub):
    hub.has(the_hub(open=NEVER))
    assert view(hub).rooms[0].until == "" and is_shut(view(hub).rooms)


def test_where_no_heading_says_until_the_line_does(hub):
    hub.has(booking("Kitchen", "10:00", hours=2))
    assert [line.until for line in view(hub).rooms_read] == ["until 12:00", "all day"]


def test_free_rooms_are_counted(hub):
    hub.has(booking("Kitchen", "10:00", hours=2))
    assert view(hub).free_rooms == 1


def test_a_retired_room_is_not_shown(hub):
    hub.has(room("Attic", order=3, retired_from=day(-1)))
    assert len(room_lines(hub.snapshot, NOW, EN)) == 2


def test_the_event_that_begins_next_is_shown(hub):
    hub.has(event("Soup", "12:00"), event("Spanish", "11:00"), event("Babies", "10:00"))
    assert (view(hub).event.time, view(hub).event.title) == ("11:00", "Spanish")


@pytest.mark.parametrize("fields", [{"cancelled": 1}, {"starts": None}, {"title": {}}])
def test_an_event_that_will_not_be_is_not_shown(hub, fields):
    hub.has(replace(event("Spanish", "11:00"), **fields))
    assert view(hub).event is None


def test_an_event_whose_booking_was_given_up_for_today_is_not_next(hub):
    room_booked = booking("Kitchen", "11:00", confirmed=1)
    hub.has(room_booked, event("Spanish", "11:00", booking=room_booked.id), event("Soup", "12:00"))
    assert view(hub).event.title == "Spanish"
    hub.has(BookingDay(id=id_of("d"), booking=room_booked.id, date=day(), cancelled=1))
    assert view(hub).event.title == "Soup"


def test_an_event_of_this_evening_is_not_next_yet(hub):
    hub.has(event("Film", "19:00"))
    assert view(hub).event is None


def test_a_notice_stands_in_one_line_with_its_first_sentence():
    body = {"en": "Two crates by the door. Take some."}
    line = notice_line(notice("Pears, ripe now", kind="offer", body=body), EN)
    assert (line.title, line.more) == ("Pears, ripe now.", "Two crates by the door.")
    assert line.mark.shape == "diamond"


def test_a_notice_in_another_language_says_so():
    line = notice_line(replace(notice(""), title={"es": "Peras"}, first_lang="es"), EN)
    assert (line.title, line.foreign) == ("Peras.", "(in Spanish)")


def test_a_notice_without_a_title_is_its_first_sentence():
    line = notice_line(replace(notice(""), title={}, body={"en": "Pears. Two crates."}), EN)
    assert (line.title, line.more) == ("Pears.", "")


def test_urgent_notices_take_the_top_and_not_the_line_of_news(hub):
    notices = [notice("Lock", kind="urgent"), notice("Pears")]
    shown = view(hub, notices=notices)
    assert [line.title for line in shown.urgent] == ["Lock."]
    assert (shown.notice.title, shown.notices) == ("Pears.", 2)


def test_without_notices_there_is_no_line(hub):
    assert view(hub).notice is None and view(hub).urgent == ()


@pytest.mark.acceptance(46)
def test_three_urgent_notices_take_turns_two_at_a_time_each_within_24_seconds(hub):
    notices = [notice(name, kind="urgent") for name in ("One", "Two", "Three")]
    seconds = [view(hub, at(f"10:42:{second:02}"), notices=notices) for second in range(24)]
    assert {len(shown.urgent) for shown in seconds} == {2}
    assert {line.title for shown in seconds for line in shown.urgent} == {"One.", "Two.", "Three."}
    assert seconds[0].turn_s == 12


def test_two_urgent_notices_stay_where_they_are(hub):
    notices = [notice(name, kind="urgent") for name in ("One", "Two")]
    assert view(hub, notices=notices).turn_s == 0


@pytest.mark.parametrize(
    ("heard", "trouble", "said"),
    [
        ("09:40", "away", "as of 09:40"),
        ("09:43", "away", ""),
        ("09:40", "", ""),
        (None, "away", ""),
    ],
)
def test_what_is_urgent_says_since_when_nobody_knows_better(hub, heard, trouble, said):
    light = Light(trouble=trouble, last_ok=at(heard) if heard else None, now=NOW)
    shown = view(hub, notices=[notice("Lock", kind="urgent"), notice("Pears")], light=light)
    assert (shown.urgent[0].as_of, shown.notice.as_of) == (said, "")


def test_a_door_that_is_not_let_in_says_as_of_too(hub):
    light = Light(engine=NOT_PAIRED, last_ok=at("09:40"), now=NOW)
    shown = view(hub, notices=[notice("Lock", kind="urgent")], light=light)
    assert shown.urgent[0].as_of == "as of 09:40"


def test_a_door_that_does_not_know_the_day_says_the_day_and_at_once(hub):
    light = Light(engine=CLOCK_NOT_SURE, trouble="away", last_ok=at("10:40"), now=NOW)
    shown = view(hub, notices=[notice("Lock", kind="urgent")], light=light)
    assert shown.urgent[0].as_of == "as of 23 Nov, 10:40"


@pytest.mark.parametrize("count", [2, 3, 4])
def test_where_there_is_one_band_each_urgent_notice_is_seen_within_24_seconds(hub, count):
    names = ("One", "Two", "Three", "Four")[:count]
    notices = [notice(name, kind="urgent") for name in names]
    seconds = [view(hub, at(f"10:42:{n:02}"), notices=notices, bands=1) for n in range(24)]
    assert {line.title for shown in seconds for line in shown.urgent} == {f"{n}." for n in names}
    assert {len(shown.urgent) for shown in seconds} == {1}
    assert seconds[0].turn_s == 24 / count


@pytest.mark.parametrize("bands", [1, 2])
def test_who_is_called_hides_nothing_urgent(hub, bands):
    duty = Welcomer(id="w", date=day(), slot=("09:00", "14:00"), person=id_of("Ana Guerra"))
    hub.has(person("Ana Guerra"), replace(duty, yes=True), visit("Ana Guerra", "09:00"))
    hub.has(visit("", "10:42", first_time=True))
    notices = [notice(name, kind="urgent") for name in ("One", "Two")]
    seconds = [view(hub, at(f"10:42:{n:02}"), notices=notices, bands=bands) for n in range(24)]
    seen = {getattr(line, "title", "called") for shown in seconds for line in shown.urgent}
    assert seen == {"One.", "Two.", "called"}


@pytest.mark.acceptance("A3")
def test_who_is_called_to_the_door_stands_above_what_is_urgent_for_two_minutes(hub):
    duty = Welcomer(id="w", date=day(), slot=("09:00", "14:00"), person=id_of("Ana Guerra"))
    hub.has(person("Ana Guerra"), replace(duty, yes=True), visit("Ana Guerra", "09:00"))
    hub.has(visit("", "10:42", first_time=True))
    shown = view(hub, notices=[notice("Lock", kind="urgent")])
    assert shown.urgent[0].text == "Ana G., somebody new is at the door"
    assert shown.turn_s == 120
    assert view(hub, at("10:44")).urgent == ()


def lines_of(count):
    return [RoomLine(str(n), "free", str(n), str(n), "", "") for n in range(count)]


def test_rooms_without_room_are_counted_not_squeezed():
    shown, left = shown_rooms(lines_of(9), 6)
    assert (len(shown), left) == (5, 4)
    assert shown_rooms(lines_of(6), 6)[1] == 0


def test_a_house_without_rooms_is_not_shut():
    assert not is_shut(())


def test_the_light_is_on_the_rest_screen(hub):
    assert view(hub, light=Light(12, at("09:10"))).light.word == "12 waiting"
