"""Settings and key of a device whose card is dying: damage to one of two files is nobody's evening."""

import pytest

from kiosk.config import BadSetting, Config, Place, hub_key, read, write
from kiosk.kept_twice import mend

DAMAGE = [b"", b"mode = ", b"\x00" * 400, b"\xff\xfe\x00"]


@pytest.fixture
def place(tmp_path):
    """A device that has started once."""
    made = Place(tmp_path / "door")
    write(made, Config(size="720x1280", lang="es"))
    hub_key(made)
    assert not mend(made)
    return made


@pytest.mark.parametrize("damage", DAMAGE)
def test_damaged_settings_are_those_of_the_last_start(place, damage):
    was = read(place)
    place.settings.write_bytes(damage)
    assert mend(place)
    assert read(place) == was
    if damage:
        assert place.settings.with_name("kiosk.toml.damaged").read_bytes() == damage
    assert not mend(place)


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_key_is_that_of_the_last_start_and_every_card_is_known(place, damage):
    was = hub_key(place)
    place.key.write_bytes(damage)
    assert mend(place)
    assert hub_key(place) == was


def test_a_key_that_is_gone_is_not_made_anew(place):
    was = hub_key(place)
    place.key.unlink()
    assert mend(place)
    assert hub_key(place) == was


def test_settings_that_somebody_removed_stay_removed(place):
    place.settings.unlink()
    assert not mend(place)
    assert read(place) == Config()


def test_what_was_changed_by_hand_and_is_good_is_what_holds(place):
    place.settings.write_text('lang = "en"\n')
    assert not mend(place)
    place.settings.write_text("lang = ")
    assert mend(place)
    assert read(place).lang == "en"


def test_where_both_are_damaged_nothing_is_touched(place):
    for path in (place.key, place.key.with_name("hub.key.copy")):
        path.write_bytes(b"no key")
    before = {path.name: path.read_bytes() for path in place.data.iterdir()}
    assert not mend(place)
    with pytest.raises(BadSetting):
        hub_key(place)
    assert {path.name: path.read_bytes() for path in place.data.iterdir()} == before


def test_a_device_that_never_started_has_nothing_to_mend(tmp_path):
    place = Place(tmp_path / "new").make()
    assert not mend(place)
    assert list(place.data.iterdir()) == []


def test_a_disk_that_takes_nothing_is_left_alone(place, monkeypatch):
    def refuses(*_):
        raise OSError(30, "read-only")

    monkeypatch.setattr("kiosk.config.os.open", refuses)
    place.settings.write_bytes(b"mode = ")
    assert not mend(place)
