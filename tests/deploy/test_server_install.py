"""deploy/server/install: the plan, on a machine that is only a folder."""

import re
import stat
import subprocess
from dataclasses import replace
from itertools import count

import pytest
import yaml

from deploy.machine.steps import Check, NotReady, apply, look, take_back
from deploy.server.plan import (
    BACKUP_REACHES,
    DATA,
    Wish,
    arguments,
    checks_of,
    files_of,
    steps_of,
    wish_of,
)
from sync.server.files import MAX_PHOTO_BYTES
from tests.deploy.pretend import ROOT, PowerCut, cut_after, debian, everything

WISH = Wish("hub.example", "0.1.0")


def quiet(_line):
    """Nobody watches."""


def test_a_second_run_finds_everything_done(tmp_path):
    machine = debian(tmp_path)
    steps = steps_of(machine, WISH)
    wanting = [s for s in steps if not re.search("run what was|have no file", s.says)]
    assert apply(steps, quiet) == len(wanting)
    before, calls = everything(machine), list(machine.called)
    assert apply(steps, quiet) == 0
    assert (everything(machine), machine.called) == (before, calls)


def test_a_dry_run_says_each_step_and_changes_nothing(tmp_path):
    machine, said = debian(tmp_path), []
    before = everything(machine)
    assert apply(steps_of(machine, WISH), said.append, dry_run=True) > 10
    assert everything(machine) == before
    assert machine.called == []
    assert "would  have the account commons-server" in said


def test_wherever_the_power_goes_the_next_run_ends_as_if_it_had_stayed(tmp_path):
    whole = debian(tmp_path / "whole")
    apply(steps_of(whole, WISH), quiet)
    for nth in count():
        machine = debian(tmp_path / f"{nth}")
        try:
            apply(steps_of(machine, WISH), quiet, after=cut_after(nth))
        except PowerCut:
            apply(steps_of(machine, WISH), quiet)
        else:
            break
        assert everything(machine) == everything(whole)
        assert machine.facts == whole.facts
    assert nth > 10


def test_a_version_that_the_power_cut_short_is_begun_anew(tmp_path):
    machine = debian(tmp_path)
    half = machine.at("/opt/commons-server/0.1.0/half")
    half.parent.mkdir(parents=True)
    half.touch()
    apply(steps_of(machine, WISH), quiet)
    assert not half.exists()
    assert (half.parent / "whole").read_text() == "0.1.0"


def test_a_later_version_stands_beside_the_one_that_runs(tmp_path):
    machine = debian(tmp_path)
    apply(steps_of(machine, WISH), quiet)
    apply(steps_of(machine, replace(WISH, version="0.2.0")), quiet)
    home = machine.at("/opt/commons-server")
    assert (home / "current").readlink().name == "0.2.0"
    assert (home / "0.1.0" / "whole").exists()


def test_somebody_s_own_caddyfile_is_kept_and_comes_back(tmp_path):
    machine = debian(tmp_path, **{"/etc/caddy/Caddyfile": "theirs"})
    steps = steps_of(machine, WISH)
    apply(steps, quiet)
    assert "hub.example" in machine.read("/etc/caddy/Caddyfile")
    take_back(steps, quiet)
    assert machine.read("/etc/caddy/Caddyfile") == "theirs"


def test_uninstalling_leaves_the_records_and_nothing_that_starts(tmp_path):
    machine = debian(tmp_path)
    before = everything(machine)
    steps = steps_of(machine, WISH)
    apply(steps, quiet)
    machine.write(f"{DATA}/server.db", "records")
    take_back(steps, quiet)
    left = {name: text for name, text in everything(machine).items() if name not in before}
    assert left == {f"{DATA}/server.db".lstrip("/"): "records"}


