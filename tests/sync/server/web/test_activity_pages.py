"""Who changed what, in words, and the last change of a record taken back."""

from urllib.parse import quote

import pytest
from sqlalchemy import select

from sync.server.database.models import Account, Activity
from tests.sync.server.village import HUB, OTHER
from tests.sync.server.web.browser import Forms

TODAY = "2026-11-23"
MARK = "<b>&amp;{who}</b>"


@pytest.fixture
def door(village):
    door = village.door()
    village.house = door.wrote(
        "hub", door.who.hub, timezone="Europe/Madrid", languages=["en", "es"], name__en="La Ronda"
    )
    door.asks(village.house)
    return door


@pytest.fixture
def volunteer(door, another):
    return another().joins("volunteer", name="Tomás Herrero")


@pytest.fixture
def other(volunteer, another):
    return another().joins("volunteer", name="Ana Gil")


@pytest.fixture
def soup(volunteer):
    """A notice that Tomás put up."""
    volunteer.get("/notices/new")
    volunteer.send("/notices", title__en="Soup on Friday", body__en="At one")
    volunteer.get("/notices")
    return next(one for one in links(volunteer) if one.startswith("/notices/") and "new" not in one)


def links(browser):
    return Forms(browser.page).links


def edits(browser, notice, **typed):
    browser.get(notice)
    browser.send(notice, **typed)
    assert browser.status == 200, browser.page
    return browser


def changes(browser, query=""):
    """The addresses of the changes that are listed, the latest first."""
    browser.get(f"/activity{query}")
    return [one for one in links(browser) if one.startswith("/activity/")]


def undoes(browser, change):
    browser.get(change)
    return browser.send(f"{change}/undo")


def fields(door, kind="notice"):
    door.catches_up()
    (found,) = [body["fields"] for (what, _), body in door.holds.items() if what == kind]
    return found


def test_a_change_of_a_page_is_told_with_who_what_and_when(other, soup):
    edits(other, soup, body__en="At two")
    other.get("/activity")
    assert "Ana Gil changed the text of “Soup on Friday”" in other.page
    assert "Tomás Herrero added “Soup on Friday”" in other.page
    assert other.page.index("Ana Gil changed") < other.page.index("Tomás Herrero added")
    assert "on these pages" in other.page


def test_it_is_told_in_the_reader_s_language(other, soup):
    edits(other, soup, body__en="At two")
    other.client.cookies.set("lang", "es")
    other.get("/activity")
    assert "Ana Gil cambió el texto de «Soup on Friday»" in other.page


def test_what_comes_from_a_door_is_told_with_the_door_and_whose_hand_it_was(village, door, other):
    person = door.wrote("person", name="Inés Vidal")
    notice = door.wrote("notice", title__en="Keys found", entered_by=person["id"], last_day=TODAY)
    door.asks(person, notice)
    other.get("/activity")
    assert "Inés Vidal added “Keys found”" in other.page
    assert "at the door “0000aaaa”" in other.page


def test_the_list_can_be_narrowed_to_a_kind(door, other, soup):
    door.asks(door.wrote("room", name__en="Willow Room"))
    other.get("/activity?show=rooms")
    assert "Willow Room" in other.page
    assert "Soup" not in other.page
    other.get("/activity?show=nonsense")
    assert "Soup" in other.page


def test_only_stewards_read_what_became_of_volunteers(steward, other):
    steward.get("/activity?show=volunteers")
    assert "Ana Gil came in as a volunteer" in steward.page
    for page in ("/activity", "/activity?show=volunteers"):
        other.get(page)
        assert "came in as a volunteer" not in other.page
    theirs = next(one for one in changes(steward, "?show=volunteers"))
    assert other.get(theirs).status_code == 404


def test_what_was_done_with_volunteers_and_screens_is_told(village, steward, other):
    steward.get("/volunteers")
    steward.send("/volunteers/invite", name="Rosa Marked", role="volunteer")
    device = village.door(node="0000bbbb").who.device
    steward.get("/devices")
    steward.send(f"/devices/{device}/revoke")
    steward.get("/activity")
    assert "Inés Vidal invited a volunteer" in steward.page
    assert "Rosa Marked" not in steward.page
    assert "Inés Vidal shut “0000bbbb” out" in steward.page


def test_a_long_list_has_pages_and_none_is_left_out(door, other):
    for part in range(6):
        door.asks(*(door.wrote("notice", title__en=f"N{part}-{nth}") for nth in range(20)))
    seen, query = [], ""
    while True:
        seen += changes(other, query)
        older = [one for one in links(other) if one.startswith("/activity?after=")]
        if not older:
            break
        query = older[0].removeprefix("/activity")
    assert len(seen) == len(set(seen)) == 121  # 120 notices, the house


@pytest.mark.parametrize("after", ["x", "1.", "9" * 40 + ".1", "-1.-1", "1.1.1", "\x00.1", "²"])
def test_a_page_that_nobody_gave_is_the_first_one(other, soup, after):
    other.get(f"/activity?after={quote(after)}")
    assert "Soup on Friday" in other.page


def test_titles_that_look_like_pages_or_words_of_ours_are_only_text(door, other):
    door.asks(door.wrote("notice", title__en=MARK))
    other.get("/activity")
    assert "<b>&amp;{who}" not in other.page
    assert "&lt;b&gt;&amp;amp;{who}&lt;/b&gt;" in other.page


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


def undoes_anyway(browser, change):
    """Send the form of a page that does not offer it any more."""
    browser.get("/you")
    token = browser.form("/you/password").said["token"]
    return browser.post(f"{change}/undo", {"token": token}).status_code


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


def kept(village):
    with village.database.reading() as connection:
        return str(connection.execute(select(Activity).where(Activity.hub_id == HUB)).all())


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


def test_a_notice_s_and_a_room_s_page_say_who_changed_it_last(door, other, soup):
    edits(other, soup, body__en="At two")
    other.get(soup)
    assert "Ana Gil changed the text" in other.page
    assert [one for one in links(other) if one.startswith("/activity/")]
    room = door.wrote("room", name__en="Willow")
    door.asks(room)
    other.get(f"/rooms/{room['id']}")
    assert "Last change" in other.page


def test_a_change_of_another_hub_is_not_there(village, other, soup, another):
    village.add(OTHER)
    elsewhere = another().joins("steward", OTHER, name="Elsewhere")
    for change in changes(other):
        elsewhere.get(change)
        assert "Soup" not in elsewhere.page
    elsewhere.get("/activity")
    assert "Soup" not in elsewhere.page


def test_who_was_forgotten_is_somebody(village, door, other, volunteer, soup):
    edits(other, soup, body__en="At two")
    ana = person_of(village, "Ana Gil")
    volunteer.get(f"/people/{ana}")
    volunteer.send(f"/people/{ana}/erase", sure="yes")
    volunteer.get("/activity")
    assert "Ana Gil" not in volunteer.page
    assert "Somebody changed the text of “Soup on Friday”" in volunteer.page
    assert ana not in kept(village)


def person_of(village, name):
    with village.database.reading() as connection:
        return connection.execute(
            select(Account.person).where(Account.hub_id == HUB, Account.name == name)
        ).scalar_one()
