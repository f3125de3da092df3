"""Rooms: the board, one room's day, booking a free room, and what a holder may do."""

import pytest

from tests.flows.people import ANA, ANA_CARD, person_of, was_told

HUGO_CARD = "0409F6C8445F58"  # holds the Workshop until 19:00
SHORT = "Hold your card to the reader to book."
NOBODY_S = "04FFFFFFFFFFFF"


@pytest.fixture
def rooms(door, form):
    return door.tap("Rooms" if form.large else "All rooms")


def open_room(door, form, name):
    """Tap a room on the board or the list; taps of the list and its pages are given back."""
    extra = 0
    if form.screen == "800x480" and not form.large:
        door.tap("All rooms as a list")
        extra += 1
    while not any(name in words for words in in_english(door)):
        door.tap("More")
        extra += 1
    door.tap(name)
    return extra


def in_english(door):
    names = {}
    for room in door.hub.rooms:
        for text in room.name.values():
            names[text] = room.name["en"]
    return [names.get(n, "") for words in door.offers() for n in names if n in words]


def bookings(hub, room, name):
    who = person_of(hub, name).id
    there = next(one for one in hub.rooms if one.name["en"] == room)
    return [one for one in hub.bookings_of(there.id) if one.person == who]


def test_the_board_shows_every_room_and_fits(rooms):
    rooms.audit().picture("rooms-board")
    assert rooms.taps == 1


def test_the_days_and_hours_beside_are_a_tap_away(rooms, form):
    step = "Later" if form.screen == "800x480" and not form.large else "tomorrow"
    rooms.tap(step).audit()
    assert rooms.at == "rooms"


def test_a_closed_day_says_why_and_leads_on(rooms):
    import datetime as dt

    closed = rooms.hub.today(rooms.app.time.now()) + dt.timedelta(days=6)
    rooms.shell.go("rooms", day=closed)
    rooms.settle().audit().picture("rooms-shut")
    rooms.tap("The day after").audit()
    assert rooms.shell.screen.view.day == closed + dt.timedelta(days=1)


def test_one_room_s_day_is_two_taps_away(rooms, form):
    extra = open_room(rooms, form, "Quiet Room")
    rooms.audit().picture("room-day")
    assert rooms.taps - extra == 2
    assert rooms.at == "room"


def test_a_free_room_is_booked_with_three_taps_by_who_holds_a_card(rooms, form):
    extra = open_room(rooms, form, "Quiet Room")
    rooms.tap_card(ANA_CARD).audit().picture("room-day-book")
    rooms.tap("Pencil it in").audit().picture("room-day-pencilled")
    assert rooms.taps - extra == 3
    assert rooms.reads("Pencilled in")
    assert len(bookings(rooms.after_power_cut(), "Quiet Room", ANA)) == 1


def test_a_booking_is_taken_back_with_one_tap(rooms, form):
    open_room(rooms, form, "Quiet Room")
    rooms.tap_card(ANA_CARD).tap("Pencil it in").tap("Undo").audit()
    assert bookings(rooms.hub, "Quiet Room", ANA) == []


def test_without_a_card_nothing_is_booked_and_the_way_is_said(rooms, form):
    open_room(rooms, form, "Quiet Room")
    if rooms.shell.screen.step == "day" and not rooms.shell.screen.side_by_side:
        rooms.tap("10:42–15:50")
    rooms.audit()
    said = ("Hold your card to the reader to book. No card? Ask a volunteer.", SHORT)
    assert any(rooms.reads(sentence) for sentence in said)
    assert not any("Pencil it in" in words for words in rooms.offers())


def test_a_card_that_nobody_knows_books_nothing(rooms, form):
    open_room(rooms, form, "Quiet Room")
    rooms.tap_card(NOBODY_S)
    assert not rooms.shell.session.person
    assert rooms.at == "room"


@pytest.mark.parametrize("act", ["½ h longer", "We are leaving", "Give it up"])
def test_a_holder_extends_ends_or_gives_up_with_three_taps(rooms, form, act):
    if form.large and form.screen == "720x1280" and act != "We are leaving":
        pytest.skip("what is wanted least often waits for the usual text size here")
    extra = open_room(rooms, form, "Workshop")
    rooms.tap_card(HUGO_CARD).audit().picture("room-own")
    rooms.tap(act).audit()
    assert rooms.taps - extra == 3
    assert rooms.shell.screen.told is not None


