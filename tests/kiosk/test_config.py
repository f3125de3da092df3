"""What this device is: settings and key, from files that may be missing, old or broken."""

import stat

import msgspec
import pytest

from kiosk.config import (
    BadSetting,
    Config,
    Place,
    hub_key,
    parse,
    read,
    read_token,
    unknown,
    unpair,
    write,
    write_token,
)
from sync.client.leaving import StillUnsent, Unsent


@pytest.fixture
def place(tmp_path):
    return Place(tmp_path / "a device")


def test_a_device_without_settings_has_the_defaults(place):
    assert read(place) == Config(mode="door", size="1280x800", diagonal_mm=257)


def test_settings_that_were_written_are_read_back(place):
    wall = Config(mode="wall", size="1920x1080", diagonal_mm=1092, lang="es", name="Salón")
    write(place, wall)
    assert read(place) == wall


@pytest.mark.parametrize("kind", ["rdm6300", "pn532-exit", "scanner", "auto"])
def test_a_reader_s_port_is_a_setting(place, kind):
    ports = {kind: "/dev/serial/by-path/left"}
    write(place, Config(ports=ports))
    assert read(place).ports == ports


def test_a_size_is_told_in_pixels():
    config = Config(size="720x1280")
    assert (config.width_px, config.height_px) == (720, 1280)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('mode = "doro"', "mode"),
        ('size = "1280*800"', "size"),
        ('colour = "light blue"', "colour"),
        ('colour = "blue\\n"', "colour"),
        ("diagonal_mm = 3", "diagonal_mm"),
        ('[ports]\nrdm6300 = ["a"]', "ports"),
        ('[ports]\nrdm6301 = "/dev/ttyUSB0"', "rdm6300, id12"),
        ("mode = ", "Invalid value"),
    ],
)
def test_a_broken_setting_is_named_with_its_file(place, text, names):
    with pytest.raises(BadSetting, match="kiosk.toml") as error:
        parse(text, place.settings)
    assert names in error.value.why


def test_what_a_newer_version_wrote_is_left_for_when_it_comes_back(place):
    place.make().settings.write_text(
        'lang = "es"\nchimes = 3\n[sound]\nvolume = 20\nvoice = "low"\n[lamp]\nat = "pwm0"\n'
    )
    now = read(place)
    assert (now.lang, now.sound.volume) == ("es", 20)
    assert unknown(place) == {"chimes": 3, "sound": {"voice": "low"}, "lamp": {"at": "pwm0"}}
    write(place, msgspec.structs.replace(now, lang="en"))
    assert read(place) == msgspec.structs.replace(now, lang="en")
    assert unknown(place) == {"chimes": 3, "sound": {"voice": "low"}, "lamp": {"at": "pwm0"}}


def test_a_file_that_is_not_text_is_said_to_be_broken(place):
    place.make().settings.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadSetting):
        read(place)


def test_the_hub_s_key_is_made_once_and_only_its_owner_may_read_it(place):
    first = hub_key(place)
    assert hub_key(place) == first and len(first) == 32
    assert stat.S_IMODE(place.key.stat().st_mode) == 0o600


def test_a_broken_key_is_never_replaced(place):
    place.make().key.write_text("not a key")
    with pytest.raises(BadSetting):
        hub_key(place)
    assert place.key.read_text() == "not a key"


def test_what_a_power_cut_left_behind_does_not_stop_the_next_writing(place):
    place.make().settings.with_name("kiosk.toml.new").write_text("mode =")
    write(place, Config(lang="es"))
    assert read(place).lang == "es"
    assert not place.settings.with_name("kiosk.toml.new").exists()


def test_a_device_that_was_never_paired_has_no_token(place):
    assert read_token(place) == ""


def test_the_token_is_for_its_owner_alone_and_the_newest_counts(place):
    place.make().token.write_text("left by somebody")
    write_token(place, "h.d.one")
    write_token(place, "h.d.two")
    assert read_token(place) == "h.d.two"
    assert stat.S_IMODE(place.token.stat().st_mode) == 0o600


@pytest.mark.parametrize("found", [b"two words", b"\xff\xfe", b"a\nb"])
def test_a_damaged_token_is_said_and_not_sent(place, found):
    place.make().token.write_bytes(found)
    with pytest.raises(BadSetting):
        read_token(place)


def test_a_device_with_unsent_records_keeps_its_token(place):
    write_token(place, "h.d.s")
    with pytest.raises(StillUnsent):
        unpair(place, Unsent(waiting=2))
    assert read_token(place) == "h.d.s"


def test_a_device_with_all_sent_forgets_its_token(place):
    write_token(place, "h.d.s")
    unpair(place, Unsent())
    assert read_token(place) == ""
