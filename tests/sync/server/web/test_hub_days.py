"""Closed days and welcomers: what any volunteer sees to, and what stays confirmed all the same."""

import pytest

from sync.ids import pair_id
from tests.sync.server.village import HUB, OTHER
from tests.sync.server.web.hub_house import HOSTILE, all_of, changed, fields, held, moved_in

DAY = "2026-12-05"


@pytest.fixture
def door(village):
    return moved_in(village)


@pytest.fixture
def volunteer(door, another):
    another().joins("steward")
    return another().joins("volunteer", name="Tomás Herrero")


@pytest.fixture
def other(volunteer, another):
    return another().joins("volunteer", name="Ana Gil")


def day_id(day=DAY, room="hub", hub=HUB):
    return pair_id(hub, "closed_day", day, room)


def closes(browser, **typed):
    browser.get("/hub/closed")
    return browser.send("/hub/closed", **({"first_day": DAY} | typed))


def test_a_closed_day_is_the_record_that_a_door_would_make(door, volunteer):
    closes(volunteer, why__en="Rest day", why__es="Descanso", open="9-14")
    assert "It is on the list" in volunteer.page
    said = fields(door, "closed_day", day_id())
    assert (said["date"], said["open"]) == (DAY, [["09:00", "14:00"]])
    assert (said["why.en"], said["why.es"]) == ("Rest day", "Descanso")
    people = {body["id"]: body["fields"]["name"] for body in all_of(door, "person")}
    assert people[said["entered_by"]] == "Tomás Herrero"


def test_a_span_of_days_of_one_room_is_closed_at_once(door, volunteer):
    closes(volunteer, last_day="2026-12-07", room="room-quiet")
    days = [body["fields"] for body in all_of(door, "closed_day")]
    assert sorted(one["date"] for one in days) == [DAY, "2026-12-06", "2026-12-07"]
    assert {one["room"] for one in days} == {"room-quiet"}
    assert volunteer.page.count("Quiet Room") >= 3


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"first_day": "yesterday"}, "no day or hour"),
        ({"first_day": "2026-11-22"}, "has gone by"),
        ({"first_day": "9999-12-31"}, "no day or hour"),
        ({"last_day": "2026-12-04"}, "before the first one"),
        ({"last_day": "2027-12-05"}, "more than 62 days"),
        ({"open": "all day"}, "These hours cannot be read"),
        ({"why__en": "x" * 121}, "longer than 120 letters"),
        ({"room": "elsewhere"}, "not one of the choices"),
    ],
)
def test_what_cannot_be_closed_is_said_and_what_was_typed_stays(door, volunteer, typed, sentence):
    closes(volunteer, **({"why__es": "Sigue aquí"} | typed))
    assert volunteer.status == 400
    assert sentence in volunteer.page
    assert volunteer.form("/hub/closed").said["why.es"] == "Sigue aquí"
    assert all_of(door, "closed_day") == []


def test_sent_twice_nothing_is_written_twice_and_other_words_are_not_written_over(
    village, door, volunteer
):
    closes(volunteer, why__en="Rest day")
    before = village.seq()
    closes(volunteer, why__en="Rest day")
    assert (volunteer.status, village.seq()) == (200, before)
    closes(volunteer, first_day="2026-12-04", last_day=DAY, why__en="Electrician")
    assert "Sat 5 Dec is on the list already" in volunteer.page
    assert [body["id"] for body in all_of(door, "closed_day")] == [day_id()]


def test_what_is_confirmed_on_such_a_day_is_listed_and_stands(door, volunteer):
    booking = door.booked("room-willow", f"{DAY}T18:00:00", title__en="Choir")
    morning = door.booked("room-willow", f"{DAY}T10:00:00", title__en="Yoga")
    door.asks(booking, morning)
    closes(volunteer, open="9-14")
    assert "1 booking is confirmed on it all the same" in volunteer.page
    volunteer.get(f"/hub/closed/{day_id()}")
    assert ("Choir" in volunteer.page, "Yoga" in volunteer.page) == (True, False)
    assert fields(door, "booking", booking["id"])["confirmed"] == 1


def test_a_change_of_a_day_writes_only_what_was_changed(door, volunteer):
    closes(volunteer, why__en="Rest day", open="9-14")
    before = held(door, "closed_day", day_id())
    volunteer.get(f"/hub/closed/{day_id()}")
    volunteer.send(f"/hub/closed/{day_id()}", why__es="Descanso", date="2027-01-01", room="x")
    assert changed(before, held(door, "closed_day", day_id())) == {"why.es"}
    volunteer.get(f"/hub/closed/{day_id()}")
    volunteer.send(f"/hub/closed/{day_id()}", open="")
    assert not fields(door, "closed_day", day_id())["open"]


def test_two_who_change_one_day_lose_nothing(door, volunteer, other):
    closes(volunteer, why__en="Rest day")
    path = f"/hub/closed/{day_id()}"
    volunteer.get(path)
    other.get(path)
    other.send(path, why__en="Electrician", open="9-12")
    volunteer.send(path, why__en="Painters", why__es="Pintores")
    assert (volunteer.status, "Electrician" in volunteer.page) == (409, True)
    volunteer.send(path, **{"pick.why.en": "mine"})
    said = fields(door, "closed_day", day_id())
    assert (said["why.en"], said["why.es"]) == ("Painters", "Pintores")
    assert said["open"] == [["09:00", "12:00"]]


