from datetime import datetime

from kiosk.hub.events import JoinEvent, events_until, join_event
from kiosk.screens.whats_on.view import coming_up, event_day, event_view, joined_words
from kiosk.ui.words import Words
from sync.records.event import Event
from sync.records.event_rules import IN, PENCILLED, WAITING, Place
from tests.kiosk.hub.house import TODAY, House, at, day, id_of, person, room

EN, ES = Words("en"), Words("es")


def event(title, starts, on=0, **fields):
    """An event of two hours."""
    local = datetime.fromisoformat(f"{day(on).isoformat()}T{starts}")
    usual = {"id": id_of(title), "title": {"en": title}, "starts": local, "minutes": 120}
    return Event(**(usual | fields))


def house(*records):
    hub = House()
    hub.has(room("Hall"), person("Clara Nieto"), *records)
    return hub.snapshot


def seen(hub, title, now="10:42", on=0, words=EN):
    return event_view(hub, event_day(hub, id_of(title), day(on)), at(now), words)


def test_what_is_over_is_not_listed():
    hub = house(event("Babies", "08:00"), event("Film", "18:30", room=id_of("Hall")))
    assert [row.title for row in coming_up(hub, at("10:42"), EN)] == ["Film"]


def test_today_is_a_time_and_later_days_are_named():
    hub = house(
        event("Film", "18:30"), event("Swap", "11:00", on=2), event("Seeds", "17:00", on=10)
    )
    whens = [row.when for row in coming_up(hub, at("10:42"), EN)]
    assert whens == ["18:30", "Wed 11:00", "3 Dec 17:00"]


def test_what_began_before_midnight_is_listed_until_its_end_with_its_day():
    hub = house(event("Party", "21:00", minutes=240), event("Film", "18:30", on=1))
    whens = [[row.when for row in coming_up(hub, at(c, 1), EN)] for c in ("00:05", "01:00")]
    assert whens == [["Mon 21:00", "18:30"], ["18:30"]]


def test_what_is_in_more_than_two_weeks_waits():
    hub = house(event("Far", "11:00", on=15))
    assert coming_up(hub, at("10:42"), EN) == ()


def test_an_event_says_when_where_and_with_whom():
    hub = house(event("Film", "18:30", room=id_of("Hall"), host=id_of("Clara Nieto")))
    film = seen(hub, "Film")
    assert (film.when, film.room, film.host) == ("Today 18:30–20:30", "Hall", "Clara N.")


def test_a_room_that_is_not_known_here_is_left_out():
    assert seen(house(event("Film", "18:30", room="nowhere")), "Film").room == ""


def test_a_visitor_is_counted_without_a_name():
    hub = House()
    hub.has(event("Film", "18:30"))
    hub.do(join_event, JoinEvent(id_of("Film"), TODAY, 3), at("10:42"))
    assert seen(hub.snapshot, "Film").coming == "3 coming"
    assert all(not join.name and not join.person for join in hub.snapshot.joins_of(id_of("Film")))


def test_places_that_are_left_are_said():
    hub = house(event("Film", "18:30", places=45))
    assert seen(hub, "Film").coming == "45 places left"
    assert seen(hub, "Film", words=ES).coming == "Quedan 45 plazas"


def test_a_full_event_still_takes_those_who_would_wait():
    hub = House()
    hub.has(event("Film", "18:30", places=2))
    hub.do(join_event, JoinEvent(id_of("Film"), TODAY, 2), at("10:42"))
    film = seen(hub.snapshot, "Film")
    assert film.coming == "2 coming · Full: you can wait"
    assert film.may_join


def test_a_cancelled_event_stays_on_the_list_and_takes_nobody():
    hub = house(event("Film", "18:30", cancelled=1))
    assert [row.cancelled for row in coming_up(hub, at("10:42"), EN)] == [True]
    assert (seen(hub, "Film").note, seen(hub, "Film").may_join) == ("Cancelled", False)


def test_an_event_that_is_over_takes_nobody():
    hub = house(event("Babies", "08:00"))
    assert (seen(hub, "Babies").note, seen(hub, "Babies").may_join) == ("Over", False)


def test_an_event_that_is_gone_has_no_page():
    assert event_day(house(), "nowhere", TODAY) is None
    assert events_until(house(), TODAY, at("00:00")) == ()


def test_every_kind_of_place_has_its_sentence():
    assert joined_words(Place(IN), 2, EN)[0] == "See you there, all 2"
    assert joined_words(Place(WAITING, 3), 1, EN)[0] == "You wait as number 3"
    assert joined_words(Place(PENCILLED), 1, EN)[0].startswith("Pencilled in")
