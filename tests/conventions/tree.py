"""The project's own files, for the tests of how it is written."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("sync", "kiosk", "tests", "deploy")
PURE = ("sync", "kiosk/hub", "kiosk/store", "kiosk/hardware", "kiosk/sample", "kiosk/config.py")
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@cache
def modules(*rooms: str) -> tuple[Path, ...]:
    """Every Python module of these rooms (folders or files), in order."""
    found = [ROOT / room for room in rooms or ROOMS]
    return tuple(
        sorted(
            path
            for room in found
            for path in (room.rglob("*.py") if room.is_dir() else [room])
            if path.exists()
        )
    )


@cache
def pure_modules() -> tuple[Path, ...]:
    """The modules of rooms without Kivy and without wiring, and what each screen says."""
    views = tuple(path for path in modules("kiosk/screens") if path.name == "view.py")
    return modules(*PURE) + views


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """How many lines a function's body has, its docstring not counted."""
    body = function.body
    if ast.get_docstring(function) is not None:
        body = body[1:]
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def public(node: ast.Module | ast.ClassDef, inside: str = "") -> Iterator[tuple[str, Definition]]:
    """Every definition that others may use, with its dotted name."""
    for child in node.body:
        if isinstance(child, Definition) and not child.name.startswith("_"):
            dotted = f"{inside}{child.name}"
            yield dotted, child
            if isinstance(child, ast.ClassDef):
                yield from public(child, f"{dotted}.")


def written(*endings: str) -> Iterator[Path]:
    """Every file with our own words in it: code, kv, documentation, scripts."""
    for room in (*ROOMS, "docs", "changelog.d", ".ci"):
        for path in sorted((ROOT / room).rglob("*")):
            if path.is_file() and (path.suffix in endings or not path.suffix):
                yield path
    yield from (ROOT / kept for kept in ("README.md", "pyproject.toml", "requirements.txt"))
