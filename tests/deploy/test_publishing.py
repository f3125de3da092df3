"""An update that is published is one that a kiosk takes."""

import shutil
import subprocess
from pathlib import Path

import pytest

from deploy.machine.machine import NotDone
from deploy.machine.programs import version_of
from deploy.pi.archive import unpack, verified
from deploy.pi.publishing import LOCK, publish
from tests.deploy.test_update import keys  # noqa: F401  # fixture

pytestmark = pytest.mark.skipif(not shutil.which("minisign"), reason="there is no minisign")


class Pretend:
    """What pip would do, without a network; what minisign does, it does."""

    def __init__(self, breaks_at=""):
        self.ran, self.breaks_at = [], breaks_at

    def __call__(self, words):
        self.ran.append(words)
        if self.breaks_at and self.breaks_at in words:
            raise NotDone("the network is gone")
        if words[0] == "minisign":
            subprocess.run(words, check=True, capture_output=True)
        else:
            where = words[words.index("--dest" if "download" in words else "--wheel-dir") + 1]
            (Path(where) / f"wheel-{len(self.ran)}.whl").write_bytes(b"wheel")


@pytest.fixture
def tree(tmp_path):
    """A program in its second version."""
    root = tmp_path / "tree"
    (root / LOCK).parent.mkdir(parents=True)
    (root / LOCK).write_text("kivy==2.3.1 --hash=sha256:00\n")
    (root / "kiosk").mkdir()
    (root / "kiosk" / "__init__.py").write_text('VERSION = "0.2.0"\n')
    return root


@pytest.fixture
def publishes(tree, tmp_path, keys):  # noqa: F811
    def publish_(run=None, **more):
        return publish(tree, keys / "ours", tmp_path / "web", run=run or Pretend(), **more)

    return publish_


def test_a_kiosk_believes_and_opens_it(publishes, tree, tmp_path, keys):  # noqa: F811
    made = publishes()
    assert verified(made, keys / "ours.pub") == "0.2.0" == version_of(tree)
    unpack(made, tmp_path / "kiosk")
    assert (tmp_path / "kiosk" / "version").read_text() == "0.2.0"
    assert (tmp_path / "kiosk" / "lock.txt").read_text() == (tree / LOCK).read_text()
    assert len(list((tmp_path / "kiosk" / "wheels").iterdir())) == 3  # ours, and one a Python
    assert (made.parent / "latest").read_text().strip() == "0.2.0"
    assert sorted(one.name for one in made.parent.iterdir()) == [
        "commons-0.2.0.tar", "commons-0.2.0.tar.minisig", "latest",
    ]  # fmt: skip


@pytest.mark.parametrize("breaks_at", ["wheel", "download", "minisign"])
def test_where_it_breaks_nobody_is_told_of_it_and_it_can_be_begun_anew(publishes, breaks_at):
    with pytest.raises(NotDone):
        publishes(Pretend(breaks_at))
    made = publishes()
    assert len(list(made.parent.iterdir())) == 3


def test_a_version_that_was_published_is_never_changed(publishes):
    made = publishes()
    before = made.read_bytes()
    with pytest.raises(NotDone, match="never changed"):
        publishes()
    assert made.read_bytes() == before


def test_each_processor_gets_wheels_for_each_python_by_their_hashes(publishes):
    run = Pretend()
    publishes(run, processors=("aarch64", "x86_64"))
    downloads = [words for words in run.ran if "download" in words]
    asked = [
        (python, processor)
        for words in downloads
        for python in ("311", "313")
        for processor in ("aarch64", "x86_64")
        if f"--python-version={python}" in words
        and f"--platform=manylinux2014_{processor}" in words
    ]
    assert len(downloads) == len(set(asked)) == 4
    assert all({"--require-hashes", "--no-deps"} <= set(words) for words in downloads)
