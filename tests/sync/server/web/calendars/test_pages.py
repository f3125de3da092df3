"""A steward has a room listen to a calendar; everybody sees what it says, and nobody what it hides."""

import pytest

from sync.server.database import calendars
from sync.server.web.calendars import apart
from sync.server.web.calendars.pace import LEAST_MS
from sync.server.web.calendars.subscribing import MOST_OF_A_ROOM
from sync.server.web.calendars.trouble import REASONS, NoAnswer, NotForUs
from sync.server.web.words import Words
from tests.sync.server.village import HUB, OTHER
from tests.sync.server.web.calendars.listening import listens
from tests.sync.server.web.hub_house import HOSTILE, all_of, fields, moved_in

PAGE = "/hub/rooms/room-willow/calendars"
ADDRESS = "https://choir.example/private-4711/x.ics"


@pytest.fixture(autouse=True)
def _nobody_is_asked(monkeypatch):
    monkeypatch.setattr(apart, "_COMMAND", ("false",))


@pytest.fixture
def door(village):
    return moved_in(village)


@pytest.fixture
def steward(door, another):
    return another().joins("steward")


def listening(village, hub=HUB):
    with village.database.reading() as connection:
        return calendars.every(connection, hub)


def enters(browser, **typed):
    browser.get(PAGE)
    return browser.send(PAGE, **({"name": "The choir", "address": ADDRESS} | typed))


def test_a_steward_enters_an_address_and_it_is_due_at_once(village, door, steward):
    enters(steward, address=" webcal://choir.example/private-4711/x.ics ")
    assert (steward.status, steward.at) == (200, PAGE)
    (one,) = listening(village)
    assert (one.room, one.name, one.address) == ("room-willow", "The choir", ADDRESS)
    assert one.next_ms == village.ms
    for said in ("The choir", "It is read within half a minute", "entered by Inés Vidal"):
        assert said in steward.page
    steward.get("/activity")
    assert "Inés Vidal had “Willow Room” listen to a calendar of others" in steward.page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"address": ""}, "This is no address that can be read"),
        ({"address": "file:///etc/passwd"}, "This is no address that can be read"),
        ({"address": "https://ines:word@choir.example/x"}, "This is no address that can be read"),
        ({"address": "http://127.0.0.1:8321/v1/health"}, "This is no address that can be read"),
        ({"name": "  "}, "Something has to be written"),
        ({"name": "x" * 500}, "longer than"),
    ],
)
def test_what_cannot_be_listened_to_is_said_beside_its_field(
    village, door, steward, typed, sentence
):
    enters(steward, **typed)
    assert (steward.status, sentence in steward.page) == (400, True)
    assert listening(village) == []
    form = steward.form(PAGE).said
    assert form["address"] == typed.get("address", ADDRESS)
    steward.get("/activity")
    assert "listen to a calendar" not in steward.page


def test_an_address_is_listened_to_once_and_a_room_listens_to_few(village, door, steward):
    for _ in range(2):
        enters(steward)
    assert (steward.status, "to this address already" in steward.page) == (400, True)
    for n in range(MOST_OF_A_ROOM):
        enters(steward, address=f"{ADDRESS}?{n}")
    assert (steward.status, f"There are {MOST_OF_A_ROOM} already" in steward.page) == (400, True)
    assert len(listening(village)) == MOST_OF_A_ROOM


@pytest.mark.parametrize("text", HOSTILE)
def test_strange_names_are_cleaned_or_refused_and_never_run(village, door, steward, text):
    enters(steward, name=text, address=f"https://choir.example/{text[:50]}")
    assert steward.status in {200, 400}
    steward.get(PAGE)
    assert "<script>alert" not in steward.page
    assert all(one.name.isprintable() for one in listening(village))


def test_how_a_calendar_was_read_is_said_in_plain_words(village, door, steward):
    choir = listens(village)
    choir.sings("2026-12-01 18:00", "2026-12-08 18:00")
    steward.get(PAGE)
    assert "2 times ahead. Last read at 11:33." in steward.page
    assert "It is read again at 12:03." in steward.page
    choir.says = NotForUs()
    choir.is_due()
    choir.reader.read_due()
    steward.get(PAGE)
    assert "Its server wants a name and a password" in steward.page
    assert "What was known before still counts." in steward.page


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("reason", [*REASONS, "not_written"])
def test_every_trouble_has_its_words(lang, reason):
    assert Words(lang).has(f"calendar.trouble_{reason}")


def test_reading_now_is_as_soon_as_politeness_allows(village, door, steward):
    choir = listens(village)
    choir.says = NoAnswer(retry_s=86_400)
    choir.reader.read_due()
    steward.get(PAGE)
    steward.send(f"/hub/calendars/{choir.row.calendar_id}/read")
    assert choir.row.next_ms == village.ms + LEAST_MS
    village.pass_(milliseconds=2 * LEAST_MS)
    before = choir.row.next_ms
    steward.get(PAGE)
    steward.send(f"/hub/calendars/{choir.row.calendar_id}/read")
    assert choir.row.next_ms == before <= village.ms


