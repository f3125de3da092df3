"""What the documentation says exists, and what exists is in the documentation."""

import argparse
import re
import shlex
from pathlib import Path

import msgspec
import pytest

from kiosk.cli import COMMANDS, parser
from kiosk.config import Config
from sync.records import KINDS
from sync.records.hub import Settings

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
OPERATING = (ROOT / "docs" / "operating.md").read_text("utf-8")
HUB_RULES = (ROOT / "docs" / "hub-rules.md").read_text("utf-8")
RECORDS = (ROOT / "docs" / "records.md").read_text("utf-8")


def named(page):
    return page.relative_to(ROOT).as_posix()


def code(page):
    """Every piece of code on a page, in blocks and within lines."""
    text = page.read_text("utf-8")
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    lines = [line for block in blocks for line in block.splitlines()]
    return lines + re.findall(r"`([^`\n]+)`", text)


def subparsers():
    (action,) = [a for a in parser()._actions if isinstance(a, argparse._SubParsersAction)]
    return action.choices


COMMANDS_SAID = [
    (named(page), line.split("#")[0].strip())
    for page in PAGES
    for line in code(page)
    if line.startswith("python -m kiosk ")
]


@pytest.mark.parametrize(("page", "line"), COMMANDS_SAID)
def test_a_command_that_is_written_down_is_understood(page, line):
    words = shlex.split(line)[3:]
    if words[0].startswith("-"):
        assert words == ["--help"]
        return
    sub = subparsers()[words[0]]
    known = {option for action in sub._actions for option in action.option_strings}
    assert {word for word in words[1:] if word.startswith("--")} <= known


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_a_line_for_operators(command):
    assert f"python -m kiosk {command} " in OPERATING


@pytest.mark.parametrize("setting", [field.name for field in msgspec.structs.fields(Config)])
def test_every_setting_of_a_device_is_written_down(setting):
    assert f"| `{setting}` |" in OPERATING


@pytest.mark.parametrize("setting", [field.name for field in msgspec.structs.fields(Settings)])
def test_every_setting_of_a_hub_is_written_down(setting):
    assert f"| `{setting}` |" in HUB_RULES


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_record_is_written_down(kind):
    assert f"`{kind}`" in RECORDS


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_what_a_page_points_to_is_there(page):
    pointers = re.findall(r"\]\(([^)#\s]+)\)", page.read_text("utf-8"))
    missing = [to for to in pointers if "://" not in to and not (page.parent / to).exists()]
    assert not missing


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_a_file_of_ours_that_a_page_names_is_there(page):
    ours = re.compile(
        r"^(?:sync|kiosk|deploy|tests|docs|assets|changelog\.d)(?:/[\w.*-]+)*/?(?= |$)"
    )
    paths = [found.group() for line in code(page) if (found := ours.match(line))]
    assert not [path for path in paths if not list(ROOT.glob(path.rstrip("/")))]
