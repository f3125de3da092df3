"""Notices on the pages: put up, changed, taken down; two who write at once lose nothing."""

import pytest

TODAY = "2026-11-23"


@pytest.fixture
def volunteer(door, another):
    return another().joins("volunteer", name="Tomás Herrero")


@pytest.fixture
def other(volunteer, another):
    return another().joins("volunteer", name="Ana Gil")


def put_up(browser, **typed):
    browser.get("/notices/new")
    browser.send("/notices", **({"title__en": "The clothesline is back"} | typed))
    return browser


def hung(door):
    door.catches_up()
    return [body for (kind, _), body in door.holds.items() if kind == "notice"]


def only(door):
    (body,) = hung(door)
    return body


def test_a_notice_is_on_the_door_with_its_writer_and_its_days(door, volunteer):
    put_up(volunteer, body__en="Six lines,\r\n\r\n\r\npegs in the tin.", kind="offer")
    fields = only(door)["fields"]
    assert fields["title.en"] == "The clothesline is back"
    assert fields["body.en"] == "Six lines,\n\npegs in the tin."
    assert (fields["kind"], fields["first_lang"]) == ("offer", "en")
    assert (fields["first_day"], fields["last_day"]) == (TODAY, "2026-11-30")
    people = {key[1]: b["fields"]["name"] for key, b in door.holds.items() if key[0] == "person"}
    assert people[fields["owner"]] == "Tomás Herrero"
    assert "It is up." in volunteer.page


def test_doors_that_wait_are_woken(village, door, volunteer):
    service = volunteer.client.app.state.service
    rung = []
    before = village.seq()
    service.waker.announce = lambda hub, seq: rung.append((hub, seq))
    put_up(volunteer)
    # What the server does by itself as it starts may ring as well, of what was there before.
    assert village.seq() > before
    assert (door.who.hub, village.seq()) in rung


def test_a_form_that_is_sent_twice_makes_one_notice(door, volunteer):
    volunteer.get("/notices/new")
    form = volunteer.form("/notices").said | {"title.en": "Soup"}
    volunteer.post("/notices", form)
    volunteer.post("/notices", form)
    assert only(door)["fields"]["title.en"] == "Soup"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"title__en": "  "}, "Something has to be written"),
        ({"title__en": "x" * 121}, "longer than 120 letters"),
        ({"body__en": "Ring 600 123 456"}, "looks like a phone number"),
        ({"first_day": "2026-11-25", "last_day": "2026-11-24"}, "before the first one"),
        ({"first_day": "2026-11-01", "last_day": "2026-11-22"}, "has gone by"),
        ({"last_day": "2027-03-01"}, "60 days at most"),
        ({"kind": "urgent", "last_day": "2026-12-05"}, "7 days at most"),
        ({"last_day": "yesterday"}, "no day or hour"),
        ({"first_day": "9999-12-30", "last_day": ""}, "no day or hour"),
        ({"first_day": "9999-12-30", "last_day": "9999-12-31"}, "no day or hour"),
        ({"first_day": "2199-12-30", "last_day": "2200-01-02"}, "no day or hour"),
        ({"from": "25:00"}, "no day or hour"),
    ],
)
def test_what_cannot_hang_is_said_and_what_was_typed_stays(door, volunteer, typed, sentence):
    put_up(volunteer, **({"body__es": "Sigue aquí"} | typed))
    assert volunteer.status == 400
    assert sentence in volunteer.page
    assert volunteer.form("/notices").said["body.es"] == "Sigue aquí"
    assert hung(door) == []


def test_days_hours_and_place_are_kept(door, volunteer):
    put_up(
        volunteer,
        weekdays=["tue", "mon"],
        to="20:00",
        pin="2",
        contact="600 123 456",
        **{"from": "18:00"},
    )
    fields = only(door)["fields"]
    assert fields["weekdays"] == ["mon", "tue"]
    assert (fields["from"], fields["to"], fields["pin"]) == ("18:00", "20:00", 2)
    assert fields["contact"] == "600 123 456"


