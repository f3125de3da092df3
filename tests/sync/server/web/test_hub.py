"""What stewards set of the hub: only what was changed is written, and two who save lose nothing."""

import html

import pytest

from sync.server.housekeeping import sweep
from tests.sync.server.village import HUB, OTHER
from tests.sync.server.web.hub_house import HOSTILE, all_of, changed, fields, held, moved_in


@pytest.fixture
def door(village):
    return moved_in(village)


@pytest.fixture
def steward(door, another):
    return another().joins("steward")


@pytest.fixture
def other(steward, another):
    return another().joins("steward", name="Ana Gil")


@pytest.fixture
def volunteer(steward, another):
    return another().joins("volunteer", name="Tomás Herrero")


def sets(browser, path, **typed):
    browser.get(path)
    return browser.send(path, **typed)


def test_every_volunteer_reads_what_is_set_and_only_stewards_are_led_to_forms(steward, volunteer):
    for browser in (steward, volunteer):
        browser.get("/hub")
        for words in ("La Ronda", "Monday – Sunday: 09:00-22:00", "Willow Room", "after 21 days"):
            assert words in browser.page
    assert 'href="/hub/names"' in steward.page
    assert 'href="/hub/names"' not in volunteer.page
    assert 'href="/hub/closed"' in volunteer.page


def test_a_form_sent_back_as_it_was_writes_nothing(village, door, steward):
    before = village.seq()
    for path in ("names", "hours", "reasons", "rules", "wall", "keeping"):
        sets(steward, f"/hub/{path}")
        assert (path, steward.status, steward.at) == (path, 200, "/hub")
    assert village.seq() == before


@pytest.mark.parametrize(
    ("path", "typed", "written"),
    [
        ("names", {"name__es": "  La   Ronda "}, {"name.es": "La Ronda"}),
        ("names", {"short__en": "Ronda"}, {"short.en": "Ronda"}),
        ("names", {"name__es": ""}, {"name.es": None}),
        ("names", {"first_language": "es"}, {"languages": ["es", "en"]}),
        ("names", {"languages": ["en"]}, {"languages": ["en"]}),
        ("names", {"timezone": "America/Lima"}, {"timezone": "America/Lima"}),
        ("hours", {"open__sun": ""}, {"open.sun": None}),
        (
            "hours",
            {"open__mon": "9-14, 16-20"},
            {"open.mon": [["09:00", "14:00"], ["16:00", "20:00"]]},
        ),
        ("rules", {"book_max_min": "120"}, {"settings.book_max_min": 120}),
        ("rules", {"own_code": "yes"}, {"settings.own_code": True}),
        ("rules", {"kettle_room": "room-quiet"}, {"settings.kettle_room": "room-quiet"}),
        (
            "rules",
            {"stay_group": "6"},
            {"settings.stay_hours": {"member": 8, "visitor": 4, "group": 6, "count": 3}},
        ),
        ("wall", {"wall_pages": ["who", "rooms"]}, {"wall_pages": ["rooms", "who"]}),
        ("keeping", {"keep_names_days": "30"}, {"settings.keep_names_days": 30}),
    ],
)
def test_only_what_was_changed_is_written(door, steward, path, typed, written):
    before = held(door, "hub")
    sets(steward, f"/hub/{path}", **typed)
    assert (steward.at, "Saved." in steward.page) == ("/hub", True)
    after = held(door, "hub")
    assert {name: after["fields"].get(name) for name in changed(before, after)} == written


