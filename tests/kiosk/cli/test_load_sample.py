"""load-sample: today's sample, once a day, and never over a real hub."""

import json
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from kiosk.cli.at_hour import PretendedTime, last
from kiosk.cli.load_sample import LOADED_ON
from kiosk.cli.opened import hub_in, now, store_in
from kiosk.config import Place, write_token
from kiosk.store import Changes, Write


def test_the_sample_is_all_sent_as_if_a_server_had_given_it(data):
    with store_in(data) as store:
        assert store.waiting == 0
        assert len(store.tables()["person"]) == 60


def test_loading_again_on_the_same_day_changes_nothing(kiosk, data):
    with store_in(data) as store:
        store.commit(Changes.of(Write("person", "ours", {"name": "Somebody new"})), now_ms=1)
    assert "already" in kiosk("load-sample", "--data", data).out
    assert hub_in(data).person("ours").name == "Somebody new"


def test_a_sample_of_another_day_makes_way_for_today_s(kiosk, data):
    with store_in(data) as store:
        store.commit(Changes.of(Write("person", "ours", {"name": "Somebody new"})), now_ms=1)
        store.keep_notes(**{LOADED_ON: "2020-01-01"})
    assert kiosk("load-sample", "--data", data).code == 0
    hub = hub_in(data)
    assert hub.person("ours") is None
    assert len(list(hub.people)) == 60


def test_a_sample_that_a_server_has_stays(kiosk, data):
    """Nothing that made way here would ever make way there."""
    with store_in(data) as store:
        store.keep_notes(**{LOADED_ON: "2020-01-01"})
    write_token(Place(data), "hub.device.secret")
    said = kiosk("load-sample", "--data", data)
    assert (said.code, said.out) == (0, "The sample of 2020-01-01 stays: a server has it.\n")
    with store_in(data) as store:
        assert store.note(LOADED_ON) == "2020-01-01"


def test_the_hub_of_another_hour_has_nobody_who_came_later(kiosk, tmp_path):
    assert kiosk("load-sample", "--data", tmp_path, "--hour", "10:42").code == 0
    hub = hub_in(tmp_path)
    newest = max(visit.came_at for visit in hub.visits_open)
    assert newest.astimezone(hub.zone).time() <= time(10, 42)
    assert newest <= now()


@pytest.mark.parametrize(
    ("it_is", "it_was"),
    [
        ("2026-11-23T22:00", "2026-11-23T10:42"),
        ("2026-11-23T10:42", "2026-11-23T10:42"),
        ("2026-11-23T10:41", "2026-11-22T10:42"),
        ("2026-10-26T09:00", "2026-10-25T10:42"),  # the day on which the clocks were put back
    ],
)
def test_the_last_time_it_was_that_hour_is_never_ahead(it_is, it_was):
    zone = ZoneInfo("Europe/Madrid")
    at = datetime.fromisoformat(it_is).replace(tzinfo=zone)
    found = last(time(10, 42), zone, at.astimezone(UTC))
    assert found.astimezone(zone).strftime("%Y-%m-%dT%H:%M") == it_was


def test_a_pretended_time_stays_what_it_is_whatever_a_server_says():
    begins = datetime(2026, 11, 23, 9, 42, tzinfo=UTC)
    clock = PretendedTime(begins)
    clock.hear_server(int(begins.timestamp() * 1000) + 86_400_000, 0, clock.mono_ms())
    assert clock.sure
    assert (clock.now() - begins).total_seconds() < 3600


def test_a_real_hub_is_never_replaced(kiosk, tmp_path):
    with store_in(tmp_path) as store:
        store.commit(Changes.of(Write("hub", "real", {"name.en": "Our house"})), now_ms=1)
    said = kiosk("load-sample", "--data", tmp_path)
    assert said.code == 1
    assert "real hub" in said.err
    assert hub_in(tmp_path).hub.name == {"en": "Our house"}


def test_rows_that_were_left_out_are_said_and_the_rest_is_loaded(kiosk, tmp_path):
    path = tmp_path / "strange.json"
    hub = {"name": {"en": "A house"}, "timezone": "Europe/Madrid"}
    path.write_text(json.dumps({"hub": hub, "rooms": [{"id": 1}] * 30, "parades": [{"a": 1}]}))
    said = kiosk("load-sample", "--data", tmp_path / "data", "--file", path)
    assert said.code == 0
    assert "rooms 1: left out" in said.err
    assert "and 10 more" in said.err
    assert "1 parades" in said.out


def test_a_file_that_is_no_sample_loads_nothing(kiosk, tmp_path):
    path = tmp_path / "strange.json"
    path.write_text("[]")
    said = kiosk("load-sample", "--data", tmp_path / "data", "--file", path)
    assert said.code == 1
    assert "not a sample hub" in said.err
