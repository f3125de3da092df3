"""Pairing by RFC 8628: a code that is shown, a yes from a volunteer, a token."""

import pytest

from sync.server import pairing
from sync.server.devices import asker, listed, revoke
from sync.server.errors import Answered
from sync.server.rates import one_asker
from tests.sync.server.village import HUB


def code(village):
    with village.database.writing() as connection:
        return pairing.ask_for_code(connection, name="Door", node="0000aaaa", now_ms=village.ms)


def token(village, codes):
    with village.database.writing() as connection:
        said = pairing.ask_for_token(connection, village.notary, codes.device_code, village.ms)
    return said.why if isinstance(said, pairing.NotYet) else said.token


def approve(village, codes, **more):
    with village.database.writing() as connection:
        usual = {"hub": HUB, "role": "door", "name": "", "now_ms": village.ms}
        pairing.approve(connection, codes.user_code.lower().replace("-", " "), **(usual | more))


def test_a_device_waits_until_somebody_says_yes(village):
    codes = code(village)
    assert token(village, codes) == "authorization_pending"
    approve(village, codes)
    with village.database.reading() as connection:
        assert asker(connection, token(village, codes)).hub == HUB


def test_a_device_is_told_what_its_hub_is_called(village):
    codes = code(village)
    approve(village, codes)
    with village.database.writing() as connection:
        given = pairing.ask_for_token(connection, village.notary, codes.device_code, village.ms)
    assert (given.hub, given.hub_name) == (HUB, "A hub")


def test_an_answer_that_was_lost_is_given_again_and_leaves_no_second_device(village):
    codes = code(village)
    approve(village, codes)
    assert token(village, codes) == token(village, codes)
    with village.database.reading() as connection:
        assert len(listed(connection, HUB)) == 1


def test_asking_too_often_is_answered_slow_down(village):
    codes = code(village)
    token(village, codes)
    assert token(village, codes) == "slow_down"
    village.pass_(seconds=5)
    assert token(village, codes) == "authorization_pending"


def test_a_code_ends_after_a_quarter_of_an_hour(village):
    codes = code(village)
    village.pass_(minutes=16)
    assert token(village, codes) == "expired_token"
    with pytest.raises(pairing.NoSuchCode):
        approve(village, codes)


def test_one_address_cannot_hold_the_codes_of_all(village):
    service = village.service
    for _ in range(10):
        service.code("Door", "0000aaaa", "198.51.100.7")
    with pytest.raises(Answered) as told:
        service.code("Door", "0000aaaa", "198.51.100.7")
    assert (told.value.problem, told.value.retry_s) == ("too_many", 90)
    assert service.code("Door", "0000bbbb", "198.51.100.8").user_code


@pytest.mark.parametrize(
    ("address", "asker"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::9", "2001:db8:1:2::/64"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
        ("", ""),
        ("@socket", "@socket"),
    ],
)
def test_a_house_of_ipv6_is_one_asker(address, asker):
    assert one_asker(address) == asker


def test_a_no_is_told(village):
    codes = code(village)
    with village.database.writing() as connection:
        pairing.deny(connection, codes.user_code, village.ms)
    assert token(village, codes) == "access_denied"


def test_a_hub_that_is_not_there_pairs_nobody(village):
    with pytest.raises(pairing.NoSuchCode):
        approve(village, code(village), hub="0199b1aa-0000-7000-8000-00000000ffff")


def test_a_revoked_token_is_forbidden_and_other_devices_go_on(village):
    k1, k2 = village.door(), village.door(node="0000bbbb")
    with village.database.writing() as connection:
        revoke(connection, HUB, k1.who.device, village.ms)
    with pytest.raises(Answered) as said:
        k1.asks()
    assert said.value.problem == "forbidden"
    assert k2.asks().cursor == ""
