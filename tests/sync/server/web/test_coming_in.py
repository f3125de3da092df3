"""Invitations, passwords, sessions: who comes in, who does not, and that somebody always can."""

from sqlalchemy import select

from sync.server.database.models import Account, Invitation, Session
from sync.server.web import passwords
from sync.server.web.accounts import invite
from sync.server.web.visit import Pages
from tests.sync.server.village import HUB, OTHER
from tests.sync.server.web.browser import PASSWORD


def test_an_invitation_makes_an_account_and_signs_in(browser):
    browser.joins(name="Inés Vidal")
    assert browser.at == "/notices" or browser.get("/you").status_code == 200
    assert "Inés Vidal" in browser.page


def test_who_joins_is_a_person_of_the_hub_that_every_door_hears_of(village, browser):
    door = village.door().catches_up()
    browser.joins(name="Inés  Vidal")
    door.catches_up()
    people = [body["fields"] for (kind, _), body in door.holds.items() if kind == "person"]
    assert [(one["name"], one["kind"]) for one in people] == [("Inés Vidal", "volunteer")]


def test_an_invitation_works_once(village, browser, another):
    with village.database.writing() as connection:
        code = invite(connection, HUB, "volunteer", village.ms)
    browser.get(f"/welcome/{code}")
    browser.send(f"/welcome/{code}", name="Ana", password=PASSWORD)
    assert another().get(f"/welcome/{code}").status_code == 404


def test_an_invitation_ends_after_a_week(village, browser):
    with village.database.writing() as connection:
        code = invite(connection, HUB, "volunteer", village.ms)
    village.pass_(days=7, seconds=1)
    assert browser.get(f"/welcome/{code}").status_code == 404


def test_a_short_password_is_refused_with_the_reason_and_the_link_still_works(village, browser):
    with village.database.writing() as connection:
        code = invite(connection, HUB, "volunteer", village.ms)
    browser.get(f"/welcome/{code}")
    browser.send(f"/welcome/{code}", name="Ana", password="kettle")
    assert browser.status == 400
    assert "10 letters or more" in browser.page
    assert browser.send(f"/welcome/{code}", name="Ana", password=PASSWORD).status_code == 200


def test_two_volunteers_of_one_name_are_told_apart_at_once(village, steward, another):
    with village.database.writing() as connection:
        code = invite(connection, HUB, "volunteer", village.ms)
    second = another()
    second.get(f"/welcome/{code}")
    second.send(f"/welcome/{code}", name="inés  VIDAL", password=PASSWORD)
    assert second.status == 400
    assert "has this name already" in second.page


def test_signing_in_again_takes_the_name_however_it_is_written(steward, another):
    again = another()
    again.signs_in("  inés vidal ")
    assert again.get("/you").status_code == 200


def test_a_wrong_password_and_a_wrong_name_are_told_alike(steward, another):
    one, other = another(), another()
    one.signs_in(password="not the kettle")
    other.signs_in(name="Nobody")
    assert one.status == other.status == 401
    assert "do not belong together" in one.page
    assert "do not belong together" in other.page


def test_signing_out_ends_the_session_for_good(steward):
    cookie = dict(steward.client.cookies)
    steward.get("/you")
    steward.send("/sign-out")
    steward.client.cookies.update(cookie)
    steward.get("/you")
    assert steward.at == "/sign-in"


def test_a_session_that_nobody_uses_for_a_month_has_ended(village, steward):
    village.pass_(days=29)
    steward.get("/you")
    assert steward.at == "/you"
    village.pass_(days=31)
    steward.get("/you")
    assert steward.at == "/sign-in"


def test_even_a_session_in_daily_use_ends_after_half_a_year(village, steward):
    for _ in range(8):
        village.pass_(days=25)
        steward.get("/you")
    assert steward.at == "/sign-in"


def test_another_browser_can_be_signed_out_from_here(steward, another):
    lost = another()
    lost.signs_in()
    steward.get("/you")
    ends = [form.action for form in steward.forms() if form.action.endswith("/end")]
    assert len(ends) == 1
    steward.send(ends[0])
    lost.get("/you")
    assert lost.at == "/sign-in"


def test_a_new_password_ends_every_other_session(steward, another):
    lost = another()
    lost.signs_in()
    steward.get("/you")
    steward.send("/you/password", password=PASSWORD, new_password="another kettle")
    lost.get("/you")
    assert (steward.at, lost.at) == ("/you", "/sign-in")
    lost.signs_in(password="another kettle")
    assert lost.status == 200


def test_only_hashes_are_kept_of_passwords_and_cookies(village, steward):
    with village.database.reading() as connection:
        kept = connection.execute(select(Account.password_hash)).scalar_one()
        session = connection.execute(select(Session.secret_hash)).scalar_one()
    assert kept.startswith("$argon2id$")
    assert session not in steward.client.cookies["session"]


