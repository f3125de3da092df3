"""A room's calendar over HTTP: when it is taken and what for, for who has its address."""

from icalendar import Calendar

from sync.server.web.feeds.secret import renew
from tests.sync.server.village import OTHER
from tests.sync.server.web.feeds.asked import (
    feed,
    of_room,
    summaries,
)


def test_a_room_s_calendar_says_when_and_what_for_but_not_for_whom(door, secret, browser):
    assert summaries(feed(browser, of_room(secret) + "?lang=es")) == [
        "Bike repair (en inglés)",
        "Privada",
    ]
    page = feed(browser, of_room(secret))
    assert summaries(page) == ["Bike repair", "Private"]
    assert "LOCATION:Willow Room\\, La Ronda" in page
    assert "DTSTART;TZID=Europe/Madrid:20261123T180000" in page


def test_a_calendar_describes_itself_as_rfc_7986_says(door, secret, browser):
    door.asks(door.wrote("room", "willow", name__en="Willow, the big one", colour="#5B7F3A"))
    page = feed(browser, of_room(secret) + "?lang=en").replace("\r\n ", "")
    assert "\r\nNAME:Willow\\, the big one (La Ronda)\r\n" in page
    assert "\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in page
    assert f"\r\nSOURCE;VALUE=URI:http://testserver.local{of_room(secret)}?lang=en\r\n" in page
    assert "\r\nCOLOR:darkolivegreen\r\n" in page
    assert max(len(line.encode()) for line in browser.page.split("\r\n")) <= 75


def test_a_booking_that_moved_to_another_room_leaves_the_first_calendar(
    village, door, secret, browser
):
    plants = door.booked("willow", "2026-11-26T18:00:00", title__en="Plants")
    quiet = door.booked("quiet", "2026-11-26T18:00:00", title__en="Plants", moves=plants["id"])
    door.asks(plants)

    def there():
        found = Calendar.from_ical(feed(browser, of_room(secret))).walk("VEVENT")
        return next(one for one in found if "Plants" in one["SUMMARY"])

    before = there()
    village.pass_(minutes=1)
    door.asks(door.wrote("booking", quiet["id"], **quiet["fields"]))
    assert (before["STATUS"], there()["STATUS"]) == ("CONFIRMED", "CANCELLED")
    assert there()["DTSTAMP"].dt > before["DTSTAMP"].dt
    assert summaries(feed(browser, of_room(secret, "quiet"))) == ["Plants"]


def test_a_steward_gives_the_rooms_new_addresses_and_the_old_ones_are_gone(door, steward):
    steward.get("/feeds")
    assert "/willow/room.ics" not in steward.page
    steward.send("/feeds/renew")
    old = next(part for part in steward.page.split("<") if "/willow/room.ics" in part)
    old = "/feeds/" + old.split("/feeds/")[1]
    feed(steward, old)
    steward.get("/feeds")
    steward.send("/feeds/renew")
    assert old not in steward.page
    steward.get(old)
    assert steward.status == 410
    assert steward.page.startswith("This address leads nowhere any more")
    assert "set-cookie" not in steward.headers


def test_a_volunteer_sees_the_addresses_and_cannot_renew_them(door, secret, volunteer):
    volunteer.get("/feeds")
    assert of_room(secret) in volunteer.page
    assert "/feeds/renew" not in volunteer.page


def test_a_secret_opens_the_rooms_of_its_own_hub_only(village, door, secret, browser):
    village.add(OTHER)
    with village.database.writing() as connection:
        theirs = renew(connection, OTHER, village.ms)
    assert browser.get(of_room(theirs)).status_code == 410
    assert browser.get(of_room(secret, hub=OTHER)).status_code == 410
    assert browser.get(of_room(theirs, hub=OTHER)).status_code == 404