def test_a_calendar_that_ends_gives_its_times_back_and_its_address_is_forgotten(
    village, door, steward
):
    choir = listens(village)
    choir.sings("2026-11-23 11:00", "2026-12-01 18:00")
    village.until("2026-11-23T13:00:00Z")
    steward.get(PAGE)
    steward.send(f"/hub/calendars/{choir.row.calendar_id}/end")
    assert (steward.at, "Its times ahead are free" in steward.page) == (PAGE, True)
    assert listening(village) == []
    kept = {
        b["fields"]["starts"][:10]: b["fields"].get("cancelled") for b in all_of(door, "booking")
    }
    assert kept == {"2026-11-23": None, "2026-12-01": 1}
    wanted = door.booked("room-willow", "2026-12-01T18:00:00")
    door.asks(wanted)
    assert fields(door, "booking", wanted["id"])["confirmed"] == 1
    steward.get("/activity")
    assert "ended a calendar of others" in steward.page


def test_times_of_others_are_shown_as_theirs_and_not_given_up_here(village, door, steward, another):
    listens(village).sings("2026-12-01 18:00")
    volunteer = another().joins("volunteer", name="Tomás")
    for path in ("/rooms?day=2026-12-01", "/rooms/room-willow?day=2026-12-01"):
        volunteer.get(path)
        for said in ("The choir", "Taken by others", "from a calendar of others"):
            assert said in volunteer.page
        assert "/cancel" not in volunteer.page
        assert 'class="outside"' in volunteer.page or "board" not in volunteer.page
    (one,) = all_of(door, "booking")
    token = volunteer.form("/rooms/room-willow/book").said["token"]
    volunteer.post(f"/bookings/{one['id']}/cancel", {"token": token})
    assert (volunteer.status, "can give it up there" in volunteer.page) == (400, True)
    assert not fields(door, "booking", one["id"]).get("cancelled")


def test_who_wants_the_room_then_is_offered_another_time(village, door, steward):
    listens(village).sings("2026-12-01 18:00")
    steward.get("/rooms/room-willow?day=2026-12-01")
    said = {"title": "Bread", "day": "2026-12-01", "from": "18:30", "minutes": "60"}
    steward.send("/rooms/room-willow/book", **said)
    assert steward.status == 409
    assert "Willow Room, Tue 1 Dec, 19:00" in steward.page
    assert "Willow Room, Tue 1 Dec, 17:00" in steward.page
    assert len(all_of(door, "booking")) == 1


def test_two_who_stand_at_one_time_are_shown_to_volunteers(village, door, steward, another):
    door.asks(door.booked("room-willow", "2026-12-01T18:30:00", title__en="Bread"))
    listens(village).sings("2026-12-01 18:00", "2026-12-08 18:00")
    volunteer = another().joins("volunteer", name="Tomás")
    volunteer.get("/rooms")
    assert "Confirmed bookings stand where others have the room as well" in volunteer.page
    assert "1 booking: Willow Room, The choir" in volunteer.page
    for path in ("/rooms?day=2026-12-01", "/rooms/room-willow?day=2026-12-01"):
        volunteer.get(path)
        assert volunteer.page.count("Meets The choir, 18:00–19:00") == 1
    steward.get(PAGE)
    assert "Tue 1 Dec, 18:30: Bread meets The choir" in steward.page


def test_what_others_do_keeps_no_room_in_use(village, door, steward):
    listens(village).sings("2026-12-05 18:00")
    steward.get("/hub/rooms/room-willow")
    steward.send("/hub/rooms/room-willow/retire", since="2026-12-05")
    assert fields(door, "room", "room-willow")["retired_from"] == "2026-12-05"


def test_a_room_s_own_calendar_never_tells_of_others(village, door, steward):
    """Two hubs that listen to each other would tell each other of a time for ever."""
    door.asks(door.booked("room-willow", "2026-12-01T10:00:00", title__en="Bread"))
    listens(village).sings("2026-12-01 18:00")
    steward.get("/feeds")
    steward.send("/feeds/renew")
    (address,) = [part for part in steward.page.split('"') if "room-willow/room.ics" in part] or [
        next(part for part in steward.page.split() if "room-willow/room.ics" in part)
    ]
    path = "/feeds/" + address.partition("/feeds/")[2].partition("<")[0]
    steward.get(path)
    assert ("Bread" in steward.page, "choir" in steward.page) == (True, False)


def test_addresses_are_shown_to_stewards_of_the_hub_alone(village, door, steward, another):
    enters(steward)
    steward.get(PAGE)
    assert ADDRESS in steward.page
    village.add(OTHER)
    elsewhere = another().joins("steward", OTHER, name="Elsewhere")
    volunteer = another().joins("volunteer", name="Tomás")
    for browser in (elsewhere, volunteer):
        for path in (PAGE, "/rooms", "/rooms/room-willow", "/hub/rooms"):
            browser.get(path)
            assert "private-4711" not in browser.page
