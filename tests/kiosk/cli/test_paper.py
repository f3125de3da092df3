"""paper: documents as files, and what is said where nothing can be printed."""

import pytest
from PIL import Image


@pytest.mark.parametrize("document", ["rooms", "roll-call", "open-space", "trial"])
def test_a_document_is_kept_as_a_picture_as_wide_as_the_paper(kiosk, data, tmp_path, document):
    said = kiosk("paper", document, "--data", data, "--to", tmp_path / "x.png", "--width-mm", 58)
    assert said.code == 0
    with Image.open(tmp_path / "x.png") as picture:
        assert picture.width == 384


def test_a_document_is_kept_as_a_pdf(kiosk, data, tmp_path):
    assert kiosk("paper", "rooms", "--data", data, "--to", tmp_path / "x.pdf").code == 0
    assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("rooms",), "no printer is named"),
        (("tag", "--tag", "nope", "--to", "x.png"), "nobody is here with the tag"),
        (("trial", "--printer", "usb:dead:beef"), "it cannot be reached"),
        (("trial", "--to", "nowhere/x.png"), "nowhere/x.png"),
    ],
)
def test_what_cannot_be_printed_is_said_in_plain_words(kiosk, data, words, says):
    said = kiosk("paper", *words, "--data", data)
    assert (said.code, said.out) == (1, "")
    assert says in said.err


def with_printer(data, at):
    with (data / "kiosk.toml").open("a") as file:
        file.write(f'[printer]\nat = "{at}"\n')


def test_hardware_says_how_the_printer_stands(kiosk, data):
    with_printer(data, "usb:dead:beef")
    said = kiosk("hardware", "--data", data, "--seconds", 0)
    assert said.code == 0
    assert "The printer, usb:dead:beef: it cannot be reached." in said.out


@pytest.mark.parametrize(("at", "says"), [("", "no printer"), ("usb:dead:beef", "cannot be")])
def test_a_trial_that_cannot_be_printed_says_why(kiosk, data, at, says):
    if at:
        with_printer(data, at)
    said = kiosk("hardware", "--trial", "--data", data)
    assert said.code == 1
    assert says in said.err