def test_a_change_writes_only_what_was_changed(door, volunteer):
    put_up(volunteer)
    before = only(door)
    volunteer.get(f"/notices/{before['id']}")
    volunteer.send(f"/notices/{before['id']}", body__es="Seis cuerdas")
    after = only(door)
    changed = {n for n in after["fields"] if after["fields"][n] != before["fields"].get(n)}
    assert changed == {"body.es", "edited_by.body.es"}
    assert set(after["stamps"]) - set(before["stamps"]) == changed


def test_nothing_changed_is_nothing_written(village, door, volunteer):
    put_up(volunteer)
    notice, seq = only(door)["id"], village.seq()
    volunteer.get(f"/notices/{notice}")
    volunteer.send(f"/notices/{notice}")
    assert village.seq() == seq


def test_two_who_change_different_texts_both_stay(door, volunteer, other):
    put_up(volunteer)
    path = f"/notices/{only(door)['id']}"
    volunteer.get(path)
    other.get(path)
    volunteer.send(path, title__en="The clothesline is here")
    other.send(path, body__en="Take pegs along")
    fields = only(door)["fields"]
    assert (fields["title.en"], fields["body.en"]) == ("The clothesline is here", "Take pegs along")


def both_write(door, volunteer, other):
    """Two write the same text; the second is asked."""
    put_up(volunteer, body__en="Six lines")
    path = f"/notices/{only(door)['id']}"
    volunteer.get(path)
    other.get(path)
    volunteer.send(path, body__en="Seven lines")
    other.send(path, body__en="Eight lines", title__es="El tendedero")
    assert other.status == 409
    return path


def old_texts(door):
    door.catches_up()
    return {b["fields"]["text"] for (kind, _), b in door.holds.items() if kind == "old_text"}


def test_two_who_change_the_same_text_see_both_before_anything_is_written(door, volunteer, other):
    both_write(door, volunteer, other)
    assert "Seven lines" in other.page
    assert "Eight lines" in other.page
    assert only(door)["fields"]["body.en"] == "Seven lines"
    assert "title.es" not in only(door)["fields"]


@pytest.mark.parametrize(
    ("pick", "stands", "kept"),
    [
        ("mine", "Eight lines", {"Six lines", "Seven lines"}),
        ("theirs", "Seven lines", {"Six lines", "Eight lines"}),
        ("both", "Seven or eight lines", {"Six lines", "Seven lines"}),
    ],
)
def test_whichever_is_chosen_the_other_is_kept(door, volunteer, other, pick, stands, kept):
    path = both_write(door, volunteer, other)
    chosen = {"pick.body.en": pick, "both.body.en": "Seven or eight lines"}
    other.send(path, **{name.replace(".", "__"): value for name, value in chosen.items()})
    fields = only(door)["fields"]
    assert (fields["body.en"], fields["title.es"]) == (stands, "El tendedero")
    assert old_texts(door) == kept


def test_a_text_that_gave_way_can_be_put_back_for_14_days(village, door, volunteer, other):
    path = both_write(door, volunteer, other)
    other.send(path, pick__body__en="theirs")
    other.get(path)
    assert "Eight lines" in other.page
    forms = [form for form in other.forms() if form.action.endswith("/put-back")]
    mine = next(f for f in forms if f.said["old_text"] in eight(door))
    other.post(mine.action, mine.said)
    assert only(door)["fields"]["body.en"] == "Eight lines"
    village.pass_(days=15)
    other.get(path)
    assert not [form for form in other.forms() if form.action.endswith("/put-back")]


def eight(door):
    door.catches_up()
    return {
        key[1]
        for key, b in door.holds.items()
        if key[0] == "old_text" and b["fields"]["text"] == "Eight lines"
    }


