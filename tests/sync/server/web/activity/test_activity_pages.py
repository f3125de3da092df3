"""Who changed what, in words."""

from urllib.parse import quote

import pytest

from sync.server.web.accounts import by_name
from tests.sync.server.village import HUB, OTHER
from tests.sync.server.web.activity.doings import changes, edits, kept, links, person_of

TODAY = "2026-11-23"
MARK = "<b>&amp;{who}</b>"


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


def test_an_account_that_ended_is_no_more_than_a_volunteer(village, steward, other):
    with village.database.reading() as connection:
        account, _hash = by_name(connection, HUB, "Ana Gil") or ("", "")
    steward.get("/volunteers")
    steward.send(f"/volunteers/{account}/role", role="steward")
    assert account in kept(village)
    steward.get("/volunteers")
    steward.send(f"/volunteers/{account}/remove")
    steward.get("/activity")
    assert "Inés Vidal ended the access of a volunteer" in steward.page
    assert account not in kept(village)


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


def test_who_was_forgotten_is_somebody(village, door, other, steward, volunteer, soup):
    edits(other, soup, body__en="At two")
    ana = person_of(village, "Ana Gil")
    steward.get(f"/people/{ana}")
    steward.send(f"/people/{ana}/erase", sure="yes")
    volunteer.get("/activity")
    assert "Ana Gil" not in volunteer.page
    assert "Somebody changed the text of “Soup on Friday”" in volunteer.page
    assert ana not in kept(village)


def test_pages_of_the_wall_are_called_as_a_steward_chose_them(village, door, steward):
    for chosen in (["rooms", "who"], ["notices"]):
        village.pass_(minutes=1)
        steward.get("/hub/wall")
        steward.send("/hub/wall", wall_pages=chosen)
    steward.get(changes(steward)[0])
    assert "The pages of the walls" in steward.page
    assert "The rooms today, How many are here, and who said yes to their name" in steward.page
