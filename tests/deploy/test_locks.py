"""The lock files: what a kiosk or a server gets, to the byte."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PINNED = {
    "kiosk": ROOT / "requirements.txt",
    "server": ROOT / "deploy" / "server" / "requirements.txt",
}
TEST_RUNNER = {"pytest", "pluggy", "iniconfig"}


def pins(text):
    """Every package that a text of requirements pins, as name and version."""
    found = re.findall(r"^([\w.-]+)(?:\[\w+\])?==([\w.]+)", text, re.MULTILINE)
    return {(name.lower(), version) for name, version in found}


def locked(name):
    return (ROOT / "deploy" / "lock" / f"{name}.txt").read_text("utf-8")


@pytest.mark.parametrize("name", PINNED)
def test_a_lock_holds_exactly_what_is_pinned(name):
    wanted = {pin for pin in pins(PINNED[name].read_text("utf-8")) if pin[0] not in TEST_RUNNER}
    assert pins(locked(name)) == wanted, "deploy/lock/make renews it"


@pytest.mark.parametrize("name", PINNED)
def test_every_file_of_a_lock_has_a_hash_and_none_an_address(name):
    bare = re.findall(
        r"^([\w.-]+)==[^\n]*(?:[^\\]\n|\\\n(?!    --hash=sha256:))", locked(name), re.MULTILINE
    )
    assert not bare
    assert "://" not in locked(name)


def test_what_the_package_asks_for_is_in_the_locks():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = {re.match(r"[\w-]+", one).group() for one in project["dependencies"]}
    held = {name for lock in PINNED for name, _version in pins(locked(lock))}
    assert asked <= held
