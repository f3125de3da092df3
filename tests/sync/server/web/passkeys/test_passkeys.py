"""Passkeys: added with the password, signing in without it, gone with their owner."""

import re

from sqlalchemy import select

from sync.server.database.models import Account
from sync.server.database.passkey_tables import Passkey
from sync.server.web.accounts import invite
from tests.sync.server.web.browser import PASSWORD, browsers
from tests.sync.server.web.passkeys.asking import ADD, NAME, SIGN_IN, adds, asks, is_in, signs_in
from tests.sync.server.web.passkeys.authenticator import Authenticator


def test_a_passkey_signs_in_without_name_and_password(owner, device, another):
    assert NAME in owner.page
    assert "Not used yet" in owner.page
    fresh = another()
    signs_in(fresh, device)
    assert (fresh.status, fresh.at) == (200, "/notices")
    fresh.get("/you")
    assert "Tomás Herrero" in fresh.page
    assert "Not used yet" not in fresh.page
    assert fresh.page.count("/sessions/") == 1  # the other browser is listed, and can be ended
    owner.get("/you")
    owner.send(next(f.action for f in owner.forms() if f.action.endswith("/end")))
    assert not is_in(fresh)


def test_it_leads_on_to_the_page_that_was_asked_for_and_to_no_other_site(owner, device, another):
    for wanted, led in (("/rooms", "/rooms"), ("//evil.example/", "/notices")):
        fresh = another()
        fresh.get(f"/sign-in?next={wanted}")
        answer = device.signs(asks(fresh, SIGN_IN))
        fresh.send(SIGN_IN, answer=answer)
        assert fresh.at == led


def test_the_device_must_know_its_owner_and_keep_the_passkey(owner):
    options = asks(owner, ADD)["publicKey"]
    chosen = options["authenticatorSelection"]
    assert (chosen["userVerification"], chosen["residentKey"]) == ("required", "required")
    assert options["rp"]["id"] == "localhost"
    assert len(options["excludeCredentials"]) == 1
    assert "Tomás" not in options["user"]["id"]


def test_a_sign_in_page_says_of_nobody_whether_they_have_one(another):
    stranger = another()
    stranger.get("/sign-in")
    options = asks(stranger, SIGN_IN)["publicKey"]
    assert options["userVerification"] == "required"
    assert "allowCredentials" not in options


def test_a_removed_passkey_signs_nobody_in(owner, device, another):
    owner.get("/you")
    owner.send(next(f.action for f in owner.forms() if f.action.endswith("/remove")))
    assert "The passkey is removed." in owner.page
    fresh = another()
    signs_in(fresh, device)
    assert fresh.status == 401
    assert not is_in(fresh)


def test_nobody_removes_somebody_else_s(owner, steward):
    path = next(f.action for f in owner.forms() if f.action.endswith("/remove"))
    steward.get("/you")
    token = steward.form("/you/password").said["token"]
    assert steward.post(path, {"token": token}).status_code == 404
    assert NAME in owner.get("/you").text


def test_signed_out_everywhere_since_a_phone_was_lost_its_passkey_signs_nobody_in(
    owner, device, steward, another
):
    page = steward.get("/volunteers").text
    (theirs, *_others) = re.findall(r"/volunteers/\w+/sign-out", page.split("Tomás Herrero")[1])
    steward.send(theirs)
    assert "only the password signs in now" in steward.page
    assert not is_in(owner)
    assert signs_in(another(), device).status_code == 401


def test_a_volunteer_who_was_removed_has_no_passkey(village, owner, device, steward, another):
    with village.database.reading() as connection:
        theirs = connection.execute(
            select(Account.account_id).where(Account.name == "Tomás Herrero")
        ).scalar_one()
    steward.get("/volunteers")
    steward.send(f"/volunteers/{theirs}/remove")
    fresh = another()
    assert signs_in(fresh, device).status_code == 401
    with village.database.reading() as connection:
        assert connection.execute(select(Passkey.name)).all() == []


def test_who_was_erased_as_a_person_comes_in_no_more(village, owner, device, another):
    with village.database.reading() as connection:
        person = connection.execute(
            select(Account.person).where(Account.name == "Tomás Herrero")
        ).scalar_one()
    door = village.door()
    door.asks({"kind": "person", "id": person, "erased": str(door.reading())})
    fresh = another()
    signs_in(fresh, device)
    assert not is_in(fresh)


def test_a_new_password_by_a_link_ends_the_passkeys_a_changed_one_does_not(
    village, owner, device, another
):
    owner.get("/you")
    owner.send("/you/password", password=PASSWORD, new_password="a third kettle")
    assert "your passkeys still sign you in" in owner.page
    assert signs_in(another(), device).status_code == 200
    with village.database.writing() as connection:
        account = connection.execute(
            select(Account.account_id).where(Account.name == "Tomás Herrero")
        ).scalar_one()
        code = invite(connection, village.hub, "volunteer", village.ms, account=account)
    fresh = another()
    fresh.get(f"/welcome/{code}")
    fresh.send(f"/welcome/{code}", password="a fourth kettle")
    assert signs_in(another(), device).status_code == 401


def test_it_takes_the_password_and_a_name_to_add_one(volunteer, device):
    for typed, sentence in (
        ({"password": "a wrong kettle"}, "do not belong together"),
        ({"name": "  "}, "needs a name"),
        ({"name": "x" * 61}, "longer than 60"),
        ({"answer": ""}, "could not be confirmed"),
    ):
        adds(volunteer, device, **typed)
        assert volunteer.status == 400
        assert sentence in volunteer.page, volunteer.page
    assert volunteer.page.count('class="stop">Remove') == 0


def test_one_device_has_one_and_nobody_more_than_ten(village, owner, device):
    adds(owner, device)
    assert "is here already" in owner.page
    for _ in range(9):
        village.pass_(minutes=1)  # guessing at the password is slow
        adds(owner, Authenticator())
        assert owner.status == 200
    adds(owner, Authenticator())
    assert "You have 10 passkeys" in owner.page


def test_a_server_without_an_address_of_its_own_has_none_and_says_so(village, device):
    with browsers(village) as opens:
        browser = opens().joins("volunteer")
        browser.get("/you")
        assert "once this server is told its own address" in browser.page
        token = browser.form("/you/password").said["token"]
        for path in (f"{ADD}/challenge", ADD, f"{SIGN_IN}/challenge", SIGN_IN):
            assert browser.post(path, {"token": token}).status_code == 404


def test_without_scripts_both_pages_say_that_the_password_works(volunteer, another):
    stranger = another()
    for browser, path in ((volunteer, "/you"), (stranger, "/sign-in")):
        page = browser.get(path).text
        assert '<p class="quiet no-js">Passkeys need scripts' in page
        assert 'class="only-js" data-passkey' in page
