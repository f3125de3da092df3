"""deploy/server/ha: what three machines are told, from one file that an operator writes."""

import stat
import subprocess
import tomllib

import pytest
import yaml
from sqlalchemy import make_url

from deploy.server.ha.cluster import PASSWORDS, Cluster, NotACluster
from deploy.server.plan import ELSEWHERE, TREE

HA = TREE / "deploy" / "server" / "ha"
GIVEN = (HA / "cluster.toml").read_text("utf-8")
FILLED = tomllib.loads(GIVEN) | {"passwords": {which: f"{which}{'0' * 20}" for which in PASSWORDS}}
CLUSTER = Cluster.read(FILLED)


def patroni(name):
    return yaml.safe_load(CLUSTER.files_of(name)["/etc/patroni/config.yml"][0])


def test_every_machine_knows_the_other_two_and_itself():
    for name, address in CLUSTER.machines.items():
        told = patroni(name)
        assert (told["name"], told["postgresql"]["connect_address"]) == (name, f"{address}:5432")
        assert told["etcd3"]["hosts"] == "10.20.0.11:2379,10.20.0.12:2379,10.20.0.13:2379"
        etcd = CLUSTER.files_of(name)["/etc/default/etcd"][0]
        assert f"ETCD_LISTEN_CLIENT_URLS=http://{address}:2379\n" in etcd


def test_a_commit_waits_for_a_second_disk_and_only_who_has_all_may_lead():
    dcs = patroni("one")["bootstrap"]["dcs"]
    assert dcs["synchronous_mode"] is True
    assert dcs["synchronous_mode_strict"] is True
    assert dcs["postgresql"]["parameters"]["synchronous_commit"] == "on"
    assert dcs["loop_wait"] + 2 * dcs["retry_timeout"] <= dcs["ttl"]  # Patroni's own rule


def test_each_is_let_in_by_its_own_name_from_its_own_address_alone():
    lines = patroni("two")["postgresql"]["pg_hba"]
    assert lines[0] == "local all postgres peer"
    assert all(line.endswith("/32 scram-sha-256") for line in lines[1:])
    assert [line.split()[1:4] for line in lines[-2:]] == [
        ["commons-server", "commons-server", "10.20.0.1/32"],
        ["commons-server", "commons-server", "10.20.0.2/32"],
    ]


def test_the_servers_are_told_of_all_three_and_ask_the_one_that_takes_writes():
    assert ELSEWHERE.fullmatch(CLUSTER.database)
    url = make_url(CLUSTER.database)
    assert url.query["host"] == "10.20.0.11,10.20.0.12,10.20.0.13"
    assert url.query["port"].split(",") == ["5432"] * 3
    assert url.query["target_session_attrs"] == "read-write"
    assert {"connect_timeout", "tcp_user_timeout", "keepalives_idle"} <= url.query.keys()


@pytest.mark.parametrize(
    ("odd", "reason"),
    [
        ({"name": "two words"}, "name"),
        ({"postgresql": 9}, "postgresql"),
        ({"machines": {"one": "10.0.0.1", "two": "10.0.0.2"}}, "3 of them"),
        ({"machines": {"one": "10.0.0.1", "two": "10.0.0.2", "three": "10.0.0.1"}}, "the same"),
        ({"machines": {"one": "a", "two": "10.0.0.2", "three": "10.0.0.1"}}, "an IPv4 address"),
        ({"servers": []}, "servers"),
        ({"passwords": FILLED["passwords"] | {"rewind": "it's; short"}}, "rewind"),
        ({"passwords": FILLED["passwords"] | {"rewind": FILLED["passwords"]["server"]}}, "its own"),
    ],
)
def test_what_cannot_be_a_cluster_is_said_in_a_sentence(odd, reason):
    with pytest.raises(NotACluster, match=reason):
        Cluster.read(FILLED | odd)


def test_the_file_as_it_is_given_says_that_passwords_are_missing():
    with pytest.raises(NotACluster) as found:
        Cluster.read(tomllib.loads(GIVEN))
    assert len(found.value.reasons) == len(PASSWORDS)


def test_no_machine_has_a_word_that_was_not_filled_in():
    for name in CLUSTER.machines:
        for path, (text, _mode) in CLUSTER.files_of(name).items():
            assert "${" not in text, path
            assert all(word == '"$1"' for word in text.split() if "$" in word), path


def test_secrets_are_read_by_their_owner_alone(tmp_path):
    written = GIVEN
    for which, secret in CLUSTER.passwords.items():
        written = written.replace(f'{which} = ""', f'{which} = "{secret}"')
    (tmp_path / "cluster.toml").write_text(written)
    ran = subprocess.run(
        [HA / "render", tmp_path / "cluster.toml", tmp_path / "made"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    files = [one for one in (tmp_path / "made").rglob("*") if one.is_file()]
    assert sorted(ran.stdout.split()) == sorted(map(str, files))
    for one in files:
        if any(secret in one.read_text() for secret in CLUSTER.passwords.values()):
            assert not stat.S_IMODE(one.stat().st_mode) & 0o077, one
