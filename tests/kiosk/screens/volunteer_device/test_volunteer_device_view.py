"""How a device fares, in lines; what was refused says what to do."""

from __future__ import annotations

from typing import get_args

import pytest

from kiosk.config import Config, Place
from kiosk.device_facts import DeviceFacts, device_facts
from kiosk.hardware.paper_status import Paper
from kiosk.screens.light.view import Light
from kiosk.screens.volunteer_device.view import (
    fact_lines,
    printer_lines,
    refusal_lines,
    sending_lines,
)
from kiosk.ui.words import Words
from sync.protocol import Refusal, RefusalReason
from tests.kiosk.hub.house import House, at

EN, ES = Words("en"), Words("es")
NOW = at("10:42")
LOCAL = House().snapshot.local


def said(lines):
    return [(line.what, line.how, line.ink) for line in lines]


def test_a_device_says_backup_space_version_and_readers():
    facts = DeviceFacts(
        "0.1.0", "Front door", 12_400_000_000, at("03:10"), (("auto", False), ("rdm6300", True))
    )
    assert said(fact_lines(facts, NOW, EN, LOCAL)) == [
        ("Last backup", "today, 03:10", "ink"),
        ("Free space", "12.4 GB", "ink"),
        ("Version", "0.1.0 · Front door", "ink"),
        ("Reader auto", "not there: is its cable in?", "soon"),
        ("Reader rdm6300", "plugged in", "ink"),
    ]


def test_no_backup_little_space_and_no_reader_are_said():
    lines = said(fact_lines(DeviceFacts("1", "", 250_000_000, None, ()), NOW, EN, LOCAL))
    assert lines[0] == ("Last backup", "None yet", "soon")
    assert lines[1] == ("Free space", "250 MB", "soon")
    assert lines[3][1] == "none named; one that types needs no name"


def test_paper_that_is_nearly_out_or_out_is_seen_before_anybody_needs_it():
    assert said(printer_lines("low", EN)) == [
        ("Printer", "its paper is nearly out: have a new roll ready", "soon")
    ]
    assert said(printer_lines("out", EN)) == [
        ("Printer", "it has no paper: put in a new roll", "soon")
    ]
    assert said(printer_lines("enough", EN)) == [("Printer", "it has paper", "ink")]
    assert said(printer_lines(None, EN)) == [("Printer", "none named", "ink")]


@pytest.mark.parametrize("words", [EN, ES], ids=["en", "es"])
@pytest.mark.parametrize("stands", [*get_args(Paper), "mute", ""])
def test_however_a_printer_stands_it_is_said_in_words(stands, words):
    (line,) = printer_lines(stands, words)
    assert "device." not in line.how


def test_what_waits_is_counted():
    assert [line.ink for line in sending_lines(Light(), EN, LOCAL)] == ["ink"]
    waiting = said(sending_lines(Light(waiting=12, since=at("09:10")), EN, LOCAL))
    assert waiting[1][:2] == ("Waiting", "12 waiting")


@pytest.mark.parametrize("words", [EN, ES], ids=["en", "es"])
@pytest.mark.parametrize("reason", [*get_args(RefusalReason), "something newer"])
def test_every_reason_says_what_to_do(reason, words):
    one = Refusal("visit", "0193575b-0000-7000-8000-000000000000", reason)
    (line,) = refusal_lines([one], words, LOCAL, NOW)
    why, todo = line.how.split(": ")
    assert why
    assert todo
    assert "device.do" not in todo


def test_facts_are_of_the_disk_and_the_ports_as_they_are(tmp_path):
    place = Place(tmp_path).make()
    place.backups.mkdir(exist_ok=True)
    (place.backups / "store-20261123T021000.000000Z.db").touch()
    there = tmp_path / "tty"
    there.touch()
    config = Config(name="Front door", ports={"rdm6300": str(there), "auto": "/dev/none"})
    facts = device_facts(config, place)
    assert facts.backup_at == at("03:10")
    assert facts.free_bytes > 0
    assert facts.readers == (("auto", False), ("rdm6300", True))