def test_everything_that_is_wrong_is_said_before_anything_is_changed(tmp_path):
    machine = debian(tmp_path, **{"/etc/os-release": 'ID=fedora\nPRETTY_NAME="Fedora 40"\n'})
    checks = checks_of(machine, Wish("nowhere", "0.1.0", processes=3))
    with pytest.raises(NotReady) as found:
        look(checks, quiet)
    said = " ".join(found.value.reasons)
    assert "Fedora 40" in said
    assert "'nowhere'" in said
    assert "--postgres" in said


def test_a_check_that_finds_nothing_lets_the_steps_begin():
    look([Check("the weather", lambda: "")], quiet)


def test_the_proxy_lets_through_the_largest_picture_that_the_pages_take(tmp_path):
    machine = debian(tmp_path)
    apply(steps_of(machine, WISH), quiet)
    (mega,) = re.findall(r"max_size (\d+)MB", machine.read("/etc/caddy/Caddyfile"))
    assert int(mega) * 1_000_000 > MAX_PHOTO_BYTES * 1.1


def test_several_processes_stand_behind_one_proxy(tmp_path):
    machine = debian(tmp_path)
    apply(steps_of(machine, replace(WISH, postgres=False, processes=2)), quiet)
    assert "127.0.0.1:8321 127.0.0.1:8322" in machine.read("/etc/caddy/Caddyfile")


