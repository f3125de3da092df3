"""What lets nobody in: answers of another time, place, device or person; and what it leaves."""

import json

import pytest
from sqlalchemy import update

from sync.server.database.passkey_tables import Passkey
from sync.server.web.accounts import digest
from tests.sync.server.village import OTHER
from tests.sync.server.web.browser import PASSWORD
from tests.sync.server.web.passkeys.asking import ADD, NAME, SIGN_IN, adds, asks, is_in, signs_in
from tests.sync.server.web.passkeys.authenticator import FLAG, Authenticator


def test_an_answer_counts_once(owner, device, another):
    first, second = another(), another()
    first.get("/sign-in")
    answer = device.signs(asks(first, SIGN_IN))
    cookie = first.client.cookies["challenge"]
    first.send(SIGN_IN, answer=answer)
    assert "challenge" not in first.client.cookies
    # Whoever overheard all of it, the cookie included, comes too late: in whichever browser.
    second.get("/sign-in")
    second.client.cookies.set("challenge", cookie)
    second.send(SIGN_IN, answer=answer)
    assert second.status == 401
    assert not is_in(second)


def test_an_answer_of_a_passkey_that_does_not_count_counts_once_as_well(volunteer, another):
    device = Authenticator(counts=0)
    adds(volunteer, device)
    fresh = another()
    fresh.get("/sign-in")
    answer = device.signs(asks(fresh, SIGN_IN))
    cookie = fresh.client.cookies["challenge"]
    fresh.send(SIGN_IN, answer=answer)
    assert is_in(fresh)
    again = another()
    again.get("/sign-in")
    again.client.cookies.set("challenge", cookie)
    assert again.send(SIGN_IN, answer=answer).status_code == 401
    assert signs_in(again, device).status_code == 200


def test_a_challenge_is_good_for_five_minutes(village, owner, device, another):
    for minutes, status in ((5, 200), (5.1, 401)):
        fresh = another()
        fresh.get("/sign-in")
        answer = device.signs(asks(fresh, SIGN_IN))
        village.pass_(minutes=minutes)
        fresh.client.cookies.set("challenge", fresh.client.cookies["challenge"])
        assert fresh.send(SIGN_IN, answer=answer).status_code == status


def test_a_challenge_is_of_one_browser_one_session_and_one_purpose(owner, device, steward, another):
    fresh, other = another(), another()
    for one in (fresh, other):
        one.get("/sign-in")
    answer = device.signs(asks(fresh, SIGN_IN))
    asks(other, SIGN_IN)
    assert other.send(SIGN_IN, answer=answer).status_code == 401
    owner.get("/you")
    answer = device.signs(asks(owner, ADD))  # given for a new one
    other.get("/sign-in")
    other.client.cookies.set("challenge", owner.client.cookies["challenge"])
    assert other.send(SIGN_IN, answer=answer).status_code == 401
    # Of the steward's session, brought to the volunteer's.
    steward.get("/you")
    answer = Authenticator().makes(asks(steward, ADD))
    owner.get("/you")
    owner.client.cookies.set("challenge", steward.client.cookies["challenge"])
    owner.send(ADD, name="Mine", password=PASSWORD, answer=answer)
    assert owner.status == 400


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "http://evil.example"},
        {"origin": "http://localhost:8080"},
        {"origin": "http://sub.localhost"},
        {"origin": "https://localhost"},
        {"rp": "evil.example"},
        {"flags": FLAG.UP},
        {"flags": FLAG.UV},
        {"type": "webauthn.create"},
        {"challenge": bytes(32)},
        {"cross_origin": True},
    ],
    ids=str,
)
def test_what_was_signed_for_anything_else_lets_nobody_in(owner, device, another, wrong):
    fresh = another()
    signs_in(fresh, device, **wrong)
    assert fresh.status == 401
    assert "could not be confirmed" in fresh.page
    assert not is_in(fresh)
    assert signs_in(fresh, device).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [{"origin": "http://evil.example"}, {"rp": "evil.example"}, {"flags": FLAG.UP}],
    ids=str,
)
def test_what_was_made_for_anything_else_is_not_added(volunteer, device, wrong):
    adds(volunteer, device, wrong)
    assert volunteer.status == 400
    volunteer.get("/you")
    assert NAME not in volunteer.page


def test_nobody_signs_in_as_somebody_else(village, owner, device, steward, another):
    mine = Authenticator()
    adds(steward, mine)
    fresh = another()
    # The steward's key under the volunteer's name, and the volunteer's id with the steward's key.
    assert signs_in(fresh, mine, handle=device.handle).status_code == 401
    mine.credential = device.credential
    assert signs_in(fresh, mine, handle=device.handle).status_code == 401
    village.add(OTHER)
    there = another().joins("steward", hub=OTHER, name="Kim")
    theirs = Authenticator()
    adds(there, theirs)
    handle = theirs.handle.replace(OTHER.encode(), device.handle[:36])
    assert signs_in(fresh, theirs, handle=handle).status_code == 401
    assert signs_in(fresh, theirs, handle=b"").status_code == 401
    assert not is_in(fresh)
    signs_in(fresh, theirs)
    fresh.get("/you")
    assert "Kim" in fresh.page


def test_a_copy_is_known_by_its_count(village, owner, device, another):
    signs_in(another(), device)
    device.counter -= 1
    fresh = another()
    signs_in(fresh, device)
    assert fresh.status == 401
    assert "as a copy would be" in fresh.page
    assert not is_in(fresh)
    with village.database.writing() as connection:
        connection.execute(update(Passkey).values(counter=2**32 - 2))
    device.counter = 2**32 - 2
    assert signs_in(another(), device).status_code == 200


def test_wrong_answers_slow_down_the_address_they_come_from_alone(village, owner, device, another):
    stranger = another()
    for _ in range(31):
        stranger.get("/sign-in")
        stranger.send(SIGN_IN, answer="{}")
    assert stranger.status == 429
    village.pass_(seconds=7)
    assert signs_in(another(), device).status_code == 200


@pytest.mark.parametrize(
    "spoil",
    [
        lambda said: [],
        lambda said: said | {"rawId": "!"},
        lambda said: said | {"response": {}},
        lambda said: said | {"response": said["response"] | {"signature": "AAAA"}},
        lambda said: said | {"response": said["response"] | {"authenticatorData": "AAAA"}},
        lambda said: said | {"response": said["response"] | {"clientDataJSON": "AAAA"}},
        lambda said: said | {"response": said["response"] | {"clientDataJSON": 7}},
        lambda said: said | {"response": said["response"] | {"userHandle": "____"}},
        lambda said: said | {"id": "x" * 20_000},
    ],
)
def test_an_answer_that_no_browser_sends_is_refused_like_any_other(owner, device, another, spoil):
    fresh = another()
    fresh.get("/sign-in")
    said = json.loads(device.signs(asks(fresh, SIGN_IN)))
    fresh.send(SIGN_IN, answer=json.dumps(spoil(said)))
    assert fresh.status == 401
    assert "could not be confirmed" in fresh.page


def test_no_name_and_no_credential_stands_in_the_log(owner, device, another, caplog):
    signs_in(another(), device)
    assert "fido2" not in {one.name.partition(".")[0] for one in caplog.records}
    assert device.credential.hex() not in caplog.text
    assert digest(device.credential.hex()) not in caplog.text
