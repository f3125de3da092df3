"""A script that is asked what it is for says so, and does nothing."""

import subprocess

import pytest

from tests.deploy.pretend import ROOT

SCRIPTS = {
    "deploy/pi/build-image": ("--help",),
    "deploy/pi/prepare-card": ("--help",),
    "deploy/pi/stick": (),
    "deploy/server/backup": (),
    "deploy/server/ha/render": (),
}


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_says_what_it_takes_and_does_nothing(script, tmp_path):
    ended = subprocess.run(
        [ROOT / script, *SCRIPTS[script]], capture_output=True, text=True, timeout=30, check=False,
        env={"PATH": "/usr/bin:/bin"}, cwd=tmp_path,
    )  # fmt: skip
    said = ended.stdout + ended.stderr
    assert ended.returncode == 2
    assert "not set" not in said and len(said.splitlines()) >= 2
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "words", [("deploy/pi/install",), ("deploy/server/install", "hub.example")]
)
def test_an_installer_that_is_asked_what_it_would_do_looks_at_the_machine(words):
    ended = subprocess.run(
        [ROOT / words[0], *words[1:], "--dry-run"], capture_output=True, text=True, timeout=60,
        check=False,
    )  # fmt: skip
    assert " who runs this" in ended.stdout, ended.stderr
    assert "nothing was changed" in (ended.stdout + ended.stderr).lower()


def test_what_looks_after_a_kiosk_says_where_there_is_none(monkeypatch, tmp_path, capsys):
    from deploy.pi import updater

    monkeypatch.setattr(updater, "HOME", tmp_path / "app")
    assert updater.main([]) == 1
    assert "this is no kiosk" in capsys.readouterr().err
