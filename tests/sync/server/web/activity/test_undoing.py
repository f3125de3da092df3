"""The last change of a record, taken back: its own fields, as long as nobody was there since."""

from tests.sync.server.village import HUB
from tests.sync.server.web.activity.doings import (
    changes,
    edits,
    fields,
    kept,
    undoes,
    undoes_anyway,
)


def test_the_last_change_is_taken_back_and_nothing_else(door, other, soup):
    edits(other, soup, title__en="Soup on Saturday", body__en="At two")
    edits(other, soup, pin="2")
    before = fields(door)
    undoes(other, changes(other)[1])
    after = fields(door)
    assert (after["title.en"], after["body.en"], after["pin"]) == ("Soup on Friday", "At one", 2)
    differ = {name for name in after if after[name] != before.get(name)}
    assert differ == {"title.en", "body.en"}
    assert "It is as it was before." in other.page


def test_undoing_is_a_change_of_its_own_that_can_be_undone(door, volunteer, other, soup):
    edits(other, soup, body__en="At two")
    undoes(volunteer, changes(volunteer)[0])
    volunteer.get("/activity")
    assert "Tomás Herrero changed the text of" in volunteer.page
    assert "Ana Gil changed the text of" in volunteer.page
    undoes(other, changes(other)[0])
    assert fields(door)["body.en"] == "At two"


def test_who_wrote_the_text_that_went_can_put_it_back_on_the_notice_s_page(volunteer, other, soup):
    edits(other, soup, body__en="At two")
    undoes(volunteer, changes(volunteer)[0])
    other.get(soup)
    assert "At two" in other.page


def test_what_was_changed_again_since_stays_and_both_are_shown(door, volunteer, other, soup):
    edits(other, soup, body__en="At two")
    change = changes(other)[0]
    other.get(change)
    edits(volunteer, soup, body__en="At three")
    other.send(f"{change}/undo")
    assert other.status == 409
    assert "changed again since" in other.page
    assert "At one" in other.page
    assert "At three" in other.page
    assert "Tomás Herrero changed the text" in other.page
    assert fields(door)["body.en"] == "At three"


def test_a_change_that_a_door_made_meanwhile_counts_as_well(village, door, other, soup):
    edits(other, soup, body__en="At two")
    village.pass_(minutes=1)
    door.asks(door.wrote("notice", soup.rpartition("/")[2], body__en="At the door"))
    assert undoes_anyway(other, changes(other)[1]) == 409
    assert fields(door)["body.en"] == "At the door"


def test_taken_down_and_put_back_are_undone_as_such(door, other, soup):
    other.get(soup)
    other.send(f"{soup}/withdraw")
    undoes(other, changes(other)[0])
    assert fields(door)["withdrawn"] is None
    other.get("/activity")
    assert "Ana Gil put “Soup on Friday” back" in other.page
    undoes(other, changes(other)[0])
    assert fields(door)["withdrawn"]["by"]


def test_what_was_made_is_not_unmade(door, other, soup):
    change = changes(other)[0]
    other.get(change)
    assert not [one for one in other.forms() if one.action.endswith("/undo")]
    assert undoes_anyway(other, change) == 409
    assert fields(door)["title.en"] == "Soup on Friday"


def test_a_booking_that_was_given_up_stays_given_up(door, other):
    room = door.wrote("room", name__en="Willow")
    booking = door.booked(room["id"], "2026-11-24T18:00:00")
    door.asks(room, booking)
    other.get("/rooms/" + room["id"] + "?day=2026-11-24")
    other.send(f"/bookings/{booking['id']}/cancel")
    change = changes(other, "?show=bookings")[0]
    other.get(change)
    assert "Ana Gil gave up" in other.page
    assert undoes_anyway(other, change) == 409
    assert fields(door, "booking_day")["cancelled"] == 1


def test_a_private_title_is_kept_nowhere_and_shown_to_nobody_new(village, door, other):
    room = door.wrote("room", name__en="Willow")
    booking = door.booked(room["id"], "2026-11-24T18:00:00", title__en="Quiet talk", private=True)
    door.asks(room, booking)
    door.asks(door.wrote("booking", booking["id"], title__en="Second talk"))
    change = changes(other, "?show=bookings")[0]
    other.get(change)
    assert "Quiet talk" not in other.page
    assert "How it was before is not kept" in other.page
    assert "Quiet talk" not in kept(village)


def test_days_that_would_be_none_are_not_put_back(door, other, soup):
    edits(other, soup, first_day="2026-11-20", last_day="2026-11-25")
    edits(other, soup, last_day="2027-01-10")
    long = changes(other)[0]
    edits(other, soup, first_day="2027-01-05")
    assert undoes_anyway(other, long) == 400 or other.status == 409
    assert "before the first one" in other.page
    assert fields(door)["last_day"] == "2027-01-10"


def test_how_the_house_is_set_up_is_taken_back_by_stewards_alone(village, door, steward, other):
    door.asks(door.wrote("hub", HUB, name__en="La Redonda"))
    change = changes(other, "?show=house")[0]
    other.get(change)
    assert "la ronda" in other.page.lower()
    assert undoes_anyway(other, change) == 403
    undoes(steward, change)
    assert fields(door, "hub")["name.en"] == "La Ronda"


def test_how_a_room_is_set_up_is_taken_back_by_stewards_alone(door, steward, other):
    door.asks(door.wrote("room", "willow", name__en="Willow"))
    door.asks(door.wrote("room", "willow", name__en="Birch"))
    change = changes(other, "?show=rooms")[0]
    assert undoes_anyway(other, change) == 403
    undoes(steward, change)
    assert fields(door, "room")["name.en"] == "Willow"


def test_a_text_can_be_put_back_for_14_days_and_then_is_kept_nowhere(village, door, other, soup):
    edits(other, soup, body__en="At two")
    change = changes(other)[0]
    village.pass_(days=14, seconds=1)
    other.get(change)
    assert "At one" not in other.page
    assert undoes_anyway(other, change) == 409
    village.service.sweep_all()
    assert "At one" not in kept(village)
    assert changes(other)[0] == change