@pytest.mark.parametrize(
    ("path", "typed", "sentence"),
    [
        ("names", {"name__en": "x" * 81}, "longer than 80 letters"),
        ("names", {"name__en": "", "name__es": " "}, "Something has to be written"),
        ("names", {"timezone": "Europe/Nowhere"}, "No time zone has this name"),
        ("names", {"first_language": "xx"}, "not one of the choices"),
        ("names", {"languages": ["en", "../x"]}, "not one of the choices"),
        ("hours", {"open__mon": "nine to five"}, "These hours cannot be read"),
        ("hours", {"open__mon": "9-12, 11-13"}, "run into each other"),
        ("rules", {"book_step_min": "0"}, "from 5 to 60"),
        ("rules", {"stay_visitor": ""}, "from 1 to 48"),
        ("rules", {"kettle_room": "elsewhere"}, "not one of the choices"),
        ("wall", {"wall_pages": []}, "A wall shows one page at least"),
        ("wall", {"wall_pages": ["rooms", "people"]}, "not one of the choices"),
        ("keeping", {"keep_names_days": "0"}, "from 1 to 366"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_written(
    village, door, steward, path, typed, sentence
):
    before = village.seq()
    sets(steward, f"/hub/{path}", **typed)
    assert steward.status == 400
    assert sentence in steward.page
    assert 'aria-invalid="true"' in steward.page
    for name, value in typed.items():
        if isinstance(value, str) and name != "first_language":
            assert steward.form(f"/hub/{path}").said.get(name.replace("__", ".")) in (value, None)
    assert village.seq() == before


def test_what_was_typed_stays_where_another_field_cannot_be(steward):
    sets(steward, "/hub/names", name__en="x" * 81, name__es="La Rueda")
    assert steward.form("/hub/names").said["name.es"] == "La Rueda"
    steward.send("/hub/names", name__en="The Wheel")
    steward.get("/hub/names")
    said = steward.form("/hub/names").said
    assert (said["name.en"], said["name.es"]) == ("The Wheel", "La Rueda")


def test_two_who_save_different_things_both_keep_them(door, steward, other):
    steward.get("/hub/hours")
    sets(other, "/hub/hours", open__sun="10-12")
    steward.send("/hub/hours", open__mon="8-20")
    assert steward.at == "/hub"
    now = fields(door, "hub")
    assert (now["open.mon"], now["open.sun"]) == ([["08:00", "20:00"]], [["10:00", "12:00"]])


def test_of_the_same_thing_both_are_shown_and_nothing_is_written(door, steward, other):
    steward.get("/hub/hours")
    sets(other, "/hub/hours", open__sun="10-12")
    steward.send("/hub/hours", open__sun="10-18", open__mon="8-20")
    assert steward.status == 409
    for words in ("Two of you wrote at once", "Sunday", "10:00-12:00", "10:00-18:00"):
        assert words in steward.page
    assert fields(door, "hub")["open.mon"] == [["09:00", "22:00"]]


@pytest.mark.parametrize(("pick", "sunday"), [("mine", "18:00"), ("theirs", "12:00")])
def test_whoever_saved_last_chooses_what_stays(door, steward, other, pick, sunday):
    steward.get("/hub/hours")
    sets(other, "/hub/hours", open__sun="10-12")
    steward.send("/hub/hours", open__sun="10-18", open__mon="8-20")
    steward.send("/hub/hours", **{"pick.open.sun": pick})
    assert steward.at == "/hub"
    now = fields(door, "hub")
    assert (now["open.mon"], now["open.sun"]) == ([["08:00", "20:00"]], [["10:00", sunday]])


def test_what_a_door_wrote_meanwhile_is_shown_as_well(village, door, steward):
    steward.get("/hub/names")
    village.pass_(minutes=1)
    door.asks(door.wrote("hub", HUB, name__en="By the door"))
    steward.send("/hub/names", name__en="By the page")
    assert (steward.status, "By the door" in steward.page) == (409, True)


def test_what_no_form_asks_for_is_never_written(door, steward):
    before = held(door, "hub")
    sets(
        steward,
        "/hub/names",
        name__xx="x",
        kiosks__abc="x",
        card_key="x",
        settings__keep_names_days="1",
        keep_names_days="1",
        open__mon="8-9",
        hub=OTHER,
        id=OTHER,
        made_at="2020-01-01T00:00:00Z",
        entered_by="x",
        short__en="Ronda",
    )
    assert changed(before, held(door, "hub")) == {"short.en"}


@pytest.mark.parametrize("text", HOSTILE)
def test_strange_texts_are_cleaned_or_refused_and_never_run(door, steward, text):
    for path, name in (("names", "name.en"), ("reasons", "new_0.en"), ("hours", "open.mon")):
        steward.get(f"/hub/{path}")
        steward.send(f"/hub/{path}", **{name: text})
        assert steward.status in {200, 400}
        assert "<script>alert" not in steward.page
    name = fields(door, "hub")["name.en"]
    assert len(name) <= 80
    assert name.isprintable()
    steward.get("/hub")
    assert html.escape(name, quote=False) in steward.page.replace("&#34;", '"')


def test_reasons_are_added_changed_and_asked_no_longer(door, steward):
    sets(steward, "/hub/reasons", **{"new_0.en": "Shared lunch", "new_0.es": "Comida"})
    assert fields(door, "hub")["reasons.shared_lunch"] == {"en": "Shared lunch", "es": "Comida"}
    sets(steward, "/hub/reasons", **{"reason.shared_lunch.es": "Comida compartida"})
    assert fields(door, "hub")["reasons.shared_lunch"]["es"] == "Comida compartida"
    emptied = {"reason.shared_lunch.en": "", "reason.shared_lunch.es": ""}
    sets(steward, "/hub/reasons", **emptied)
    assert fields(door, "hub")["reasons.shared_lunch"] is None
    assert "Visitors are not asked" in steward.page
    sets(steward, "/hub/reasons", **{"new_0.en": "Shared lunch"})
    assert fields(door, "hub")["reasons.shared_lunch"] == {"en": "Shared lunch"}


def test_a_reason_that_is_sent_twice_is_one(door, steward):
    steward.get("/hub/reasons")
    form = steward.form("/hub/reasons").said | {"new_0.en": "Лад", "new_1.en": "Ñandú 7"}
    for _ in range(2):
        steward.post("/hub/reasons", form)
        assert steward.at == "/hub"
    kept = {name: value for name, value in fields(door, "hub").items() if "reasons." in name}
    assert kept == {"reasons.reason": {"en": "Лад"}, "reasons.nandu_7": {"en": "Ñandú 7"}}


def test_a_door_has_room_for_so_many_reasons(door, steward):
    many = {f"reasons__r{n}": {"en": f"Reason {n}"} for n in range(12)}
    door.asks(door.wrote("hub", HUB, **many))
    sets(steward, "/hub/reasons", **{"new_0.en": "One more"})
    assert (steward.status, "12 reasons at most" in steward.page) == (400, True)


def test_a_steward_of_another_hub_sets_their_own_only(village, door, steward, another):
    village.add(OTHER)
    elsewhere = another().joins("steward", OTHER, name="Elsewhere")
    before = held(door, "hub")
    sets(elsewhere, "/hub/names", name__en="Ours now")
    assert elsewhere.at == "/hub"
    assert changed(before, held(door, "hub")) == set()
    elsewhere.get("/hub")
    assert ("Ours now" in elsewhere.page, "Willow" in elsewhere.page) == (True, False)


def came(door, *days, **more):
    said = {"how": "tile", "person": "p-ana"} | more
    door.asks(
        *(door.wrote("visit", came_at=f"2026-11-{day:02d}T10:00:00Z", **said) for day in days)
    )


def test_it_says_whose_names_go_tonight_and_whose_would(door, steward):
    came(door, 3, 3, 4, 10, 15, 16, 22)
    came(door, 3, person="", how="count")
    door.asks(door.wrote("booking", room="room-quiet", starts="2026-11-08T18:00:00", minutes=60,
                         last_day="2026-11-08", for_name="Luis"))  # fmt: skip
    steward.get("/hub/keeping")
    assert "the names of 2 visits go" in steward.page
    assert "<td>7</td><td>6 visits, 1 booking, notice or sign-up</td>" in steward.page
    assert "<td>14</td><td>4 visits, 1 booking, notice or sign-up</td>" in steward.page


def test_names_go_sooner_only_once_somebody_has_seen_what_that_takes(door, steward):
    came(door, 10, 20)
    sets(steward, "/hub/keeping", keep_names_days="10")
    assert steward.status == 400
    assert "With 10 days, tonight: the name of 1 visit goes." in " ".join(steward.page.split())
    assert "settings.keep_names_days" not in fields(door, "hub")
    steward.send("/hub/keeping", keep_names_days="5")  # another number than was shown
    assert "settings.keep_names_days" not in fields(door, "hub")
    steward.send("/hub/keeping")
    assert fields(door, "hub")["settings.keep_names_days"] == 5


def test_what_is_said_to_go_tonight_is_what_the_night_takes(village, door, steward):
    came(door, 3, 10, 15, 16, 17, 22)
    sets(steward, "/hub/keeping", keep_names_days="7")
    assert "the names of 5 visits go" in " ".join(steward.page.split())
    steward.send("/hub/keeping")
    assert fields(door, "hub")["settings.keep_names_days"] == 7
    village.pass_(days=1)
    with village.database.writing() as connection:
        sweep(village.commits, connection, HUB)
    visits = [body["fields"] for body in all_of(door, "visit")]
    assert [one["came_at"][:10] for one in visits if one["person"]] == ["2026-11-22"]
