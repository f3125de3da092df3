"""The command line itself: it is worth reading, and it says plainly what it did not do."""

import os
import subprocess
import sys

import pytest

from kiosk.cli import COMMANDS, main
from kiosk.cli.opened import store_in
from kiosk.cli.self_check import UNSEEN


def test_the_help_names_every_command_and_says_where_to_begin(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    said = capsys.readouterr().out
    assert all(command in said for command in COMMANDS)
    assert "load-sample --data" in said


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(capsys, command):
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert len(capsys.readouterr().out) > 200


def test_a_word_that_is_no_command_ends_with_two(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["dance"])
    assert ended.value.code == 2


@pytest.mark.parametrize("command", ["check", "export", "backup"])
def test_a_folder_without_a_hub_is_said_to_be_one(kiosk, tmp_path, command):
    said = kiosk(command, "--data", tmp_path)
    assert said.code == 1
    assert "there is no hub" in said.out + said.err


def test_a_size_that_is_none_is_named_before_anything_starts(kiosk, tmp_path):
    said = kiosk("run", "--data", tmp_path, "--size", "big")
    assert said.code == 1
    assert said.err == 'Not done: --size takes pixels, such as "1280x800"\n'


def test_a_second_door_on_a_folder_says_that_one_is_running(data):
    with store_in(data):
        ended = subprocess.run(
            [sys.executable, "-m", "kiosk", "run", "--data", data],
            env=os.environ | UNSEEN, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
    assert ended.returncode == 1
    assert f"Not done: a kiosk is running on {data}. Stop it first" in ended.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("export", "--data", "DATA", "--out", "no-such/x.csv"),
        ("stick-key", "--make", "/proc/no-such"),
        ("load-sample", "--data", "/proc/no-such"),
        ("restore-stick", "no-such/copy", "--data", "NEW"),
    ],
)
def test_a_place_that_is_not_there_is_named_in_a_sentence(kiosk, data, tmp_path, words):
    said = kiosk(*({"DATA": data, "NEW": tmp_path / "new"}.get(word, word) for word in words))
    assert said.code == 1
    assert said.err.startswith("Not done: ")
    assert "no-such" in said.err


@pytest.mark.parametrize(
    ("words", "how"),
    [
        (("export", "--data", "x", "--from", "1 November"), "a day is written 2026-11-01"),
        (("load-sample", "--data", "x", "--hour", "25:00"), "a time is written 10:42"),
    ],
)
def test_a_day_or_time_that_is_none_is_told_how_one_is_written(capsys, words, how):
    with pytest.raises(SystemExit):
        main(words)
    assert how in capsys.readouterr().err


def test_a_recording_of_nothing_says_so(kiosk, tmp_path):
    kept = tmp_path / "kept"
    assert f"Kept in {kept}" in kiosk("hardware", "--record", kept, "--seconds", "0").err
    assert "nothing came" in kiosk("hardware", "--replay", kept).err


def test_a_card_for_a_door_that_does_not_run_is_said_so(kiosk, data):
    said = kiosk("tap-card", "04B39E62072BD4", "--data", data)
    assert said.code == 1
    assert "No door is running" in said.err


def test_a_card_reaches_the_door_that_runs(kiosk, data):
    from kiosk.hardware.simulated import SimulatedSource

    seen = []
    door = SimulatedSource(data)
    door.start(seen.append)
    try:
        assert kiosk("tap-card", "04B39E62072BD4", "--data", data).code == 0
        assert kiosk("tap-card", "??", "--data", data).code == 1
    finally:
        door.stop()
    assert seen == ["04B39E62072BD4"]


@pytest.mark.parametrize("command", [("restore",), ("erase-person", "x"), ("load-sample",)])
def test_what_changes_records_waits_until_the_door_is_stopped(kiosk, data, command):
    from kiosk.cli.opened import store_in

    kiosk("backup", "--data", data)
    with store_in(data):
        said = kiosk(*command, "--data", data)
    assert said.code == 1
    assert "Stop it first" in said.err
