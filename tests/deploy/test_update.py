"""An update of a kiosk: whatever is in the archive and wherever the power goes, the door runs on."""

import shutil
import subprocess
from dataclasses import replace
from itertools import count

import pytest

from deploy.machine.machine import write_whole
from deploy.pi.archive import COMMENT, BadArchive, pack, unpack
from deploy.pi.judging import LIVED_S, LONGEST_S, MOST_BOOTS, Health, Trial, judge, to_drop
from deploy.pi.shelf import Shelf
from deploy.pi.updating import Kiosk, NotTaken, at_boot, go_on, take
from tests.deploy.pretend import PowerCut, cut_after

pytestmark = pytest.mark.skipif(not shutil.which("minisign"), reason="there is no minisign")
RECORDS = "ana\nbea\ncid\n"
PROGRAM = """#!/bin/sh
case $1 in
    backup) cp "$3/hub.db" "$5/store-1.db" ;;
    self-check) {check}; echo "$(wc -l <"$3/hub.db") records are as they were written." ;;
esac
"""
CHECKS = {
    "good": "true",
    "crashes": "exit 1",
    "hangs": "exec tail -f /dev/null",
    "loses a record": 'echo ana >"$3/hub.db"',
    "ruins its copy": 'rm "$3/hub.db"',
}
HANG_S = 3.0


@pytest.fixture(scope="session")
def keys(tmp_path_factory):
    """Ours, and somebody else's."""
    folder = tmp_path_factory.mktemp("keys")
    for name in ("ours", "theirs"):
        made = ["minisign", "-G", "-W", "-f", "-p", folder / f"{name}.pub", "-s", folder / name]
        subprocess.run(made, check=True, capture_output=True)
    return folder


@pytest.fixture
def archive(tmp_path, keys):
    """Make a signed archive of a version whose program behaves as it is told."""

    def make(version, how="good", *, key="ours", says=""):
        folder = tmp_path / "making" / version
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "version").write_text(says or version)
        (folder / "kiosk").write_text(PROGRAM.format(check=CHECKS[how]))
        made = tmp_path / f"commons-{version}.tar"
        pack(folder, made)
        comment = COMMENT.format(version=version)
        sign = ["minisign", "-S", "-s", keys / key, "-t", comment, "-m", made]
        subprocess.run(sign, check=True, capture_output=True)
        return made

    return make


class Door:
    """The screens: which versions start there, how long the one that runs has lived."""

    shelf: Shelf

    def __init__(self):
        self.refuses, self.lived, self.touched, self.ran = set(), Health(), False, []

    def restart(self):
        version = self.shelf.current
        self.ran.append(version)
        return version not in self.refuses

    def health(self):
        return self.lived

    def somebody_there(self):
        return self.touched


def put(home):
    """What pip does on a kiosk, by copying."""

    def install(unpacked, version):
        shutil.rmtree(home / version, ignore_errors=True)
        (home / version / "bin").mkdir(parents=True)
        shutil.copy(unpacked / "kiosk", home / version / "bin" / "kiosk")
        (home / version / "bin" / "kiosk").chmod(0o755)
        write_whole(home / version / "whole", b"")

    return install


@pytest.fixture
def make_kiosk(tmp_path, keys):
    """A kiosk that runs 0.1.0, with records of a door; a new one each time it is called."""
    number = count()

    def make():
        place = tmp_path / f"kiosk-{next(number)}"
        door, home = Door(), place / "app"
        door.shelf = Shelf(home)
        (place / "kiosk" / "door").mkdir(parents=True)
        (place / "kiosk" / "door" / "hub.db").write_text(RECORDS)
        (place / "work").mkdir()
        first = place / "first"
        first.mkdir()
        (first / "kiosk").write_text(PROGRAM.format(check="true"))
        put(home)(first, "0.1.0")
        door.shelf.switch("0.1.0")
        return Kiosk(
            door.shelf, place / "kiosk", keys / "ours.pub", place / "work", put(home), door,
            check_s=60,
        )  # fmt: skip

    return make


@pytest.fixture
def kiosk(make_kiosk):
    return make_kiosk()


def records(kiosk):
    return (kiosk.records / "door" / "hub.db").read_text()


def test_a_good_version_runs_and_is_kept_after_ten_minutes(kiosk, archive):
    assert take(kiosk, archive("0.2.0")) == "0.2.0"
    assert kiosk.shelf.current == kiosk.screens.ran[-1] == "0.2.0"
    assert go_on(kiosk) == "wait"
    kiosk.screens.lived = Health(lived_s=LIVED_S)
    assert go_on(kiosk) == "keep"
    assert (kiosk.shelf.trial, go_on(kiosk)) == (None, "")
    assert records(kiosk) == RECORDS


def test_two_old_versions_stay(kiosk, archive):
    kiosk.screens.lived = Health(lived_s=LIVED_S)
    for version in ("0.2.0", "0.9.0", "0.10.0", "0.11.0"):
        take(kiosk, archive(version))
        go_on(kiosk)
    assert sorted(kiosk.shelf.versions) == ["0.10.0", "0.11.0", "0.9.0"]


@pytest.mark.parametrize("how", [how for how in CHECKS if how != "good"])
def test_what_does_not_stand_a_copy_of_the_records_is_never_seen_at_the_door(kiosk, archive, how):
    bad = archive("0.2.0", how)
    patient = HANG_S if how == "hangs" else kiosk.check_s
    with pytest.raises(NotTaken, match="did not stand its trial"):
        take(replace(kiosk, check_s=patient), bad)
    assert (kiosk.shelf.current, kiosk.screens.ran, kiosk.shelf.trial) == ("0.1.0", [], None)
    assert records(kiosk) == RECORDS
    assert not list(kiosk.work.iterdir())
    with pytest.raises(NotTaken, match="failed here before"):
        take(kiosk, bad)


