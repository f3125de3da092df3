"""What volunteers do on the pages of the activity, and what is kept of it."""

from sqlalchemy import select

from sync.server.database.models import Account, Activity
from tests.sync.server.village import HUB
from tests.sync.server.web.browser import Forms


def links(browser):
    return Forms(browser.page).links


def edits(browser, notice, **typed):
    browser.get(notice)
    browser.send(notice, **typed)
    assert browser.status == 200, browser.page
    return browser


def changes(browser, query=""):
    """The addresses of the changes that are listed, the latest first."""
    browser.get(f"/activity{query}")
    return [one for one in links(browser) if one.startswith("/activity/")]


def undoes(browser, change):
    browser.get(change)
    return browser.send(f"{change}/undo")


def fields(door, kind="notice"):
    door.catches_up()
    (found,) = [body["fields"] for (what, _), body in door.holds.items() if what == kind]
    return found


def undoes_anyway(browser, change):
    """Send the form of a page that does not offer it any more."""
    browser.get("/you")
    token = browser.form("/you/password").said["token"]
    return browser.post(f"{change}/undo", {"token": token}).status_code


def kept(village):
    with village.database.reading() as connection:
        return str(connection.execute(select(Activity).where(Activity.hub_id == HUB)).all())


def person_of(village, name):
    with village.database.reading() as connection:
        return connection.execute(
            select(Account.person).where(Account.hub_id == HUB, Account.name == name)
        ).scalar_one()
