"""Whoever was shut out since the backup stays out when it is restored."""

import pytest
from sqlalchemy import delete, insert, select, update

from sync.server import devices
from sync.server.cli import main
from sync.server.database.backup import back_up
from sync.server.database.models import Account, Feed, Invitation, Session
from sync.server.database.passkey_tables import Passkey
from sync.server.devices import revoke
from sync.server.errors import Answered
from sync.server.restoring import restore
from sync.server.web.accounts import remove
from tests.sync.server.remembered import ANA, INES, LUIS
from tests.sync.server.test_accounts_forgotten import left, signs_in
from tests.sync.server.village import HUB, OTHER

SHUT_OUT = "Devices and volunteers shut out since then are in again"


@pytest.fixture
def file(tmp_path):
    return tmp_path / "yesterday.gz"


def back_to(village, file):
    return restore(village.service.commits, file, village.erased)


def names(village):
    with village.database.reading() as connection:
        return sorted(connection.execute(select(Account.name)).scalars())


def removed(village, name):
    with village.database.writing() as connection:
        account = connection.execute(select(Account.account_id).where(Account.name == name))
        remove(connection, HUB, account.scalar_one())


def feeds(village, *rows):
    """Have these be the feeds of the server, or say which are."""
    with village.database.writing() as connection:
        for hub, secret in rows:
            connection.execute(delete(Feed).where(Feed.hub_id == hub))
            connection.execute(insert(Feed), [{"hub_id": hub, "secret": secret}])
        return dict(connection.execute(select(Feed.hub_id, Feed.secret)).all())


def seen_ms(village, door):
    with village.database.reading() as connection:
        lines = {one.device: one.seen_ms for one in devices.listed(connection)}
    return lines[door.token.split(".")[1]]


def test_a_stolen_door_stays_out_and_the_others_come_in(village, file):
    stolen, k1 = village.door(), village.door(node="0000bbbb")
    device = stolen.who.device
    back_up(village.database, file)
    with village.database.writing() as connection:
        revoke(connection, HUB, device, village.ms)
    since_ms = village.ms
    village.pass_(minutes=5)
    back_to(village, file)
    with pytest.raises(Answered, match="forbidden"):
        stolen.asks()
    assert k1.asks().refused == []
    with village.database.reading() as connection:
        lines = {one.device: one.revoked_ms for one in devices.listed(connection)}
    assert lines == {device: since_ms, k1.who.device: 0}


def test_a_door_that_was_paired_since_stays_in_and_offers_all_it_holds(village, file):
    k1 = village.door()
    back_up(village.database, file)
    village.pass_(minutes=60)
    k2 = village.door(node="0000bbbb")
    k2.asks(k2.wrote("visit", how="count"))
    seen = seen_ms(village, k2)
    assert back_to(village, file).paired_since == ("0000bbbb",)
    assert seen_ms(village, k2) == seen
    with pytest.raises(Answered, match="reset"):
        k2.asks()
    k2.cursor = ""
    k2.asks(*k2.holds.values())
    assert k1.asks().records == list(k2.holds.values())


def test_a_door_that_was_paired_and_revoked_since_is_told_so(village, file):
    back_up(village.database, file)
    stolen = village.door()
    with village.database.writing() as connection:
        revoke(connection, HUB, stolen.who.device, village.ms)
    assert back_to(village, file).paired_since == ()
    with pytest.raises(Answered, match="forbidden"):
        stolen.asks()


def test_a_removed_volunteer_stays_out_with_all_that_was_kept_of_them(village, file):
    signs_in(village, LUIS, "Luis", "steward")
    signs_in(village, ANA, "Ana")
    back_up(village.database, file)
    removed(village, "Ana")
    assert back_to(village, file).with_former_volunteers == ()
    assert names(village) == ["Luis"]
    assert left(village) == [1, 0, 0, 1]


