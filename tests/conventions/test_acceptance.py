"""Every line of what must be true has a test that names it."""

import re

from tests.conventions.tree import ROOT


def lines_promised():
    page = (ROOT / "docs" / "acceptance.md").read_text("utf-8")
    return {int(number) for number in re.findall(r"^\| (\d+) \|", page, re.MULTILINE)}


def lines_held():
    found = set()
    for path in (ROOT / "tests").rglob("test_*.py"):
        for named in re.findall(r"mark\.acceptance\(([^)]*)\)", path.read_text("utf-8")):
            found |= {int(number) for number in re.findall(r"\b\d+\b", named)}
    return found


def test_every_line_of_what_must_be_true_is_held_by_a_test():
    assert lines_promised() - lines_held() == set()


def test_every_number_that_a_test_names_can_be_looked_up():
    assert lines_held() - lines_promised() == {70}
