"""deploy/run as anybody types it: the sample hub on a server of its own, with a display and without."""

import os
import shutil
import signal
import subprocess
import threading
from contextlib import contextmanager
from pathlib import Path
from socket import create_connection
from urllib.parse import urlsplit

import pytest

from kiosk.cli.opened import hub_in, now, state_in
from kiosk.config import Place, read
from kiosk.sample import LA_RONDA, read_file, records_of

ROOT = Path(__file__).parents[2]
LONGEST_S = 240
UNSEEN = {**os.environ, "DISPLAY": ""}
pytestmark = pytest.mark.skipif(not shutil.which("Xvfb"), reason="there is no Xvfb")


def said_in(script, name):
    """What a script of ours calls by this name."""
    lines = (ROOT / "deploy" / script).read_text("utf-8").splitlines()
    return next(line.split("=")[1].split()[0] for line in lines if line.startswith(f"{name}="))


def here(data):
    """Who is in the house and has a name, as this kiosk knows them."""
    hub = hub_in(data)
    people = {person.id: person.name for person in hub.people}
    return {visit.name or people.get(visit.person, "") for visit in hub.visits_open}


def test_the_server_s_hub_is_the_sample_s_and_the_card_is_ana_s():
    sample = read_file(LA_RONDA)
    records = records_of(sample, now(), bytes(32)).records
    assert said_in("demo.sh", "HUB") in [one["id"] for one in records if one["kind"] == "hub"]
    cards = {row["card_uid"]: row["name"] for row in sample["people"] if "card_uid" in row}
    assert cards[said_in("run", "ANA")] == "Ana Guerra"
    assert sample["people"][0]["wall_ok"]


@pytest.mark.slow
def test_who_comes_in_at_one_door_is_at_the_other_and_on_the_wall():
    """Without a display: three kiosks, one server, pictures of what they show, and an end."""
    told = subprocess.run(
        ["deploy/run", "--two-kiosks"], cwd=ROOT, env=UNSEEN, timeout=LONGEST_S, check=False,
        capture_output=True, text=True,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    demo, pictures = ROOT / "build" / "demo-pictures", ROOT / "build" / "screenshots"
    assert {path.name.removesuffix("-en.png") for path in pictures.glob("*-en.png")} == {
        "door-rest-1280x800", "door-rollcall-1280x800", "door-rest-800x480",
        "door-rollcall-800x480", "wall-rooms-1920x1080", "wall-who-1920x1080",
    }  # fmt: skip
    assert "Ana Guerra" in here(demo / "back-door")
    assert "Ana G." in here(demo / "wall")
    assert "Ana Guerra" not in here(demo / "wall")
    for name in ("front-door", "back-door", "wall"):
        state = state_in(Place(demo / name))
        assert (len(state.waiting), state.notes.get("refused") or []) == (0, [])


@pytest.fixture
def display():
    """A screen that nobody sees, for windows."""
    told, telling = os.pipe()
    command = [
        "Xvfb",
        "-displayfd",
        str(telling),
        "-screen",
        "0",
        "1280x800x24",
        "-nolisten",
        "tcp",
    ]
    with subprocess.Popen(command, pass_fds=[telling], stderr=subprocess.DEVNULL) as server:
        os.close(telling)
        with os.fdopen(told) as number:
            yield f":{number.readline().strip()}"
        server.terminate()


@contextmanager
def running(display, demo):
    """deploy/run with a display, until somebody ends it; gives what it said until the door opened."""
    env = {**os.environ, "DISPLAY": display, "DEMO": str(demo), "LIBGL_ALWAYS_SOFTWARE": "1"}
    with subprocess.Popen(
        ["deploy/run"], cwd=ROOT, env=env, text=True, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as run:  # fmt: skip
        late = threading.Timer(LONGEST_S, run.terminate)
        late.start()
        said = []
        for line in run.stdout:
            said.append(line)
            if "stands open" in line:
                break
        late.cancel()
        yield "".join(said)
        run.send_signal(signal.SIGTERM)
        assert run.wait(LONGEST_S) == 128 + signal.SIGTERM


def nobody_answers(data):
    """Whether the server of a kiosk has ended."""
    where = urlsplit(read(Place(data)).server)
    with pytest.raises(ConnectionRefusedError):
        create_connection((where.hostname, where.port), timeout=9).close()
    return True


@pytest.mark.slow
def test_a_second_start_finds_all_as_it_was_and_the_server_ends_with_the_kiosk(display, tmp_path):
    demo = tmp_path / "the demo"
    with running(display, demo) as said:
        assert "front-door has joined as a door" in said
    assert nobody_answers(demo / "front-door")
    with running(display, demo) as said:
        assert "stays: a server has it" in said
        assert "joined as a door" in said
    assert nobody_answers(demo / "front-door")
