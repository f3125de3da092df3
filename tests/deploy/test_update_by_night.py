"""A new version is looked for at night: it is downloaded once, and nothing of that stays."""

import os
import shutil
import time
import urllib.request
from contextlib import suppress
from dataclasses import replace
from itertools import count

import pytest

from deploy.pi import updater
from deploy.pi.archive import BadArchive
from deploy.pi.judging import LIVED_S, Health
from deploy.pi.updating import NotTaken
from tests.deploy.pretend import PowerCut, cut_after
from tests.deploy.test_update import archive, keys, kiosk, make_kiosk  # noqa: F401  # fixtures

pytestmark = pytest.mark.skipif(not shutil.which("minisign"), reason="there is no minisign")
AT_NIGHT = 3
NEW = "commons-0.2.0.tar"


class Web:
    """A folder by https; it remembers what it was asked for."""

    def __init__(self, folder):
        self.folder, self.asked = folder, []

    def __call__(self, address, timeout):
        self.asked.append(address.rpartition("/")[2])
        return (self.folder / self.asked[-1]).open("rb")

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


def test_what_is_not_signed_by_us_is_downloaded_once_a_night(kiosk, archive, web):  # noqa: F811
    archive("0.2.0", key="theirs")
    web.publishes("0.2.0")
    with pytest.raises(BadArchive, match="is not signed"):
        looks(kiosk, web)
    assert (looks(kiosk, web), web.asked.count(NEW)) == ("", 1)
    last_night = time.time() - updater.TRIED_AGAIN_S
    os.utime(kiosk.work / updater.NO_FIT, (last_night, last_night))
    with pytest.raises(BadArchive, match="is not signed"):
        looks(kiosk, web)
    assert web.asked.count(NEW) == 2


def test_the_same_version_signed_anew_is_taken_the_same_night(kiosk, archive, web):  # noqa: F811
    archive("0.2.0", key="theirs")
    web.publishes("0.2.0")
    with suppress(BadArchive):
        looks(kiosk, web)
    archive("0.2.0")
    assert looks(kiosk, web) == "0.2.0 is on trial"


@pytest.mark.parametrize("how", ["good", "crashes"])
def test_what_was_downloaded_goes_whatever_became_of_it(kiosk, archive, web, how):  # noqa: F811
    archive("0.2.0", how)
    web.publishes("0.2.0")
    with suppress(NotTaken):
        looks(kiosk, web)
    assert NEW in web.asked
    assert not list(kiosk.work.iterdir())


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