def test_a_day_is_taken_back_and_put_on_the_list_again(door, volunteer):
    closes(volunteer, why__en="Rest day", why__es="Descanso", open="9-14")
    volunteer.get(f"/hub/closed/{day_id()}")
    volunteer.send(f"/hub/closed/{day_id()}/take-back")
    gone = fields(door, "closed_day", day_id())["withdrawn"]
    assert gone["by"] == fields(door, "closed_day", day_id())["entered_by"]
    assert "No day ahead has other hours" in volunteer.page
    closes(volunteer, why__en="Rest after all")
    said = fields(door, "closed_day", day_id())
    assert (said["withdrawn"], said["why.en"], said["why.es"]) == (None, "Rest after all", None)
    assert not said["open"]


@pytest.mark.parametrize("text", HOSTILE)
def test_strange_reasons_are_cleaned_or_refused_and_never_run(door, volunteer, text):
    closes(volunteer, why__en=text)
    assert volunteer.status in {200, 400}
    assert "<script>alert" not in volunteer.page
    assert all(body["fields"]["why.en"].isprintable() for body in all_of(door, "closed_day"))


def test_days_of_another_hub_are_nobody_else_s(village, door, volunteer, another):
    closes(volunteer)
    village.add(OTHER)
    elsewhere = another().joins("volunteer", OTHER, name="Elsewhere")
    elsewhere.get("/hub/closed")
    token = elsewhere.form("/hub/closed").said["token"]
    before = held(door, "closed_day", day_id())
    for path in ("", "/take-back"):
        elsewhere.post(f"/hub/closed/{day_id()}{path}", {"token": token, "open": "9-14"})
        assert elsewhere.status == 404
    assert held(door, "closed_day", day_id()) == before
    elsewhere.get("/hub/closed")
    elsewhere.send("/hub/closed", first_day=DAY, room="room-quiet")
    assert (elsewhere.status, "not one of the choices" in elsewhere.page) == (400, True)


@pytest.fixture
def ana(door):
    made = door.wrote("person", name="Ana García", kind="volunteer")
    door.asks(made)
    return made["id"]


def says_yes(browser, who, **typed):
    browser.get("/hub/welcomers")
    said = {"person": who, "day": "2026-11-24", "slot": "9-14"} | typed
    return browser.send("/hub/welcomers", **said)


def yes_id(person, day="2026-11-24", slot="09:00-14:00"):
    return pair_id(HUB, "welcomer", day, slot, person)


def test_a_yes_is_the_record_that_a_door_would_make(door, volunteer, ana):
    says_yes(volunteer, ana)
    said = fields(door, "welcomer", yes_id(ana))
    assert (said["person"], said["date"], said["yes"]) == (ana, "2026-11-24", True)
    assert said["slot"] == ["09:00", "14:00"]
    assert said["entered_by"]
    assert "09:00–14:00 Ana García" in volunteer.page


def test_a_yes_for_some_weeks_is_one_for_each_and_sent_twice_it_is_one(door, volunteer, ana):
    says_yes(volunteer, ana, weeks="4")
    says_yes(volunteer, ana, weeks="4")
    days = [body["fields"]["date"] for body in all_of(door, "welcomer")]
    assert sorted(days) == ["2026-11-24", "2026-12-01", "2026-12-08", "2026-12-15"]


def test_somebody_is_taken_off_a_day_and_put_down_again(door, volunteer, ana):
    says_yes(volunteer, ana)
    volunteer.send(f"/hub/welcomers/{yes_id(ana)}/no")
    assert fields(door, "welcomer", yes_id(ana))["yes"] is False
    assert "09:00–14:00 Ana García" not in volunteer.page
    says_yes(volunteer, ana)
    assert fields(door, "welcomer", yes_id(ana))["yes"] is True


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"person": "nobody"}, "Choose somebody whom the hub knows"),
        ({"slot": "9-12, 14-16"}, "These hours cannot be read"),
        ({"slot": ""}, "These hours cannot be read"),
        ({"day": "2026-11-22"}, "has gone by"),
        ({"day": "soon"}, "no day or hour"),
    ],
)
def test_a_yes_that_cannot_be_is_said_and_not_written(door, volunteer, ana, typed, sentence):
    says_yes(volunteer, ana, **typed)
    assert (volunteer.status, sentence in volunteer.page) == (400, True)
    assert all_of(door, "welcomer") == []


def test_nobody_is_put_down_who_is_another_hub_s(village, door, volunteer, ana, another):
    village.add(OTHER)
    elsewhere = another().joins("volunteer", OTHER, name="Elsewhere")
    says_yes(elsewhere, ana)
    assert elsewhere.status == 400
    assert "Ana" not in elsewhere.page


def test_whoever_is_no_volunteer_is_found_by_two_letters(door, volunteer):
    rosa = door.wrote("person", name="Rosa Núñez", kind="member")
    door.asks(rosa)
    volunteer.get("/hub/welcomers")
    assert "Rosa" not in volunteer.page
    volunteer.get("/hub/welcomers?find=ros")
    assert "Rosa Núñez" in volunteer.page
    assert volunteer.form("/hub/welcomers").said["person"] == rosa["id"]
    volunteer.get("/hub/welcomers?find=xyz")
    assert "Nobody of this name" in volunteer.page


def test_two_records_of_one_person_say_one_yes(door, volunteer, ana):
    twice = door.wrote("person", name="Ana G", merged_into=ana)
    door.asks(twice)
    says_yes(volunteer, twice["id"])
    assert [body["fields"]["person"] for body in all_of(door, "welcomer")] == [ana]
