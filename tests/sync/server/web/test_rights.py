"""Who may do what: every page by every sort of visitor. A new page without its line here fails."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import func, insert, select

from sync.server.app import make_app
from sync.server.database import calendars
from sync.server.database.models import Account, Activity, Device, Session
from sync.server.database.passkey_tables import Passkey
from sync.server.web.accounts import invite
from sync.server.web.feeds.secret import renew
from tests.sync.server.village import HUB, OTHER
from tests.sync.server.web.browser import browsers
from tests.sync.server.web.passkeys.authenticator import Authenticator
from tests.sync.server.web.rights import RIGHTS, pages

ROLES = ("anonymous", "expired", "other hub", "volunteer", "steward")
MADE_UP = "0123456789abcdef"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, blank, tmp_path):
    if request.param == "sqlite":
        import shutil

        shutil.copy(blank, tmp_path / "server.db")
        return f"sqlite:///{tmp_path / 'server.db'}"
    return request.getfixturevalue("cluster")


@pytest.fixture
def visitors(village):
    """A browser of each sort; whoever is expired was signed in two months ago."""
    village.public_url = "http://localhost"  # without one there are no passkeys
    with browsers(village) as another:
        found = {"anonymous": another(), "expired": another().joins("steward", name="Old")}
        village.pass_(days=60)
        village.add(OTHER)
        found["other hub"] = another().joins("steward", OTHER, name="Elsewhere")
        found["volunteer"] = another().joins("volunteer", name="Tomás")
        found["steward"] = another().joins("steward", name="Inés")
        yield found


def things(village):
    """Something of each sort in the first hub, by the name that paths give it."""
    door = village.door()
    notice, person = notice_at(door), door.wrote("person", name="Rosa")
    room = door.wrote("room", name__en="Willow")
    booking = door.booked(room["id"], "2027-02-01T18:00:00")
    day = door.wrote("closed_day", date="2027-02-02", room="hub")
    yes = door.wrote("welcomer", date="2026-12-02", person=person["id"], yes=True)
    door.asks(person, room, booking, day, yes)
    at = {"tried_ms": village.ms, "next_ms": village.ms + calendars.LEASE_MS}
    listened = calendars.Subscription(
        HUB, MADE_UP, room["id"], "Choir", "en", "https://choir.example/x.ics", **at
    )
    with village.database.writing() as connection:
        calendars.add(connection, listened)
        code = invite(connection, HUB, "volunteer", village.ms)
        account = connection.execute(
            select(Account.account_id).where(Account.hub_id == HUB, Account.name == "Tomás")
        ).scalar_one()
        session = connection.execute(
            select(Session.session_id).where(Session.hub_id == HUB, Session.account_id == account)
        ).scalar_one()
        passkey = {"hub_id": HUB, "passkey_id": MADE_UP, "account_id": account}
        connection.execute(insert(Passkey), [passkey | {"data": Authenticator().data}])
        device = connection.execute(select(Device.device_id).where(Device.hub_id == HUB)).scalars()
        return {
            "hub": HUB,
            "secret": renew(connection, HUB, village.ms),
            "code": code,
            "invitation": code.split(".")[1],
            "account": account,
            "session": session,
            "passkey": MADE_UP,
            "device": device.first(),
            "name": "pages.css",
            "notice": notice,
            "person": person["id"],
            "room": room["id"],
            "booking": booking["id"],
            # Changes are numbered in each hub: the other one has not come so far.
            "change": connection.execute(
                select(func.max(Activity.entry)).where(Activity.hub_id == HUB)
            ).scalar_one(),
            "calendar": MADE_UP,
            "day": day["id"],
            "yes": yes["id"],
        }


def notice_at(door):
    notice = door.wrote("notice", title__en="Soup", first_day="2026-11-20", last_day="2026-12-01")
    door.asks(notice)
    return notice["id"]


def outcome(browser, method, path, *, token):
    """Ask for a page, and return how it was answered."""
    form = {"token": token} if token else {}
    answer = browser.client.request(
        method,
        path,
        data=form if method != "GET" else None,
        headers={"Origin": "http://testserver.local"},
        follow_redirects=False,
    )
    if answer.status_code == 303 and answer.headers["location"].startswith("/sign-in?next="):
        return "sign in first"
    if answer.status_code >= 500:
        return "broken"
    return {403: "not yours", 404: "not there"}.get(answer.status_code, "let in")


def token_of(browser):
    browser.get("/you")
    found = [form.said["token"] for form in browser.forms() if form.said.get("token")]
    return found[0] if found else ""


def expected(line, who):
    if line.needs == "anybody":
        return "let in"
    if who in {"anonymous", "expired"}:
        return "sign in first"
    if line.needs == "steward" and who == "volunteer":
        return "not yours"
    # Whatever is named by its id is another hub's own business.
    return "not there" if who == "other hub" and line.is_of_hub else line.answers or "let in"


def test_every_page_has_its_line_and_every_line_its_page(village):
    assert pages(make_app(village.service)) == RIGHTS.keys()


@pytest.mark.parametrize("who", ROLES)
def test_each_page_lets_in_whom_it_should_and_nobody_else(village, visitors, who):
    found, browser = things(village), visitors[who]
    token = token_of(browser)
    said, meant = {}, {}
    for (method, path), line in RIGHTS.items():
        if line.ends_it:  # it would end what the others need: tried alone
            continue
        said[method, path] = outcome(browser, method, path.format(**found), token=token)
        meant[method, path] = expected(line, who)
    assert said == meant


@pytest.mark.parametrize("who", ROLES)
def test_what_ends_something_does_it_for_nobody_else_either(village, visitors, who):
    found, browser = things(village), visitors[who]
    token = token_of(browser)
    for (method, path), line in RIGHTS.items():
        if line.ends_it and expected(line, who) != "let in":
            said = outcome(browser, method, path.format(**found), token=token)
            assert (path, said) == (path, expected(line, who))


def test_what_is_not_there_is_not_there_for_a_steward_either(village, visitors):
    browser = visitors["steward"]
    token = token_of(browser)
    for (method, path), line in RIGHTS.items():
        if line.is_of_hub:
            made_up = dict.fromkeys(things_named(path), MADE_UP)
            assert (path, outcome(browser, method, path.format(**made_up), token=token)) == (
                path,
                "not there",
            )


def things_named(path):
    return re.findall(r"\{(\w+)\}", path)