def test_a_password_is_hashed_with_argon2id_at_a_cost(monkeypatch):
    monkeypatch.undo()
    kept = passwords.hashed(PASSWORD)
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert passwords.fits(kept, PASSWORD)
    assert not passwords.fits(kept, PASSWORD + ".")
    assert not passwords.fits(passwords.NOBODY, PASSWORD)


def test_guessing_slows_down_strangers_and_never_the_volunteers_own_browser(
    village, steward, another
):
    stranger = another()
    for _ in range(6):
        stranger.signs_in(password="a wrong kettle")
    assert stranger.status == 429
    assert another().signs_in().status_code == 429  # a browser nobody knows waits as well
    steward.get("/you")
    steward.send("/sign-out")
    assert steward.signs_in().status_code == 200


def test_guessing_at_one_name_slows_down_no_other(village, steward, volunteer, another):
    stranger = another()
    for _ in range(6):
        stranger.signs_in(password="a wrong kettle")
    assert another().signs_in("Tomás Herrero").status_code == 200


def test_who_is_slowed_down_is_let_in_after_a_minute(village, steward, another):
    stranger = another()
    for _ in range(6):
        stranger.signs_in(password="a wrong kettle")
    village.pass_(seconds=61)
    assert stranger.signs_in().status_code == 200


def test_a_cookie_made_up_makes_no_browser_known(village, steward, another):
    stranger = another()
    stranger.client.cookies.set("browser", f"{'0' * 16}.{'0' * 40}")
    for _ in range(6):
        stranger.signs_in(password="a wrong kettle")
    assert stranger.status == 429


def test_a_link_lets_in_who_forgot_the_password(village, steward, volunteer, another):
    steward.get("/volunteers")
    link = next(
        form.action
        for form in steward.forms()
        if form.action.endswith("/link")
        and form.action.split("/")[2] in account_of(village, "Tomás Herrero")
    )
    steward.send(link)
    code = steward.page.split('id="link">')[1].split("<")[0].rsplit("/", 1)[1]
    fresh = another()
    fresh.get(f"/welcome/{code}")
    fresh.send(f"/welcome/{code}", password="a third kettle")
    fresh.get("/you")
    assert "Tomás Herrero" in fresh.page
    volunteer.get("/you")
    assert volunteer.at == "/sign-in"


def account_of(village, name):
    with village.database.reading() as connection:
        return connection.execute(
            select(Account.account_id).where(Account.name == name)
        ).scalar_one()


def test_the_last_steward_cannot_be_removed_nor_made_a_volunteer(village, steward):
    mine = account_of(village, "Inés Vidal")
    for what, typed in (("remove", {}), ("role", {"role": "volunteer"})):
        steward.get("/volunteers")
        steward.send(f"/volunteers/{mine}/{what}", **typed)
        assert steward.status == 400
        assert "last steward" in steward.page


def test_a_removed_volunteer_is_out_at_once(village, steward, volunteer):
    theirs = account_of(village, "Tomás Herrero")
    steward.get("/volunteers")
    steward.send(f"/volunteers/{theirs}/remove")
    volunteer.get("/you")
    assert volunteer.at == "/sign-in"


def test_who_was_erased_as_a_person_has_no_account_any_more(village, steward, volunteer):
    with village.database.reading() as connection:
        person = connection.execute(
            select(Account.person).where(Account.name == "Tomás Herrero")
        ).scalar_one()
    door = village.door()
    stamp = str(door.reading())
    door.asks({"kind": "person", "id": person, "erased": stamp})
    volunteer.get("/you")
    assert volunteer.at == "/sign-in"
    Pages(village.service).sweep()
    with village.database.reading() as connection:
        assert connection.execute(select(Account.name)).scalars().all() == ["Inés Vidal"]


def test_the_name_on_an_invitation_that_nobody_used_goes_with_it(village):
    def names():
        with village.database.reading() as connection:
            return connection.execute(select(Invitation.name)).scalars().all()

    with village.database.writing() as connection:
        invite(connection, HUB, "volunteer", village.ms, name="Rosa Núñez")
    village.pass_(days=7)
    Pages(village.service).sweep()
    assert names() == ["Rosa Núñez"]
    village.pass_(seconds=1)
    Pages(village.service).sweep()
    assert names() == []


def test_on_a_server_of_several_hubs_the_name_of_the_hub_is_asked(village, steward, another):
    village.add(OTHER)
    stranger = another()
    stranger.get("/sign-in")
    assert "house" in stranger.form("/sign-in").said
    stranger.send("/sign-in", house="no such house", name="Inés Vidal", password=PASSWORD)
    assert stranger.status == 401


def test_a_browser_that_was_here_knows_its_hub(village, steward):
    village.add(OTHER)
    steward.get("/you")
    steward.send("/sign-out")
    assert steward.signs_in().status_code == 200