def test_several_processes_may_share_a_database_that_is_elsewhere(tmp_path):
    machine = debian(tmp_path)
    url = "postgresql+psycopg://hub:secret@/hub?host=a,b,c&port=5432,5432,5432"
    wish = replace(WISH, database=url, processes=2)
    look([check for check in checks_of(machine, wish) if "process" in check.says], quiet)
    apply(steps_of(machine, wish), quiet)
    kept = machine.at("/etc/commons-server/environment")
    said = subprocess.run(
        ["sh", "-c", '. "$1"; printf %s "$HUB_DATABASE"', "sh", kept],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert said.stdout == url
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_the_backup_reaches_a_database_that_is_elsewhere_as_long_as_there_is_one(tmp_path):
    machine, there = debian(tmp_path), replace(WISH, database="postgresql+psycopg://hub@db/hub")
    apply(steps_of(machine, there), quiet)
    assert "PrivateNetwork=no" in machine.read(BACKUP_REACHES)
    assert apply(steps_of(machine, there), quiet) == 0
    apply(steps_of(machine, WISH), quiet)
    assert machine.read(BACKUP_REACHES) is None
    assert apply(steps_of(machine, WISH), quiet) == 0


def test_uninstalling_takes_the_backup_s_reach_along_whatever_is_said_then(tmp_path):
    machine, there = debian(tmp_path), replace(WISH, database="postgresql+psycopg://hub@db/hub")
    before = everything(machine)
    for wish in (there, WISH):
        apply(steps_of(machine, there), quiet)
        take_back(steps_of(machine, wish), quiet)
        assert everything(machine) == before


SAID_FIRST = {
    "SQLite": [],
    "PostgreSQL": ["--postgres", "--processes", "3", "--own-certificate"],
    "elsewhere": ["--database", "url", "--processes", "2"],
}


def asks(machine, tmp_path, *words):
    (tmp_path / "url").write_text("postgresql+psycopg://hub@db/hub\n")
    said = [str(tmp_path / one) if one == "url" else one for one in words]
    return wish_of(machine, arguments().parse_args(["hub.example", *said]))


def installed(machine, wish):
    for path, (text, mode) in files_of(wish).items():
        machine.write(path, text, mode=mode)


@pytest.mark.parametrize("first", SAID_FIRST.values(), ids=SAID_FIRST)
def test_a_second_run_that_says_less_keeps_the_database_and_all_else(tmp_path, first):
    machine = debian(tmp_path)
    wish = asks(machine, tmp_path, *first)
    installed(machine, wish)
    assert asks(machine, tmp_path) == wish


def test_a_second_run_may_say_something_else(tmp_path):
    machine = debian(tmp_path)
    installed(machine, asks(machine, tmp_path, "--own-certificate"))
    other = asks(machine, tmp_path, "--postgres", "--processes", "2", "--no-own-certificate")
    assert (other.postgres, other.processes, other.own_certificate) == (True, 2, False)
    installed(machine, other)
    there = asks(machine, tmp_path, "--database", "url")
    assert (there.postgres, there.database) == (False, "postgresql+psycopg://hub@db/hub")
    assert asks(machine, tmp_path, "--uninstall").postgres is False


def test_what_the_docs_have_written_by_hand_outlives_every_installing(tmp_path):
    machine = debian(tmp_path)
    own = {"/etc/caddy/commons.d/others": "to 10.0.0.2:8321\n",
           "/etc/systemd/system/commons-server@.service.d/override.conf": "[Service]\n"}  # fmt: skip
    for path, text in own.items():
        machine.write(path, text)
    apply(steps_of(machine, WISH), quiet)
    _, _, proxy = machine.read("/etc/caddy/Caddyfile").partition("reverse_proxy 127.0.0.1:8321 {")
    assert "\t\timport /etc/caddy/commons.d/*\n" in proxy.partition("\t}\n")[0]
    apply(steps_of(machine, replace(WISH, version="0.2.0", processes=2)), quiet)
    take_back(steps_of(machine, WISH), quiet)
    assert {path: machine.read(path) for path in own} == own


def test_somebody_s_own_caddyfile_says_nothing_of_ours(tmp_path):
    machine = debian(
        tmp_path, **{"/etc/caddy/Caddyfile": "tls internal\n127.0.0.1:80 127.0.0.1:81"}
    )
    wish = asks(machine, tmp_path)
    assert (wish.own_certificate, wish.processes) == (False, 1)


@pytest.mark.parametrize(
    ("url", "postgres"),
    [("sqlite:///x", False), ("postgresql+psycopg://a:$(b)@c/d", False), ("postgresql+psycopg://c/d", True)],
)  # fmt: skip
def test_a_database_that_cannot_be_is_said_before_anything_is_changed(tmp_path, url, postgres):
    wish = replace(WISH, database=url, postgres=postgres)
    (check,) = (one for one in checks_of(debian(tmp_path), wish) if one.says == "the database")
    assert check.why_not()


def test_what_compose_mounts_and_builds_from_is_there():
    folder = ROOT / "deploy" / "server"
    services = yaml.safe_load((folder / "compose.yaml").read_text("utf-8"))["services"]
    mounted = {one.partition(":")[0] for service in services.values() for one in service["volumes"]}
    made = {"./backups"}  # by whoever runs it, as it says there
    assert {one for one in mounted if one.startswith("./") and not (folder / one).exists()} == made
    builds = {one["build"]["dockerfile"] for one in services.values() if "build" in one}
    assert all((ROOT / one).is_file() for one in builds)


SECRETS = {
    *("server.toml", "erased.txt", "*.db", "deploy/server/.env", "deploy/server/backups"),
    *("my-cluster.toml", "cluster"),
}


@pytest.mark.parametrize("kept_out_of", [".gitignore", ".dockerignore"])
def test_keys_passwords_and_records_of_a_server_are_neither_published_nor_built_in(kept_out_of):
    lines = (ROOT / kept_out_of).read_text("utf-8").splitlines()
    assert {line.strip("/") for line in lines if not line.startswith("#")} >= SECRETS


def test_in_containers_each_client_counts_by_its_own_address_and_asks_the_proxy_alone():
    """Caddy says whose a request is by X-Forwarded-For, which it takes from nobody else."""
    folder = ROOT / "deploy" / "server"
    services = yaml.safe_load((folder / "compose.yaml").read_text("utf-8"))["services"]
    assert services["server"]["environment"]["FORWARDED_ALLOW_IPS"] == "*"
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    assert "network_mode" not in services["server"]
    assert "trusted_proxies" not in (folder / "Caddyfile").read_text("utf-8")