def test_an_old_password_and_a_former_role_stay_old_and_former(village, file):
    signs_in(village, LUIS, "Luis", "steward")
    signs_in(village, ANA, "Ana", "steward")
    back_up(village.database, file)
    of_ana = update(Account).where(Account.name == "Ana")
    with village.database.writing() as connection:
        connection.execute(of_ana.values(password_hash="another", role="volunteer"))
    back_to(village, file)
    with village.database.reading() as connection:
        kept = select(Account.password_hash, Account.role).where(Account.name == "Ana")
        assert tuple(connection.execute(kept).one()) == ("another", "volunteer")


def test_no_browser_is_signed_in_and_no_link_works_that_did_when_it_was_backed_up(village, file):
    signs_in(village, LUIS, "Luis", "steward")
    back_up(village.database, file)
    with village.database.writing() as connection:
        connection.execute(delete(Session))
        connection.execute(delete(Invitation))
    back_to(village, file)
    assert left(village) == [1, 0, 0, 1]


def test_a_passkey_that_was_removed_stays_away_and_the_others_work_on(village, file):
    signs_in(village, LUIS, "Luis", "steward")
    signs_in(village, ANA, "Ana")
    back_up(village.database, file)
    with village.database.writing() as connection:
        connection.execute(delete(Passkey).where(Passkey.name == "Ana"))
    back_to(village, file)
    with village.database.reading() as connection:
        assert connection.execute(select(Passkey.name)).scalars().all() == ["Luis"]
    assert names(village) == ["Ana", "Luis"]


def test_a_hub_that_would_be_left_without_a_steward_has_its_former_volunteers_back(village, file):
    """As on a new machine, on which somebody came in before they thought of the backup."""
    signs_in(village, LUIS, "Luis", "steward")
    signs_in(village, ANA, "Ana")
    back_up(village.database, file)
    signs_in(village, INES, "Inés", "steward")
    removed(village, "Luis")
    assert back_to(village, file).with_former_volunteers == (HUB,)
    assert names(village) == ["Ana", "Luis"]


def test_a_hub_that_had_no_steward_before_either_has_nobody_back_of_whom_to_tell(village, file):
    signs_in(village, ANA, "Ana")
    back_up(village.database, file)
    assert back_to(village, file).with_former_volunteers == ()
    assert names(village) == ["Ana"]


def test_feed_addresses_that_were_renewed_stay_so(village, file):
    village.add(OTHER)
    feeds(village, (HUB, "old"))
    back_up(village.database, file)
    feeds(village, (HUB, "new"), (OTHER, "first"))
    back_to(village, file)
    assert feeds(village) == {HUB: "new", OTHER: "first"}


def test_what_a_hub_had_that_is_in_no_backup_keeps_nothing_from_coming_back(village, file):
    back_up(village.database, file)
    village.add(OTHER)
    feeds(village, (OTHER, "first"))
    village.door(OTHER)
    back_to(village, file)
    assert feeds(village) == {}


def test_what_was_not_renewed_is_as_it_was(village, file):
    feeds(village, (HUB, "old"))
    back_up(village.database, file)
    with village.database.writing() as connection:
        connection.execute(delete(Feed))
    back_to(village, file)
    assert feeds(village) == {HUB: "old"}


def test_the_operator_is_told_who_may_be_in_again(village, file, url, tmp_path, capsys):
    def restores(database):
        where = ["--database", database, "--settings", str(tmp_path / "server.toml")]
        assert main(["restore", str(file), "--yes", *where]) == 0
        return capsys.readouterr().out

    signs_in(village, LUIS, "Luis", "steward")
    back_up(village.database, file)
    village.door()
    told = restores(url)
    assert "Paired since the backup, and still so: 0000aaaa." in told
    assert "Everybody signs in anew" in told
    assert SHUT_OUT not in told
    with village.database.writing() as connection:
        connection.execute(update(Account).values(account_id="another"))
    assert f"Nobody of hub {HUB} could invite anybody" in restores(url)
    assert SHUT_OUT in restores(f"sqlite:///{tmp_path / 'a-new-machine.db'}")
