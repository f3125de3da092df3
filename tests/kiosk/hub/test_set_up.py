import pytest

from kiosk.hub.set_up import HubHere, NameMissing, NoSuchZone, SetUp, set_up
from kiosk.hub.typed import TextTooLong
from sync.records.hub import Hub
from tests.kiosk.hub.house import House, at


@pytest.fixture
def bare():
    """A kiosk that belongs to no hub yet."""
    house = House()
    house.tables["hub"].clear()
    return house


NEW = SetUp("Casa del Río", ("es", "en"), "Europe/Madrid", {"looking": {"es": "Solo a mirar"}})


def test_a_new_hub_has_the_name_in_the_language_it_was_typed_in(bare):
    bare.do(set_up, NEW, at("10:00"))
    assert bare.snapshot.hub.name == {"es": "Casa del Río"}
    assert bare.snapshot.hub.languages == ("es", "en")
    assert bare.snapshot.hub.timezone == "Europe/Madrid"


def test_a_hub_of_which_no_language_is_said_speaks_english(bare):
    bare.do(set_up, SetUp("Casa", ()), at("10:00"))
    assert bare.snapshot.hub.languages == ("en",)


def test_a_new_hub_is_open_until_somebody_says_otherwise(bare):
    bare.do(set_up, NEW, at("10:00"))
    assert set(bare.snapshot.hub.open) == {"mon", "tue", "wed", "thu", "fri", "sat", "sun"}
    assert bare.snapshot.hub.reasons == {"looking": {"es": "Solo a mirar"}}


def test_the_answer_is_the_new_hubs_id(bare):
    made = bare.do(set_up, NEW, at("10:00"))
    assert bare.snapshot.get(Hub, made) is not None


def test_a_hub_is_set_up_once(bare):
    bare.do(set_up, NEW, at("10:00"))
    with pytest.raises(HubHere):
        bare.do(set_up, NEW, at("10:01"))


def test_a_hub_has_a_name(bare):
    with pytest.raises(NameMissing):
        bare.do(set_up, SetUp("  \n "), at("10:00"))


def test_a_name_is_kept_on_one_line(bare):
    bare.do(set_up, SetUp(" Casa\n del\0 Río "), at("10:00"))
    assert bare.snapshot.hub.name["en"] == "Casa del Río"


def test_a_name_longer_than_a_sign_can_hold_is_refused(bare):
    with pytest.raises(TextTooLong):
        bare.do(set_up, SetUp("x" * 10_000), at("10:00"))


@pytest.mark.parametrize("zone", ["Europe/Atlantis", "", "../../etc/passwd", "Europe\0"])
def test_a_time_zone_is_one_of_the_known_ones(bare, zone):
    with pytest.raises(NoSuchZone):
        bare.do(set_up, SetUp("Casa", timezone=zone), at("10:00"))


def test_a_language_is_named_once(bare):
    bare.do(set_up, SetUp("Casa", ("es", "es", "en")), at("10:00"))
    assert bare.snapshot.hub.languages == ("es", "en")
