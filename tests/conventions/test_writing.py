"""How the code is written: what it explains, what it never names, what its tests never do."""

import ast
import re

import pytest

from tests.conventions.tree import (
    ROOT,
    functions,
    modules,
    name,
    public,
    pure_modules,
    tree,
    written,
)

TEXTS = (".py", ".kv", ".md", ".toml", ".txt", ".sh")
A_MACHINE_S_PATH = re.compile(r"(?<![\w.])/(work|root|home/\w+|Users/\w+)/")


def is_stub(node):
    """A protocol's method or an overload: three dots and nothing to explain."""
    return isinstance(node, ast.FunctionDef) and (
        ast.unparse(node.body[-1]) == "..."
        or any(ast.unparse(mark) in {"override", "overload"} for mark in node.decorator_list)
    )


@pytest.mark.parametrize("path", pure_modules(), ids=name)
def test_every_public_name_of_a_pure_room_says_what_it_is(path):
    silent = [
        f"{dotted}, line {node.lineno}"
        for dotted, node in public(tree(path))
        if ast.get_docstring(node) is None and not is_stub(node)
    ]
    assert not silent


@pytest.mark.parametrize(
    "path", [p for p in modules("sync", "kiosk") if p.stat().st_size], ids=name
)
def test_every_module_opens_with_what_it_is_for(path):
    assert ast.get_docstring(tree(path))


def test_no_test_sleeps():
    """A bench may: one that measures what an idle door costs has to let it idle."""
    sleeping = [
        f"{name(path)}:{node.lineno}"
        for path in modules("tests")
        if "bench" not in path.parts
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "sleep"
    ]
    assert not sleeping


def test_every_test_has_a_sentence_for_a_name():
    terse = [
        f"{name(path)}:{node.lineno} {node.name}"
        for path in modules("tests")
        if path.name.startswith("test_")
        for node in functions(path)
        if node.name.startswith("test_") and node.name.count("_") < 3
    ]
    assert not terse


def test_nothing_written_here_names_a_folder_of_somebody_s_machine():
    named = [
        f"{name(path)}: {found.group()}"
        for path in written(*TEXTS)
        if (found := A_MACHINE_S_PATH.search(path.read_text("utf-8", "replace")))
    ]
    assert not named


def test_what_is_still_to_do_has_a_ticket():
    loose = [
        f"{name(path)}:{number}"
        for path in modules()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if re.search(r"#\s*(TODO|FIXME|XXX)(?!\(#\d+\))", line)
    ]
    assert not loose


def test_every_decision_fits_in_twenty_lines():
    decisions = list((ROOT / "docs" / "decisions").glob("*.md"))
    assert decisions
    assert not [d.name for d in decisions if len(d.read_text("utf-8").splitlines()) > 20]


def test_decisions_are_numbered_and_no_number_twice():
    names = sorted(d.name for d in (ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [found[1] for n in names if (found := re.match(r"(\d{3})-[a-z0-9-]+\.md$", n))]
    assert len(set(numbers)) == len(names)