def test_two_bookings_for_one_room_are_shown_side_by_side(rooms):
    rooms.shell.session.person = person_of(rooms.hub, "Nuria Campos").id
    rooms.shell.session.by_card = True
    willow = next(one for one in rooms.hub.rooms if one.name["en"] == "Willow Room")
    rooms.shell.go("room", room=willow.id)
    rooms.settle()
    screen = rooms.shell.screen
    screen.choose(next(row for row in screen.view.rows if row.status == "clashing"))
    rooms.settle().audit().picture("room-clash")
    assert rooms.offers()


def test_whoever_holds_their_card_at_a_clash_of_theirs_is_offered_what_is_free(rooms):
    from kiosk.hub.actor import VOLUNTEER, Actor
    from kiosk.hub.cards import LinkCard, link_card

    card, nuria = rooms.shell.around.hashed("04AABBCCDDEE02"), person_of(rooms.hub, "Nuria Campos")
    by = Actor(VOLUNTEER, person_of(rooms.hub, ANA).id)
    rooms.app.desk.ask(link_card, LinkCard(card, nuria.id, by)).result(10)
    willow = next(one for one in rooms.hub.rooms if one.name["en"] == "Willow Room")
    rooms.shell.go("room", room=willow.id)
    screen = rooms.settle().shell.screen
    screen.choose(next(row for row in screen.view.rows if row.status == "clashing"))
    before = set(rooms.settle().offers())
    rooms.tap_card("04AABBCCDDEE02")
    assert set(rooms.offers()) - before
    rooms.audit()


@pytest.mark.acceptance(43)
def test_a_private_booking_never_says_more_than_that_at_the_door(rooms, form):
    open_room(rooms, form, "Quiet Room")
    who = next(b for b in rooms.hub.diary.bookings.values() if b.private and b.person)
    name = rooms.hub.person(who.person).name.split()[0]
    assert not any(name in text for text in rooms.texts())


def test_within_low_reach_a_room_is_booked_in_the_lower_half(rooms, form):
    if form.large and form.screen != "1280x800":
        pytest.skip("large words on a 7-inch screen need all of it")
    quiet = next(one for one in rooms.hub.rooms if one.name["en"] == "Quiet Room")
    rooms.shell.look(low=True)
    rooms.settle().audit()
    assert rooms.highest_touch() <= rooms.shell.theme.height_px / 2 + 1
    rooms.shell.go("room", room=quiet.id)
    rooms.tap_card(ANA_CARD).audit()
    assert rooms.highest_touch() <= rooms.shell.theme.height_px / 2 + 1
    rooms.tap("Pencil it in").audit()
    assert len(bookings(rooms.hub, "Quiet Room", ANA)) == 1


def test_what_a_page_leaves_behind_is_freed_in_a_quiet_moment(rooms):
    import weakref

    quiet = next(one for one in rooms.hub.rooms if one.name["en"] == "Quiet Room")
    rooms.shell.go("room", room=quiet.id)
    rooms.settle()
    screen = rooms.shell.screen
    left_behind = weakref.ref(screen.ids.body.children[0])
    screen.build()
    rooms.touch_at(2, 2).pass_(seconds=3)
    assert left_behind() is None


def test_what_was_said_of_a_booking_is_freed_with_its_page(rooms):
    import weakref

    quiet = next(one for one in rooms.hub.rooms if one.name["en"] == "Quiet Room")
    rooms.shell.go("room", room=quiet.id)
    screen = rooms.settle().shell.screen
    screen.tell("pencilled", "Pencilled in", ["Quiet Room"])
    left_behind = weakref.ref(screen.ids.body.children[0])
    screen.finish(stay=True)
    rooms.touch_at(2, 2).pass_(seconds=3)
    assert left_behind() is None


def test_whose_the_booking_will_be_stands_on_the_page(door, form):
    kitchen = next(room for room in door.hub.rooms if room.name["en"] == "Kitchen")
    door.shell.go("room", room=kitchen.id)
    door.settle().tap_card(ANA_CARD).audit().picture("room-known")
    assert door.can("Pencil it in")
    assert any("Ana G." in words for words in door.texts())


def test_another_card_is_told(door):
    kitchen = next(room for room in door.hub.rooms if room.name["en"] == "Kitchen")
    door.shell.go("room", room=kitchen.id)
    door.settle().tap_card(ANA_CARD).tap_card(HUGO_CARD)
    assert was_told(door, "Now Hugo S. books here.")