def test_an_archive_of_another_key_is_not_even_opened(kiosk, archive):
    with pytest.raises(BadArchive, match="not signed by"):
        take(kiosk, archive("0.2.0", key="theirs"))
    assert kiosk.shelf.versions == ["0.1.0"]


def test_a_changed_byte_or_a_missing_signature_is_refused(kiosk, archive):
    changed = archive("0.2.0")
    changed.write_bytes(changed.read_bytes().replace(b"true;", b"evil;"))
    with pytest.raises(BadArchive, match="not signed by"):
        take(kiosk, changed)
    changed.with_name(f"{changed.name}.minisig").unlink()
    with pytest.raises(BadArchive, match="not signed by"):
        take(kiosk, changed)


def test_an_archive_that_was_renamed_is_not_an_update(kiosk, archive):
    with pytest.raises(NotTaken, match="not newer"):
        take(kiosk, archive("0.1.0"))
    with pytest.raises(BadArchive, match=r"signed as 0\.2\.0 and holds 0\.3\.0"):
        take(kiosk, archive("0.2.0", says="0.3.0"))


def test_nothing_of_an_archive_lands_outside_its_folder(tmp_path):
    import tarfile

    with tarfile.open(tmp_path / "evil.tar", "w") as tar:
        tar.add(__file__, "../outside")
    with pytest.raises(BadArchive):
        unpack(tmp_path / "evil.tar", tmp_path / "in" / "here")
    assert not (tmp_path / "in" / "outside").exists()


def test_a_version_that_does_not_start_at_the_door_makes_room_for_the_one_before(kiosk, archive):
    kiosk.screens.refuses = {"0.2.0"}
    with pytest.raises(NotTaken, match=r"0\.1\.0 runs again"):
        take(kiosk, archive("0.2.0"))
    assert kiosk.screens.ran == ["0.2.0", "0.1.0"]
    assert (kiosk.shelf.current, kiosk.shelf.trial) == ("0.1.0", None)
    assert "0.2.0" in kiosk.shelf.failed


def test_a_version_that_stops_again_and_again_makes_room_too(kiosk, archive):
    take(kiosk, archive("0.2.0"))
    kiosk.screens.lived = Health(lived_s=5, restarts=3)
    assert go_on(kiosk) == "back"
    assert (kiosk.shelf.current, kiosk.screens.ran[-1]) == ("0.1.0", "0.1.0")


def test_a_version_with_which_the_machine_starts_over_and_over_goes_at_the_third_start(
    kiosk, archive
):
    take(kiosk, archive("0.2.0"))
    assert [at_boot(kiosk) for _ in range(MOST_BOOTS)] == ["wait", "wait", "back"]
    assert kiosk.shelf.current == "0.1.0"
    assert at_boot(kiosk) == ""


def test_nobody_s_screen_is_taken_away_while_they_stand_there(kiosk, archive):
    kiosk.screens.touched = True
    with pytest.raises(NotTaken, match="later"):
        take(kiosk, archive("0.2.0"))
    assert kiosk.shelf.current == "0.1.0"
    kiosk.screens.touched = False
    assert take(kiosk, archive("0.2.0")) == "0.2.0"


def settled(kiosk, archive):
    """The machine starts, the timer comes round until nothing is on trial; then what runs."""
    at_boot(kiosk)
    for _ in range(3):
        if not go_on(kiosk) and kiosk.shelf.current != "0.2.0":
            try:
                take(kiosk, archive)
            except NotTaken:
                break
    return kiosk.shelf.current


@pytest.mark.parametrize(("starts", "ends_with"), [(True, "0.2.0"), (False, "0.1.0")])
def test_wherever_the_power_goes_the_right_version_runs_in_the_end(
    make_kiosk, archive, starts, ends_with
):
    made = archive("0.2.0")
    for nth in count():
        kiosk = make_kiosk()
        kiosk.screens.refuses = set() if starts else {"0.2.0"}
        kiosk.screens.lived = Health(lived_s=LIVED_S) if starts else Health(is_given_up=True)
        try:
            whole = replace(kiosk, after=cut_after(nth))
            settled(whole, made)
        except PowerCut:
            assert kiosk.shelf.kiosk(kiosk.shelf.current).exists()
            assert settled(kiosk, made) == ends_with
        else:
            break
        assert records(kiosk) == RECORDS
        assert kiosk.shelf.trial is None
    assert nth >= 6


@pytest.mark.parametrize(
    ("current", "failed", "health", "boots", "verdict"),
    [
        ("1", (), Health(), 0, "forget"),
        ("2", (), Health(), 0, "wait"),
        ("2", (), Health(lived_s=LIVED_S), 0, "keep"),
        ("2", (), Health(lived_s=LIVED_S, restarts=2), 2, "keep"),
        ("2", (), Health(lived_s=LIVED_S, restarts=3), 0, "back"),
        ("2", (), Health(is_given_up=True), 0, "back"),
        ("2", (), Health(up_s=LONGEST_S), 0, "back"),
        ("2", (), Health(lived_s=9, up_s=LONGEST_S), 0, "wait"),
        ("2", (), Health(), MOST_BOOTS, "back"),
        ("2", ("2",), Health(lived_s=LIVED_S), 0, "back"),
        ("1", ("2",), Health(), 0, "forget"),
    ],
)
def test_what_is_on_trial_is_judged_by_how_it_lives(current, failed, health, boots, verdict):
    assert judge(Trial("2", "1", boots), current, frozenset(failed), health) == verdict


def test_versions_are_counted_not_spelt():
    assert to_drop(["0.9.0", "0.10.0", "0.2.0", "0.11.0"], "0.11.0") == ["0.2.0"]
