"""Card readers: what is a card, what is a person typing, and a card tapped from a command."""

import os
import stat
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.hardware.cards import Once, tidy_uid
from kiosk.hardware.simulated import SOCKET_NAME, ReaderAway, SimulatedSource, tap
from kiosk.hardware.wedge import Burst, WedgeSource, feed


def typed(text, *, gap_s, start_s=100.0):
    """All UIDs that come out of typing ``text`` with one key each ``gap_s`` seconds."""
    burst, found = Burst(), []
    for nth, key in enumerate(text):
        burst, uid = feed(burst, key, start_s + nth * gap_s)
        if uid:
            found.append(uid)
    return found


@pytest.mark.parametrize("number", ["0012690099", "04A1B2C3D4E5F6", "deadbeef"])
def test_digits_typed_fast_with_enter_are_a_card(number):
    assert typed(number + "\r", gap_s=0.01) == [number.upper()]


def test_the_same_digits_typed_by_a_person_are_no_card():
    assert typed("0012690099\r", gap_s=0.12) == []


def test_a_persons_digits_before_a_card_do_not_become_part_of_it():
    burst, _ = feed(Burst(), "7", 10.0)
    found = []
    for nth, key in enumerate("0012690099\r"):
        burst, uid = feed(burst, key, 11.0 + nth * 0.01)
        found.append(uid)
    assert found[-1] == "0012690099"


@pytest.mark.parametrize("text", ["123\r", "hello there\r", "\r", "1" * 40 + "\r"])
def test_what_is_no_card_number_is_nobodys_card(text):
    assert typed(text, gap_s=0.005) == []


@given(st.text(max_size=80))
def test_no_typing_at_all_can_break_the_decoder(text):
    for uid in typed(text, gap_s=0.01):
        assert tidy_uid(uid) == uid


def test_a_wedge_keeps_the_keys_of_its_reader_from_everybody_else():
    heard, source = [], WedgeSource()
    source.start(heard.append)
    kept = [source.key(key, 5 + nth * 0.01) for nth, key in enumerate("00126900\r")]
    assert heard == ["00126900"]
    assert kept[1:] == [True] * 8


def test_a_person_typing_keeps_their_keys():
    source = WedgeSource()
    source.start(lambda uid: pytest.fail("no card"))
    assert not any(source.key(key, nth * 0.2) for nth, key in enumerate("0012\r"))


def test_what_was_typed_is_in_no_representation():
    burst, _ = feed(Burst(), "7", 10.0)
    assert "7" not in repr(burst)


def test_a_card_that_lies_on_the_reader_is_seen_once():
    once = Once(repeat_s=2.5)
    assert [once.new("A1B2", s) for s in (0.0, 1.0, 2.0, 5.0)] == [True, False, False, True]


def test_another_card_is_seen_at_once():
    once = Once()
    assert once.new("A1B2", 0.0)
    assert once.new("C3D4", 0.1)


@pytest.fixture
def reader(tmp_path):
    heard, came = [], threading.Event()
    source = SimulatedSource(tmp_path)
    source.start(lambda uid: (heard.append(uid), came.set()))
    yield tmp_path, heard, came
    source.stop()


def test_a_card_tapped_by_the_command_reaches_the_kiosk(reader):
    folder, heard, came = reader
    assert tap(folder, "04:a1:b2:c3")
    assert came.wait(2)
    assert heard == ["04A1B2C3"]


@pytest.mark.parametrize("nonsense", ["", "ab", "é" * 10, "x" * 500, "\x00\x01\x02\x03"])
def test_what_is_no_card_is_refused_and_the_reader_goes_on(reader, nonsense):
    folder, heard, came = reader
    assert not tap(folder, nonsense)
    assert tap(folder, "0012690099")
    assert came.wait(2)
    assert heard == ["0012690099"]


def test_only_the_kiosks_own_user_may_tap(reader):
    folder, _, _ = reader
    assert stat.S_IMODE(os.stat(folder / SOCKET_NAME).st_mode) & 0o077 == 0


def test_a_tap_where_no_kiosk_runs_says_so(tmp_path):
    with pytest.raises(ReaderAway):
        tap(tmp_path, "0012690099")


def test_a_kiosk_that_was_killed_leaves_no_dead_reader_behind(tmp_path):
    (tmp_path / SOCKET_NAME).touch()
    source = SimulatedSource(tmp_path)
    source.start(lambda uid: None)
    assert tap(tmp_path, "0012690099")
    source.stop()
    assert not (tmp_path / SOCKET_NAME).exists()