def test_a_door_that_was_offline_and_a_page_lose_nothing(door, volunteer):
    put_up(volunteer, body__en="Six lines")
    body = only(door)
    offline = door.wrote("notice", body["id"], body__en="Nine lines")
    door.village.pass_(minutes=1)
    volunteer.get(f"/notices/{body['id']}")
    volunteer.send(f"/notices/{body['id']}", body__en="Seven lines", title__es="El tendedero")
    door.asks(offline)
    door.catches_up()
    assert only(door)["fields"]["body.en"] == "Seven lines"
    assert old_texts(door) == {"Six lines", "Nine lines"}


def test_a_notice_is_taken_down_and_put_back_up(door, volunteer):
    put_up(volunteer)
    path = f"/notices/{only(door)['id']}"
    volunteer.get(path)
    volunteer.send(f"{path}/withdraw")
    assert only(door)["fields"]["withdrawn"]["by"] == only(door)["fields"]["owner"]
    volunteer.get(path)
    assert "was taken down" in volunteer.page
    volunteer.send(f"{path}/restore")
    assert only(door)["fields"]["withdrawn"] is None


def test_changing_a_notice_that_was_taken_down_does_not_bring_it_back(door, volunteer):
    put_up(volunteer)
    path = f"/notices/{only(door)['id']}"
    volunteer.get(path)
    volunteer.send(f"{path}/withdraw")
    volunteer.get(path)
    volunteer.send(path, body__en="Pegs")
    assert only(door)["fields"]["withdrawn"]
    assert only(door)["fields"]["body.en"] == "Pegs"


def test_a_ready_phrase_is_written_in_every_language_of_the_hub(door, volunteer):
    volunteer.get("/notices/new?phrase=kitchen")
    volunteer.send("/notices")
    fields = only(door)["fields"]
    assert (fields["title.en"], fields["title.es"]) == (
        "The kitchen is shut",
        "La cocina está cerrada",
    )


def test_a_phrase_has_a_draft_of_its_own_also_where_something_is_missing(volunteer):
    """A browser forgets it on the page that says that this form was taken; see pages.js."""
    volunteer.get("/notices/new?phrase=kitchen")
    assert 'data-draft="new kitchen"' in volunteer.page
    assert 'data-done="/notices?said=published"' in volunteer.page
    volunteer.send("/notices", title__en="", title__es="")
    assert volunteer.status == 400
    assert 'data-draft="new kitchen"' in volunteer.page
    assert 'data-draft="new"' in volunteer.get("/notices/new").text


def test_a_phrase_that_nobody_wrote_is_an_empty_page(volunteer):
    assert volunteer.get("/notices/new?phrase=../../x").status_code == 200


def test_what_nobody_may_set_by_a_form_stays_as_it_is(door, volunteer):
    put_up(volunteer)
    path = f"/notices/{only(door)['id']}"
    before = only(door)["fields"]
    volunteer.get(path)
    volunteer.send(
        path, owner="x", made_at="2020-01-01T00:00:00Z", hub="x", picture="x", body__en="!"
    )
    after = only(door)["fields"]
    for name in ("owner", "made_at", "hub", "picture"):
        assert after.get(name) == before.get(name)


def test_a_missing_translation_is_said_in_the_list(door, volunteer):
    put_up(volunteer)
    volunteer.get("/notices")
    assert "only in English" in volunteer.page
    volunteer.get(f"/notices/{only(door)['id']}")
    assert "Missing in Spanish" in volunteer.page


def test_a_notice_that_says_no_kind_is_shown_as_the_news_that_it_is(door, volunteer):
    days = {"first_day": TODAY, "last_day": TODAY}
    made = door.wrote("notice", title__en="Rest day", **days)
    door.asks(made)
    volunteer.get(f"/notices/{made['id']}")
    assert volunteer.form(f"/notices/{made['id']}").said["kind"] == "news"


def test_a_notice_of_a_door_that_hangs_to_the_end_of_the_calendar_has_its_page(door, volunteer):
    made = door.wrote("notice", title__en="X", first_day="9999-12-30", last_day="9999-12-31")
    door.asks(made)
    volunteer.get(f"/notices/{made['id']}")
    assert volunteer.status == 200
