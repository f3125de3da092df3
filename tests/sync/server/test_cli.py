"""The operator's commands, as an operator types them."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest
import requests

from sync.protocol import MAX_ASK_BYTES, SyncAnswer, SyncAsk, Word, decode, encode
from sync.server.cli import main
from sync.server.web.accounts import add_account
from tests.sync.server.village import HUB


@pytest.fixture
def run(url, database, tmp_path, capsys):
    """Run a command and return its code and what it said."""
    where = ["--database", url, "--settings", str(tmp_path / "server.toml")]

    def run(*words):
        before = os.umask(0o077)
        try:
            code = main([*words, *where])
        finally:
            os.umask(before)
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


def test_a_hub_is_made_with_the_id_that_a_kiosk_has_already(run):
    code, said = run("hub", "add", "La Ronda", "--id", HUB)
    assert (code, said.splitlines()[0]) == (0, HUB)
    assert "La Ronda" in run("hub", "list")[1]


def test_the_same_hub_is_not_made_twice(run):
    run("hub", "add", "La Ronda", "--id", HUB)
    code, said = run("hub", "add", "La Ronda", "--id", HUB)
    assert code == 1
    assert said.startswith("Nothing was changed: there is a hub")


@pytest.mark.parametrize(
    "words",
    [
        ("hub", "add", "x", "--id", "not-a-uuid"),
        ("hub", "go-on", HUB),
        ("device", "approve", "WDJB-MJHT", "--hub", HUB),
        ("device", "deny", "WDJB-MJHT"),
        ("device", "revoke", "0" * 16, "--hub", HUB),
        ("restore", "no-such-file", "--yes"),
        ("backup", "no-such-folder/b.gz"),
    ],
)
def test_what_cannot_be_done_says_why_without_a_traceback(run, words):
    code, said = run(*words)
    assert code != 0
    assert said.strip()
    assert "Traceback" not in said


@pytest.mark.parametrize("url", ["mysql://hub@host/name", "hub.db"])
def test_a_database_of_another_sort_is_told_which_there_are(url, tmp_path, capsys):
    assert main(["check", "--database", url, "--settings", str(tmp_path / "server.toml")]) == 1
    assert "say sqlite:///server.db or postgresql+psycopg://" in capsys.readouterr().err


def test_a_link_begins_with_the_address_that_the_machine_was_installed_with(run, monkeypatch):
    monkeypatch.setenv("HUB_PUBLIC_URL", "https://hub.example")
    run("hub", "add", "La Ronda", "--id", HUB)
    assert run("volunteer", "invite", "--hub", HUB)[1].startswith("https://hub.example/welcome/")


def test_a_file_that_cannot_be_read_or_written_is_named_with_the_reason(run):
    for words in (("restore", "no-such/b.gz", "--yes"), ("backup", "no-such/b.gz")):
        said = run(*words)[1]
        assert "no-such/b.gz cannot be" in said and "(No such file or directory)" in said


def test_a_backup_with_a_damaged_byte_is_said_to_be_none_wherever_it_is(run, tmp_path):
    file = tmp_path / "b.gz"
    run("hub", "add", "La Ronda", "--id", HUB)
    run("backup", str(file))
    whole = file.read_bytes()
    for at in range(10, len(whole) - 9, 11):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 0x5A]) + whole[at + 1 :])
        code, said = run("restore", str(file), "--yes")
        assert (code, said.partition(":")[0]) == (1, "Nothing was changed")
    assert HUB in run("hub", "list")[1]


def test_who_reads_only_the_first_line_breaks_nothing(tmp_path):
    where = ["--database", f"sqlite:///{tmp_path}/hub.db", "--settings", f"{tmp_path}/server.toml"]
    ours, theirs = os.pipe()
    os.close(ours)
    try:
        ended = subprocess.run(
            [sys.executable, "-m", "sync.server", "hub", "add", "La Ronda", *where],
            stdout=theirs, stderr=subprocess.PIPE, check=False, timeout=60,
        )  # fmt: skip
    finally:
        os.close(theirs)
    assert (ended.returncode, ended.stderr) == (1, b"")


def test_a_restore_has_to_be_meant(run, tmp_path):
    file = str(tmp_path / "b.gz")
    assert run("backup", file)[0] == 0
    assert "Say --yes" in run("restore", file)[1]
    assert run("restore", file, "--yes")[0] == 0


def test_check_names_what_is_not_sound(run, database):
    run("hub", "add", "La Ronda", "--id", HUB)
    assert run("check") == (0, "Everything is sound.\n")
    with database.writing() as connection:
        connection.exec_driver_sql(
            "INSERT INTO record (hub_id, kind, id, body, seq) "
            f"VALUES ('{HUB}', 'visit', 'v', '{{}}', 9)"
        )
    code, said = run("check")
    assert code == 1
    assert "visit v is no record" in said
    assert "beyond the last commit" in said


def test_a_database_that_is_not_there_is_said_plainly(tmp_path, capsys):
    settings = str(tmp_path / "server.toml")
    code = main(["migrate", "--database", "sqlite:////no/such/folder/x.db", "--settings", settings])
    assert code == 1
    assert "cannot be opened" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words", [["--help"], ["serve", "--help"], ["hub", "add", "--help"], ["device", "--help"]]
)
def test_help_explains_itself(capsys, words):
    with pytest.raises(SystemExit) as done:
        main(words)
    assert done.value.code == 0
    assert len(capsys.readouterr().out) > 200


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture
def served(url, database, tmp_path):
    """A real server process; gives its address."""
    address = f"127.0.0.1:{free_port()}"
    words = [
        "serve",
        "--database",
        url,
        "--settings",
        str(tmp_path / "s.toml"),
        "--listen",
        address,
    ]
    with subprocess.Popen([sys.executable, "-m", "sync.server", *words]) as process:
        session = requests.Session()
        session.mount("http://", requests.adapters.HTTPAdapter(max_retries=RETRY))
        assert session.get(f"http://{address}/v1/health", timeout=30).ok
        yield f"http://{address}", process
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) in {0, -signal.SIGTERM, -signal.SIGKILL}


RETRY = requests.adapters.Retry(total=150, connect=150, backoff_factor=0.05, backoff_max=0.2)


@pytest.mark.slow
def test_a_real_process_pairs_a_door_keeps_its_record_and_stops_when_told(served, run):
    address, _process = served
    run("hub", "add", "La Ronda", "--id", HUB)
    code = requests.post(f"{address}/v1/device/code", data={"client_id": "k"}, timeout=9).json()
    run("device", "approve", code["user_code"], "--hub", HUB)
    grant = {"grant_type": "urn:ietf:params:oauth:grant-type:device_code"}
    asked = grant | {"device_code": code["device_code"], "client_id": "k"}
    token = requests.post(f"{address}/v1/device/token", data=asked, timeout=9).json()
    word = Word(1, "", "0" * 16)
    now = f"{int(time.time() * 1000):012x}"
    visit = {
        "kind": "visit",
        "id": "v1",
        "fields": {"how": "count"},
        "stamps": {"*": f"o{now}-0000-0000aaaa"},
    }
    said = requests.post(
        f"{address}/v1/sync",
        data=encode(SyncAsk(1, "", word, [visit])),
        headers={"Authorization": f"Bearer {token['access_token']}"},
        stream=True,
        timeout=9,
    )
    answer = decode(said.raw.read(), SyncAnswer, largest=MAX_ASK_BYTES)
    assert (answer.refused, answer.cursor.split(".")[0]) == ([], "1")
    assert "last seen" in run("device", "list")[1]


@pytest.mark.slow
def test_after_kill_minus_nine_everything_answered_is_there(served, village):
    address, process = served
    k1 = village.door()
    now = f"{int(time.time() * 1000):012x}"
    known, kept = "", []
    for n in range(1, 6):
        visit = {
            "kind": "visit",
            "id": f"v{n}",
            "fields": {"how": "count"},
            "stamps": {"*": f"o{now}-0000-0000aaaa"},
        }
        ask = encode(SyncAsk(1, "", Word(n, known, f"{n:016x}"), [visit]))
        said = requests.post(
            f"{address}/v1/sync",
            data=ask,
            headers={"Authorization": f"Bearer {k1.token}"},
            timeout=9,
        )
        known, kept = f"{n:016x}", [*kept, f"v{n}"] if said.ok else kept
    process.kill()
    process.wait(timeout=20)
    village.ms = int(time.time() * 1000)
    fresh = village.door(node="0000bbbb").catches_up()
    assert {key[1] for key in fresh.holds} == set(kept) == {"v1", "v2", "v3", "v4", "v5"}


def test_a_person_is_forgotten_by_name_with_all_that_was_merged_into_them(run, village):
    k1 = village.door()
    ana, anna = k1.wrote("person", name="Ana Guerra"), k1.wrote("person", name="A. Guerra")
    k1.asks(ana, k1.wrote("person", anna["id"], name="A. Guerra", merged_into=ana["id"]))
    visit = k1.wrote("visit", how="tile", person=anna["id"], name="A. Guerra")
    k1.asks(visit)
    where = ("erase-person", HUB)
    assert run(*where, "ana guerra")[0] == 1
    assert run(*where, "Nobody")[1] == "Nothing was changed: nobody is called that.\n"
    village.ms = int(time.time() * 1000)
    run("confirm-time")
    assert run(*where, "ana guerra", "--yes")[0] == 0
    held = village.door(node="0000bbbb").catches_up().holds
    assert "Guerra" not in str(held)
    assert held["visit", visit["id"]]["fields"]["person"] is None


def test_a_volunteer_who_is_forgotten_can_sign_in_no_more(run, village):
    k1 = village.door()
    ana = k1.wrote("person", name="Ana Guerra")
    k1.asks(ana)
    more = {"person": ana["id"], "password_hash": "x", "lang": "en", "now_ms": village.ms}
    with village.database.writing() as connection:
        add_account(connection, HUB, "Ana Guerra", "volunteer", **more)
    run("confirm-time")
    assert run("erase-person", HUB, "Ana Guerra", "--yes")[0] == 0
    assert "Nobody looks after this hub yet" in run("volunteer", "list", "--hub", HUB)[1]


def test_two_of_one_name_are_told_apart_by_their_ids(run, village):
    k1 = village.door()
    both = [k1.wrote("person", name="Ana") for _ in range(2)]
    k1.asks(*both)
    code, said = run("erase-person", HUB, "Ana", "--yes")
    assert code == 1
    assert all(one["id"] in said for one in both)
    assert run("wash")[0] == 0


def test_without_a_command_all_commands_are_explained(capsys):
    assert main([]) == 2
    assert "hub add" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        ("device", "approve", "WDJB-MJHT", "--hub", "nowhere"),
        ("device", "revoke", "0" * 16, "--hub", "nowhere"),
        ("erase-person", "nowhere", "Ana"),
    ],
)
def test_a_hub_that_is_not_here_is_said_to_be_so(run, words):
    assert run(*words) == (1, "Nothing was changed: there is no hub nowhere (hub list).\n")


def test_an_address_that_is_taken_is_said_to_be_so(run):
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        one.listen()
        address = f"127.0.0.1:{one.getsockname()[1]}"
        code, said = run("serve", "--listen", address)
    assert (code, said.count("nobody can listen at")) == (1, 1)
