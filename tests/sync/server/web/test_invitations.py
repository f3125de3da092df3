"""Invitations that end before their week: taken back, or overtaken by a new password."""

from sync.server.web.accounts import by_name, invite
from tests.sync.server.village import HUB
from tests.sync.server.web.browser import PASSWORD


def link_for(village, name=""):
    """The path of a link for a new password, or, of no name, for somebody new."""
    with village.database.writing() as connection:
        account, _hash = by_name(connection, HUB, name) or ("", "")
        code = invite(connection, HUB, "volunteer", village.ms, account=account)
    return f"/welcome/{code}"


def is_open(another, *links):
    return [another().get(link).status_code == 200 for link in links]


def test_an_invitation_that_is_taken_back_lets_nobody_in(village, steward, another):
    gone, stays = link_for(village), link_for(village)
    invitation = gone.split(".")[1]
    steward.get("/volunteers")
    steward.send(f"/volunteers/invitations/{invitation}/end")
    assert (steward.at, "works no more" in steward.page) == ("/volunteers", True)
    assert invitation not in steward.page
    assert is_open(another, gone, stays) == [False, True]
    steward.get("/activity?show=volunteers")
    assert "Inés Vidal took back an invitation" in steward.page


def test_a_link_that_was_used_ends_the_others_of_its_account_alone(
    village, steward, volunteer, another
):
    used, other = link_for(village, "Tomás Herrero"), link_for(village, "Tomás Herrero")
    hers, new = link_for(village, "Inés Vidal"), link_for(village)
    fresh = another()
    fresh.get(used)
    assert fresh.send(used, password="a third kettle").status_code == 200
    assert is_open(another, used, other, hers, new) == [False, False, True, True]


def test_a_new_password_ends_the_links_for_another_one(village, steward, volunteer, another):
    his, hers, new = (link_for(village, name) for name in ("Tomás Herrero", "Inés Vidal", ""))
    volunteer.get("/you")
    volunteer.send("/you/password", password=PASSWORD, new_password="another kettle")
    assert is_open(another, his, hers, new) == [False, True, True]
