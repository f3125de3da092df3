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
from sync.server.cli.words import parser as server_parser

ROOT = Path(__file__).parents[2]
PAGES = [
    ROOT / "README.md",
    *(page for folder in ("docs", "deploy") for page in sorted((ROOT / folder).rglob("*.md"))),
]
OPERATING = (ROOT / "docs" / "operating.md").read_text("utf-8")
SERVER = (ROOT / "docs" / "server.md").read_text("utf-8")
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


def subparsers(of):
    """The commands under a parser, none where it has none."""
    found = [a.choices for a in of._actions if isinstance(a, argparse._SubParsersAction)]
    return found[0] if found else {}


def said(*beginnings):
    """Page and words of each command that is written down, by what it begins with."""
    begins = re.compile(rf"(?:sudo (?:-u \w+ )?)?(?:{'|'.join(beginnings)}) (.*)")
    return [
        (named(page), found[1].split("#")[0].strip())
        for page in PAGES
        for line in code(page)
        if (found := begins.fullmatch(line))
    ]


def options_of(command):
    return {option for action in command._actions for option in action.option_strings}


def options_in(words):
    return {word for word in words if word.startswith("--")}


KIOSK_SAID = said(r"(?:\.venv/bin/)?python -m kiosk", "/data/app/current/bin/kiosk")
SERVER_SAID = said("python -m sync.server", "commons-server")


@pytest.mark.parametrize(("page", "line"), KIOSK_SAID)
def test_a_command_that_is_written_down_is_understood(page, line):
    words = shlex.split(line)
    if words[0].startswith("-"):
        assert words == ["--help"]
        return
    assert options_in(words) <= options_of(subparsers(parser())[words[0]])


@pytest.mark.parametrize(("page", "line"), SERVER_SAID)
def test_a_command_of_the_server_that_is_written_down_is_understood(page, line):
    words = shlex.split(line)
    command = subparsers(server_parser())[words.pop(0)]
    if under := subparsers(command):
        command = under[words.pop(0)]
    assert options_in(words) <= options_of(command)


def server_commands():
    """Every command of the server, such as ``hub add``."""
    for name, command in subparsers(server_parser()).items():
        yield from [f"{name} {under}" for under in subparsers(command)] or [name]


@pytest.mark.parametrize("command", list(server_commands()))
def test_every_command_of_the_server_has_a_line_for_operators(command):
    cells = re.findall(r"^\| (`.*?) \|", SERVER, re.MULTILINE)
    said = {name for cell in cells for name in re.findall(r"`([a-z-]+(?: [a-z-]+)?)", cell)}
    group, _, under = command.partition(" ")
    assert command in said or (
        under and under in said and any(one.startswith(group) for one in said)
    )


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
