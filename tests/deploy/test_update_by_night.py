"""A new version is looked for at night: it is downloaded once, and nothing of that stays."""

import os
import shutil
import time
import urllib.request
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from itertools import count
from pathlib import Path

import pytest

from deploy.machine.machine import NotDone
from deploy.pi import updater
from deploy.pi.judging import LIVED_S, Health
from deploy.pi.updating import NotTaken
from tests.deploy.pretend import PowerCut, cut_after
from tests.deploy.test_update import archive, keys, kiosk, make_kiosk  # noqa: F401  # fixtures

pytestmark = pytest.mark.skipif(not shutil.which("minisign"), reason="there is no minisign")
AT_NIGHT = 3
NEW = "commons-0.2.0.tar"
KEYS = {"not ours": "theirs", "says another version": "ours", "not to be installed": "ours"}


class Answer(BytesIO):
    """A body, and how long the server said that it is."""

    def __init__(self, body, says):
        super().__init__(body)
        self.headers = {"Content-Length": str(says)}


class Web:
    """A folder by https; it remembers what it was asked for. longer: so many bytes never come."""

    def __init__(self, folder):
        self.folder, self.asked, self.longer = folder, [], 0

    def __call__(self, address, timeout):
        self.asked.append(address.rpartition("/")[2])
        found = (self.folder / self.asked[-1]).read_bytes()
        return Answer(found, len(found) + self.longer)

    def publishes(self, version):
        (self.folder / "latest").write_text(version)


@pytest.fixture
def web(tmp_path, monkeypatch):
    made = Web(tmp_path)
    (tmp_path / "updates.url").write_text("https://updates.example/\n")
    monkeypatch.setattr(urllib.request, "urlopen", made)
    return made


def looks(kiosk, web):  # noqa: F811
    return updater.look(kiosk, web.folder / "updates.url", AT_NIGHT)


def test_a_version_that_failed_here_is_not_downloaded_again(kiosk, archive, web):  # noqa: F811
    archive("0.2.0", "crashes")
    web.publishes("0.2.0")
    with pytest.raises(NotTaken, match="did not stand its trial"):
        looks(kiosk, web)
    assert looks(kiosk, web) == ""
    assert web.asked == ["latest", f"{NEW}.minisig", NEW, "latest"]


def not_to_be_installed(_unpacked, _version):
    raise NotDone("there is no wheel for this machine")


@pytest.mark.parametrize("how", ["not ours", "says another version", "not to be installed"])
def test_what_is_refused_is_downloaded_once_a_night(kiosk, archive, web, how):  # noqa: F811
    made = archive("0.0.1" if how == "says another version" else "0.2.0", key=KEYS[how])
    (
        made.rename(made.with_name(NEW)),
        Path(f"{made}.minisig").rename(made.with_name(f"{NEW}.minisig")),
    )
    web.publishes("0.2.0")
    if how == "not to be installed":
        kiosk = replace(kiosk, install=not_to_be_installed)
    with pytest.raises(NotDone):
        looks(kiosk, web)
    assert (looks(kiosk, web), web.asked.count(NEW)) == ("", 1)
    last_night = time.time() - updater.TRIED_AGAIN_S
    os.utime(kiosk.work / updater.REFUSED, (last_night, last_night))
    with pytest.raises(NotDone):
        looks(kiosk, web)
    assert web.asked.count(NEW) == 2


def test_what_was_cut_off_on_its_way_is_fetched_again_the_same_night(kiosk, archive, web):  # noqa: F811
    archive("0.2.0")
    web.publishes("0.2.0")
    web.longer = 1
    with pytest.raises(NotDone, match="cut off on its way"):
        looks(kiosk, web)
    web.longer = 0
    assert looks(kiosk, web) == "0.2.0 is on trial"


def test_while_somebody_is_at_the_screen_it_is_tried_again(kiosk, archive, web):  # noqa: F811
    archive("0.2.0")
    web.publishes("0.2.0")
    kiosk.screens.touched = True
    with pytest.raises(NotTaken, match="later"):
        looks(kiosk, web)
    kiosk.screens.touched = False
    assert looks(kiosk, web) == "0.2.0 is on trial"


def test_the_same_version_signed_anew_is_taken_the_same_night(kiosk, archive, web):  # noqa: F811
    archive("0.2.0", key="theirs")
    web.publishes("0.2.0")
    with suppress(NotDone):
        looks(kiosk, web)
    archive("0.2.0")
    assert looks(kiosk, web) == "0.2.0 is on trial"


@pytest.mark.parametrize(("how", "left"), [("good", []), ("crashes", [updater.REFUSED])])
def test_what_was_downloaded_goes_whatever_became_of_it(kiosk, archive, web, how, left):  # noqa: F811
    archive("0.2.0", how)
    web.publishes("0.2.0")
    with suppress(NotTaken):
        looks(kiosk, web)
    assert NEW in web.asked
    assert [one.name for one in kiosk.work.iterdir()] == left


def test_wherever_the_power_goes_the_nights_after_it_take_the_version_and_clear_up(
    make_kiosk,  # noqa: F811
    archive,  # noqa: F811
    web,
):
    made = archive("0.2.0")
    web.publishes("0.2.0")
    for nth in count():
        kiosk = make_kiosk()  # noqa: F811
        kiosk.screens.lived = Health(lived_s=LIVED_S)
        to_be_cut = replace(kiosk, after=cut_after(nth))
        try:
            for _ in range(4):
                looks(to_be_cut, web)
        except PowerCut:
            shutil.copy(made, kiosk.work)  # without power nothing clears up
            for _ in range(4):
                looks(kiosk, web)
        else:
            break
        assert (kiosk.shelf.current, list(kiosk.work.iterdir())) == ("0.2.0", [])
        assert kiosk.shelf.trial is None
    assert nth >= 8
