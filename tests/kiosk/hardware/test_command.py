"""``python -m kiosk hardware``: plain words, no card's number, and recordings that tell it again."""

import argparse
import json
import select
import stat
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.cli import main
from kiosk.cli.hardware import live
from kiosk.hardware.facts import Answered, CardRead, CodeRead, PhoneHeld, Presence
from kiosk.hardware.kinds import KINDS
from kiosk.hardware.news import PortNews, Tell
from kiosk.hardware.recording import NoRecording, played
from kiosk.hardware.telling import CALLED, Teller
from tests.kiosk.hardware.sockets import Sockets
from tests.kiosk.hardware.streams import BOTH, LD_NOBODY, RDM_CARD

NUMBERS = ("62E3086CED", "0400C1A2B3", "DEADBEEF")


@pytest.fixture
def sockets(tmp_path):
    (tmp_path / "ports").mkdir()
    made = Sockets(tmp_path / "ports")
    yield made
    made.close()


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Nothing is waited for: bytes on a pseudo-terminal are there within milliseconds."""

    def at_once(reading, writing, failing, wait_s):
        return select.select(reading, writing, failing, min(wait_s, 0.01))

    monkeypatch.setattr("kiosk.hardware.ports.select", SimpleNamespace(select=at_once))


class Clock:
    """A clock that moves 0.1 s each time it is asked, and does one thing of ``then`` each second."""

    def __init__(self, *then):
        self.now_s, self.then = 50.0, list(then)

    def __call__(self):
        self.now_s += 0.1
        if self.then and int(self.now_s) > int(self.now_s - 0.1):
            self.then.pop(0)()
        return self.now_s


def watch(sockets, *then, record=None, kind="rdm6300"):
    """What the command does with one port while these things happen to it."""
    port = [f"{kind}={sockets.path('left')}"]
    args = argparse.Namespace(port=port, data=None, seconds=len(then) + 3, record=record)
    return live(args, Clock(*then))


def lines(capsys):
    return [line.partition("left: ")[2] for line in capsys.readouterr().out.splitlines()[1:]]


def test_what_happens_is_said_in_order(sockets, capsys):
    sockets.plug("left")
    watch(
        sockets,
        lambda: sockets.says("left", RDM_CARD),
        lambda: sockets.pull("left"),
        lambda: sockets.plug("left"),
    )
    assert lines(capsys) == [
        "Plugged in.",
        "Opened as a badge reader (RDM6300).",
        "A card was read.",
        "Unplugged, or its cable is loose. It is used again as soon as it is back.",
        "Plugged in.",
        "Opened as a badge reader (RDM6300).",
    ]


def test_a_recording_tells_the_same_again(sockets, tmp_path, capsys):
    kept = tmp_path / "kept"
    sockets.plug("left")
    watch(
        sockets,
        lambda: sockets.says("left", RDM_CARD),
        lambda: sockets.pull("left"),
        lambda: sockets.plug("left"),
        record=kept,
        kind="auto",
    )
    first = lines(capsys)
    assert main(["hardware", "--replay", str(kept)]) == 0
    again = [line.partition("left: ")[2] for line in capsys.readouterr().out.splitlines()]
    assert again == first


def test_a_silent_sensor_is_as_silent_when_it_is_played(sockets, tmp_path, capsys):
    kept = tmp_path / "kept"
    sockets.plug("left")
    nothing = [lambda: None] * 8
    watch(sockets, *nothing, lambda: sockets.says("left", LD_NOBODY), record=kept, kind="ld2410")
    first = lines(capsys)
    main(["hardware", "--replay", str(kept)])
    again = [line.partition("left: ")[2] for line in capsys.readouterr().out.splitlines()]
    assert again == first
    assert "Nobody is there." in first and any("says nothing" in line for line in first)


def test_a_recording_is_its_owners_and_takes_no_other_s_place(sockets, tmp_path, capsys):
    kept = tmp_path / "kept"
    port = f"rdm6300={sockets.path('left')}"
    ask = ["hardware", "--port", port, "--seconds", "0", "--record", str(kept)]
    assert main(ask) == 0
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert main(ask) == 1
    assert "is there already" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("hello", 1),
        ("[]", 1),
        ('{"recording": 2, "wanted": {}, "discovers": false}', 1),
        ('{"recording": 1, "wanted": {"/dev/x": "toaster"}, "discovers": false}', 1),
        ('{"recording": 1, "wanted": {}, "discovers": true}\n{"s": 1, "event": "danced"}', 2),
        (
            '{"recording": 1, "wanted": {}, "discovers": true}\n{"s": 1, "event": "gone", "path": "x"}',
            2,
        ),
    ],
)
def test_a_file_that_is_no_recording_is_said_to_be_none(tmp_path, capsys, text, line):
    (tmp_path / "kept").write_text(text)
    assert main(["hardware", "--replay", str(tmp_path / "kept")]) == 1
    assert f"line {line} is not part" in capsys.readouterr().err


@given(st.lists(st.text(max_size=60) | st.recursive(st.integers(), st.lists).map(json.dumps)))
def test_no_file_at_all_breaks_the_playing(texts):
    try:
        list(played(texts))
    except NoRecording as none:
        assert 1 <= none.line <= len(texts)


@pytest.mark.parametrize("said", ["toaster=/dev/ttyUSB0", "rdm6300", "=", "rdm6300="])
def test_a_port_that_is_named_wrongly_is_answered_with_the_kinds_there_are(capsys, said):
    assert main(["hardware", "--port", said, "--seconds", "0"]) == 1
    assert "ld2410" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--replay", "--record"])
def test_a_file_that_cannot_be_had_is_named(tmp_path, capsys, option):
    file = str(tmp_path / "no" / "such")
    assert main(["hardware", "--port", "auto=/dev/no", "--seconds", "0", option, file]) == 1
    assert "such: No such file" in capsys.readouterr().err


def test_the_ports_in_the_settings_are_looked_at(sockets, tmp_path, capsys):
    path = sockets.plug("left").path("left")
    (tmp_path / "kiosk.toml").write_text(f'[ports]\nscanner = "{path}"\n')
    assert main(["hardware", "--data", str(tmp_path), "--seconds", "0"]) == 0
    assert "left: Opened as a scanner" in capsys.readouterr().out


# Words ------------------------------------------------------------------------------------------

NEWS = [
    *(PortNews(what, "rdm6300") for what in ("found", "open", "gone", "busy", "denied", "away")),
    *(PortNews(what, "ld2410") for what in ("silent", "noise", "recognised")),
    PortNews("open", "auto"),
    *(CardRead(number) for number in NUMBERS),
    CodeRead("9780140328721"),
    PhoneHeld(),
    BOTH,
    Presence(False, False, 0, 0, 0, 0, 0),
]


@pytest.mark.parametrize("news", NEWS, ids=repr)
def test_everything_that_is_told_is_a_sentence_without_a_number_of_a_card(news):
    said = Teller().sentence(Tell("/dev/x", news), 0.0)
    assert said and said[0].isupper() and said.endswith((".", "?"))
    assert not any(number in said for number in (*NUMBERS, "9780140328721"))


def test_what_passes_between_us_and_a_reader_is_nobody_s_business():
    assert Teller().sentence(Tell("/dev/x", Answered(0x15)), 0.0) is None


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_name_for_people(kind):
    assert CALLED[kind]


def test_a_card_that_lies_on_the_reader_is_said_once():
    teller, card = Teller(), Tell("/dev/x", CardRead("0400C1A2B3"))
    said = [teller.sentence(card, at_s) for at_s in (0.0, 0.1, 1.0, 6.0)]
    assert said == ["A card was read.", None, None, "A card was read."]


def test_somebody_who_stays_is_said_once_for_each_sensor():
    teller, nobody = Teller(), Presence(False, False, 0, 0, 0, 0, 0)
    said = [teller.sentence(Tell("/dev/x", news), 0.0) for news in (BOTH, BOTH, nobody, nobody)]
    assert said == ["Somebody is there, 1.1 m away.", None, "Nobody is there.", None]
    assert teller.sentence(Tell("/dev/y", nobody), 0.0) == "Nobody is there."
